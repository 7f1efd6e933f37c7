//! Vectors for passages whose words are committed: whatever has none yet, in batches that are each kept for good.
//!
//! An index and an encoder in, files of vectors out. Interrupted, it goes on where it was: what has its vectors is not encoded
//! again.

use std::path::Path;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{Error, Event, Observer, Options, readers};
use crate::document::DocumentId;
use crate::index::vectors::{self, DocumentVectors, Identity, Vectors};
use crate::index::{self, PassageAddress, Snapshot, Writer};
use crate::semantic::{DIMENSIONS, Encoder, compact};

/// Passages after which what has been encoded is written, if not after fewer: some seconds of work. A document's are never
/// parted.
const BATCH: usize = 2_000;

/// Passages that a thread encodes at a time.
const TOGETHER: usize = 8;

/// Gives every document of an index that has none its vectors, takes away those of documents that have left, and those that are
/// damaged; how many passages were given theirs.
///
/// # Errors
/// When the index cannot be read or written, or the model is damaged: what was done is kept.
pub fn add_vectors(
    options: &Options,
    encoder: &Encoder,
    observe: &Observer<'_>,
) -> Result<usize, Error> {
    let (index, model) = (&*options.index, encoder.model().identity());
    match Indexed::open(index, model) {
        Ok(indexed) if indexed.is_complete() => return Ok(0),
        // Nothing was ingested.
        Err(index::Error::Missing(_)) => return Ok(0),
        opened => opened.map(drop)?,
    }
    let writer = Writer::open(index, 1)?;
    vectors::drop_altered(index)?;
    // Others may have written until the lock was taken.
    let indexed = Indexed::open(index, model)?;
    vectors::tidy(index, Some(model), |id, text_hash| indexed.has(id, text_hash))?;
    let missing = indexed.missing()?;
    let count = missing.iter().map(|document| document.passages.len()).sum();
    observe(Event::Encoding { passages: count });
    let pool = readers::pool(options.threads())?;
    let most = options.commit_passages.min(BATCH);
    let mut rest = missing.as_slice();
    while !rest.is_empty() {
        let (batch, later) = rest.split_at(batch(rest, most));
        rest = later;
        let encoded = pool.install(|| encode(batch, &indexed.snapshot, encoder))?;
        vectors::append(index, model, &encoded)?;
        let passages = batch.iter().map(|document| document.passages.len()).sum();
        observe(Event::Encoded { passages });
    }
    writer.close()?;
    Ok(count)
}

/// A document with its passages.
struct Document {
    id: DocumentId,
    text_hash: u64,
    passages: Vec<PassageAddress>,
}

/// An index and its vectors.
struct Indexed {
    snapshot: Snapshot,
    text_hashes: FxHashMap<DocumentId, u64>,
    vectors: Vectors,
}

impl Indexed {
    fn open(index: &Path, model: Identity) -> Result<Self, index::Error> {
        let snapshot = Snapshot::open(index)?;
        let text_hashes = snapshot.text_hashes()?;
        Ok(Self { text_hashes, vectors: Vectors::open(index, model), snapshot })
    }

    fn has(&self, id: DocumentId, text_hash: u64) -> bool {
        self.text_hashes.get(&id) == Some(&text_hash)
    }

    /// Whether each of its documents has vectors, no other has, and all of them are as they were written.
    fn is_complete(&self) -> bool {
        self.text_hashes.iter().all(|(id, text_hash)| self.vectors.has(*id, *text_hash))
            && self.vectors.documents().all(|(id, text_hash)| self.has(id, text_hash))
            && self.vectors.unusable() == 0
            && self.vectors.are_whole()
    }

    /// The documents without vectors, in order.
    fn missing(&self) -> Result<Vec<Document>, index::Error> {
        let lacks = |(id, text_hash): &(&DocumentId, &u64)| !self.vectors.has(**id, **text_hash);
        let mut missing: Vec<_> = self.text_hashes.iter().filter(lacks).collect();
        missing.sort_unstable();
        let document = |(id, text_hash): (&DocumentId, &u64)| {
            let passages = self.snapshot.passages_of(*id)?;
            Ok(Document { id: *id, text_hash: *text_hash, passages })
        };
        missing.into_iter().map(document).collect()
    }
}

/// How many of these documents are encoded before what has been done is written.
fn batch(documents: &[Document], most: usize) -> usize {
    let mut passages = 0;
    let within = documents.iter().take_while(|document| {
        passages += document.passages.len();
        passages <= most
    });
    within.count().max(1)
}

/// The vectors of documents.
fn encode(
    documents: &[Document],
    snapshot: &Snapshot,
    encoder: &Encoder,
) -> Result<Vec<(DocumentId, DocumentVectors)>, Error> {
    let addresses = documents.iter().flat_map(|document| &document.passages).copied();
    let addresses: Vec<PassageAddress> = addresses.collect();
    let encoded: Vec<Vec<Packed>> = addresses
        .par_chunks(TOGETHER)
        .map(|addresses| encode_passages(addresses, snapshot, encoder))
        .collect::<Result<_, Error>>()?;
    let mut encoded = encoded.into_iter().flatten();
    let document = |Document { id, text_hash, passages }: &Document| {
        let mut document = DocumentVectors { text_hash: *text_hash, ..DocumentVectors::default() };
        for passage in encoded.by_ref().take(passages.len()) {
            document.packed.extend(passage.bytes);
            document.scales.extend(passage.scales);
            document.ends.push(document.scales.len() as u32);
        }
        (*id, document)
    };
    Ok(documents.iter().map(document).collect())
}

/// The vectors of a passage.
struct Packed {
    bytes: Vec<u8>,
    scales: Vec<f32>,
}

fn encode_passages(
    addresses: &[PassageAddress],
    snapshot: &Snapshot,
    encoder: &Encoder,
) -> Result<Vec<Packed>, Error> {
    let mut texts = Vec::new();
    let mut counts = Vec::with_capacity(addresses.len());
    for address in addresses {
        let windows = snapshot.passage(*address)?.windows();
        counts.push(windows.len());
        texts.extend(windows);
    }
    let vectors = encoder.encode(&texts)?;
    let mut vectors = vectors.chunks_exact(DIMENSIONS);
    let pack = |count: usize| {
        let mut bytes = vec![0; count * compact::BYTES];
        let places = bytes.chunks_exact_mut(compact::BYTES);
        let scales = places.zip(&mut vectors).map(|(place, vector)| compact::pack(vector, place));
        let scales = scales.collect();
        Packed { bytes, scales }
    };
    Ok(counts.into_iter().map(pack).collect())
}
