//! A file of vectors: how it is written, and how it is read again, mapped into memory.
//!
//! ```text
//! 0    magic "AMPARO-V", version u32, documents u32, passages u32, windows u32, identity of the model 16 bytes
//! 40   hash of all that stands before and of the tables 16 bytes, hash of the vectors 16 bytes
//! 72   tables: for each document its id u64, the hash of its text u64, and how many passages u32 it has;
//!      for each passage how many windows there are up to its end u32; zeros up to a multiple of 64
//! ...  packed vectors, then a scale f32 for each
//! ```
//! All numbers are little-endian. The tables are checked when a file is opened, the vectors by [`VectorFile::is_whole`]: that
//! reads the whole file, and a vector that is altered only makes a passage less or more like a question. Files of version 1 do not
//! say of which text their vectors are, and are opened only to be told.

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::{DocumentVectors, Identity};
use crate::document::DocumentId;
use crate::semantic::MappedFile;
use crate::semantic::compact;

/// Changes whenever files of the version before cannot be read, or text is cut into other windows.
const VERSION: u32 = 2;

/// The version whose files do not say of which text a document's vectors are.
const WITHOUT_TEXTS: u32 = 1;

const MAGIC: &[u8; 8] = b"AMPARO-V";
/// Where the hashes stand.
const HASHES: usize = 40;
const HEAD: usize = 72;
const HASH: usize = 16;
const ALIGN: usize = 64;
/// Bytes of a document in the tables, and in those of [`WITHOUT_TEXTS`].
const ENTRY: usize = 20;
const EARLIER_ENTRY: usize = 12;

/// A document in the tables of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// The document.
    pub id: DocumentId,
    /// Hash of its text; none in a file of a version that does not say.
    pub text_hash: Option<u64>,
    /// How many passages it has.
    pub passages: u32,
}

/// A file that was opened.
pub(super) struct VectorFile {
    path: PathBuf,
    bytes: MappedFile,
    documents: Vec<Entry>,
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
        Ok(Self::of(path, MappedFile::open(path)?))
    }

    fn of(path: &Path, bytes: MappedFile) -> Option<Self> {
        let head = bytes.get(..HEAD)?;
        let number = |at: usize| u64::from(u32_of(&head[at..at + 4]));
        let entry_size = match u32_of(&head[8..12]) {
            VERSION => ENTRY,
            WITHOUT_TEXTS => EARLIER_ENTRY,
            _ => return None,
        };
        if !head.starts_with(MAGIC) {
            return None;
        }
        let (documents, passages, windows) = (number(12), number(16), number(20));
        let tables = HEAD as u64 + documents * entry_size as u64 + passages * 4;
        let packed = tables.next_multiple_of(ALIGN as u64);
        if bytes.len() as u64 != packed + windows * (compact::BYTES as u64 + 4) {
            return None;
        }
        let (packed, tables) = (packed as usize, HEAD..tables as usize);
        if hash(&bytes[..HASHES], &bytes[HEAD..packed]) != bytes[HASHES..HASHES + HASH] {
            return None;
        }
        let (entries, ends) = bytes[tables].split_at(documents as usize * entry_size);
        let documents: Vec<Entry> = entries.chunks_exact(entry_size).map(entry).collect();
        let ends: Vec<u32> = ends.as_chunks::<4>().0.iter().map(|end| u32_of(end)).collect();
        let counted: u64 = documents.iter().map(|entry| u64::from(entry.passages)).sum();
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

    /// Its documents.
    pub fn documents(&self) -> &[Entry] {
        &self.documents
    }

    /// Whether it says of which text its documents' vectors are.
    pub fn knows_texts(&self) -> bool {
        self.documents.iter().all(|entry| entry.text_hash.is_some())
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

    /// The vectors of a document's passages, by their numbers in the file, as they were written; they are of the text of this hash.
    pub fn vectors(&self, text_hash: u64, passages: Range<usize>) -> DocumentVectors {
        let mut document = DocumentVectors { text_hash, ..DocumentVectors::default() };
        for windows in passages.map(|passage| self.windows_of(passage)) {
            document.packed.extend_from_slice(self.packed(&windows));
            document.scales.extend_from_slice(self.scales(&windows));
            document.ends.push(document.scales.len() as u32);
        }
        document
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
        tables.extend_from_slice(&vectors.text_hash.to_le_bytes());
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

/// Makes the bytes of a file those of [`WITHOUT_TEXTS`].
#[cfg(test)]
pub(super) fn as_earlier(bytes: &mut Vec<u8>) {
    let (documents, passages) = (u32_of(&bytes[12..16]) as usize, u32_of(&bytes[16..20]) as usize);
    let tables = bytes[HEAD..HEAD + documents * ENTRY + passages * 4].to_vec();
    let body = bytes.split_off((HEAD + tables.len()).next_multiple_of(ALIGN));
    let (entries, ends) = tables.split_at(documents * ENTRY);
    bytes.truncate(HEAD);
    for entry in entries.chunks_exact(ENTRY) {
        bytes.extend([&entry[..8], &entry[16..]].concat());
    }
    bytes.extend(ends);
    bytes.resize(bytes.len().next_multiple_of(ALIGN), 0);
    bytes.extend(body);
    bytes[8..12].copy_from_slice(&WITHOUT_TEXTS.to_le_bytes());
    let packed = (HEAD + documents * EARLIER_ENTRY + passages * 4).next_multiple_of(ALIGN);
    let said = hash(&bytes[..HASHES], &bytes[HEAD..packed]);
    bytes[HASHES..HASHES + HASH].copy_from_slice(&said);
}

fn hash(one: &[u8], other: &[u8]) -> [u8; HASH] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(one).update(other);
    let mut hash = [0; HASH];
    hash.copy_from_slice(&hasher.finalize().as_bytes()[..HASH]);
    hash
}

fn entry(bytes: &[u8]) -> Entry {
    let (id, rest) = bytes.split_at(8);
    let (text_hash, passages) = rest.split_at(rest.len() - 4);
    let text_hash = (!text_hash.is_empty()).then(|| u64_of(text_hash));
    Entry { id: DocumentId(u64_of(id)), text_hash, passages: u32_of(passages) }
}

fn u64_of(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn u32_of(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
}
