//! An answer as a value: documents with their best passages, snippets and everything a citation needs.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::collect::{Found, Group, Hit};
use super::facets::Facets;
use super::highlight::mentions;
use super::rank::Factors;
use super::snippet::{Mark, Snippet, Target, Targets};
use super::syntax::Query;
use super::understand::Interpretation;
use super::{Error, Request, Understood};
use crate::analysis::fold;
use crate::document::{Language, Locator, Numbers, Source};
use crate::index::Snapshot;
use crate::index::record::{DocumentRecord, FileRecord, PartRecord, PassageRecord};
use crate::taxonomy::{Countries, Match, Violations};

/// Characters of a snippet, or a few more to end a sentence.
const SNIPPET: usize = 320;

/// What a request found. It can travel, like the request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// About the whole.
    pub summary: Summary,
    /// The results asked for, in order.
    pub results: Vec<DocumentHit>,
}

/// About an answer as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The query as it was understood, printed.
    pub query: String,
    /// What its text was understood to name.
    pub understood: Understood,
    /// Terms that were searched beside those typed.
    pub expanded: Vec<String>,
    /// Documents that match.
    pub documents: usize,
    /// Passages that match.
    pub passages: usize,
    /// Whether meaning counted.
    pub meaning: MeaningUse,
    /// Passages that match by meaning alone.
    pub by_meaning: usize,
    /// Passages that were left out of finding by meaning, since they have no vectors yet.
    pub unmeasured: usize,
    /// Passages that match and do not show themselves what a filter asks for: they stand in the same chapter, or in a document
    /// about it, and come last.
    pub beside: usize,
    /// Results that hold all the words; those after them hold fewer.
    pub complete: usize,
    /// Documents that match and are folded under a result of nearly the same text.
    pub folded: usize,
    /// Undated documents that a date filter left out.
    pub undated: usize,
    /// No passage holds the phrases of the text as written: these hold its words.
    pub relaxed: bool,
    /// How what matches is divided, if that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facets: Option<Facets>,
}

/// Whether meaning counted in an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MeaningUse {
    /// It had nothing to count for: no text, text with operators, nothing but names or quotes, or words alone were asked for.
    #[default]
    Unasked,
    /// It would have, with an encoder and vectors.
    Missing,
    /// It did.
    Used,
}

/// A result: a document with its best passages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentHit {
    /// Its place among all results, from 1.
    pub rank: usize,
    /// The score of its best passage.
    pub score: f32,
    /// Whether its best passage holds all the words.
    pub coverage: Coverage,
    /// Whether its passages only stand beside what a filter asks for: in the same chapter, or in a document about it.
    pub beside: bool,
    /// The file that describes the document.
    pub file: FileRecord,
    /// What is known of the document.
    pub document: DocumentRecord,
    /// Paths of other files with the same content.
    pub copies: Vec<String>,
    /// Files of nearly the same text, one for each document that is folded under this one.
    pub near_duplicates: Vec<FileRecord>,
    /// How many of its passages match.
    pub matching: usize,
    /// The best of them.
    pub passages: Vec<PassageHit>,
}

/// Whether a result holds all that was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Coverage {
    /// It holds all the words.
    All,
    /// It holds some of them.
    Some,
}

/// A passage of a result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PassageHit {
    /// Its number within the document, from 0.
    pub ordinal: u64,
    /// Its locator.
    pub locator: Locator,
    /// The title of the section it stands in.
    pub section: Option<String>,
    /// Where its text comes from.
    pub source: Source,
    /// The part of the document that it belongs to, where the document is several.
    pub part: Option<PartRecord>,
    /// The language of most of it.
    pub language: Language,
    /// Its score.
    pub score: f32,
    /// The factors of it.
    pub factors: Factors,
    /// It was found by meaning alone: its excerpt is the window that is nearest.
    pub by_meaning: bool,
    /// Its excerpt.
    pub snippet: Snippet,
    /// The printed numbers of the paragraphs in which that stands.
    pub numbers: Numbers,
}

/// Makes the answer of what was found.
///
/// # Errors
/// When the index cannot be read.
pub fn answer(
    snapshot: &Snapshot,
    request: &Request,
    query: &Query,
    interpretation: &Interpretation,
    found: &Found,
) -> Result<Answer, Error> {
    let understood = &interpretation.understood;
    let mut marker = Marker { targets: targets(query), request, understood };
    let mut results = Vec::with_capacity(found.groups.len());
    for (place, group) in found.groups.iter().enumerate() {
        results.extend(result(snapshot, &mut marker, group, request.offset + place + 1)?);
    }
    let summary = Summary {
        query: query.to_string(),
        understood: understood.clone(),
        expanded: expanded(query, interpretation),
        documents: found.documents,
        passages: found.passages,
        meaning: found.meaning,
        by_meaning: found.by_meaning,
        unmeasured: found.unmeasured,
        beside: found.beside,
        complete: found.complete,
        folded: found.collapsed,
        undated: found.undated,
        relaxed: found.relaxed,
        facets: found.facets.clone(),
    };
    Ok(Answer { summary, results })
}

/// The terms of what the text names, in every language, that were searched beside its own words: the names of countries, the
/// labels of violations, then the vocabulary. None for a query with operators, which is searched as written.
fn expanded(query: &Query, interpretation: &Interpretation) -> Vec<String> {
    let mut terms: Vec<String> = Vec::new();
    if query.strict || interpretation.concepts.is_empty() {
        return terms;
    }
    let understood = &interpretation.understood;
    let (countries, violations) = (Countries::builtin(), Violations::builtin());
    for language in Language::INDEXED {
        let codes = understood.countries.iter();
        terms.extend(codes.map(|code| countries.name(*code, language)));
        let ids = understood.violations.iter();
        terms.extend(ids.map(|id| violations.label(*id, language).to_owned()));
    }
    let vocabulary = violations.terms().filter(|term| {
        understood.violations.contains(&term.violation)
            && !matches!(term.matching, Match::Near | Match::Not)
    });
    terms.extend(vocabulary.map(|term| term.text.to_owned()));
    let typed = fold(&query.to_string());
    let mut seen = std::collections::BTreeSet::new();
    terms.retain(|term| {
        let folded = fold(term);
        !typed.contains(&folded) && seen.insert(folded)
    });
    terms
}

/// A result in full; `None` if its document's record is gone, as only a damaged index has it.
fn result(
    snapshot: &Snapshot,
    marker: &mut Marker<'_>,
    group: &Group,
    rank: usize,
) -> Result<Option<DocumentHit>, Error> {
    let best = &group.hits[0];
    let mut files = snapshot.files_of(best.document)?.into_iter();
    let Some(file) = files.next() else { return Ok(None) };
    let Some(document) = file.document.clone() else { return Ok(None) };
    let shown = group.hits.iter();
    let passages =
        shown.map(|hit| passage(snapshot, marker, hit, &document)).collect::<Result<_, Error>>()?;
    let mut near_duplicates = Vec::with_capacity(group.near_duplicates.len());
    for document in &group.near_duplicates {
        near_duplicates.extend(snapshot.files_of(*document)?.into_iter().next());
    }
    Ok(Some(DocumentHit {
        near_duplicates,
        rank,
        score: best.score,
        beside: best.beside,
        coverage: if best.complete { Coverage::All } else { Coverage::Some },
        document,
        copies: files.map(|copy| copy.path).collect(),
        file,
        matching: group.matching,
        passages,
    }))
}

fn passage(
    snapshot: &Snapshot,
    marker: &mut Marker<'_>,
    hit: &Hit,
    document: &DocumentRecord,
) -> Result<PassageHit, Error> {
    let record = snapshot.passage(hit.address)?;
    let (snippet, paragraphs) = match hit.window.filter(|_| hit.by_meaning) {
        _ if marker.request.bare => Default::default(),
        Some(window) => marker.window(&record, window),
        None => marker.snippet(&record),
    };
    let shown = record.shown().skip(paragraphs.start).take(paragraphs.len());
    let numbers = Numbers::of(shown.map(|it| (it.number, it.role, it.text.as_str())));
    Ok(PassageHit {
        ordinal: hit.ordinal,
        language: record.language(),
        source: record.source(),
        locator: record.locator,
        section: record.section,
        part: document.part(hit.ordinal).cloned(),
        score: hit.score,
        factors: hit.factors,
        by_meaning: hit.by_meaning,
        snippet,
        numbers,
    })
}

/// Finds in a passage what the request asked for.
struct Marker<'a> {
    targets: Targets,
    request: &'a Request,
    understood: &'a Understood,
}

impl Marker<'_> {
    /// A passage's window, whole, and which of the paragraphs shown it is from.
    fn window(&mut self, record: &PassageRecord, window: u32) -> (Snippet, Range<usize>) {
        let windows = record.windows();
        // Vectors that do not belong to this text, as only a damaged index has them.
        let Some(text) = windows.get(window as usize) else {
            return self.snippet(record);
        };
        let words = |text: &str| text.split_whitespace().count();
        let before: usize = windows[..window as usize].iter().map(|text| words(text)).sum();
        let paragraphs = record.of_words(before..before + words(text));
        let language = record.language();
        let names = self.mentions(text, language);
        let snippet = self.targets.excerpt(&[(text.as_str(), language)], &[names], text.len());
        (snippet, paragraphs)
    }

    /// A passage's excerpt, and which of the paragraphs shown it is from.
    fn snippet(&mut self, record: &PassageRecord) -> (Snippet, Range<usize>) {
        let paragraphs: Vec<(&str, Language)> =
            record.shown().map(|paragraph| (paragraph.text.as_str(), paragraph.language)).collect();
        let others: Vec<Vec<Mark>> =
            paragraphs.iter().map(|(text, language)| self.mentions(text, *language)).collect();
        self.targets.excerpt_in(&paragraphs, &others, SNIPPET)
    }

    /// The words that name a violation asked for by a filter or in the text, or a country that the text names.
    fn mentions(&self, text: &str, language: Language) -> Vec<Mark> {
        let violations = if self.request.violations.is_empty() {
            &self.understood.violations
        } else {
            &self.request.violations
        };
        mentions(text, language, &self.understood.countries, violations)
    }
}

/// What a query searched, to be found again in a text.
pub fn targets(query: &Query) -> Targets {
    Targets::new((1..).zip(query.texts()).map(|(term, text)| Target::new(&text, term, 1.0)))
}
