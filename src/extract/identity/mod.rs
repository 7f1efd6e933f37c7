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
use crate::document::{DetectedPublisher, Metadata, Passage};
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

/// Who published a document: what its metadata, symbols, address and opening tell, by the table of publishers.
pub fn publisher(metadata: &Metadata, passages: &[Passage]) -> DetectedPublisher {
    publisher::tell(metadata, &Opening::of(passages))
}

#[cfg(test)]
mod tests;
