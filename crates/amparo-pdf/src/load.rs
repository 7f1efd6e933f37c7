//! Bytes to a document of PDF objects: repaired where the file is damaged, decrypted where no password is asked for,
//! within bounds of memory and time.
//!
//! lopdf reads the objects; this room does around it what it leaves open: files without a header, a trailer or an end,
//! cross-references that describe other objects, objects that overlap, encryption slightly off the standard, and
//! object streams, all of them against one budget. It does not decode what stands on the pages.

mod admission;
mod bytes;
mod decrypt;
mod lengths;
mod members;
mod repair;

use std::borrow::Cow;

use lopdf::{Document, LoadOptions, Object, ObjectId};

use super::budget::Budget;
use super::pages;
use crate::{Error, Limits};

/// Most bytes that a cross-reference stream may unpack to: enough for two million objects.
const CROSS_REFERENCES: usize = 16 << 20;

/// The document in `bytes`: decrypted, and with the members of its object streams in their places. `budget` is told of
/// objects that were left out because the file has too much of them.
///
/// Its `xref_recovery` says whether its cross-references had to be rebuilt.
///
/// # Errors
/// [`Error::NeedsPassword`], [`Error::Encryption`], or [`Error::Broken`] with the reason in plain words.
pub(super) fn load(bytes: &[u8], limits: &Limits, budget: &Budget) -> Result<Document, Error> {
    let bytes = repair::prepare(bytes)?;
    let as_written = read(&bytes, limits, budget, false);
    if worth(&as_written, limits)
        .is_none_or(|(readable, expected)| expected > 0 && readable == expected)
    {
        return as_written;
    }
    let rebuilt = read(&bytes, limits, budget, true);
    let best =
        if worth(&rebuilt, limits) > worth(&as_written, limits) { rebuilt } else { as_written };
    if worth(&best, limits).is_some_and(|(readable, _)| readable > 0) {
        return best;
    }
    // No way leads from the trailer to a page: take every page that there is, in the order of the file.
    match read(&repair::with_empty_root(bytes), limits, budget, true).map(repair::adopt_pages) {
        Ok(Some(document)) => return Ok(document),
        Err(encrypted @ (Error::NeedsPassword | Error::Encryption(_))) => return Err(encrypted),
        Ok(None) | Err(_) => {}
    }
    best.and_then(|document| {
        if has_page_tree(&document) { Ok(document) } else { Err(broken("no pages in it")) }
    })
}

/// A file that is broken for a reason.
fn broken(reason: impl Into<String>) -> Error {
    Error::Broken(reason.into())
}

/// Reads the objects, with the cross-references as written or `rebuilt` from the objects themselves.
fn read(bytes: &[u8], limits: &Limits, budget: &Budget, rebuilt: bool) -> Result<Document, Error> {
    let objects = |bytes: &[u8]| {
        admission::supervised(bytes, limits, budget, |filter| {
            let options = LoadOptions {
                filter: Some(filter),
                max_decompressed_size: Some(limits.decompressed.min(CROSS_REFERENCES)),
                force_reconstruct: rebuilt,
                ..LoadOptions::default()
            };
            Document::load_mem_with_options(bytes, options)
        })
    };
    let mut document = objects(bytes)?;
    let mut corrected = Cow::Borrowed(bytes);
    if lengths::blank_wrong(&mut corrected, &document) {
        document = objects(&corrected)?;
    }
    decrypt::decrypt(&mut document)?;
    members::expand(&mut document, limits, budget);
    Ok(document)
}

/// How many of a document's pages and their contents are there, and how many should be; `None` where another way of
/// reading would not help.
fn worth(document: &Result<Document, Error>, limits: &Limits) -> Option<(usize, usize)> {
    let document = match document {
        Ok(document) => document,
        Err(Error::Broken(_)) => return Some((0, 0)),
        Err(_) => return None,
    };
    let mut readable = 0;
    let mut expected = 0;
    for page in pages::in_tree(document, limits.pages) {
        expected += 2;
        if let Ok(dictionary) = document.get_dictionary(page) {
            readable += 1 + usize::from(has_contents(document, dictionary.get(b"Contents").ok()));
        }
    }
    Some((readable, expected))
}

/// Whether the streams that a page's `/Contents` names are all there; a page may also have none.
fn has_contents(document: &Document, contents: Option<&Object>) -> bool {
    let there = |id: &ObjectId| document.has_object(*id);
    match contents {
        Some(Object::Reference(id)) => there(id),
        Some(Object::Array(parts)) => {
            parts.iter().all(|part| part.as_reference().is_ok_and(|id| there(&id)))
        }
        _ => true,
    }
}

fn has_page_tree(document: &Document) -> bool {
    let pages = document.catalog().and_then(|catalog| catalog.get_deref(b"Pages", document));
    pages.and_then(Object::as_dict).is_ok_and(|root| root.has(b"Kids"))
}

/// Why lopdf could not read a file, in plain words.
fn reason(error: &lopdf::Error) -> Cow<'static, str> {
    use lopdf::{DecompressError, ParseError};
    match error {
        lopdf::Error::Decompress(DecompressError::MemoryLimitExceeded { limit }) => {
            format!("a part of it unpacks to more than {} MB", limit >> 20).into()
        }
        lopdf::Error::Decompress(_) => "a compressed part of it is damaged".into(),
        lopdf::Error::Parse(ParseError::InvalidFileHeader) => "no PDF header".into(),
        lopdf::Error::Xref(_)
        | lopdf::Error::Parse(ParseError::InvalidXref | ParseError::InvalidTrailer) => {
            "no trailer that leads to its pages".into()
        }
        other => other.to_string().into(),
    }
}

#[cfg(test)]
mod tests;
