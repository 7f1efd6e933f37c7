//! Full-text search over country-conditions documents: human-rights reports, expert declarations and evidence packets, as
//! PDFs and saved web pages in English, Spanish and French, on one machine and offline.
//!
//! [`ingest`] brings an index up to date with folders; [`query::search`] answers a request from it with documents, their
//! best passages and the page to cite:
//!
//! ```no_run
//! use amparo::index::Snapshot;
//! use amparo::ingest::{Options, ingest};
//! use amparo::query::{Request, search};
//! use amparo::taxonomy::Countries;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! ingest(&Options::new(vec!["library".into()], "index".into()), &|_| {})?;
//! let request = Request {
//!     text: "police will not protect women".into(),
//!     countries: Countries::builtin().lookup("honduras")?,
//!     limit: Some(10),
//!     passages: 3,
//!     ..Request::default()
//! };
//! for result in search(&Snapshot::open("index".as_ref())?, &request)?.results {
//!     println!("{} {}", result.rank, result.document.title);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The modules in the order in which data flows: [`document`] (plain data), [`extract`] (bytes to passages), [`language`],
//! [`near_duplicates`], [`taxonomy`] and [`annotate`] (what a text is about), [`parts`] (chapters and members of merged files), [`analysis`] (words and stems), [`index`],
//! [`ingest`], [`semantic`] (text to vectors), [`query`], [`output`], [`cli`]; [`eval`] scores rankings and labels.

pub mod analysis;
pub mod annotate;
pub mod cli;
pub mod document;
pub mod eval;
pub mod extract;
pub mod index;
pub mod ingest;
pub mod language;
pub mod near_duplicates;
pub mod output;
pub mod parts;
pub mod profiles;
pub mod query;
pub mod semantic;
pub mod taxonomy;
