//! A document's record and passages from what its file says, what is told of its text, and what the catalogue says of the
//! file; the catalogue wins.

use super::content::Content;
use crate::annotate::{ASSERTED, Annotation, Annotator, Context, Tag, Tags};
use crate::document::{
    Date, Dated, DetectedPublisher, Locator, Paragraph, Part, PartKind, Passage, PublisherKind,
    Role, pages,
};
use crate::extract::identity;
use crate::index::record::{
    CatalogueRow, DescribedBy, DocumentRecord, FileRecord, LanguageShare, PartRecord, Weighted,
    text_hash,
};
use crate::index::{self, PassageDocument, passage_documents};
use crate::language::Letters;
use crate::near_duplicates::{Signature, Sketch};
use crate::taxonomy::{self, Countries, CountryCode, Publishers, ViolationId, Violations};

/// Share of a document's letters below which a language is a quotation, not one of its languages.
const LEAST_SHARE: f32 = 0.05;

/// A document ready to be written: its record, and its passages with all that is known of them.
pub(super) type Described = (DocumentRecord, Vec<PassageDocument>);

/// Passages of documents that are described at a time, from their stored text: they are all in memory.
const PASSAGES_AT_A_TIME: u32 = 4_000;

/// How many documents are described at a time, of those that have so many passages; at least one.
pub(super) fn at_a_time(passages: impl Iterator<Item = u32>) -> usize {
    let mut all = 0u32;
    let within = passages.take_while(|passages| {
        all = all.saturating_add(*passages);
        all <= PASSAGES_AT_A_TIME
    });
    within.count().max(1)
}

/// What a document's record and passages are made from when the file of this path, time, and hash of its row describes it.
pub(super) fn described_by(path: &str, modified: u64, row: u64) -> DescribedBy {
    DescribedBy {
        path: path.to_owned(),
        row,
        until: latest_date(modified),
        taxonomy: taxonomy::hash().to_owned(),
    }
}

/// Describes a document by one of the files that hold it.
///
/// # Errors
/// When a passage cannot be stored.
pub(super) fn describe(content: Content, file: &FileRecord) -> Result<Described, index::Error> {
    let row = file.row.as_ref();
    let title = title(&content, file);
    let named = row.map(Named::of).unwrap_or_default();
    let detected_date = content.metadata.published_until(latest_date(file.modified)).cloned();
    let context = Context {
        title: Some(&title),
        file_name: file.file_name(),
        catalogue_countries: &named.countries,
        catalogue_violations: &named.violations,
        published: published(row, detected_date.as_ref()),
        parts: &content.parts,
    };
    let annotation = Annotator::builtin().annotate(&content.passages, &context);
    let mut document = document(&content, file, title, detected_date, &annotation);
    let paragraphs = content.passages.iter().flat_map(|passage| &passage.paragraphs);
    let told: Vec<bool> = paragraphs.map(is_told).collect();
    let passages = passage_documents(&document, content.passages, &annotation)?;
    // A merged file is not nearly the same as one of its members, nor may it stand for one.
    document.signature = signature(&passages, &told).filter(|_| !is_merged(&document.parts));
    Ok((document, passages))
}

/// What a row names, as the taxonomy of today knows it.
#[derive(Debug, Default)]
struct Named {
    countries: Vec<CountryCode>,
    violations: Vec<ViolationId>,
}

impl Named {
    fn of(row: &CatalogueRow) -> Self {
        // The next ingest refuses a name that the taxonomy has lost since the row was read.
        let countries = row.countries.iter().filter_map(|code| Countries::builtin().named(code));
        let violations = row.violations.iter().filter_map(|id| Violations::builtin().find(id));
        Self {
            countries: countries.flatten().collect(),
            violations: violations.flatten().copied().collect(),
        }
    }
}

/// The title that a document goes by: the catalogue's, its own, or its file's name without the extension.
fn title(content: &Content, file: &FileRecord) -> String {
    let known = file.row.as_ref().and_then(|row| row.title.clone());
    known.or_else(|| content.metadata.title.clone()).unwrap_or_else(|| {
        let name = file.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem).replace(['_', '-'], " ")
    })
}

/// The last day on which what a file holds can have been published: that on which it was written, and a day more, since a day
/// begins earlier elsewhere. `None` for a time that is a clock's or an archive's rather than the file's.
fn latest_date(modified: u64) -> Option<Date> {
    /// The beginning of 1993: the first web pages and PDF files.
    const EARLIEST: u64 = 725_846_400;
    const DAY: u64 = 86_400;
    let seconds = modified / 1_000_000_000;
    if seconds >= EARLIEST { Date::of_unix_time(seconds + DAY) } else { None }
}

fn published(row: Option<&CatalogueRow>, told: Option<&Dated>) -> Option<Date> {
    row.and_then(|row| row.published).or(told.map(|dated| dated.date))
}

/// The kind of publisher: the catalogue's, or what is known of the publisher it names, or what the document tells.
fn kind(row: Option<&CatalogueRow>, told: &DetectedPublisher) -> Option<PublisherKind> {
    let Some(name) = row.and_then(|row| row.publisher.as_deref()) else {
        return row.and_then(|row| row.kind).or(told.kind);
    };
    let known = || Publishers::builtin().by_name(name).map(|publisher| publisher.kind);
    let same = || told.kind.filter(|_| told.name.as_deref() == Some(name));
    row.and_then(|row| row.kind)
        .or_else(known)
        .or_else(same)
        .or_else(|| Publishers::kind_of_name(name))
}

fn document(
    content: &Content,
    file: &FileRecord,
    title: String,
    detected_date: Option<Dated>,
    annotation: &Annotation,
) -> DocumentRecord {
    let own = &content.metadata;
    let row = file.row.as_ref();
    let told = if content.parts.iter().any(|part| part.kind == PartKind::Member) {
        DetectedPublisher::default()
    } else {
        identity::publisher(own, &content.passages)
    };
    let tags = &annotation.document;
    let passages = content.passages.len();
    DocumentRecord {
        id: content.id,
        hash: content.hash.clone(),
        format: content.format,
        title,
        author: own.author.clone(),
        publisher: row.and_then(|row| row.publisher.clone()).or_else(|| told.name.clone()),
        kind: kind(row, &told),
        symbols: own.symbols.clone(),
        published: published(row, detected_date.as_ref()),
        url: row.and_then(|row| row.url.clone()).or_else(|| own.url.clone()),
        passages: u32::try_from(passages).unwrap_or(u32::MAX),
        divided: u32::try_from(passages - pages(&content.passages)).unwrap_or(0),
        parts: parts(content, annotation),
        text_hash: text_hash(&content.passages),
        picture_pages: picture_pages(&content.passages),
        signature: None,
        languages: language_shares(&content.passages, row),
        countries: countries(tags),
        violations: violations(tags),
        catalogue: row.map(|row| row.other.clone()).unwrap_or_default(),
        own: own.clone(),
        detected_publisher: told,
        detected_date,
        described_by: described_by(&file.path, file.modified, file.row_hash()),
    }
}

fn picture_pages(passages: &[Passage]) -> Vec<u32> {
    let pages = passages.iter().filter(|passage| passage.pictures_only);
    let number = |passage: &Passage| match passage.locator {
        Locator::Page { number, .. } => Some(number),
        Locator::Section { .. } => None,
    };
    pages.filter_map(number).collect()
}

/// Whether a file holds several documents.
fn is_merged(parts: &[PartRecord]) -> bool {
    parts.iter().any(|part| part.part.kind == PartKind::Member)
}

/// The parts with what they are about.
fn parts(content: &Content, annotation: &Annotation) -> Vec<PartRecord> {
    let about = |(part, tags): (&Part, &Tags)| PartRecord {
        part: part.clone(),
        about_countries: countries(tags),
        about_violations: violations(tags),
    };
    content.parts.iter().zip(&annotation.parts).map(about).collect()
}

fn countries(tags: &Tags) -> Vec<Weighted> {
    asserted(&tags.countries, |code| code.as_str().to_owned())
}

fn violations(tags: &Tags) -> Vec<Weighted> {
    let table = Violations::builtin();
    asserted(&tags.violations, |violation| table.id(violation).to_owned())
}

fn asserted<Id: Copy>(tags: &[Tag<Id>], name: impl Fn(Id) -> String) -> Vec<Weighted> {
    let strong = tags.iter().filter(|tag| tag.weight >= ASSERTED);
    strong.map(|tag| Weighted { id: name(tag.id), weight: tag.weight }).collect()
}

/// Whether texts are compared by this paragraph: what stands on the pages, without their running heads and notes.
fn is_told(paragraph: &Paragraph) -> bool {
    matches!(paragraph.role, Role::Body | Role::Heading)
}

/// What the text is compared by, of the paragraphs that are `told`.
fn signature(passages: &[PassageDocument], told: &[bool]) -> Option<Signature> {
    let mut sketch = Sketch::default();
    let words = passages.iter().flat_map(PassageDocument::words);
    words.zip(told).filter(|(_, told)| **told).for_each(|(words, _)| sketch.add(words));
    sketch.finish()
}

/// Languages by their share of the letters; what the catalogue names comes in even where no paragraph was told so.
fn language_shares(passages: &[Passage], row: Option<&CatalogueRow>) -> Vec<LanguageShare> {
    let mut letters = Letters::default();
    let paragraphs = passages.iter().flat_map(|passage| &passage.paragraphs);
    for paragraph in paragraphs.filter(|paragraph| paragraph.role != Role::Furniture) {
        letters.add(paragraph.language, &paragraph.text);
    }
    let mut shares: Vec<LanguageShare> = letters
        .shares()
        .map(|(language, share)| LanguageShare { language, share })
        .filter(|share| share.share >= LEAST_SHARE)
        .collect();
    shares.sort_by(|a, b| b.share.total_cmp(&a.share));
    for language in row.map(|row| row.languages.as_slice()).unwrap_or_default() {
        if !shares.iter().any(|share| share.language == *language) {
            shares.push(LanguageShare { language: *language, share: 0.0 });
        }
    }
    shares
}
