//! The scores of a segment's passages: of the whole query, and of one thing after another that is looked for.
//!
//! Most words stand in few passages: what it takes to evaluate one shall depend on these, not on the size of the library. So a
//! buffer is written and cleared again for the next, and knows what was written.

use tantivy::{DocId, SegmentReader};

/// Score of a passage that does not match.
pub const NO_MATCH: f32 = -1.0;

/// How well each passage of a segment matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// By number of the passage; negative where it does not match.
    pub text: Vec<f32>,
    /// Whether it has all that a query without operators asks for; empty for one with operators.
    pub complete: Vec<bool>,
    /// Whether only what is known of its document matches; empty for a query with operators.
    pub front_only: Vec<bool>,
    /// The best that each of its words comes to in a passage of the segment; empty for a query with operators.
    pub best: Vec<f32>,
}

impl Scores {
    /// Whether a passage has all that was asked.
    pub fn is_complete(&self, doc: DocId) -> bool {
        self.complete.get(doc as usize).copied().unwrap_or(true)
    }

    /// Whether only what is known of a passage's document matches.
    pub fn is_front_only(&self, doc: DocId) -> bool {
        self.front_only.get(doc as usize).copied().unwrap_or(false)
    }
}

/// The scores of passages, and which of them have any.
#[derive(Debug)]
pub struct ScoreBuffer {
    scores: Vec<f32>,
    found: Vec<DocId>,
}

impl ScoreBuffer {
    /// An empty one for a segment of so many passages.
    pub fn new(size: usize) -> Self {
        Self { scores: vec![NO_MATCH; size], found: Vec::new() }
    }

    /// The passages that have a score, each once, in no order.
    pub fn found(&self) -> &[DocId] {
        &self.found
    }

    /// A passage's score, [`NO_MATCH`] if it has none.
    #[inline]
    pub fn score(&self, doc: DocId) -> f32 {
        self.scores[doc as usize]
    }

    /// Gives a passage a score that is not negative.
    #[inline]
    pub fn write(&mut self, doc: DocId, score: f32) {
        let place = &mut self.scores[doc as usize];
        if *place < 0.0 {
            self.found.push(doc);
        }
        *place = score;
    }

    /// Gives a passage a score, unless it has a better one.
    #[inline]
    pub fn raise(&mut self, doc: DocId, score: f32) {
        let score = self.score(doc).max(score);
        self.write(doc, score);
    }

    /// Gives each passage that has a score another one.
    #[inline]
    pub fn change(&mut self, change: impl Fn(DocId, f32) -> f32) {
        for doc in &self.found {
            let score = &mut self.scores[*doc as usize];
            *score = change(*doc, *score);
        }
    }

    /// Takes all scores away.
    pub fn clear(&mut self) {
        for doc in self.found.drain(..) {
            self.scores[doc as usize] = NO_MATCH;
        }
    }
}

/// Where one word stands in the passages of a segment, and room to find it.
#[derive(Debug)]
pub struct TermScratch {
    /// How well it matches.
    pub found: ScoreBuffer,
    /// The same of a form or a part of it, while it is looked for; else empty.
    pub other: ScoreBuffer,
    /// Whether it was found in what is known of the document only.
    pub front_only: Vec<bool>,
    /// Whether only pieces of it were found.
    pub in_pieces: Vec<bool>,
}

impl TermScratch {
    /// An empty one for a segment of so many passages.
    pub fn new(size: usize) -> Self {
        let flags = || vec![false; size];
        let (found, other) = (ScoreBuffer::new(size), ScoreBuffer::new(size));
        Self { found, other, front_only: flags(), in_pieces: flags() }
    }

    /// Forgets the last word.
    pub fn clear(&mut self) {
        for doc in self.found.found() {
            self.front_only[*doc as usize] = false;
            self.in_pieces[*doc as usize] = false;
        }
        self.found.clear();
        self.other.clear();
    }

    /// The greatest score of a passage that is there; 0 for none.
    pub fn greatest(&self, segment: &SegmentReader) -> f32 {
        let found = self.found.found().iter();
        greatest(found.map(|doc| (*doc, self.found.score(*doc))), segment)
    }

    /// For each passage whether it holds the word.
    pub fn holders(&self, size: usize) -> Vec<bool> {
        let mut holders = vec![false; size];
        self.found.found().iter().for_each(|doc| holders[*doc as usize] = true);
        holders
    }

    /// Adds the scores in the other buffer to those that were found; `note` is told of each whether there was one.
    pub fn add_other(&mut self, mut note: impl FnMut(DocId, bool, &mut [bool], &mut [bool])) {
        for doc in self.other.found() {
            let known = self.found.score(*doc);
            note(*doc, known >= 0.0, &mut self.front_only, &mut self.in_pieces);
            self.found.write(*doc, known.max(0.0) + self.other.score(*doc));
        }
        self.other.clear();
    }
}

/// The greatest score of a passage that is there; 0 for none.
pub fn greatest(scores: impl Iterator<Item = (DocId, f32)>, segment: &SegmentReader) -> f32 {
    let alive = segment.alive_bitset();
    let there = scores.filter(|(doc, _)| alive.is_none_or(|alive| alive.is_alive(*doc)));
    there.fold(0.0, |greatest, (_, score)| greatest.max(score))
}
