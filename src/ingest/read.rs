//! One file, from its bytes to what the writer takes: read, extract, tell languages, annotate, describe.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use super::content::ExtractedContent;
use super::describe::describe;
use super::fault;
use super::isolated::{self, Refusal};
use super::journal::Journal;
use super::plan::Task;
use super::walk::modified;
use crate::document::DocumentId;
use crate::extract::{self, Limits};
use crate::index::PassageDocument;
use crate::index::record::{DocumentRecord, FileRecord, ReadBy, path_text};

/// A larger file is not read: it would have to be in memory whole.
const LARGEST: u64 = 1 << 30;

/// Of a file larger than this, the beginning must say that it is a document before the rest is read.
const LARGE: u64 = 32 << 20;

/// As much of a file's beginning is looked at.
const HEAD: u64 = 1 << 16;

/// A file that has been read.
#[derive(Debug)]
pub(super) struct Read {
    /// Its record, with the failure in it if nothing could be read, but without its document.
    pub record: FileRecord,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of reading a file.
#[derive(Debug)]
pub(super) enum Outcome {
    /// A document, described as if no other file held it.
    Document {
        /// Its record.
        document: Box<DocumentRecord>,
        /// Its passages.
        passages: Vec<PassageDocument>,
        /// Bytes of its text.
        text_bytes: u64,
    },
    /// A document that the index has.
    Known(DocumentId),
    /// Nothing; the record says why.
    Failed,
    /// The file has gone since it was found.
    Vanished,
}

/// What readers share.
#[derive(Debug)]
pub(super) struct Reader {
    /// Documents that the index has; a file that holds one of them is a copy or was moved.
    pub known: HashSet<DocumentId>,
    /// What one file may cost.
    pub limits: Limits,
    /// Where files in flight are noted.
    pub journal: Journal,
    /// The program that reads one file in isolation.
    pub program: Option<PathBuf>,
}

impl Read {
    /// A file of which nothing could be read.
    pub fn failed(mut record: FileRecord, failure: &dyn ToString) -> Self {
        record.read_by.get_or_insert_with(|| ReadBy::today(None));
        record.failure = Some(failure.to_string());
        Self { record, outcome: Outcome::Failed }
    }
}

impl Reader {
    /// Reads one file. Whatever goes wrong is in its record.
    pub fn read(&self, task: &Task) -> Read {
        // The extractor catches its own panics; this one is for every stage after it.
        catch_unwind(AssertUnwindSafe(|| self.try_read(task))).unwrap_or_else(|_| {
            Read::failed(blank_record(task), &"a stage after extraction failed")
        })
    }

    /// Reads one file in a process of its own, after it did not end here.
    pub fn read_again(&self, task: &Task) -> Read {
        self.read(&Task { isolated: true, ..task.clone() })
    }

    fn try_read(&self, task: &Task) -> Read {
        let mut record = blank_record(task);
        let bytes = match open(&task.found.path, &mut record).and_then(|file| bytes(file, &record))
        {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Read { record, outcome: Outcome::Vanished };
            }
            Err(error) => return Read::failed(record, &error),
        };
        let name = record.file_name().to_owned();
        record.read_by = Some(ReadBy::today(extract::sniff(&bytes, &name).ok()));
        let hash = blake3::hash(&bytes);
        let id = DocumentId::from_hash(hash.as_bytes());
        if self.known.contains(&id) {
            return Read { record, outcome: Outcome::Known(id) };
        }
        let path = record.path.clone();
        let reading = self.journal.reading(&path);
        let taken = if task.isolated {
            drop(bytes);
            let asked = isolated::ask(self.program.as_deref(), &task.found.path, &self.limits);
            record.isolated = matches!(asked, Err(Refusal::Ended(_)));
            asked.map_err(|(Refusal::Unreadable(why) | Refusal::Ended(why))| why)
        } else {
            fault::strike(&name, false);
            let taken = ExtractedContent::from_bytes(&bytes, &hash, &name, &self.limits);
            drop(bytes);
            taken.map_err(|error| error.to_string())
        };
        let read = finish(record, taken);
        drop(reading);
        read
    }
}

fn finish(mut record: FileRecord, taken: Result<ExtractedContent, String>) -> Read {
    let ExtractedContent { content, warnings } = match taken {
        Ok(taken) => taken,
        Err(failure) => return Read::failed(record, &failure),
    };
    let text_bytes = content.text_bytes();
    match describe(content, &record) {
        Ok((document, passages)) => {
            record.warnings = warnings;
            let document = Box::new(document);
            Read { record, outcome: Outcome::Document { document, passages, text_bytes } }
        }
        Err(error) => Read::failed(record, &error),
    }
}

/// The record of a file of which nothing is known but that it was found.
pub(super) fn blank_record(task: &Task) -> FileRecord {
    FileRecord {
        path: path_text(&task.found.path),
        root: path_text(&task.found.root),
        size: task.found.size,
        modified: task.found.modified,
        row: task.row.clone(),
        isolated: false,
        failure: None,
        warnings: Vec::new(),
        read_by: None,
        document: None,
    }
}

/// Opens a file, if it still is one, and notes its size and time as they are before it is read: if it changes meanwhile, the
/// next ingest sees that.
fn open(path: &Path, record: &mut FileRecord) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        // What was a file when it was found may be a pipe or a link by now: neither is waited for or followed.
        options.custom_flags((OFlags::NONBLOCK | OFlags::NOFOLLOW).bits().cast_signed());
    }
    let file = options.open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    record.size = metadata.len();
    record.modified = modified(&metadata);
    Ok(file)
}

/// The bytes of a file. A large one is read only if its beginning says that it is a document.
fn bytes(mut file: File, record: &FileRecord) -> io::Result<Vec<u8>> {
    if record.size > LARGEST {
        let megabytes = LARGEST >> 20;
        return Err(io::Error::other(format!("larger than {megabytes} MB")));
    }
    let mut bytes = Vec::new();
    if record.size > LARGE {
        file.by_ref().take(HEAD).read_to_end(&mut bytes)?;
        // Without the name, which would pass anything that calls itself a PDF.
        extract::sniff(&bytes, "").map_err(io::Error::other)?;
    }
    // One more, so that the end is seen without growing.
    bytes.reserve_exact(usize::try_from(record.size + 1).unwrap_or(0));
    // A file that grows while it is read has changed, and will be read again.
    file.take(LARGEST.saturating_sub(bytes.len() as u64)).read_to_end(&mut bytes)?;
    Ok(bytes)
}
