//! A passage as one line of text, and its marks in that line.
//!
//! White space is folded and control characters are left out; every other byte is the passage's own. Places are carried over.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Mark;

/// The line.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// Its text.
    pub(super) text: String,
    /// Where the paragraphs that have any text stand in it; a space parts them.
    pub(super) paragraphs: Vec<Range<usize>>,
    /// Which of the paragraphs that were given each of them is.
    pub(super) sources: Vec<usize>,
    /// The marks in order of their start, none empty.
    pub(super) marks: Vec<Place>,
    /// The weight of each term, by its [`Place::term`].
    pub(super) weights: Vec<f32>,
    /// How many scalar values stand before each byte; not needed while every character is one byte.
    scalars: Option<Vec<u32>>,
}

/// A mark in the line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Index of its term among the terms of this passage.
    pub(super) term: usize,
}

/// The part of a range that lies in a text, moved to where characters begin.
pub(super) fn within(text: &str, range: &Range<usize>) -> Range<usize> {
    let forward = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at += 1;
        }
        at
    };
    let end = forward(range.end.min(text.len()));
    forward(range.start.min(end))..end
}

impl Flow {
    pub(super) fn new(paragraphs: &[&str], marks: &[Vec<Mark>]) -> Self {
        let mut flow = Self::default();
        let mut terms = FxHashMap::default();
        for (index, paragraph) in paragraphs.iter().enumerate() {
            let marks = marks.get(index).map_or(&[][..], Vec::as_slice);
            flow.append(paragraph, marks, &mut terms);
            if flow.sources.len() < flow.paragraphs.len() {
                flow.sources.push(index);
            }
        }
        flow.marks.sort_by_key(|place| (place.start, place.end, place.term));
        flow.scalars = (!flow.text.is_ascii()).then(|| {
            let mut before = Vec::with_capacity(flow.text.len() + 1);
            let mut count = 0;
            for c in flow.text.chars() {
                before.extend(std::iter::repeat_n(count, c.len_utf8()));
                count += 1;
            }
            before.push(count);
            before
        });
        flow
    }

    fn append(&mut self, paragraph: &str, marks: &[Mark], terms: &mut FxHashMap<u32, usize>) {
        let joint = self.text.len();
        if joint > 0 {
            self.text.push(' ');
        }
        let start = self.text.len();
        let places = if is_folded(paragraph) {
            self.text.push_str(paragraph);
            None
        } else {
            Some(self.append_folded(paragraph, start))
        };
        if self.text.len() == start {
            self.text.truncate(joint);
            return;
        }
        self.paragraphs.push(start..self.text.len());
        for mark in marks {
            let range = within(paragraph, &mark.range);
            let place = |at: usize| places.as_ref().map_or(start + at, |places| places[at]);
            let (start, end) = (place(range.start), place(range.end));
            if start < end {
                let term = *terms.entry(mark.term).or_insert_with(|| {
                    self.weights.push(0.0);
                    self.weights.len() - 1
                });
                self.weights[term] = self.weights[term].max(mark.weight);
                self.marks.push(Place { start, end, term });
            }
        }
    }

    /// Appends a paragraph that needs folding; for each of its bytes, and its end, the place in the line.
    fn append_folded(&mut self, paragraph: &str, start: usize) -> Vec<usize> {
        let mut places = Vec::with_capacity(paragraph.len() + 1);
        let mut space = false;
        for c in paragraph.chars() {
            if c.is_whitespace() {
                space = self.text.len() > start;
            } else if !c.is_control() {
                if space {
                    self.text.push(' ');
                    space = false;
                }
                places.extend(std::iter::repeat_n(self.text.len(), c.len_utf8()));
                self.text.push(c);
                continue;
            }
            places.extend(std::iter::repeat_n(self.text.len(), c.len_utf8()));
        }
        places.push(self.text.len());
        places
    }

    /// How many scalar values stand before this byte.
    pub(super) fn scalar(&self, at: usize) -> usize {
        self.scalars.as_ref().map_or(at, |scalars| scalars[at] as usize)
    }

    /// The length of a part in scalar values.
    pub(super) fn length(&self, part: &Range<usize>) -> usize {
        self.scalar(part.end) - self.scalar(part.start)
    }

    /// The byte where the scalar value of this number begins, or the end.
    pub(super) fn byte(&self, scalar: usize) -> usize {
        match &self.scalars {
            None => scalar.min(self.text.len()),
            Some(scalars) => {
                scalars.partition_point(|before| (*before as usize) < scalar).min(self.text.len())
            }
        }
    }
}

/// Whether folding would change nothing.
fn is_folded(paragraph: &str) -> bool {
    let bytes = paragraph.as_bytes();
    let mut previous = b' ';
    for byte in bytes {
        if !(0x20..0x7f).contains(byte) || (*byte == b' ' && previous == b' ') {
            // A character of several bytes can be white space or a control character too.
            return !bytes.is_ascii() && is_folded_unicode(paragraph);
        }
        previous = *byte;
    }
    !bytes.ends_with(b" ")
}

fn is_folded_unicode(paragraph: &str) -> bool {
    let mut previous = ' ';
    for c in paragraph.chars() {
        let space = c.is_whitespace();
        if c.is_control() || space && (c != ' ' || previous == ' ') {
            return false;
        }
        previous = c;
    }
    previous != ' '
}
