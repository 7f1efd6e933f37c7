//! What has to be done: the files that were found against the files that the index knows.

use std::collections::HashMap;
use std::path::PathBuf;

use super::catalogue::Catalogue;
use super::walk::Found;
use crate::index::record::FileRecord;

/// What an ingest will do.
#[derive(Debug, Default)]
pub struct Plan {
    /// Files to read, in order of path.
    pub read: Vec<Found>,
    /// How many of them the index knows with other content.
    pub changed: usize,
    /// Files that are as the index knows them.
    pub unchanged: usize,
    /// Paths that the index knows under the given roots and that are gone, in order.
    pub gone: Vec<String>,
}

/// Compares what was found with what is known. `roots` are the given paths; what the index knows elsewhere is left alone.
/// With `everything`, unchanged files are read again.
pub fn plan(
    found: Vec<Found>,
    known: &HashMap<String, FileRecord>,
    catalogue: &Catalogue,
    roots: &[PathBuf],
    everything: bool,
) -> Plan {
    let mut plan = Plan::default();
    let mut seen = std::collections::HashSet::new();
    for file in found {
        let path = file.path.to_string_lossy().into_owned();
        let row = catalogue.row(&file.path).map_or(0, |row| row.hash);
        let record = known.get(&path);
        let same = record.is_some_and(|record| {
            record.size == file.size && record.modified == file.modified && record.catalogue == row
        });
        seen.insert(path);
        if same && !everything {
            plan.unchanged += 1;
        } else {
            plan.changed += usize::from(record.is_some());
            plan.read.push(file);
        }
    }
    let under_roots =
        |path: &str| roots.iter().any(|root| std::path::Path::new(path).starts_with(root));
    plan.gone =
        known.keys().filter(|path| !seen.contains(*path) && under_roots(path)).cloned().collect();
    plan.gone.sort_unstable();
    plan
}
