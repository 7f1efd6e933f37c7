//! Throughput of the stages of ingest: extraction, annotation (with language), indexing, and all together.
//!
//! Corpus: `corpus/`, or the folder that `AMPARO_BENCH_DIR` names; every PDF and HTML file in it is read once before.
//! Run: `cargo bench --bench ingest`; on one's own files `AMPARO_BENCH_DIR=~/library cargo bench --bench ingest`.
//! Reported: time of a pass over the whole corpus on one thread (all together: on every core), with passages (items) and
//! bytes of the files, or of their text, a second.

use std::path::PathBuf;
use std::sync::LazyLock;

use amparo::annotate::{Annotation, Annotator, Context};
use amparo::document::{DocumentId, Passage};
use amparo::extract::{Extracted, Limits, extract};
use amparo::index::record::DocumentRecord;
use amparo::index::{Writer, passage_documents};
use amparo::ingest::{Options, ingest};
use amparo::language;
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// The corpus: bytes of each readable file, what came out of it, and the totals.
struct Corpus {
    dir: PathBuf,
    files: Vec<Vec<u8>>,
    extracted: Vec<Extracted>,
    bytes: usize,
    passages: usize,
    text: usize,
}

static CORPUS: LazyLock<Corpus> = LazyLock::new(|| {
    let dir =
        std::env::var_os("AMPARO_BENCH_DIR").map_or_else(|| PathBuf::from("corpus"), PathBuf::from);
    let mut folders = vec![dir.clone()];
    let mut paths = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the corpus can be listed").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|extension| extension == "pdf" || extension == "html")
            {
                paths.push(path);
            }
        }
    }
    paths.sort();
    let mut corpus =
        Corpus { dir, files: Vec::new(), extracted: Vec::new(), bytes: 0, passages: 0, text: 0 };
    for path in paths {
        let bytes = std::fs::read(&path).expect("the corpus can be read");
        let Ok(extracted) = extract(&bytes, "", &Limits::default()) else { continue };
        corpus.bytes += bytes.len();
        corpus.passages += extracted.passages.len();
        let paragraphs = extracted.passages.iter().flat_map(|passage| &passage.paragraphs);
        corpus.text += paragraphs.map(|paragraph| paragraph.text.len()).sum::<usize>();
        corpus.files.push(bytes);
        corpus.extracted.push(extracted);
    }
    corpus
});

#[divan::bench]
fn extraction(bencher: Bencher<'_, '_>) {
    let corpus = &*CORPUS;
    bencher.counter(ItemsCount::new(corpus.passages)).counter(BytesCount::new(corpus.bytes)).bench(
        || {
            for bytes in &corpus.files {
                let _ = divan::black_box(extract(bytes, "", &Limits::default()));
            }
        },
    );
}

#[divan::bench]
fn annotation(bencher: Bencher<'_, '_>) {
    let corpus = &*CORPUS;
    bencher
        .counter(ItemsCount::new(corpus.passages))
        .counter(BytesCount::new(corpus.text))
        .with_inputs(|| corpus.extracted.clone())
        .bench_values(|mut extracted| {
            for document in &mut extracted {
                for passage in &mut document.passages {
                    language::tell(&mut passage.paragraphs);
                }
                divan::black_box(
                    Annotator::builtin().annotate(&document.passages, &Context::default()),
                );
            }
        });
}

/// Extracted and annotated passages into a committed index.
#[divan::bench(sample_count = 10)]
fn indexing(bencher: Bencher<'_, '_>) {
    let corpus = &*CORPUS;
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    bencher
        .counter(ItemsCount::new(corpus.passages))
        .counter(BytesCount::new(corpus.text))
        .with_inputs(|| {
            (tempfile::tempdir().expect("there is a folder for temporary files"), annotated(corpus))
        })
        .bench_values(|(folder, documents)| {
            let mut writer = Writer::open(folder.path(), threads).expect("the folder is writable");
            for (document, passages, annotation) in documents {
                let passages =
                    passage_documents(&document, passages, &annotation).expect("it can be stored");
                writer.put_passages(document.id, passages).expect("the folder is writable");
            }
            writer.commit().expect("the folder is writable");
            writer.close().expect("merges end");
            folder
        });
}

fn annotated(corpus: &Corpus) -> Vec<(DocumentRecord, Vec<Passage>, Annotation)> {
    let documents = corpus.extracted.iter().cloned().zip(0..);
    documents
        .map(|(mut extracted, number)| {
            for passage in &mut extracted.passages {
                language::tell(&mut passage.paragraphs);
            }
            let annotation =
                Annotator::builtin().annotate(&extracted.passages, &Context::default());
            let document = DocumentRecord {
                id: DocumentId(number),
                hash: String::new(),
                format: extracted.format,
                title: String::new(),
                author: None,
                publisher: None,
                published: None,
                url: None,
                passages: extracted.passages.len() as u32,
                signature: None,
                languages: Vec::new(),
                countries: Vec::new(),
                violations: Vec::new(),
                own: amparo::document::Metadata::default(),
                described_by: amparo::index::record::DescribedBy::default(),
                catalogue: Vec::new(),
            };
            (document, extracted.passages, annotation)
        })
        .collect()
}

/// From files on disk to a searchable index, on every core.
#[divan::bench(sample_count = 10)]
fn all_together(bencher: Bencher<'_, '_>) {
    let corpus = &*CORPUS;
    bencher
        .counter(ItemsCount::new(corpus.passages))
        .counter(BytesCount::new(corpus.bytes))
        .with_inputs(|| tempfile::tempdir().expect("there is a folder for temporary files"))
        .bench_values(|index| {
            let options = Options::new(vec![corpus.dir.clone()], index.path().join("index"));
            divan::black_box(ingest(&options, &|_| {}).expect("the corpus can be ingested"))
        });
}
