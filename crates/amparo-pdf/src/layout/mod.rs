//! From fragments with places to paragraphs in reading order.
//!
//! Pages are laid out one by one ([`page`]); what only the whole document shows, furniture, the size of its body text and
//! its hyphens, is told over all of them ([`paragraphs`]).

mod columns;
mod furniture;
mod gutter;
mod hyphens;
mod lines;
mod order;
mod paragraphs;
mod words;

use crate::Paragraph;
use crate::fragments::Fragments;
use crate::view::View;
use lines::Line;

/// A page's lines in reading order.
pub(super) struct PageLines {
    lines: Vec<Line>,
    /// Direction of most of the text.
    angle: u16,
    /// Where the page begins and ends for a reader of text in that direction, from its foot to its head.
    span: (f32, f32),
    /// What is shown of the page.
    pub view: View,
    /// Which share of it images cover.
    pub picture_cover: f32,
}

impl PageLines {
    /// How many lines the page has.
    pub fn len(&self) -> usize {
        self.lines.len()
    }
}

/// Lays out what was drawn on a page.
pub(super) fn page(fragments: &Fragments, view: View) -> PageLines {
    let (width, height) = view.size();
    let lines = order::sort(gutter::cut(lines::build(fragments)));
    let angle = main_angle(&lines);
    // Baselines of text that runs up the page count leftwards, and so on around.
    let span = match angle {
        46..=135 => (-width, 0.0),
        136..=225 => (-height, 0.0),
        226..=315 => (0.0, width),
        _ => (0.0, height),
    };
    PageLines { lines, angle, span, view, picture_cover: 0.0 }
}

/// The direction of most of the text: tables lie on their side on pages that are not turned.
fn main_angle(lines: &[Line]) -> u16 {
    let mut by_angle: Vec<(u16, usize)> = Vec::new();
    for line in lines {
        let known = by_angle.iter().position(|(angle, _)| *angle == line.angle);
        if let Some(at) = known {
            by_angle[at].1 += line.text.len();
        } else if by_angle.len() < 16 {
            // Text set around a circle has as many directions as letters; none of them is the page's.
            by_angle.push((line.angle, line.text.len()));
        }
    }
    by_angle.iter().max_by_key(|(angle, characters)| (*characters, *angle)).map_or(0, |most| most.0)
}

/// The paragraphs of each page of a document.
pub(super) fn paragraphs(mut pages: Vec<PageLines>) -> Vec<Vec<Paragraph>> {
    furniture::mark(&mut pages);
    let broken_words = hyphens::BrokenWords::find(&pages);
    let body = paragraphs::Body::measure(&pages);
    pages.into_iter().map(|page| paragraphs::build(&page, &body, &broken_words)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rect;

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
            gaps: Vec::new(),
            words: Vec::new(),
        }
    }

    pub fn page(lines: Vec<Line>) -> PageLines {
        let bounds = Rect { left: 0.0, bottom: 0.0, right: 612.0, top: 792.0 };
        let view = View { bounds, turns: 0 };
        PageLines { lines, angle: 0, span: (0.0, 792.0), view, picture_cover: 0.0 }
    }
}
