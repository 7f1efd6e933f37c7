//! Files of a zip archive: a wheel is one, and NumPy's `.npz` is one within it.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::Error;

/// An archive in memory.
pub struct Archive(ZipArchive<Cursor<Vec<u8>>>);

impl Archive {
    /// Of an archive's bytes.
    ///
    /// # Errors
    /// [`Error::Content`] when they are none.
    pub fn new(bytes: Vec<u8>) -> Result<Self, Error> {
        let archive = ZipArchive::new(Cursor::new(bytes));
        archive.map(Self).map_err(|error| Error::Content(error.to_string()))
    }

    /// The content of the file of this name.
    ///
    /// # Errors
    /// [`Error::Content`] when there is no such file, or it cannot be unpacked.
    pub fn file(&mut self, name: &str) -> Result<Vec<u8>, Error> {
        let unreadable = |reason: String| Error::Content(format!("'{name}': {reason}"));
        let mut file = self.0.by_name(name).map_err(|error| unreadable(error.to_string()))?;
        let mut content = Vec::with_capacity(usize::try_from(file.size()).unwrap_or(0));
        file.read_to_end(&mut content).map_err(|error| unreadable(error.to_string()))?;
        Ok(content)
    }
}
