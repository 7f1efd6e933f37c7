//! The passages of a segment that match, and their scores: little is kept of each, since all of them are counted and ordered
//! and few are shown.

use std::ops::Range;

use tantivy::{DocId, SegmentReader};

use super::criteria::Criteria;
use super::filters::Admitted;
use super::meaning::Similarities;
use super::rank::{self, Factors};
use super::scores::Scores;
use super::tags::{CriteriaTags, TagFactors};
use crate::document::DocumentId;
use crate::index::{DocumentRun, PassageAddress};

/// A passage that matches.
#[derive(Clone, Copy, Debug)]
pub struct PassageMatch {
    /// Its number in the segment.
    pub doc: DocId,
    /// Its number within the document, from 0.
    pub ordinal: u64,
    /// How well its words match; `None` where it was found by meaning alone.
    pub words: Option<f32>,
    /// Whether it holds everything that was asked.
    pub complete: bool,
    /// Whether it does not show itself what a filter asks for: it stands in a part or a document that does.
    pub beside: bool,
    /// Its score.
    pub score: f32,
}

/// Passages of one document that match.
#[derive(Clone, Debug)]
pub struct DocumentMatches {
    /// The document.
    pub document: DocumentId,
    /// First day of its published date, `yyyymmdd`.
    pub published: Option<u64>,
    /// Which of the segment's matches they are.
    pub matches: Range<usize>,
    /// The best of them.
    pub best: usize,
}

/// What matches in a segment.
#[derive(Clone, Debug, Default)]
pub struct SegmentMatches {
    /// The passages, in order.
    pub all: Vec<PassageMatch>,
    /// The same by document.
    pub runs: Vec<DocumentMatches>,
    /// Undated documents that a date filter left out.
    pub undated: Vec<DocumentId>,
    /// The best that each word comes to in a passage.
    pub best: Vec<f32>,
}

/// How it is told which passages of a segment match.
pub struct Selection<'a> {
    /// The segment's number.
    pub number: usize,
    /// How well words match, if any are looked for.
    pub scores: Option<&'a Scores>,
    /// How near passages are, where meaning counts.
    pub similarities: Option<&'a Similarities>,
    /// Phrases are looked for by their words.
    pub relaxed: bool,
    /// The passages that the filters let in.
    pub admitted: &'a Admitted,
    /// What was asked.
    pub criteria: &'a Criteria,
}

impl Selection<'_> {
    /// The passages that match, without their scores.
    pub fn matches(&self, runs: &[DocumentRun]) -> SegmentMatches {
        let mut found = SegmentMatches::default();
        for run in runs {
            let start = found.all.len();
            let docs = run.docs().filter(|doc| self.admitted.has(*doc));
            found.all.extend(docs.filter_map(|doc| self.passage(doc, run.ordinal_of(doc))));
            if found.all.len() == start {
                continue;
            }
            if self.criteria.dates.admit(run) {
                found.runs.push(DocumentMatches {
                    document: run.document,
                    published: run.first_day,
                    matches: start..found.all.len(),
                    best: start,
                });
                continue;
            }
            found.all.truncate(start);
            if run.first_day.is_none() {
                found.undated.push(run.document);
            }
        }
        found
    }

    /// A passage, if it matches by its words or by meaning.
    #[inline]
    fn passage(&self, doc: DocId, ordinal: u64) -> Option<PassageMatch> {
        let words = match (self.scores, self.similarities) {
            (Some(scores), _) => Some(scores.text[doc as usize]).filter(|score| *score >= 0.0),
            (None, Some(_)) => None,
            (None, None) => Some(1.0),
        };
        // A document found by what is known of it is shown once, not with each of its pages.
        let front_only = || self.scores.is_some_and(|scores| scores.is_front_only(doc));
        let words = words.filter(|_| ordinal == 0 || !front_only());
        if words.is_none() && !self.is_similar(doc) {
            return None;
        }
        let complete = self.scores.is_none_or(|scores| scores.is_complete(doc));
        Some(PassageMatch { doc, ordinal, words, complete, beside: false, score: 0.0 })
    }

    /// Whether a passage matches by meaning, whatever its words are.
    fn is_similar(&self, doc: DocId) -> bool {
        let Some(similarities) = self.similarities else { return false };
        let is_free = self.relaxed || !similarities.needs_words;
        let address = PassageAddress { segment: self.number as u32, doc };
        is_free && similarities.get(address).is_some_and(|similarity| similarity.is_match)
    }
}

/// What scores depend on besides the passage itself.
#[derive(Debug)]
pub struct Scoring<'a> {
    /// How near passages are, where meaning counts.
    pub similarities: Option<&'a Similarities>,
    /// What was asked.
    pub criteria: &'a Criteria,
    /// The score of words that all match as well as anywhere.
    pub ideal: f32,
    /// The year of the newest match. Recency is relative to it, so that an answer does not depend on the day it is asked.
    pub newest: Option<u16>,
}

impl Scoring<'_> {
    /// Gives the matches of the segment of this number their scores.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn score(
        &self,
        number: usize,
        segment: &SegmentReader,
        matches: &mut SegmentMatches,
    ) -> tantivy::Result<()> {
        let mut tags = CriteriaTags::of(segment, self.criteria)?;
        for run in &mut matches.runs {
            let recency = self.recency(run.published);
            for at in run.matches.clone() {
                let (factors, beside) = self.factors(number, &matches.all[at], recency, &mut tags);
                matches.all[at].score = factors.score();
                matches.all[at].beside = beside;
                if better(&matches.all[at], &matches.all[run.best]).is_lt() {
                    run.best = at;
                }
            }
        }
        Ok(())
    }

    /// The factor of recency.
    pub fn recency(&self, published: Option<u64>) -> f32 {
        // What is asked by meaning alone is ordered by it alone, and by what was asked of countries and violations.
        if self.similarities.is_some_and(Similarities::is_all) {
            return 1.0;
        }
        rank::recency(year(published), self.newest)
    }

    /// The factors of a match's score, and whether it is beside what a filter asks for.
    pub fn factors(
        &self,
        segment: usize,
        found: &PassageMatch,
        recency: f32,
        tags: &mut CriteriaTags<'_>,
    ) -> (Factors, bool) {
        let address = PassageAddress { segment: segment as u32, doc: found.doc };
        let similarity = self.similarities.and_then(|similarities| similarities.get(address));
        let meaning = similarity.map(|similarity| similarity.cosine);
        let text = match self.similarities {
            Some(similarities) => similarities.fuse(found.words, meaning, self.ideal),
            // A query of fields and exclusions alone says nothing of how well a text matches.
            None => found.words.filter(|score| *score > 0.0).unwrap_or(1.0),
        };
        let TagFactors { country, violation, beside } = tags.factors(found.doc);
        (Factors { text, meaning, country, violation, recency }, beside)
    }
}

/// The year of a day.
pub fn year(day: Option<u64>) -> Option<u16> {
    day.and_then(|day| u16::try_from(day / 10_000).ok())
}

/// The better match first; of equals the earlier passage.
pub fn better(a: &PassageMatch, b: &PassageMatch) -> std::cmp::Ordering {
    a.beside
        .cmp(&b.beside)
        .then(b.complete.cmp(&a.complete))
        .then(b.score.total_cmp(&a.score))
        .then(a.ordinal.cmp(&b.ordinal))
}
