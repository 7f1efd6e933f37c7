//! Stems: Snowball's, by rust-stemmers, with accents folded after stemming and a cache, since words repeat.
//!
//! Typing a word without its accents must find the same passages, but a stemmer needs the accents. Where the stem of the
//! folded word differs from the folded stem, both are given: index and query use both.

use rustc_hash::FxHashMap;

use super::exceptions::{complete, exception};
use super::fold;
use crate::document::Language;
use crate::profiles;

/// Bounds the memory of a cache; a library's words beyond the first so many are mostly numbers and misprints.
const CACHE_ENTRIES: usize = 200_000;

/// The stems of one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stems {
    /// The folded stem of the word as written.
    pub written: Box<str>,
    /// The stem of the folded word, only where it is another one.
    pub folded: Option<Box<str>>,
}

impl Stems {
    /// Both, or the one.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.written).chain(self.folded.as_deref())
    }
}

/// A stemmer of one language with its cache. Not shared between threads: each has its own.
pub struct Stemmer {
    language: Language,
    rules: &'static profiles::Stems,
    inner: rust_stemmers::Stemmer,
    /// Where in `stems` those of a word stand.
    cache: FxHashMap<Box<str>, u32>,
    stems: Vec<Stems>,
    overflow: Stems,
}

impl std::fmt::Debug for Stemmer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stemmer").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Stemmer {
    /// The stemmer of a language, `None` for [`Language::Other`].
    pub fn new(language: Language) -> Option<Self> {
        let rules = &language.profile()?.stems;
        let overflow = Stems { written: "".into(), folded: None };
        let inner = rust_stemmers::Stemmer::create(rules.algorithm);
        let cache = FxHashMap::default();
        Some(Self { language, rules, inner, cache, stems: Vec::new(), overflow })
    }

    /// The stems of a word as written, in any case.
    pub fn stems(&mut self, word: &str) -> &Stems {
        if let Some(&place) = self.cache.get(word) {
            return &self.stems[place as usize];
        }
        let stems = self.compute(word);
        if self.stems.len() >= CACHE_ENTRIES {
            self.overflow = stems;
            return &self.overflow;
        }
        let place = self.stems.len();
        self.cache.insert(word.into(), place as u32);
        self.stems.push(stems);
        &self.stems[place]
    }

    /// The stems of a word, not remembered.
    pub(super) fn compute(&self, word: &str) -> Stems {
        let folded_word = fold(word);
        if let Some(stem) = exception(&folded_word, self.rules) {
            return Stems { written: stem.into(), folded: None };
        }
        let written = self.stem(self.normalize(word));
        let folded = self.stem(folded_word);
        let folded = (folded != written && !folded.is_empty()).then(|| folded.into());
        Stems { written: written.into(), folded }
    }

    /// The folded stem of a word in lower case.
    fn stem(&self, word: String) -> String {
        let word = complete(word, self.rules);
        let stem = self.inner.stem(&word);
        if !stem.contains(DIAERESIS) {
            return fold(&stem);
        }
        let mut plain = stem.replace(DIAERESIS, "");
        // The vowel itself is no ending, as it seems to be behind a consonant: `Thaï`. Those of `archaïque` are.
        let cut = &word[stem.len().min(word.len())..];
        let endings = self.rules.behind_diaeresis.unwrap_or_default();
        if stem.ends_with(DIAERESIS)
            && cut.starts_with('i')
            && !endings.iter().any(|ending| cut.starts_with(ending))
        {
            plain.push('i');
        }
        fold(&plain)
    }

    /// Lower case, composed, apostrophes and dots dropped, no diaeresis: French marks where it stood, since rust-stemmers'
    /// older algorithm takes the letter for a consonant (`naïve`).
    fn normalize(&self, word: &str) -> String {
        use unicode_normalization::UnicodeNormalization;
        let keep = |c: &char| !matches!(c, '\'' | '\u{2019}' | '\u{02bc}' | '.' | '\u{00ad}');
        if word.is_ascii() {
            return word.chars().filter(keep).map(|c| c.to_ascii_lowercase()).collect();
        }
        let parts_syllables = self.rules.behind_diaeresis.is_some();
        let mut normal = String::with_capacity(word.len());
        for c in word.nfc().filter(keep).flat_map(char::to_lowercase) {
            match c {
                'ï' | 'ë' => {
                    normal.extend(parts_syllables.then_some(DIAERESIS));
                    normal.push(if c == 'ï' { 'i' } else { 'e' });
                }
                'ü' if parts_syllables => normal.push('u'),
                c => normal.push(c),
            }
        }
        normal
    }
}

/// Stands before a vowel that had a diaeresis while a French word is stemmed: a consonant that no word in lower case holds, as in
/// today's Snowball. So `archaïque` has the syllables that it has for the ear.
const DIAERESIS: char = 'H';

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(language: Language, one: &str, other: &str) -> bool {
        let mut stemmer = Stemmer::new(language).unwrap();
        let one = stemmer.stems(one).clone();
        let other = stemmer.stems(other).clone();
        one.iter().any(|stem| other.iter().any(|other| stem == other))
    }

    #[test]
    fn inflections_share_a_stem() {
        assert!(shared(Language::En, "Tortured", "torturing"));
        assert!(shared(Language::Es, "desapariciones", "desaparición"));
        assert!(shared(Language::Fr, "exécutions", "exécution"));
    }

    #[test]
    fn accents_do_not_matter() {
        for (written, typed) in
            [("niñas", "ninas"), ("desaparición", "desaparicion"), ("niña", "NINA")]
        {
            assert!(shared(Language::Es, written, typed), "{written}");
        }
        assert!(shared(Language::Fr, "exécutées", "executees"));
    }

    #[test]
    fn words_that_have_nothing_to_do_with_each_other_do_not_share_a_stem() {
        for (one, other) in [
            ("international", "interned"),
            ("university", "universal"),
            ("organization", "organ"),
            ("emergency", "emerging"),
        ] {
            assert!(!shared(Language::En, one, other), "{one}");
        }
        assert!(!shared(Language::Fr, "nier", "ni"));
    }

    #[test]
    fn diaereses_do_not_matter() {
        for (written, typed) in
            [("haïtien", "haitiens"), ("Thaïs", "Thaï"), ("hébraïque", "hébraïques")]
        {
            assert!(shared(Language::Fr, written, typed), "{written}");
        }
        assert!(shared(Language::Fr, "japonais", "japonaises"));
    }

    #[test]
    fn other_languages_have_no_stemmer() {
        assert!(Stemmer::new(Language::Other).is_none());
    }
}
