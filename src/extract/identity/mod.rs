//! Whose a document is: the symbols under which it is cited, who published it, and its title where that says more than the
//! largest text of the page.
//!
//! In: what was extracted, and the file's name. Out: the same, its metadata completed. Evidence is taken from where
//! documents tell it most truthfully first: the symbol printed on them, the address, what the file says, the letterhead.
//! Nothing is looked up outside the built-in tables.

mod opening;
mod publisher;
mod symbols;
mod title;
mod words;

use super::Extracted;
use super::dates::printed_dates;
use crate::document::{Date, DetectedPublisher, Metadata, Passage};
use opening::Opening;

/// Completes a document's metadata by what its opening and its file's name show.
pub(super) fn complete(extracted: &mut Extracted, file_name: &str) {
    let opening = Opening::of(&extracted.passages);
    let metadata = &mut extracted.metadata;
    let url = metadata.url.as_deref();
    let symbols = symbols::own(&opening, metadata.title.as_deref(), file_name, url);
    let of_report = title::of_report(&symbols, &opening);
    let own = metadata.title.take().filter(|title| !title::is_letterhead(title));
    metadata.title = of_report.or(own).or_else(|| title::in_capitals(&opening));
    metadata.symbols = symbols;
}

/// What the opening of some pages shows, as if they were a document of their own: its title, symbols and dates.
pub fn of_pages(passages: &[Passage]) -> Metadata {
    let opening = Opening::of(passages);
    let symbols = symbols::own(&opening, None, "", None);
    let title = title::of_report(&symbols, &opening).or_else(|| title::in_capitals(&opening));
    let text: Vec<&str> = opening.lines.iter().map(|line| line.text).collect();
    let text = text.join("\n");
    let latest = Date::new(2100, None, None);
    let printed = latest.map(|latest| printed_dates(&text, latest)).unwrap_or_default();
    let dated = printed.into_iter().map(|printed| printed.dated(&text, opening.place()));
    let mut metadata = Metadata { title, symbols, ..Metadata::default() };
    metadata.set_dates(dated.collect());
    metadata
}

/// The symbols of a line that has nothing else on it: a running head, or a line of a letterhead.
pub fn symbols_alone(line: &str) -> Vec<String> {
    symbols::alone(line)
}

/// The symbols of a line of a letterhead.
pub fn symbols_in_letterhead(line: &str) -> Vec<String> {
    symbols::in_letterhead(line)
}

/// Who published a document: what its metadata, symbols, address and opening tell, by the table of publishers.
pub fn publisher(metadata: &Metadata, passages: &[Passage]) -> DetectedPublisher {
    publisher::tell(metadata, &Opening::of(passages))
}

#[cfg(test)]
mod tests;
