//! End-to-end tests through the command line, in one binary.

mod cli;
mod eval;
mod extract;
mod filters;
mod ingest;
mod search;
mod support;
