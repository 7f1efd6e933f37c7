//! What an ingest did, and what happens while it runs.

use std::path::PathBuf;

use serde::Serialize;

use super::walk::Skipped;
use crate::index::record::FileRecord;

/// Something that happened, for whoever shows progress.
#[derive(Debug)]
pub enum Event<'a> {
    /// Reading begins.
    Planned {
        /// Files to read.
        files: usize,
        /// Their bytes.
        bytes: u64,
    },
    /// A file was read; its record says what came of it.
    Read {
        /// The file.
        file: &'a FileRecord,
        /// Pages and sections that came out of it.
        passages: usize,
    },
    /// A file that was to be read has gone in the meantime.
    Vanished(&'a FileRecord),
    /// The documents of an index of an earlier version begin to be taken over from their stored text.
    Migrating {
        /// How many.
        documents: usize,
    },
    /// One of them is done.
    Migrated,
    /// Documents begin to be described again from their stored text.
    Redescribing {
        /// How many.
        documents: usize,
    },
    /// One of them is done.
    Redescribed,
    /// Passages begin to be given their vectors; their words can be searched already.
    Encoding {
        /// How many.
        passages: usize,
    },
    /// Some of them have theirs, on the disk.
    Encoded {
        /// How many.
        passages: usize,
    },
}

/// What an ingest did.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// Files that may hold a document, found under the given paths.
    pub found: usize,
    /// Files that the index did not know.
    pub added: usize,
    /// Files that it knew with other content or another row of the catalogue.
    pub changed: usize,
    /// Files that are as it knew them, but were read by what reads them otherwise today: they are read again.
    pub outdated: usize,
    /// Files that it knew under a path that is gone.
    pub moved: usize,
    /// Files that are as it knew them; they were not opened.
    pub unchanged: usize,
    /// Files that are gone; they left the index.
    pub removed: usize,
    /// Files that are gone and were kept.
    pub missing: usize,
    /// Files read whose document is the same, byte for byte, as that of another path.
    pub copies: usize,
    /// Documents described again from their stored text: by another path, row or taxonomy.
    pub redescribed: usize,
    /// Documents taken over from an index of an earlier version, which was made into one of this.
    #[serde(rename = "taken_over")]
    pub migrated: usize,
    /// Files of which nothing could be read.
    pub failed: usize,
    /// Files of which parts could not be read.
    pub warned: usize,
    /// Pages and sections indexed from files.
    pub passages: usize,
    /// Bytes of the files read.
    pub bytes: u64,
    /// Bytes of text that came out of them.
    pub text_bytes: u64,
    /// Wall time in seconds.
    pub seconds: f64,
    /// Paths that are not read, and why.
    pub skipped: Vec<Skipped>,
    /// Paths of the catalogue's rows that are no file of the library.
    pub rows_without_file: Vec<PathBuf>,
    /// Files in a catalogue's folder that it has no row for.
    pub files_without_row: Vec<PathBuf>,
    /// The taxonomy has changed since: every document was described again.
    pub taxonomy_changed: bool,
    /// Nothing was done: a dry run.
    pub dry_run: bool,
}
