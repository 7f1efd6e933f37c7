//! What tells of chapters: headings that name countries, and what running heads and bookmarks say of each page.

use super::super::borders::{Border, Place};
use super::super::names;
use super::{chapter, matter};
use crate::document::{Locator, Paragraph, PartKind, Passage, Role};
use crate::taxonomy::CountryCode;

/// A running head so much larger than the text is a heading that returns in the heads.
const LARGE: f32 = 1.25;

/// A longer paragraph is no heading, in bytes.
const LONGEST: usize = 120;

/// A paragraph that may be a heading.
#[derive(Clone, Debug)]
pub(super) struct Heading<'a> {
    pub(super) at: Place,
    pub(super) text: &'a str,
    /// Its size in points; 0 where it is not known.
    pub(super) size: f32,
    /// Whether it looks like a heading, not only like a short paragraph.
    pub(super) displayed: bool,
    /// The countries that it names and nothing else.
    pub(super) countries: Vec<CountryCode>,
}

/// The paragraphs that may be headings, in order: all that look like it, and all that are a country's name.
pub(super) fn headings(passages: &[Passage]) -> Vec<Heading<'_>> {
    let body = body_size(passages);
    let mut headings = Vec::new();
    for (passage, paragraphs) in passages.iter().map(|passage| &passage.paragraphs).enumerate() {
        for (paragraph, it) in paragraphs.iter().enumerate() {
            if it.text.len() > LONGEST || it.role == Role::Note {
                continue;
            }
            let size = it.font_size.unwrap_or(0.0);
            let large = body > 0.0 && size >= LARGE * body;
            let displayed = it.role == Role::Heading || (it.role == Role::Furniture && large);
            if it.role == Role::Furniture && !displayed {
                continue;
            }
            let countries = names::whole(&it.text);
            if displayed || !countries.is_empty() {
                let at = Place { passage, paragraph };
                headings.push(Heading { at, text: &it.text, size, displayed, countries });
            }
        }
    }
    headings
}

/// The size of most of the text; 0 where none is known.
fn body_size(passages: &[Passage]) -> f32 {
    let mut sizes: std::collections::BTreeMap<u32, usize> = std::collections::BTreeMap::new();
    for paragraph in passages.iter().flat_map(|passage| &passage.paragraphs) {
        if let (Role::Body, Some(size)) = (paragraph.role, paragraph.font_size) {
            *sizes.entry((size * 10.0).round().max(0.0) as u32).or_default() +=
                paragraph.text.len();
        }
    }
    let most = sizes.into_iter().max_by_key(|(_, bytes)| *bytes);
    most.map_or(0.0, |(size, _)| size as f32 / 10.0)
}

/// The countries that each page's running heads or bookmarks name.
pub(super) struct Told(Vec<Vec<CountryCode>>);

impl Told {
    pub(super) fn of(passages: &[Passage]) -> Self {
        let of_page = |passage: &Passage| {
            if !matches!(passage.locator, Locator::Page { .. }) {
                return Vec::new();
            }
            let heads = passage.paragraphs.iter().filter(|line| line.role == Role::Furniture);
            let mut heads = heads.filter(|line| line.text.len() <= LONGEST);
            let head = heads.find_map(|line| some(names::in_head(&line.text)));
            let sections = || passage.section.iter().flat_map(|section| section.split(" › "));
            head.or_else(|| sections().find_map(|title| some(names::whole(title))))
                .unwrap_or_default()
        };
        Self(passages.iter().map(of_page).collect())
    }

    /// How many countries are told.
    pub(super) fn distinct(&self) -> usize {
        let mut told: Vec<_> = self.0.iter().filter(|told| !told.is_empty()).collect();
        told.sort_unstable();
        told.dedup();
        told.len()
    }

    /// Whether a page or the one after it is told to be on one of these countries.
    pub(super) fn goes_on(&self, page: usize, countries: &[String]) -> bool {
        [page, page + 1]
            .iter()
            .filter_map(|page| self.0.get(*page))
            .any(|told| are(told, countries))
    }

    /// Adds the chapters that only heads or bookmarks tell of. Such a one begins at its country's name, if that stands on the
    /// page; else it isn't sure to which chapter the page belongs.
    pub(super) fn complete(
        &self,
        passages: &[Passage],
        headings: &[Heading<'_>],
        found: &mut Vec<Border>,
    ) {
        let mut added: Vec<Border> = Vec::new();
        let mut next = 0;
        let mut current: Option<Vec<String>> = None;
        for page in 0..passages.len() {
            let begun = next;
            while found.get(next).is_some_and(|border| border.at.passage == page) {
                next += 1;
            }
            if next > begun {
                current = countries_of(&found[next - 1]);
                continue;
            }
            let told = &self.0[page];
            if told.is_empty() || current.as_ref().is_some_and(|current| are(told, current)) {
                continue;
            }
            let named = headings
                .iter()
                .find(|heading| heading.at.passage == page && heading.countries == *told);
            let border = match named {
                Some(heading) => chapter(heading.at, heading.text, told),
                None if self.lies_within(page) => chapter(
                    Place { passage: page, paragraph: 0 },
                    &title(told, passages, page),
                    told,
                ),
                None => matter(Place { passage: page, paragraph: 0 }, None),
            };
            current = countries_of(&border);
            added.push(border);
        }
        found.append(&mut added);
        found.sort_by_key(|border| border.at);
    }

    /// Whether the pages on both sides are told to be on the same country as a page.
    fn lies_within(&self, page: usize) -> bool {
        let same = |other: Option<usize>| {
            other.and_then(|other| self.0.get(other)).is_some_and(|told| *told == self.0[page])
        };
        same(page.checked_sub(1)) && same(page.checked_add(1))
    }
}

fn countries_of(border: &Border) -> Option<Vec<String>> {
    (border.part.kind == PartKind::Chapter).then(|| border.part.countries.clone())
}

fn some(codes: Vec<CountryCode>) -> Option<Vec<CountryCode>> {
    (!codes.is_empty()).then_some(codes)
}

fn are(told: &[CountryCode], countries: &[String]) -> bool {
    told.iter().any(|code| countries.iter().any(|country| country == code.as_str()))
}

/// What heads a chapter of which no heading was found: the running head or bookmark that tells of it.
fn title(told: &[CountryCode], passages: &[Passage], page: usize) -> String {
    let passage = &passages[page];
    let heads = passage.paragraphs.iter().filter(|line| line.role == Role::Furniture);
    let heads = heads.map(|line: &Paragraph| line.text.as_str());
    let sections = passage.section.iter().flat_map(|section| section.split(" › "));
    let says = |text: &&str| names::in_head(text) == told;
    let text = heads.chain(sections).find(says).unwrap_or_default();
    text.trim_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || c == '|').to_owned()
}
