//! Paragraph numbers as printed: which number of the document's own count each paragraph stands under.
//!
//! In: a document's passages in reading order, from any format. Out: the same with [`Paragraph::number`] set, and paragraphs
//! parted where a number is printed within them. Numbers that could be a paragraph's (`candidates`) count only as members of
//! a long sequence (`sequence`): quoted laws, lists, notes and years have numbers too. It never counts: where nothing is
//! printed, or the sequence is not convincing, there is no number.

mod candidates;
mod sequence;

use crate::document::{Paragraph, Passage, Role};
use candidates::{Candidate, candidates};

/// A smaller font than this share of the body's is a note's.
const SMALL: f32 = 0.87;

/// Sets the numbers. What an extractor has set before, from a list's markup, counts as printed and is judged like the rest.
pub fn tell(passages: &mut [Passage]) {
    let body = body_size(passages);
    let (found, bytes) = candidates(passages, body);
    let chosen = sequence::paragraphs(&found, bytes);
    for paragraph in passages.iter_mut().flat_map(|passage| &mut passage.paragraphs) {
        paragraph.number = None;
    }
    if chosen.is_empty() {
        return;
    }
    let begun: Vec<Begun> = chosen
        .iter()
        .enumerate()
        .map(|(place, at)| {
            let Candidate { passage, paragraph, at, value, .. } = found[*at];
            let next = chosen.get(place + 1).map(|next| found[*next].value);
            Begun { passage, paragraph, at, value, goes_on: next == Some(value + 1) }
        })
        .collect();
    let mut rest = begun.as_slice();
    let mut under = Under::default();
    for (place, passage) in passages.iter_mut().enumerate() {
        let here = rest.iter().take_while(|begun| begun.passage == place).count();
        let (here, later) = rest.split_at(here);
        rest = later;
        number(passage, here, &mut under, body);
    }
}

/// The size of most of a document's letters, where its format has sizes.
fn body_size(passages: &[Passage]) -> Option<f32> {
    let mut sizes: Vec<(f32, usize)> = Vec::new();
    for paragraph in passages.iter().flat_map(|passage| &passage.paragraphs) {
        let Some(size) = paragraph.font_size.filter(|_| paragraph.role == Role::Body) else {
            continue;
        };
        match sizes.iter_mut().find(|(known, _)| (known - size).abs() < 0.05) {
            Some((_, bytes)) => *bytes += paragraph.text.len(),
            None => sizes.push((size, paragraph.text.len())),
        }
    }
    sizes.into_iter().max_by_key(|(_, bytes)| *bytes).map(|(size, _)| size)
}

/// Whether a paragraph can stand under a number: no heading, running head, note or small print.
fn is_text(paragraph: &Paragraph, body: Option<f32>) -> bool {
    let is_small = body.zip(paragraph.font_size).is_some_and(|(body, size)| size < SMALL * body);
    paragraph.role == Role::Body && !is_small
}

/// A number of the sequence where it is printed.
struct Begun {
    passage: usize,
    paragraph: usize,
    at: usize,
    value: u32,
    /// Whether the next number of the sequence is the next whole number, so that all between stands under this one.
    goes_on: bool,
}

/// The number under which text stands.
#[derive(Default)]
struct Under {
    number: Option<u32>,
    goes_on: bool,
    /// The last number begun, which a heading does not end.
    last: Option<u32>,
    /// Whether the text before breaks off within a sentence, so that what looks like a heading goes on with it.
    open: bool,
}

impl Under {
    fn begin(&mut self, begun: &Begun) {
        (self.number, self.last, self.goes_on) =
            (Some(begun.value), Some(begun.value), begun.goes_on);
    }

    /// The number of a paragraph in which none begins.
    fn of(&mut self, text: &str) -> Option<u32> {
        // "105.27" stands in paragraph 105, whatever heading it is listed under.
        if self.number.is_none() && self.last.is_some() && self.last == decimal(text) {
            self.number = self.last;
        }
        let number = self.number;
        self.open = !text.ends_with(|c: char| c.is_ascii_punctuation()) && !ends(text);
        // Behind the last number of a sequence, or before one that was not found, a paragraph ends with its sentence.
        if !self.goes_on && ends(text) {
            self.number = None;
        }
        number
    }
}

/// Sets the numbers of a passage's paragraphs and parts them where numbers begin.
fn number(passage: &mut Passage, mut begun: &[Begun], under: &mut Under, body: Option<f32>) {
    let paragraphs = std::mem::take(&mut passage.paragraphs);
    passage.paragraphs.reserve(paragraphs.len() + begun.len());
    for (place, mut paragraph) in paragraphs.into_iter().enumerate() {
        let here = begun.iter().take_while(|begun| begun.paragraph == place).count();
        let (here, later) = begun.split_at(here);
        begun = later;
        // An item of a list within a paragraph may be set like a heading.
        let is_item = paragraph.text.starts_with(|c: char| c.is_ascii_digit());
        if here.is_empty() && paragraph.role == Role::Heading && !is_item && !under.open {
            under.number = None;
        }
        if here.is_empty() && !is_text(&paragraph, body) {
            passage.paragraphs.push(paragraph);
            continue;
        }
        let mut start = 0;
        for begun in here {
            let before = paragraph.text[start..begun.at].trim_end();
            if !before.is_empty() {
                let text = before.to_owned();
                let number = under.of(&text).filter(|_| !is_capitals(&text));
                passage.paragraphs.push(Paragraph { text, number, ..paragraph.clone() });
            }
            start = begun.at;
            under.begin(begun);
        }
        if start > 0 {
            paragraph.text.drain(..start);
        }
        paragraph.number = under.of(&paragraph.text);
        passage.paragraphs.push(paragraph);
    }
}

/// The whole part of a decimal number that a text begins with.
fn decimal(text: &str) -> Option<u32> {
    let (whole, rest) = text.split_once('.')?;
    rest.starts_with(|c: char| c.is_ascii_digit()).then(|| whole.parse().ok()).flatten()
}

/// Whether a text ends with a sentence, and nothing is to follow.
fn ends(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| {
        matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | ' ') || c.is_numeric()
    });
    text.ends_with(['.', '!', '?', '…'])
}

/// Whether a text is a heading in capitals.
fn is_capitals(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests;
