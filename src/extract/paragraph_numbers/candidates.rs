//! Where a paragraph's number may be printed: "12. The", at the beginning of a paragraph or behind a sentence's end in it.
//!
//! In: passages. Out: [`Candidate`]s in reading order. It decides nothing: most of what it finds in a text without numbered
//! paragraphs is years and items of lists.

use super::is_text;
use crate::document::{Passage, Role};

/// A number that may be a paragraph's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Candidate {
    /// Where it stands.
    pub passage: usize,
    pub paragraph: usize,
    /// The byte of the paragraph at which it begins.
    pub at: usize,
    /// The number.
    pub value: u32,
    /// How well it stands there.
    pub standing: Standing,
    /// Bytes of the document's text before it.
    pub before: usize,
    /// Letters from here to the next candidate, or to the paragraph's end; of a number that stands alone, the next one's.
    pub letters: usize,
}

/// How well a number stands where a paragraph may begin, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// Behind some word: perhaps a heading's, that was joined with the paragraph below it.
    Behind,
    /// Behind a sentence, a heading in capitals, a note's or a page's number.
    Within,
    /// At the beginning of what looks like a heading.
    Heads,
    /// At the beginning of a paragraph.
    Begins,
}

/// Words behind which a number is a reference, not a beginning. Folded to lower case, without the full stop.
const REFERENCES: [&str; 44] = [
    "art",
    "arts",
    "artículo",
    "article",
    "c",
    "cap",
    "chap",
    "fig",
    "ley",
    "n",
    "no",
    "nos",
    "nota",
    "note",
    "nº",
    "n°",
    "núm",
    "op",
    "folio",
    "folios",
    "fs",
    "pie",
    "p",
    "para",
    "paras",
    "parr",
    "parrs",
    "pp",
    "pág",
    "págs",
    "párr",
    "párrs",
    "rec",
    "res",
    "resolution",
    "s",
    "sec",
    "serie",
    "series",
    "ser",
    "v",
    "vol",
    "and",
    "et",
];

/// The candidates of a document, and the bytes of its text; `body` is the size of that.
pub(super) fn candidates(passages: &[Passage], body: Option<f32>) -> (Vec<Candidate>, usize) {
    let mut found: Vec<Candidate> = Vec::new();
    let mut bytes = 0;
    for (passage, it) in passages.iter().enumerate() {
        for (paragraph, it) in it.paragraphs.iter().enumerate() {
            let is_heading = it.role == Role::Heading;
            if !(is_heading || is_text(it, body)) || is_entry(&it.text) {
                continue;
            }
            let first = found.len();
            let place = |at, value, standing| {
                let before = bytes + at;
                Candidate { passage, paragraph, at, value, standing, before, letters: 0 }
            };
            let begins = if is_heading { Standing::Heads } else { Standing::Begins };
            match it.number {
                Some(value) if printed(&it.text, 0).is_none() => {
                    found.push(place(0, value, begins));
                }
                _ => {}
            }
            let dots = memchr::memchr_iter(b'.', it.text.as_bytes());
            let numbers = dots.filter_map(|dot| number_before(&it.text, dot));
            let stands = |at: usize| if at == 0 { Some(begins) } else { standing(&it.text[..at]) };
            found.extend(numbers.filter_map(|(at, value)| Some(place(at, value, stands(at)?))));
            measure(&mut found, first, &it.text);
            bytes += it.text.len();
        }
    }
    (found, bytes)
}

/// Counts the letters of the candidates of one paragraph.
fn measure(found: &mut [Candidate], first: usize, text: &str) {
    let (before, here) = found.split_at_mut(first);
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    if let Some(alone) = before.last_mut().filter(|before| before.letters == 0) {
        let end = here.first().map_or(text.len(), |first| first.at);
        alone.letters = letters(&text[..end]);
    }
    for place in 0..here.len() {
        let end = here.get(place + 1).map_or(text.len(), |next| next.at);
        here[place].letters = letters(&text[here[place].at..end]);
    }
}

/// The number that ends before a full stop, if a paragraph may begin with it, and where it begins.
fn number_before(text: &str, dot: usize) -> Option<(usize, u32)> {
    let digits = text[..dot].bytes().rev().take_while(u8::is_ascii_digit).count();
    let at = dot - digits;
    if !(1..=4).contains(&digits) || text.as_bytes()[at] == b'0' {
        return None;
    }
    Some((at, printed(text, at)?))
}

/// The number printed here with its full stop, if what follows may be a paragraph's first words.
fn printed(text: &str, at: usize) -> Option<u32> {
    let (number, after) = text[at..].split_once('.')?;
    let value = number.parse().ok()?;
    let after = after.strip_prefix(['-', '–', '—', ')']).unwrap_or(after);
    let words = after.trim_start();
    let opened = words.trim_start_matches(|c: char| !c.is_alphanumeric() && !c.is_whitespace());
    let Some(first) = opened.chars().next() else { return words.is_empty().then_some(value) };
    let is_apart = words.len() < after.len();
    // At the very beginning a small letter or a number may follow, too.
    let follows = if at == 0 && is_apart {
        true
    } else {
        first.is_alphabetic() && !first.is_lowercase() && (is_apart || at == 0)
    };
    follows.then_some(value)
}

/// How well a paragraph's number stands behind this text; none within a word, a reference or an enumeration.
fn standing(before: &str) -> Option<Standing> {
    let text = before.trim_end();
    if text.len() == before.len() || text.ends_with(',') {
        return None;
    }
    let word = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '°' && c != 'º');
    if REFERENCES.contains(&bare.to_lowercase().as_str()) {
        return None;
    }
    let is_capitals = bare.chars().count() > 2 && bare.chars().all(char::is_uppercase);
    let ends = |c: char| {
        matches!(c, '.' | ';' | ':' | '?' | '!' | '”' | '"' | '»' | '’' | ')' | ']' | '…')
    };
    if is_capitals || text.ends_with(|c: char| ends(c) || c.is_numeric()) {
        return Some(Standing::Within);
    }
    (bare.chars().count() > 1).then_some(Standing::Behind)
}

/// Whether a paragraph is an entry of a table of contents: dots lead to its page.
fn is_entry(text: &str) -> bool {
    text.contains("....") || text.contains(". . . .") || text.contains("……")
}
