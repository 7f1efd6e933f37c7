//! Blocks to passages: heading to heading, and cut at paragraph ends where that is long.
//!
//! A paragraph that is longer than two passages is cut at sentence ends. Languages are told later.

use super::super::Limits;
use super::blocks::Block;
use crate::document::{Locator, Paragraph, Passage, Role};

/// Words of a passage, and of a paragraph that stays in one piece.
const WORDS: usize = 500;
const PARAGRAPH_WORDS: usize = 2 * WORDS;

/// The passages, and the limit that ended them early, if one did.
pub(super) fn cut(blocks: Vec<Block>, limits: &Limits) -> (Vec<Passage>, Option<&'static str>) {
    let mut cutter = Cutter::default();
    let mut characters = 0_usize;
    for block in blocks {
        characters += block.text.chars().count();
        if characters > limits.characters {
            return (cutter.finish(), Some("characters"));
        }
        if cutter.passages.len() >= limits.passages {
            return (cutter.passages, Some("passages"));
        }
        if block.heading {
            cutter.heading(block);
        } else {
            for piece in pieces(&block.text) {
                cutter.paragraph(piece);
            }
        }
    }
    let mut passages = cutter.finish();
    let stopped = passages.len() > limits.passages;
    passages.truncate(limits.passages);
    (passages, stopped.then_some("passages"))
}

#[derive(Default)]
struct Cutter {
    passages: Vec<Passage>,
    current: Vec<Paragraph>,
    words: usize,
    /// Paragraphs in finished passages.
    before: usize,
    heading: Option<String>,
    anchor: Option<String>,
}

impl Cutter {
    fn heading(&mut self, block: Block) {
        // Headings without text between them stand over the same section; the last names it.
        if self.current.iter().any(|paragraph| paragraph.role != Role::Heading) {
            self.close();
        }
        let paragraph = Paragraph { role: Role::Heading, ..Paragraph::body(block.text.as_str()) };
        self.add(paragraph);
        self.heading = Some(block.text);
        self.anchor = block.anchor;
    }

    fn paragraph(&mut self, text: &str) {
        let words = text.split(' ').count();
        if self.words + words > WORDS && self.current.iter().any(|p| p.role != Role::Heading) {
            self.close();
        }
        self.add(Paragraph::body(text));
    }

    fn add(&mut self, paragraph: Paragraph) {
        let words = paragraph.text.split(' ').count();
        if self.words + words > PARAGRAPH_WORDS && !self.current.is_empty() {
            self.close();
        }
        self.words += words;
        self.current.push(paragraph);
    }

    fn close(&mut self) {
        if self.current.is_empty() {
            return;
        }
        let paragraphs = std::mem::take(&mut self.current);
        let first = u32::try_from(self.before + 1).unwrap_or(u32::MAX);
        self.before += paragraphs.len();
        self.words = 0;
        self.passages.push(Passage {
            locator: Locator::Section {
                heading: self.heading.clone(),
                anchor: self.anchor.clone(),
                paragraph: first,
            },
            section: self.heading.clone(),
            paragraphs,
        });
    }

    fn finish(mut self) -> Vec<Passage> {
        self.close();
        self.passages
    }
}

/// A paragraph in pieces of at most some 500 words that end with a sentence, where it is too long for one passage.
fn pieces(text: &str) -> Vec<&str> {
    if text.split(' ').count() <= PARAGRAPH_WORDS {
        return vec![text];
    }
    let mut pieces = Vec::new();
    let (mut start, mut words, mut sentence) = (0, 0, None);
    for (at, _) in text.match_indices(' ') {
        words += 1;
        if text[..at].ends_with(['.', '?', '!', ';', ':']) {
            sentence = Some(at);
        }
        if words >= WORDS {
            let end = sentence.take().unwrap_or(at);
            pieces.push(text[start..end].trim());
            words = text[end..at].matches(' ').count();
            start = end;
        }
    }
    pieces.push(text[start..].trim());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}
