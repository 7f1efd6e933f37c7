//! Which files there are: walks the given paths, tells documents from other files, reads no more than a file's head.

use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use ignore::WalkBuilder;
use serde::Serialize;

use crate::document::Format;
use crate::extract::formats::{self, FORMATS};
use crate::index::record::path_text;

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// The path.
    #[serde(serialize_with = "as_text")]
    pub path: PathBuf,
    /// Why it is not read.
    pub reason: String,
}

/// Reason for passing over a file of another kind.
pub const NOT_A_DOCUMENT: &str = formats::UNKNOWN;

/// Reason for passing over what may hold documents, but is none.
const PACKED: &str = "packed or compressed; unpack it to have it read";

/// Reason for passing over a folder.
const ASSETS_OF_PAGE: &str = "holds the pictures and frames of the saved page beside it";

/// How browsers end the name of the folder beside a page that they save complete, in their users' languages; what stands
/// before it is the page's name.
const ASSET_ENDINGS: [&str; 8] = [
    "_files",
    "_archivos",
    "_fichiers",
    "_ficheiros",
    "_arquivos",
    "_bestanden",
    "-Dateien",
    "-filer",
];

/// Reason for passing over a file that was there a moment ago.
pub(super) const VANISHED: &str = "gone before it could be read";

/// What a walk found, in order of path.
#[derive(Clone, Debug, Default)]
pub struct Walk {
    /// Files that may hold a document.
    pub files: Vec<Found>,
    /// Everything else.
    pub skipped: Vec<Skipped>,
    /// Those of it that could not be looked into or at: what lies there is not known to be gone.
    pub unread: Vec<PathBuf>,
}

/// Walks files and folders (absolute paths), leaving out the folder `except`: the index itself. Hidden files and folders are
/// passed over, symbolic links are not followed: nothing outside the given paths is read.
pub fn walk(roots: &[PathBuf], except: &Path) -> Walk {
    let mut walk = Walk::default();
    let assets: Arc<Mutex<Vec<PathBuf>>> = Arc::default();
    for root in roots {
        let except = except.to_owned();
        let assets = Arc::clone(&assets);
        let entries = WalkBuilder::new(root)
            .standard_filters(false)
            .hidden(true)
            .follow_links(false)
            .filter_entry(move |entry| {
                let is_asset = entry.depth() > 0 && belongs_to_page(entry);
                if is_asset {
                    let mut assets = assets.lock().unwrap_or_else(PoisonError::into_inner);
                    assets.push(entry.path().to_owned());
                }
                !is_asset && entry.path() != except
            })
            .build();
        for entry in entries {
            match entry {
                Ok(entry) => visit(&entry, root, &mut walk),
                Err(error) => {
                    walk.fail(
                        path_of(&error).unwrap_or_else(|| root.clone()),
                        plain_reason(&error),
                    );
                }
            }
        }
    }
    for folder in assets.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
        walk.skip(folder, ASSETS_OF_PAGE);
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

    fn fail(&mut self, path: PathBuf, reason: impl Into<String>) {
        self.unread.push(path.clone());
        self.skip(path, reason);
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
        Err(error) => return walk.fail(path.to_owned(), plain_reason(&error)),
    };
    if !(has_document_extension(path) || entry.depth() == 0) {
        match sniff_head(path) {
            Ok(Head::Document) => {}
            Ok(Head::Packed) => return walk.skip(path.to_owned(), PACKED),
            Ok(Head::Other) => return walk.skip(path.to_owned(), NOT_A_DOCUMENT),
            Err(error) => return walk.fail(path.to_owned(), error.to_string()),
        }
    }
    walk.files.push(Found {
        path: path.to_owned(),
        root: root.to_owned(),
        size: metadata.len(),
        modified: modified(&metadata),
    });
}

/// A modification time in nanoseconds since 1970; 0 where the system has none.
pub(super) fn modified(metadata: &std::fs::Metadata) -> u64 {
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    modified.map_or(0, |since| u64::try_from(since.as_nanos()).unwrap_or(u64::MAX))
}

/// A path without `.` and `..`, as far as that can be told without looking.
pub(super) fn without_parents(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

/// Whether an entry is the folder of what a page that was saved complete is made of.
fn belongs_to_page(entry: &ignore::DirEntry) -> bool {
    let folder = entry.path();
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let page = ASSET_ENDINGS.iter().find_map(|ending| name.strip_suffix(ending));
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    page.filter(|page| is_folder && !page.is_empty()).is_some_and(|page| {
        let mut pages = FORMATS.iter().flat_map(|kind| kind.extensions_with_folder);
        pages.any(|extension| folder.with_file_name(format!("{page}.{extension}")).is_file())
    })
}

fn has_document_extension(path: &Path) -> bool {
    path.file_name().is_some_and(|name| Format::of_name(&name.to_string_lossy()).is_some())
}

/// What the first bytes of a file say that it is.
enum Head {
    Document,
    Packed,
    Other,
}

/// The first bytes of archives and compressed files: zip, gzip, bzip2, xz, zstd, 7z, rar.
const PACKED_HEADS: [&[u8]; 7] = [
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\0",
    b"\x28\xb5\x2f\xfd",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
];

/// Endings of archives; formats of other programs are zip files too, and are no archives to anybody.
const PACKED_ENDINGS: [&str; 13] =
    ["zip", "gz", "tgz", "bz2", "tbz", "xz", "txz", "zst", "7z", "rar", "tar", "lzma", "z"];

/// What a file of another extension is by its first bytes.
fn sniff_head(path: &Path) -> std::io::Result<Head> {
    let mut head = Vec::with_capacity(formats::HEAD);
    File::open(path)?.take(formats::HEAD as u64).read_to_end(&mut head)?;
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let named = extension.is_some_and(|extension| PACKED_ENDINGS.contains(&extension.as_str()));
    // A tar file has no mark at its beginning, and may begin with a page.
    if named && (PACKED_HEADS.iter().any(|mark| head.starts_with(mark)) || is_tar(&head)) {
        return Ok(Head::Packed);
    }
    Ok(if formats::sniff(&head, "").is_ok() { Head::Document } else { Head::Other })
}

fn is_tar(head: &[u8]) -> bool {
    head.get(257..262) == Some(b"ustar")
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

fn as_text<S: serde::Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&path_text(path))
}
