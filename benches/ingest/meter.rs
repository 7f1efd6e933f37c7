//! What a stage costs: wall time, CPU time of every thread, and memory beyond what was there before.
//!
//! CPU time and memory come from Linux's `/proc`; elsewhere they are shown as 0.

use std::fmt;
use std::time::Instant;

use crate::library::Library;

/// What one pass over the library costs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    /// Wall time in seconds.
    pub wall: f64,
    /// User and system time of all threads, in seconds.
    pub cpu: f64,
    /// Bytes of memory: for the whole its process's peak, for a stage what it took beside the library held in memory.
    pub memory: f64,
}

/// Repeats a pass until `least` seconds have gone by, and gives what one of them cost. `prepare` is not measured.
pub fn measure<Input>(
    least: f64,
    mut prepare: impl FnMut() -> Input,
    mut pass: impl FnMut(Input),
) -> Cost {
    let mut total = Cost::default();
    let mut passes = 0.0;
    while passes == 0.0 || total.wall < least {
        let input = prepare();
        // Makes the kernel count the peak anew; where it can't be asked, the peak is the process's.
        let _ = std::fs::write("/proc/self/clear_refs", "5");
        let (before, cpu, started) = (status("VmRSS:"), cpu_seconds(), Instant::now());
        pass(input);
        total.wall += started.elapsed().as_secs_f64();
        total.cpu += cpu_seconds() - cpu;
        total.memory = total.memory.max(status("VmHWM:") - before);
        passes += 1.0;
    }
    Cost { wall: total.wall / passes, cpu: total.cpu / passes, memory: total.memory }
}

/// User and system time of this process so far, in seconds.
pub fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The program's name, in parentheses, may hold spaces. Times are in ticks, of which Linux shows 100 a second.
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0
}

/// The most memory this process has held, in bytes.
pub fn peak_memory() -> f64 {
    status("VmHWM:")
}

fn status(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) * 1024.0
}

/// The median of each column.
pub fn median(costs: &[Cost]) -> Cost {
    let middle = |column: fn(&Cost) -> f64| {
        let mut values: Vec<f64> = costs.iter().map(column).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    Cost {
        wall: middle(|cost| cost.wall),
        cpu: middle(|cost| cost.cpu),
        memory: middle(|cost| cost.memory),
    }
}

/// A row of the table.
pub struct Row<'a> {
    /// What was measured.
    pub stage: &'a str,
    /// On how many threads.
    pub threads: usize,
    /// What it cost.
    pub cost: Cost,
    /// Of what.
    pub library: &'a Library,
}

impl Row<'_> {
    /// The table's head.
    pub const HEAD: &'static str = "\
| stage | threads | wall s | CPU s | files/s | pages/s | input MB/s | text MB/s | text MB/CPU-s | memory MB |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|";
}

impl fmt::Display for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { stage, threads, cost, library } = self;
        let rate = |amount: usize| amount as f64 / cost.wall;
        let megabytes = |bytes: usize| bytes as f64 / 1e6;
        write!(
            f,
            "| {stage} | {threads} | {:.2} | {:.2} | {:.0} | {:.0} | {:.1} | {:.1} | {:.1} | {:.0} |",
            cost.wall,
            cost.cpu,
            rate(library.files.len()),
            rate(library.passages),
            megabytes(library.bytes) / cost.wall,
            megabytes(library.text) / cost.wall,
            megabytes(library.text) / cost.cpu,
            cost.memory / 1e6,
        )
    }
}
