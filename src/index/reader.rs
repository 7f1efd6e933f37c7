//! Reading an index: one commit, whole, for as long as the snapshot lives.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;
use tantivy::index::SegmentId;
use tantivy::schema::Field;
use tantivy::{Opstamp, Searcher, Term};

use super::record::{FileRecord, PassageRecord};
use super::runs::{self, DocumentPaths, DocumentRun};
use super::stored::{Stored, term_query};
use super::vectors::Vectors;
use super::{
    Error, FieldStatistics, Fields, KIND_FILE, KIND_PASSAGE, Manifest, engine, field, manifest_of,
    open,
};
use crate::document::DocumentId;
use crate::near_duplicates::{self, Signature};
use crate::semantic::Encoder;

/// An index as its last commit left it when this was opened, or refreshed.
pub struct Snapshot {
    stored: Stored,
    fields: Fields,
    manifest: Manifest,
    /// Read when it is first asked for.
    near_duplicates: OnceLock<FxHashMap<DocumentId, Signature>>,
    /// Summed up when they are first asked for: a snapshot does not change.
    statistics: OnceLock<Vec<(Field, FieldStatistics)>>,
    segments: Vec<SegmentCache>,
    path: PathBuf,
    /// Given when it is first wanted.
    meaning: OnceLock<Meaning>,
}

/// What has been read of a segment: as long as nothing of it is deleted, it is the same in every snapshot.
struct SegmentCache {
    segment: SegmentKey,
    statistics: OnceLock<Vec<(Field, FieldStatistics)>>,
    runs: OnceLock<Vec<DocumentRun>>,
    paths: OnceLock<DocumentPaths>,
}

/// A segment and its last deletion.
type SegmentKey = (SegmentId, Option<Opstamp>);

impl SegmentCache {
    fn of(segment: SegmentKey) -> Self {
        let (statistics, runs, paths) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Self { segment, statistics, runs, paths }
    }
}

/// What finding by meaning needs.
#[derive(Debug)]
pub struct Meaning {
    /// Encodes questions.
    pub encoder: Arc<Encoder>,
    /// The vectors of passages.
    pub vectors: Vectors,
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot").field("manifest", &self.manifest).finish_non_exhaustive()
    }
}

/// Where a passage stands in a snapshot; means nothing in another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PassageAddress {
    /// Ordinal of the segment.
    pub segment: u32,
    /// Number of the passage within it.
    pub doc: u32,
}

impl Snapshot {
    /// Opens the index of a folder for reading.
    ///
    /// # Errors
    /// [`Error::Missing`] or [`Error::Version`], or when it cannot be read.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let (index, fields) = open(path)?;
        let manifest = manifest_of(&index)?.unwrap_or_default();
        let stored = Stored::of(&index)?;
        Ok(Self {
            segments: segment_keys(&stored).map(SegmentCache::of).collect(),
            stored,
            fields,
            manifest,
            near_duplicates: OnceLock::new(),
            statistics: OnceLock::new(),
            path: path.to_owned(),
            meaning: OnceLock::new(),
        })
    }

    /// Reads what was committed since, if anything was; whether there was. What has been read of segments that are still there
    /// is kept. When it fails, the snapshot is as it was.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn refresh(&mut self) -> Result<bool, Error> {
        let mut next = Self::open(&self.path)?;
        let keys = |snapshot: &Self| -> Vec<SegmentKey> {
            snapshot.segments.iter().map(|cache| cache.segment).collect()
        };
        let is_new = |meaning: &Meaning| !meaning.vectors.is_current(&self.path);
        if keys(self) == keys(&next) && self.manifest == next.manifest {
            let encoder = self.meaning.get().filter(|meaning| is_new(meaning));
            let Some(encoder) = encoder.map(|meaning| Arc::clone(&meaning.encoder)) else {
                return Ok(false);
            };
            let vectors = self.vectors(&encoder);
            self.meaning = OnceLock::from(Meaning { encoder, vectors });
            return Ok(true);
        }
        let mut known: FxHashMap<SegmentKey, SegmentCache> = std::mem::take(&mut self.segments)
            .into_iter()
            .map(|cache| (cache.segment, cache))
            .collect();
        for cache in &mut next.segments {
            if let Some(known) = known.remove(&cache.segment) {
                *cache = known;
            }
        }
        // Another text may have other vectors, or none yet.
        if let Some(Meaning { encoder, .. }) = self.meaning.take() {
            next.add_meaning(encoder);
        }
        *self = next;
        Ok(true)
    }

    /// The same index, with what finding by meaning needs: its vectors for an encoder's model, as they are now.
    #[must_use]
    pub fn with_meaning(self, encoder: Arc<Encoder>) -> Self {
        self.add_meaning(encoder);
        self
    }

    /// Gives it what finding by meaning needs, unless it has that.
    pub fn add_meaning(&self, encoder: Arc<Encoder>) {
        self.meaning.get_or_init(|| Meaning { vectors: self.vectors(&encoder), encoder });
    }

    /// The vectors of its documents' texts, as they are now.
    fn vectors(&self, encoder: &Encoder) -> Vectors {
        let mut vectors = Vectors::open(&self.path, encoder.model().identity());
        // Where the index cannot be read, whoever searches it says so.
        vectors.keep(&self.text_hashes().unwrap_or_default());
        vectors
    }

    /// What finding by meaning needs, if it was given.
    pub fn meaning(&self) -> Option<&Meaning> {
        self.meaning.get()
    }

    /// What the index says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// tantivy's searcher, for [`crate::query`] alone.
    pub(crate) fn searcher(&self) -> &Searcher {
        &self.stored.searcher
    }

    /// The schema's fields, for [`crate::query`] alone.
    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Counts of the live passages of every field that is searched by words, for [`crate::query`] alone.
    pub(crate) fn statistics(&self) -> tantivy::Result<&[(Field, FieldStatistics)]> {
        if let Some(counted) = self.statistics.get() {
            return Ok(counted);
        }
        let fields = &self.fields;
        let searched =
            fields.bodies.into_iter().chain([fields.body_other, fields.words, fields.front]);
        let mut sums: Vec<(Field, FieldStatistics)> =
            searched.map(|field| (field, FieldStatistics::default())).collect();
        for (cache, segment) in self.segments.iter().zip(self.searcher().segment_readers()) {
            let counted = kept(&cache.statistics, || {
                let counts = sums.iter().map(|(field, _)| {
                    FieldStatistics::of(segment, *field).map(|counts| (*field, counts))
                });
                counts.collect()
            })?;
            for ((_, sum), (_, counts)) in sums.iter_mut().zip(counted) {
                sum.add(*counts);
            }
        }
        Ok(self.statistics.get_or_init(|| sums))
    }

    /// Where the live passages of each document stand in the segment of this number; for [`crate::query`] alone.
    pub(crate) fn document_runs(&self, segment: usize) -> tantivy::Result<&[DocumentRun]> {
        let reader = self.searcher().segment_reader(segment as u32);
        let runs = kept(&self.segments[segment].runs, || runs::of(reader, &self.fields))?;
        Ok(runs)
    }

    /// The path of a passage's document, by which ties are broken; for [`crate::query`] alone.
    pub(crate) fn document_path(&self, address: PassageAddress) -> tantivy::Result<&str> {
        let reader = self.searcher().segment_reader(address.segment);
        let cache = &self.segments[address.segment as usize];
        Ok(kept(&cache.paths, || DocumentPaths::of(reader))?.path(address.doc))
    }

    /// Every file's record, in order of path.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn files(&self) -> Result<Vec<FileRecord>, Error> {
        self.stored.files(&term_query(Term::from_field_text(self.fields.kind, KIND_FILE)))
    }

    /// Gives every file's record to `take`, one after another, in no order.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn each_file(&self, take: impl FnMut(FileRecord)) -> Result<(), Error> {
        self.stored.each_file(take)
    }

    /// The record of a path.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn file(&self, path: &str) -> Result<Option<FileRecord>, Error> {
        let query = term_query(Term::from_field_text(self.fields.path, path));
        Ok(self.stored.files(&query)?.pop())
    }

    /// The records of every file that holds a document: first the one that describes it, then the others in order of path.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn files_of(&self, id: DocumentId) -> Result<Vec<FileRecord>, Error> {
        self.stored.files_of(id)
    }

    /// Where the passages of a document stand, in their order.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn passages_of(&self, id: DocumentId) -> Result<Vec<PassageAddress>, Error> {
        self.stored.passages_of(id)
    }

    /// A passage as it was stored.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn passage(&self, address: PassageAddress) -> Result<PassageRecord, Error> {
        self.stored.passage(address)
    }

    /// The documents that have passages, in order.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn documents(&self) -> Result<Vec<DocumentId>, Error> {
        let mut ids: Vec<DocumentId> = self.text_hashes()?.into_keys().collect();
        ids.sort_unstable();
        Ok(ids)
    }

    /// The documents that have passages, each with the hash of its text.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn text_hashes(&self) -> Result<FxHashMap<DocumentId, u64>, Error> {
        let mut hashes = FxHashMap::default();
        for segment in 0..self.segments.len() {
            let runs = self.document_runs(segment).map_err(engine)?;
            hashes.extend(runs.iter().map(|run| (run.document, run.text_hash)));
        }
        Ok(hashes)
    }

    /// How many passages there are.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn passage_count(&self) -> Result<usize, Error> {
        let query = term_query(Term::from_field_text(self.fields.kind, KIND_PASSAGE));
        self.searcher().search(&query, &tantivy::collector::Count).map_err(engine)
    }

    /// The signatures of the documents that have near duplicates here.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn near_duplicates(&self) -> Result<&FxHashMap<DocumentId, Signature>, Error> {
        kept(&self.near_duplicates, || {
            let mut all: Vec<_> = self.signatures()?.into_iter().collect();
            all.sort_unstable_by_key(|(document, _)| *document);
            Ok(near_duplicates::candidates(&all).into_iter().collect())
        })
    }

    /// The documents of nearly the same text as this one, the most alike first.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn near_duplicates_of(&self, id: DocumentId) -> Result<Vec<DocumentId>, Error> {
        let signatures = self.near_duplicates()?;
        let Some(own) = signatures.get(&id) else { return Ok(Vec::new()) };
        let others = signatures.iter().filter(|(other, _)| **other != id);
        let mut near: Vec<(f32, DocumentId)> = others
            .map(|(other, signature)| (own.resemblance(signature), *other))
            .filter(|(resemblance, _)| *resemblance >= near_duplicates::NEAR)
            .collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        Ok(near.into_iter().map(|(_, other)| other).collect())
    }

    /// The signature of every document that has one.
    fn signatures(&self) -> Result<FxHashMap<DocumentId, Signature>, Error> {
        let files = term_query(Term::from_field_text(self.fields.kind, KIND_FILE));
        let segments = self.searcher().segment_readers().iter().map(|segment| {
            let columns = segment.fast_fields();
            Ok((columns.u64(field::DOCUMENT)?, columns.u64(field::SIGNATURE)?))
        });
        let columns = segments.collect::<tantivy::Result<Vec<_>>>().map_err(engine)?;
        let mut signatures = FxHashMap::default();
        for file in
            self.searcher().search(&files, &tantivy::collector::DocSetCollector).map_err(engine)?
        {
            let (documents, numbers) = &columns[file.segment_ord as usize];
            let mut signature = [0; near_duplicates::NUMBERS];
            let mut read = 0;
            for (place, number) in signature.iter_mut().zip(numbers.values_for_doc(file.doc_id)) {
                *place = number;
                read += 1;
            }
            if read == signature.len()
                && let Some(document) = documents.first(file.doc_id)
            {
                signatures.insert(DocumentId(document), Signature(signature));
            }
        }
        Ok(signatures)
    }
}

/// The segments of a commit.
fn segment_keys(stored: &Stored) -> impl Iterator<Item = SegmentKey> {
    let segments = stored.searcher.segment_readers().iter();
    segments.map(|segment| (segment.segment_id(), segment.delete_opstamp()))
}

/// What is kept, or else what is now read to be kept. Whoever is faster has read the same.
fn kept<T, E>(kept: &OnceLock<T>, read: impl FnOnce() -> Result<T, E>) -> Result<&T, E> {
    if let Some(known) = kept.get() {
        return Ok(known);
    }
    let read = read()?;
    Ok(kept.get_or_init(|| read))
}
