//! Ingests over a disk that fails at each of its operations: what was committed stays whole, and the next run completes it.
//!
//! Only some of the operations by default; all of them where `AMPARO_FAULTS` is `all`.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Options, ingest};
use crate::index::Snapshot;
use crate::index::faults::{Fate, Fault, give, take_back};

/// Operations at which a fault comes, by default.
const MOMENTS: usize = 12;

/// A library that was ingested, and has changed since.
struct Changed {
    folder: tempfile::TempDir,
    /// The state that an undisturbed ingest brings the index to.
    expected: String,
}

impl Changed {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let changed = Self { folder, expected: String::new() };
        fs::create_dir(changed.library()).unwrap();
        for name in ["stays", "goes", "changes", "moves"] {
            changed.page(name, name);
        }
        changed.ingest(&changed.path("before")).unwrap();
        fs::remove_file(changed.library().join("goes.html")).unwrap();
        fs::rename(changed.library().join("moves.html"), changed.library().join("moved.html"))
            .unwrap();
        changed.page("changes", "something quite different");
        for name in ["new", "newer", "newest"] {
            changed.page(name, name);
        }
        changed.page("copy", "new");
        let undisturbed = changed.begin("undisturbed");
        changed.ingest(&undisturbed).unwrap();
        Self { expected: state(&undisturbed), ..changed }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn library(&self) -> PathBuf {
        self.path("library")
    }

    fn page(&self, name: &str, subject: &str) {
        let text = format!("<p>Of {subject} this page speaks, in Honduras and elsewhere.</p>");
        let page = format!("<html><title>{subject}</title><h1>{subject}</h1>{}", text.repeat(4));
        fs::write(self.library().join(format!("{name}.html")), page).unwrap();
    }

    /// An index as it was before the library changed.
    fn begin(&self, name: &str) -> PathBuf {
        let index = self.path(name);
        fs::create_dir(&index).unwrap();
        for entry in fs::read_dir(self.path("before")).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, index.join(path.file_name().unwrap())).unwrap();
        }
        index
    }

    fn ingest(&self, index: &Path) -> Result<(), super::Error> {
        let mut options = Options::new(vec![self.library()], index.to_owned());
        options.commit_passages = 1;
        options.jobs = Some(1);
        ingest(&options, &|_| {}).map(drop)
    }

    /// An ingest that meets a fault at an operation; whether it noticed, and what became of the fault.
    fn disturbed(&self, index: &Path, fault: Fault, at: usize) -> (bool, std::sync::Arc<Fate>) {
        let fate = give(index, fault, at);
        let failed = self.ingest(index).is_err();
        take_back(index);
        (failed, fate)
    }

    /// Faults of a kind at moments spread over an ingest.
    fn check(&self, fault: Fault) {
        let counted = if fault == Fault::Read { Fault::Read } else { Fault::None };
        let (_, fate) = self.disturbed(&self.begin(&format!("{fault:?}")), counted, usize::MAX);
        let all = fate.operations();
        let whole = std::env::var("AMPARO_FAULTS").is_ok_and(|faults| faults == "all");
        let step = if whole { 1 } else { all.div_ceil(MOMENTS).max(1) };
        let mut came = 0;
        for at in (0..all).step_by(step) {
            let index = self.begin(&format!("{fault:?} at {at}"));
            let (failed, fate) = self.disturbed(&index, fault, at);
            came += usize::from(fate.has_come());
            let after = state(&index);
            if !failed {
                assert_eq!(after, self.expected, "{fault:?} at {at}: said to be done");
            }
            self.ingest(&index).unwrap();
            assert_eq!(state(&index), self.expected, "{fault:?} at {at}: the next run");
            fs::remove_dir_all(&index).unwrap();
        }
        assert!(came > 0, "no fault of {all} came");
    }
}

/// Everything that an index holds; asserts that it agrees with itself.
#[track_caller]
pub(super) fn state(index: &Path) -> String {
    let snapshot = Snapshot::open(index).unwrap();
    let mut lines = Vec::new();
    let mut passages = std::collections::BTreeMap::new();
    for file in snapshot.files().unwrap() {
        lines.push(format!("{file:?}"));
        let Some(document) = file.document else { continue };
        let addresses = snapshot.passages_of(document.id).unwrap();
        assert_eq!(addresses.len(), document.passages as usize, "passages of {}", file.path);
        for address in &addresses {
            lines.push(format!("{:?}", snapshot.passage(*address).unwrap()));
        }
        passages.insert(document.id, addresses.len());
    }
    assert_eq!(snapshot.passage_count().unwrap(), passages.values().sum::<usize>());
    lines.join("\n")
}

#[test]
fn a_full_disk_leaves_the_last_commit() {
    Changed::new().check(Fault::Full);
}

#[test]
fn a_write_that_fails_once_leaves_the_last_commit() {
    Changed::new().check(Fault::Once);
}

#[test]
fn power_that_goes_in_the_middle_of_a_write_leaves_the_last_commit() {
    Changed::new().check(Fault::Power);
}

#[test]
fn a_read_that_fails_leaves_the_last_commit() {
    Changed::new().check(Fault::Read);
}
