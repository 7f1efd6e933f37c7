//! The chapters of a book on many countries.
//!
//! A chapter begins with a paragraph that is its country's name and nothing else, in the style in which the most countries are
//! headed. Running heads and bookmarks tell of chapters whose heading is not found, and what each says of its own country tells
//! chapters from a table that happens to name some.

mod evidence;
mod style;

use std::collections::{BTreeMap, BTreeSet};

use super::borders::{Border, Place};
use super::names;
use crate::annotate::{Annotator, Subject};
use crate::document::{Part, PartKind, Passage, Role};
use crate::taxonomy::CountryCode;
use evidence::Told;

/// A document with fewer chapters is no book on many countries.
const FEWEST: usize = 3;

/// Chapters whose beginnings are read to tell that they are about their countries.
const SAMPLE: usize = 24;

/// Bytes of a chapter's beginning that are read.
const BEGINNING: usize = 4_000;

/// Of the chapters that name any country, this share must name their own.
const CONFIRMED: f32 = 0.5;

/// Where the chapters begin, and what stands between them; none for a document that is no book on many countries.
pub(super) fn borders(passages: &[Passage]) -> Vec<Border> {
    let headings = evidence::headings(passages);
    let told = Told::of(passages);
    let mut found = style::chapters(passages, &headings);
    if found.is_empty() && told.distinct() < FEWEST {
        return Vec::new();
    }
    told.complete(passages, &headings, &mut found);
    let chapters = found.iter().filter(|border| border.part.kind == PartKind::Chapter);
    let mut countries: Vec<&Vec<String>> = chapters.map(|border| &border.part.countries).collect();
    countries.sort_unstable();
    countries.dedup();
    if countries.len() < FEWEST || !are_confirmed(passages, &found) {
        return Vec::new();
    }
    found
}

/// A chapter that begins at a place.
fn chapter(at: Place, title: &str, countries: &[CountryCode]) -> Border {
    let countries = countries.iter().map(ToString::to_string).collect();
    let title = Some(title.trim().to_owned());
    Border { at, part: Part { title, countries, ..Part::new(PartKind::Chapter, 0, 0) } }
}

/// What is no chapter, beginning at a place.
fn matter(at: Place, title: Option<&str>) -> Border {
    let title = title.map(|title| title.trim().to_owned());
    Border { at, part: Part { title, ..Part::new(PartKind::Matter, 0, 0) } }
}

/// Whether chapters speak of their own countries more than of any other. A table of the States that made recommendations to
/// another looks like chapters, and speaks of that one.
fn are_confirmed(passages: &[Passage], found: &[Border]) -> bool {
    let chapters: Vec<usize> =
        (0..found.len()).filter(|at| found[*at].part.kind == PartKind::Chapter).collect();
    let step = chapters.len().div_ceil(SAMPLE).max(1);
    let (mut read, mut own) = (0, 0);
    let mut others: BTreeMap<CountryCode, usize> = BTreeMap::new();
    for at in chapters.into_iter().step_by(step) {
        let named = named_in(passages, found[at].at, found.get(at + 1).map(|next| next.at));
        let is_own = |code: &CountryCode| {
            found[at].part.countries.iter().any(|country| country == code.as_str())
        };
        read += usize::from(!named.is_empty());
        own += usize::from(named.iter().any(is_own));
        for code in named.into_iter().filter(|code| !is_own(code)) {
            *others.entry(code).or_default() += 1;
        }
    }
    let most = others.into_values().max().unwrap_or(0);
    own > 0 && own >= most && own as f32 >= CONFIRMED * read as f32
}

/// The countries that the beginning of a chapter names, but for its heading.
fn named_in(passages: &[Passage], start: Place, end: Option<Place>) -> BTreeSet<CountryCode> {
    let mut named = BTreeSet::new();
    let mut read = 0;
    for (number, passage) in passages.iter().enumerate().skip(start.passage) {
        for (at, paragraph) in passage.paragraphs.iter().enumerate() {
            let place = Place { passage: number, paragraph: at };
            if end.is_some_and(|end| place >= end) || read > BEGINNING {
                return named;
            }
            // The official name below the heading says nothing more.
            let is_text = matches!(paragraph.role, Role::Body | Role::Heading)
                && names::whole(&paragraph.text).is_empty();
            if place <= start || !is_text {
                continue;
            }
            read += paragraph.text.len();
            for mention in Annotator::builtin().mentions(&paragraph.text, paragraph.language) {
                if let (Subject::Country(code), false) = (mention.subject, mention.weak) {
                    named.insert(code);
                }
            }
        }
    }
    named
}
