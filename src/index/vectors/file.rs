//! A file of vectors: how it is written, and how it is read again, mapped into memory.
//!
//! ```text
//! 0    magic "AMPARO-V", version u32, documents u32, passages u32, windows u32, identity of the model 16 bytes
//! 40   hash of all that stands before and of the tables 16 bytes, hash of the vectors 16 bytes
//! 72   tables: for each document its id u64, and how many passages u32 it has;
//!      for each passage how many windows there are up to its end u32; zeros up to a multiple of 64
//! ...  packed vectors, then a scale f32 for each
//! ```
//! All numbers are little-endian. The tables are checked when a file is opened, the vectors by [`VectorFile::is_whole`]: that
//! reads the whole file, and a vector that is altered only makes a passage less or more like a question.

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use memmap2::Mmap;

use super::{DocumentVectors, Identity};
use crate::document::DocumentId;
use crate::semantic::compact;
use crate::semantic::mapping::map;

/// Changes whenever files of the version before cannot be read, or text is cut into other windows.
const VERSION: u32 = 1;

const MAGIC: &[u8; 8] = b"AMPARO-V";
/// Where the hashes stand.
const HASHES: usize = 40;
const HEAD: usize = 72;
const HASH: usize = 16;
const ALIGN: usize = 64;
/// Bytes of a document in the tables.
const ENTRY: usize = 12;

/// A file that was opened.
pub(super) struct VectorFile {
    path: PathBuf,
    bytes: Mmap,
    documents: Vec<(DocumentId, u32)>,
    /// How many windows there are up to the end of each passage.
    ends: Vec<u32>,
    /// Where the packed vectors begin.
    packed: usize,
    scales: Vec<f32>,
}

impl std::fmt::Debug for VectorFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VectorFile").field("path", &self.path).finish_non_exhaustive()
    }
}

impl VectorFile {
    /// A file; `None` if it is of another version, or its length or tables are not what was written.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn open(path: &Path) -> io::Result<Option<Self>> {
        Ok(Self::of(path, map(path)?))
    }

    fn of(path: &Path, bytes: Mmap) -> Option<Self> {
        let head = bytes.get(..HEAD)?;
        let number = |at: usize| u64::from(u32_of(&head[at..at + 4]));
        if !head.starts_with(MAGIC) || number(8) != u64::from(VERSION) {
            return None;
        }
        let (documents, passages, windows) = (number(12), number(16), number(20));
        let tables = HEAD as u64 + documents * ENTRY as u64 + passages * 4;
        let packed = tables.next_multiple_of(ALIGN as u64);
        if bytes.len() as u64 != packed + windows * (compact::BYTES as u64 + 4) {
            return None;
        }
        let (packed, tables) = (packed as usize, HEAD..tables as usize);
        if hash(&bytes[..HASHES], &bytes[HEAD..packed]) != bytes[HASHES..HASHES + HASH] {
            return None;
        }
        let (entries, ends) = bytes[tables].split_at(documents as usize * ENTRY);
        let entries = entries.as_chunks::<ENTRY>().0.iter();
        let documents: Vec<(DocumentId, u32)> = entries.map(entry).collect();
        let ends: Vec<u32> = ends.as_chunks::<4>().0.iter().map(|end| u32_of(end)).collect();
        let counted: u64 = documents.iter().map(|(_, passages)| u64::from(*passages)).sum();
        let last = ends.last().copied().unwrap_or(0);
        if counted != passages || u64::from(last) != windows || !ends.is_sorted() {
            return None;
        }
        let scales = bytes[packed + windows as usize * compact::BYTES..].as_chunks::<4>().0;
        let scales = scales.iter().map(|scale| f32::from_le_bytes(*scale)).collect();
        Some(Self { path: path.to_owned(), documents, ends, packed, scales, bytes })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The model of its vectors.
    pub fn identity(&self) -> Identity {
        let mut identity = Identity::default();
        identity.copy_from_slice(&self.bytes[24..HASHES]);
        identity
    }

    /// Whether its vectors are as they were written.
    pub fn is_whole(&self) -> bool {
        hash(&self.bytes[self.packed..], &[]) == self.bytes[HASHES + HASH..HEAD]
    }

    /// Its documents, and how many passages each has.
    pub fn documents(&self) -> impl ExactSizeIterator<Item = (DocumentId, u32)> + '_ {
        self.documents.iter().copied()
    }

    /// How many windows there are.
    pub fn windows(&self) -> usize {
        self.scales.len()
    }

    /// Its size.
    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// The windows of a passage by its number in the file.
    pub fn windows_of(&self, passage: usize) -> Range<usize> {
        let start = passage.checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[passage] as usize
    }

    /// Packed vectors.
    pub fn packed(&self, windows: &Range<usize>) -> &[u8] {
        let place = |window: usize| self.packed + window * compact::BYTES;
        &self.bytes[place(windows.start)..place(windows.end)]
    }

    /// Their scales.
    pub fn scales(&self, windows: &Range<usize>) -> &[f32] {
        &self.scales[windows.clone()]
    }
}

/// The bytes of a file of these documents.
pub(super) fn bytes(identity: Identity, documents: &[(DocumentId, DocumentVectors)]) -> Vec<u8> {
    let vectors = || documents.iter().map(|(_, vectors)| vectors);
    let mut tables = Vec::new();
    for (id, vectors) in documents {
        tables.extend_from_slice(&id.0.to_le_bytes());
        tables.extend_from_slice(&(vectors.ends.len() as u32).to_le_bytes());
    }
    let (mut passages, mut windows) = (0, 0);
    for vectors in vectors() {
        for end in &vectors.ends {
            tables.extend_from_slice(&(windows + end).to_le_bytes());
        }
        passages += vectors.ends.len() as u32;
        windows += vectors.scales.len() as u32;
    }
    tables.resize((HEAD + tables.len()).next_multiple_of(ALIGN) - HEAD, 0);
    let mut body: Vec<u8> = vectors().flat_map(|vectors| &vectors.packed).copied().collect();
    let scales = vectors().flat_map(|vectors| &vectors.scales);
    body.extend(scales.flat_map(|scale| scale.to_le_bytes()));
    let mut bytes = MAGIC.to_vec();
    for number in [VERSION, documents.len() as u32, passages, windows] {
        bytes.extend_from_slice(&number.to_le_bytes());
    }
    bytes.extend_from_slice(&identity);
    let hashes = [hash(&bytes, &tables), hash(&body, &[])];
    bytes.extend(hashes.into_iter().flatten());
    bytes.extend_from_slice(&tables);
    bytes.extend_from_slice(&body);
    bytes
}

fn hash(one: &[u8], other: &[u8]) -> [u8; HASH] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(one).update(other);
    let mut hash = [0; HASH];
    hash.copy_from_slice(&hasher.finalize().as_bytes()[..HASH]);
    hash
}

fn entry(bytes: &[u8; ENTRY]) -> (DocumentId, u32) {
    let (low, high) = (u32_of(&bytes[..4]), u32_of(&bytes[4..8]));
    (DocumentId(u64::from(low) | u64::from(high) << 32), u32_of(&bytes[8..]))
}

fn u32_of(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
}
