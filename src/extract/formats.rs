//! The formats that text is taken out of: one table.
//!
//! Bytes or a name in, the row of a format out. To add a format, name it in [`Format`], write its reader beside the others, and
//! add its row here: the walk, the extractor, messages and output ask the table.

use super::{Error, Extracted, Limits, html, pdf};
use crate::document::Format;

/// What is known of a format.
#[derive(Debug)]
pub struct Kind {
    /// The format.
    pub format: Format,
    /// Its name in output and in the index.
    pub name: &'static str,
    /// Its IANA media type.
    pub media_type: &'static str,
    /// Endings of its files' names, in lower case.
    pub extensions: &'static [&'static str],
    /// Those of them beside whose files a browser puts a folder of pictures and frames.
    pub extensions_with_folder: &'static [&'static str],
    /// Whether a passage is a page, and cited by its number.
    pub has_pages: bool,
    /// Whether it is cited as a page of the web.
    pub is_web_page: bool,
    /// Whether a file is of it by its first bytes, as many as [`HEAD`].
    pub begins: fn(&[u8]) -> bool,
    /// Version of its reader: it changes whenever a file would be read into another text or other metadata than before, so that
    /// what was read is read again.
    pub version: u32,
    /// Takes the text out of a file's bytes.
    pub read: fn(&[u8], &Limits) -> Result<Extracted, Error>,
}

/// How much of a file its format is told by: ISO 32000-1, annex H has readers accept a PDF's header anywhere in so many bytes.
pub const HEAD: usize = 1024;

/// What is said of a file of none of them.
pub const UNKNOWN: &str = "neither PDF nor HTML";

/// Every format; of several that a file may be, the first is tried.
pub static FORMATS: [Kind; 2] = [
    Kind {
        format: Format::Pdf,
        name: "pdf",
        media_type: "application/pdf",
        extensions: &["pdf"],
        extensions_with_folder: &[],
        has_pages: true,
        is_web_page: false,
        begins: pdf_begins,
        version: 1,
        read: pdf::extract,
    },
    Kind {
        format: Format::Html,
        name: "html",
        media_type: "text/html",
        extensions: &["html", "htm", "xhtml", "mht", "mhtml"],
        extensions_with_folder: &["html", "htm", "xhtml"],
        has_pages: false,
        is_web_page: true,
        begins: html::begins,
        version: 1,
        read: html::extract,
    },
];

impl Format {
    /// The format's row in the table.
    pub fn kind(self) -> &'static Kind {
        let own = FORMATS.iter().find(|kind| kind.format == self);
        own.expect("a test finds each format in the table")
    }

    /// The format's name in output and in the index: `pdf` or `html`.
    pub fn as_str(self) -> &'static str {
        self.kind().name
    }

    /// Whether its passages are pages.
    pub fn has_pages(self) -> bool {
        self.kind().has_pages
    }

    /// The format of a file by its name alone.
    pub fn of_name(name: &str) -> Option<Self> {
        let extension = name.rsplit_once('.')?.1.to_lowercase();
        let own = |kind: &&Kind| kind.extensions.contains(&extension.as_str());
        FORMATS.iter().find(own).map(|kind| kind.format)
    }
}

/// The format of a file by its first bytes, or by its name where these are only text.
///
/// # Errors
/// [`Error::Empty`] or [`Error::UnknownFormat`].
pub fn sniff(bytes: &[u8], name: &str) -> Result<Format, Error> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    let told = FORMATS.iter().find(|kind| (kind.begins)(head)).map(|kind| kind.format);
    // A broken or late header still goes to the reader, whose reason is better than "unknown".
    told.or_else(|| Format::of_name(name)).ok_or(Error::UnknownFormat)
}

fn pdf_begins(head: &[u8]) -> bool {
    head.windows(5).any(|window| window == b"%PDF-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_has_one_row_and_is_named_to_people() {
        for kind in &FORMATS {
            assert_eq!(
                serde_json::to_value(kind.format).unwrap(),
                kind.name,
                "records have the name"
            );
            assert_eq!(kind.format.kind().name, kind.name);
            assert!(UNKNOWN.contains(&kind.name.to_uppercase()), "{UNKNOWN}");
            assert_eq!(
                Format::of_name(&format!("A.{}", kind.name.to_uppercase())),
                Some(kind.format)
            );
        }
    }

    #[test]
    fn no_extension_is_of_two_formats() {
        let mut all: Vec<&str> = FORMATS.iter().flat_map(|kind| kind.extensions).copied().collect();
        all.sort_unstable();
        assert!(all.windows(2).all(|pair| pair[0] != pair[1]), "{all:?}");
    }
}
