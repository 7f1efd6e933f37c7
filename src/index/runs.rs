//! Where the live passages of each document stand in a segment, told once for a snapshot.
//!
//! A document's passages are written one after another, and what they share of it (its id, when it was published) is the same
//! for all. So it is read once for a run of them, not for each passage that a search finds. So are the documents' paths, by
//! which ties are broken.

use std::ops::Range;

use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::{Fields, KIND_PASSAGE, field};
use crate::document::DocumentId;

/// Live passages of one document that stand one after another, in their order and without a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentRun {
    /// The document.
    pub document: DocumentId,
    /// Hash of the document's text.
    pub text_hash: u64,
    /// The first passage's number in the segment.
    pub start: DocId,
    /// The number after the last one's.
    pub end: DocId,
    /// The first passage's number within the document.
    pub ordinal: u64,
    /// The first day on which the document may have been published, `yyyymmdd`.
    pub first_day: Option<u64>,
    /// The last such day.
    pub last_day: Option<u64>,
}

impl DocumentRun {
    /// The passages, by their numbers in the segment.
    pub fn docs(&self) -> Range<DocId> {
        self.start..self.end
    }

    /// A passage's number within the document.
    pub fn ordinal_of(&self, doc: DocId) -> u64 {
        self.ordinal + u64::from(doc - self.start)
    }
}

/// The runs of a segment, in order: together all of its live passages.
///
/// # Errors
/// When the index cannot be read.
pub fn of(segment: &SegmentReader, fields: &Fields) -> tantivy::Result<Vec<DocumentRun>> {
    let term = Term::from_field_text(fields.kind, KIND_PASSAGE);
    let inverted = segment.inverted_index(fields.kind)?;
    let mut runs: Vec<DocumentRun> = Vec::new();
    let Some(mut passages) = inverted.read_postings(&term, IndexRecordOption::Basic)? else {
        return Ok(runs);
    };
    let column = |name| segment.fast_fields().u64(name);
    let (documents, ordinals): (Column, Column) =
        (column(field::DOCUMENT)?, column(field::ORDINAL)?);
    let texts: Column = column(field::TEXT_HASH)?;
    let (first, last) = (column(field::PUBLISHED_FIRST)?, column(field::PUBLISHED_LAST)?);
    let alive = segment.alive_bitset();
    while passages.doc() != TERMINATED {
        let doc = passages.doc();
        passages.advance();
        if alive.is_some_and(|alive| !alive.is_alive(doc)) {
            continue;
        }
        let document = DocumentId(documents.first(doc).unwrap_or(0));
        let ordinal = ordinals.first(doc).unwrap_or(0);
        // The members of a merged file were published on days of their own.
        let days = (first.first(doc), last.first(doc));
        match runs.last_mut() {
            Some(run)
                if run.document == document
                    && run.end == doc
                    && run.ordinal_of(doc) == ordinal
                    && (run.first_day, run.last_day) == days =>
            {
                run.end += 1;
            }
            _ => runs.push(DocumentRun {
                document,
                text_hash: texts.first(doc).unwrap_or(0),
                start: doc,
                end: doc + 1,
                ordinal,
                first_day: days.0,
                last_day: days.1,
            }),
        }
    }
    Ok(runs)
}

/// The paths of the documents that have passages in a segment.
pub struct DocumentPaths {
    column: Option<StrColumn>,
    /// By their numbers in the column.
    paths: Vec<String>,
}

impl DocumentPaths {
    /// Reads those of a segment.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn of(segment: &SegmentReader) -> tantivy::Result<Self> {
        let column = segment.fast_fields().str(field::DOCUMENT_PATH)?;
        let mut paths = Vec::new();
        if let Some(column) = &column {
            let mut stream = column.dictionary().stream()?;
            while stream.advance() {
                paths.push(String::from_utf8_lossy(stream.key()).into_owned());
            }
        }
        Ok(Self { column, paths })
    }

    /// The path of a passage's document; empty for what is no passage.
    pub fn path(&self, doc: DocId) -> &str {
        let number = self.column.as_ref().and_then(|column| column.term_ords(doc).next());
        number.and_then(|number| self.paths.get(number as usize)).map_or("", String::as_str)
    }
}
