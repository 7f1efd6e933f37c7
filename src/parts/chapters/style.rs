//! The style in which a book's chapters are headed, and the chapters that begin so.

use super::super::borders::{Border, Place};
use super::evidence::{Heading, Told};
use super::{FEWEST, chapter, matter};
use crate::document::{Passage, Role};
use crate::taxonomy::CountryCode;

/// Names in a row with less text between them, in bytes, are a list: a table of contents, the parties to a treaty.
const LISTED: usize = 200;

/// So many names in a row are a list.
const ROW: usize = 3;

/// A style heads chapters if it heads this share of the countries that the commonest one does.
const SHARE: f32 = 0.4;

/// A name of this share of the style's size heads a chapter too: long names are set smaller.
const SMALLER: f32 = 0.8;

/// Names in the size of the text, unmarked, are headings only if so many are.
const FEWEST_PLAIN: usize = 6;

/// And if this share of neighbours is in the order of the alphabet.
const IN_ORDER: f32 = 0.8;

/// Other headings in the chapters' style are borders too (a region's overview, an annex), if they are no more than this share of
/// the chapters: else it is the style of every section.
const OTHERS: f32 = 0.5;

/// The chapters of a document that headings tell; none if it has no style for them.
pub(super) fn chapters(passages: &[Passage], headings: &[Heading<'_>]) -> Vec<Border> {
    let named: Vec<&Heading<'_>> =
        headings.iter().filter(|heading| !heading.countries.is_empty()).collect();
    if distinct(&named) < FEWEST {
        return Vec::new();
    }
    let text = Text::of(passages);
    let Some(style) = Style::of(&named, &text) else { return Vec::new() };
    let heads: Vec<&Heading<'_>> = named.into_iter().filter(|it| style.admits(it)).collect();
    let heads = without_lists(heads, &text);
    let told = Told::of(passages);
    let mut found: Vec<Border> = Vec::new();
    let mut current: &[CountryCode] = &[];
    for heading in &heads {
        // Named again: "HONDURAS" above, "Honduras" below it.
        if current != heading.countries {
            found.push(chapter(heading.at, heading.text, &heading.countries));
        }
        current = &heading.countries;
    }
    let mut others = style.others(headings, &found, &text);
    if others.len() as f32 <= OTHERS * found.len() as f32 {
        others.retain(|other| !goes_on(&told, other, &found));
        found.append(&mut others);
        found.sort_by_key(|border| border.at);
    }
    found
}

/// Whether the chapter in which another heading stands goes on below it, as running heads tell.
fn goes_on(told: &Told, other: &Border, found: &[Border]) -> bool {
    let before = found.iter().rev().find(|border| border.at < other.at);
    before.is_some_and(|border| told.goes_on(other.at.passage, &border.part.countries))
}

fn distinct(named: &[&Heading<'_>]) -> usize {
    let mut countries: Vec<_> = named.iter().map(|heading| &heading.countries).collect();
    countries.sort_unstable();
    countries.dedup();
    countries.len()
}

/// The look of a chapter's heading.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Style {
    /// In points; 0 where sizes are not known.
    size: f32,
    displayed: bool,
}

impl Style {
    /// The largest style in which enough countries are headed.
    fn of(named: &[&Heading<'_>], text: &Text) -> Option<Self> {
        let mut styles: Vec<(Self, usize)> = Vec::new();
        for heading in named {
            let style = Self { size: heading.size, displayed: heading.displayed };
            if styles.iter().any(|(known, _)| known.is_like(heading)) {
                continue;
            }
            let same: Vec<_> = named.iter().copied().filter(|it| style.is_like(it)).collect();
            let same = without_lists(same, text);
            let count = distinct(&same);
            let enough = if style.displayed { FEWEST } else { FEWEST_PLAIN };
            if count >= enough && (style.displayed || are_in_order(&same)) {
                styles.push((style, count));
            }
        }
        let most = styles.iter().map(|(_, count)| *count).max()?;
        let common = styles.into_iter().filter(|(_, count)| *count as f32 >= SHARE * most as f32);
        let by_size = |one: &(Self, usize), other: &(Self, usize)| {
            (one.0.displayed, one.0.size).partial_cmp(&(other.0.displayed, other.0.size))
        };
        common
            .max_by(|one, other| by_size(one, other).unwrap_or(std::cmp::Ordering::Equal))
            .map(|(style, _)| style)
    }

    /// Whether a heading is of this style.
    fn is_like(self, heading: &Heading<'_>) -> bool {
        self.displayed == heading.displayed && (self.size - heading.size).abs() < 0.6
    }

    /// Whether a name heads a chapter.
    fn admits(self, heading: &Heading<'_>) -> bool {
        let as_displayed = heading.displayed || !self.displayed;
        as_displayed && heading.size >= SMALLER * self.size
    }

    /// What else is headed as chapters are.
    fn others(self, headings: &[Heading<'_>], found: &[Border], text: &Text) -> Vec<Border> {
        let Some(first) = found.first().map(|border| border.at) else { return Vec::new() };
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
        let is_other = |heading: &&Heading<'_>| {
            heading.at > first
                && heading.countries.is_empty()
                && heading.displayed
                && heading.size >= 0.97 * self.size
                && letters(heading.text) >= 4
        };
        let mut others: Vec<Border> = Vec::new();
        for heading in headings.iter().filter(is_other) {
            // What stands right below another heading belongs to it: an official name, a second line.
            let before = found.iter().chain(&others).map(|border| border.at);
            let before = before.filter(|at| *at < heading.at).max().unwrap_or(first);
            if text.between(before, heading.at) > LISTED {
                others.push(matter(heading.at, Some(heading.text)));
            }
        }
        others
    }
}

/// Whether names are in the order of the alphabet, mostly.
fn are_in_order(named: &[&Heading<'_>]) -> bool {
    let folded: Vec<String> =
        named.iter().map(|heading| crate::analysis::fold(heading.text)).collect();
    let pairs = folded.windows(2).count();
    let ordered = folded.windows(2).filter(|pair| pair[0] < pair[1]).count();
    ordered as f32 >= IN_ORDER * pairs as f32
}

/// Headings without those that are lists.
fn without_lists<'a, 'h>(headings: Vec<&'a Heading<'h>>, text: &Text) -> Vec<&'a Heading<'h>> {
    let follows = |at: usize| {
        let (one, other) = (headings[at].at, headings[at + 1].at);
        text.between(one, other) < LISTED && headings[at].countries != headings[at + 1].countries
    };
    let mut listed = vec![false; headings.len()];
    let mut start = 0;
    while start < headings.len() {
        let mut end = start;
        while end + 1 < headings.len() && follows(end) {
            end += 1;
        }
        if end + 1 - start >= ROW {
            listed[start..end].fill(true);
            // The last name may head the first chapter, on another page than the list.
            listed[end] = headings[end].at.passage == headings[end - 1].at.passage;
        }
        start = end + 1;
    }
    headings.into_iter().zip(listed).filter(|(_, listed)| !listed).map(|(it, _)| it).collect()
}

/// How much text stands before each passage and within it.
struct Text<'a> {
    passages: &'a [Passage],
    before: Vec<usize>,
}

impl<'a> Text<'a> {
    fn of(passages: &'a [Passage]) -> Self {
        let mut sum = 0;
        let mut before = Vec::with_capacity(passages.len());
        for passage in passages {
            before.push(sum);
            sum += bytes(passage, passage.paragraphs.len());
        }
        Self { passages, before }
    }

    /// Bytes of running text between two headings.
    fn between(&self, one: Place, other: Place) -> usize {
        self.until(other).saturating_sub(self.until(one))
    }

    fn until(&self, place: Place) -> usize {
        self.before[place.passage] + bytes(&self.passages[place.passage], place.paragraph)
    }
}

fn bytes(passage: &Passage, paragraphs: usize) -> usize {
    let body = passage.paragraphs.iter().take(paragraphs).filter(|one| one.role == Role::Body);
    body.map(|one| one.text.len()).sum()
}
