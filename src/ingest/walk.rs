//! Which files there are: walks the given paths, tells documents from other files, reads no more than a file's head.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use ignore::WalkBuilder;

use crate::extract;

/// A file that may hold a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its path, absolute.
    pub path: PathBuf,
    /// The given path under which it was found, absolute.
    pub root: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// Its modification time in nanoseconds since 1970; 0 where the system has none.
    pub modified: u64,
}

/// A path that is not read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The path.
    pub path: PathBuf,
    /// Why it is not read.
    pub reason: String,
}

/// Reason for passing over a file of another kind.
pub const NOT_A_DOCUMENT: &str = "neither PDF nor HTML";

/// What a walk found, in order of path.
#[derive(Clone, Debug, Default)]
pub struct Walk {
    /// Files that may hold a document.
    pub files: Vec<Found>,
    /// Everything else.
    pub skipped: Vec<Skipped>,
}

/// Walks files and folders (absolute paths), leaving out the folder `except`: the index itself. Hidden files and folders are
/// passed over, symbolic links are not followed: nothing outside the given paths is read.
pub fn walk(roots: &[PathBuf], except: &Path) -> Walk {
    let mut walk = Walk::default();
    for root in roots {
        let except = except.to_owned();
        let entries = WalkBuilder::new(root)
            .standard_filters(false)
            .hidden(true)
            .follow_links(false)
            .filter_entry(move |entry| entry.path() != except)
            .build();
        for entry in entries {
            match entry {
                Ok(entry) => visit(&entry, root, &mut walk),
                Err(error) => {
                    walk.skip(
                        path_of(&error).unwrap_or_else(|| root.clone()),
                        plain_reason(&error),
                    );
                }
            }
        }
    }
    walk.files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    walk.files.dedup_by(|later, first| later.path == first.path);
    walk.skipped.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    walk
}

impl Walk {
    fn skip(&mut self, path: PathBuf, reason: impl Into<String>) {
        self.skipped.push(Skipped { path, reason: reason.into() });
    }
}

fn visit(entry: &ignore::DirEntry, root: &Path, walk: &mut Walk) {
    let path = entry.path();
    let kind = entry.file_type();
    if kind.is_some_and(|kind| kind.is_dir()) {
        return;
    }
    if kind.is_some_and(|kind| kind.is_symlink()) {
        return walk.skip(path.to_owned(), "a symbolic link");
    }
    if !kind.is_some_and(|kind| kind.is_file()) {
        return walk.skip(path.to_owned(), "not a regular file");
    }
    let metadata = match entry.metadata() {
        Ok(metadata) => metadata,
        Err(error) => return walk.skip(path.to_owned(), plain_reason(&error)),
    };
    if !(has_document_extension(path) || entry.depth() == 0) {
        match sniff_head(path) {
            Ok(true) => {}
            Ok(false) => return walk.skip(path.to_owned(), NOT_A_DOCUMENT),
            Err(error) => return walk.skip(path.to_owned(), error.to_string()),
        }
    }
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    walk.files.push(Found {
        path: path.to_owned(),
        root: root.to_owned(),
        size: metadata.len(),
        modified: modified.map_or(0, |since| u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)),
    });
}

fn has_document_extension(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    matches!(extension.as_deref(), Some("pdf" | "html" | "htm" | "xhtml"))
}

/// Whether a file of another extension is a PDF or HTML by its first bytes.
fn sniff_head(path: &Path) -> std::io::Result<bool> {
    let mut head = Vec::with_capacity(1024);
    File::open(path)?.take(1024).read_to_end(&mut head)?;
    Ok(extract::sniff(&head, "").is_ok())
}

fn path_of(error: &ignore::Error) -> Option<PathBuf> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.clone()),
        ignore::Error::WithDepth { err, .. } => path_of(err),
        ignore::Error::Loop { child, .. } => Some(child.clone()),
        _ => None,
    }
}

/// The reason without the path, which stands beside it.
fn plain_reason(error: &ignore::Error) -> String {
    error.io_error().map_or_else(|| error.to_string(), ToString::to_string)
}
