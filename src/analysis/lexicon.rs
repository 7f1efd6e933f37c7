//! What is known of words, remembered: a library's words repeat, and folding and stemming them is most of the work.
//!
//! A word as written in, its place in the lexicon out, and by that its folded form and its stems; whoever knows more of words
//! keeps it by their places. A text in, its terms out, one a line. Each thread has a lexicon of its own. Holds nothing that
//! could not be made again.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::{Stemmer, Word, fold_into, words};
use crate::document::Language;

/// Bounds the memory of a lexicon, some 6 MB: a library's common words fit; it is emptied when it is full.
const ENTRIES: usize = 1 << 16;

/// Bytes of a word that is compared as a number.
const SHORT: usize = 15;

/// Ends each term of a list: no word holds it, folded or not.
pub const TERM_END: char = '\n';

/// What a thread knows of the words that it has met.
pub struct Lexicon {
    /// Where in `entries` a word as written stands: a short one by its bytes and their number.
    short: FxHashMap<[u64; 2], u32>,
    long: FxHashMap<Box<str>, u32>,
    entries: Vec<Entry>,
    /// The lines that entries point to.
    lines: String,
    stemmers: [Option<Stemmer>; Language::COUNT],
    edition: u32,
}

/// Lines of a lexicon: where they begin and how long they are.
type Lines = (u32, u32);

#[derive(Clone, Copy, Debug)]
struct Entry {
    /// The folded word.
    folded: Lines,
    /// Its stems in each indexed language; [`UNKNOWN`] what was not asked for yet.
    stems: [Lines; Language::COUNT],
}

const UNKNOWN: Lines = (u32::MAX, 0);

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lexicon").field("words", &self.entries.len()).finish_non_exhaustive()
    }
}

impl Default for Lexicon {
    fn default() -> Self {
        Self {
            short: FxHashMap::default(),
            long: FxHashMap::default(),
            entries: Vec::new(),
            lines: String::new(),
            stemmers: Language::INDEXED.map(Stemmer::new),
            edition: 0,
        }
    }
}

thread_local! {
    static OF_THREAD: RefCell<Lexicon> = RefCell::default();
}

impl Lexicon {
    /// Gives this thread's lexicon to `work`, which must not ask for it again.
    pub fn of_thread<R>(work: impl FnOnce(&mut Self) -> R) -> R {
        OF_THREAD.with_borrow_mut(work)
    }

    /// The place of a word of a text as written, from 0; it holds for this [`Self::edition`].
    #[inline]
    pub fn place(&mut self, text: &str, word: &Word<'_>) -> usize {
        let key = short(text, word);
        let known = match key {
            Some(short) => self.short.get(&short),
            None => self.long.get(word.text),
        };
        match known {
            Some(place) => *place as usize,
            None => self.learn(word.text, key),
        }
    }

    /// Another number each time that the lexicon begins anew, and with it its places. Ask after [`Self::place`].
    #[inline]
    pub fn edition(&self) -> u32 {
        self.edition
    }

    /// The folded word at a place.
    #[inline]
    pub fn folded(&self, place: usize) -> &str {
        self.line(self.entries[place].folded).trim_end_matches(TERM_END)
    }

    /// The stems of the word at a place in a language; in [`Language::Other`], which has no stemmer, the folded word.
    pub fn stems(
        &mut self,
        place: usize,
        word: &str,
        language: Language,
    ) -> impl Iterator<Item = &str> {
        let lines = self.stem_lines(place, word, language);
        self.line(lines).split_terminator(TERM_END)
    }

    /// Appends a text's folded words and its words' stems in a language, each with [`TERM_END`] behind it.
    pub fn list(
        &mut self,
        text: &str,
        language: Language,
        folded: &mut String,
        stems: &mut String,
    ) {
        for word in words(text) {
            let place = self.place(text, &word);
            folded.push_str(self.line(self.entries[place].folded));
            let lines = self.stem_lines(place, word.text, language);
            stems.push_str(self.line(lines));
        }
    }

    #[inline]
    fn line(&self, (start, length): Lines) -> &str {
        &self.lines[start as usize..(start + length) as usize]
    }

    #[cold]
    fn learn(&mut self, word: &str, short: Option<[u64; 2]>) -> usize {
        if self.entries.len() >= ENTRIES || self.lines.len() > u32::MAX as usize / 2 {
            self.short.clear();
            self.long.clear();
            self.entries.clear();
            self.lines.clear();
            self.edition = self.edition.wrapping_add(1);
        }
        let place = self.entries.len();
        match short {
            Some(short) => self.short.insert(short, place as u32),
            None => self.long.insert(word.into(), place as u32),
        };
        let start = self.lines.len();
        fold_into(word, &mut self.lines);
        self.lines.push(TERM_END);
        let folded = (start as u32, (self.lines.len() - start) as u32);
        self.entries.push(Entry { folded, stems: [UNKNOWN; Language::COUNT] });
        place
    }

    #[inline]
    fn stem_lines(&mut self, place: usize, word: &str, language: Language) -> Lines {
        let Some(slot) = language.slot() else { return self.entries[place].folded };
        let known = self.entries[place].stems[slot];
        if known == UNKNOWN { self.learn_stems(place, word, slot) } else { known }
    }

    #[cold]
    fn learn_stems(&mut self, place: usize, word: &str, slot: usize) -> Lines {
        let Some(stemmer) = &self.stemmers[slot] else { return self.entries[place].folded };
        let start = self.lines.len();
        for stem in stemmer.compute(word).iter() {
            self.lines.push_str(stem);
            self.lines.push(TERM_END);
        }
        let lines = (start as u32, (self.lines.len() - start) as u32);
        self.entries[place].stems[slot] = lines;
        lines
    }
}

/// A short word as two numbers: its bytes, and how many. Read out of the text in one go where that does not end too soon.
#[inline]
fn short(text: &str, word: &Word<'_>) -> Option<[u64; 2]> {
    let length = word.text.len();
    if length > SHORT {
        return None;
    }
    let read = text.as_bytes().get(word.start..).and_then(<[u8]>::first_chunk::<{ SHORT + 1 }>);
    let bytes = read.copied().unwrap_or_else(|| {
        let mut bytes = [0; SHORT + 1];
        bytes[..length].copy_from_slice(word.text.as_bytes());
        bytes
    });
    let number = u128::from_le_bytes(bytes) & ((1 << (8 * length)) - 1);
    Some([number as u64, (number >> 64) as u64 | (length as u64) << 56])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fold;

    #[track_caller]
    fn check(text: &str, language: Language, folded: &str, stems: &str) {
        let mut lexicon = Lexicon::default();
        for _ in ["new", "remembered"] {
            let (mut all, mut all_stems) = (String::new(), String::new());
            lexicon.list(text, language, &mut all, &mut all_stems);
            assert_eq!((all.as_str(), all_stems.as_str()), (folded, stems));
        }
    }

    #[test]
    fn a_text_is_listed_folded_and_in_stems() {
        check("L'État, U.S.", Language::Other, "etat\nus\n", "etat\nus\n");
        check("Tortured women", Language::En, "tortured\nwomen\n", "tortur\nwomen\n");
    }

    #[test]
    fn a_word_has_the_stems_that_its_stemmer_gives() {
        let mut lexicon = Lexicon::default();
        for (word, language) in
            [("niña", Language::Es), ("haïtien", Language::Fr), ("organization", Language::En)]
        {
            let mut stemmer = Stemmer::new(language).unwrap();
            let expected: Vec<&str> = stemmer.stems(word).iter().collect();
            let place = lexicon.place(word, &words(word).next().unwrap());
            assert_eq!(
                lexicon.stems(place, word, language).collect::<Vec<_>>(),
                expected,
                "{word}"
            );
            assert_eq!(lexicon.folded(place), fold(word));
        }
    }

    #[test]
    fn words_of_every_length_have_a_place_of_their_own() {
        let mut lexicon = Lexicon::default();
        let all: Vec<String> = (1..40).map(|length| "a".repeat(length)).collect();
        for _ in ["new", "remembered"] {
            for (place, word) in all.iter().enumerate() {
                // At the end of a text, and with more behind it.
                for text in [word.clone(), format!("{word}, and what follows it")] {
                    assert_eq!(lexicon.place(&text, &words(&text).next().unwrap()), place);
                    assert_eq!(lexicon.folded(place), word);
                }
            }
        }
    }

    #[test]
    fn a_full_lexicon_begins_anew() {
        let mut lexicon = Lexicon::default();
        let mut place_of = |word: &str| lexicon.place(word, &words(word).next().unwrap());
        for number in 0..ENTRIES {
            assert_eq!(place_of(&format!("W{number}")), number);
        }
        assert_eq!(place_of("W7"), 7);
        let place = place_of("One");
        assert_eq!((place, lexicon.edition(), lexicon.folded(place)), (0, 1, "one"));
    }
}
