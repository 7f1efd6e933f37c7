//! The opening of a document: the lines of its first page, and the running heads of the pages after it.
//!
//! In: passages. Out: their texts, borrowed. It judges nothing.

use crate::document::{Locator, Passage, Role};

/// Paragraphs of the first page that count as its opening.
const MOST_LINES: usize = 60;

/// Of a web page, fewer: its article follows at once.
const MOST_LINES_OF_A_PAGE: usize = 12;

/// Pages whose running heads are read.
const MOST_PAGES: usize = 8;

/// The opening of a document.
pub(super) struct Opening<'a> {
    /// The paragraphs of the first page with text, in reading order.
    pub(super) lines: Vec<Line<'a>>,
    /// Heads and feet of later pages.
    pub(super) heads: Vec<&'a str>,
    /// Whether it is a page of a PDF, and its number.
    pub(super) page: Option<u32>,
}

/// A paragraph of the opening.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) size: Option<f32>,
}

impl<'a> Opening<'a> {
    /// The opening of these passages.
    pub(super) fn of(passages: &'a [Passage]) -> Self {
        let first = passages.iter().take(3).position(|passage| !passage.paragraphs.is_empty());
        let Some(first) = first else {
            return Self { lines: Vec::new(), heads: Vec::new(), page: None };
        };
        let page = match passages[first].locator {
            Locator::Page { number, .. } => Some(number),
            Locator::Section { .. } => None,
        };
        let most = if page.is_some() { MOST_LINES } else { MOST_LINES_OF_A_PAGE };
        let shown = passages[first].paragraphs.iter().filter(|line| line.role != Role::Note);
        let lines =
            shown.take(most).map(|line| Line { text: line.text.trim(), size: line.font_size });
        let later = passages[first + 1..].iter().take(MOST_PAGES).flat_map(|page| &page.paragraphs);
        let heads = later.filter(|line| line.role == Role::Furniture).map(|line| line.text.trim());
        Self { lines: lines.collect(), heads: heads.collect(), page }
    }

    /// Where its lines stand, in words.
    pub(super) fn place(&self) -> String {
        self.page.map_or_else(|| "opening".to_owned(), |number| format!("page {number}"))
    }
}
