//! Full-text search over country-conditions documents: human-rights reports, expert declarations and evidence packets, as
//! PDFs and saved web pages in English, Spanish and French, on one machine and offline.
//!
//! [`ingest()`] brings an index up to date with folders; a [`Library`] is an index that is open, and answers a [`Request`] with
//! documents, their best passages and the page to cite:
//!
//! ```no_run
//! use amparo::library::{FilterValues, Filters};
//! use amparo::{IngestOptions, Library, Request, ingest};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! ingest(&IngestOptions::new(vec!["library".into()], "index".into()), true, &|_| {})?;
//! let library = Library::open("index".as_ref())?;
//! let only = FilterValues { countries: vec!["honduras".into()], ..FilterValues::default() };
//! let request = Request {
//!     text: "police will not protect women".into(),
//!     limit: Some(10),
//!     passages: 3,
//!     ..Filters { only, ..Filters::default() }.request()?
//! };
//! for hit in library.search(&request)?.answer.results {
//!     println!("{} {}", hit.rank, hit.document.title);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Every front, the command line among them, stands on [`library`]. The modules in the order in which data flows: [`document`]
//! (plain data), [`extract`] (bytes to passages), [`language`], [`near_duplicates`], [`taxonomy`] and [`annotate`] (what a text is
//! about), [`parts`] (chapters and members of merged files), [`analysis`] (words and stems), [`index`], [`mod@ingest`], [`semantic`] (text to vectors), [`query`], [`output`];
//! [`eval`] scores rankings and labels.
//!
//! # Features
//!
//! `cli` (default): the command, and the crates that it alone needs.

pub mod analysis;
pub mod annotate;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod document;
pub mod eval;
pub mod extract;
pub mod index;
pub mod ingest;
pub mod language;
pub mod library;
pub mod near_duplicates;
pub mod output;
pub mod parts;
pub mod profiles;
pub mod query;
pub mod semantic;
pub mod taxonomy;

pub use ingest::Options as IngestOptions;
pub use library::{Answered, Error, Hint, Library, ingest};
pub use query::{Answer, Request};
