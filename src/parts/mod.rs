//! Parts of a document: a country's chapter in an annual report, a member of a merged file.
//!
//! Passages with the layout of their paragraphs in, parts out; no I/O. A page that holds the end of one part and the beginning
//! of another is divided there, so that every passage belongs to one part, and nothing that is asked of a passage can be
//! answered by another part's text. Most documents are one part, and come back as they were.

mod borders;
mod chapters;
mod members;
mod names;

use crate::document::{Part, Passage};
use borders::Border;

/// Divides a document. No parts mean that it is one.
pub fn divide(passages: Vec<Passage>) -> (Vec<Passage>, Vec<Part>) {
    let mut found: Vec<Border> = members::borders(&passages);
    if found.is_empty() {
        found = chapters::borders(&passages);
    }
    if found.is_empty() {
        return (passages, Vec::new());
    }
    borders::divide(passages, found)
}

#[cfg(test)]
mod tests;
