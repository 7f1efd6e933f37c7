//! Folders in, index up to date: walk, plan, read on every core, one writer, commits on the way.
//!
//! Returns a [`Report`] and tells an observer what happens; prints nothing. A bad file is a warning, never an error.

pub mod catalogue;
mod describe;
mod plan;
mod read;
mod walk;

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rayon::prelude::*;
use serde::Serialize;

pub use catalogue::Catalogue;
pub use walk::{Found, NOT_A_DOCUMENT, Skipped};

use crate::document::DocumentId;
use crate::extract::Limits;
use crate::index::record::{DocumentRecord, FileRecord};
use crate::index::{self, Snapshot, Writer};
use crate::taxonomy;
use plan::{Plan, plan};
use read::{Read, Reader};

/// Name of the catalogue that is used where it lies in an ingested folder and no other is given.
pub const CATALOGUE: &str = "CATALOGUE.csv";

/// Passages after which what has been done is committed.
const COMMIT_PASSAGES: usize = 50_000;

/// Time after which what has been done is committed.
const COMMIT_INTERVAL: Duration = Duration::from_secs(20);

/// Stack of a reading thread: parsers recurse as deep as their limits let them, in debug builds too.
const READER_STACK: usize = 32 << 20;

/// Prefix of the names of reading threads, so that a front can tell their panics, which are caught, from its own.
pub const READER_THREAD: &str = "amparo-read";

/// What to ingest, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// Folder of the index.
    pub index: PathBuf,
    /// The library's catalogue; without one, each folder's own [`CATALOGUE`] is used.
    pub catalogue: Option<PathBuf>,
    /// Leave the folders' own catalogues aside.
    pub ignore_catalogues: bool,
    /// Reading threads; `None` for one a core.
    pub jobs: Option<usize>,
    /// Read every file again.
    pub rebuild: bool,
    /// Find out what would be done, and do nothing.
    pub dry_run: bool,
    /// What one file may cost.
    pub limits: Limits,
}

impl Options {
    /// Ingests these paths into an index, with everything else as is usual.
    pub fn new(paths: Vec<PathBuf>, index: PathBuf) -> Self {
        Self {
            paths,
            index,
            catalogue: None,
            ignore_catalogues: false,
            jobs: None,
            rebuild: false,
            dry_run: false,
            limits: Limits::default(),
        }
    }
}

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
    Read(&'a FileRecord),
}

/// What an ingest did.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// Files that may hold a document, found under the given paths.
    pub found: usize,
    /// Files that the index did not know.
    pub added: usize,
    /// Files that it knew with other content.
    pub changed: usize,
    /// Files that are as it knew them; they were not opened.
    pub unchanged: usize,
    /// Files that are gone; they left the index.
    pub removed: usize,
    /// Files read whose document is the same, byte for byte, as that of another path.
    pub copies: usize,
    /// Files of which nothing could be read.
    pub failed: usize,
    /// Files of which parts could not be read.
    pub warned: usize,
    /// Pages and sections indexed.
    pub passages: usize,
    /// Bytes of the files read.
    pub bytes: u64,
    /// Bytes of text that came out of them.
    pub text_bytes: u64,
    /// Wall time in seconds.
    pub seconds: f64,
    /// Paths that are not read, and why.
    #[serde(skip)]
    pub skipped: Vec<Skipped>,
    /// Everything was read again because the taxonomy has changed since.
    pub taxonomy_changed: bool,
    /// Nothing was done: a dry run.
    pub dry_run: bool,
}

/// Why nothing could be ingested.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A given path is not there.
    #[error("{}", path.display())]
    Path {
        /// The path.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The catalogue cannot be used.
    #[error(transparent)]
    Catalogue(#[from] catalogue::Error),
    /// The index cannot be written.
    #[error(transparent)]
    Index(#[from] index::Error),
    /// The reading threads cannot be started.
    #[error("cannot start reading threads: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

/// Brings the index up to date with the given paths.
///
/// # Errors
/// Only when nothing can be done: a path that is not there, an unusable catalogue, an index that cannot be written.
pub fn ingest(options: &Options, observe: &(dyn Fn(Event<'_>) + Sync)) -> Result<Report, Error> {
    let started = Instant::now();
    let roots = absolute(&options.paths)?;
    let index = std::path::absolute(&options.index)
        .map_err(|source| Error::Path { path: options.index.clone(), source })?;
    let catalogue = catalogue_of(options, &roots)?;
    let (known, taxonomy_changed) = match Snapshot::open(&index) {
        Ok(snapshot) => (snapshot.files()?, snapshot.manifest().taxonomy != taxonomy::hash()),
        Err(index::Error::Missing(_)) => (Vec::new(), false),
        // A rebuild is the way out of an index of another version.
        Err(index::Error::Version { .. }) if options.rebuild && !options.dry_run => {
            std::fs::remove_dir_all(&index)
                .map_err(|source| Error::Path { path: index.clone(), source })?;
            (Vec::new(), false)
        }
        Err(error) => return Err(error.into()),
    };
    let known: HashMap<String, FileRecord> =
        known.into_iter().map(|record| (record.path.clone(), record)).collect();
    let walk = walk::walk(&roots, &index);
    let found = walk.files.len();
    let everything = options.rebuild || taxonomy_changed;
    let plan = plan(walk.files, &known, &catalogue, &roots, everything);
    let mut report = Report {
        found,
        added: plan.read.len() - plan.changed,
        changed: plan.changed,
        unchanged: plan.unchanged,
        removed: plan.gone.len(),
        skipped: walk.skipped,
        taxonomy_changed,
        dry_run: options.dry_run,
        ..Report::default()
    };
    observe(Event::Planned {
        files: plan.read.len(),
        bytes: plan.read.iter().map(|file| file.size).sum(),
    });
    let nothing_new = plan.read.is_empty() && plan.gone.is_empty();
    if !(options.dry_run || nothing_new && Snapshot::open(&index).is_ok()) {
        let jobs = options.jobs.unwrap_or_else(|| {
            std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get)
        });
        let mut writer = Writer::open(&index, jobs)?;
        for root in &roots {
            writer.manifest.add_root(&root.to_string_lossy());
        }
        let mut library = Library::new(known, everything);
        run(options, &plan, &catalogue, &mut library, &mut writer, jobs, &mut report, observe)?;
        // Last, so that a file that was moved finds its document still indexed and is not extracted again.
        library.remove(&plan.gone, &writer);
        writer.manifest.taxonomy = taxonomy::hash();
        writer.commit()?;
        writer.close()?;
    }
    report.seconds = started.elapsed().as_secs_f64();
    Ok(report)
}

/// Reads every planned file on its threads and hands what comes out to the writer, on this thread.
#[expect(clippy::too_many_arguments, reason = "called once, from the function it was cut out of")]
fn run(
    options: &Options,
    plan: &Plan,
    catalogue: &Catalogue,
    library: &mut Library,
    writer: &mut Writer,
    jobs: usize,
    report: &mut Report,
    observe: &(dyn Fn(Event<'_>) + Sync),
) -> Result<(), Error> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .stack_size(READER_STACK)
        .thread_name(|number| format!("{READER_THREAD}-{number}"))
        .build()?;
    let indexed = library.documents.clone();
    let reader = Reader { catalogue, indexed: &indexed, limits: &options.limits };
    let (sender, receiver) = crossbeam_channel::bounded::<Read>(jobs * 2);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let sender = sender;
            pool.install(|| {
                // A closed channel means that the writer failed; the error is reported there.
                let _ = plan
                    .read
                    .par_iter()
                    .try_for_each(|file| sender.send(reader.read(file)).map_err(drop));
            });
        });
        let mut last_commit = Instant::now();
        let mut uncommitted = 0;
        for mut read in receiver {
            if library.lacks_passages(&read) {
                let anew = Reader { catalogue, indexed: &HashMap::new(), limits: &options.limits };
                read = anew.read(&found_of(&read.record));
            }
            observe(Event::Read(&read.record));
            uncommitted += library.put(read, writer, report)?;
            if uncommitted >= COMMIT_PASSAGES || last_commit.elapsed() >= COMMIT_INTERVAL {
                writer.commit()?;
                (last_commit, uncommitted) = (Instant::now(), 0);
            }
        }
        Ok(())
    })
}

/// Which paths hold which document, kept in step with what the writer is given.
#[derive(Debug)]
struct Library {
    files: HashMap<String, FileRecord>,
    paths: HashMap<DocumentId, BTreeSet<String>>,
    /// Documents whose passages need not be made again.
    documents: HashMap<DocumentId, DocumentRecord>,
}

impl Library {
    /// With `everything`, no document's passages are taken for granted.
    fn new(files: HashMap<String, FileRecord>, everything: bool) -> Self {
        let mut paths: HashMap<_, BTreeSet<String>> = HashMap::new();
        let mut documents: HashMap<DocumentId, DocumentRecord> = HashMap::new();
        for record in files.values() {
            if let Some(document) = &record.document {
                paths.entry(document.id).or_default().insert(record.path.clone());
                if !everything {
                    documents.insert(document.id, document.clone());
                }
            }
        }
        Self { files, paths, documents }
    }

    /// Takes files that are gone out of the index.
    fn remove(&mut self, gone: &[String], writer: &Writer) {
        for path in gone {
            writer.remove_file(path);
            self.release(path, None, writer);
        }
    }

    /// A path no longer holds what it held; passages of a document that no path holds any more are removed, unless it is
    /// `kept`.
    fn release(&mut self, path: &str, kept: Option<DocumentId>, writer: &Writer) {
        let Some(document) = self.files.remove(path).and_then(|record| record.document) else {
            return;
        };
        if kept == Some(document.id) {
            return;
        }
        if let Some(paths) = self.paths.get_mut(&document.id) {
            paths.remove(path);
            if paths.is_empty() {
                self.paths.remove(&document.id);
                self.documents.remove(&document.id);
                writer.remove_passages(document.id);
            }
        }
    }

    /// Gives a file that was read to the writer; the number of passages that went in.
    fn put(&mut self, read: Read, writer: &Writer, report: &mut Report) -> Result<usize, Error> {
        let Read { record, passages, text_bytes } = read;
        report.bytes += record.size;
        report.text_bytes += text_bytes;
        report.failed += usize::from(record.failure.is_some());
        report.warned += usize::from(record.failure.is_none() && !record.warnings.is_empty());
        let id = record.document.as_ref().map(|document| document.id);
        let mut added = 0;
        if let Some(id) = id {
            let paths = self.paths.entry(id).or_default();
            let others = paths.iter().any(|path| *path != record.path);
            report.copies += usize::from(others);
            // The first path in order describes a document, whichever thread was faster.
            let describes = paths.first().is_none_or(|first| record.path <= *first);
            paths.insert(record.path.clone());
            match passages {
                Some(passages) if describes || !self.documents.contains_key(&id) => {
                    added = passages.len();
                    writer.put_passages(id, passages)?;
                }
                _ => {}
            }
            if let Some(document) = &record.document {
                self.documents.insert(id, document.clone());
            }
        }
        self.release(&record.path, id, writer);
        writer.put_file(&record)?;
        self.files.insert(record.path.clone(), record);
        report.passages += added;
        Ok(added)
    }

    /// Whether a file's document was indexed when it was read, but the last other path that held it has changed since.
    fn lacks_passages(&self, read: &Read) -> bool {
        let id = read.record.document.as_ref().map(|document| document.id);
        read.passages.is_none() && id.is_some_and(|id| !self.documents.contains_key(&id))
    }
}

/// The file that a record was made of.
fn found_of(record: &FileRecord) -> Found {
    Found {
        path: PathBuf::from(&record.path),
        root: PathBuf::from(&record.root),
        size: record.size,
        modified: record.modified,
    }
}

/// The given paths, absolute, each existing.
fn absolute(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let canonical = |path: &PathBuf| {
        std::fs::canonicalize(path).map_err(|source| Error::Path { path: path.clone(), source })
    };
    paths.iter().map(canonical).collect()
}

/// The given catalogue, or those that lie in the given folders.
fn catalogue_of(options: &Options, roots: &[PathBuf]) -> Result<Catalogue, Error> {
    if let Some(path) = &options.catalogue {
        let path = std::fs::canonicalize(path)
            .map_err(|source| Error::Path { path: path.clone(), source })?;
        return Ok(Catalogue::read(&path)?);
    }
    let mut all = Catalogue::default();
    for root in roots.iter().filter(|_| !options.ignore_catalogues) {
        let path = root.join(CATALOGUE);
        if path.is_file() {
            all.extend(Catalogue::read(&path)?);
        }
    }
    Ok(all)
}

/// Takes documents out of the index, and their text out of its files, before it returns: every file whose path is one of
/// `paths` or lies under one. The number of files that left.
///
/// # Errors
/// When the index cannot be read or written.
pub fn forget(index: &Path, paths: &[PathBuf]) -> Result<usize, Error> {
    let known = Snapshot::open(index)?.files()?;
    // The files may be gone already, so their paths are compared as text.
    let asked: Vec<PathBuf> =
        paths.iter().filter_map(|path| std::path::absolute(path).ok()).collect();
    let gone: Vec<String> = known
        .iter()
        .map(|record| record.path.clone())
        .filter(|path| asked.iter().any(|asked| Path::new(path).starts_with(asked)))
        .collect();
    let mut writer = Writer::open(index, 1)?;
    let known = known.into_iter().map(|record| (record.path.clone(), record)).collect();
    Library::new(known, false).remove(&gone, &writer);
    writer.commit()?;
    writer.purge()?;
    writer.close()?;
    Ok(gone.len())
}
