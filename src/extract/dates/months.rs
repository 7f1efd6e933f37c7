//! The names of months in every language that has a profile, and their usual abbreviations.
//!
//! In: a word; out: the number of the month it names. Accents and letters' case do not matter. It does not know that "may"
//! is also a verb: see `reader`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::analysis::fold;
use crate::document::Language;

/// The longest name, in bytes, accents included.
const LONGEST: usize = 12;

/// Months, from 1, by their names as [`fold`] leaves them.
static MONTHS: LazyLock<FxHashMap<&str, u8>> = LazyLock::new(|| {
    let numbered = Language::profiles().flat_map(|profile| (1..).zip(profile.dates.months));
    numbered.flat_map(|(month, names)| names.iter().map(move |name| (*name, month))).collect()
});

/// The month that a word names, from 1.
pub(super) fn month(word: &str) -> Option<u8> {
    if !(3..=LONGEST).contains(&word.len()) || word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    MONTHS.get(fold(&word.to_lowercase()).as_str()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_in_every_language() {
        for (word, expected) in
            [("August", Some(8)), ("AGOSTO", Some(8)), ("août", Some(8)), ("Aoust", None)]
        {
            assert_eq!(month(word), expected, "{word}");
        }
    }

    #[test]
    fn no_name_stands_for_two_months() {
        for profile in Language::profiles() {
            for (number, names) in (1..).zip(profile.dates.months) {
                for name in names {
                    assert_eq!(month(name), Some(number), "{name}");
                }
            }
        }
    }
}
