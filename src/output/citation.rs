//! What an answer cites: each document once, in order, with the places of its passages.

use crate::document::Language;
use crate::index::record::DocumentRecord;
use crate::query::{Answer, PassageHit};

/// A document to cite.
#[derive(Debug)]
pub(super) struct Citation<'a> {
    pub(super) document: &'a DocumentRecord,
    /// Its file.
    pub(super) path: &'a str,
    /// What was found in it; of results that are passages, all of the document's.
    pub(super) passages: Vec<&'a PassageHit>,
    /// How many of its passages match, shown or not.
    pub(super) matching: usize,
}

/// The documents of an answer.
pub(super) fn citations(answer: &Answer) -> Vec<Citation<'_>> {
    let mut citations: Vec<Citation<'_>> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for hit in &answer.results {
        let place = *places.entry(hit.document.id).or_insert(citations.len());
        if place == citations.len() {
            let path = hit.file.path.as_str();
            let (document, passages) = (&hit.document, Vec::new());
            citations.push(Citation { document, path, passages, matching: 0 });
        }
        citations[place].passages.extend(&hit.passages);
        citations[place].matching += hit.matching;
    }
    citations
}

impl Citation<'_> {
    /// Words that name it in a list, the same each time: who published it, when, and the beginning of its id.
    pub(super) fn key(&self) -> String {
        let who = self.document.publisher.as_deref().unwrap_or(&self.document.title);
        let who: String = crate::analysis::fold(who)
            .split(|c: char| !c.is_ascii_alphanumeric())
            .find(|word| word.len() > 2)
            .unwrap_or("document")
            .to_owned();
        let when = self.document.published.map(|date| date.year().to_string());
        let id = self.document.id.to_string();
        format!("{who}{}-{}", when.unwrap_or_default(), &id[..8])
    }

    /// Whether what was found in it must be translated for a court.
    pub(super) fn needs_translation(&self) -> bool {
        self.passages.iter().any(|passage| needs_translation(self.document, passage))
    }

    /// The places of its passages, in order of the document, and how many more of them match.
    pub(super) fn places(&self) -> Vec<String> {
        let mut passages = self.passages.clone();
        passages.sort_by_key(|passage| passage.ordinal);
        passages.dedup_by_key(|passage| passage.ordinal);
        let place = |passage: &&PassageHit| {
            let section = passage.section.as_deref();
            let numbers = &passage.numbers;
            let place = super::text::locator(&passage.locator, section, numbers, passage.ordinal);
            super::part::around(place, passage)
        };
        let mut places: Vec<String> = passages.iter().map(place).collect();
        let more = self.matching.saturating_sub(passages.len());
        if more > 0 {
            places.push(format!("and {more} more"));
        }
        places
    }
}

/// Whether a passage must be translated for a court: it is in another language than English, or its document is and the passage
/// too short to tell.
pub(super) fn needs_translation(document: &DocumentRecord, passage: &PassageHit) -> bool {
    if passage.language != Language::Other {
        return passage.language != Language::En;
    }
    document.languages.first().is_some_and(|share| share.language != Language::En)
}
