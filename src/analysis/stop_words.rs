//! Words so common that they say nothing alone: they are not wanted of a passage, and marked inside a phrase only.
//!
//! Small lists of our own, in the languages' profiles.

use crate::document::Language;
use crate::profiles::Profile;

/// Whether a folded word is a stop word of a language; of any that has a profile where the language is another.
pub fn is_stop_word(folded: &str, language: Language) -> bool {
    let holds = |profile: &Profile| profile.stop_words.binary_search(&folded).is_ok();
    language.profile().map_or_else(|| Language::profiles().any(holds), holds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stop_word_is_one_in_its_language() {
        assert!(is_stop_word("son", Language::Fr) && !is_stop_word("son", Language::En));
        assert!(is_stop_word("the", Language::Other) && !is_stop_word("police", Language::Other));
    }
}
