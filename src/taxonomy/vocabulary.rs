//! The words that the taxonomy's terms are made of, as numbers; and the numbers of a text's words.
//!
//! A word has a number for its surface (folded) and one for its stem in each language; 0 is a word that no term has, which is
//! nearly every word of a text. Stems of one word as written and as typed without accents share a number.

use rustc_hash::FxHashMap;

use crate::analysis::{Lexicon, Stemmer, Word, fold_into};
use crate::document::Language;

/// No term has a longer word, in bytes.
const LONGEST_WORD: usize = 48;

/// A number that was not asked for yet.
const UNKNOWN: u32 = u32::MAX;

/// How words are numbered, built once.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    surfaces: FxHashMap<Box<str>, u32>,
    stems: [FxHashMap<Box<str>, u32>; Language::COUNT],
    last: u32,
}

impl Vocabulary {
    /// The number of a word's surface, made where it is new.
    pub(super) fn add_surface(&mut self, word: &str) -> u32 {
        let mut folded = String::new();
        fold_into(word, &mut folded);
        if let Some(known) = self.surfaces.get(&*folded) {
            return *known;
        }
        self.last += 1;
        self.surfaces.insert(folded.into(), self.last);
        self.last
    }

    /// The number of a word's stem in the language at `slot`, made where it is new.
    pub(super) fn add_stem(&mut self, word: &str, slot: usize, stemmer: &mut Stemmer) -> u32 {
        let stems = stemmer.stems(word);
        let known = stems.iter().find_map(|stem| self.stems[slot].get(stem)).copied();
        let number = known.unwrap_or_else(|| {
            self.last += 1;
            self.last
        });
        for stem in stems.iter() {
            self.stems[slot].entry(stem.into()).or_insert(number);
        }
        number
    }
}

/// The numbers of one word as written.
#[derive(Clone, Copy, Debug)]
pub(super) struct WordNumbers {
    /// Its surface's.
    pub(super) surface: u32,
    /// Its stem's in each language.
    pub(super) stems: [u32; Language::COUNT],
}

impl WordNumbers {
    /// Those of a word that no term has.
    const NONE: Self = Self { surface: 0, stems: [0; Language::COUNT] };

    /// Those of a word that was not asked for yet.
    const UNKNOWN: Self = Self { surface: UNKNOWN, stems: [UNKNOWN; Language::COUNT] };
}

/// The numbers of the words met so far, by their places in the thread's lexicon; each thread has its own.
#[derive(Default)]
pub(super) struct WordCache {
    words: Vec<WordNumbers>,
    edition: u32,
}

impl WordCache {
    /// The numbers of a word of a text; the stems only in the languages `wanted`, elsewhere anything.
    #[inline]
    pub(super) fn numbers(
        &mut self,
        text: &str,
        word: &Word<'_>,
        wanted: [bool; Language::COUNT],
        vocabulary: &Vocabulary,
        lexicon: &mut Lexicon,
    ) -> WordNumbers {
        let place = lexicon.place(text, word);
        if let Some(known) = self.words.get(place)
            && self.edition == lexicon.edition()
            && !(0..Language::COUNT).any(|slot| wanted[slot] && known.stems[slot] == UNKNOWN)
            && known.surface != UNKNOWN
        {
            return *known;
        }
        self.learn(word.text, place, wanted, vocabulary, lexicon)
    }

    #[cold]
    fn learn(
        &mut self,
        word: &str,
        place: usize,
        wanted: [bool; Language::COUNT],
        vocabulary: &Vocabulary,
        lexicon: &mut Lexicon,
    ) -> WordNumbers {
        if self.edition != lexicon.edition() {
            self.words.clear();
            self.edition = lexicon.edition();
        }
        if self.words.len() <= place {
            self.words.resize(place + 1, WordNumbers::UNKNOWN);
        }
        let numbers = &mut self.words[place];
        let number = word.len() > 4
            && word.bytes().all(|byte| !byte.is_ascii_alphabetic() && byte.is_ascii());
        if word.len() > LONGEST_WORD || number {
            *numbers = WordNumbers::NONE;
            return *numbers;
        }
        numbers.surface = vocabulary.surfaces.get(lexicon.folded(place)).copied().unwrap_or(0);
        for (slot, language) in Language::INDEXED.into_iter().enumerate() {
            if wanted[slot] {
                let mut stems = lexicon.stems(place, word, language);
                let known = stems.find_map(|stem| vocabulary.stems[slot].get(stem));
                numbers.stems[slot] = known.copied().unwrap_or(0);
            }
        }
        *numbers
    }
}
