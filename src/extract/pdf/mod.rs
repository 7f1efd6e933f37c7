//! PDF to passages: what the crate `amparo_pdf` reads of a file, as the project's own types.
//!
//! Everything that tells what stands on a page is done there. Here is judged what the file says of itself: which titles,
//! names and dates are worth repeating.

mod cover;
mod info;
mod placeholders;
mod title;

use amparo_pdf::{Bookmark, Options, Page, Pdf};

use super::dates::{Printed, printed_dates};
use super::{Error, Extracted, Limits, Warning};
use crate::document::{Date, Dated, Format, Locator, Metadata, Paragraph, Passage, Role};

/// Printed dates that are kept: one of the first is the document's, if any is.
const MOST_DATES: usize = 4;

/// Characters of a document's beginning in which its date is looked for.
const OPENING: usize = 4_000;

/// The pages of a PDF. On a thread of a rayon pool, the pages of a long document are read by all of the pool's threads.
///
/// # Errors
/// When it needs a password, or its objects cannot be read.
pub fn extract(bytes: &[u8], limits: &Limits) -> Result<Extracted, Error> {
    let Pdf { pages, bookmarks, info, warnings, .. } = amparo_pdf::read(bytes, &options(limits))?;
    let passages: Vec<Passage> = pages.into_iter().map(|page| passage(page, &bookmarks)).collect();
    let metadata = metadata(info::metadata(&info), &passages);
    let warnings = warnings.into_iter().map(Warning::from).collect();
    Ok(Extracted { format: Format::Pdf, metadata, passages, warnings })
}

fn options(limits: &Limits) -> Options {
    let Limits { passages, operations, depth, decompressed, characters, seconds } = *limits;
    let limits = amparo_pdf::Limits {
        pages: passages,
        operations,
        depth,
        decompressed,
        characters,
        seconds,
    };
    Options { limits, words: false }
}

impl From<amparo_pdf::Error> for Error {
    fn from(error: amparo_pdf::Error) -> Self {
        match error {
            amparo_pdf::Error::NeedsPassword => Self::NeedsPassword,
            amparo_pdf::Error::Encryption(reason) => Self::Encryption(reason),
            amparo_pdf::Error::Broken(reason) => Self::Broken { format: "PDF", reason },
            other => Self::Broken { format: "PDF", reason: other.to_string() },
        }
    }
}

impl From<amparo_pdf::Warning> for Warning {
    fn from(warning: amparo_pdf::Warning) -> Self {
        match warning {
            amparo_pdf::Warning::Limit(limit) => Self::Limit(limit),
            other => Self::Damaged(other.to_string()),
        }
    }
}

impl From<amparo_pdf::Paragraph> for Paragraph {
    fn from(paragraph: amparo_pdf::Paragraph) -> Self {
        let role = match paragraph.role {
            amparo_pdf::Role::Heading => Role::Heading,
            amparo_pdf::Role::Furniture => Role::Furniture,
            _ => Role::Body,
        };
        let font_size = Some(paragraph.font_size);
        Self { role, font_size, ..Self::body(paragraph.text) }
    }
}

fn passage(page: Page, bookmarks: &[Bookmark]) -> Passage {
    let note = |text| Paragraph { role: Role::Note, ..Paragraph::body(text) };
    let printed = page.paragraphs.into_iter().map(Paragraph::from);
    let paragraphs = printed
        .chain(page.values.into_iter().map(Paragraph::body))
        .chain(page.notes.into_iter().map(note));
    let section = section(bookmarks, page.number);
    let locator = Locator::Page { number: page.number, label: page.label };
    Passage::new(locator, section, paragraphs.collect())
}

/// What the file says of itself, and where it is silent what its first pages show.
fn metadata(stated: Metadata, passages: &[Passage]) -> Metadata {
    // A file's date is that of its making: what is printed is better, unless it lies after that.
    let latest = stated.published.or_else(|| Date::new(2100, None, None));
    let mut dates = latest.map(|latest| printed(passages, latest)).unwrap_or_default();
    let title = stated.title.clone().or_else(|| cover::title(passages));
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
