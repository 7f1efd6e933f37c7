//! Amparo.
pub mod analysis;
pub mod annotate;
pub mod cli;
pub mod document;
pub mod eval;
pub mod extract;
pub mod index;
pub mod ingest;
pub mod language;
pub mod output;
pub mod query;
pub mod taxonomy;
