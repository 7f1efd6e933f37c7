//! Dates as documents write them: printed for people in English, Spanish and French, and stamped for machines.
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

use crate::document::Date;
pub use in_text::in_text;
pub use opening::printed_date;
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

/// The date, if a document can have it.
fn sensible(year: i16, month: Option<u8>, day: Option<u8>) -> Option<Date> {
    (EARLIEST..=LATEST).contains(&year).then(|| Date::new(year, month, day)).flatten()
}
