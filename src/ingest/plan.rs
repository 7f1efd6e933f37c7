//! What has to be done: the files that were found against the files that the index knows.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::catalogue::Catalogue;
use super::state::FileState;
use super::walk::{Found, Walk};
use crate::index::record::{CatalogueRow, path_text};

/// A file to read.
#[derive(Clone, Debug)]
pub(super) struct Task {
    /// The file.
    pub found: Found,
    /// What the catalogue says of it.
    pub row: Option<CatalogueRow>,
    /// Whether it is read in a process of its own.
    pub isolated: bool,
}

/// What an ingest will do.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Files to read, in order of path.
    pub read: Vec<Task>,
    /// Files as they were but with another row of the catalogue; they are not read.
    pub relabelled: Vec<(String, Option<CatalogueRow>)>,
    /// How many files the index knows with other content or another row.
    pub changed: usize,
    /// How many of the files to read are as the index knows them, but were read by what reads them otherwise today.
    pub outdated: usize,
    /// Files that are as the index knows them.
    pub unchanged: usize,
    /// Paths that the index knows under the given roots and that are gone, in order.
    pub gone: Vec<Arc<str>>,
}

/// What there is to plan with.
#[derive(Debug)]
pub(super) struct Given<'a> {
    /// What the index knows, by path.
    pub known: &'a HashMap<Arc<str>, FileState>,
    /// The library's catalogue.
    pub catalogue: &'a Catalogue,
    /// The given paths; what the index knows elsewhere is left alone.
    pub roots: &'a [PathBuf],
    /// Paths that were being read when a process died.
    pub suspects: &'a HashSet<String>,
    /// Read unchanged files again.
    pub everything: bool,
}

/// Compares what was found with what is known.
pub(super) fn plan(walk: &Walk, given: &Given<'_>) -> Plan {
    let mut plan = Plan::default();
    let mut seen = HashSet::new();
    for found in &walk.files {
        let path = path_text(&found.path);
        let row = given.catalogue.row(&found.path);
        let record = given.known.get(&*path);
        let same = |record: &&FileState| {
            record.size == found.size && record.modified == found.modified && !given.everything
        };
        match record.filter(same) {
            Some(record) if record.is_of_today() && record.row.as_deref() == row => {
                plan.unchanged += 1;
            }
            Some(record) if record.is_of_today() => {
                plan.changed += 1;
                plan.relabelled.push((path.clone(), row.cloned()));
            }
            same => {
                plan.outdated += usize::from(same.is_some());
                plan.changed += usize::from(same.is_none() && record.is_some());
                let isolated =
                    given.suspects.contains(&path) || record.is_some_and(|one| one.isolated);
                plan.read.push(Task { found: found.clone(), row: row.cloned(), isolated });
            }
        }
        seen.insert(path);
    }
    // Of what lies in a folder that could not be looked into, nothing is known.
    let looked_into = |path: &Path| !walk.unread.iter().any(|unread| path.starts_with(unread));
    let under_roots = |path: &Path| given.roots.iter().any(|root| path.starts_with(root));
    let gone = given.known.keys().filter(|path| {
        let text: &str = path;
        let path = Path::new(text);
        !seen.contains(text) && under_roots(path) && looked_into(path)
    });
    plan.gone = gone.cloned().collect();
    plan.gone.sort_unstable();
    plan
}

impl Plan {
    /// Whether everything is as it was.
    pub fn is_empty(&self) -> bool {
        self.read.is_empty() && self.relabelled.is_empty() && self.gone.is_empty()
    }

    /// How many of the files to read seem to be files that are gone: new ones of the same size and time. A guess for who only
    /// wants to know; what a file holds is known when it has been read.
    pub fn seem_moved(&self, known: &HashMap<Arc<str>, FileState>) -> usize {
        let mut gone: HashMap<(u64, u64), usize> = HashMap::new();
        for record in self.gone.iter().filter_map(|path| known.get(path)) {
            *gone.entry((record.size, record.modified)).or_default() += 1;
        }
        let new =
            self.read.iter().filter(|task| !known.contains_key(&*path_text(&task.found.path)));
        new.filter(|task| {
            let left = gone.get_mut(&(task.found.size, task.found.modified));
            left.is_some_and(|left| {
                *left > 0 && {
                    *left -= 1;
                    true
                }
            })
        })
        .count()
    }
}
