//! What to ingest, and how.

use std::path::PathBuf;

use crate::extract::Limits;

/// Passages after which what has been done is committed, unless the options say otherwise.
const COMMIT_PASSAGES: usize = 50_000;

/// What to ingest, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// Folder of the index.
    pub index: PathBuf,
    /// The library's catalogue; without one, each folder's own [`CATALOGUE`](super::CATALOGUE) is used.
    pub catalogue: Option<PathBuf>,
    /// Leave the folders' own catalogues aside.
    pub ignore_catalogues: bool,
    /// Reading threads; `None` for one a core.
    pub jobs: Option<usize>,
    /// Read every file again.
    pub rebuild: bool,
    /// Keep what is known of files that are gone.
    pub keep_missing: bool,
    /// Find out what would be done, and do nothing.
    pub dry_run: bool,
    /// What one file may cost.
    pub limits: Limits,
    /// Passages after which what has been done is committed.
    pub commit_passages: usize,
    /// This program, which reads one file with [`read_isolated`](super::read_isolated) when it is started with the arguments of
    /// [`ReadIsolated`](super::ReadIsolated). Without it, a file that took a process down is listed and left alone at once.
    pub program: Option<PathBuf>,
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
            keep_missing: false,
            dry_run: false,
            limits: Limits::default(),
            commit_passages: COMMIT_PASSAGES,
            program: None,
        }
    }

    /// How many threads read.
    pub(super) fn threads(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
        self.jobs.unwrap_or_else(cores).max(1)
    }
}
