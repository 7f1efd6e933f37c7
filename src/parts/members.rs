//! The members of a merged file: documents that somebody put together in one PDF.
//!
//! Each carries its own symbol on its pages, counts its own pages, or has a bookmark that calls it an exhibit. A file is taken for
//! a merged one only where two members are told so; then every page on which neither symbol nor count goes on begins another,
//! of which nothing is asserted but where it lies.

use super::borders::{Border, Place};
use crate::document::{Locator, Part, PartKind, Passage, Role};
use crate::extract::identity;

/// Lines at each end of a page among which its symbol stands, where it is no running head.
const EDGE: usize = 4;

/// Members that must be told for a file to be a merged one.
const FEWEST: usize = 2;

/// Words that begin a bookmark or a slip sheet of an exhibit, lower case.
const EXHIBITS: [&str; 6] =
    ["exhibit ", "tab ", "prueba ", "anexo probatorio ", "pièce ", "attachment "];

/// Where the members begin; none for a file that is one document.
pub(super) fn borders(passages: &[Passage]) -> Vec<Border> {
    let pages: Vec<Page> = passages.iter().map_while(Page::of).collect();
    if pages.len() < passages.len() {
        return Vec::new();
    }
    let starts = starts(&pages);
    let ends = starts.iter().skip(1).copied().chain([pages.len()]);
    let members: Vec<_> = starts.iter().zip(ends).map(|(start, end)| *start..end).collect();
    let mut identities: Vec<_> =
        members.iter().filter_map(|member| identity_of(&pages[member.clone()])).collect();
    identities.sort_unstable();
    identities.dedup();
    if identities.len() < FEWEST {
        return Vec::new();
    }
    let border = |member: std::ops::Range<usize>| Border {
        at: Place { passage: member.start, paragraph: 0 },
        part: member_of(&passages[member.clone()], &pages[member]),
    };
    members.into_iter().map(border).collect()
}

/// What tells a member from others: its exhibit's bookmark, or the symbol on the most of its pages.
fn identity_of(pages: &[Page]) -> Option<&str> {
    let exhibit = pages[0].exhibit.as_deref();
    let on_pages =
        |symbol: &&String| pages.iter().filter(|page| page.symbols.contains(symbol)).count();
    let symbols = pages.iter().flat_map(|page| &page.symbols);
    exhibit.or_else(|| symbols.max_by_key(on_pages).map(String::as_str))
}

/// What tells whose a page is.
#[derive(Debug, Default, PartialEq)]
struct Page {
    /// The physical page.
    physical: u32,
    /// Symbols that stand alone on it.
    symbols: Vec<String>,
    /// The number that its label gives.
    label: Option<u32>,
    /// The number that its text gives.
    printed: Option<u32>,
    /// The bookmark of the exhibit that it is in.
    exhibit: Option<String>,
    /// It has a letterhead with a symbol.
    begins: bool,
    /// It has no text.
    blank: bool,
}

impl Page {
    fn of(passage: &Passage) -> Option<Self> {
        let Locator::Page { number, label } = &passage.locator else { return None };
        let lines = &passage.paragraphs;
        let is_edge = |at: usize| at < EDGE || at + EDGE >= lines.len();
        let edges = lines.iter().enumerate().filter(|(at, line)| {
            line.role == Role::Furniture || (line.role != Role::Note && is_edge(*at))
        });
        let edges: Vec<&str> = edges.map(|(_, line)| line.text.trim()).collect();
        let mut symbols: Vec<String> =
            edges.iter().flat_map(|line| identity::symbols_alone(line)).collect();
        let letterhead = lines.iter().filter(|line| line.text.contains('/'));
        let letterhead: Vec<String> =
            letterhead.flat_map(|line| identity::symbols_in_letterhead(&line.text)).collect();
        let begins = !letterhead.is_empty();
        symbols.extend(letterhead);
        symbols.sort_unstable();
        symbols.dedup();
        let first = passage.section.as_deref().and_then(|path| path.split(" › ").next());
        let exhibit = first.filter(|title| is_exhibit(title)).map(str::to_owned);
        Some(Self {
            physical: *number,
            symbols,
            label: label.as_deref().and_then(|label| label.parse().ok()),
            printed: edges.iter().find_map(|line| page_number(line)),
            exhibit,
            begins,
            blank: lines.is_empty(),
        })
    }

    fn shares_symbol(&self, other: &Self) -> bool {
        self.symbols.iter().any(|symbol| other.symbols.contains(symbol))
    }

    /// Whether it counts one more than the page before.
    fn counts_on(&self, before: &Self) -> bool {
        let next = |one: Option<u32>, other: Option<u32>| {
            // A first page does not print its number.
            one.is_some_and(|one| one == other.map_or(2, |other| other.saturating_add(1)))
        };
        next(self.label, before.label) || next(self.printed, before.printed)
    }

    /// Whether its count begins again.
    fn counts_anew(&self, before: &Self) -> bool {
        self.label == Some(1) && before.label.is_some_and(|label| label > 1)
    }
}

fn is_exhibit(title: &str) -> bool {
    let lower = title.trim().to_lowercase();
    EXHIBITS.iter().any(|word| {
        let rest = lower.strip_prefix(word).map(|rest| rest.split([':', ' ', '.', '-']).next());
        // "Exhibit A", "Tab 12": not "Exhibit on".
        rest.flatten().is_some_and(|number| {
            (1..=4).contains(&number.chars().count())
                && (number.chars().all(|c| c.is_ascii_digit())
                    || number.chars().count() <= 2 && number.chars().all(char::is_alphabetic))
        })
    })
}

/// A page's number that stands alone, or after the word: `12`, `Página 2`.
fn page_number(line: &str) -> Option<u32> {
    let lower = line.to_lowercase();
    let bare = ["page ", "página ", "pagina ", "p. "]
        .iter()
        .find_map(|word| lower.strip_prefix(word))
        .unwrap_or(&lower);
    let bare = bare.trim_matches(|c: char| !c.is_alphanumeric());
    (bare.len() <= 4).then(|| bare.parse().ok()).flatten()
}

/// The pages on which members begin. Pages without text between two members are one of their own.
fn starts(pages: &[Page]) -> Vec<usize> {
    let mut starts: Vec<usize> = vec![0];
    let mut last = 0;
    for at in (1..pages.len()).filter(|at| !pages[*at].blank) {
        let (page, before) = (&pages[at], &pages[last]);
        let begun = starts.last().copied().unwrap_or(0);
        let known = pages[begun..at].iter().rev().find(|page| !page.symbols.is_empty());
        let exhibit = page.exhibit.is_some() && page.exhibit != before.exhibit;
        let other = known.is_none_or(|known| !page.shares_symbol(known));
        let symbol = other && (page.begins || !page.counts_on(before)) && carries_symbol(pages, at);
        let lost = known.is_some() && page.symbols.is_empty() && !page.counts_on(before);
        if exhibit || symbol || lost || page.counts_anew(before) {
            starts.extend((last + 1 < at).then_some(last + 1));
            starts.push(at);
        }
        last = at;
    }
    starts
}

/// Whether a page has a symbol as a document's first page has it: the next page carries it too, or is another document's.
fn carries_symbol(pages: &[Page], at: usize) -> bool {
    let page = &pages[at];
    !page.symbols.is_empty()
        && pages.get(at + 1).is_none_or(|next| page.shares_symbol(next) || !next.counts_on(page))
}

/// A member from its pages: what its opening shows, as far as that agrees with what the rest of its pages carry.
fn member_of(passages: &[Passage], pages: &[Page]) -> Part {
    let mut shown = identity::of_pages(passages);
    let carried: Vec<&String> = pages.iter().flat_map(|page| &page.symbols).collect();
    shown.symbols.retain(|symbol| carried.is_empty() || carried.contains(&symbol));
    let exhibit = pages[0].exhibit.as_deref().and_then(|title| title.split_once(':'));
    let exhibit = exhibit.map(|(_, title)| title.trim().to_owned());
    let is_theirs = !shown.symbols.is_empty();
    let title = exhibit.or(shown.title.filter(|_| is_theirs));
    let title = title.map(|title| without_number(&title, &shown.symbols));
    Part {
        title,
        published: shown.dates.into_iter().next().filter(|_| is_theirs),
        symbols: shown.symbols,
        first_page: Some(pages[0].physical),
        ..Part::new(PartKind::Member, 0, 0)
    }
}

/// A title without the end of a symbol before it: "48/246. Financing of the mission" in A/RES/48/246.
fn without_number(title: &str, symbols: &[String]) -> String {
    let number = title.split_whitespace().next().unwrap_or_default();
    let bare = number.trim_end_matches('.');
    let is_symbol = bare.contains('/') && symbols.iter().any(|symbol| symbol.ends_with(bare));
    if is_symbol { title[number.len()..].trim().to_owned() } else { title.to_owned() }
}
