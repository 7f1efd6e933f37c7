//! The languages of which Amparo knows words: one table, a profile each.
//!
//! The list here is the only place that counts them. To add a language, write its profile beside the others and name it in the
//! list; what knows nothing of it, as the taxonomy may, goes without. A [`Profile`] is data: the rooms that use it say what it
//! means. Imports nothing of the project. Languages that are only told from these stand in `language/others.tsv`.

mod english;
mod french;
mod spanish;

use std::fmt;

use serde::{Deserialize, Serialize};

/// Makes [`Language`] of the list of profiles.
macro_rules! languages {
    ($($(#[$doc:meta])* $language:ident = $profile:ident),+ $(,)?) => {
        /// A language of a paragraph. Everything but the indexed languages is [`Language::Other`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        #[non_exhaustive]
        pub enum Language {
            $($(#[$doc])* $language,)+
            /// Any other language, or too little text to tell.
            Other,
        }

        impl Language {
            /// The languages that have a profile, and so an analyzer of their own, in the order of their index fields.
            pub const INDEXED: [Self; Self::COUNT] = [$(Self::$language),+];

            /// How many they are.
            pub const COUNT: usize = [$(stringify!($language)),+].len();

            /// These, and [`Language::Other`] behind them.
            pub const ALL: [Self; Self::COUNT + 1] = [$(Self::$language,)+ Self::Other];

            /// What is known of the language's words; `None` for [`Language::Other`].
            pub fn profile(self) -> Option<&'static Profile> {
                match self {
                    $(Self::$language => Some(&$profile::PROFILE),)+
                    Self::Other => None,
                }
            }
        }
    };
}

languages! {
    /// English.
    En = english,
    /// Spanish.
    Es = spanish,
    /// French.
    Fr = french,
}

impl Language {
    /// Its place in [`Self::ALL`], which for an indexed language is that in [`Self::INDEXED`].
    pub const fn place(self) -> usize {
        self as usize
    }

    /// Its place in [`Self::INDEXED`].
    pub fn slot(self) -> Option<usize> {
        (self != Self::Other).then_some(self as usize)
    }

    /// ISO 639-1 code, or `other`.
    pub fn code(self) -> &'static str {
        self.profile().map_or("other", |profile| profile.code)
    }

    /// The language of an ISO 639-1 code (`es`, `es-419`, `ES_mx`) or of a name that its profile has.
    pub fn parse(text: &str) -> Option<Self> {
        let lower = text.trim().to_lowercase();
        let primary = lower.split(['-', '_']).next().unwrap_or_default();
        let is_named = |language: &Self| match language.profile() {
            Some(profile) => profile.code == primary || profile.names.contains(&primary),
            None => language.code() == primary,
        };
        Self::ALL.into_iter().find(is_named)
    }

    /// The profiles of all indexed languages.
    pub fn profiles() -> impl Iterator<Item = &'static Profile> {
        Self::INDEXED.into_iter().filter_map(Self::profile)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// What is known of a language's words. Words are in lower case; those that are called folded have no accents either.
#[derive(Debug)]
pub struct Profile {
    /// ISO 639-1 code.
    pub code: &'static str,
    /// Its English name, which is also what TeX calls it.
    pub name: &'static str,
    /// What else may be typed for it: three-letter codes, its names in the languages of the interface, with and without accents.
    pub names: &'static [&'static str],
    /// What the trigram model calls it. The model is shown text in Latin letters only.
    pub model: whatlang::Lang,
    /// How its words vote for it.
    pub votes: Votes,
    /// How its words are stemmed.
    pub stems: Stems,
    /// Words so common that they say nothing alone: articles, pronouns, question words, prepositions, conjunctions and auxiliary
    /// verbs; folded, in order.
    pub stop_words: &'static [&'static str],
    /// Articles that may stand before the name of a country or an organisation; folded.
    pub articles: &'static [&'static str],
    /// Articles, pronouns and conjunctions that lose their vowel before another one; in ASCII.
    pub elided: &'static [&'static str],
    /// How dates are written.
    pub dates: Dates,
    /// Where sentences end.
    pub sentences: Sentences,
}

/// Words and letters that tell a language. A word of several languages votes for each of them.
#[derive(Debug)]
pub struct Votes {
    /// Its frequent function words, parted by blanks. The lists are not complete: words that are as frequent in another of the
    /// languages may be left out.
    pub words: &'static str,
    /// Letters that no other indexed language has.
    pub letters: &'static [char],
    /// Endings of words that hold a letter beyond ASCII.
    pub endings: &'static [&'static str],
    /// Endings of words of more than six letters, all in ASCII.
    pub plain_endings: &'static [&'static str],
}

/// How words become stems: rust-stemmers' Snowball, put right where its older algorithms go wrong.
#[derive(Debug)]
pub struct Stems {
    /// Snowball's algorithm.
    pub algorithm: rust_stemmers::Algorithm,
    /// Words whose stems the algorithm gets wrong, where that joins words that have nothing to do with each other, with the stems
    /// that today's Snowball gives; folded, in order, and kept short.
    pub exceptions: &'static [(&'static str, &'static str)],
    /// Endings that are written as others, under which the algorithm knows them; the first that fits.
    pub endings: &'static [Ending],
    /// Where a diaeresis parts syllables (`haïtien`): the endings behind it that begin with its vowel (`archaïque`).
    pub behind_diaeresis: Option<&'static [&'static str]>,
}

/// An ending that is written as another one.
#[derive(Debug)]
pub struct Ending {
    /// As the word has it.
    pub written: &'static str,
    /// As the algorithm knows it.
    pub known: &'static str,
    /// Characters of the shortest word that is meant.
    pub shortest: usize,
}

/// How dates are written. Words are folded but for those that [`Self::fillers`] and [`Self::not_months`] hold.
#[derive(Debug)]
pub struct Dates {
    /// The months' names and their usual abbreviations. None stands for two months in any language.
    pub months: [&'static [&'static str]; 12],
    /// Names of months that without a capital are other words.
    pub not_months: &'static [&'static str],
    /// Small words and endings of numbers between the parts of a date.
    pub fillers: &'static [&'static str],
    /// Words shortly before a date that say it is the document's own.
    pub telling: &'static [&'static str],
    /// Words right before a date that make it the date of something else.
    pub referring: &'static [&'static str],
    /// Those of them that may begin a line with nothing but the date.
    pub on: &'static [&'static str],
    /// Those that stand between a place and the date, behind a comma.
    pub after_place: &'static [&'static str],
    /// Words between the first and the last day of a span, as they stand before the last.
    pub until: &'static [&'static str],
    /// Those that say so behind the first day too.
    pub until_behind: &'static [&'static str],
    /// Where in a block about a page's title they stand, it is the date of a change; not folded.
    pub changed: &'static [&'static str],
    /// Whether the language alone says that the day stands before the month.
    pub day_first: bool,
    /// Countries in which the month comes first.
    pub month_first: &'static [&'static str],
}

/// What a dot after a word means. Words are in lower case and without the final dot but for [`Self::openers`].
#[derive(Debug)]
pub struct Sentences {
    /// Titles and the like, after which a name comes: never the end of a sentence.
    pub before_names: &'static [&'static str],
    /// What counts something: not the end of a sentence where a number follows.
    pub before_numbers: &'static [&'static str],
    /// Words that often open a sentence: after an acronym with dots (`in the U.S. The police`) they tell that it ended.
    pub openers: &'static [&'static str],
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fold;

    #[test]
    fn a_language_is_known_by_its_code_and_by_its_names() {
        for (text, expected) in [
            ("es", Some(Language::Es)),
            ("es-419", Some(Language::Es)),
            (" FR_ca", Some(Language::Fr)),
            ("Français", Some(Language::Fr)),
            ("ingles", Some(Language::En)),
            ("other", Some(Language::Other)),
            ("xx", None),
            ("", None),
        ] {
            assert_eq!(Language::parse(text), expected, "{text}");
        }
    }

    #[test]
    fn no_two_languages_have_the_same_code_or_name() {
        let mut all: Vec<&str> = Language::profiles()
            .flat_map(|profile| profile.names.iter().copied().chain([profile.code]))
            .collect();
        all.sort_unstable();
        assert!(all.windows(2).all(|pair| pair[0] != pair[1]));
        for language in Language::ALL {
            let json = serde_json::to_string(&language).unwrap();
            assert_eq!(json, format!("\"{language}\""), "records have the code");
            assert_eq!(Language::ALL[language.place()], language);
        }
    }

    #[test]
    fn lists_are_folded_and_in_order() {
        for profile in Language::profiles() {
            let exceptions: Vec<&str> =
                profile.stems.exceptions.iter().map(|(word, _)| *word).collect();
            for list in [profile.stop_words, &exceptions] {
                assert!(list.is_sorted_by(|one, next| one < next), "{}: {list:?}", profile.code);
                for word in list {
                    assert_eq!(*word, fold(word));
                }
            }
        }
    }
}
