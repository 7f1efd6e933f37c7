//! The nearest known names to one that is not known.

use crate::analysis::fold;

/// Names less alike than this (Jaro-Winkler, 1 is the same) are not worth suggesting.
const ALIKE: f64 = 0.75;

/// How many names an error suggests.
const SUGGESTED: usize = 3;

/// A country or violation that no table knows, with the nearest that one does.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown {what} '{given}'")]
pub struct Unknown {
    /// What was looked for: `country` or `violation`.
    pub what: &'static str,
    /// The text that was given.
    pub given: String,
    /// At most three names that resemble it, best first.
    pub nearest: Vec<String>,
}

impl Unknown {
    /// The error for `given`, with the nearest of `known` names. Of names that differ in accents or case only, the first is taken.
    pub fn new<'n>(what: &'static str, given: &str, known: impl Iterator<Item = &'n str>) -> Self {
        let wanted = fold(given);
        let resemblance = |name: &'n str| {
            let folded = fold(name);
            (strsim::jaro_winkler(&wanted, &folded), folded, name)
        };
        let mut scored: Vec<_> =
            known.map(resemblance).filter(|(score, ..)| *score >= ALIKE).collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        scored.dedup_by(|a, b| a.1 == b.1);
        let nearest =
            scored.into_iter().take(SUGGESTED).map(|(_, _, name)| name.to_owned()).collect();
        Self { what, given: given.to_owned(), nearest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(given: &str, known: &[&str], expected: &[&str]) {
        assert_eq!(Unknown::new("country", given, known.iter().copied()).nearest, expected);
    }

    #[test]
    fn the_most_alike_come_first() {
        check("hondurs", &["Honduras", "Hungary", "Chad", "Honda"], &["Honduras", "Honda"]);
        check("xyz", &["Honduras"], &[]);
        check("aaaa", &["aaab", "aaac", "aaad", "aaae"], &["aaab", "aaac", "aaad"]);
    }

    #[test]
    fn names_that_differ_in_accents_are_suggested_once() {
        check("haity", &["Haiti", "Haití", "Haïti"], &["Haiti"]);
    }
}
