//! Dates as documents write them: printed for people in the languages that have a profile, and stamped for machines.
//!
//! In: text. Out: a [`Date`] as precise as the text is, with its place. `words` parts the text, `reader` reads the date
//! that begins at a word, `months` knows the names; on these stand `opening` (which of a first page's dates is the
//! document's own), `in_text` (the first date of a line) and `stamps` (what machines write). It does not guess:
//! `03/04/2021` is a day only where the language settles which number is the month.

mod in_text;
mod months;
mod opening;
mod reader;
mod stamps;
mod words;

use std::ops::Range;

use crate::document::{Date, Dated, Evidence, Language};
use crate::profiles::Dates;
pub use in_text::in_text;
pub use opening::printed_dates;
pub use reader::Order;
pub use stamps::{are_neighbours, in_address, stamp};

/// The earliest year that is believed: no document of a library is older, earlier years are errors or the history it tells.
const EARLIEST: i16 = 1900;

/// Later years are typing errors. (That a date is not later than its file is checked where the file is known.)
const LATEST: i16 = 2100;

/// A date and where it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The date, to the precision in which it is printed.
    pub date: Date,
    /// Its bytes in the text.
    pub evidence: Range<usize>,
}

impl Printed {
    /// The date with the line of `text` that it stands on; of a long line the part about it.
    pub fn dated(&self, text: &str, place: impl Into<String>) -> Dated {
        let Range { start, end } = self.evidence;
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
        let from = if line_end - line_start <= ABOUT * 3 {
            line_start
        } else {
            text.floor_char_boundary(start.saturating_sub(ABOUT)).max(line_start)
        };
        let to = text.floor_char_boundary((end + ABOUT).min(line_end));
        Dated { date: self.date, evidence: Evidence::new(&text[from..to], place) }
    }
}

/// How much of a long line on each side of a date is its evidence, in bytes.
const ABOUT: usize = 40;

/// Whether a list of any language's has a word: which language a date is in is not asked.
fn has(list: impl Fn(&Dates) -> &'static [&'static str], word: &str) -> bool {
    Language::profiles().any(|profile| list(&profile.dates).contains(&word))
}

/// The date, if a document can have it.
fn sensible(year: i16, month: Option<u8>, day: Option<u8>) -> Option<Date> {
    (EARLIEST..=LATEST).contains(&year).then(|| Date::new(year, month, day)).flatten()
}
