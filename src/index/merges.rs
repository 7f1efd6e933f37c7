//! Which segments the engine merges while an index is written: few at a time, and none that is large already.

use tantivy::merge_policy::LogMergePolicy;

/// Segments that are merged at a time. All that a merge reads is mapped into memory: by eight, the engine's default, that was
/// 270 MB of a library of 537,000 passages.
const MERGED_AT_A_TIME: usize = 4;

/// A segment of more passages than these is not merged into a larger one: that would write all of them again, a twentieth of
/// the time of a large library's ingest and 90 MB of its peak, to save an answer nothing that can be measured: 110 queries over
/// 537,000 passages took as long in 29 segments as in 13. It is a little less than what a thread's heap holds, so that only
/// what commits cut off early is merged.
const LARGEST_MERGED: usize = 15_000;

/// Which segments are merged while an index is written.
pub(super) fn policy() -> LogMergePolicy {
    let mut policy = LogMergePolicy::default();
    policy.set_min_num_segments(MERGED_AT_A_TIME);
    policy.set_max_docs_before_merge(LARGEST_MERGED);
    policy
}
