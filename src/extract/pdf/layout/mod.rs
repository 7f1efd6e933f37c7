//! From fragments with places to paragraphs in reading order.
//!
//! Pages are laid out one by one ([`page`]); what only the whole document shows, furniture, the size of its body text and
//! its hyphens, is told over all of them ([`paragraphs`]).

mod furniture;
mod hyphens;
mod lines;
mod order;
mod paragraphs;
pub(super) mod title;

use crate::document::Paragraph;
use crate::extract::pdf::fragments::Fragments;
use lines::Line;

/// A page's lines in reading order.
pub(super) struct PageLines {
    lines: Vec<Line>,
    height: f32,
}

/// Lays out what was drawn on a page of that height.
pub(super) fn page(fragments: &Fragments, height: f32) -> PageLines {
    PageLines { lines: order::sort(lines::build(fragments)), height }
}

/// The paragraphs of each page of a document.
pub(super) fn paragraphs(mut pages: Vec<PageLines>) -> Vec<Vec<Paragraph>> {
    furniture::mark(&mut pages);
    let hyphenated = hyphens::Hyphenated::find(&pages);
    let body = paragraphs::Body::measure(&pages);
    pages.into_iter().map(|page| paragraphs::build(&page.lines, &body, &hyphenated)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of ten-point text, five points a letter.
    pub fn line(text: &str, from: f32, base: f32) -> Line {
        Line {
            text: text.into(),
            angle: 0,
            bold: false,
            same_row: false,
            from,
            to: from + 5.0 * text.chars().count() as f32,
            base,
            size: 10.0,
            furniture: false,
        }
    }

    pub fn page(lines: Vec<Line>) -> PageLines {
        PageLines { lines, height: 792.0 }
    }
}
