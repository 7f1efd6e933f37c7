//! Work on each segment of a snapshot: on all cores where that pays, and with the same outcome whatever their number.

use rayon::prelude::*;
use tantivy::SegmentReader;

use super::Snapshot;

/// Passages and records from which other cores are asked to help: below it waking them takes as long as the work.
const ENOUGH: u32 = 100_000;

impl Snapshot {
    /// What some work makes of each segment, in their order; for [`crate::query`] and this module alone.
    ///
    /// # Errors
    /// The first that the work gives, in that order.
    pub(crate) fn each_segment<T: Send, E: Send>(
        &self,
        work: impl Fn(usize, &SegmentReader) -> Result<T, E> + Sync,
    ) -> Result<Vec<T>, E> {
        let none = vec![(); self.searcher().segment_readers().len()];
        self.each_segment_with(none, |number, segment, ()| work(number, segment))
    }

    /// The same of work that takes something for each segment.
    ///
    /// # Errors
    /// The first that the work gives, in the segments' order.
    pub(crate) fn each_segment_with<I: Send, T: Send, E: Send>(
        &self,
        given: Vec<I>,
        work: impl Fn(usize, &SegmentReader, I) -> Result<T, E> + Sync,
    ) -> Result<Vec<T>, E> {
        let segments = self.searcher().segment_readers();
        let size: u32 = segments.iter().map(SegmentReader::max_doc).sum();
        let work = |(number, given)| work(number, &segments[number], given);
        if segments.len() < 2 || size < ENOUGH {
            return given.into_iter().enumerate().map(work).collect();
        }
        let done: Vec<Result<T, E>> =
            given.into_par_iter().enumerate().with_max_len(1).map(work).collect();
        done.into_iter().collect()
    }
}
