//! Near duplicates among results: each is folded under the best result whose text is nearly the same.
//!
//! Editions of different years are not folded unless they say the same: which one says it is what a citation is about.

use rustc_hash::FxHashMap;

use super::collect::{Group, Paths, compare};
use super::{Error, Request};
use crate::document::DocumentId;
use crate::index::Snapshot;
use crate::near_duplicates::Folder;

/// Days between publications, at most, of what may be one edition: a report and its page on the web do not appear on one day.
const EDITION: u64 = 180;

/// Resemblance from which two texts say the same, whenever they were published: dates are told from different places in a PDF
/// and a web page, and the year may be wrong in one. Of 38 reports and their conversions from PDF to HTML 34 are one result,
/// two are too short, two stay apart for their dates; without this three would.
const SAME: f32 = 0.95;

/// Folds results, and gives the number of those that are no longer there.
///
/// # Errors
/// When the index cannot be read.
pub fn fold(
    snapshot: &Snapshot,
    groups: Vec<Group>,
    request: &Request,
) -> Result<(Vec<Group>, usize), Error> {
    let signatures = snapshot.near_duplicates()?;
    let near = |group: &&Group| signatures.contains_key(&group.hits[0].document);
    let mut candidates: Vec<&Group> = groups.iter().filter(near).collect();
    if candidates.len() < 2 {
        return Ok((groups, 0));
    }
    let paths = Paths::of(snapshot)?;
    candidates.sort_by_cached_key(|group| paths.path(group.hits[0].address));
    candidates.sort_by(|a, b| compare(request.sort, a, b));
    let published: FxHashMap<DocumentId, Option<u64>> =
        candidates.iter().map(|group| (group.hits[0].document, group.hits[0].published)).collect();
    let mut folder = Folder::default();
    let mut under: FxHashMap<DocumentId, DocumentId> = FxHashMap::default();
    let mut folded: FxHashMap<DocumentId, Vec<DocumentId>> = FxHashMap::default();
    for document in candidates.iter().map(|group| group.hits[0].document) {
        let same_edition = |kept: DocumentId, resemblance| {
            resemblance >= SAME || may_be_one_edition(published[&kept], published[&document])
        };
        if let Some(kept) = folder.fold(document, &signatures[&document], same_edition) {
            under.insert(document, kept);
            folded.entry(kept).or_default().push(document);
        }
    }
    let mut groups = groups;
    groups.retain(|group| !under.contains_key(&group.hits[0].document));
    for group in &mut groups {
        group.near = folded.remove(&group.hits[0].document).unwrap_or_default();
    }
    Ok((groups, under.len()))
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
