//! Excerpts that quote: the best sentences of a passage with the words that were searched marked in them.
//!
//! A passage's paragraphs and what was searched go in; a [`Snippet`] comes out. Pure functions: only the passages that are shown
//! are analysed again, so nothing here knows the index. What is a good passage is decided elsewhere; here only which part of it
//! is shown.
//!
//! ```text
//! targets (what was searched) ─ marks of each paragraph ─┬─ sentences, window ─ snippet
//! marks from elsewhere (a mention of a country) ─────────┘
//! ```

mod flow;
mod form;
#[cfg(test)]
mod properties;
mod sentence;
mod target;
#[cfg(test)]
mod tests;
mod window;

use std::ops::Range;

use flow::Flow;
pub use form::Form;
use serde::{Deserialize, Serialize};
pub use target::{Target, Targets};

use crate::document::Language;

/// A shorter limit for an excerpt counts as this one: less is not readable.
pub const SHORTEST: usize = 20;

/// A place in a paragraph that shows why the passage was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where it stands, in bytes of the paragraph. What lies outside it, or splits a character, is moved to the next one within.
    pub range: Range<usize>,
    /// What it is a match of: an excerpt wants as many different terms as it can get.
    pub term: u32,
    /// How much the term says; among excerpts of as many terms the heavier ones win.
    pub weight: f32,
}

/// Text to show, with the places to mark in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    /// The text, on one line; `…` where a sentence is cut.
    pub text: String,
    /// Places to mark, start and end, counted in Unicode scalar values of the text; in order, none overlaps another.
    pub highlights: Vec<(usize, usize)>,
}

impl Snippet {
    /// The text in pieces, each with whether it is to be marked. Joined they are the text; none is empty.
    pub fn pieces(&self) -> Vec<(&str, bool)> {
        let mut pieces = Vec::with_capacity(2 * self.highlights.len() + 1);
        let mut rest = self.text.as_str();
        let mut scalar = 0;
        for (start, end) in &self.highlights {
            for (until, marked) in [(*start, false), (*end, true)] {
                let (piece, after) = split_after(rest, until.saturating_sub(scalar));
                scalar = scalar.max(until);
                rest = after;
                if !piece.is_empty() {
                    pieces.push((piece, marked));
                }
            }
        }
        if !rest.is_empty() {
            pieces.push((rest, false));
        }
        pieces
    }
}

/// A text's first `count` scalar values, and the rest.
fn split_after(text: &str, count: usize) -> (&str, &str) {
    text.split_at(text.char_indices().nth(count).map_or(text.len(), |(at, _)| at))
}

impl Targets {
    /// The best excerpt of a passage, with what was searched marked in it, and with the marks that others found (`others` has as
    /// many entries as there are paragraphs, or none).
    ///
    /// Leave running heads and page numbers out of the paragraphs.
    pub fn excerpt(
        &mut self,
        paragraphs: &[(&str, Language)],
        others: &[Vec<Mark>],
        limit: usize,
    ) -> Snippet {
        self.excerpt_in(paragraphs, others, limit).0
    }

    /// The same, and which of the paragraphs it is from.
    pub fn excerpt_in(
        &mut self,
        paragraphs: &[(&str, Language)],
        others: &[Vec<Mark>],
        limit: usize,
    ) -> (Snippet, Range<usize>) {
        let mut marks: Vec<Vec<Mark>> =
            paragraphs.iter().map(|(text, language)| self.marks(text, *language)).collect();
        for (marks, others) in marks.iter_mut().zip(others) {
            marks.extend_from_slice(others);
        }
        let texts: Vec<&str> = paragraphs.iter().map(|(text, _)| *text).collect();
        excerpt_in(&texts, &marks, limit)
    }
}

/// The best excerpt of a passage, of at most `limit` scalar values (or [`SHORTEST`]): the part with the most different terms,
/// then the heaviest, then the most marks, then the first. Without marks, its opening.
///
/// Whole sentences where they fit, otherwise cut between words, with `…`. The text is the passage's own, but for white space,
/// which is folded, and control characters, which are left out; paragraphs are parted by a space. Only a word that is longer
/// than the limit is cut, between characters as a reader sees them. `marks` belong to the paragraphs in order.
pub fn excerpt(paragraphs: &[&str], marks: &[Vec<Mark>], limit: usize) -> Snippet {
    excerpt_in(paragraphs, marks, limit).0
}

/// The same, and which of the paragraphs it is from.
fn excerpt_in(paragraphs: &[&str], marks: &[Vec<Mark>], limit: usize) -> (Snippet, Range<usize>) {
    let limit = limit.max(SHORTEST);
    let flow = Flow::new(paragraphs, marks);
    let sentences = sentence::sentences(&flow);
    let part = window::choose(&flow, &sentences, limit);
    let lead = if part.cut_start { "…" } else { "" };
    let tail = if part.cut_end { "…" } else { "" };
    let text = format!("{lead}{}{tail}", &flow.text[part.range.clone()]);
    let origin = flow.scalar(part.range.start);
    let shown = flow.marks.iter().filter_map(|mark| {
        let start = mark.start.max(part.range.start);
        let end = mark.end.min(part.range.end);
        let place = |at| flow.scalar(at) - origin + usize::from(part.cut_start);
        (start < end).then(|| (place(start), place(end)))
    });
    let first = flow.paragraphs.partition_point(|it| it.end <= part.range.start);
    let last = flow.paragraphs.partition_point(|it| it.start < part.range.end);
    let sources = flow.sources.get(first..last).unwrap_or_default();
    let from = sources.first().copied().unwrap_or_default();
    let until = sources.last().map_or(from, |last| last + 1);
    (Snippet { text, highlights: merged(shown.collect()) }, from..until)
}

/// The places of marks in a text as it is: counted in its Unicode scalar values, in order, none overlaps another.
pub fn places(text: &str, marks: &[Mark]) -> Vec<(usize, usize)> {
    place_in(text, marks, |_| true)
}

/// The places of marks in what is left of a text.
fn place_in(text: &str, marks: &[Mark], keep: impl Fn(&char) -> bool) -> Vec<(usize, usize)> {
    // How many of the kept characters stand before a place; asked in no particular order, so counted once.
    let mut before = Vec::with_capacity(text.len() + 1);
    let mut count = 0;
    for c in text.chars() {
        before.extend(std::iter::repeat_n(count, c.len_utf8()));
        count += usize::from(keep(&c));
    }
    before.push(count);
    let places = marks.iter().map(|mark| flow::within(text, &mark.range));
    let places = places.map(|range| (before[range.start], before[range.end]));
    merged(places.filter(|(start, end)| start < end).collect())
}

/// A whole text with its marks: line breaks and tabs stay, other control characters are left out.
pub fn highlight(text: &str, marks: &[Mark]) -> Snippet {
    let keep = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let highlights = place_in(text, marks, keep);
    Snippet { text: text.chars().filter(keep).collect(), highlights }
}

/// Places in order, those that overlap made one.
fn merged(mut places: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    places.sort_unstable();
    let mut merged: Vec<(usize, usize)> = Vec::with_capacity(places.len());
    for (start, end) in places {
        match merged.last_mut() {
            Some(last) if start < last.1 => last.1 = last.1.max(end),
            _ => merged.push((start, end)),
        }
    }
    merged
}
