//! Where parts begin, and the passages divided there.

use crate::document::{Locator, Paragraph, Part, PartKind, Passage, Role};

/// A paragraph's place: its passage and its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) passage: usize,
    pub(super) paragraph: usize,
}

/// Where a part begins, and what is known of it. It reaches to the next one's.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Border {
    /// Its first paragraph.
    pub(super) at: Place,
    /// What it is; its extent is not known yet.
    pub(super) part: Part,
}

/// Divides passages at borders, which are in order. What stands before the first is a part of its own.
pub(super) fn divide(passages: Vec<Passage>, found: Vec<Border>) -> (Vec<Passage>, Vec<Part>) {
    let mut divided: Vec<Passage> = Vec::with_capacity(passages.len() + found.len());
    let mut parts = vec![Part::new(PartKind::Matter, 0, 0)];
    let mut found = found.into_iter().peekable();
    for (number, mut passage) in passages.into_iter().enumerate() {
        let mut taken = 0;
        while let Some(Border { at, part }) = found.next_if(|border| border.at.passage == number) {
            let (before, after) = cut(passage, at.paragraph.saturating_sub(taken), &part);
            if let Some(before) = before {
                taken += before.paragraphs.len();
                divided.push(before);
            }
            passage = after;
            begin(&mut parts, part, divided.len());
        }
        divided.push(passage);
    }
    let end = number(divided.len());
    if let Some(last) = parts.last_mut() {
        last.end = end;
    }
    parts.retain(|part| part.first < part.end);
    (divided, parts)
}

fn begin(parts: &mut Vec<Part>, part: Part, first: usize) {
    let first = number(first);
    if let Some(last) = parts.last_mut() {
        last.end = first;
    }
    parts.push(Part { first, ..part });
}

fn number(passages: usize) -> u32 {
    u32::try_from(passages).unwrap_or(u32::MAX)
}

/// A passage in two, before and after the beginning of a part; only one if nothing but running heads stands before it.
fn cut(mut passage: Passage, at: usize, part: &Part) -> (Option<Passage>, Passage) {
    let says = |paragraph: &Paragraph| paragraph.role != Role::Furniture;
    if !passage.paragraphs.iter().take(at).any(says) {
        return (None, passage);
    }
    let paragraphs = passage.paragraphs.split_off(at.min(passage.paragraphs.len()));
    // The section that a page stands in is the first that begins on it: the chapter that begins further down has its own.
    let begun = part.title.clone();
    let locator = match passage.locator.clone() {
        Locator::Section { heading, anchor } => {
            Locator::Section { heading: begun.clone().or(heading), anchor }
        }
        page @ Locator::Page { .. } => page,
    };
    let after = Passage {
        locator,
        section: begun,
        paragraphs,
        source: passage.source,
        pictures_only: passage.pictures_only,
    };
    if passage.section == after.section {
        passage.section = None;
    }
    (Some(passage), after)
}
