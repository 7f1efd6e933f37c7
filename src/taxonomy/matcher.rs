//! Finds every country and every violation that a text names, in one pass that is linear in its length.
//!
//! A text and its language in, [`Found`] out, in order of place. The longest form of a country wins at each place, and forms
//! that name none (`New Mexico`) keep the shorter one inside them from counting; of one violation's terms the longest wins,
//! while two violations may share words. What it all amounts to is [`crate::annotate`]'s.

mod build;
mod overlap;
mod violation_scan;

use std::ops::Range;

use self::violation_scan::ViolationScan;
use super::near::Part;
use super::trie::Trie;
use super::vocabulary::{Vocabulary, WordCache, WordNumbers};
use super::{CountryCode, Form, ViolationId};
use crate::analysis::{Lexicon, Word, words};
use crate::document::Language;

/// What was found to be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A country, and another that the words may mean where that one is named outright (`Congo`).
    Country(CountryCode, Option<CountryCode>),
    /// A violation; whether a law, a treaty or a body is what is spoken of.
    Violation(ViolationId, bool),
}

/// One place where a text names something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What is named.
    pub named: Named,
    /// Where, in bytes.
    pub range: Range<usize>,
    /// Evidence only beside other evidence.
    pub weak: bool,
    /// The sentence it stands in, counted from 0.
    pub sentence: u32,
}

/// How long a text was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Its words.
    pub words: u32,
    /// Its sentences.
    pub sentences: u32,
}

/// The automaton over both tables; built once, read by every thread.
#[derive(Debug)]
pub struct Matcher {
    vocabulary: Vocabulary,
    countries: Trie<Form<'static>>,
    violations: [Trie<Entry>; Language::COUNT],
    /// The violation and the number of parts of each rule of words near each other.
    rules: Vec<(ViolationId, u8, bool)>,
    violation_count: usize,
    /// Whether the tables have terms of each language.
    languages: [bool; Language::COUNT],
}

/// What the end of a phrase in a violation trie means.
#[derive(Clone, Copy, Debug)]
enum Entry {
    Term { violation: ViolationId, weak: bool, instrument: bool, capitals: bool },
    Part(Part),
    Not(ViolationId),
    Instrument { capital: bool },
    NotInstrument,
}

/// A word of the text at hand.
#[derive(Clone, Copy, Debug)]
struct Token {
    start: u32,
    end: u32,
    /// Number of the first word of its sentence, and of the sentence.
    sentence_start: u32,
    sentence: u32,
    numbers: WordNumbers,
}

/// What a thread needs to scan texts one after another without allocating.
#[derive(Default)]
pub struct Scratch {
    cache: WordCache,
    tokens: Vec<Token>,
    violations: ViolationScan,
    /// The phrases that end after the word at hand began them, with their lengths.
    entries: Vec<(usize, Entry)>,
}

impl std::fmt::Debug for Scratch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scratch").finish_non_exhaustive()
    }
}

impl Matcher {
    /// Appends what a text names to `found`, in order of place; how long the text is.
    ///
    /// A text of no language that the tables have terms of is searched for the terms of all of them.
    pub fn scan(
        &self,
        text: &str,
        language: Language,
        scratch: &mut Scratch,
        found: &mut Vec<Found>,
    ) -> Extent {
        let is_known = language.slot().is_some_and(|slot| self.languages[slot]);
        let language = if is_known { language } else { Language::Other };
        let wanted: [bool; Language::COUNT] = match language.slot() {
            Some(own) => std::array::from_fn(|slot| slot == own),
            None => [true; Language::COUNT],
        };
        let begin = found.len();
        let extent = Lexicon::of_thread(|lexicon| self.read_words(text, wanted, scratch, lexicon));
        self.find_countries(text, language, &scratch.tokens, found);
        for slot in (0..Language::COUNT).filter(|slot| wanted[*slot]) {
            self.find_violations(text, slot, scratch, found);
        }
        let added = &mut found[begin..];
        added.sort_by_key(|one| (one.range.start, one.range.end));
        if wanted == [true; Language::COUNT] {
            drop_repeated(found, begin);
        }
        extent
    }

    fn read_words(
        &self,
        text: &str,
        wanted: [bool; Language::COUNT],
        scratch: &mut Scratch,
        lexicon: &mut Lexicon,
    ) -> Extent {
        let Scratch { cache, tokens, .. } = scratch;
        tokens.clear();
        let (mut sentence, mut sentence_start) = (0, 0);
        let mut previous: Option<Word> = None;
        for word in words(text) {
            if previous.as_ref().is_some_and(|previous| ends_sentence(text, previous, &word)) {
                sentence += 1;
                sentence_start = tokens.len() as u32;
            }
            let numbers = cache.numbers(text, &word, wanted, &self.vocabulary, lexicon);
            let end = (word.start + word.text.len()) as u32;
            tokens.push(Token { start: word.start as u32, end, sentence_start, sentence, numbers });
            previous = Some(word);
        }
        Extent { words: tokens.len() as u32, sentences: sentence + u32::from(!tokens.is_empty()) }
    }

    fn find_countries(
        &self,
        text: &str,
        language: Language,
        tokens: &[Token],
        found: &mut Vec<Found>,
    ) {
        let mut at = 0;
        while at < tokens.len() {
            let mut longest: Option<(usize, &Form)> = None;
            if tokens[at].numbers.surface != 0 {
                let here = same_sentence(tokens, at).map(|token| token.numbers.surface);
                self.countries.walk(here, |length, forms| {
                    let range = span(tokens, at..at + length);
                    let admitted = forms.iter().find(|form| is_meant(form, text, &range, language));
                    longest = admitted.map(|form| (length, form)).or(longest);
                });
            }
            let Some((length, form)) = longest else {
                at += 1;
                continue;
            };
            if let Some(code) = form.meaning {
                found.push(Found {
                    named: Named::Country(code, form.also),
                    range: span(tokens, at..at + length),
                    weak: form.weak,
                    sentence: tokens[at].sentence,
                });
            }
            at += length;
        }
    }

    fn find_violations(
        &self,
        text: &str,
        slot: usize,
        scratch: &mut Scratch,
        found: &mut Vec<Found>,
    ) {
        let Scratch { tokens, violations: scan, entries, .. } = scratch;
        scan.begin(self);
        for at in 0..tokens.len() {
            let numbers = tokens[at].numbers;
            entries.clear();
            let mut collect = |length, ends: &[Entry]| {
                entries.extend(ends.iter().map(|entry| (length, *entry)));
            };
            if numbers.stems[slot] != 0 {
                let stems = same_sentence(tokens, at).map(|token| token.numbers.stems[slot]);
                self.violations[slot].walk(stems, &mut collect);
            }
            if numbers.surface != 0 {
                let surfaces = same_sentence(tokens, at).map(|token| token.numbers.surface);
                self.violations[slot].walk(surfaces, &mut collect);
            }
            // Longest first, and what is not the violation before what is.
            entries.sort_by_key(|(length, entry)| {
                (usize::MAX - length, !matches!(entry, Entry::Not(_) | Entry::NotInstrument))
            });
            for (length, entry) in entries.iter() {
                scan.meet(self, *entry, at..at + length, text, tokens);
            }
        }
        scan.finish(tokens, found);
    }
}

/// The bytes of some words.
fn span(tokens: &[Token], words: Range<usize>) -> Range<usize> {
    tokens[words.start].start as usize..tokens[words.end - 1].end as usize
}

/// The words from `at` on, to the end of its sentence.
fn same_sentence(tokens: &[Token], at: usize) -> impl Iterator<Item = &Token> {
    let sentence = tokens[at].sentence;
    tokens[at..].iter().take_while(move |token| token.sentence == sentence)
}

/// Whether the words at `range` may be this form: its language, its capitals, and not an amount of money (`US$`).
///
/// A name of several words is one in a text of any language, so that the `Guinea` in *Guinea Ecuatorial* is not taken for
/// another country by an English text that quotes it.
fn is_meant(form: &Form, text: &str, range: &Range<usize>, language: Language) -> bool {
    let long_name = || {
        use crate::taxonomy::FormKind::{Alias, Former, Name, Official};
        matches!(form.kind, Name | Official | Alias | Former)
            && form.text.contains(' ')
            && text[range.clone()].starts_with(char::is_uppercase)
    };
    let spoken = form.language.is_none_or(|own| own == language || language == Language::Other)
        || long_name();
    spoken && form.admits(&text[range.clone()]) && !text[range.end..].starts_with('$')
}

/// Whether a sentence, or an item of a list, ends between two words that follow each other.
fn ends_sentence(text: &str, previous: &Word, next: &Word) -> bool {
    let gap = &text[previous.range().end..next.start];
    if gap == " " {
        return false;
    }
    let mut marks = gap.chars().filter(|c| matches!(c, '.' | ';' | '!' | '?' | '•' | '\u{2029}'));
    match marks.next() {
        None => gap.contains("\n\n"),
        // A dot ends a sentence only before a capital or a number, and not after an initial or "No".
        Some('.') => {
            let begins = next.text.starts_with(|c: char| !c.is_lowercase());
            begins && gap.len() > 1 && previous.text.chars().nth(2).is_some()
        }
        Some(_) => true,
    }
}

/// Drops, from `begin` on, mentions that the terms of several languages gave for the same words.
fn drop_repeated(found: &mut Vec<Found>, begin: usize) {
    let mut kept = begin;
    for at in begin..found.len() {
        let same = |one: &Found, other: &Found| match (one.named, other.named) {
            (Named::Violation(one_id, _), Named::Violation(other_id, _)) => {
                one_id == other_id
                    && one.range.start < other.range.end
                    && other.range.start < one.range.end
            }
            _ => false,
        };
        // Mentions are in order of place: those of the same words are close by.
        let repeated = found[begin.max(kept.saturating_sub(8))..kept]
            .iter()
            .any(|earlier| same(earlier, &found[at]));
        if !repeated {
            found.swap(kept, at);
            kept += 1;
        }
    }
    found.truncate(kept);
}

#[cfg(test)]
mod tests;
