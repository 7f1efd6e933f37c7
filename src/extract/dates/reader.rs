//! Reads the date that begins at a word.
//!
//! In: words, and which of two numbers is the day where a language settles it. Out: the date and its words. Whether it is
//! the date of the document is for `opening` to judge.

use std::ops::Range;

use super::months::month;
use super::words::Word;
use super::{Printed, has, sensible};
use crate::document::{Date, Language};

/// Which of two numbers is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `31/12/2020`
    DayFirst,
    /// `12/31/2020`
    MonthFirst,
}

impl Order {
    /// The order that a language tag settles: `en-US` and `en-GB` do, `en` does not.
    pub fn of(tag: &str) -> Option<Self> {
        let tag = tag.trim().to_lowercase().replace('_', "-");
        let (language, country) = match tag.split_once('-') {
            Some((language, country)) => (language, Some(country)),
            None => (&*tag, None),
        };
        let Some(profile) = Language::profiles().find(|profile| profile.code == language) else {
            return DAY_FIRST.contains(&language).then_some(Self::DayFirst);
        };
        match country {
            Some(country) if profile.dates.month_first.contains(&country) => Some(Self::MonthFirst),
            None if !profile.dates.day_first => None,
            _ => Some(Self::DayFirst),
        }
    }
}

/// Languages without a profile that have the day first.
const DAY_FIRST: &[&str] = &["pt", "it", "de", "ca"];

/// A date and the words it is made of.
pub(super) struct Found {
    pub(super) printed: Printed,
    pub(super) words: Range<usize>,
}

/// The date whose first word stands at `index`; of numbers that can be two days, the year.
pub(super) fn date_at(words: &[Word<'_>], index: usize, order: Option<Order>) -> Option<Found> {
    let rest = words.get(index..)?;
    let (date, length) = numeric(rest, order)
        .map(|date| (date, 3))
        .or_else(|| day_month_year(rest))
        .or_else(|| month_day_year(rest))
        .or_else(|| {
            // "31 February 2011" is not a date of less precision.
            let day = index > 0 && words[index - 1].small().is_some() && rest[0].is_near();
            if day { None } else { month_year(rest) }
        })?;
    let words = index..index + length;
    let evidence = rest[0].start..rest[length - 1].range().end;
    Some(Found { printed: Printed { date, evidence }, words })
}

/// `2019-05-07`, `2019/05/07`, `07/05/2019`, `7.5.2019`.
fn numeric(words: &[Word<'_>], order: Option<Order>) -> Option<Date> {
    let [first, second, third, ..] = words else { return None };
    if second.gap != third.gap || !matches!(second.gap, "-" | "/" | "." | "\u{2010}" | "\u{2011}") {
        return None;
    }
    if let Some(year) = first.year() {
        return sensible(year, Some(second.small()?), Some(third.small()?));
    }
    let (first, middle, year) = (first.small()?, second.small()?, third.year()?);
    let day_comes_first = match order {
        _ if first > 12 || first == middle => true,
        _ if middle > 12 => false,
        // Points are used where the day comes first.
        _ if second.gap == "." => true,
        Some(order) => order == Order::DayFirst,
        // British or American: nothing tells. The year is sure, as far as these can be a day at all.
        _ => return if first > 0 && middle > 0 { sensible(year, None, None) } else { None },
    };
    let (day, month) = if day_comes_first { (first, middle) } else { (middle, first) };
    sensible(year, Some(month), Some(day))
}

/// `8 December 2011`, `30 de agosto de 2023`, `1er mars 2022`, `8th of December, 2011`; and of how many words it is.
fn day_month_year(words: &[Word<'_>]) -> Option<(Date, usize)> {
    let day = words.first()?.small()?;
    // "1. April 2018" is a section's number and its heading.
    if words.get(1)?.gap == ". " {
        return None;
    }
    let at = after_fillers(words, 1);
    let month = month(near(words, at)?.text)?;
    let at = after_fillers(words, at + 1);
    let year = near(words, at)?.year()?;
    Some((sensible(year, Some(month), Some(day))?, at + 1))
}

/// `December 8, 2011`, `Dec. 8th 2011`, `agosto 30 de 2023`.
fn month_day_year(words: &[Word<'_>]) -> Option<(Date, usize)> {
    let month = named_month(words.first()?)?;
    let day = near(words, 1)?.small()?;
    let at = after_fillers(words, 2);
    let year = near(words, at)?.year()?;
    Some((sensible(year, Some(month), Some(day))?, at + 1))
}

/// `March 2023`, `marzo de 2023`.
fn month_year(words: &[Word<'_>]) -> Option<(Date, usize)> {
    let month = named_month(words.first()?)?;
    let at = after_fillers(words, 1);
    let year = near(words, at)?.year()?;
    Some((sensible(year, Some(month), None)?, at + 1))
}

/// The month of a word that no day stands before. In English some are also verbs, in Spanish "mar" is the sea: as months
/// they have a capital.
fn named_month(word: &Word<'_>) -> Option<u8> {
    let is_other = has(|dates| dates.not_months, word.text);
    if is_other { None } else { month(word.text) }
}

/// The word at a place, if it stands close to the one before it.
fn near<'a, 'b>(words: &'a [Word<'b>], at: usize) -> Option<&'a Word<'b>> {
    words.get(at).filter(|word| word.is_near())
}

/// The place after at most two of the small words between the parts of a date: `st`, `de`, `of`, `del`.
fn after_fillers(words: &[Word<'_>], at: usize) -> usize {
    let is_filler =
        |word: &&Word<'_>| word.is_near() && has(|dates| dates.fillers, &word.text.to_lowercase());
    at + words.iter().skip(at).take(2).take_while(is_filler).count()
}
