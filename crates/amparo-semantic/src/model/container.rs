//! The model's file: a header, the hash of every block, the sections.
//!
//! ```text
//! 0    magic "AMPARO-M", version u32, number of sections u32, length of the file u64
//! 24   sections: offset u64, length u64, each at a multiple of 64
//! ...  the first 16 bytes of the BLAKE3 of every block of BLOCK bytes from DATA on
//! ...  BLAKE3 of everything up to here, 32 bytes; zeros up to DATA
//! DATA sections
//! ```
//! All numbers are little-endian.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::Error;
use crate::mapping::MappedFile;

/// Changes whenever a file of the version before cannot be read or would give other numbers.
pub const MODEL_VERSION: u32 = 1;

const MAGIC: &[u8; 8] = b"AMPARO-M";
const HEAD: usize = 24;
/// Where sections begin: enough for the hashes of 250 MB.
const DATA: usize = 64 << 10;
const BLOCK: usize = 64 << 10;
const HASH: usize = 16;
const ALIGN: usize = 64;

/// What a model holds, in the order in which it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// How characters are normalised: SentencePiece's map, as it is.
    Charsmap,
    /// The trie of the pieces: see [`crate::pieces`].
    Pieces,
    /// A logarithm of its likelihood for each piece, `f32`.
    Scores,
    /// Small vectors: biases, scales, layer norms, `f32`, in the order of [`crate::network`].
    Vectors,
    /// The matrices, `i8`, row by row, in the same order.
    Matrices,
    /// A row of [`crate::DIMENSIONS`] bytes for each piece.
    Table,
}

const SECTIONS: [Section; 6] = [
    Section::Charsmap,
    Section::Pieces,
    Section::Scores,
    Section::Vectors,
    Section::Matrices,
    Section::Table,
];

/// An open model.
pub struct ModelFile {
    path: PathBuf,
    bytes: MappedFile,
    sections: Vec<(usize, usize)>,
    identity: [u8; HASH],
    /// A bit for each block that was found to be as it was written.
    checked: Vec<AtomicU64>,
}

impl std::fmt::Debug for ModelFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ModelFile").field("path", &self.path).finish_non_exhaustive()
    }
}

impl ModelFile {
    /// Opens a model and checks its header; the rest is checked when it is read.
    ///
    /// # Errors
    /// When it is not there, or not a whole model of this version.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let at = || path.to_owned();
        let bytes = MappedFile::open(path).map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => Error::Missing(at()),
            _ => Error::Io { path: at(), source },
        })?;
        if bytes.len() < HEAD || &bytes[..MAGIC.len()] != MAGIC {
            return Err(Error::Foreign(at()));
        }
        let version = u32_at(&bytes, 8);
        if version != MODEL_VERSION {
            return Err(Error::Version { path: at(), found: version });
        }
        let expected = u64_at(&bytes, 16);
        if expected != bytes.len() as u64 || bytes.len() < DATA {
            return Err(Error::Length { path: at(), found: bytes.len() as u64, expected });
        }
        let altered = || Error::Altered(at());
        let head = header_length(bytes.len());
        if u32_at(&bytes, 12) as usize != SECTIONS.len() || head + 32 > DATA {
            return Err(altered());
        }
        let hash = blake3::hash(&bytes[..head]);
        if hash.as_bytes()[..] != bytes[head..head + 32] {
            return Err(altered());
        }
        // The header is as it was written, so its places lie within the file.
        let section = |number: usize| {
            let start = u64_at(&bytes, HEAD + number * 16) as usize;
            (start, start + u64_at(&bytes, HEAD + number * 16 + 8) as usize)
        };
        let sections = (0..SECTIONS.len()).map(section).collect();
        let mut identity = [0; HASH];
        identity.copy_from_slice(&hash.as_bytes()[..HASH]);
        let checked = (0..blocks(bytes.len()).div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
        Ok(Self { path: at(), bytes, sections, identity, checked })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its bytes.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// What tells it from every other model: vectors of different models must not be compared.
    pub fn identity(&self) -> [u8; 16] {
        self.identity
    }

    /// Checks every byte of it.
    ///
    /// # Errors
    /// [`Error::Altered`].
    pub fn check(&self) -> Result<(), Error> {
        self.checked(DATA, self.bytes.len()).map(drop)
    }

    /// A whole section.
    ///
    /// # Errors
    /// [`Error::Altered`] when it is not as it was written.
    pub(crate) fn section(&self, section: Section) -> Result<&[u8], Error> {
        let (start, end) = self.sections[section as usize];
        self.checked(start, end)
    }

    /// A part of a section.
    ///
    /// # Errors
    /// [`Error::Altered`] when it is not as it was written, or lies outside of the section.
    pub(crate) fn part(
        &self,
        section: Section,
        start: usize,
        length: usize,
    ) -> Result<&[u8], Error> {
        let (from, to) = self.sections[section as usize];
        if start + length > to - from {
            return Err(Error::Altered(self.path.clone()));
        }
        self.checked(from + start, from + start + length)
    }

    /// Bytes of the file, with every block that holds one of them checked once.
    fn checked(&self, start: usize, end: usize) -> Result<&[u8], Error> {
        for block in (start - DATA) / BLOCK..(end - DATA).div_ceil(BLOCK) {
            let (word, bit) = (&self.checked[block / 64], 1 << (block % 64));
            if word.load(Ordering::Relaxed) & bit != 0 {
                continue;
            }
            let from = DATA + block * BLOCK;
            let content = &self.bytes[from..(from + BLOCK).min(self.bytes.len())];
            let place = HEAD + SECTIONS.len() * 16 + block * HASH;
            if blake3::hash(content).as_bytes()[..HASH] != self.bytes[place..place + HASH] {
                return Err(Error::Altered(self.path.clone()));
            }
            word.fetch_or(bit, Ordering::Relaxed);
        }
        Ok(&self.bytes[start..end])
    }
}

/// Writes a model of these sections, which stand in the order of [`Section`], in place of what is there: all or nothing.
///
/// # Errors
/// When the file system refuses.
pub fn write(path: &Path, sections: &[Vec<u8>; SECTIONS.len()]) -> Result<(), Error> {
    let mut bytes = vec![0; DATA];
    let mut places = Vec::new();
    for section in sections {
        bytes.resize(bytes.len().next_multiple_of(ALIGN), 0);
        places.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        places.extend_from_slice(&(section.len() as u64).to_le_bytes());
        bytes.extend_from_slice(section);
    }
    let mut header = Vec::with_capacity(DATA);
    header.extend_from_slice(MAGIC);
    header.extend_from_slice(&MODEL_VERSION.to_le_bytes());
    header.extend_from_slice(&(SECTIONS.len() as u32).to_le_bytes());
    header.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
    header.extend_from_slice(&places);
    for block in bytes[DATA..].chunks(BLOCK) {
        header.extend_from_slice(&blake3::hash(block).as_bytes()[..HASH]);
    }
    let hash = blake3::hash(&header);
    header.extend_from_slice(hash.as_bytes());
    if header.len() > DATA {
        return Err(Error::Content("its model is larger than the file's form allows".to_owned()));
    }
    bytes[..header.len()].copy_from_slice(&header);
    replace(path, &bytes).map_err(|source| Error::Io { path: path.to_owned(), source })
}

/// Writes a file beside its place, then moves it there.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    // Others on the machine may share it.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|refused| refused.error)?;
    Ok(())
}

/// Bytes of the header up to its own hash, for a file of a length.
fn header_length(length: usize) -> usize {
    HEAD + SECTIONS.len() * 16 + blocks(length) * HASH
}

fn blocks(length: usize) -> usize {
    (length - DATA).div_ceil(BLOCK)
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A model of bytes that mean nothing, written and opened after something was done to it.
    fn opened(alter: impl Fn(&mut Vec<u8>)) -> Result<(), Error> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model");
        let sections = [3usize, 0, 1, 100, 70_000, 200_000].map(|length| vec![7; length]);
        write(&path, &sections).unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        alter(&mut bytes);
        std::fs::write(&path, bytes).unwrap();
        let model = ModelFile::open(&path)?;
        for (section, written) in SECTIONS.into_iter().zip(&sections) {
            assert_eq!(model.section(section)?, written);
        }
        model.check()
    }

    #[track_caller]
    fn check(alter: impl Fn(&mut Vec<u8>), expected: &str) {
        let said = opened(alter).map_err(|error| error.to_string());
        let said = said.err().unwrap_or_default();
        assert!(said.ends_with(expected) && expected.is_empty() == said.is_empty(), "{said}");
    }

    #[test]
    fn a_whole_model_is_read() {
        check(|_| {}, "");
    }

    #[test]
    fn what_is_not_a_whole_model_of_this_version_is_refused() {
        check(Vec::clear, "is not a model");
        check(|bytes| bytes[0] = b'a', "is not a model");
        check(|bytes| bytes[8] = 9, "has version 9, this program reads 1");
        check(|bytes| bytes.truncate(100), "in place of 335808");
        check(|bytes| bytes.truncate(335_807), "has 335807 bytes in place of 335808");
        check(|bytes| bytes.push(0), "has 335809 bytes in place of 335808");
    }

    #[test]
    fn a_bit_that_has_changed_is_told_wherever_it_is() {
        for place in [12, 24, 40, 120, DATA, DATA + 65, DATA + 70_000, DATA + 270_000] {
            check(|bytes| bytes[place] ^= 1, "is damaged");
        }
    }
}
