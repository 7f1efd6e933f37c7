//! The vectors of passages' windows: files of their own beside the word index.
//!
//! Vectors belong to a document's text, and are the same for as long as that is: they are added after its words are committed,
//! in files that each hold some documents and are written whole or not at all ([`file`]). A word index would have to write a
//! passage again to take them in. They live and die with the text because they count only where the snapshot that is read has
//! the document with a text of the same hash; what is of no document or of another text leaves the disk when files are tidied
//! ([`tidy`]). The writer's lock stands over these files too.

mod file;
mod tidy;

use std::io::ErrorKind::NotFound;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::document::DocumentId;
use crate::semantic::compact::{self, Question};
use file::{Entry, VectorFile};
pub use tidy::{adopt, append, drop_altered, tidy};

/// What tells a model from every other: vectors of different models must not be compared.
pub type Identity = [u8; 16];

/// Folder of the files, in the index's.
const FOLDER: &str = "vectors";

/// How the files' names end.
const EXTENSION: &str = ".vectors";

/// Passages that a thread compares at a time.
const TOGETHER: usize = 512;

/// Times that the files are listed again, when others are tidying them.
const LISTINGS: usize = 5;

/// The vectors of an index, for one model.
#[derive(Debug, Default)]
pub struct Vectors {
    files: Vec<VectorFile>,
    /// Where a document's passages stand. Of a document in two files, as an interrupted tidying leaves it or another text, the last
    /// counts.
    documents: FxHashMap<DocumentId, Place>,
    /// Files that cannot be used.
    unusable: usize,
    /// The files that there were.
    listing: Vec<Listed>,
}

/// A file as the file system lists it: its name, size and modification time.
type Listed = (PathBuf, Option<(u64, SystemTime)>);

#[derive(Clone, Copy, Debug)]
struct Place {
    file: u32,
    /// Hash of the text.
    text_hash: u64,
    /// The first of its passages there.
    first: u32,
    passages: u32,
}

/// The windows of a document.
#[derive(Clone, Copy, Debug)]
pub struct DocumentWindows<'a> {
    file: &'a VectorFile,
    place: Place,
}

impl DocumentWindows<'_> {
    /// The windows of one of its passages; `None` where there are no vectors of it.
    pub fn span(&self, ordinal: u64) -> Option<Span> {
        let passages = self.place.passages;
        let passage = u32::try_from(ordinal).ok().filter(|ordinal| *ordinal < passages)?;
        let windows = self.file.windows_of((self.place.first + passage) as usize);
        Some(Span { file: self.place.file as usize, windows })
    }
}

/// The windows of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    file: usize,
    windows: Range<usize>,
}

impl Span {
    /// How many.
    pub fn len(&self) -> usize {
        self.windows.len()
    }

    /// Whether there are none: a passage without text.
    pub fn is_empty(&self) -> bool {
        self.windows.is_empty()
    }
}

/// The window of a passage that is nearest to a question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearestWindow {
    /// Its number within the passage.
    pub number: u32,
    /// How near it is.
    pub cosine: f32,
}

/// A document's vectors on their way into a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DocumentVectors {
    /// Hash of the text that they are of.
    pub text_hash: u64,
    /// For each passage how many windows there are up to its end.
    pub ends: Vec<u32>,
    /// The packed vectors.
    pub packed: Vec<u8>,
    /// Their scales.
    pub scales: Vec<f32>,
}

impl Vectors {
    /// The vectors that an index has for a model.
    pub fn open(index: &Path, identity: Identity) -> Self {
        for _ in 1..LISTINGS {
            if let Some(vectors) = Self::listed(index, identity, false) {
                return vectors;
            }
        }
        Self::listed(index, identity, true).unwrap_or_default()
    }

    /// The same; `None` where a file has gone since they were listed, unless there is `enough` of listing.
    fn listed(index: &Path, identity: Identity, enough: bool) -> Option<Self> {
        let mut vectors = Self { listing: listing(index), ..Self::default() };
        for (path, _) in vectors.listing.clone() {
            match VectorFile::open(&path) {
                Err(error) if error.kind() == NotFound && !enough => return None,
                Ok(Some(file)) if file.identity() == identity && file.knows_texts() => {
                    vectors.add(file);
                }
                _ => vectors.unusable += 1,
            }
        }
        Some(vectors)
    }

    /// Whether the index has the same files still.
    pub fn is_current(&self, index: &Path) -> bool {
        self.listing == listing(index)
    }

    fn add(&mut self, file: VectorFile) {
        let number = self.files.len() as u32;
        let mut first = 0;
        for Entry { id, text_hash, passages } in file.documents() {
            let text_hash = text_hash.unwrap_or_default();
            let place = Place { file: number, text_hash, first, passages: *passages };
            self.documents.insert(*id, place);
            first += passages;
        }
        self.files.push(file);
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// Files that cannot be used: damaged, or of another model or version.
    pub fn unusable(&self) -> usize {
        self.unusable
    }

    /// Whether every vector is as it was written. Reads all of them.
    pub fn are_whole(&self) -> bool {
        self.files.iter().all(VectorFile::is_whole)
    }

    /// The documents that have vectors, each with the hash of the text that they are of.
    pub fn documents(&self) -> impl Iterator<Item = (DocumentId, u64)> + '_ {
        self.documents.iter().map(|(id, place)| (*id, place.text_hash))
    }

    /// Whether a document has vectors of a text of this hash.
    pub fn has(&self, id: DocumentId, text_hash: u64) -> bool {
        self.documents.get(&id).is_some_and(|place| place.text_hash == text_hash)
    }

    /// Leaves out what is not of these documents and texts.
    pub fn keep(&mut self, texts: &FxHashMap<DocumentId, u64>) {
        self.documents.retain(|id, place| texts.get(id) == Some(&place.text_hash));
    }

    /// How many windows there are.
    pub fn windows(&self) -> usize {
        self.files.iter().map(VectorFile::windows).sum()
    }

    /// Bytes on disk.
    pub fn bytes(&self) -> usize {
        self.files.iter().map(VectorFile::bytes).sum()
    }

    /// The windows of a document; `None` where there are no vectors of it.
    pub fn windows_of(&self, id: DocumentId) -> Option<DocumentWindows<'_>> {
        let place = *self.documents.get(&id)?;
        Some(DocumentWindows { file: &self.files[place.file as usize], place })
    }

    /// The windows of a document's passage; `None` where there are no vectors of it.
    pub fn span(&self, id: DocumentId, ordinal: u64) -> Option<Span> {
        self.windows_of(id)?.span(ordinal)
    }

    /// The windows of each of a document's passages.
    pub fn spans(&self, id: DocumentId) -> impl Iterator<Item = Span> + '_ {
        (0..).map_while(move |ordinal| self.span(id, ordinal))
    }

    /// Of each of these passages the window that is nearest to a question; each has one window at least. On all cores, where it
    /// is worth that.
    pub fn nearest(&self, spans: &[Span], question: &Question) -> Vec<NearestWindow> {
        let scan = |spans: &[Span]| {
            let mut room = Vec::new();
            spans.iter().map(|span| self.nearest_of(span, question, &mut room)).collect::<Vec<_>>()
        };
        if spans.len() <= TOGETHER {
            return scan(spans);
        }
        spans.par_chunks(TOGETHER).flat_map_iter(scan).collect()
    }

    fn nearest_of(&self, span: &Span, question: &Question, room: &mut Vec<f32>) -> NearestWindow {
        room.clear();
        room.resize(span.len(), 0.0);
        let file = &self.files[span.file];
        question.cosines(file.packed(&span.windows), file.scales(&span.windows), room);
        let mut nearest = NearestWindow { number: 0, cosine: f32::NEG_INFINITY };
        for (number, cosine) in (0..).zip(room.iter()) {
            if *cosine > nearest.cosine {
                nearest = NearestWindow { number, cosine: *cosine };
            }
        }
        nearest
    }

    /// Adds the vectors of a passage's windows to a sum.
    pub fn add_up(&self, span: &Span, sum: &mut [f32]) {
        let file = &self.files[span.file];
        let packed = file.packed(&span.windows).chunks_exact(compact::BYTES);
        for (packed, scale) in packed.zip(file.scales(&span.windows)) {
            for (sum, number) in sum.iter_mut().zip(compact::unpack(packed, *scale)) {
                *sum += number;
            }
        }
    }

    /// A document's vectors as they were written.
    fn document(&self, id: DocumentId) -> DocumentVectors {
        let Some(place) = self.documents.get(&id) else { return DocumentVectors::default() };
        let first = place.first as usize;
        let passages = first..first + place.passages as usize;
        self.files[place.file as usize].vectors(place.text_hash, passages)
    }
}

/// The files of an index, in order of their numbers.
fn paths(index: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(index.join(FOLDER)).into_iter().flatten();
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut numbered: Vec<(u64, PathBuf)> =
        paths.filter_map(|path| Some((number_of(&path)?, path))).collect();
    numbered.sort_unstable();
    numbered.into_iter().map(|(_, path)| path).collect()
}

fn listing(index: &Path) -> Vec<Listed> {
    let stamp = |path: &PathBuf| {
        let metadata = std::fs::metadata(path).ok()?;
        Some((metadata.len(), metadata.modified().ok()?))
    };
    paths(index).into_iter().map(|path| (path.clone(), stamp(&path))).collect()
}

fn number_of(path: &Path) -> Option<u64> {
    path.file_name()?.to_str()?.strip_suffix(EXTENSION)?.parse().ok()
}

#[cfg(test)]
mod tests;
