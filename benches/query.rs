//! Latency of a query with its snippets, over an index that is warm.
//!
//! Corpus: `corpus/`, or the folder that `AMPARO_BENCH_DIR` names, ingested once before.
//! Run: `cargo bench --bench query`. `amparo eval DIR --index DIR` gives percentiles over a set of judged queries.

use std::path::PathBuf;
use std::sync::LazyLock;

use amparo::index::Snapshot;
use amparo::ingest::{Options, ingest};
use amparo::query::{Request, search};
use amparo::taxonomy::{Countries, Violations};
use divan::Bencher;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// The index stands as long as its folder does.
static INDEX: LazyLock<(tempfile::TempDir, Snapshot)> = LazyLock::new(|| {
    let corpus =
        std::env::var_os("AMPARO_BENCH_DIR").map_or_else(|| PathBuf::from("corpus"), PathBuf::from);
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    let index = folder.path().join("index");
    ingest(&Options::new(vec![corpus], index.clone()), &|_| {})
        .expect("the corpus can be ingested");
    let snapshot = Snapshot::open(&index).expect("the index was just built");
    (folder, snapshot)
});

#[divan::bench(args = ["torture", "police will not protect women", "\"enforced disappearance\"", "deten*"])]
fn text(bencher: Bencher<'_, '_>, text: &str) {
    let request =
        Request { text: text.to_owned(), limit: Some(10), passages: 3, ..Request::default() };
    bencher.bench(|| search(&INDEX.1, &request).expect("the query is well-formed"));
}

#[divan::bench]
fn country_and_violation(bencher: Bencher<'_, '_>) {
    let request = Request {
        countries: Countries::builtin().lookup("honduras").expect("it is in the table"),
        violations: Violations::builtin().lookup("gang-violence").expect("it is in the taxonomy"),
        limit: Some(10),
        passages: 3,
        ..Request::default()
    };
    bencher.bench(|| search(&INDEX.1, &request).expect("the query is well-formed"));
}
