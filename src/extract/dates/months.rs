//! The names of months in English, Spanish and French, and their usual abbreviations.
//!
//! In: a word; out: the number of the month it names. Accents and letters' case do not matter. It does not know that "may"
//! is also a verb: see `reader`.

use crate::analysis::fold;

/// The longest name, in bytes, accents included.
const LONGEST: usize = 12;

/// Names as [`fold`] leaves them.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "enero", "ene", "janvier", "janv"],
    &["february", "feb", "febrero", "fevrier", "fevr", "fev"],
    &["march", "mar", "marzo", "mars"],
    &["april", "apr", "abril", "abr", "avril", "avr"],
    &["may", "mayo", "mai"],
    &["june", "jun", "junio", "juin"],
    &["july", "jul", "julio", "juillet", "juil"],
    &["august", "aug", "agosto", "ago", "aout"],
    &["september", "sep", "sept", "septiembre", "setiembre", "septembre"],
    &["october", "oct", "octubre", "octobre"],
    &["november", "nov", "noviembre", "novembre"],
    &["december", "dec", "diciembre", "dic", "decembre"],
];

/// The month that a word names, from 1.
pub(super) fn month(word: &str) -> Option<u8> {
    if !(3..=LONGEST).contains(&word.len()) || word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let name = fold(&word.to_lowercase());
    let place = MONTHS.iter().position(|names| names.contains(&name.as_str()))?;
    u8::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_in_three_languages() {
        for (word, expected) in
            [("August", Some(8)), ("AGOSTO", Some(8)), ("août", Some(8)), ("Aoust", None)]
        {
            assert_eq!(month(word), expected, "{word}");
        }
    }

    #[test]
    fn no_name_stands_for_two_months() {
        let mut names: Vec<&str> = MONTHS.iter().flat_map(|names| names.iter().copied()).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
        assert!(names.iter().all(|name| name.len() <= LONGEST));
    }
}
