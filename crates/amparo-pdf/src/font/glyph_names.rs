//! Glyph names to text, as the Adobe Glyph List specification tells it.
//!
//! The list is searched where it stands, sorted by name, so that nothing has to be built before the first look-up.

use std::cmp::Ordering;

/// The Adobe Glyph List: see its own head for source and licence.
const LIST: &str = include_str!("data/glyphs.txt");
/// The names in `ZapfDingbats`, which mean something else elsewhere ("a102").
const DINGBATS: &str = include_str!("data/dingbats.txt");

/// Adds the text of a glyph name of `ZapfDingbats` to `out`; whether the name means anything.
pub(super) fn push_dingbat(name: &[u8], out: &mut String) -> bool {
    let codes = std::str::from_utf8(name).ok().and_then(|name| listed(DINGBATS, name));
    let before = out.len();
    out.extend(codes.into_iter().flat_map(|codes| codes.split(' ')).filter_map(character));
    out.len() > before
}

/// Adds the text of a glyph name to `out`; whether the name means anything.
pub(super) fn push_text(name: &[u8], out: &mut String) -> bool {
    let Ok(name) = std::str::from_utf8(name) else { return false };
    // "a.sc", "one.oldstyle": what follows the full stop is a style.
    let base = name.split('.').next().unwrap_or_default();
    let before = out.len();
    for part in base.split('_') {
        push_component(part, out);
    }
    out.len() > before
}

fn push_component(name: &str, out: &mut String) {
    if let [letter] = name.as_bytes()
        && letter.is_ascii_alphabetic()
    {
        // The list says so, too; but these are a fifth of all that is looked up.
        out.push(char::from(*letter));
    } else if let Some(codes) = listed(LIST, name) {
        out.extend(codes.split(' ').filter_map(character));
    } else if let Some(digits) = name.strip_prefix("uni").filter(|digits| digits.len() >= 4) {
        let quads = digits.as_bytes().chunks_exact(4);
        out.extend(quads.map_while(|quad| character(std::str::from_utf8(quad).ok()?)));
    } else if let Some(digits) =
        name.strip_prefix('u').filter(|digits| (4..=6).contains(&digits.len()))
    {
        out.extend(character(digits));
    }
}

fn character(hexadecimal: &str) -> Option<char> {
    u32::from_str_radix(hexadecimal, 16).ok().and_then(char::from_u32)
}

/// The code points of a listed name, in hexadecimal.
fn listed(list: &'static str, name: &str) -> Option<&'static str> {
    let bytes = list.as_bytes();
    let (mut from, mut to) = (0, bytes.len());
    while from < to {
        let middle = from + (to - from) / 2;
        // Lines are too short for a search that looks at many bytes at once.
        let before = bytes[from..middle].iter().rposition(|byte| *byte == b'\n');
        let line_start = before.map_or(from, |at| from + at + 1);
        let after = bytes[middle..to].iter().position(|byte| *byte == b'\n');
        let line_end = after.map_or(to, |at| middle + at);
        let line = &bytes[line_start..line_end];
        // The head of the file sorts before every name: '#' is below the letters.
        let name_end = line.iter().position(|byte| *byte == b';').filter(|_| line[0] != b'#');
        match name_end.map(|end| (end, line[..end].cmp(name.as_bytes()))) {
            Some((end, Ordering::Equal)) => return list.get(line_start + end + 1..line_end),
            Some((_, Ordering::Greater)) => to = line_start,
            Some((_, Ordering::Less)) | None => from = line_end + 1,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: &str) {
        let mut out = String::new();
        let known = push_text(name.as_bytes(), &mut out);
        assert_eq!((out.as_str(), known), (expected, !expected.is_empty()), "{name}");
    }

    #[test]
    fn names_mean_what_the_list_says() {
        check("A", "A");
        check("zukatakana", "\u{30ba}");
        check("eacute", "é");
        check("a100", "");
        check("dalethatafpatah", "\u{5d3}\u{5b2}");
        check("nosuchglyph", "");
        check("", "");
    }

    #[test]
    fn composed_names_are_taken_apart() {
        check("f_f_i", "ffi");
        check("a.sc", "a");
        check("T_h.liga", "Th");
        check("uni0041", "A");
        check("uni00410301", "A\u{301}");
        check("u1F600", "\u{1f600}");
        check("uniD800", "");
        check(".notdef", "");
    }

    #[test]
    fn the_lists_are_sorted() {
        for (list, least) in [(LIST, 4000), (DINGBATS, 200)] {
            let lines = list.lines().filter(|line| !line.starts_with('#'));
            let names: Vec<&str> = lines.map(|line| line.split_once(';').unwrap().0).collect();
            assert!(names.len() > least && names.is_sorted());
            assert!(names.iter().all(|name| listed(list, name).is_some()));
        }
    }
}
