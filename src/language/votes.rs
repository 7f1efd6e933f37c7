//! Function words as votes for languages.
//!
//! A text in, [`Votes`] out: how many of its words are frequent function words of the languages of the table and of the others
//! that look like them. What a tie or too few votes mean is the caller's to say.

use std::cell::RefCell;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::analysis::{Lexicon, Word, words};
use crate::document::Language;
use crate::profiles::Profile;

/// Function words looked at before deciding: more do not change a verdict, and a long page has thousands. Where there is no
/// verdict by then, twice as many are, and so on: to count is cheaper than to ask the trigram model.
const ENOUGH_VOTES: u32 = 24;

/// Share of the votes that the winner needs to be believed without asking the trigram model.
///
/// A judgement, not tuned: with it the labelled sentences that the tests read are told rightly in 0.995 of cases and more.
const CLEAR_SHARE: f32 = 0.75;

/// Votes of the winner's own words, those of no other language, that are believed although shared words blur its share.
const LEAST_OWN: u32 = 3;

/// Share of all such words that must be the winner's.
const OWN_SHARE: f32 = 0.8;

/// Words that no language of the table has from which a text in another one is believed without asking the trigram model,
/// which knows so many languages that it is the better judge of less.
const CLEARLY_OTHER: u32 = 8;

/// Share of the words of one language alone that must then be of others.
const OTHERS_SHARE: f32 = 0.9;

/// Words that a language shares with others which are enough to take a text to be in it that comes after one in it.
const LEAST_SHARED: u32 = 3;

/// How many function words of each language a text holds. A word of several languages votes for each.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Votes {
    /// In the order of [`Language::ALL`].
    all: [u32; Language::ALL.len()],
    /// Those of them that are of one language alone.
    own: [u32; Language::ALL.len()],
}

/// Languages as bits, in the order of [`Language::ALL`].
type Bits = u16;

const OTHER: Bits = bit(Language::Other);

const fn bit(language: Language) -> Bits {
    1 << language.place()
}

impl Votes {
    /// Counts the votes of a text's words, or of its first ones where these are enough.
    pub(super) fn of(text: &str) -> Self {
        WORD_VOTES.with_borrow_mut(|known| {
            Lexicon::of_thread(|lexicon| Self::count(text, |word| known.of(text, word, lexicon)))
        })
    }

    /// Counts the votes that `languages` tells of each word.
    fn count(text: &str, mut languages: impl FnMut(&Word<'_>) -> Bits) -> Self {
        let mut votes = Self::default();
        let mut enough = ENOUGH_VOTES;
        for word in words(text) {
            // The "com" of an address is not Portuguese, its "es" not Spanish.
            if text[..word.start].ends_with(['.', '@', '/']) {
                continue;
            }
            let languages = languages(&word);
            for (count, language) in votes.all.iter_mut().zip(Language::ALL) {
                *count += u32::from(languages & bit(language) != 0);
            }
            if languages.is_power_of_two() {
                votes.own[languages.trailing_zeros() as usize] += 1;
            }
            if votes.all.iter().any(|count| *count >= enough) {
                if votes.verdict().is_some() {
                    break;
                }
                enough *= 2;
            }
        }
        votes
    }

    /// The languages by their votes, most first; at a tie those of the table come before the others.
    pub(super) fn ranked(&self) -> [(u32, Language); Language::ALL.len()] {
        let mut ranked = Language::ALL.map(|language| (self.all[language.place()], language));
        ranked.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        ranked
    }

    /// The winner, where it is clear. One that is not of the table must have many words that none of them has: what has fewer
    /// is the model's to say.
    pub(super) fn verdict(&self) -> Option<Language> {
        let [(best, language), (second, _), ..] = self.ranked();
        let clear = best >= 3 && best as f32 / (best + second) as f32 >= CLEAR_SHARE;
        let clear = clear || best > second && self.is_own(language);
        let told = match language.profile() {
            Some(_) => clear,
            None => best > second && self.is_clearly_other(),
        };
        told.then_some(language)
    }

    /// Whether words that only other languages have outnumber those that only one of the table has.
    pub(super) fn is_more_of_others(&self) -> bool {
        let others = self.own_votes(Language::Other);
        others >= 2 && self.own.iter().filter(|own| **own >= others).count() == 1
    }

    /// Whether nothing speaks against a language, of which the text before is, and something for it: no language has more votes,
    /// and the words that are of one language alone are all its own. Words that it shares must be several, and say nothing of
    /// the others, with which Spanish shares most of its own.
    pub(super) fn lean_to(&self, language: Language) -> bool {
        let ranked = self.ranked();
        let best = ranked[0].0;
        let leads = ranked.contains(&(best, language));
        let own = self.own_votes(language);
        let shared = language != Language::Other && best >= LEAST_SHARED;
        leads && own == self.own.iter().sum::<u32>() && (own > 0 || shared)
    }

    /// Whether words that none of the table has are many, and nearly all of those that are of one language alone.
    fn is_clearly_other(&self) -> bool {
        let own = self.own_votes(Language::Other);
        own >= CLEARLY_OTHER && own as f32 / self.own.iter().sum::<u32>() as f32 >= OTHERS_SHARE
    }

    /// Votes of words that are of this language alone.
    fn own_votes(&self, language: Language) -> u32 {
        self.own[language.place()]
    }

    /// Whether words that are of one language alone speak for this one. The Romance languages share so many that most of a
    /// Spanish text's words vote for Portuguese and Italian too.
    fn is_own(&self, language: Language) -> bool {
        let own = self.own_votes(language);
        own >= LEAST_OWN && own as f32 / self.own.iter().sum::<u32>() as f32 >= OWN_SHARE
    }
}

/// The languages for which each word speaks, as bits, by its place in the thread's lexicon; [`UNKNOWN`] where none was asked for.
#[derive(Debug, Default)]
struct WordVotes {
    languages: Vec<Bits>,
    edition: u32,
}

const UNKNOWN: Bits = Bits::MAX;

thread_local! {
    static WORD_VOTES: RefCell<WordVotes> = RefCell::default();
}

impl WordVotes {
    fn of(&mut self, text: &str, word: &Word<'_>, lexicon: &mut Lexicon) -> Bits {
        let place = lexicon.place(text, word);
        if self.edition != lexicon.edition() {
            self.languages.clear();
            self.edition = lexicon.edition();
        }
        if self.languages.len() <= place {
            self.languages.resize(place + 1, UNKNOWN);
        }
        let languages = &mut self.languages[place];
        if *languages == UNKNOWN {
            let lower: String = word.text.chars().flat_map(char::to_lowercase).collect();
            let number = word.text.starts_with(|c: char| c.is_ascii_digit());
            *languages = if number { 0 } else { function_word(&lower) | telling_letters(&lower) };
        }
        *languages
    }
}

/// The languages of which a lower-case word is a frequent function word, as bits; 0 for any other word.
fn function_word(word: &str) -> Bits {
    static BITS: LazyLock<FxHashMap<&'static str, Bits>> = LazyLock::new(|| {
        let indexed = Language::INDEXED.into_iter().filter_map(|own| Some((own, own.profile()?)));
        let indexed = indexed.map(|(own, profile)| (profile.votes.words, bit(own)));
        let mut bits = FxHashMap::default();
        for (list, bit) in indexed.chain(others().iter().map(|row| (row.words, OTHER))) {
            for word in list.split_whitespace() {
                *bits.entry(word).or_default() |= bit;
            }
        }
        bits
    });
    BITS.get(word).copied().unwrap_or(0)
}

/// The language that writes a word so, for letters and endings that few languages have; as bits.
fn telling_letters(word: &str) -> Bits {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    let told_by = |tells: &dyn Fn(&Profile) -> bool| {
        let own = |language: &Language| language.profile().is_some_and(tells);
        Language::INDEXED.into_iter().find(own).map(bit)
    };
    if word.is_ascii() {
        let long = word.len() > 6;
        return told_by(&|own| long && ends(own.votes.plain_endings)).unwrap_or(0);
    }
    let is_others = |row: &Other| {
        row.within.iter().any(|part| word.contains(part))
            || row.endings.iter().any(|ending| word.ends_with(ending))
    };
    if others().iter().any(is_others) {
        return OTHER;
    }
    let told = told_by(&|own| word.contains(own.votes.letters) || ends(own.votes.endings));
    let is_others = |row: &Other| word.contains(row.letters.as_slice());
    told.or_else(|| others().iter().any(is_others).then_some(OTHER)).unwrap_or(0)
}

/// A language that has no profile, and what tells it from those that have one.
#[derive(Debug)]
struct Other {
    within: Vec<&'static str>,
    endings: Vec<&'static str>,
    letters: Vec<char>,
    words: &'static str,
}

/// The rows of the table of languages without a profile.
fn others() -> &'static [Other] {
    static OTHERS: LazyLock<Vec<Other>> = LazyLock::new(|| {
        let lines = include_str!("others.tsv").lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(Other::parse).collect()
    });
    &OTHERS
}

impl Other {
    /// The row of a line; `None` where it is not one, or where its language has got a profile.
    fn parse(line: &'static str) -> Option<Self> {
        let fields: Vec<&str> = line.split('\t').collect();
        let [code, within, endings, letters, words] = fields[..] else { return None };
        let row = Self {
            within: within.split_whitespace().collect(),
            endings: endings.split_whitespace().collect(),
            letters: letters.chars().filter(|c| !c.is_whitespace()).collect(),
            words,
        };
        Language::parse(code).is_none().then_some(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_others_is_a_row() {
        let lines = include_str!("others.tsv").lines().filter(|line| !line.starts_with('#'));
        let profiled = lines.clone().filter(|line| Language::parse(&line[..2]).is_some()).count();
        assert_eq!(others().len(), lines.count() - profiled);
    }
}
