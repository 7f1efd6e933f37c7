//! What `load` does with damaged, encrypted and hostile files.

use std::fmt::Write as _;

use super::*;

/// A PDF of the given objects, numbered from 1, with a cross-reference table; the first is the catalog.
fn pdf(objects: &[&str]) -> Vec<u8> {
    let mut text = "%PDF-1.4\n".to_owned();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(text.len());
        writeln!(text, "{} 0 obj\n{object}\nendobj", index + 1).unwrap();
    }
    finish(text, &offsets, "/Root 1 0 R")
}

fn finish(mut text: String, offsets: &[usize], trailer: &str) -> Vec<u8> {
    let start = text.len();
    let size = offsets.len() + 1;
    writeln!(text, "xref\n0 {size}\n0000000000 65535 f ").unwrap();
    for offset in offsets {
        writeln!(text, "{offset:010} 00000 n ").unwrap();
    }
    writeln!(text, "trailer\n<</Size {size} {trailer}>>\nstartxref\n{start}\n%%EOF").unwrap();
    text.into_bytes()
}

const CATALOG: &str = "<</Type/Catalog/Pages 2 0 R>>";
const PAGES: &str = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
const PAGE: &str = "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>";
const CONTENT: &str = "<</Length 5>>stream\nBT ET\nendstream";

fn small() -> Vec<u8> {
    pdf(&[CATALOG, PAGES, PAGE, CONTENT])
}

fn load_within(bytes: &[u8], limits: &Limits) -> Result<Document, Error> {
    load(bytes, limits, &Budget::new(limits))
}

/// Loads on a stack as small as a thread may have, so that deep recursion shows.
fn load_on_small_stack(bytes: Vec<u8>) -> Result<Document, Error> {
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    thread.spawn(move || load_within(&bytes, &Limits::default())).unwrap().join().unwrap()
}

/// The first page's content, which has to be there.
#[track_caller]
fn check_content(bytes: Vec<u8>, expected: &str) {
    let document = load_on_small_stack(bytes).unwrap();
    let page = document.page_iter().next().expect("a page");
    let content = document.get_page_content(page);
    assert_eq!(String::from_utf8_lossy(&content).trim_end(), expected);
}

#[track_caller]
fn check_reason(bytes: &[u8], expected: &str) {
    assert_eq!(load_within(bytes, &Limits::default()).unwrap_err().to_string(), expected);
}

/// The file with the first occurrence of some text replaced.
fn with(bytes: &[u8], old: &str, new: &str) -> Vec<u8> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    assert!(text.contains(old), "{old}");
    text.replacen(old, new, 1).into_bytes()
}

#[test]
fn whole_files_are_read() {
    check_content(small(), "BT ET");
}

#[test]
fn damage_outside_of_the_objects_does_not_matter() {
    let whole = small();
    let end = whole.windows(4).position(|window| window == b"xref").unwrap();
    check_content(whole[..end].to_vec(), "BT ET");
    check_content(whole[9..].to_vec(), "BT ET");
    check_content([b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), whole.clone()].concat(), "BT ET");
    check_content([vec![b'\n'; 2000], whole.clone()].concat(), "BT ET");
    check_content(with(&whole, "startxref\n", "startxref\n9"), "BT ET");
    check_content(with(&whole, "/Root 1 0 R", ""), "BT ET");
    check_content(with(&whole, "/Type/Catalog/Pages 2 0 R", ""), "BT ET");
    check_content([whole, vec![0; 3000]].concat(), "BT ET");
}

#[test]
fn damaged_objects_are_read_as_far_as_they_go() {
    let whole = small();
    check_content(with(&whole, "endstream\nendobj", "endstream"), "BT ET");
    check_content(with(&whole, "/Length 5", "/Length 3"), "BT ET");
    check_content(with(&whole, "/Length 5", "/Length 5000"), "BT ET");
    check_content(with(&whole, "/Length 5", "/Length 77 0 R"), "BT ET");
    check_content(with(&whole, "/Length 5", ""), "BT ET");
    let cut = whole.windows(2).position(|window| window == b"ET").unwrap();
    check_content(whole[..cut].to_vec(), "BT");
}

#[test]
fn what_is_no_pdf_is_said_to_be_none() {
    check_reason(b"%PDF-1.4\n", "not a readable PDF: no trailer that leads to its pages");
    check_reason(b"<html>an object</html>", "not a readable PDF: no PDF header and no objects");
    check_reason(&pdf(&["<<>>"]), "not a readable PDF: no pages in it");
}

#[test]
fn a_page_tree_may_be_empty() {
    let document =
        load_within(&pdf(&[CATALOG, "<</Type/Pages/Kids[]/Count 0>>"]), &Limits::default())
            .unwrap();
    assert_eq!(document.page_iter().count(), 0);
}

#[test]
fn other_security_handlers_are_named() {
    let encrypted = |filter: &str| {
        let trailer = format!("/Root 1 0 R /Encrypt <</Filter/{filter}/V 1/R 2>>");
        with(&small(), "/Root 1 0 R", &trailer)
    };
    check_reason(&encrypted("Adobe.PubSec"), "encrypted: needs a certificate");
    check_reason(&encrypted("EBX_HANDLER"), "encrypted: needs the security handler EBX_HANDLER");
}

#[test]
fn a_chain_of_lengths_ends() {
    for spelling in ["/Length", "/Len#67th", "/#4cength"] {
        let mut objects = vec![CATALOG.to_owned(), PAGES.to_owned(), PAGE.to_owned()];
        objects.extend(
            (5..50_000).map(|next| format!("<<{spelling} {next} 0 R>>stream\nBT ET\nendstream")),
        );
        objects.push("5".to_owned());
        let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
        check_content(pdf(&objects), "BT ET");
    }
}

#[test]
fn many_lengths_in_other_objects_are_found() {
    let mut objects = vec![CATALOG.to_owned(), PAGES.to_owned(), PAGE.to_owned()];
    for number in (4..400).step_by(2) {
        // The word within the data would end a search.
        objects.push(format!("<</Length {} 0 R>>stream\n(endstream) Tj\nendstream", number + 1));
        objects.push("14".to_owned());
    }
    let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
    check_content(pdf(&objects), "(endstream) Tj");
}

#[test]
fn deep_nesting_ends() {
    let deep = |open: &str, close: &str| {
        let value = open.repeat(20_000) + &close.repeat(20_000);
        pdf(&[CATALOG, PAGES, PAGE, CONTENT, &value, &format!("<</A {value}>>")])
    };
    for (open, close) in
        [("[", "]"), ("<</A", ">>"), ("(", ")"), ("[<</A", ">>]"), ("[", ""), ("(", "")]
    {
        check_content(deep(open, close), "BT ET");
    }
}

#[test]
fn one_object_named_a_million_times_is_kept_once() {
    let stream = format!("<</Length 300000>>stream\n{}\nendstream", "x".repeat(300_000));
    let mut text = "%PDF-1.4\n".to_owned();
    let mut offsets = Vec::new();
    for (index, object) in [CATALOG, PAGES, PAGE, CONTENT, &stream].iter().enumerate() {
        offsets.push(text.len());
        writeln!(text, "{} 0 obj\n{object}\nendobj", index + 1).unwrap();
    }
    // Without a bound, 6 GB.
    offsets.extend(std::iter::repeat_n(offsets[4], 20_000));
    check_content(finish(text, &offsets, "/Root 1 0 R"), "BT ET");
}

#[test]
fn overlapping_streams_do_not_multiply() {
    let mut text = "%PDF-1.4\n".to_owned();
    let mut offsets = Vec::new();
    for (index, object) in [CATALOG, PAGES, PAGE, CONTENT].iter().enumerate() {
        offsets.push(text.len());
        writeln!(text, "{} 0 obj\n{object}\nendobj", index + 1).unwrap();
    }
    // Each would run to the end of the file: 4 GB.
    for number in 5..10_000 {
        offsets.push(text.len());
        writeln!(text, "{number} 0 obj <</Length 9999 0 R/A {:80}>>stream", 0).unwrap();
    }
    text.push_str("endstream endobj\n");
    let document = load_on_small_stack(finish(text, &offsets, "/Root 1 0 R")).unwrap();
    let bytes: usize = document
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .map(|stream| stream.content.len())
        .sum();
    assert!(bytes < 4_000_000, "{bytes}");
}

/// Every file of the hostile set yields a document or a reason.
#[test]
fn hostile_files_yield_a_document_or_a_reason() {
    let Ok(folder) = std::env::var("AMPARO_EVAL") else {
        eprintln!("AMPARO_EVAL is not set: skipped");
        return;
    };
    let mut opened = 0;
    let mut files = 0;
    for entry in std::fs::read_dir(format!("{folder}/pdf/hostile")).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        files += 1;
        opened += usize::from(load_on_small_stack(bytes).is_ok());
    }
    // Of 218 files, 205 need no password and no certificate.
    assert!(opened * 218 >= files * 205, "{opened} of {files}");
}

/// A file of the workspace's `tests/data/extract`.
fn fixture(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/extract");
    std::fs::read(format!("{folder}/{name}.pdf")).unwrap()
}

/// The file's pages show this text, in content that needs no font to be read.
#[track_caller]
fn check_shown(name: &str, expected: &[&str]) {
    let document = load_on_small_stack(fixture(name)).unwrap();
    let contents: Vec<Vec<u8>> = pages::in_tree(&document, 100)
        .iter()
        .map(|page| document.get_page_content(*page))
        .collect();
    assert_eq!(contents.len(), expected.len(), "pages of {name}");
    for (content, text) in contents.iter().zip(expected) {
        let content = String::from_utf8_lossy(content);
        assert!(content.contains(text), "{name}: {content}");
    }
}

#[test]
fn encryption_with_an_empty_password_is_undone() {
    for kind in ["rc4-40", "rc4-128", "aes-128", "aes-256", "object-streams"] {
        check_shown(&format!("encrypted-{kind}"), &["Read without a password."]);
    }
}

#[test]
fn encryption_off_the_standard_is_undone() {
    for kind in ["no-id", "length-in-bytes", "odd-length"] {
        check_shown(&format!("encrypted-{kind}"), &["Read without a password."]);
    }
}

#[test]
fn a_password_is_asked_for() {
    check_reason(&fixture("encrypted-user-password"), "needs a password");
}

#[test]
fn an_encrypted_file_without_its_end_is_not_read_as_plain() {
    let without_end = |name: &str| {
        let mut bytes = fixture(name);
        let end = bytes.windows(5).rposition(|window| window == b"\nxref").unwrap();
        bytes.truncate(end);
        bytes
    };
    let document = load_within(&without_end("encrypted-aes-256"), &Limits::default()).unwrap();
    let content = document.get_page_content(pages::in_tree(&document, 1)[0]);
    assert!(String::from_utf8_lossy(&content).contains("Read without a password."));
    check_reason(
        &without_end("encrypted-aes-128"),
        "encrypted: the end of the file, which has a part of the key, is lost",
    );
}

#[test]
fn damaged_fixtures_are_read() {
    for name in ["no-header", "leading-bytes", "wrong-offsets", "wrong-length", "no-catalog"] {
        check_shown(name, &["The complaint was not registered."]);
    }
    check_shown("truncated", &["Page 1 is here.", "Page 2 is here."]);
    check_shown("cyclic-pages", &["A page in a tree that holds itself."]);
}

/// Reads all that stands around the pages.
fn read_rooms(document: &Document) {
    use crate::{forms, info, labels, outline};
    let pages = pages::in_tree(document, 1_000);
    info::read(document);
    labels::labels(document, pages.len(), &Budget::new(&Limits::default()));
    outline::bookmarks(document, &pages, &Budget::new(&Limits::default()));
    forms::overlays(document, &pages, &Budget::new(&Limits::default()));
}

/// The next number of a fixed sequence (xorshift), below `bound`.
fn next(state: &mut u64, bound: usize) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    usize::try_from(*state % bound as u64).unwrap()
}

/// The file with a few bytes, numbers or names in it changed, or a part of it moved.
fn mutated(bytes: &[u8], state: &mut u64) -> Vec<u8> {
    const WORDS: [&[u8]; 12] = [
        b"0",
        b"-1",
        b"99999999999",
        b"1 0 R",
        b"3 0 R",
        b"endobj",
        b"stream",
        b"<<",
        b"]",
        b"/Kids",
        b"/Length",
        b"(",
    ];
    let mut bytes = bytes.to_vec();
    for _ in 0..=next(state, 4) {
        let at = next(state, bytes.len());
        match next(state, 4) {
            0 => bytes[at] = next(state, 256) as u8,
            1 => {
                let word = WORDS[next(state, WORDS.len())];
                let end = bytes.len().min(at + word.len());
                bytes.splice(at..end, word.iter().copied());
            }
            2 => {
                let end = bytes.len().min(at + next(state, 80));
                let part = bytes[at..end].to_vec();
                let to = next(state, bytes.len());
                bytes.splice(to..to, part);
            }
            _ => {
                let end = bytes.len().min(at + next(state, 40) + 1);
                bytes.drain(at..end);
            }
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

/// Damage of any kind ends in a document or a reason.
#[test]
fn mutated_fixtures_do_not_panic() {
    let rounds =
        std::env::var("AMPARO_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(10);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/extract");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "pdf"));
    files.sort();
    let limits = Limits { decompressed: 1 << 24, seconds: 5, ..Limits::default() };
    let mut state = 0x9E37_79B9_7F4A_7C15;
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        for _ in 0..rounds {
            if let Ok(document) = load_within(&mutated(&bytes, &mut state), &limits) {
                read_rooms(&document);
            }
        }
    }
}
