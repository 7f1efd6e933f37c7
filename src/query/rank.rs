//! The score of a passage: how well its text matches, times how far it and its document are about what was asked.
//!
//! ```text
//! score = text · country · violation · recency
//!   text      = BM25 in the passage's own language, names apart (see `free_text`); 1 where no text was asked
//!   country   = FLOOR + (1 − FLOOR) · about of the best of the countries asked for
//!               about = the greater of the passage's and its document's
//!   violation = FLOOR + (1 − FLOOR) · about of the violations asked for, taken together
//!               about = OWN_VIOLATION · (1 − Π (1 − strength)) + (1 − OWN_VIOLATION) · best document
//!   what was only understood from a text counts to the power of how much of the text it is (`Interpretation::share`)
//!   recency   = 1 − RECENCY + RECENCY · YEARLY^(years older than the newest match)
//! ```
//! Arithmetic only; no I/O.

use serde::{Deserialize, Serialize};

use crate::annotate::strength;
use crate::index::packed_tags::PackedTag;

// Chosen with `amparo eval` over queries of a country and a violation: `docs/measurements.md` has the series.

/// What is left of a passage's score when it is not about what was asked at all: it was let in by a filter's other value, or
/// names what the text named. It is not lower because a country or a violation that was only understood from the text must not
/// hide what the words find.
const FLOOR: f32 = 0.1;

/// Share of the passage's own aboutness of a violation: the page that shows it is what is looked for; with a little of its
/// document's, pages that do not name the violation are still in order. A country's is not shared out so: the greater of the
/// passage's and its document's counts, since a report's pages do not repeat its country's name.
const OWN_VIOLATION: f32 = 0.9;

/// How much recency can take away.
const RECENCY: f32 = 0.1;

/// What a year takes away of it.
const YEARLY: f32 = 0.9;

/// Age in years that an undated document is taken to have.
const UNDATED_AGE: f32 = 10.0;

/// The parts of a score, for `--explain`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Factors {
    /// How well the text matches; where meaning counts too, by both.
    pub text: f32,
    /// The cosine of the passage's nearest window with the question, where meaning counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meaning: Option<f32>,
    /// How far it is about the countries asked for.
    pub country: f32,
    /// How far it is about the violations asked for.
    pub violation: f32,
    /// How recent it is.
    pub recency: f32,
}

impl Factors {
    /// The score.
    pub fn score(&self) -> f32 {
        self.text * self.country * self.violation * self.recency
    }
}

/// The factor of the countries asked for: the best of the alternatives. 1 when none was asked.
pub fn country(asked: &[u16], tags: impl Iterator<Item = PackedTag>) -> f32 {
    if asked.is_empty() {
        return 1.0;
    }
    let about = tags
        .filter(|tag| asked.contains(&tag.id))
        .map(|tag| tag.passage.max(tag.document))
        .fold(0.0, f32::max);
    FLOOR + (1.0 - FLOOR) * about
}

/// The factor of the violations asked for, together: a page that shows two types of a group shows the group the more.
/// 1 when none was asked.
pub fn violation(asked: &[u16], tags: impl Iterator<Item = PackedTag>) -> f32 {
    if asked.is_empty() {
        return 1.0;
    }
    let mut not_shown = 1.0f32;
    let mut document = 0.0f32;
    for tag in tags.filter(|tag| asked.contains(&tag.id)) {
        not_shown *= 1.0 - strength(tag.passage);
        document = document.max(tag.document);
    }
    let about = OWN_VIOLATION * (1.0 - not_shown) + (1.0 - OWN_VIOLATION) * document;
    FLOOR + (1.0 - FLOOR) * about
}

/// The factor of recency for a document published in `year`, beside the newest match.
pub fn recency(year: Option<u16>, newest: Option<u16>) -> f32 {
    let age = match (year, newest) {
        (Some(year), Some(newest)) => f32::from(newest.saturating_sub(year)),
        _ => UNDATED_AGE,
    };
    1.0 - RECENCY + RECENCY * YEARLY.powf(age)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_about_what_was_asked_comes_before_one_that_is_not() {
        let tag =
            |passage, document| PackedTag { id: 7, passage, document, ..PackedTag::default() };
        let factor = |tag: PackedTag| violation(&[7], std::iter::once(tag));
        assert!(factor(tag(0.9, 0.5)) > factor(tag(0.2, 0.9)));
        assert!(factor(tag(0.2, 0.9)) > factor(tag(0.2, 0.1)));
        assert!((violation(&[], std::iter::empty()) - 1.0).abs() < f32::EPSILON);
        assert!(violation(&[8], std::iter::once(tag(1.0, 1.0))) < 0.2);
    }

    #[test]
    fn newer_comes_first_but_weakly() {
        assert!(recency(Some(2020), Some(2020)) > recency(Some(2010), Some(2020)));
        assert!(recency(None, None) > 0.9);
    }
}
