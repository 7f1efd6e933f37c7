//! Documents leave the index, and their text its files.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::commit_policy::CommitPolicy;
use super::inventory::Inventory;
use super::walk::without_parents;
use super::{Error, journal};
use crate::document::DocumentId;
use crate::index::record::path_text;
use crate::index::{Snapshot, Writer, vectors};

/// Takes documents out of the index, and their text out of its files, before it returns: every file whose path is one of
/// `paths` or lies under one. A document that another file holds stays, described by that file. The number of files that left.
///
/// # Errors
/// When the index cannot be read or written.
pub fn forget(index: &Path, paths: &[PathBuf]) -> Result<usize, Error> {
    let snapshot = Snapshot::open(index)?;
    let asked: Vec<String> =
        paths.iter().flat_map(|path| forms(path)).map(|path| path_text(&path)).collect();
    let is_asked = |path: &str| asked.iter().any(|asked| Path::new(path).starts_with(asked));
    let mut inventory = Inventory::of(Some(snapshot))?;
    let gone: Vec<_> = inventory.files().keys().filter(|path| is_asked(path)).cloned().collect();
    if gone.is_empty() && !journal::suspects(index).iter().any(|path| is_asked(path)) {
        return Ok(0);
    }
    let mut writer = Writer::open(index, 1)?;
    journal::forget(index, is_asked);
    writer.keep_segments();
    // First: whoever is interrupted finds the words still there, and asks again.
    let leaves: HashSet<&str> = gone.iter().map(|path| &**path).collect();
    let stays = inventory.files().iter().filter(|(path, _)| !leaves.contains(&***path));
    let staying: HashSet<DocumentId> = stays.filter_map(|(_, file)| file.document).collect();
    vectors::tidy(index, None, |id, _| staying.contains(&id))?;
    inventory.miss(&gone);
    inventory.remove_gone(&writer);
    let mut policy = CommitPolicy::every(usize::MAX);
    inventory.settle(&mut writer, 1, &mut policy, &|_| {})?;
    // Its snapshot holds on to files that are to be deleted.
    drop(inventory);
    writer.commit()?;
    writer.purge()?;
    writer.close()?;
    Ok(gone.len())
}

/// The ways in which a path may stand in the index: as it is written, and with its links followed. The file and folders above
/// it may be gone already; what is left of the path says where it was.
fn forms(path: &Path) -> Vec<PathBuf> {
    let Ok(written) = std::path::absolute(path) else { return Vec::new() };
    let mut forms = vec![without_parents(&written)];
    let existing = written
        .ancestors()
        .find_map(|ancestor| Some((ancestor.canonicalize().ok()?, ancestor.components().count())));
    if let Some((mut real, depth)) = existing {
        let rest = written.components().skip(depth);
        real.extend(rest);
        let real = without_parents(&real);
        // What the rest led to may be there, and may be a link.
        let real = real.canonicalize().unwrap_or(real);
        if !forms.contains(&real) {
            forms.push(real);
        }
    }
    forms
}
