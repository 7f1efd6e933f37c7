//! Pages that are too long for a parser keep their text, whatever they are made of.

use super::{extract, text};
use crate::extract::Limits;

/// Checks that a page that is too long to be parsed, of many units with an `x` each, keeps every one of them; plain, in a
/// message and in other encodings.
#[track_caller]
fn check_long(head: &str, unit: &str) {
    let limits = Limits { decompressed: 1 << 17, ..Limits::default() };
    let times = 500_000 / unit.len();
    let page = format!("<html><body>{head}{}", unit.repeat(times));
    let message = |encoding: &str, body: &str| {
        let head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n";
        format!("{head}Content-Transfer-Encoding: {encoding}\n\n{body}\n--b--\n").into_bytes()
    };
    let utf_16 = || page.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let files: [Vec<u8>; 4] = [
        page.clone().into_bytes(),
        utf_16(),
        message("8bit", &page),
        message("quoted-printable", &page.replace('=', "=3D").replace("<p", "=\r\n<p")),
    ];
    for (number, file) in files.iter().enumerate() {
        let extracted = extract(file, &limits).unwrap();
        let kept = text(&extracted).matches('x').count();
        assert_eq!(kept, times, "{unit:?} in file {number}: {:?}", extracted.warnings);
    }
}

#[test]
fn pages_too_long_to_parse_lose_no_text() {
    check_long("<p>", "x word ");
    check_long("", "<p>x</p>");
    check_long("", "<div>x ");
    check_long("", "<b>x</b>");
    check_long("", "<p a=1 b='2>' c=\"3\">x");
    check_long("", "<tr><td>x<td>b");
    check_long("", "x<!-- no > -- comment -->");
    check_long("", "x<script>if (a < b) '</p>'</script>");
    check_long("", "x&amp;");
    check_long("", "x< ");
}

#[test]
fn what_no_reader_sees_is_passed_over_however_long_it_is() {
    let limits = Limits { decompressed: 1 << 17, ..Limits::default() };
    let long = "long enough > ".repeat(50_000);
    for page in [
        format!("<p>one<script>{long}</script>two"),
        format!("<p>one<style>{long}</style>two"),
        format!("<p>one<!-- {long} -->two"),
        format!("<p>one<img alt='{long}'>two"),
    ] {
        let extracted = extract(page.as_bytes(), &limits).unwrap();
        assert_eq!((text(&extracted).as_str(), extracted.warnings), ("onetwo", vec![]));
    }
}

#[test]
fn text_without_spaces_is_cut_all_the_same() {
    let word = "no_spaces".repeat(50_000);
    let extracted = extract(format!("<p>{word}").as_bytes(), &Limits::default()).unwrap();
    assert!(extracted.passages.len() > 10, "{}", extracted.passages.len());
    assert_eq!(text(&extracted).replace('\n', ""), word);
}
