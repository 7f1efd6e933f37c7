//! Which files are being read: a log beside the index, so that whoever comes after a process that died knows its last files.
//!
//! One line when a file is begun, one when it is done; what was begun and not done is suspect. Nothing depends on the log but
//! how a suspect is read the next time, so it is not synchronised to disk, and a log that can't be written is no error.

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Name of the log in the index's folder.
const NAME: &str = "reading.log";

/// A log of the files being read.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    file: Mutex<Option<File>>,
}

/// A file is being read for as long as this lives.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    journal: &'a Journal,
    path: &'a str,
}

/// The paths that were begun and not done by the process that wrote the log of this index.
pub(super) fn suspects(index: &Path) -> HashSet<String> {
    let log = fs::read(index.join(NAME)).unwrap_or_default();
    let mut suspects = HashSet::new();
    for line in String::from_utf8_lossy(&log).lines() {
        // A torn last line says nothing.
        let Some((mark, quoted)) = line.split_at_checked(1) else { continue };
        let Ok(path) = serde_json::from_str::<String>(quoted) else { continue };
        match mark {
            "+" => suspects.insert(path),
            _ => suspects.remove(&path),
        };
    }
    suspects
}

/// Takes suspects out of the log, so that nothing of them is left.
pub(super) fn forget(index: &Path, is_asked: impl Fn(&str) -> bool) {
    let mut left = suspects(index);
    let before = left.len();
    left.retain(|path| !is_asked(path));
    if left.len() == before {
        return;
    }
    let journal = Journal::begin(index, &left);
    if left.is_empty() {
        journal.end();
    }
}

impl Journal {
    /// Begins a log that holds these suspects until they are done.
    pub fn begin(index: &Path, suspects: &HashSet<String>) -> Self {
        let path = index.join(NAME);
        let lines: String =
            suspects.iter().collect::<BTreeSet<_>>().iter().map(|path| line('+', path)).collect();
        let draft = index.join(format!("{NAME}.new"));
        // Beside the old log first: there is one at every moment.
        let file = fs::write(&draft, lines)
            .and_then(|()| fs::rename(&draft, &path))
            .and_then(|()| File::options().append(true).open(&path));
        Self { path, file: Mutex::new(file.ok()) }
    }

    /// Notes that a file is being read.
    pub fn reading<'a>(&'a self, path: &'a str) -> Reading<'a> {
        self.write('+', path);
        Reading { journal: self, path }
    }

    /// Ends the log: nothing is suspect.
    pub fn end(&self) {
        if let Ok(mut file) = self.file.lock() {
            *file = None;
        }
        let _ = fs::remove_file(&self.path);
    }

    fn write(&self, mark: char, path: &str) {
        if let Ok(mut file) = self.file.lock()
            && let Some(file) = file.as_mut()
        {
            let _ = file.write_all(line(mark, path).as_bytes());
        }
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        self.journal.write('-', self.path);
    }
}

fn line(mark: char, path: &str) -> String {
    format!("{mark}{}\n", serde_json::Value::from(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_begun_and_not_done_is_suspect() {
        let folder = tempfile::tempdir().unwrap();
        let none = HashSet::new();
        let journal = Journal::begin(folder.path(), &none);
        drop(journal.reading("/a/done.pdf"));
        std::mem::forget(journal.reading("/a/two\nlines.pdf"));
        assert_eq!(suspects(folder.path()), ["/a/two\nlines.pdf".to_owned()].into());
        let next = Journal::begin(folder.path(), &suspects(folder.path()));
        assert_eq!(suspects(folder.path()), ["/a/two\nlines.pdf".to_owned()].into());
        drop(next.reading("/a/two\nlines.pdf"));
        assert_eq!(suspects(folder.path()), none);
        next.end();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_torn_log_says_what_it_can() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(NAME), b"+\"/a\"\n\xff\xfe\n\n-\"/b\"\n+\"/c\"\n+\"/d")
            .unwrap();
        assert_eq!(suspects(folder.path()), ["/a", "/c"].map(str::to_owned).into());
    }
}
