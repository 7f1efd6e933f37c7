//! End-to-end tests through the command line, in one binary.

mod cli;
mod eval;
mod extract;
mod ingest;
mod library;
mod pasted;
mod search;
mod stems;
mod support;
mod typed;
