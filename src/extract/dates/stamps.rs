//! Dates that machines write: time stamps, and the dates in addresses.
//!
//! In: a field's text or an address. Out: its date. Also tells dates that are one day apart, as a stamp in universal time
//! and the printed day often are.

use super::words::{Word, words};
use super::{Order, in_text, sensible};
use crate::document::Date;

/// The date of a machine's time stamp: `2015-09-17T16:57:43+01:00`, `20150917`, `2015-09`, `2015`; or of any text that
/// [`in_text`] finds one in: `Wed, 04 May 2022 02:41:00 GMT`.
pub fn stamp(text: &str, order: Option<Order>) -> Option<Date> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 8 || digits == 14 {
        let part = |from: usize, to: usize| text[from..to].parse().ok();
        let date = sensible(text[..4].parse().ok()?, part(4, 6), part(6, 8));
        if date.is_some() {
            return date;
        }
    }
    in_text(text, order).map(|printed| printed.date).or_else(|| {
        let year = text.get(..4).filter(|_| digits == 4)?.parse().ok()?;
        match text[4..].strip_prefix(['-', '/']) {
            None => text[4..].is_empty().then(|| sensible(year, None, None)).flatten(),
            Some(month) => sensible(year, Some(month.parse().ok()?), None),
        }
    })
}

/// The date in the path of an address: `/2019/05/07/`, `/2019-05-07/`, `/20190507/`.
pub fn in_address(address: &str) -> Option<Date> {
    let words = words(address);
    let whole = (0..words.len()).find_map(|place| {
        let [year, month, day, ..] = &words[place..] else { return None };
        let apart = |word: &Word<'_>| matches!(word.gap, "/" | "-");
        if !apart(month) || !apart(day) {
            return None;
        }
        sensible(year.year()?, Some(month.small()?), Some(day.small()?))
    });
    whole.or_else(|| {
        words.iter().filter(|word| word.text.len() == 8).find_map(|word| stamp(word.text, None))
    })
}

/// Whether one of two dates is the day after the other.
pub fn are_neighbours(one: Date, other: Date) -> bool {
    one.next_day() == Some(other) || other.next_day() == Some(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let date = stamp(text, None).map(|date| date.to_string());
        assert_eq!(date.unwrap_or_default(), expected, "{text}");
    }

    #[test]
    fn stamps_have_dates_as_precise_as_they_are() {
        check("2015-09-17T16:57:43+01:00", "2015-09-17");
        check("20150917", "2015-09-17");
        check("20150917165743", "2015-09-17");
        check("Wed, 04 May 2022 02:41:00 GMT", "2022-05-04");
        check("2015", "2015");
        check("2015-09", "2015-09");
        check("2015/13", "");
        check("20159917", "");
        check("1500000000", "");
        check("", "");
    }

    #[track_caller]
    fn check_address(address: &str, expected: Option<&str>) {
        assert_eq!(in_address(address).map(|date| date.to_string()).as_deref(), expected);
    }

    #[test]
    fn addresses_have_dates() {
        check_address("https://x.org/2019/05/07/title", Some("2019-05-07"));
        check_address("https://x.org/news/20190507/12345", Some("2019-05-07"));
        check_address("https://x.org/2019/05/title", None);
    }

    #[test]
    fn days_have_neighbours() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        assert!(are_neighbours(date("2020-02-29"), date("2020-03-01")));
        assert!(are_neighbours(date("2021-01-01"), date("2020-12-31")));
        assert!(!are_neighbours(date("2020-03-01"), date("2020-03-01")));
        assert!(!are_neighbours(date("2020-03"), date("2020-04-01")));
    }
}
