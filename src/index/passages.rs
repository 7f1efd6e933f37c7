//! A document's passages as the index takes them: text in the fields of its languages, tags as terms and marks, and what is
//! known of the document that filters and ranking read.

use tantivy::TantivyDocument;

use super::packed_tags::PackedTag;
use super::record::{DocumentRecord, PassageRecord};
use super::schema::cell;
use super::{Error, Fields, KIND_PASSAGE};
use crate::analysis::{Lexicon, fold, folded_words};
use crate::annotate::{ASSERTED, Annotation, Tag, Tags, inherited_countries};
use crate::document::{Date, Language, Paragraph, Part, PartKind, Passage, PublisherKind};
use crate::taxonomy::{CountryCode, Publishers, ViolationId, Violations};

/// A passage ready to be indexed. Made by the workers, so that the writer only hands it on.
#[derive(Debug)]
pub struct PassageDocument(pub(super) TantivyDocument);

impl PassageDocument {
    /// The folded words of each of its paragraphs, as the index has them.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        use tantivy::schema::Value;
        let fields = super::schema::fields();
        self.0.get_all(fields.words).filter_map(|value| value.as_str())
    }

    /// The passage that was made ready, as it will be stored.
    ///
    /// # Errors
    /// Only if the passage is not what [`passage_documents`] made.
    pub fn record(&self) -> Result<PassageRecord, Error> {
        use tantivy::schema::Value;
        let fields = super::schema::fields();
        let stored = self.0.get_first(fields.passage).and_then(|value| value.as_bytes());
        Ok(serde_json::from_slice(stored.unwrap_or_default())?)
    }
}

/// The passages of a document, ready to be indexed; those without text too, so that every page can be shown.
///
/// # Errors
/// When a passage cannot be stored as JSON.
pub fn passage_documents(
    document: &DocumentRecord,
    passages: Vec<Passage>,
    annotation: &Annotation,
) -> Result<Vec<PassageDocument>, Error> {
    let fields = super::schema::fields();
    let none = Tags::default();
    let parts: Vec<Part> = document.parts.iter().map(|part| part.part.clone()).collect();
    passages
        .into_iter()
        .enumerate()
        .map(|(ordinal, passage)| {
            let tags = annotation.passages.get(ordinal).unwrap_or(&none);
            let mut indexed = TantivyDocument::new();
            indexed.add_u64(fields.ordinal, ordinal as u64);
            indexed.add_text(fields.document_path, &document.described_by.path);
            let part = Part::of(&parts, ordinal as u64);
            add_document_fields(&mut indexed, &fields, &Front::of(document, part), document);
            add_tags(&mut indexed, &fields, tags, annotation.around(ordinal, &parts));
            add_text(&mut indexed, &fields, passage)?;
            Ok(PassageDocument(indexed))
        })
        .collect()
}

/// What a passage is cited by: its document's, or those of the member of a merged file that it belongs to.
struct Front<'a> {
    title: &'a str,
    publisher: Option<&'a str>,
    kind: Option<PublisherKind>,
    symbols: &'a [String],
    published: Option<Date>,
}

impl<'a> Front<'a> {
    fn of(document: &'a DocumentRecord, part: Option<&'a Part>) -> Self {
        let whole = Self {
            title: &document.title,
            publisher: document.publisher.as_deref(),
            kind: document.kind,
            symbols: &document.symbols,
            published: document.published,
        };
        let Some(member) = part.filter(|part| part.kind == PartKind::Member) else { return whole };
        let issuer =
            member.symbols.iter().find_map(|symbol| Publishers::builtin().by_symbol(symbol));
        Self {
            title: member.title.as_deref().unwrap_or(whole.title),
            publisher: issuer.map(|issuer| issuer.name).or(whole.publisher),
            kind: issuer.map(|issuer| issuer.kind).or(whole.kind),
            symbols: &member.symbols,
            published: member.published.as_ref().map(|dated| dated.date).or(whole.published),
        }
    }
}

fn add_document_fields(
    indexed: &mut TantivyDocument,
    fields: &Fields,
    front: &Front<'_>,
    document: &DocumentRecord,
) {
    indexed.add_text(fields.kind, KIND_PASSAGE);
    indexed.add_u64(fields.document, document.id.0);
    indexed.add_u64(fields.text_hash, document.text_hash);
    indexed.add_text(fields.format, document.format.as_str());
    indexed.add_text(fields.title, listed(front.title));
    indexed.add_text(fields.front, listed(front.title));
    for known in [front.publisher, document.author.as_deref()].into_iter().flatten() {
        indexed.add_text(fields.front, listed(known));
    }
    if let Some(publisher) = front.publisher {
        indexed.add_text(fields.publisher, fold(publisher));
        indexed.add_text(fields.publisher_name, publisher);
    }
    if let Some(kind) = front.kind {
        indexed.add_text(fields.publisher_kind, kind.as_str());
    }
    for (column, value) in &document.catalogue {
        for value in values(value) {
            indexed.add_text(fields.cells, cell(column, value));
        }
    }
    for symbol in front.symbols {
        indexed.add_text(fields.symbols, folded_words(symbol));
        indexed.add_text(fields.front, listed(symbol));
    }
    if let Some(published) = front.published {
        indexed.add_u64(fields.published_first, published.first_day());
        indexed.add_u64(fields.published_last, published.last_day());
    }
}

/// The values that a cell of the catalogue holds: the whole, and where semicolons part it, each part.
fn values(cell: &str) -> impl Iterator<Item = &str> {
    let parts = cell.split(';').map(str::trim).filter(|part| !part.is_empty());
    std::iter::once(cell).chain(parts.filter(move |part| *part != cell))
}

/// The folded words of a text as the engine takes them.
fn listed(text: &str) -> String {
    let (mut folded, mut stems) = (String::with_capacity(text.len() + 1), String::new());
    Lexicon::of_thread(|lexicon| lexicon.list(text, Language::Other, &mut folded, &mut stems));
    folded
}

fn add_text(indexed: &mut TantivyDocument, fields: &Fields, passage: Passage) -> Result<(), Error> {
    // In the order in which they first come.
    let mut bodies: Vec<(Language, String)> = Vec::new();
    let mut folded = String::new();
    for Paragraph { text, language, .. } in &passage.paragraphs {
        let known = bodies.iter().position(|(known, _)| known == language);
        let place = known.unwrap_or_else(|| {
            bodies.push((*language, String::with_capacity(text.len())));
            bodies.len() - 1
        });
        folded.clear();
        Lexicon::of_thread(|lexicon| {
            lexicon.list(text, *language, &mut folded, &mut bodies[place].1);
        });
        // One by one, so that no phrase reaches from a paragraph into the next.
        indexed.add_text(fields.words, &folded);
    }
    for (language, stems) in bodies {
        indexed.add_text(fields.body(language), stems);
        indexed.add_text(fields.languages, language.code());
    }
    let record = PassageRecord::from(passage);
    indexed.add_bytes(fields.passage, &serde_json::to_vec(&record)?);
    Ok(())
}

fn add_tags(indexed: &mut TantivyDocument, fields: &Fields, own: &Tags, document: &Tags) {
    let countries = |code: CountryCode| code.as_str().to_owned();
    let inherited = inherited_countries(own, document);
    add_terms(
        indexed,
        &own.countries,
        &inherited,
        (fields.countries_about, fields.countries_mentioned),
        countries,
    );
    for mark in PackedTag::join(&own.countries, &inherited, CountryCode::to_u16) {
        indexed.add_u64(fields.country_marks, mark.pack());
    }
    let violations = |violation: ViolationId| Violations::builtin().id(violation).to_owned();
    add_terms(
        indexed,
        &own.violations,
        &document.violations,
        (fields.violations_about, fields.violations_mentioned),
        violations,
    );
    for mark in PackedTag::join(&own.violations, &document.violations, |violation| violation.0) {
        indexed.add_u64(fields.violation_marks, mark.pack());
    }
}

/// The terms that filters look for: what a passage or its document is about, and what the passage mentions.
fn add_terms<Id: Copy + PartialEq>(
    indexed: &mut TantivyDocument,
    own: &[Tag<Id>],
    document: &[Tag<Id>],
    (about, mentioned): (tantivy::schema::Field, tantivy::schema::Field),
    name: impl Fn(Id) -> String,
) {
    let asserted =
        |tags: &[Tag<Id>], id| tags.iter().any(|tag| tag.id == id && tag.weight >= ASSERTED);
    for tag in own {
        if tag.mentions > 0 {
            indexed.add_text(mentioned, name(tag.id));
        }
        if tag.weight >= ASSERTED {
            indexed.add_text(about, name(tag.id));
        }
    }
    for tag in document.iter().filter(|tag| tag.weight >= ASSERTED && !asserted(own, tag.id)) {
        indexed.add_text(about, name(tag.id));
    }
}
