//! A segment's columns: what scoring reads of a passage besides its words.

use tantivy::SegmentReader;
use tantivy::columnar::Column;

use super::asked::Asked;
use super::rank::{self, Parts};
use crate::document::DocumentId;
use crate::index::marks::Mark;

/// The columns of a segment that scoring reads.
pub struct Columns {
    document: Column<u64>,
    ordinal: Column<u64>,
    first: Column<u64>,
    last: Column<u64>,
    countries: Column<u64>,
    violations: Column<u64>,
}

impl Columns {
    /// The columns of a segment.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn of(segment: &SegmentReader) -> tantivy::Result<Self> {
        let fast = segment.fast_fields();
        Ok(Self {
            document: fast.u64("document")?,
            ordinal: fast.u64("ordinal")?,
            first: fast.u64("published_first")?,
            last: fast.u64("published_last")?,
            countries: fast.u64("country_marks")?,
            violations: fast.u64("violation_marks")?,
        })
    }

    /// A passage's document.
    pub fn document(&self, doc: u32) -> DocumentId {
        DocumentId(self.document.first(doc).unwrap_or(0))
    }

    /// A passage's number within its document.
    pub fn ordinal(&self, doc: u32) -> u64 {
        self.ordinal.first(doc).unwrap_or(0)
    }

    /// The first day on which its document may have been published.
    pub fn first_day(&self, doc: u32) -> Option<u64> {
        self.first.first(doc)
    }

    /// The last such day.
    pub fn last_day(&self, doc: u32) -> Option<u64> {
        self.last.first(doc)
    }

    /// The parts of a passage's score that do not depend on its text. Columns are read only for what was asked.
    pub fn parts(&self, doc: u32, asked: &Asked) -> Parts {
        let marks =
            |column: &Column<u64>| column.values_for_doc(doc).map(Mark::unpack).collect::<Vec<_>>();
        let factor = |asked: &[u16], column, rank: fn(&[u16], std::vec::IntoIter<Mark>) -> f32| {
            if asked.is_empty() { 1.0 } else { rank(asked, marks(column).into_iter()) }
        };
        Parts {
            text: 1.0,
            meaning: None,
            country: factor(&asked.countries, &self.countries, rank::country)
                .powf(asked.country_share),
            violation: factor(&asked.violations, &self.violations, rank::violation)
                .powf(asked.violation_share),
            recency: 1.0,
        }
    }
}
