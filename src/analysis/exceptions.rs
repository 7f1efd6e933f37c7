//! Words whose stems rust-stemmers' older Snowball algorithms get wrong, where that joins words that have nothing to do with
//! each other: *international* and *interned*, *organization* and *organ*, *nier* and *ni*.
//!
//! A folded word in, its stem out, by the tables of its language's profile. What follows a rule rather than being one word is
//! in [`complete`].

use crate::profiles::{Ending, Stems};

/// The stem of a folded word that is an exception.
pub(super) fn exception(word: &str, stems: &Stems) -> Option<&'static str> {
    let table = stems.exceptions;
    table.binary_search_by_key(&word, |(word, _)| word).ok().map(|at| table[at].1)
}

/// The word with the ending under which the stemmer knows it: Spanish `-cion` typed without its accent, the French feminine
/// of `-ais`, English `-ologist`. In lower case, composed or folded.
pub(super) fn complete(mut word: String, stems: &Stems) -> String {
    let fits = |ending: &&Ending| {
        word.ends_with(ending.written)
            && (ending.shortest == 0 || word.chars().count() >= ending.shortest)
    };
    if let Some(ending) = stems.endings.iter().find(fits) {
        word.truncate(word.len() - ending.written.len());
        word.push_str(ending.known);
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Language;

    #[track_caller]
    fn check(word: &str, language: Language, expected: &str) {
        let profile = language.profile().unwrap();
        assert_eq!(complete(word.to_owned(), &profile.stems), expected);
    }

    #[test]
    fn endings_are_those_that_the_stemmer_knows() {
        check("desaparicion", Language::Es, "desaparición");
        check("desapariciones", Language::Es, "desapariciones");
        check("camerounaises", Language::Fr, "camerounais");
        check("malaise", Language::Fr, "malaise");
        check("psychologists", Language::En, "psychology");
    }
}
