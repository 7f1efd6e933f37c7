//! Near duplicates among results: each is folded under the best result whose text is nearly the same.
//!
//! Editions of different years are not folded unless they say the same: which one says it is what a citation is about.

use rustc_hash::FxHashMap;

use super::candidates::{Candidate, sort};
use super::{Error, Sort, engine};
use crate::document::DocumentId;
use crate::index::Snapshot;
use crate::near_duplicates::Folder;

/// Days between publications, at most, of what may be one edition: a report and its page on the web do not appear on one day.
const EDITION: u64 = 180;

/// Resemblance from which two texts say the same, whenever they were published: dates are told from different places in a PDF
/// and a web page, and the year may be wrong in one. Of 38 reports and their conversions from PDF to HTML 34 are one result,
/// two are too short, two stay apart for their dates; without this three would.
const SAME: f32 = 0.95;

/// What is folded under each document.
pub type Collapsed = FxHashMap<DocumentId, Vec<DocumentId>>;

/// Takes out the candidates that are folded under others, and tells under which. What is left is in no order.
///
/// # Errors
/// When the index cannot be read.
pub fn collapse(
    snapshot: &Snapshot,
    candidates: Vec<Candidate>,
    order: Sort,
) -> Result<(Vec<Candidate>, Collapsed), Error> {
    let signatures = snapshot.near_duplicates()?;
    let mut folded = Collapsed::default();
    if signatures.is_empty() {
        return Ok((candidates, folded));
    }
    let has_near = |candidate: &Candidate| signatures.contains_key(&candidate.document);
    let (mut near, mut kept): (Vec<_>, Vec<_>) = candidates.into_iter().partition(has_near);
    sort(&mut near, order, |candidate| snapshot.document_path(candidate.address))
        .map_err(engine)?;
    let mut folder = Folder::default();
    for candidate in &near {
        let same_edition = |kept: &Candidate, resemblance| {
            resemblance >= SAME || may_be_one_edition(kept.published, candidate.published)
        };
        let signature = &signatures[&candidate.document];
        match folder.fold(candidate, signature, same_edition) {
            Some(over) => folded.entry(over.document).or_default().push(candidate.document),
            None => kept.push(*candidate),
        }
    }
    Ok((kept, folded))
}

/// Whether two first days of publication, `yyyymmdd`, can be those of one edition. Years alone are dated by their first day.
fn may_be_one_edition(one: Option<u64>, other: Option<u64>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return true };
    // Months of 31 days: only the distance matters.
    let days = |date: u64| date / 10_000 * 372 + date / 100 % 100 * 31 + date % 100;
    one / 10_000 == other / 10_000 || days(one).abs_diff(days(other)) <= EDITION
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: Option<u64>, other: Option<u64>, expected: bool) {
        assert_eq!(may_be_one_edition(one, other), expected, "{one:?} {other:?}");
    }

    #[test]
    fn editions_of_different_years_are_two() {
        check(Some(20_190_101), Some(20_191_130), true);
        check(Some(20_181_220), Some(20_190_108), true);
        check(Some(20_180_301), Some(20_190_301), false);
        check(Some(20_180_101), None, true);
    }
}
