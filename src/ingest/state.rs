//! What must be at hand of each file and document of the index while a library is brought up to date: as little as will do,
//! since a library may hold a hundred thousand files. Titles, dates and whatever else a record says are read where they are
//! stored when they are asked for.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::describe::described_by;
use crate::document::DocumentId;
use crate::index::record::{CatalogueRow, DescribedBy, DocumentRecord, FileRecord, ReadBy};

/// A file: its record without the document that it holds.
#[derive(Clone, Debug)]
pub(super) struct FileState {
    /// Its path; shared with whoever else names it.
    pub path: Arc<str>,
    /// The ingested folder under which it was found.
    root: Arc<str>,
    /// Its size.
    pub size: u64,
    /// Its modification time.
    pub modified: u64,
    /// Its row of the catalogue.
    pub row: Option<Box<CatalogueRow>>,
    /// Whether it is read in isolation.
    pub isolated: bool,
    failure: Option<Box<str>>,
    /// What could not be read of it.
    pub warnings: Box<[String]>,
    /// What read it.
    pub read_by: Option<ReadBy>,
    /// The document in it.
    pub document: Option<DocumentId>,
    /// Whether the index has a record of its path.
    pub recorded: bool,
}

/// A document: who holds it, and what has become of its passages.
#[derive(Debug, Default)]
pub(super) struct DocumentState {
    /// Paths of the files that hold it, in order.
    pub holders: Vec<Arc<str>>,
    /// Its passages in the index.
    pub origin: PassageOrigin,
    /// What they, and the records of the files that hold it, were made from; see [`fingerprint`].
    pub described_by: u64,
    /// Hash of their text.
    pub text_hash: u64,
    /// How many passages it has.
    pub count: u32,
}

/// Where a document's passages come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum PassageOrigin {
    /// The index has none.
    #[default]
    None,
    /// They are as the snapshot has them.
    Stored,
    /// They were described again in this run, from what the snapshot has.
    Described,
    /// They came out of a file in this run, so that the snapshot has none or older ones.
    Fresh,
}

impl FileState {
    /// What is kept of a record; `root` is used for its folder where it is the same.
    pub fn of(record: FileRecord, root: &mut Arc<str>, recorded: bool) -> Self {
        if **root != *record.root {
            *root = record.root.into();
        }
        Self {
            path: record.path.into(),
            root: Arc::clone(root),
            size: record.size,
            modified: record.modified,
            row: record.row.map(Box::new),
            isolated: record.isolated,
            failure: record.failure.map(String::into_boxed_str),
            warnings: record.warnings.into(),
            read_by: record.read_by,
            document: record.document.map(|document| document.id),
            recorded,
        }
    }

    /// The whole record, with what is known of the document.
    pub fn record(&self, document: Option<DocumentRecord>) -> FileRecord {
        FileRecord {
            path: self.path.to_string(),
            root: self.root.to_string(),
            size: self.size,
            modified: self.modified,
            row: self.row.as_deref().cloned(),
            isolated: self.isolated,
            failure: self.failure.as_deref().map(str::to_owned),
            warnings: self.warnings.to_vec(),
            read_by: self.read_by.clone(),
            document,
        }
    }

    /// Whether what reads files today has read it.
    pub fn is_of_today(&self) -> bool {
        self.read_by.as_ref().is_some_and(ReadBy::is_of_today)
    }

    /// What the document is made from when this file describes it.
    pub fn fingerprint(&self) -> u64 {
        let row = self.row.as_ref().map_or(0, |row| row.hash);
        fingerprint(&described_by(&self.path, self.modified, row))
    }
}

impl DocumentState {
    /// Notes that a file holds it.
    pub fn hold(&mut self, path: &Arc<str>) {
        if let Err(place) = self.holders.binary_search(path) {
            self.holders.insert(place, Arc::clone(path));
        }
    }

    /// Notes that a file no longer does; whether no other does either.
    pub fn release(&mut self, path: &str) -> bool {
        self.holders.retain(|holder| **holder != *path);
        self.holders.is_empty()
    }

    /// Notes how its passages, of this origin, were described.
    pub fn describe(&mut self, document: &DocumentRecord, origin: PassageOrigin) {
        self.described_by = fingerprint(&document.described_by);
        self.text_hash = document.text_hash;
        self.count = document.passages;
        self.origin = origin;
    }
}

/// What a description was made from, as a number: two that differ share one with the probability of a broken disk.
fn fingerprint(by: &DescribedBy) -> u64 {
    let mut hasher = DefaultHasher::new();
    by.hash(&mut hasher);
    hasher.finish()
}
