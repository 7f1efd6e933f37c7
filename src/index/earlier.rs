//! An index of an earlier schema version: what it stores, to make a new one of, and how the new one takes its place.
//!
//! Terms, columns and postings of another version mean nothing here; the records of files and the text of passages do, as long
//! as they can still be read. Until the new index is whole the earlier one stays as it is, and after a crash too.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tantivy::directory::error::LockError;
use tantivy::directory::{Directory, DirectoryLock, INDEX_WRITER_LOCK};

use super::record::{FileRecord, PassageRecord};
use super::stored::Stored;
use super::{Error, SCHEMA_VERSION, directory, engine, manifest_of, writer};
use crate::document::DocumentId;

/// Name of the file in which the engine says what its last commit has. Whoever puts another there replaces the index.
const META: &str = "meta.json";

/// Name of the file in which the engine lists the files that it may delete.
const MANAGED: &str = ".managed.json";

/// An index of an earlier version. Nobody else writes it as long as this lives.
pub struct Earlier {
    stored: Stored,
    roots: Vec<String>,
    path: PathBuf,
    directory: Box<dyn Directory>,
    _lock: DirectoryLock,
}

impl std::fmt::Debug for Earlier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Earlier").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Earlier {
    /// Opens the index of a folder that has this version.
    ///
    /// # Errors
    /// [`Error::Version`] for one that is newer than this program, [`Error::Unreadable`] for one whose records it does not
    /// understand, [`Error::Locked`] while somebody writes it.
    pub fn open(path: &Path, version: u32) -> Result<Self, Error> {
        if version > SCHEMA_VERSION {
            return Err(Error::Version { path: path.to_owned(), found: version });
        }
        let directory = directory(path)?;
        let lock = directory.acquire_lock(&INDEX_WRITER_LOCK).map_err(|error| match error {
            LockError::LockBusy => writer::locked(path),
            LockError::IoError(source) => Error::Io {
                path: path.to_owned(),
                source: std::io::Error::new(source.kind(), source.to_string()),
            },
        })?;
        let index = tantivy::Index::open(directory.box_clone()).map_err(engine)?;
        let roots = manifest_of(&index)?.map(|manifest| manifest.roots).unwrap_or_default();
        let stored = Stored::of(&index).map_err(|_| Self::unreadable(path))?;
        Ok(Self { stored, roots, path: path.to_owned(), directory, _lock: lock })
    }

    /// The folders and files that were ingested.
    pub fn roots(&self) -> &[String] {
        &self.roots
    }

    /// Gives every file's record to `take`, one after another, in no order.
    ///
    /// # Errors
    /// [`Error::Unreadable`] for a record that is of another form, or when the index cannot be read.
    pub fn each_file(&self, take: impl FnMut(FileRecord)) -> Result<(), Error> {
        self.readable(self.stored.each_file(take))
    }

    /// The records of every file that holds a document, first the one that describes it.
    ///
    /// # Errors
    /// [`Error::Unreadable`] for a record that is of another form, or when the index cannot be read.
    pub fn files_of(&self, id: DocumentId) -> Result<Vec<FileRecord>, Error> {
        self.readable(self.stored.files_of(id))
    }

    /// A document's passages in their order.
    ///
    /// # Errors
    /// [`Error::Unreadable`] for a record that is of another form, or when the index cannot be read.
    pub fn passages_of(&self, id: DocumentId) -> Result<Vec<PassageRecord>, Error> {
        let addresses = self.stored.passages_of(id)?.into_iter();
        self.readable(addresses.map(|address| self.stored.passage(address)).collect())
    }

    /// Puts the whole index that stands in a folder within this one's own in its place, at one stroke: before it the folder has
    /// this index, after it the other. The next writer deletes what is left of this one.
    ///
    /// # Errors
    /// When the file system refuses; this index stands.
    pub fn give_way(self, next: &Path) -> Result<(), Error> {
        let io = |path: &Path| {
            let path = path.to_owned();
            move |source| Error::Io { path, source }
        };
        let mut managed = managed_of(&self.path)?;
        managed.extend(managed_of(next)?);
        let list = serde_json::to_vec(&managed)?;
        // First, so that whatever of the new files a crash leaves behind is known to be the engine's.
        self.directory.atomic_write(Path::new(MANAGED), &list).map_err(io(&self.path))?;
        for name in managed.iter().filter(|name| name.as_os_str() != META) {
            let from = next.join(name);
            if from.is_file() {
                std::fs::rename(&from, self.path.join(name)).map_err(io(&from))?;
            }
        }
        self.directory.sync_directory().map_err(io(&self.path))?;
        let meta = next.join(META);
        std::fs::rename(&meta, self.path.join(META)).map_err(io(&meta))?;
        self.directory.sync_directory().map_err(io(&self.path))?;
        std::fs::remove_dir_all(next).map_err(io(next))
    }

    /// What was read, or that it is of another form.
    fn readable<T>(&self, read: Result<T, Error>) -> Result<T, Error> {
        read.map_err(|error| match error {
            Error::Record(_) => Self::unreadable(&self.path),
            error => error,
        })
    }

    fn unreadable(path: &Path) -> Error {
        Error::Unreadable(path.to_owned())
    }
}

/// The files that the engine says are its own.
fn managed_of(path: &Path) -> Result<BTreeSet<PathBuf>, Error> {
    let list = path.join(MANAGED);
    let said = std::fs::read(&list).map_err(|source| Error::Io { path: list, source })?;
    Ok(serde_json::from_slice(&said)?)
}
