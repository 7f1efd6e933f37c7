//! Golden texts of the sample documents and of small PDFs, one for each concept, and what else is known of these.
//!
//! `AMPARO_BLESS=1 cargo test` writes the golden texts anew; the difference is to be read like code.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{amparo, corpus, samples};

fn text_of(path: &Path) -> String {
    amparo(samples(), &["extract", path.to_str().unwrap()]).stdout
}

/// One small PDF a concept, built by the script beside them.
fn fixtures() -> PathBuf {
    data().join("extract")
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let mut pdfs: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pdfs.retain(|path| path.extension().is_some_and(|extension| extension == "pdf"));
    pdfs.sort();
    pdfs
}

/// Compares the texts of PDFs with the golden ones in a folder.
#[track_caller]
fn check_golden(pdfs: &[PathBuf], folder: &Path) {
    let mut wrong = Vec::new();
    for pdf in pdfs {
        let golden = folder.join(pdf.file_name().unwrap()).with_extension("txt");
        let text = text_of(pdf);
        if std::env::var_os("AMPARO_BLESS").is_some() && !text.is_empty() {
            std::fs::write(&golden, &text).unwrap();
        }
        let expected = std::fs::read_to_string(&golden).unwrap_or_default();
        if text != expected {
            wrong.push(format!("{}:\n  {text:?}\n  {expected:?}", pdf.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_concept_of_pdf_gives_its_golden_text() {
    let pdfs = pdfs(&fixtures());
    assert!(pdfs.len() > 40);
    check_golden(&pdfs, &fixtures());
}

#[test]
fn the_sample_documents_give_their_golden_text() {
    for (language, count) in [("en", 12), ("es", 8), ("fr", 6)] {
        let pdfs = pdfs(&corpus().join(language));
        assert_eq!(pdfs.len(), count, "{language}");
        check_golden(&pdfs, &data().join("samples"));
    }
}

/// A fact as the list of expected ones calls it, taken from the JSON of a file.
fn fact(what: &str, file: &Value, stderr: &str) -> String {
    let passages = || file["passages"].as_array().unwrap().iter();
    let each = |key: &str| {
        passages().map(|one| one[key].as_str().unwrap_or("-").to_owned()).collect::<Vec<_>>()
    };
    let paragraphs = |is_wanted: fn(&Value) -> bool| {
        let all = passages().flat_map(|passage| passage["paragraphs"].as_array().unwrap());
        let wanted = all.filter(|paragraph| is_wanted(paragraph));
        wanted.map(|paragraph| paragraph["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let parts = match what {
        "labels" => each("label"),
        "sections" => each("section"),
        "notes" => paragraphs(|paragraph| paragraph["role"] == "note"),
        "values" => paragraphs(|one| one["role"] != "note" && one["font_size"].is_null()),
        "error" => vec![
            stderr.lines().next().and_then(|line| line.rsplit(": ").next()).unwrap().to_owned(),
        ],
        _ => vec![file["metadata"][what].as_str().unwrap_or("-").to_owned()],
    };
    if parts.is_empty() { "-".to_owned() } else { parts.join(" | ") }
}

#[test]
fn what_files_say_of_themselves_is_read() {
    let expected = std::fs::read_to_string(fixtures().join("expected.tsv")).unwrap();
    let mut facts = 0;
    for row in expected.lines().skip(1) {
        let [file, what, value] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let path = fixtures().join(file);
        let output = amparo(samples(), &["extract", "--format", "json", path.to_str().unwrap()]);
        let json = output.json().pop().unwrap_or_default();
        assert_eq!(fact(what, &json, &output.stderr), value, "{file}: {what}");
        facts += 1;
    }
    assert!(facts > 10);
}

#[test]
fn a_form_feed_ends_each_physical_page() {
    for (file, pages) in [
        ("en/annual-overview-2022.pdf", 12),
        ("fr/haiti-restavek-2012.pdf", 2),
        ("es/guatemala-genocidio-ixil-2014.pdf", 1),
        ("en/honduras-gangs-and-state-protection-2023.pdf", 3),
    ] {
        assert_eq!(text_of(&corpus().join(file)).matches('\u{c}').count(), pages, "{file}");
    }
}

#[test]
fn a_scan_says_that_it_has_no_text() {
    let scan = corpus().join("es/guatemala-genocidio-ixil-2014.pdf");
    let output = amparo(samples(), &["extract", scan.to_str().unwrap()]).ok();
    assert!(output.stderr.contains("no text: scanned?"), "{}", output.stderr);
}

#[test]
fn windows_1252_is_read_whatever_it_calls_itself() {
    for (file, words) in [
        ("fr/rd-congo-enfants-soldats-2020.html", "République démocratique du Congo"),
        ("es/guinea-ecuatorial-detencion-y-tortura-2020.html", "detención"),
    ] {
        assert!(text_of(&corpus().join(file)).contains(words), "{file}");
    }
}
