//! Of mentions of one violation that share words, the one to keep: the first and longest, and a strong one rather than a weak one.
//!
//! Mentions in, in the text's order; the list of those kept grows.

use std::ops::Range;

use crate::taxonomy::ViolationId;

/// How far a violation's words are used up.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct OverlapFilter {
    /// Before this word no strong mention may begin: one ends there, or something that is not the violation does.
    strong: u32,
    /// The same for weak mentions.
    weak: u32,
    /// Where in the list of mentions the last weak one is, from 1: a strong one that holds its words replaces it.
    last_weak: u32,
}

/// A violation's mention, in words.
#[derive(Clone, Debug)]
pub(super) struct ViolationMention {
    pub(super) violation: ViolationId,
    pub(super) words: Range<usize>,
    pub(super) weak: bool,
    pub(super) instrument: bool,
    /// Its words do not follow each other: others may stand between them.
    pub(super) spread: bool,
}

impl OverlapFilter {
    /// Notes that words before `end` are something else than the violation.
    pub(super) fn block(&mut self, end: usize) {
        self.strong = self.strong.max(end as u32);
    }

    /// Adds a mention unless its words are used up.
    pub(super) fn add(&mut self, mention: ViolationMention, mentions: &mut Vec<ViolationMention>) {
        let (begin, end) = (mention.words.start as u32, mention.words.end as u32);
        if begin < self.strong || (mention.weak && begin < self.weak) {
            return;
        }
        self.weak = self.weak.max(end);
        if mention.weak {
            mentions.push(mention);
            self.last_weak = mentions.len() as u32;
            return;
        }
        self.strong = end;
        let last = (self.last_weak as usize).checked_sub(1).and_then(|at| mentions.get_mut(at));
        match last.filter(|last| mention.words.start < last.words.end) {
            Some(last) => *last = mention,
            None => mentions.push(mention),
        }
        self.last_weak = 0;
    }
}
