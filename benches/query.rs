//! Latency of a mix of queries over a library as it is, and over the same repeated to 40,000 passages.
//!
//! Corpus: `upr/pdf`, `courts/docs` and `html` of the folder that `AMPARO_EVAL` names, ingested together; without it the sample
//! documents. The larger library repeats every document with a part of its words changed, so that none is a copy.
//! Queries: `benches/queries.txt`. Run: `cargo bench --bench query`. The indexes are kept and used again if
//! `AMPARO_BENCH_INDEX` names a folder; else they are built each time, which takes minutes.
//!
//! Measured, warm: *wall*, the time that passes until the answer is there, and *CPU*, what all threads together used for it
//! (where the system tells it). A large library and finding by meaning work on all cores, so CPU is not what one waits for; wall
//! is, and only a quiet machine tells it: others who are busy there, or a disk, are in it. Of each query the median of nine
//! runs; then percentiles over the queries, by nearest rank.
//! With the model (`amparo model install`) a second table of each library has what finding by meaning makes of it; giving the
//! larger library its vectors takes some minutes.
//! *Matching* is everything but snippets: parsing, expansion, scores, exact counts of documents and passages, order, and the
//! records of ten results with three passages each. *Snippets* is what these ten results' excerpts add, *facets*
//! what counts by country, violation and the like add; both as wall.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use amparo::annotate::{Annotator, Context};
use amparo::document::{DocumentId, Paragraph, Passage};
use amparo::eval::Latency;
use amparo::index::record::FileRecord;
use amparo::index::{Snapshot, Writer, passage_documents};
use amparo::ingest::{Options, add_vectors, ingest};
use amparo::query::{Request, search};
use amparo::semantic::{Encoder, model};
use amparo::taxonomy::{Countries, Violations};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Passages of the larger library.
const LARGE: usize = 40_000;

/// Runs of a query, of which the median counts.
const RUNS: usize = 9;

fn main() {
    let kept = std::env::var_os("AMPARO_BENCH_INDEX").map(PathBuf::from);
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    let folder = kept.as_deref().unwrap_or(folder.path());
    let plain = folder.join("plain");
    if Snapshot::open(&plain).is_err() {
        ingest(&Options::new(corpus(), plain.clone()), &|_| {}).expect("it can be ingested");
    }
    let large = folder.join("repeated");
    if Snapshot::open(&large).is_err() {
        repeat(&plain, &large);
    }
    let mix = include_str!("queries.txt");
    let mix: Vec<(&str, Request)> = mix
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| request(line).unwrap_or_else(|| panic!("not a query: {line}")))
        .collect();
    let encoder = model::place().and_then(|place| Encoder::open(&place).ok()).map(Arc::new);
    for index in [plain, large] {
        let snapshot = Snapshot::open(&index).expect("the index was just built");
        table(&snapshot, &mix);
        let Some(encoder) = &encoder else {
            eprintln!("no model is installed: nothing is found by meaning");
            continue;
        };
        let options = Options::new(Vec::new(), index.clone());
        add_vectors(&options, encoder, &|_| {}).expect("the vectors can be written");
        table(&snapshot.with_meaning(Arc::clone(encoder)), &mix);
    }
}

fn corpus() -> Vec<PathBuf> {
    let Some(eval) = std::env::var_os("AMPARO_EVAL").map(PathBuf::from) else {
        eprintln!("AMPARO_EVAL names no folder of evaluation sets: the sample documents are used");
        return vec![PathBuf::from("corpus")];
    };
    ["upr/pdf", "courts/docs", "html"].map(|set| eval.join(set)).into()
}

/// A line of the mix: kind, text, and optionally a country and a violation, parted by tabs.
fn request(line: &str) -> Option<(&str, Request)> {
    let mut columns = line.split('\t');
    let (kind, text) = (columns.next()?, columns.next()?);
    let mut request =
        Request { text: text.to_owned(), limit: Some(10), passages: 3, ..Request::default() };
    if let Some(country) = columns.next().filter(|name| !name.is_empty()) {
        request.countries = Countries::builtin().lookup(country).ok()?;
    }
    if let Some(violation) = columns.next() {
        request.violations = Violations::builtin().lookup(violation).ok()?;
    }
    Some((kind, request))
}

fn table(snapshot: &Snapshot, mix: &[(&str, Request)]) {
    let windows = snapshot.meaning().map(|meaning| meaning.vectors.windows());
    let windows =
        windows.map_or(String::new(), |windows| format!(", by meaning in {windows} windows"));
    println!("{} passages{windows}", snapshot.passage_count().expect("the index can be read"));
    println!(
        "| ms | queries | matching, wall p50 | p90 | p99 | CPU p50 | p90 | p99 | snippets p50 | p99 | facets p50 | p99 | slowest to match |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    let mut kinds: Vec<&str> = Vec::new();
    for (kind, _) in mix {
        if !kinds.contains(kind) {
            kinds.push(kind);
        }
    }
    let timed: Vec<(&str, &str, Times)> = mix
        .iter()
        .map(|(kind, request)| (*kind, request.text.as_str(), time(snapshot, request)))
        .collect();
    for kind in kinds.into_iter().map(Some).chain([None]) {
        let rows: Vec<_> =
            timed.iter().filter(|row| kind.is_none_or(|kind| row.0 == kind)).collect();
        let column = |time: fn(&Times) -> Duration| {
            Latency::of(&rows.iter().map(|row| time(&row.2)).collect::<Vec<_>>())
        };
        let wall = column(|times| times.matching.wall);
        let cpu = column(|times| times.matching.cpu);
        let snippets = column(|times| times.snippets);
        let facets = column(|times| times.facets);
        let figures = [wall.p50_ms, wall.p90_ms, wall.p99_ms, cpu.p50_ms, cpu.p90_ms, cpu.p99_ms]
            .into_iter()
            .chain([snippets.p50_ms, snippets.p99_ms, facets.p50_ms, facets.p99_ms])
            .map(|figure| format!("{figure:.2}"));
        let slowest = rows.iter().max_by_key(|row| row.2.matching.wall).map_or("", |row| row.1);
        println!(
            "| {} | {} | {} | {slowest} |",
            kind.unwrap_or("all"),
            rows.len(),
            figures.collect::<Vec<_>>().join(" | "),
        );
    }
    println!();
}

/// What a query takes.
struct Cost {
    /// The time that passes.
    wall: Duration,
    /// CPU time of all threads.
    cpu: Duration,
}

/// Medians of one query: matching alone, and what snippets and facets add to the time that passes.
struct Times {
    matching: Cost,
    snippets: Duration,
    facets: Duration,
}

fn time(snapshot: &Snapshot, request: &Request) -> Times {
    let median = |bare: bool, facets: bool| {
        let request = Request { bare, facets, ..request.clone() };
        let run = || {
            let (start, cpu) = (Instant::now(), cpu_time());
            let answer = search(snapshot, &request).expect("the query is well-formed");
            std::hint::black_box(answer);
            (start.elapsed(), cpu_time().saturating_sub(cpu))
        };
        run();
        let (mut walls, mut cpus): (Vec<_>, Vec<_>) = (0..RUNS).map(|_| run()).unzip();
        walls.sort_unstable();
        cpus.sort_unstable();
        Cost { wall: walls[RUNS / 2], cpu: cpus[RUNS / 2] }
    };
    let matching = median(true, false);
    Times {
        snippets: median(false, false).wall.saturating_sub(matching.wall),
        facets: median(true, true).wall.saturating_sub(matching.wall),
        matching,
    }
}

/// CPU time that all threads have used.
#[cfg(unix)]
fn cpu_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec as u32)
}

/// The time that has passed, where the system does not tell it.
#[cfg(not(unix))]
fn cpu_time() -> Duration {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    START.elapsed()
}

/// Writes the library again and again, each time with other words changed, until it holds [`LARGE`] passages.
fn repeat(from: &Path, to: &Path) {
    let snapshot = Snapshot::open(from).expect("the index was just built");
    let mut writer = Writer::open(to, 1).expect("the folder can be written");
    writer.manifest = snapshot.manifest().clone();
    let files = snapshot.files().expect("the index can be read");
    let vocabulary = vocabulary(&snapshot, &files);
    let mut passages = 0;
    for round in 0.. {
        for file in &files {
            if passages >= LARGE {
                writer.commit().expect("it can be written");
                writer.close().expect("merges end well");
                return;
            }
            passages += copy(&snapshot, &writer, file, round, &vocabulary);
        }
        assert!(passages > 0, "the corpus holds no text");
    }
}

/// Writes one document with a round's changes; how many passages it has.
fn copy(
    snapshot: &Snapshot,
    writer: &Writer,
    file: &FileRecord,
    round: u64,
    vocabulary: &[String],
) -> usize {
    let Some(mut document) = file.document.clone() else { return 0 };
    let addresses = snapshot.passages_of(document.id).expect("the index can be read");
    let passages: Vec<Passage> = addresses
        .iter()
        .map(|address| {
            let record = snapshot.passage(*address).expect("the index can be read");
            let paragraphs = record.paragraphs.into_iter().map(|paragraph| Paragraph {
                text: changed(&paragraph.text, round, vocabulary),
                language: paragraph.language,
                role: paragraph.role,
                font_size: None,
                marked: None,
                number: None,
            });
            Passage::new(record.locator, record.section, paragraphs.collect())
        })
        .collect();
    let count = passages.len();
    document.id = DocumentId(document.id.0.wrapping_add(round));
    let path = format!("{}#{round}", file.path);
    document.described_by.path.clone_from(&path);
    let title = document.title.clone();
    let context = Context {
        title: Some(&title),
        file_name: file.file_name(),
        published: document.published,
        ..Context::default()
    };
    let annotation = Annotator::builtin().annotate(&passages, &context);
    let indexed = passage_documents(&document, passages, &annotation).expect("it is JSON");
    writer.put_passages(document.id, indexed).expect("it can be written");
    let record = FileRecord { path, document: Some(document), ..file.clone() };
    writer.put_file(&record).expect("it can be written");
    count
}

/// A text in which, from the second round on, every fifth word is another one of the library, and one in forty a word that the
/// library does not hold: a library that grows also grows its vocabulary.
fn changed(text: &str, round: u64, vocabulary: &[String]) -> String {
    if round == 0 || vocabulary.is_empty() {
        return text.to_owned();
    }
    let words = text.split(' ').enumerate().map(|(at, word)| {
        let number = scramble(word, at as u64, round);
        if number % 40 == 1 {
            return format!("{word}{}", letters(number >> 8, 3));
        }
        if number.is_multiple_of(5) {
            return vocabulary[(number >> 8) as usize % vocabulary.len()].clone();
        }
        word.to_owned()
    });
    words.collect::<Vec<_>>().join(" ")
}

fn letters(mut number: u64, count: usize) -> String {
    let mut letters = String::new();
    for _ in 0..count {
        letters.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
    }
    letters
}

/// A number that a word, its place and the round give: FNV-1a.
fn scramble(word: &str, at: u64, round: u64) -> u64 {
    let bytes = word.bytes().chain(at.to_le_bytes()).chain(round.to_le_bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash ^ (hash >> 29)
}

/// Words of the library as often as they occur, from every hundredth word of its text.
fn vocabulary(snapshot: &Snapshot, files: &[FileRecord]) -> Vec<String> {
    let mut words = Vec::new();
    for document in files.iter().filter_map(|file| file.document.as_ref()) {
        for address in snapshot.passages_of(document.id).expect("the index can be read") {
            let text = snapshot.passage(address).expect("the index can be read").text();
            words.extend(text.split_whitespace().step_by(100).map(str::to_owned));
        }
    }
    words
}
