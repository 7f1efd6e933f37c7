//! Bytes in, text out: a file's passages in reading order, with what it says of itself.
//!
//! Does no I/O. A file that is damaged yields what could be read and a [`Warning`]; only a file of which nothing can be
//! read is an [`Error`].

pub mod dates;
pub mod formats;
pub mod html;
pub mod identity;
mod notes;
pub mod paragraph_numbers;
pub mod pdf;
pub mod sections;

use crate::document::{Format, Metadata, Passage};
use crate::language;
pub use formats::sniff;

/// What was taken out of one file.
#[derive(Clone, Debug)]
pub struct Extracted {
    /// The format that the bytes turned out to be.
    pub format: Format,
    /// What the file says of itself.
    pub metadata: Metadata,
    /// Its pages or sections in order. A PDF has one for each physical page, also for those without text.
    pub passages: Vec<Passage>,
    /// What went wrong on the way.
    pub warnings: Vec<Warning>,
}

impl Extracted {
    /// Whether any passage has text.
    pub fn has_text(&self) -> bool {
        self.passages.iter().any(|passage| !passage.paragraphs.is_empty())
    }
}

/// Something that went wrong with a file of which something could be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Warning {
    /// No page has text: most likely a scan.
    #[error("no text: scanned?")]
    NoText,
    /// Parts of the file are broken.
    #[error("damaged: {0}")]
    Damaged(String),
    /// A limit ended the reading; names the limit.
    #[error("stopped at the limit of {0}")]
    Limit(&'static str),
    /// A limit was passed, and what lies beyond it was read without its layout; names the limit.
    #[error("read as plain text beyond the limit of {0}")]
    Plain(&'static str),
    /// The text is not in the encoding that the file declares.
    #[error("declared as {declared}, read as {used}")]
    Encoding {
        /// The encoding's label in the file.
        declared: String,
        /// The encoding that fits its bytes.
        used: &'static str,
    },
}

/// Why nothing could be read of a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The file has no bytes.
    #[error("empty file")]
    Empty,
    /// Of no format of the table.
    #[error("{}", formats::UNKNOWN)]
    UnknownFormat,
    /// Encrypted with a user password.
    #[error("needs a password")]
    NeedsPassword,
    /// Encrypted in a way that cannot be undone.
    #[error("encrypted: {0}")]
    Encryption(String),
    /// Not readable as what it says it is.
    #[error("not a readable {format}: {reason}")]
    Broken {
        /// The format that its first bytes announce.
        format: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// The extractor failed on this file; nothing of it is kept.
    #[error("the extractor failed: {0}")]
    Panic(String),
}

/// What one file may cost before its reading is ended.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Pages or sections.
    pub passages: usize,
    /// Content operators (PDF) or nodes (HTML).
    pub operations: u64,
    /// Nesting of forms, page trees and elements.
    pub depth: usize,
    /// Bytes after decompression.
    pub decompressed: usize,
    /// Characters of text.
    pub characters: usize,
    /// Seconds of wall time.
    pub seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            passages: 50_000,
            operations: 200_000_000,
            depth: 64,
            decompressed: 1 << 30,
            characters: 200_000_000,
            seconds: 120,
        }
    }
}

/// What reads a format, by the version of its reader: a file that another version read may have another text by now. Without a
/// format, what tells one format from another.
pub fn version(format: Option<Format>) -> u32 {
    /// Changes by hand whenever a file of a known format may be known that was not.
    const TELLING: u32 = 1;
    let formats = (TELLING << 8) + formats::FORMATS.len() as u32;
    format.map_or(formats, |format| format.kind().version)
}

/// Takes the text out of a file's bytes, as it is indexed: the paragraphs' languages are told, and numbers of notes are words of
/// their own. `name` helps only where the bytes tell neither format nor symbol.
///
/// # Errors
/// When nothing can be read: see [`Error`].
pub fn extract(bytes: &[u8], name: &str, limits: &Limits) -> Result<Extracted, Error> {
    let format = sniff(bytes, name)?;
    let read = || (format.kind().read)(bytes, limits);
    // A parser that panics on one file must not take the run down with it.
    let mut extracted = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read))
        .unwrap_or_else(|payload| Err(Error::Panic(panic_text(payload.as_ref()))))?;
    identity::complete(&mut extracted, name);
    paragraph_numbers::tell(&mut extracted.passages);
    notes::part_numbers(&mut extracted.passages);
    language::tell_passages(&mut extracted.passages);
    if !extracted.has_text() && !extracted.warnings.contains(&Warning::NoText) {
        extracted.warnings.push(Warning::NoText);
    }
    Ok(extracted)
}

fn panic_text(payload: &(dyn std::any::Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "unknown panic".to_owned())
}
