//! An answer as text, JSON lines, CSV, BibTeX or CSL-JSON.
//!
//! Values in, writes to a stream out; decides nothing. Documents are not trusted: their control characters never reach the
//! stream.
//!
//! The JSON lines are a stable contract: its types, and what each field means, are in [`contract`].

mod bibtex;
mod citation;
pub mod contract;
mod csl;
mod csv;
mod facets;
mod json;
mod part;
pub mod style;
pub mod text;

use std::io::{self, Write};

pub use csv::harmless as harmless_cell;
pub use style::Style;

use crate::query::Answer;

/// The form in which an answer is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// For people.
    #[default]
    Text,
    /// JSON lines.
    Json,
    /// One line a passage, with a header.
    Csv,
    /// A BibTeX entry for each document.
    Bibtex,
    /// CSL-JSON: an item for each document.
    CslJson,
}

/// Writes an answer. With `explain`, the parts of each score too.
///
/// # Errors
/// When the stream refuses.
pub fn write(
    out: &mut dyn Write,
    answer: &Answer,
    form: Form,
    explain: bool,
    style: &Style,
) -> io::Result<()> {
    match form {
        Form::Text => text::write(out, answer, explain, style),
        Form::Json => json::write(out, answer, explain),
        Form::Csv => csv::write(out, answer),
        Form::Bibtex => bibtex::write(out, answer),
        Form::CslJson => csl::write(out, answer),
    }
}
