//! Search over country-conditions documents.

pub mod analysis;
pub mod annotate;
pub mod document;
pub mod eval;
pub mod extract;
pub mod index;
pub mod ingest;
pub mod language;
pub mod query;
pub mod taxonomy;
