//! PDF to pages: the text of each physical page, in reading order, as paragraphs; and, if asked for, where each word stands.
//!
//! ```no_run
//! use amparo_pdf::{Options, read};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let options = Options { words: true, ..Options::default() };
//! for page in read(&std::fs::read("report.pdf")?, &options)?.pages {
//!     for paragraph in &page.paragraphs {
//!         for word in paragraph.lines.iter().flat_map(|line| &line.words) {
//!             println!("{} {:?} {}", page.number, word.bounds, &paragraph.text[word.range.clone()]);
//!         }
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! lopdf reads the objects; everything that tells what a page says is done here: the content streams, the fonts, the
//! layout, and what stands around the pages: form fields, notes, page labels, bookmarks, metadata. Damage costs what is
//! damaged; limits end the reading with what was read so far.

#![warn(missing_docs)]

mod appearance;
mod budget;
mod document;
mod error;
mod fields;
mod font;
mod forms;
mod fragments;
mod info;
mod interpret;
mod labels;
mod layout;
mod lexer;
mod limits;
mod load;
mod marked;
mod matrix;
mod objects;
mod outline;
mod pages;
mod pictures;
mod reading;
mod show;
mod state;
mod streams;
mod text_string;
mod view;
mod xmp;

use lopdf::ObjectId;

pub use document::{Bookmark, Info, Line, Page, Paragraph, Pdf, Property, Rect, Role, Word};
pub use error::{Error, Warning};
pub use limits::{Limits, Options};

use budget::Budget;
use forms::Overlay;
use view::View;

/// Reads a PDF. On a thread of a rayon pool, the pages of a long document are read by all of the pool's threads; the
/// outcome is the same.
///
/// # Errors
/// When it needs a password, or its objects cannot be read.
pub fn read(bytes: &[u8], options: &Options) -> Result<Pdf, Error> {
    let limits = &options.limits;
    let budget = Budget::new(limits);
    let doc = load::load(bytes, limits, &budget)?;
    let (pages, bookmarks) = pages(&doc, options, &budget);
    let rebuilt = doc.xref_recovery.is_some().then_some(Warning::Rebuilt);
    let limit = budget.spent().map(Warning::Limit);
    let warnings = rebuilt.into_iter().chain(limit).collect();
    Ok(Pdf { pages, bookmarks, info: info::read(&doc), warnings })
}

/// Every physical page, empty where it has no text or the budget ended before it; and the bookmarks.
fn pages(doc: &lopdf::Document, options: &Options, budget: &Budget) -> (Vec<Page>, Vec<Bookmark>) {
    let pages = pages::list(doc, options.limits.pages, budget);
    // A page without an object of its own keeps its place under a number that no object has.
    let ids: Vec<ObjectId> = pages.iter().map(|page| page.id.unwrap_or((0, 0))).collect();
    let mut labels = labels::labels(doc, pages.len(), budget);
    let mut overlays = forms::overlays(doc, &ids, budget);
    labels.resize(pages.len(), None);
    overlays.resize(pages.len(), Overlay::default());
    let bookmarks = outline::bookmarks(doc, &ids, budget);
    let covered: Vec<_> = pages.iter().zip(&overlays).collect();
    let lines = reading::lines(doc, &covered, budget, options.words);
    let facts: Vec<_> = lines.iter().map(|lines| (lines.view, lines.picture_cover)).collect();
    let parts = layout::paragraphs(lines).into_iter().zip(facts).zip(labels).zip(overlays);
    let numbered = (1..).zip(parts).map(|(number, (((paragraphs, facts), label), overlay))| {
        let (View { bounds, turns }, picture_cover) = facts;
        let Overlay { values, notes, .. } = overlay;
        Page { number, label, bounds, turns, picture_cover, paragraphs, values, notes }
    });
    (numbered.collect(), bookmarks)
}

#[cfg(test)]
mod agreement;
#[cfg(test)]
mod tests;
