//! A large library made of a small one, and how ingest bears it: throughput, memory, size of the index, a second ingest.
//!
//! A PDF's copy is the file with a comment after its end: another document to the index, read at the real cost. In an HTML
//! page's copy every eighth longer word is another one, so that the vocabulary grows as fast as in no real library.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::library::paths;
use crate::whole::{self, Outcome};

/// Letters from which a word of a copy may be changed.
const LONG_WORD: usize = 5;

/// One in so many of them is.
const CHANGED: u64 = 8;

/// Makes the library, ingests a small and the large one, ingests the large one again, and prints what it took.
pub fn measure(folder: &Path, documents: usize, threads: usize) {
    let originals = paths(folder);
    let temporary = tempfile::tempdir().expect("there is a folder for temporary files");
    let (small, large) = (temporary.path().join("small"), temporary.path().join("large"));
    make(&originals, originals.len(), &small);
    let bytes = make(&originals, documents, &large);
    println!("{documents} documents, {:.0} MB, made of {}\n", bytes as f64 / 1e6, originals.len());
    let index = temporary.path().join("index");
    println!(
        "| library | wall s | CPU s | text MB/s | text MB/CPU-s | peak MB |\n|---|--:|--:|--:|--:|--:|"
    );
    print_row("small", &whole::run(&small, &temporary.path().join("small-index"), threads));
    let first = whole::run(&large, &index, threads);
    print_row("large", &first);
    print_row("large, unchanged", &whole::run(&large, &index, threads));
    print_sizes(&index, first.text);
}

fn print_row(name: &str, outcome: &Outcome) {
    let Outcome { cost, text, .. } = outcome;
    println!(
        "| {name} | {:.2} | {:.2} | {:.1} | {:.1} | {:.0} |",
        cost.wall,
        cost.cpu,
        text / 1e6 / cost.wall,
        text / 1e6 / cost.cpu,
        cost.memory / 1e6
    );
}

/// The files of the index by what they hold, each as a share of the extracted text.
fn print_sizes(index: &Path, text: f64) {
    let mut sizes: BTreeMap<String, u64> = BTreeMap::new();
    for entry in std::fs::read_dir(index).expect("the index can be listed").flatten() {
        let kind = entry
            .path()
            .extension()
            .map_or_else(String::new, |kind| kind.to_string_lossy().into_owned());
        let size = entry.metadata().map_or(0, |metadata| metadata.len());
        *sizes.entry(kind).or_default() += size;
        *sizes.entry("all".to_owned()).or_default() += size;
    }
    println!("\n| files of the index | MB | share of the text |\n|---|--:|--:|");
    for (kind, size) in sizes {
        println!("| {kind} | {:.1} | {:.3} |", size as f64 / 1e6, size as f64 / text);
    }
}

/// Writes so many documents, a hundred to a folder; their bytes. The first round is the originals.
fn make(originals: &[PathBuf], documents: usize, folder: &Path) -> usize {
    let mut total = 0;
    for number in 0..documents {
        let original = &originals[number % originals.len()];
        let round = (number / originals.len()) as u64;
        let mut bytes = std::fs::read(original).expect("the library can be read");
        let pdf = bytes.starts_with(b"%PDF");
        if pdf && round > 0 {
            writeln!(bytes, "\n% copy {round}").expect("memory can be written");
        } else if round > 0 {
            bytes = changed(&bytes, round);
        }
        total += bytes.len();
        let folder = folder.join(format!("{:03}", number / 100));
        std::fs::create_dir_all(&folder).expect("the temporary folder is writable");
        let name = original.file_name().expect("a file has a name").to_string_lossy();
        std::fs::write(folder.join(format!("{number:05}-{name}")), bytes)
            .expect("the temporary folder is writable");
    }
    total
}

/// A page with some of the words between its tags changed; markup, scripts and entities stay as they are.
fn changed(page: &[u8], round: u64) -> Vec<u8> {
    let mut made = Vec::with_capacity(page.len() + page.len() / 16);
    let mut rest = page;
    while let Some(&byte) = rest.first() {
        let length = match byte {
            b'<' => element(rest),
            b'&' => rest.iter().position(|byte| matches!(byte, b';' | b' ')).unwrap_or(1),
            _ if byte.is_ascii_alphabetic() || !byte.is_ascii() => {
                let end =
                    rest.iter().position(|byte| byte.is_ascii() && !byte.is_ascii_alphabetic());
                end.unwrap_or(rest.len())
            }
            _ => 1,
        };
        let (word, after) = rest.split_at(length.max(1));
        made.extend_from_slice(word);
        if byte != b'<' && byte != b'&' && word.len() >= LONG_WORD && word.is_ascii() {
            let hash = word
                .iter()
                .fold(round, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
            if (hash >> 20).is_multiple_of(CHANGED) {
                made.extend(
                    [(round / 26) as u8 % 26, round as u8 % 26].map(|letter| b'a' + letter),
                );
            }
        }
        rest = after;
    }
    made
}

/// The length of a tag; of a script or a style sheet, with what is in it; of a comment.
fn element(rest: &[u8]) -> usize {
    let find = |end: &[u8]| {
        let place = rest.windows(end.len()).position(|window| window.eq_ignore_ascii_case(end));
        place.map_or(rest.len(), |place| place + end.len())
    };
    let is =
        |start: &[u8]| rest.get(..start.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(start));
    if is(b"<script") {
        find(b"</script>")
    } else if is(b"<style") {
        find(b"</style>")
    } else if is(b"<!--") {
        find(b"-->")
    } else {
        find(b">")
    }
}
