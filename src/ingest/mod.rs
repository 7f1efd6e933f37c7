//! Folders in, index up to date: walk, plan, read on every core, one writer, commits on the way.
//!
//! Returns a [`Report`] and tells an observer what happens; prints nothing. A bad file is a warning, never an error.
//!
//! ```text
//! walk ─ catalogue ─ plan ─┬─ readers: read, describe ─┬─ library ─ writer ─ commit
//!                          └─ (bytes in flight bounded) ┘     └─ settle: describe again from stored text
//! ```

pub mod catalogue;
mod commit_policy;
mod content;
mod describe;
mod fault;
mod forget;
mod inventory;
mod isolated;
mod journal;
mod meaning;
mod migrate;
mod options;
mod plan;
mod read;
mod readers;
mod report;
mod state;
#[cfg(test)]
mod tests;
mod walk;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

pub use catalogue::Catalogue;
pub use forget::forget;
pub use isolated::{ReadIsolated, read_isolated};
pub use meaning::add_vectors;
pub use options::Options;
pub use report::{Event, Report};
pub use walk::{Found, NOT_A_DOCUMENT, Skipped};

use crate::index::record::path_text;
use crate::index::{self, Snapshot, Writer, vectors};
use crate::taxonomy;
use commit_policy::CommitPolicy;
use inventory::Inventory;
use journal::Journal;
use plan::{Given, Plan, plan};
use read::{Outcome, Read, Reader};
use walk::Walk;

/// Name of the catalogue that is used where it lies in an ingested folder and no other is given.
pub const CATALOGUE: &str = "CATALOGUE.csv";

/// Prefix of the names of reading threads, so that a front can tell their panics, which are caught, from its own.
pub const READER_THREAD: &str = "amparo-read";

/// Whoever shows progress.
pub type Observer<'a> = dyn Fn(Event<'_>) + Sync + 'a;

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
    /// The semantic model cannot be read.
    #[error(transparent)]
    Model(#[from] crate::semantic::model::Error),
}

/// Brings the index up to date with the given paths.
///
/// # Errors
/// Only when nothing can be done: a path that is not there, an unusable catalogue, an index that cannot be written.
pub fn ingest(options: &Options, observe: &Observer<'_>) -> Result<Report, Error> {
    let started = Instant::now();
    let roots = absolute(&options.paths)?;
    let index = std::path::absolute(&options.index)
        .map_err(|source| Error::Path { path: options.index.clone(), source })?;
    let catalogue = catalogue_of(options, &roots)?;
    let (snapshot, migrated) = open(options, &index, observe)?;
    let mut inventory = Inventory::of(snapshot)?;
    let walk = walk::walk(&roots, &index);
    let suspects = journal::suspects(&index);
    let mut plan = plan(
        &walk,
        &Given {
            known: inventory.files(),
            catalogue: &catalogue,
            roots: &roots,
            suspects: &suspects,
            everything: options.rebuild,
        },
    );
    let mut report = planned(&plan, &catalogue, &roots, walk);
    if options.keep_missing {
        report.missing = std::mem::take(&mut plan.gone).len();
        report.removed = 0;
    }
    report.dry_run = options.dry_run;
    report.migrated = migrated;
    report.taxonomy_changed =
        inventory.manifest().is_some_and(|manifest| manifest.taxonomy != taxonomy::hash());
    observe(Event::Planned {
        files: plan.read.len(),
        bytes: plan.read.iter().map(|task| task.found.size).sum(),
    });
    if options.dry_run {
        let moved = plan.seem_moved(inventory.files());
        report.moved = moved;
        report.added -= moved;
        report.removed -= moved;
    } else {
        inventory.miss(&plan.gone);
        if !(plan.is_empty() && inventory.is_settled()) {
            let run = Run { options, index: &index, roots: &roots, observe };
            run.write(plan, inventory, &mut report)?;
        }
    }
    report.seconds = started.elapsed().as_secs_f64();
    Ok(report)
}

/// What the index has, if there is one, and how many documents were taken over where it was of an earlier version. One that is
/// to be rebuilt and cannot be taken over is removed.
fn open(
    options: &Options,
    index: &Path,
    observe: &Observer<'_>,
) -> Result<(Option<Snapshot>, usize), Error> {
    let found = match Snapshot::open(index) {
        Ok(snapshot) => return Ok((Some(snapshot), 0)),
        Err(index::Error::Missing(_)) => return Ok((None, 0)),
        Err(index::Error::Version { found, .. }) if !options.dry_run => found,
        Err(error) => return Err(error.into()),
    };
    match migrate::migrate(index, found, options, observe) {
        Ok(documents) => Ok((Some(Snapshot::open(index)?), documents)),
        Err(Error::Index(index::Error::Unreadable(_) | index::Error::Version { .. }))
            if options.rebuild =>
        {
            std::fs::remove_dir_all(index)
                .map_err(|source| Error::Path { path: index.to_owned(), source })?;
            Ok((None, 0))
        }
        Err(error) => Err(error),
    }
}

/// What is known before anything is read.
fn planned(plan: &Plan, catalogue: &Catalogue, roots: &[PathBuf], walk: Walk) -> Report {
    let found: HashSet<&Path> = walk.files.iter().map(|file| file.path.as_path()).collect();
    let rows = catalogue.paths().filter(|path| roots.iter().any(|root| path.starts_with(root)));
    let without_row = |path: &&Path| catalogue.covers(path) && catalogue.row(path).is_none();
    let mut files_without_row: Vec<PathBuf> =
        found.iter().copied().filter(without_row).map(Path::to_owned).collect();
    files_without_row.sort_unstable();
    let mut report = Report {
        found: found.len(),
        added: plan.read.len() + plan.relabelled.len() - plan.changed - plan.outdated,
        changed: plan.changed,
        outdated: plan.outdated,
        unchanged: plan.unchanged,
        removed: plan.gone.len(),
        rows_without_file: rows.filter(|path| !found.contains(path)).map(Path::to_owned).collect(),
        files_without_row,
        skipped: walk.skipped,
        ..Report::default()
    };
    report.skipped.retain(|skipped| !catalogue.is_source(&skipped.path));
    report
}

/// An ingest that has something to do.
struct Run<'a> {
    options: &'a Options,
    index: &'a Path,
    roots: &'a [PathBuf],
    observe: &'a Observer<'a>,
}

impl Run<'_> {
    /// Reads, removes and describes again what the plan says, and commits.
    fn write(
        &self,
        plan: Plan,
        mut inventory: Inventory,
        report: &mut Report,
    ) -> Result<(), Error> {
        let threads = self.options.threads();
        let mut writer = Writer::open(self.index, threads)?;
        for root in self.roots {
            writer.manifest.add_root(&path_text(root));
        }
        let mut policy = CommitPolicy::every(self.options.commit_passages);
        for (path, row) in plan.relabelled {
            inventory.relabel(&path, row, &writer)?;
        }
        let isolated = plan.read.iter().filter(|task| task.isolated);
        let suspects = isolated.map(|task| path_text(&task.found.path)).collect();
        let reader = Arc::new(Reader {
            known: if self.options.rebuild { HashSet::new() } else { inventory.read_today() },
            limits: self.options.limits,
            journal: Journal::begin(self.index, &suspects),
            program: self.options.program.clone(),
        });
        readers::read_all(plan.read, Arc::clone(&reader), threads, |read| {
            self.tell(&read);
            let passages = inventory.put(read, &writer, report)?;
            report.passages += passages;
            Ok(policy.after(passages, &mut writer)?)
        })?;
        inventory.remove_gone(&writer);
        report.redescribed = inventory.settle(&mut writer, threads, &mut policy, self.observe)?;
        taxonomy::hash().clone_into(&mut writer.manifest.taxonomy);
        writer.commit()?;
        vectors::tidy(self.index, None, |id, text_hash| inventory.has(id, text_hash))?;
        reader.journal.end();
        Ok(writer.close()?)
    }

    fn tell(&self, read: &Read) {
        let file = &read.record;
        let event = match &read.outcome {
            Outcome::Vanished => Event::Vanished(file),
            Outcome::Document { passages, .. } => Event::Read { file, passages: passages.len() },
            Outcome::Known(_) | Outcome::Failed => Event::Read { file, passages: 0 },
        };
        (self.observe)(event);
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
