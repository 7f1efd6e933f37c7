//! The one writer of an index: passages and file records in, commits out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tantivy::directory::Directory;
use tantivy::directory::error::LockError;
use tantivy::merge_policy::NoMergePolicy;
use tantivy::{IndexWriter, TantivyDocument, TantivyError, Term};

use super::merges;
use super::passages::PassageDocument;
use super::record::FileRecord;
use super::{Error, Fields, KIND_FILE, KIND_PASSAGE, Manifest, create, engine, manifest_of, open};
use crate::document::DocumentId;

/// Memory that tantivy's indexing threads may fill before a segment goes to disk, in bytes, for all threads together.
const HEAP: usize = 128 << 20;

/// Name of the file that says who writes the index.
const HOLDER: &str = "writer.json";

/// Writes an index. Only one writer exists for an index at a time; readers are not disturbed by it.
pub struct Writer {
    inner: IndexWriter,
    fields: Fields,
    /// Records of files by path, which go out together with the next commit: stored among passages, as many blocks of text would
    /// have to be taken apart to read them as there are files.
    files: Mutex<BTreeMap<String, TantivyDocument>>,
    path: PathBuf,
    /// What the index says of itself; goes out with the next commit.
    pub manifest: Manifest,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Writer {
    /// Opens the index of a folder for writing, creating it if there is none.
    ///
    /// # Errors
    /// [`Error::Locked`] while another process writes it, [`Error::Version`] for an index of another version.
    pub fn open(path: &Path, threads: usize) -> Result<Self, Error> {
        let (index, fields) = match open(path) {
            Err(Error::Missing(_)) => create(path)?,
            opened => opened?,
        };
        let manifest = manifest_of(&index)?.unwrap_or_default();
        let threads = threads.clamp(1, 8);
        let inner = match index.writer_with_num_threads(threads, HEAP.max(threads * (16 << 20))) {
            Err(TantivyError::LockFailure(LockError::LockBusy, _)) => {
                return Err(locked(path));
            }
            writer => writer.map_err(engine)?,
        };
        inner.set_merge_policy(Box::new(merges::policy()));
        // What an interrupted writer left is in the way of this one, which gives its files the same names.
        inner.garbage_collect_files().wait().map_err(engine)?;
        // Only says who holds the lock, which is tantivy's own; a stale one is overwritten.
        let started = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let holder = serde_json::json!({
            "process": std::process::id(),
            "since": started.map_or(0, |since| since.as_secs()),
        });
        let holder_path = path.join(HOLDER);
        std::fs::write(&holder_path, holder.to_string())
            .map_err(|source| Error::Io { path: holder_path, source })?;
        Ok(Self { inner, fields, files: Mutex::default(), path: path.to_owned(), manifest })
    }

    /// Adds a document's passages, in place of those it has.
    ///
    /// # Errors
    /// When the engine refuses: a full disk, most likely.
    pub fn put_passages(
        &self,
        id: DocumentId,
        passages: Vec<PassageDocument>,
    ) -> Result<(), Error> {
        self.remove_passages(id);
        self.add_passages(passages)
    }

    /// Adds the passages of a document that has none: the engine looks for what is removed in every segment, so one does not
    /// remove what is not there.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn add_passages(&self, passages: Vec<PassageDocument>) -> Result<(), Error> {
        for passage in passages {
            self.inner.add_document(passage.0).map_err(engine)?;
        }
        Ok(())
    }

    /// Writes a file's record, in place of the one that its path has.
    ///
    /// # Errors
    /// When it cannot be stored.
    pub fn put_file(&self, record: &FileRecord) -> Result<(), Error> {
        self.remove_file(&record.path);
        self.add_file(record)
    }

    /// Writes the record of a file whose path has none.
    ///
    /// # Errors
    /// When it cannot be stored.
    pub fn add_file(&self, record: &FileRecord) -> Result<(), Error> {
        let fields = &self.fields;
        let mut document = TantivyDocument::new();
        document.add_text(fields.kind, KIND_FILE);
        document.add_text(fields.path, &record.path);
        if let Some(known) = &record.document {
            document.add_u64(fields.document, known.id.0);
            for number in known.signature.iter().flat_map(|signature| signature.0) {
                document.add_u64(fields.signature, number);
            }
        }
        document.add_bytes(fields.record, &serde_json::to_vec(record)?);
        self.files().insert(record.path.clone(), document);
        Ok(())
    }

    fn files(&self) -> MutexGuard<'_, BTreeMap<String, TantivyDocument>> {
        // No change to the map is made in two steps between which a panic could come.
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Removes the record of a path.
    pub fn remove_file(&self, path: &str) {
        self.files().remove(path);
        self.inner.delete_term(Term::from_field_text(self.fields.path, path));
    }

    /// Removes a document's passages; its files' records stay.
    pub fn remove_passages(&self, id: DocumentId) {
        use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
        use tantivy::schema::IndexRecordOption::Basic;
        let passage = Term::from_field_text(self.fields.kind, KIND_PASSAGE);
        let document = Term::from_field_u64(self.fields.document, id.0);
        let clauses: Vec<(Occur, Box<dyn Query>)> = [passage, document]
            .map(|term| (Occur::Must, Box::new(TermQuery::new(term, Basic)) as Box<dyn Query>))
            .into();
        // Deleting by query fails only for a field that is not indexed.
        let _ = self.inner.delete_query(Box::new(BooleanQuery::new(clauses)));
    }

    /// Makes everything since the last commit visible, all or nothing.
    ///
    /// # Errors
    /// When it cannot be written; the last commit stands.
    pub fn commit(&mut self) -> Result<(), Error> {
        for file in std::mem::take(&mut *self.files()).into_values() {
            self.inner.add_document(file).map_err(engine)?;
        }
        let payload = serde_json::to_string(&self.manifest)?;
        let mut prepared = self.inner.prepare_commit().map_err(engine)?;
        prepared.set_payload(&payload);
        prepared.commit().map_err(engine)?;
        // The engine leaves it to the system when the commit's own file is there to stay.
        let directory = self.inner.index().directory();
        directory.sync_directory().map_err(|source| Error::Io { path: self.path.clone(), source })
    }

    /// Merges no segments until [`Self::purge`] does, which no other merge may then stand in the way of.
    pub fn keep_segments(&self) {
        self.inner.set_merge_policy(Box::new(NoMergePolicy));
    }

    /// The last commit, to read while this writes on.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn snapshot(&self) -> Result<super::Snapshot, Error> {
        super::Snapshot::open(&self.path)
    }

    /// Merges every segment into one, so that the text of removed documents leaves the disk, and deletes old files.
    ///
    /// # Errors
    /// When it cannot be written; the last commit stands.
    pub fn purge(&mut self) -> Result<(), Error> {
        let with_deletes: Vec<_> = self
            .inner
            .index()
            .searchable_segment_metas()
            .map_err(engine)?
            .into_iter()
            .filter(tantivy::SegmentMeta::has_deletes)
            .map(|segment| segment.id())
            .collect();
        if !with_deletes.is_empty() {
            self.inner.merge(&with_deletes).wait().map_err(engine)?;
        }
        self.inner.garbage_collect_files().wait().map_err(engine)?;
        Ok(())
    }

    /// Waits for merges to end and lets go of the index.
    ///
    /// # Errors
    /// When a merge failed; what was committed stands.
    pub fn close(self) -> Result<(), Error> {
        let holder = self.path.join(HOLDER);
        self.inner.wait_merging_threads().map_err(engine)?;
        let _ = std::fs::remove_file(holder);
        Ok(())
    }
}

/// That an index is being written, and by whom.
pub(super) fn locked(path: &Path) -> Error {
    Error::Locked { path: path.to_owned(), holder: holder(path) }
}

/// Who holds the lock, in words.
fn holder(path: &Path) -> String {
    let said = std::fs::read_to_string(path.join(HOLDER)).unwrap_or_default();
    let said: serde_json::Value = serde_json::from_str(&said).unwrap_or_default();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    match (said["process"].as_u64(), said["since"].as_u64(), now) {
        (Some(process), Some(since), Ok(now)) => {
            let time = since % 86_400;
            let (hours, minutes, seconds) = (time / 3600, time / 60 % 60, time % 60);
            format!(
                "process {process}, for {} seconds, since {hours:02}:{minutes:02}:{seconds:02} UTC",
                now.as_secs().saturating_sub(since)
            )
        }
        _ => "another process".to_owned(),
    }
}
