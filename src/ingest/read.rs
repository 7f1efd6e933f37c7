//! One file, from its bytes to what the writer takes: read, extract, tell languages, annotate, describe.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::catalogue::{Catalogue, Row};
use super::describe;
use super::walk::Found;
use crate::annotate::{Annotator, Context};
use crate::document::DocumentId;
use crate::extract::{self, Extracted, Limits};
use crate::index::record::{DocumentRecord, FileRecord};
use crate::index::{PassageDocument, passage_documents};
use crate::language;

/// A file that has been read.
#[derive(Debug)]
pub struct Read {
    /// Its record, with the failure in it if nothing could be read.
    pub record: FileRecord,
    /// Its document's passages; `None` if the index has them already or nothing could be read.
    pub passages: Option<Vec<PassageDocument>>,
    /// Bytes of text that came out of it.
    pub text_bytes: u64,
}

/// What readers share.
#[derive(Debug)]
pub struct Reader<'a> {
    /// The library's catalogue.
    pub catalogue: &'a Catalogue,
    /// Documents whose passages the index has, by id; a file that holds one of them is a copy or was moved.
    pub indexed: &'a HashMap<DocumentId, DocumentRecord>,
    /// What one file may cost.
    pub limits: &'a Limits,
}

impl Reader<'_> {
    /// Reads one file. Whatever goes wrong is in its record.
    pub fn read(&self, file: &Found) -> Read {
        // The extractor catches its own panics; this one is for every stage after it.
        catch_unwind(AssertUnwindSafe(|| self.try_read(file))).unwrap_or_else(|_| {
            let record = self.blank_record(file);
            failed(FileRecord {
                failure: Some("a stage after extraction failed".to_owned()),
                ..record
            })
        })
    }

    fn try_read(&self, file: &Found) -> Read {
        let row = self.catalogue.row(&file.path);
        let mut record = self.blank_record(file);
        let bytes = match std::fs::read(&file.path) {
            Ok(bytes) => bytes,
            Err(error) => return failed(FileRecord { failure: Some(error.to_string()), ..record }),
        };
        let hash = blake3::hash(&bytes);
        let known = self.indexed.get(&DocumentId::from_hash(hash.as_bytes()));
        if let (Some(known), None) = (known, row) {
            record.document = Some(known.clone());
            return Read { record, passages: None, text_bytes: 0 };
        }
        let extracted = extract::extract(&bytes, record.file_name(), self.limits);
        drop(bytes);
        match extracted {
            Ok(extracted) => finish(record, extracted, &hash, row),
            Err(error) => failed(FileRecord { failure: Some(error.to_string()), ..record }),
        }
    }

    fn blank_record(&self, file: &Found) -> FileRecord {
        FileRecord {
            path: file.path.to_string_lossy().into_owned(),
            root: file.root.to_string_lossy().into_owned(),
            size: file.size,
            modified: file.modified,
            catalogue: self.catalogue.row(&file.path).map_or(0, |row| row.hash),
            failure: None,
            warnings: Vec::new(),
            document: None,
        }
    }
}

/// Tells languages, annotates and describes what was extracted.
fn finish(
    mut record: FileRecord,
    mut extracted: Extracted,
    hash: &blake3::Hash,
    row: Option<&Row>,
) -> Read {
    extract::notes::part_numbers(&mut extracted.passages);
    for passage in &mut extracted.passages {
        language::tell(&mut passage.paragraphs);
    }
    let file_name = record.file_name().to_owned();
    let title = describe::title(&extracted, row, &file_name);
    let context = Context {
        title: Some(&title),
        file_name: &file_name,
        catalogue_countries: row.map(|row| row.countries.as_slice()).unwrap_or_default(),
        catalogue_violations: row.map(|row| row.violations.as_slice()).unwrap_or_default(),
        published: row.and_then(|row| row.published).or(extracted.metadata.published),
    };
    let annotation = Annotator::builtin().annotate(&extracted.passages, &context);
    let text_bytes = text_bytes(&extracted);
    let document = describe::describe(hash, &extracted, title, row, &annotation.document);
    record.warnings = extracted.warnings.iter().map(ToString::to_string).collect();
    let passages = passage_documents(&document, &record.path, extracted.passages, &annotation);
    record.document = Some(document);
    match passages {
        Ok(passages) => Read { record, passages: Some(passages), text_bytes },
        Err(error) => {
            failed(FileRecord { failure: Some(error.to_string()), document: None, ..record })
        }
    }
}

fn failed(record: FileRecord) -> Read {
    Read { record, passages: None, text_bytes: 0 }
}

fn text_bytes(extracted: &Extracted) -> u64 {
    let paragraphs = extracted.passages.iter().flat_map(|passage| &passage.paragraphs);
    paragraphs.map(|paragraph| paragraph.text.len() as u64).sum()
}
