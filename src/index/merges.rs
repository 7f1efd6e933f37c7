//! Which segments the engine merges while an index is written: few at a time, and none that is large already.

use tantivy::merge_policy::LogMergePolicy;

/// Segments that are merged at a time: half of the engine's default, since all that a merge reads is mapped into memory.
const MERGED_AT_A_TIME: usize = 4;

/// A segment of more passages than these is not merged into a larger one: that would write all of them again, and queries take
/// as long in many segments (`docs/measurements.md`). It is a little less than what a thread's heap holds, so that only what
/// commits cut off early is merged.
const LARGEST_MERGED: usize = 15_000;

/// Which segments are merged while an index is written.
pub(super) fn policy() -> LogMergePolicy {
    let mut policy = LogMergePolicy::default();
    policy.set_min_num_segments(MERGED_AT_A_TIME);
    policy.set_max_docs_before_merge(LARGEST_MERGED);
    policy
}
