//! A file as memory. The one place of the crate that maps files.

#![allow(unsafe_code)]

use std::fs::File;
use std::io;
use std::ops::Deref;
use std::path::Path;

use memmap2::Mmap;

/// A file whose bytes are read where they are asked for. Files that are read so must be replaced by renaming, never written
/// in place: a mapping keeps the file that it opened.
#[derive(Debug)]
pub struct MappedFile(Mmap);

impl MappedFile {
    /// Maps a whole file for reading.
    ///
    /// # Errors
    /// When it cannot be opened or mapped.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        // SAFETY: the bytes are only ever read as bytes, and any value is a valid one. A file that somebody alters in place
        // while it is mapped yields other bytes, never anything but bytes. Truncating it in place would end the process with
        // SIGBUS, as for every user of memory-mapped files.
        unsafe { Mmap::map(&file) }.map(Self)
    }
}

impl Deref for MappedFile {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}
