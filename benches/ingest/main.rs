//! Throughput of ingest: each stage and the whole over a folder, at 1 to N threads, beside plain tantivy over the same text.
//!
//! `cargo bench --bench ingest` measures `corpus/`; README.md beside this says how to measure a library of one's own, how
//! to make one of 20,000 documents, and what the columns mean. Prints a table in Markdown. Without cargo's `--bench` (that
//! is, under `cargo test`) it runs once, on one thread, to show that it works.

mod copies;
mod library;
mod meter;
mod plain;
mod stages;
mod whole;

use std::path::PathBuf;

use library::Library;
use meter::{Cost, Row, median};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Rounds whose median is shown; each runs every stage once, so that a noisy minute is spread over all of them.
const ROUNDS: usize = 3;

/// Wall time that a pass is repeated for at least, so that a small folder can be measured at all.
const LEAST_SECONDS: f64 = 0.5;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, command, paths, index, threads] = arguments.as_slice()
        && command == whole::COMMAND
    {
        whole::child(paths, index, threads);
        return;
    }
    let smoke = !arguments.iter().any(|argument| argument == "--bench");
    let folder =
        std::env::var_os("AMPARO_BENCH_DIR").map_or_else(|| PathBuf::from("corpus"), PathBuf::from);
    if let Some(documents) = number("AMPARO_BENCH_DOCUMENTS") {
        copies::measure(&folder, documents, most_threads(false));
        return;
    }
    let library = Library::read(&folder);
    let (rounds, least) = if smoke { (1, 0.0) } else { (ROUNDS, LEAST_SECONDS) };
    let rounds = number("AMPARO_BENCH_ROUNDS").unwrap_or(rounds).max(1);
    let stages = chosen_stages();
    println!("{}\n", library.summary());
    println!("{}", Row::HEAD);
    let most = most_threads(smoke);
    let threads =
        std::iter::successors(Some(1), |count| Some(count * 2).filter(|count| *count <= most));
    let runs: Vec<(&str, usize)> =
        threads.flat_map(|count| stages.iter().map(move |name| (*name, count))).collect();
    let mut costs: Vec<Vec<Cost>> = vec![Vec::new(); runs.len()];
    for _ in 0..rounds {
        for (cost, (name, threads)) in costs.iter_mut().zip(&runs) {
            cost.push(stages::run(name, &library, *threads, least));
        }
    }
    for (cost, (name, threads)) in costs.iter().zip(&runs) {
        println!(
            "{}",
            Row { stage: name, threads: *threads, cost: median(cost), library: &library }
        );
    }
}

/// Threads that are measured: every power of two up to the cores, or what `AMPARO_BENCH_THREADS` says.
fn most_threads(smoke: bool) -> usize {
    if smoke {
        return 1;
    }
    number("AMPARO_BENCH_THREADS").unwrap_or_else(|| {
        std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get)
    })
}

/// The stages that `AMPARO_BENCH_STAGES` names, parted by commas; all of them where it says nothing.
fn chosen_stages() -> Vec<&'static str> {
    let Ok(names) = std::env::var("AMPARO_BENCH_STAGES") else {
        return stages::NAMES.to_vec();
    };
    let known = |name: &str| {
        let known = stages::NAMES.into_iter().find(|known| *known == name.trim());
        known.unwrap_or_else(|| panic!("no stage '{name}', only {}", stages::NAMES.join(", ")))
    };
    names.split(',').map(known).collect()
}

fn number(variable: &str) -> Option<usize> {
    let value = std::env::var(variable).ok()?;
    Some(value.parse().unwrap_or_else(|_| panic!("{variable} must be a number, not '{value}'")))
}
