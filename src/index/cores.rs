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
        let is_shared = segments.len() > 1 && size >= ENOUGH;
        done(given, is_shared, |number, given| work(number, &segments[number], given))
    }
}

/// What some work makes of numbered things, in their order, or its first error in that order; `is_shared` among all cores.
fn done<I: Send, T: Send, E: Send>(
    given: Vec<I>,
    is_shared: bool,
    work: impl Fn(usize, I) -> Result<T, E> + Sync,
) -> Result<Vec<T>, E> {
    let work = |(number, given)| work(number, given);
    if !is_shared {
        return given.into_iter().enumerate().map(work).collect();
    }
    let done: Vec<Result<T, E>> =
        given.into_par_iter().enumerate().with_max_len(1).map(work).collect();
    done.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Doubles the numbers to 99, and refuses some.
    #[track_caller]
    fn check(refused: &[usize], expected: &Result<Vec<usize>, usize>) {
        for is_shared in [false, true] {
            let given: Vec<usize> = (0..100).collect();
            let work = |number: usize, given: usize| {
                if refused.contains(&number) { Err(number) } else { Ok(2 * given) }
            };
            assert_eq!(&done(given, is_shared, work), expected, "shared: {is_shared}");
        }
    }

    #[test]
    fn the_outcome_is_the_same_on_one_core_and_on_all() {
        check(&[], &Ok((0..100).map(|number| 2 * number).collect()));
        check(&[80, 41, 99], &Err(41));
    }
}
