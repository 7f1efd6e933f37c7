//! Directories that fail, for tests: a disk that is full, one that fails once, and power that goes at some moment.
//!
//! A test gives a folder such a fate; whoever then opens the index of that folder meets it, until the test takes it back. The
//! files are real ones, so that the next run finds what a failed one left.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, LazyLock, Mutex};

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite,
    WatchCallback, WatchHandle, WritePtr,
};

/// What happens at an operation of a directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing: operations are only counted.
    None,
    /// From then on nothing can be written.
    Full,
    /// That operation fails, and only that one.
    Once,
    /// Half of what is written there is, and then nothing works any more. What was not synchronised is lost.
    Power,
    /// That reading fails, and only that one.
    Read,
}

/// A fault, when it comes, and how far it is until then.
#[derive(Debug)]
pub(crate) struct Fate {
    fault: Fault,
    at: usize,
    operations: AtomicUsize,
    over: AtomicBool,
    /// Files that have been written and not synchronised.
    loose: Mutex<Vec<PathBuf>>,
}

static FATES: LazyLock<Mutex<HashMap<PathBuf, Arc<Fate>>>> = LazyLock::new(Mutex::default);

/// Gives the index of a folder a fate: a fault at the operation of this number.
pub(crate) fn give(path: &Path, fault: Fault, at: usize) -> Arc<Fate> {
    let fate = Arc::new(Fate {
        fault,
        at,
        operations: AtomicUsize::new(0),
        over: AtomicBool::new(false),
        loose: Mutex::default(),
    });
    FATES.lock().unwrap().insert(path.to_owned(), Arc::clone(&fate));
    fate
}

/// Takes the fate back. Where power has gone, what was not synchronised is cut in half.
pub(crate) fn take_back(path: &Path) {
    let Some(fate) = FATES.lock().unwrap().remove(path) else { return };
    if fate.fault != Fault::Power || !fate.has_come() {
        return;
    }
    for file in fate.loose.lock().unwrap().drain(..) {
        let path = path.join(file);
        if let Ok(file) = std::fs::File::options().write(true).open(&path) {
            let _ = file.set_len(file.metadata().unwrap().len() / 2);
        }
    }
}

/// The directory of a folder that has a fate.
pub(super) fn directory(path: &Path) -> Option<Box<dyn Directory>> {
    let fate = Arc::clone(FATES.lock().unwrap().get(path)?);
    let inner = MmapDirectory::open(path).ok()?;
    Some(Box::new(Fated { inner, fate }))
}

impl Fate {
    /// Operations so far.
    pub fn operations(&self) -> usize {
        self.operations.load(SeqCst)
    }

    /// Whether the fault has come.
    pub fn has_come(&self) -> bool {
        self.over.load(SeqCst)
    }

    /// An operation begins: whether it fails.
    fn meet(&self, reads: bool) -> io::Result<()> {
        let number = match (self.fault, self.has_come()) {
            (Fault::Power, true) => self.at,
            (fault, _) if reads == (fault == Fault::Read) => self.operations.fetch_add(1, SeqCst),
            _ => return Ok(()),
        };
        let fails = match self.fault {
            Fault::None => false,
            Fault::Full => number >= self.at,
            Fault::Once | Fault::Read | Fault::Power => number == self.at,
        };
        if !fails {
            return Ok(());
        }
        self.over.store(true, SeqCst);
        Err(match self.fault {
            Fault::Full => io::ErrorKind::StorageFull.into(),
            _ => io::Error::other("a fault on purpose"),
        })
    }

    fn settle(&self, path: &Path) {
        self.loose.lock().unwrap().retain(|loose| loose != path);
    }
}

#[derive(Clone, Debug)]
struct Fated {
    inner: MmapDirectory,
    fate: Arc<Fate>,
}

/// A file that is being written.
struct FatedFile {
    inner: WritePtr,
    path: PathBuf,
    fate: Arc<Fate>,
}

impl Write for FatedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let was_over = self.fate.has_come();
        if let Err(error) = self.fate.meet(false) {
            if self.fate.fault == Fault::Power && !was_over {
                self.inner.write_all(&bytes[..bytes.len() / 2])?;
                self.inner.flush()?;
            }
            return Err(error);
        }
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl TerminatingWrite for FatedFile {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.fate.meet(false)?;
        self.inner.terminate_ref(token)?;
        self.fate.settle(&self.path);
        Ok(())
    }
}

impl Directory for Fated {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let met = self.fate.meet(true);
        met.map_err(|error| OpenReadError::wrap_io_error(error, path.to_owned()))?;
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.fate.meet(false).map_err(|error| DeleteError::IoError {
            io_error: Arc::new(error),
            filepath: path.to_owned(),
        })?;
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let met = self.fate.meet(false);
        met.map_err(|error| OpenWriteError::wrap_io_error(error, path.to_owned()))?;
        let inner = self.inner.open_write(path)?;
        self.fate.loose.lock().unwrap().push(path.to_owned());
        let file = FatedFile { inner, path: path.to_owned(), fate: Arc::clone(&self.fate) };
        // As large as the engine's own buffers would be too large for a small index to have many writes.
        Ok(io::BufWriter::with_capacity(512, Box::new(file)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let met = self.fate.meet(true);
        met.map_err(|error| OpenReadError::wrap_io_error(error, path.to_owned()))?;
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.fate.meet(false)?;
        self.inner.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.fate.meet(false)?;
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.inner.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}
