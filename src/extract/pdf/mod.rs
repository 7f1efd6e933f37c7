//! PDF to pages: the text of each physical page, in reading order, as paragraphs.
//!
//! lopdf reads the objects; everything that tells what a page says is done here: the content streams, the fonts, the
//! layout, and what stands around the pages: form fields, notes, page labels, bookmarks, metadata. Damage costs what is
//! damaged; limits end the reading with what was read so far.

mod appearance;
mod budget;
mod fields;
mod font;
mod forms;
mod fragments;
mod info;
mod interpret;
mod labels;
mod layout;
mod lexer;
mod load;
mod marked;
mod matrix;
mod objects;
mod outline;
mod pages;
mod reading;
mod show;
mod state;
mod streams;
mod text_string;
mod title;
mod xmp;

use lopdf::{Document, ObjectId};

use super::dates::{Printed, printed_dates};
use super::{Error, Extracted, Limits, Warning};
use crate::document::{Date, Dated, Format, Locator, Metadata, Paragraph, Passage, Role};
use budget::Budget;
use forms::Overlay;
use outline::Bookmark;

/// Printed dates that are kept: one of the first is the document's, if any is.
const MOST_DATES: usize = 4;

/// Characters of a document's beginning in which its date is looked for.
const OPENING: usize = 4_000;

/// The pages of a PDF. On a thread of a rayon pool, the pages of a long document are read by all of the pool's threads.
///
/// # Errors
/// When it needs a password, or its objects cannot be read.
pub fn extract(bytes: &[u8], limits: &Limits) -> Result<Extracted, Error> {
    let budget = Budget::new(limits);
    let doc = load::load(bytes, limits, &budget)?;
    let passages = passages(&doc, limits.passages, &budget);
    let mut warnings = Vec::new();
    if doc.xref_recovery.is_some() {
        warnings.push(Warning::Damaged("its table of objects was rebuilt".to_owned()));
    }
    warnings.extend(budget.spent().map(Warning::Limit));
    let metadata = metadata(&doc, &passages);
    Ok(Extracted { format: Format::Pdf, metadata, passages, warnings })
}

/// What the file says of itself, and where it is silent what its first pages show.
fn metadata(doc: &Document, passages: &[Passage]) -> Metadata {
    let stated = info::metadata(doc);
    // A file's date is that of its making: what is printed is better, unless it lies after that.
    let latest = stated.published.or_else(|| Date::new(2100, None, None));
    let mut dates = latest.map(|latest| printed(passages, latest)).unwrap_or_default();
    let title = stated.title.clone().or_else(|| layout::title::title(passages));
    let mut metadata = Metadata { title, ..stated };
    dates.append(&mut metadata.dates);
    metadata.set_dates(dates);
    metadata
}

/// The dates printed on the first two pages, the likeliest first.
fn printed(passages: &[Passage], latest: Date) -> Vec<Dated> {
    let mut opening = String::new();
    let mut ends = Vec::new();
    for passage in passages.iter().take(2) {
        for paragraph in &passage.paragraphs {
            if opening.len() > OPENING {
                break;
            }
            opening.push_str(&paragraph.text);
            opening.push('\n');
        }
        ends.push(opening.len());
    }
    let dated = |printed: Printed| {
        let before = ends.iter().take_while(|end| **end <= printed.evidence.start).count();
        printed.dated(&opening, format!("page {}", before + 1))
    };
    printed_dates(&opening, latest).into_iter().take(MOST_DATES).map(dated).collect()
}

/// A passage for each physical page, empty where a page has no text or the budget ended before it.
fn passages(doc: &Document, most: usize, budget: &Budget) -> Vec<Passage> {
    let pages = pages::list(doc, most, budget);
    // A page without an object of its own keeps its place under a number that no object has.
    let ids: Vec<ObjectId> = pages.iter().map(|page| page.id.unwrap_or((0, 0))).collect();
    let mut labels = labels::labels(doc, pages.len(), budget);
    let mut overlays = forms::overlays(doc, &ids, budget);
    labels.resize(pages.len(), None);
    overlays.resize(pages.len(), Overlay::default());
    let bookmarks = outline::bookmarks(doc, &ids, budget);
    let covered: Vec<_> = pages.iter().zip(&overlays).collect();
    let lines = reading::lines(doc, &covered, budget);
    let parts = layout::paragraphs(lines).into_iter().zip(labels).zip(overlays);
    (1..)
        .zip(parts)
        .map(|(number, ((mut paragraphs, label), overlay))| {
            paragraphs.extend(overlay.values.into_iter().map(Paragraph::body));
            let note = |text| Paragraph { role: Role::Note, ..Paragraph::body(text) };
            paragraphs.extend(overlay.notes.into_iter().map(note));
            let section = section(&bookmarks, number);
            Passage { locator: Locator::Page { number, label }, section, paragraphs }
        })
        .collect()
}

/// The titles of the bookmarks under which a page stands, from the outermost: the first that begins on it, or the last that
/// begins before it.
fn section(bookmarks: &[Bookmark], page: u32) -> Option<String> {
    let later =
        bookmarks.iter().position(|bookmark| bookmark.page >= page).unwrap_or(bookmarks.len());
    let begins_here = bookmarks.get(later).is_some_and(|bookmark| bookmark.page == page);
    let last = if begins_here { later } else { later.checked_sub(1)? };
    let mut path = vec![&bookmarks[last]];
    for bookmark in bookmarks[..last].iter().rev() {
        if path.last().is_some_and(|inner| bookmark.level < inner.level) {
            path.push(bookmark);
        }
    }
    let titles: Vec<&str> = path.iter().rev().map(|bookmark| bookmark.title.as_str()).collect();
    Some(titles.join(" › "))
}

#[cfg(test)]
mod agreement;
#[cfg(test)]
mod tests;
