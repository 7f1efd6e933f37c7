//! A file as memory. The one place of the project that maps files itself.

#![allow(unsafe_code)]

use std::fs::File;
use std::io;
use std::path::Path;

use memmap2::Mmap;

/// Maps a whole file for reading.
///
/// # Errors
/// When it cannot be opened or mapped.
pub fn map(path: &Path) -> io::Result<Mmap> {
    let file = File::open(path)?;
    // SAFETY: the bytes are only ever read as bytes, and any value is a valid one. A file that somebody alters in place while
    // it is mapped yields other bytes, never anything but bytes; models and vectors are replaced by renaming, never written in
    // place, so that the mapping keeps the old ones. Truncating it in place would end the process with
    // SIGBUS, as for every user of memory-mapped files (the index among them).
    unsafe { Mmap::map(&file) }
}
