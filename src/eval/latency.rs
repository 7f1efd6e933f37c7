//! How long queries took: percentiles of durations.

use std::time::Duration;

use serde::Serialize;

/// Percentiles of latency in milliseconds, by nearest rank: each is a time that was measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Latency {
    /// Half of the queries took no longer.
    pub p50_ms: f64,
    /// Nine in ten took no longer.
    pub p90_ms: f64,
    /// Ninety-nine in a hundred took no longer.
    pub p99_ms: f64,
    /// None took longer.
    pub max_ms: f64,
}

impl Latency {
    /// The percentiles of these times, in any order; zeros if there are none.
    pub fn of(times: &[Duration]) -> Self {
        let mut sorted = times.to_vec();
        sorted.sort_unstable();
        let percentile = |share: usize| {
            let rank = (sorted.len() * share).div_ceil(100).max(1);
            sorted.get(rank - 1).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
        };
        Self {
            p50_ms: percentile(50),
            p90_ms: percentile(90),
            p99_ms: percentile(99),
            max_ms: percentile(100),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(millis: impl Iterator<Item = u64>, expected: [u64; 4]) {
        let times: Vec<_> = millis.map(Duration::from_millis).collect();
        let found = Latency::of(&times);
        let found = [found.p50_ms, found.p90_ms, found.p99_ms, found.max_ms];
        assert_eq!(found.map(|ms| ms.round() as u64), expected);
    }

    #[test]
    fn percentiles_are_measured_times() {
        check((1..=100).rev(), [50, 90, 99, 100]);
        check(1..=3, [2, 3, 3, 3]);
        check([7].into_iter(), [7; 4]);
        check([].into_iter(), [0; 4]);
    }
}
