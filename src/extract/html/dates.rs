//! Dates as pages write them, for machines (`2019-03-05T10:00`) and for people in English, Spanish and French.
//!
//! Reads the first date of a text. Dates in numbers alone are read only in the ISO order: the others are ambiguous.

use crate::document::Date;

const MONTHS: [&[&str]; 12] = [
    &["january", "enero", "janvier", "jan", "ene", "janv"],
    &["february", "febrero", "février", "fevrier", "feb", "févr"],
    &["march", "marzo", "mars", "mar"],
    &["april", "abril", "avril", "apr", "abr", "avr"],
    &["may", "mayo", "mai"],
    &["june", "junio", "juin", "jun"],
    &["july", "julio", "juillet", "jul", "juil"],
    &["august", "agosto", "août", "aout", "aug", "ago"],
    &["september", "septiembre", "setiembre", "septembre", "sep", "sept"],
    &["october", "octubre", "octobre", "oct"],
    &["november", "noviembre", "novembre", "nov"],
    &["december", "diciembre", "décembre", "decembre", "dec", "dic", "déc"],
];

/// The date a machine-readable text begins with: `2019-03-05T10:00Z`, `2019/03`, `20190305`, or one in words.
pub(super) fn machine(text: &str) -> Option<Date> {
    let text = text.trim();
    let digits = |part: Option<&str>| part.and_then(|part| part.parse::<u8>().ok());
    let head: &str = text.split(['T', ' ']).next().unwrap_or_default();
    if head.len() == 8 && head.bytes().all(|b| b.is_ascii_digit()) {
        return Date::new(head[..4].parse().ok()?, digits(head.get(4..6)), digits(head.get(6..8)));
    }
    let mut parts = head.split(['-', '/']);
    let year = parts.next().filter(|year| year.len() == 4).and_then(|year| year.parse().ok());
    match year {
        Some(year) => {
            let month = digits(parts.next());
            Date::new(year, month, month.and(digits(parts.next())))
        }
        None => printed(text),
    }
}

/// The first date in words: `5 March 2019`, `March 5, 2019`, `5 de marzo de 2019`, `1er mars 2019`, `March 2019`.
pub(super) fn printed(text: &str) -> Option<Date> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !matches!(*word, "" | "de" | "del" | "of" | "the"))
        .collect();
    (0..words.len()).find_map(|at| {
        let month = month(words[at])?;
        let before = at.checked_sub(1).and_then(|at| day(words[at]));
        let after = words.get(at + 1).copied().unwrap_or_default();
        let with_day = year(after).and_then(|year| Date::new(year, Some(month), before));
        with_day.or_else(|| {
            let year = words.get(at + 2).and_then(|word| year(word))?;
            Date::new(year, Some(month), Some(day(after)?))
        })
    })
}

fn month(word: &str) -> Option<u8> {
    let at = MONTHS.iter().position(|names| names.contains(&word))?;
    u8::try_from(at + 1).ok()
}

fn day(word: &str) -> Option<u8> {
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic() || c == 'º');
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

fn year(word: &str) -> Option<i16> {
    word.parse().ok().filter(|year| (1900..=2100).contains(year))
}
