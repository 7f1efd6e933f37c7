//! End-to-end tests through the command line, in one binary.

mod citing;
mod cli;
mod eval;
mod extract;
mod filters;
mod ingest;
mod library;
mod near_duplicates;
mod pasted;
mod peers;
mod search;
mod show;
mod stems;
mod support;
mod typed;
