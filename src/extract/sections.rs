//! Blocks to passages: one section from heading to heading, long ones cut at paragraph ends. For every format without pages.
//!
//! In: the blocks of a document, headings among them. Out: [`Passage`]s in order, each with the heading in force. It does not
//! tell languages.

use crate::document::{Language, Locator, Paragraph, Passage, Role};

/// A paragraph or a heading of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// Whether it is a heading.
    pub is_heading: bool,
    /// Its text on one line.
    pub text: String,
    /// What its document calls its place, to link to.
    pub anchor: Option<String>,
    /// The language that it is marked with.
    pub marked: Option<Language>,
}

/// A section of more words is cut at the next paragraph's end.
const LONGEST_SECTION: usize = 500;

/// The passages of a document's blocks, at most `limit` of them; and whether that was all.
pub fn passages(blocks: impl IntoIterator<Item = Block>, limit: usize) -> (Vec<Passage>, bool) {
    let mut sections = Sections::default();
    for block in blocks {
        if sections.count() >= limit {
            return (sections.passages, false);
        }
        sections.add(block);
    }
    (sections.finish(), true)
}

/// Passages, as far as their blocks have been added.
#[derive(Debug, Default)]
pub struct Sections {
    passages: Vec<Passage>,
    /// The paragraphs of the section being read.
    paragraphs: Vec<Paragraph>,
    /// Whether it has more than headings yet.
    has_body: bool,
    words: usize,
    heading: Option<String>,
    anchor: Option<String>,
}

impl Sections {
    /// The sections that have ended.
    pub fn count(&self) -> usize {
        self.passages.len()
    }

    /// All of them, the last one ended.
    pub fn finish(mut self) -> Vec<Passage> {
        self.end();
        self.passages
    }

    /// Adds the next block.
    pub fn add(&mut self, block: Block) {
        let words = count_words(&block.text);
        if block.is_heading {
            // A heading right after another is its subtitle or its first subsection: both head the same passage, and the
            // inner one is cited.
            if self.has_body || self.words + words > LONGEST_SECTION {
                self.end();
            }
            self.heading = Some(block.text.clone());
            self.anchor = block.anchor;
            let heading = Paragraph {
                role: Role::Heading,
                marked: block.marked,
                ..Paragraph::body(block.text)
            };
            self.push(heading, words);
            return;
        }
        if self.has_body && self.words + words > LONGEST_SECTION {
            self.end();
        }
        for piece in pieces(&block.text) {
            if self.has_body && self.words >= LONGEST_SECTION {
                self.end();
            }
            let words = count_words(piece);
            self.push(Paragraph { marked: block.marked, ..Paragraph::body(piece) }, words);
            self.has_body = true;
        }
    }

    fn push(&mut self, paragraph: Paragraph, words: usize) {
        self.words += words;
        self.paragraphs.push(paragraph);
    }

    /// Ends the section being read; what follows has the same heading until there is another.
    fn end(&mut self) {
        if self.paragraphs.is_empty() {
            return;
        }
        let (heading, anchor) = (self.heading.clone(), self.anchor.clone());
        let locator = Locator::Section { heading, anchor };
        let paragraphs = std::mem::take(&mut self.paragraphs);
        self.passages.push(Passage::new(locator, self.heading.clone(), paragraphs));
        self.words = 0;
        self.has_body = false;
    }
}

/// Bytes of the longest words; of writing without spaces as many count as one.
const LONGEST_WORD: usize = 32;

/// Bytes of a text without spaces that are taken at a time when it is cut.
const STEP: usize = 1 << 13;

/// Words as blanks part them.
fn count_words(text: &str) -> usize {
    let spaces = text.bytes().filter(|byte| *byte == b' ').count();
    (spaces + 1).max(text.len() / LONGEST_WORD)
}

/// The words of a text, a space behind each; one without end in steps.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(' ').flat_map(|word| {
        let mut rest = word;
        std::iter::from_fn(move || {
            let (step, after) = rest.split_at(rest.floor_char_boundary(STEP));
            rest = after;
            (!step.is_empty()).then_some(step)
        })
    })
}

/// A paragraph, in several pieces at sentence ends where it is longer than a section may be: judgments and converters'
/// output have pages of text without a paragraph's end.
fn pieces(text: &str) -> Vec<&str> {
    if count_words(text) <= LONGEST_SECTION {
        return vec![text];
    }
    let mut pieces = Vec::new();
    let (mut start, mut count, mut place) = (0, 0, 0);
    for word in words(text) {
        if count >= LONGEST_SECTION
            && (count >= 2 * LONGEST_SECTION || ends_sentence(&text[start..place]))
        {
            pieces.push(text[start..place].trim_end());
            (start, count) = (place, 0);
        }
        count += if word.len() <= STEP / 2 { 1 } else { STEP / LONGEST_WORD };
        place += word.len();
    }
    pieces.push(&text[start..]);
    pieces
}

/// Whether the last word of a text, before a space, ends a sentence and is no abbreviation.
fn ends_sentence(text: &str) -> bool {
    let text = text.strip_suffix(' ').unwrap_or(text);
    let word = &text[text.rfind(' ').map_or(0, |space| space + 1)..];
    word.ends_with(['.', '?', '!', ';', '”', '»']) && word.chars().count() > 3
}
