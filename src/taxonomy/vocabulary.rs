//! The words that the taxonomy's terms are made of, as numbers; and the numbers of a text's words.
//!
//! A word has a number for its surface (folded) and one for its stem in each language; 0 is a word that no term has, which is
//! nearly every word of a text. Stems of one word as written and as typed without accents share a number.

use rustc_hash::FxHashMap;

use crate::analysis::{Stemmer, fold_into};
use crate::document::Language;

/// Bounds the memory of a thread's cache of words: a library's common words fit; it is emptied when it is full.
const CACHE_ENTRIES: usize = 1 << 16;

/// No term has a longer word, in bytes.
const LONGEST_WORD: usize = 48;

/// A stem that was not asked for yet.
const UNKNOWN: u32 = u32::MAX;

/// How words are numbered, built once.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    surfaces: FxHashMap<Box<str>, u32>,
    stems: [FxHashMap<Box<str>, u32>; 3],
    last: u32,
}

/// The place of an indexed language in an array of three.
pub(super) fn slot(language: Language) -> Option<usize> {
    Language::INDEXED.iter().position(|indexed| *indexed == language)
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
    pub(super) stems: [u32; 3],
}

impl WordNumbers {
    /// Those of a word that no term has.
    const NONE: Self = Self { surface: 0, stems: [0; 3] };
}

/// The numbers of the words met so far; each thread has its own.
pub(super) struct WordCache {
    stemmers: [Option<Stemmer>; 3],
    words: FxHashMap<Box<str>, WordNumbers>,
    folded: String,
}

impl Default for WordCache {
    fn default() -> Self {
        let stemmers = Language::INDEXED.map(Stemmer::new);
        Self { stemmers, words: FxHashMap::default(), folded: String::new() }
    }
}

impl WordCache {
    /// The numbers of a word as written; the stems only in the languages `wanted`, elsewhere anything.
    #[inline]
    pub(super) fn numbers(
        &mut self,
        word: &str,
        wanted: [bool; 3],
        vocabulary: &Vocabulary,
    ) -> WordNumbers {
        if let Some(known) = self.words.get(word)
            && !(0..3).any(|slot| wanted[slot] && known.stems[slot] == UNKNOWN)
        {
            return *known;
        }
        self.learn(word, wanted, vocabulary)
    }

    fn learn(&mut self, word: &str, wanted: [bool; 3], vocabulary: &Vocabulary) -> WordNumbers {
        let number = word.len() > 4
            && word.bytes().all(|byte| !byte.is_ascii_alphabetic() && byte.is_ascii());
        if word.len() > LONGEST_WORD || number {
            return WordNumbers::NONE;
        }
        let mut numbers = self.words.get(word).copied().unwrap_or_else(|| {
            self.folded.clear();
            fold_into(word, &mut self.folded);
            let surface = vocabulary.surfaces.get(&*self.folded).copied().unwrap_or(0);
            WordNumbers { surface, stems: [UNKNOWN; 3] }
        });
        for (slot, stemmer) in self.stemmers.iter_mut().enumerate() {
            if let (true, Some(stemmer)) = (wanted[slot], stemmer) {
                let stems = stemmer.stems(word);
                let known = stems.iter().find_map(|stem| vocabulary.stems[slot].get(stem));
                numbers.stems[slot] = known.copied().unwrap_or(0);
            }
        }
        if self.words.len() >= CACHE_ENTRIES {
            self.words.clear();
        }
        self.words.insert(word.into(), numbers);
        numbers
    }
}
