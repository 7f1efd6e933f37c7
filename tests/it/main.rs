//! End-to-end tests through the command line, in one binary.

mod catalogue;
mod citing;
mod cli;
mod contained;
mod crash;
mod eval;
mod extract;
mod filters;
mod forget;
mod ingest;
mod languages;
mod library;
mod model;
mod near_duplicates;
mod pasted;
mod patterns;
mod peers;
mod place;
mod saved_pages;
mod search;
mod show;
mod stems;
mod streams;
mod support;
mod typed;
mod unfriendly;
