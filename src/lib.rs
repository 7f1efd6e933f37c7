//! Search over country-conditions documents.

pub mod analysis;
pub mod document;
pub mod language;
