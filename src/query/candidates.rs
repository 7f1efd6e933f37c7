//! Candidates: what may be a result, a document or a passage, and which of them come first.

use rustc_hash::FxHashMap;

use super::matches::{SegmentMatches, better};
use super::{By, Sort};
use crate::document::DocumentId;
use crate::index::PassageAddress;

/// What may be a result, told by its best match.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// The document.
    pub document: DocumentId,
    /// First day of its published date, `yyyymmdd`.
    pub published: Option<u64>,
    /// The segment of the best match.
    pub segment: usize,
    /// Which of the segment's matches it is.
    pub at: usize,
    /// The best match's place in the index.
    pub address: PassageAddress,
    /// Its number within the document.
    pub ordinal: u64,
    /// Whether it holds everything that was asked.
    pub complete: bool,
    /// Whether it only stands beside what a filter asks for.
    pub beside: bool,
    /// Its score.
    pub score: f32,
}

impl Candidate {
    fn of(matches: &[SegmentMatches], segment: usize, run: usize, at: usize) -> Self {
        let (run, best) = (&matches[segment].runs[run], &matches[segment].all[at]);
        Self {
            document: run.document,
            published: run.published,
            segment,
            at,
            address: PassageAddress { segment: segment as u32, doc: best.doc },
            ordinal: best.ordinal,
            complete: best.complete,
            beside: best.beside,
            score: best.score,
        }
    }
}

/// The candidates that the matches of each segment make, and how many documents there are.
pub fn candidates(matches: &[SegmentMatches], by: By) -> (Vec<Candidate>, usize) {
    let runs: usize = matches.iter().map(|matches| matches.runs.len()).sum();
    let mut places = FxHashMap::with_capacity_and_hasher(runs, rustc_hash::FxBuildHasher);
    let mut candidates = Vec::with_capacity(runs);
    for (segment, found) in matches.iter().enumerate() {
        for (number, run) in found.runs.iter().enumerate() {
            let next = places.len();
            let place = *places.entry(run.document).or_insert(next);
            if by == By::Passage {
                let all = run.matches.clone();
                candidates.extend(all.map(|at| Candidate::of(matches, segment, number, at)));
            } else if place == candidates.len() {
                candidates.push(Candidate::of(matches, segment, number, run.best));
            } else {
                // A document whose passages are in several places.
                let known: &mut Candidate = &mut candidates[place];
                if better(&found.all[run.best], &matches[known.segment].all[known.at]).is_lt() {
                    *known = Candidate::of(matches, segment, number, run.best);
                }
            }
        }
    }
    (candidates, places.len())
}

/// The better candidate first; ties are left.
fn compare(sort: Sort, a: &Candidate, b: &Candidate) -> std::cmp::Ordering {
    let complete = a.beside.cmp(&b.beside).then(b.complete.cmp(&a.complete));
    let score = b.score.total_cmp(&a.score);
    match sort {
        Sort::Relevance => complete.then(score),
        // Who wants the newest does not want it with one word of three.
        Sort::Date => complete.then(b.published.cmp(&a.published)).then(score),
    }
}

/// Sorts candidates. Ties are broken by the path of the document, then passage; paths are read only for what ties.
///
/// # Errors
/// When a path cannot be read.
pub fn sort<P: Ord>(
    candidates: &mut [Candidate],
    order: Sort,
    path: impl Fn(&Candidate) -> tantivy::Result<P>,
) -> tantivy::Result<()> {
    candidates.sort_unstable_by(|a, b| compare(order, a, b));
    for tied in candidates.chunk_by_mut(|a, b| compare(order, a, b).is_eq()) {
        if tied.len() < 2 {
            continue;
        }
        let paths = tied.iter().map(&path).collect::<tantivy::Result<Vec<P>>>()?;
        let mut places: Vec<(P, Candidate)> = paths.into_iter().zip(tied.iter().copied()).collect();
        places.sort_unstable_by(|(a_path, a), (b_path, b)| {
            let passage = (a.ordinal, a.address).cmp(&(b.ordinal, b.address));
            a_path.cmp(b_path).then(passage)
        });
        for (place, (_, candidate)) in tied.iter_mut().zip(places) {
            *place = candidate;
        }
    }
    Ok(())
}

/// The candidates from `offset` on, as many as are wanted, in order. The others are not sorted where they need not be.
///
/// # Errors
/// When a path cannot be read.
pub fn page<P: Ord>(
    mut candidates: Vec<Candidate>,
    order: Sort,
    offset: usize,
    limit: Option<usize>,
    path: impl Fn(&Candidate) -> tantivy::Result<P>,
) -> tantivy::Result<Vec<Candidate>> {
    let start = offset.min(candidates.len());
    let all = candidates.len();
    let end = limit.map_or(all, |limit| start.saturating_add(limit).min(all));
    if start == end {
        return Ok(Vec::new());
    }
    if end < all {
        let by = |a: &Candidate, b: &Candidate| compare(order, a, b);
        let (_, last, after) = candidates.select_nth_unstable_by(end - 1, by);
        let last = *last;
        // What ties with the last one may come before it.
        let mut ties = 0;
        for at in 0..after.len() {
            if by(&after[at], &last).is_eq() {
                after.swap(at, ties);
                ties += 1;
            }
        }
        candidates.truncate(end + ties);
    }
    sort(&mut candidates, order, path)?;
    candidates.truncate(end);
    candidates.drain(..start);
    Ok(candidates)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Candidates of which many tie, in no order.
    fn some() -> Vec<Candidate> {
        let candidate = |number: u64| Candidate {
            document: DocumentId(number * 7919 % 200),
            published: (!number.is_multiple_of(3)).then_some(20_200_000 + number * 31 % 4),
            segment: 0,
            at: 0,
            address: PassageAddress { segment: 0, doc: number as u32 },
            ordinal: number / 200,
            complete: number.is_multiple_of(5),
            beside: number.is_multiple_of(7),
            score: (number * 13 % 11) as f32,
        };
        (0..400).map(candidate).collect()
    }

    /// A page is what the same places hold when all candidates are sorted.
    #[track_caller]
    fn check(order: Sort, offset: usize, limit: Option<usize>) {
        let path = |candidate: &Candidate| Ok(format!("{:03}", candidate.document.0));
        let places = |all: &[Candidate]| all.iter().map(|one| one.address).collect::<Vec<_>>();
        let mut all = some();
        all.sort_by(|a, b| {
            let tie = (a.document, a.ordinal).cmp(&(b.document, b.ordinal));
            compare(order, a, b).then(tie)
        });
        let expected = all.into_iter().skip(offset).take(limit.unwrap_or(usize::MAX));
        let expected: Vec<Candidate> = expected.collect();
        let found = page(some(), order, offset, limit, path).unwrap();
        assert_eq!(places(&found), places(&expected), "{order:?} {offset} {limit:?}");
    }

    #[test]
    fn a_page_is_a_part_of_the_whole_order() {
        for order in [Sort::Relevance, Sort::Date] {
            check(order, 0, Some(1));
            check(order, 0, Some(10));
            check(order, 37, Some(25));
            check(order, 395, Some(10));
            check(order, 400, Some(10));
            check(order, 0, Some(0));
            check(order, 3, None);
        }
    }
}
