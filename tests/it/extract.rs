//! Golden texts of small PDFs, one for each concept, and page counts of the sample documents.
//!
//! `AMPARO_BLESS=1 cargo test` writes the golden texts anew; the difference is to be read like code.

use std::path::{Path, PathBuf};

use crate::support::{amparo, corpus, samples};

/// Fixtures whose golden text, written by hand, is not reached yet: columns that a file draws row by row across the gutter,
/// and a hyphen at a line's end that belongs to the word.
const OPEN: [&str; 2] = ["two-columns.txt", "hyphenation.txt"];

fn text_of(path: &Path) -> String {
    amparo(samples(), &["extract", path.to_str().unwrap()]).stdout
}

#[test]
fn each_concept_of_pdf_gives_its_golden_text() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/extract");
    let mut pdfs: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pdfs.retain(|path| path.extension().is_some_and(|extension| extension == "pdf"));
    pdfs.sort();
    assert!(pdfs.len() > 30);
    let mut wrong = Vec::new();
    for pdf in pdfs {
        let golden = pdf.with_extension("txt");
        let text = text_of(&pdf);
        let open = OPEN.iter().any(|name| golden.ends_with(name));
        if std::env::var_os("AMPARO_BLESS").is_some() && !text.is_empty() && !open {
            std::fs::write(&golden, &text).unwrap();
        }
        let expected = std::fs::read_to_string(&golden).unwrap_or_default();
        assert!(
            !(open && text == expected),
            "{} is reached: take it off the list",
            golden.display()
        );
        if text != expected && !open {
            wrong.push(format!("{}:\n  {text:?}\n  {expected:?}", pdf.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
