//! Reading an index: one commit, whole, for as long as the snapshot lives.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::record::{FileRecord, PassageRecord};
use super::stored::{Stored, term_query};
use super::stretches::{self, DocumentPaths, Stretch};
use super::vectors::Vectors;
use super::{Error, FieldStatistics, Fields, KIND_FILE, KIND_PASSAGE, Manifest, manifest_of, open};
use crate::document::DocumentId;
use crate::near_duplicates::{self, Signature};
use crate::semantic::Encoder;

/// An index as its last commit left it when this was opened.
pub struct Snapshot {
    stored: Stored,
    fields: Fields,
    manifest: Manifest,
    /// Read when it is first asked for.
    near: OnceLock<FxHashMap<DocumentId, Signature>>,
    /// Counted when they are first asked for: a snapshot does not change.
    statistics: OnceLock<Vec<(Field, FieldStatistics)>>,
    /// Read when they are first asked for, for each segment.
    stretches: OnceLock<Vec<Vec<Stretch>>>,
    paths: Vec<OnceLock<DocumentPaths>>,
    path: PathBuf,
    meaning: Option<Meaning>,
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
        let segments = stored.searcher.segment_readers().len();
        Ok(Self {
            paths: (0..segments).map(|_| OnceLock::new()).collect(),
            stored,
            fields,
            manifest,
            near: OnceLock::new(),
            statistics: OnceLock::new(),
            stretches: OnceLock::new(),
            path: path.to_owned(),
            meaning: None,
        })
    }

    /// The same index, with what finding by meaning needs: its vectors for an encoder's model, as they are now.
    #[must_use]
    pub fn with_meaning(self, encoder: Arc<Encoder>) -> Self {
        let vectors = Vectors::open(&self.path, encoder.model().identity());
        Self { meaning: Some(Meaning { encoder, vectors }), ..self }
    }

    /// What finding by meaning needs, if it was given.
    pub fn meaning(&self) -> Option<&Meaning> {
        self.meaning.as_ref()
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
        let counted = searched
            .map(|field| Ok((field, FieldStatistics::of(self.searcher(), field)?)))
            .collect::<tantivy::Result<_>>()?;
        Ok(self.statistics.get_or_init(|| counted))
    }

    /// Where the live passages of each document stand, by segment; for [`crate::query`] alone.
    pub(crate) fn stretches(&self) -> tantivy::Result<&[Vec<Stretch>]> {
        if let Some(read) = self.stretches.get() {
            return Ok(read);
        }
        let read = self.each_segment(|_, segment| stretches::of(segment, &self.fields))?;
        Ok(self.stretches.get_or_init(|| read))
    }

    /// The path of a passage's document, by which ties are broken; for [`crate::query`] alone.
    pub(crate) fn document_path(&self, address: PassageAddress) -> tantivy::Result<&str> {
        let kept = &self.paths[address.segment as usize];
        if kept.get().is_none() {
            // Whoever was faster has read the same.
            let _ = kept.set(DocumentPaths::of(self.searcher().segment_reader(address.segment))?);
        }
        Ok(kept.get().map_or("", |paths| paths.path(address.doc)))
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
        let mut ids = Vec::new();
        let query = term_query(Term::from_field_text(self.fields.kind, KIND_PASSAGE));
        let segments = self.searcher().segment_readers().iter();
        let columns = segments.map(|segment| segment.fast_fields().u64("document"));
        let columns: Vec<_> = columns.collect::<tantivy::Result<_>>()?;
        for passage in self.searcher().search(&query, &tantivy::collector::DocSetCollector)? {
            let column = &columns[passage.segment_ord as usize];
            ids.extend(column.first(passage.doc_id).map(DocumentId));
        }
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }

    /// How many passages there are.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn passage_count(&self) -> Result<usize, Error> {
        let query = term_query(Term::from_field_text(self.fields.kind, KIND_PASSAGE));
        Ok(self.searcher().search(&query, &tantivy::collector::Count)?)
    }

    /// The signatures of the documents that have near duplicates here.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn near_duplicates(&self) -> Result<&FxHashMap<DocumentId, Signature>, Error> {
        if self.near.get().is_none() {
            let mut all: Vec<_> = self.signatures()?.into_iter().collect();
            all.sort_unstable_by_key(|(document, _)| *document);
            let candidates = near_duplicates::candidates(&all).into_iter().collect();
            // Whoever was faster has read the same.
            let _ = self.near.set(candidates);
        }
        Ok(self.near.get().expect("it has just been set"))
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
            Ok((columns.u64("document")?, columns.u64("signature")?))
        });
        let columns = segments.collect::<tantivy::Result<Vec<_>>>()?;
        let mut signatures = FxHashMap::default();
        for file in self.searcher().search(&files, &tantivy::collector::DocSetCollector)? {
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
