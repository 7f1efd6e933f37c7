//! Limits, damage and threads.

use lopdf::{Dictionary, Object, dictionary};

use super::super::*;
use super::{Built, cmap, composite, font, text};

/// The warning and the text that a limit leaves of three pages.
#[track_caller]
fn check_limit(limits: Limits, expected: &str) {
    let mut built = Built::new(&Dictionary::new());
    let content = "BT /F1 10 Tf 50 700 Td (page) Tj ET ".repeat(40);
    for _ in 0..3 {
        built.page(&content, Dictionary::new());
    }
    let pdf = read(&built.bytes(), &Options { limits, words: false }).unwrap();
    let warnings: Vec<String> = pdf.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(format!("{}: {}", warnings.join(", "), text(&pdf)), expected);
}

#[test]
fn a_limit_keeps_what_was_read() {
    let all = Limits::default();
    check_limit(all, ": page || page || page");
    check_limit(Limits { pages: 2, ..all }, "stopped at the limit of pages: page || page");
    check_limit(
        Limits { operations: 500, ..all },
        "stopped at the limit of operations: page || page || ",
    );
    check_limit(
        Limits { decompressed: 2000, ..all },
        "stopped at the limit of decompressed bytes: page ||  || ",
    );
}

#[test]
fn nesting_beyond_the_limit_is_told() {
    let mut built = Built::new(&Dictionary::new());
    let inner = built.stream(dictionary! { "Subtype" => "Form" }, b"BT /F1 10 Tf (deep) Tj ET");
    let objects = dictionary! { "XObject" => dictionary! { "Y" => inner } };
    let outer = built.stream(dictionary! { "Subtype" => "Form", "Resources" => objects }, b"/Y Do");
    built.resources.set("XObject", dictionary! { "X" => outer });
    built.page("/X Do BT /F1 10 Tf 50 700 Td (page) Tj ET", Dictionary::new());
    let limits = Limits { depth: 1, ..Limits::default() };
    let pdf = read(&built.bytes(), &Options { limits, words: false }).unwrap();
    assert_eq!(pdf.warnings, [Warning::Limit("nesting")]);
    assert_eq!(text(&pdf), "page");
}

#[test]
fn what_is_no_pdf_is_told_with_a_reason() {
    let error = read(b"%PDF-1.7 nothing more", &Options::default()).unwrap_err();
    assert!(matches!(error, Error::Broken(_)), "{error}");
}

/// A document with most of what this folder reads, to be damaged.
fn varied() -> Vec<u8> {
    let mut built = Built::new(&Dictionary::new());
    let pairs = [("0001", "0048"), ("0002", "00ED"), ("0003", "0020")];
    let to_unicode = built.stream(Dictionary::new(), &cmap(&pairs));
    let composite = composite("Identity-H", Some(to_unicode), &Dictionary::new());
    let mut named = font("Garamond");
    named.set("Encoding", dictionary! { "Differences" => vec![65.into(), "f_i".into()] });
    named.set("Widths", vec![Object::Integer(500); 60]);
    named.set("FirstChar", 32);
    let form =
        built.stream(dictionary! { "Subtype" => "Form" }, b"BT /F1 9 Tf 60 650 Td (form) Tj ET");
    built.resources.set("XObject", dictionary! { "X" => form });
    built
        .resources
        .set("Font", dictionary! { "F1" => font("Times-Roman"), "F2" => composite, "F3" => named });
    let content = "q 1 0 0 1 0 0 cm BT /F1 12 Tf 14 TL 50 700 Td [(W)80(ords)-300(and)] TJ T* \
        /F2 12 Tf <000100020003> Tj /F3 10 Tf 2 Ts (ABC) Tj (more) ' 1 2 (still) \" \
        /Span <</ActualText (x)>> BDC (y) Tj EMC ET /X Do Q BI /W 1 /H 1 ID \u{1} EI";
    for _ in 0..3 {
        built.page(content, dictionary! { "Rotate" => 90 });
    }
    built.bytes()
}

#[test]
fn damaged_documents_are_read_or_refused() {
    let whole = varied();
    let limits = Limits { operations: 100_000, ..Limits::default() };
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    let mut readable = 0;
    for _ in 0..1500 {
        let mut bytes = whole.clone();
        for _ in 0..=random(8) {
            let at = random(bytes.len());
            match random(4) {
                0 => bytes[at] = random(256) as u8,
                1 => bytes[at] = b"0123456789-./<>[]()%"[random(20)],
                2 => drop(bytes.drain(at..(at + random(30)).min(bytes.len()))),
                _ => drop(bytes.splice(at..at, *b" 99999999999 ")),
            }
        }
        readable += usize::from(read(&bytes, &Options { limits, words: false }).is_ok());
    }
    assert!(readable > 500, "only {readable} could be read: the damage tests little");
}

/// Reads a document of many pages on a pool of threads and on none, and compares.
#[track_caller]
fn check_threads(limits: Limits, limit: Option<&'static str>) {
    let mut built = Built::new(&Dictionary::new());
    for page in 0..200 {
        built.page(&format!("BT /F1 10 Tf 50 700 Td (page {page}) Tj ET"), Dictionary::new());
    }
    let bytes = built.bytes();
    let alone = read(&bytes, &Options { limits, words: false }).unwrap();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap();
    let together = pool.install(|| read(&bytes, &Options { limits, words: false })).unwrap();
    assert_eq!(text(&together), text(&alone));
    assert_eq!(together.warnings, alone.warnings);
    assert_eq!(together.warnings, limit.map(Warning::Limit).into_iter().collect::<Vec<_>>());
    assert!(text(&alone).contains("page 99"));
}

#[test]
fn a_document_reads_the_same_on_many_threads() {
    let all = Limits::default();
    check_threads(all, None);
    check_threads(Limits { pages: 150, ..all }, Some("pages"));
    check_threads(Limits { operations: 1_500, ..all }, Some("operations"));
    // Each thread's share is too small, the whole is not.
    check_threads(Limits { operations: 1_800, ..all }, None);
}
