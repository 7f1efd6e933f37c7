//! Counts that BM25 needs, of live passages only, so that a score depends neither on deleted ones nor on merges.

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, SegmentReader, Term};

/// Passages and words of one field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldStatistics {
    /// Live passages that have the field.
    pub passages: u64,
    /// Their words, to the precision of tantivy's field norms.
    pub words: u64,
}

impl FieldStatistics {
    /// Counts a field's live passages in a segment.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn of(segment: &SegmentReader, field: Field) -> tantivy::Result<Self> {
        let mut counts = Self::default();
        let norms = segment.get_fieldnorms_reader(field)?;
        for doc in segment.doc_ids_alive() {
            let length = u64::from(norms.fieldnorm(doc));
            counts.passages += u64::from(length > 0);
            counts.words += length;
        }
        Ok(counts)
    }

    /// Adds the counts of another segment.
    pub fn add(&mut self, other: Self) {
        self.passages += other.passages;
        self.words += other.words;
    }

    /// The counts of a field of the same average length with this many passages.
    pub fn scaled(self, passages: u64) -> Self {
        let words = self.words as f64 / self.passages.max(1) as f64 * passages as f64;
        Self { passages, words: words.round() as u64 }
    }
}

/// Live passages that hold a term.
///
/// # Errors
/// When the index cannot be read.
pub fn live_frequency(searcher: &Searcher, term: &Term) -> tantivy::Result<u64> {
    let mut total = 0;
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(term.field())?;
        let Some(postings) = inverted.read_postings(term, IndexRecordOption::Basic)? else {
            continue;
        };
        total += match segment.alive_bitset() {
            Some(alive) => u64::from(postings.doc_freq_given_deletes(alive)),
            None => u64::from(inverted.doc_freq(term)?),
        };
    }
    Ok(total)
}

/// Statistics of one term in one field, as given: what makes terms of several languages comparable.
#[derive(Clone, Copy, Debug)]
pub struct FixedStatistics {
    /// The field's counts.
    pub field: FieldStatistics,
    /// Passages that hold the term, or a phrase's rarest word.
    pub frequency: u64,
}

impl Bm25StatisticsProvider for FixedStatistics {
    fn total_num_tokens(&self, _field: Field) -> tantivy::Result<u64> {
        Ok(self.field.words.max(1))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.field.passages.max(self.frequency).max(1))
    }

    fn doc_freq(&self, _term: &Term) -> tantivy::Result<u64> {
        Ok(self.frequency)
    }
}
