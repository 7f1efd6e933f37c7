//! Windows encoded per second on one thread, cold and warm; and how long a question takes over a million windows.
//!
//! Corpus: one window a line of the file that `AMPARO_BENCH_WINDOWS` names, else the texts of `corpus/` cut into windows of 40
//! words. Needs the model (`amparo model install`); says so and does nothing without.
//! The scan is over made-up vectors in files of their own (390 MB in the folder for temporary files), eight to a passage, and
//! needs no model.
//! Run: `cargo bench --bench semantic`; `-- scan` for the scan alone. For CPU time, put `time` before it.

use std::time::Instant;

use amparo::document::DocumentId;
use amparo::extract::{Limits, extract};
use amparo::index::vectors::{self, DocumentVectors, Vectors};
use amparo::semantic::compact::{self, Question};
use amparo::semantic::{DIMENSIONS, Encoder, model};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const PASSES: usize = 9;

/// Windows that are compared with a question.
const SCANNED: usize = 1_000_000;

/// Windows of a passage, passages of a document, documents of a file.
const SHAPE: (usize, usize, usize) = (8, 50, 125);

fn main() {
    scan();
    if !std::env::args().any(|argument| argument == "scan") {
        encode();
    }
}

fn scan() {
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    let model = [0; 16];
    let (windows, passages, documents) = SHAPE;
    let mut numbers = 0x9e37_79b9_7f4a_7c15_u64;
    let mut vector = || {
        let next = |_| {
            numbers = numbers.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (numbers >> 40) as f32 / (1 << 23) as f32 - 1.0
        };
        (0..DIMENSIONS).map(next).collect::<Vec<f32>>()
    };
    let mut document = || {
        let mut document = DocumentVectors::default();
        for passage in 1..=passages {
            for _ in 0..windows {
                let mut packed = [0; compact::BYTES];
                document.scales.push(compact::pack(&vector(), &mut packed));
                document.packed.extend(packed);
            }
            document.ends.push((passage * windows) as u32);
        }
        document
    };
    let count = SCANNED / (windows * passages);
    for first in (0..count).step_by(documents) {
        let ids = (first..count.min(first + documents)).map(|id| DocumentId(id as u64));
        let batch: Vec<_> = ids.map(|id| (id, document())).collect();
        vectors::append(folder.path(), model, &batch).expect("the folder can be written");
    }
    let opened = Instant::now();
    let vectors = Vectors::open(folder.path(), model);
    println!("{} windows, opened in {:.1} ms", vectors.windows(), milliseconds(opened));
    let spans: Vec<_> = (0..count as u64).flat_map(|id| vectors.spans(DocumentId(id))).collect();
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.expect("threads can be started");
        let pass = |question: &Question| {
            let started = Instant::now();
            std::hint::black_box(pool.install(|| vectors.nearest(&spans, question)));
            milliseconds(started)
        };
        let questions: Vec<Question> = (0..2 * PASSES).map(|_| Question::new(&vector())).collect();
        let mut times: Vec<f64> = questions.iter().map(pass).collect();
        times.sort_by(f64::total_cmp);
        println!(
            "scan, {threads} threads: {:.1} ms, the median of {}; slowest {:.1} ms",
            times[PASSES],
            times.len(),
            times[times.len() - 1]
        );
    }
}

fn milliseconds(started: Instant) -> f64 {
    started.elapsed().as_secs_f64() * 1000.0
}

fn encode() {
    let Some(place) = model::place() else { return };
    let encoder = match Encoder::open(&place) {
        Ok(encoder) => encoder,
        Err(error) => {
            eprintln!("skipped: {error}");
            return;
        }
    };
    let windows = windows();
    let tokens: usize = windows.iter().map(|window| encoder.tokenizer().encode(window).len()).sum();
    println!("{} windows, {tokens} tokens", windows.len());
    let pass = || {
        let started = Instant::now();
        let vectors = encoder.encode(&windows).expect("the model was read before");
        std::hint::black_box(vectors);
        windows.len() as f64 / started.elapsed().as_secs_f64()
    };
    println!("cold: {:.0} windows/s", pass());
    let mut warm: Vec<f64> = (0..PASSES).map(|_| pass()).collect();
    warm.sort_by(f64::total_cmp);
    println!("warm: {:.0} windows/s, the median of {PASSES}", warm[PASSES / 2]);
    let started = Instant::now();
    for window in &windows {
        std::hint::black_box(encoder.tokenizer().encode(window));
    }
    println!(
        "tokenizer alone: {:.0} windows/s",
        windows.len() as f64 / started.elapsed().as_secs_f64()
    );
    let started = Instant::now();
    for window in windows.iter().take(200) {
        std::hint::black_box(encoder.encode(&[window]).expect("the model was read before"));
    }
    println!(
        "one at a time: {:.0} windows/s",
        windows.len().min(200) as f64 / started.elapsed().as_secs_f64()
    );
}

fn windows() -> Vec<String> {
    if let Some(path) = std::env::var_os("AMPARO_BENCH_WINDOWS") {
        let text = std::fs::read_to_string(path).expect("AMPARO_BENCH_WINDOWS names a file");
        return text.lines().map(str::to_owned).collect();
    }
    let files = ["en", "es", "fr"].into_iter().flat_map(|language| {
        std::fs::read_dir(format!("corpus/{language}")).expect("the samples are there")
    });
    let mut paths: Vec<_> = files.filter_map(|file| Some(file.ok()?.path())).collect();
    paths.sort();
    let mut windows = Vec::new();
    for path in paths {
        let bytes = std::fs::read(&path).expect("the samples can be read");
        let Ok(extracted) = extract(&bytes, &path.to_string_lossy(), &Limits::default()) else {
            continue;
        };
        let paragraphs = extracted.passages.iter().flat_map(|passage| &passage.paragraphs);
        let words: Vec<&str> =
            paragraphs.flat_map(|paragraph| paragraph.text.split_whitespace()).collect();
        windows.extend(words.chunks(40).map(|words| words.join(" ")));
    }
    windows
}
