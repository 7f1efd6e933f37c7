//! Candidates: what may be a result, a document or a passage, and which of them come first.

use rustc_hash::FxHashMap;

use super::matches::{Matches, better};
use super::{By, Error, Sort};
use crate::document::DocumentId;
use crate::index::{PassageAddress, Snapshot};

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
    /// Its score.
    pub score: f32,
}

impl Candidate {
    fn of(matches: &[Matches], segment: usize, run: usize, at: usize) -> Self {
        let (run, best) = (&matches[segment].runs[run], &matches[segment].all[at]);
        Self {
            document: run.document,
            published: run.published,
            segment,
            at,
            address: PassageAddress { segment: segment as u32, doc: best.doc },
            ordinal: best.ordinal,
            complete: best.complete,
            score: best.score,
        }
    }
}

/// The candidates that the matches of each segment make, and how many documents there are.
pub fn candidates(matches: &[Matches], by: By) -> (Vec<Candidate>, usize) {
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
    let complete = b.complete.cmp(&a.complete);
    let score = b.score.total_cmp(&a.score);
    match sort {
        Sort::Relevance => complete.then(score),
        // Who wants the newest does not want it with one word of three.
        Sort::Date => complete.then(b.published.cmp(&a.published)).then(score),
    }
}

/// Sorts candidates. Ties are broken by path, then passage; paths are read only for what ties.
///
/// # Errors
/// When the index cannot be read.
pub fn sort(snapshot: &Snapshot, candidates: &mut [Candidate], sort: Sort) -> Result<(), Error> {
    candidates.sort_unstable_by(|a, b| compare(sort, a, b));
    for tied in candidates.chunk_by_mut(|a, b| compare(sort, a, b).is_eq()) {
        if tied.len() < 2 {
            continue;
        }
        let path = |candidate: &Candidate| snapshot.document_path(candidate.address);
        let paths = tied.iter().map(path).collect::<tantivy::Result<Vec<&str>>>()?;
        let mut places: Vec<(&str, u64, PassageAddress, Candidate)> =
            (paths.into_iter().zip(&*tied))
                .map(|(path, candidate)| (path, candidate.ordinal, candidate.address, *candidate))
                .collect();
        places.sort_unstable_by_key(|(path, ordinal, address, _)| (*path, *ordinal, *address));
        for (place, (.., candidate)) in tied.iter_mut().zip(places) {
            *place = candidate;
        }
    }
    Ok(())
}

/// The candidates from `offset` on, as many as are wanted, in order. The others are not sorted where they need not be.
///
/// # Errors
/// When the index cannot be read.
pub fn page(
    snapshot: &Snapshot,
    mut candidates: Vec<Candidate>,
    order: Sort,
    offset: usize,
    limit: Option<usize>,
) -> Result<Vec<Candidate>, Error> {
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
    sort(snapshot, &mut candidates, order)?;
    candidates.truncate(end);
    candidates.drain(..start);
    Ok(candidates)
}
