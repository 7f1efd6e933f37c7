//! The stages of ingest, each alone, over what the stage before it left in memory.

use std::hint::black_box;

use amparo::extract::{Limits, extract};
use amparo::index::{Writer, passage_documents};
use rayon::prelude::*;

use crate::library::{self, Library, Ready};
use crate::meter::{Cost, measure};
use crate::{plain, whole};

/// What can be run, in the order of the table.
pub const NAMES: [&str; 5] = ["extract", "annotate", "index", "plain tantivy", "the whole"];

/// Runs a stage on so many threads, for at least so many seconds.
pub fn run(name: &str, library: &Library, threads: usize, least: f64) -> Cost {
    match name {
        "extract" => on_threads(threads, || {
            let extract = |bytes: &Vec<u8>| drop(black_box(extract(bytes, "", &Limits::default())));
            measure(least, || (), |()| library.files.par_iter().for_each(extract))
        }),
        "annotate" => on_threads(threads, || {
            measure(
                least,
                || library.extracted.clone(),
                |extracted| {
                    extracted.into_par_iter().enumerate().for_each(|document| {
                        black_box(library::annotate(document));
                    });
                },
            )
        }),
        "index" => measure(
            least,
            || fresh(library),
            |(folder, ready)| {
                std::thread::scope(|scope| {
                    scope.spawn(|| index(folder.path(), ready, threads));
                });
            },
        ),
        "plain tantivy" => measure(
            least,
            || fresh(library),
            |(folder, ready)| {
                plain::index(folder.path(), ready, threads);
            },
        ),
        "the whole" => whole::measure(&library.folder, threads, least),
        _ => unreachable!("only names of the list are run"),
    }
}

fn on_threads(threads: usize, run: impl FnOnce() -> Cost + Send) -> Cost {
    // The stack that ingest gives its readers.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(32 << 20).build();
    pool.expect("threads can be started").install(run)
}

fn fresh(library: &Library) -> (tempfile::TempDir, Vec<Ready>) {
    (tempfile::tempdir().expect("there is a folder for temporary files"), library.ready.clone())
}

/// Annotated passages into a committed index whose merges have ended. On a thread of its own, which remembers no words of a
/// pass before.
fn index(folder: &std::path::Path, ready: Vec<Ready>, threads: usize) {
    let mut writer = Writer::open(folder, threads).expect("the folder is writable");
    for Ready { record, extracted, annotation } in ready {
        let passages = passage_documents(&record, extracted.passages, &annotation)
            .expect("passages can be stored");
        writer.put_passages(record.id, passages).expect("the folder is writable");
    }
    writer.commit().expect("the folder is writable");
    writer.close().expect("merges end");
}
