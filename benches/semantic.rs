//! Windows encoded per second on one thread, cold and warm.
//!
//! Corpus: one window a line of the file that `AMPARO_BENCH_WINDOWS` names, else the texts of `corpus/` cut into windows of 40
//! words. Needs the model (`amparo model install`); says so and does nothing without.
//! Run: `cargo bench --bench semantic`. For CPU time, put `time` before it.

use std::time::Instant;

use amparo::extract::{Limits, extract};
use amparo::semantic::{Encoder, model};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const PASSES: usize = 9;

fn main() {
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
