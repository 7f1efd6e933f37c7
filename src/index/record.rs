//! What the index keeps of a file and of a passage, as it is stored.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::document::{
    Date, Dated, DetectedPublisher, DocumentId, Format, Language, Locator, Metadata, Numbers,
    Paragraph, Part, Passage, PublisherKind, Role, Source,
};
use crate::extract;
use crate::language::{self, Letters};
use crate::near_duplicates::Signature;

/// One file of the library: how it was when it was read, and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Its path, absolute, as [`path_text`] writes it.
    pub path: String,
    /// The ingested folder (or file) under which it was found, absolute.
    pub root: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its modification time in nanoseconds since 1970; 0 where the system has none.
    pub modified: u64,
    /// What the library's catalogue says of it.
    pub row: Option<CatalogueRow>,
    /// Whether reading it took a process of its own down or did not end, so that it is read in one only.
    #[serde(rename = "apart")]
    pub isolated: bool,
    /// Why nothing could be read of it.
    pub failure: Option<String>,
    /// What went wrong with the parts that could not be read.
    pub warnings: Vec<String>,
    /// What read it; none for a record of a time before that was noted.
    #[serde(default)]
    pub read_by: Option<ReadBy>,
    /// The document in it, unless it failed: the same in the record of every copy.
    pub document: Option<DocumentRecord>,
}

/// What read a file: where it would be read by something else today, it is read again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadBy {
    /// The format it was read as; none where it is of none that is known.
    pub format: Option<Format>,
    /// Version of the format's reader: see [`extract::version`].
    pub extractor: u32,
    /// Version of what tells languages: see [`language::VERSION`].
    pub languages: u32,
    /// How it was set, where that changes what is read; empty for what is usual.
    pub settings: String,
}

impl ReadBy {
    /// What reads a file of this format today.
    pub fn today(format: Option<Format>) -> Self {
        Self {
            format,
            extractor: extract::version(format),
            languages: language::VERSION,
            settings: String::new(),
        }
    }

    /// Whether the same would read it today.
    pub fn is_of_today(&self) -> bool {
        *self == Self::today(self.format)
    }
}

/// What a catalogue says of one file. Kept with the file, so that its document can be described again without the catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueRow {
    /// Title.
    pub title: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// What kind of publisher it is.
    pub kind: Option<PublisherKind>,
    /// Published date.
    pub published: Option<Date>,
    /// Where it was published.
    pub url: Option<String>,
    /// Languages.
    pub languages: Vec<Language>,
    /// Codes of the countries it is about.
    pub countries: Vec<String>,
    /// Ids of the violations it is about.
    pub violations: Vec<String>,
    /// Every other column, by its header.
    pub other: Vec<(String, String)>,
    /// Hash of the row's cells and their headers, to notice a change; never 0.
    pub hash: u64,
}

/// A path as records, messages and the journal write it: as text, with the bytes that are none as U+FFFD and two digits each,
/// so that two names never become one.
pub fn path_text(path: &std::path::Path) -> String {
    if let Some(text) = path.to_str() {
        return text.to_owned();
    }
    let mut text = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(&format!("\u{FFFD}{byte:02x}"));
        }
    }
    text
}

impl FileRecord {
    /// Hash of the catalogue row that went into it; 0 without one.
    pub fn row_hash(&self) -> u64 {
        self.row.as_ref().map_or(0, |row| row.hash)
    }

    /// Whether it was read as it would be today.
    pub fn is_read_by_today(&self) -> bool {
        self.read_by.as_ref().is_some_and(ReadBy::is_of_today)
    }

    /// The path relative to the ingested folder, with `/` between its parts.
    pub fn relative_path(&self) -> String {
        let relative = std::path::Path::new(&self.path)
            .strip_prefix(&self.root)
            .ok()
            .filter(|relative| !relative.as_os_str().is_empty());
        match relative {
            Some(relative) => {
                let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
                parts.join("/")
            }
            None => self.file_name().to_owned(),
        }
    }

    /// The last part of the path.
    pub fn file_name(&self) -> &str {
        self.path.rsplit(['/', '\\']).next().unwrap_or(&self.path)
    }
}

/// Numbers of pages, in order, in words: "page 4", "pages 4, 7-9".
pub fn page_ranges(pages: &[u32]) -> String {
    let ranges: Vec<String> = pages
        .chunk_by(|one, next| one + 1 == *next)
        .map(|run| match run {
            [first, .., last] => format!("{first}-{last}"),
            _ => run.iter().map(u32::to_string).collect(),
        })
        .collect();
    format!("{} {}", if pages.len() == 1 { "page" } else { "pages" }, ranges.join(", "))
}

/// What is known of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Its id.
    pub id: DocumentId,
    /// BLAKE3 of its bytes in hexadecimal.
    pub hash: String,
    /// Its format.
    pub format: Format,
    /// Its title: the catalogue's, its own, the largest text of its first page, or its file's name.
    pub title: String,
    /// Its author.
    pub author: Option<String>,
    /// Who published it: the catalogue's, or what the document tells.
    pub publisher: Option<String>,
    /// What kind of publisher that is.
    pub kind: Option<PublisherKind>,
    /// Symbols and numbers under which it is cited, its own first.
    pub symbols: Vec<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// Where it was published.
    pub url: Option<String>,
    /// Its passages: pages of a PDF, sections of an HTML page, one more where a part ends on one and another begins.
    pub passages: u32,
    /// How many passages begin on the page of the one before.
    #[serde(default)]
    pub divided: u32,
    /// Its parts, in order; none if it is one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartRecord>,
    /// Hash of the text that has vectors: see [`text_hash`].
    #[serde(default)]
    pub text_hash: u64,
    /// Numbers of the pages that show only pictures, so that their text is not here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub picture_pages: Vec<u32>,
    /// What its text is compared by; none for a text too short.
    pub signature: Option<Signature>,
    /// Languages of its paragraphs with their share of the letters, the largest first.
    pub languages: Vec<LanguageShare>,
    /// Countries it is about, the strongest first; only what is asserted.
    pub countries: Vec<Weighted>,
    /// Violations it is about, the strongest first; only what is asserted.
    pub violations: Vec<Weighted>,
    /// Columns of the library's catalogue that have no field above.
    pub catalogue: Vec<(String, String)>,
    /// What the file says of itself, before anything else was known.
    pub own: Metadata,
    /// Who published it, before the catalogue was asked.
    #[serde(rename = "told_publisher")]
    pub detected_publisher: DetectedPublisher,
    /// When it was published, before the catalogue was asked: of its dates the likeliest that is not later than its file.
    #[serde(rename = "told_date")]
    pub detected_date: Option<Dated>,
    /// What this record and the passages were made from besides the file's own words.
    pub described_by: DescribedBy,
}

/// The path, the catalogue's row, the file's time and the taxonomy that went into a document's record and passages. Where they
/// are others by now, the document is described again from its stored text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DescribedBy {
    /// Path of the file; of several copies the first that the catalogue knows, or the first.
    pub path: String,
    /// Hash of its row; 0 without one.
    pub row: u64,
    /// The last day on which what the file holds can have been published; none where the file's time tells none.
    pub until: Option<Date>,
    /// Hash of the taxonomy.
    pub taxonomy: String,
}

/// A language and its share of a document's letters.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LanguageShare {
    /// The language.
    pub language: Language,
    /// 0 to 1.
    pub share: f32,
}

impl DocumentRecord {
    /// Pages of a PDF, sections of an HTML page.
    pub fn pages(&self) -> u32 {
        self.passages.saturating_sub(self.divided)
    }

    /// The part to which a passage of this number, from 0, belongs.
    pub fn part(&self, passage: u64) -> Option<&PartRecord> {
        self.parts.iter().find(|part| part.part.holds(passage))
    }
}

/// A part of a document, and what it is about; only what is asserted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartRecord {
    /// The part.
    #[serde(flatten)]
    pub part: Part,
    /// Countries it is about, the strongest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about_countries: Vec<Weighted>,
    /// Violations it is about, the strongest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about_violations: Vec<Weighted>,
}

/// A country's code or a violation's id with its aboutness.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weighted {
    /// Code or id.
    pub id: String,
    /// 0 to 1.
    pub weight: f32,
}

/// A passage as stored: all that is needed to show, quote and re-annotate it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PassageRecord {
    /// How it is cited.
    pub locator: Locator,
    /// The title of the section it stands in.
    pub section: Option<String>,
    /// Its paragraphs in reading order.
    pub paragraphs: Vec<ParagraphRecord>,
    /// Where its text comes from, if not from where that of its kind usually does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Whether pictures are all that it shows, or nearly.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pictures_only: bool,
}

/// A paragraph as stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ParagraphRecord {
    /// Its text.
    pub text: String,
    /// Its language.
    pub language: Language,
    /// What it is on its page.
    pub role: Role,
    /// A heading's size in points, which tells a chapter's from a section's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub font_size: Option<f32>,
    /// The number printed at its beginning, or at that of the paragraph it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// The language that it is marked with, so that its language can be told again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marked: Option<Language>,
}

/// Hash of the text that has vectors, with its parting into passages: vectors of another text are not these passages'.
pub fn text_hash(passages: &[Passage]) -> u64 {
    let mut hasher = blake3::Hasher::new();
    for passage in passages {
        for paragraph in passage.paragraphs.iter().filter(|one| is_shown(one.role)) {
            hasher.update(paragraph.text.as_bytes()).update(b"\n");
        }
        hasher.update(b"\x0c");
    }
    let mut head = [0; 8];
    head.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    u64::from_le_bytes(head)
}

/// Whether excerpts and vectors are made of text of this role: running heads and page numbers have none.
fn is_shown(role: Role) -> bool {
    role != Role::Furniture
}

impl From<Passage> for PassageRecord {
    fn from(passage: Passage) -> Self {
        let record = |paragraph: Paragraph| ParagraphRecord {
            text: paragraph.text,
            language: paragraph.language,
            role: paragraph.role,
            font_size: paragraph.font_size.filter(|_| paragraph.role == Role::Heading),
            number: paragraph.number,
            marked: paragraph.marked,
        };
        Self {
            source: Some(passage.source).filter(|own| *own != Source::usual(&passage.locator)),
            pictures_only: passage.pictures_only,
            locator: passage.locator,
            section: passage.section,
            paragraphs: passage.paragraphs.into_iter().map(record).collect(),
        }
    }
}

impl From<PassageRecord> for Passage {
    /// The passage as it was when it was stored, but for the font sizes of text that is no heading.
    fn from(record: PassageRecord) -> Self {
        let paragraph = |record: ParagraphRecord| Paragraph {
            text: record.text,
            language: record.language,
            role: record.role,
            font_size: record.font_size,
            marked: record.marked,
            number: record.number,
        };
        Self {
            source: record.source(),
            pictures_only: record.pictures_only,
            locator: record.locator,
            section: record.section,
            paragraphs: record.paragraphs.into_iter().map(paragraph).collect(),
        }
    }
}

impl PassageRecord {
    /// Where its text comes from.
    pub fn source(&self) -> Source {
        self.source.unwrap_or_else(|| Source::usual(&self.locator))
    }

    /// The paragraphs that excerpts are taken from: all but running heads and page numbers.
    pub fn shown(&self) -> impl Iterator<Item = &ParagraphRecord> {
        self.paragraphs.iter().filter(|paragraph| is_shown(paragraph.role))
    }

    /// The numbers printed of its paragraphs.
    pub fn numbers(&self) -> Numbers {
        let numbered = self.shown().filter(|paragraph| paragraph.number.is_some());
        Numbers::of(numbered.map(|it| (it.number, it.role, it.text.as_str())))
    }

    /// Which of the paragraphs shown hold these of their words, counted from the first.
    pub fn of_words(&self, words: Range<usize>) -> Range<usize> {
        let mut end = 0;
        let ends = self.shown().map(|paragraph| {
            end += paragraph.text.split_whitespace().count();
            end
        });
        let ends: Vec<usize> = ends.collect();
        let first = ends.partition_point(|end| *end <= words.start);
        let last = ends.partition_point(|end| *end < words.end);
        first..(last + 1).min(ends.len()).max(first)
    }

    /// The windows that have vectors, as these number them.
    pub fn windows(&self) -> Vec<String> {
        crate::semantic::windows(self.shown().map(|paragraph| paragraph.text.as_str()))
    }

    /// The passage's text, a blank line between paragraphs.
    pub fn text(&self) -> String {
        let texts: Vec<_> =
            self.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
        texts.join("\n\n")
    }

    /// The language of most of its text.
    pub fn language(&self) -> Language {
        let mut letters = Letters::default();
        for paragraph in &self.paragraphs {
            letters.add(paragraph.language, &paragraph.text);
        }
        letters.most().unwrap_or(Language::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_relative_to_the_ingested_folder() {
        let record = |path: &str, root: &str| FileRecord {
            path: path.into(),
            root: root.into(),
            size: 0,
            modified: 0,
            row: None,
            isolated: false,
            failure: None,
            warnings: Vec::new(),
            read_by: None,
            document: None,
        };
        assert_eq!(record("/lib/en/a.pdf", "/lib").relative_path(), "en/a.pdf");
        assert_eq!(record("/lib/en/a.pdf", "/lib/en/a.pdf").relative_path(), "a.pdf");
    }

    #[test]
    fn pages_are_named_by_their_ranges() {
        for (pages, expected) in
            [(&[4][..], "page 4"), (&[4, 7, 8, 9], "pages 4, 7-9"), (&[1, 2, 5], "pages 1-2, 5")]
        {
            assert_eq!(page_ranges(pages), expected);
        }
    }

    #[cfg(unix)]
    #[test]
    fn two_names_that_are_no_text_stay_two() {
        use std::os::unix::ffi::OsStrExt;
        let text =
            |bytes: &[u8]| path_text(std::path::Path::new(std::ffi::OsStr::from_bytes(bytes)));
        assert_eq!(text("/a/ñ.pdf".as_bytes()), "/a/ñ.pdf");
        assert_eq!(text(b"/a/\xf1.pdf"), "/a/\u{FFFD}f1.pdf");
        assert_ne!(text(b"/a/\xf1.pdf"), text(b"/a/\xf2.pdf"));
    }
}
