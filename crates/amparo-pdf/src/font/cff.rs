//! The built-in encoding of CFF font programs.

use cff_parser::{EncodingKind, GlyphId, Table};

/// Calls `each` with every code and glyph name of the program's own encoding; nothing where it is a predefined one.
pub(super) fn encoding(program: &[u8], mut each: impl FnMut(u8, &[u8])) {
    let Some(table) = Table::parse(program) else { return };
    let mut name = |code: u8, glyph: u16| {
        if let Some(name) = table.glyph_name(GlyphId(glyph)) {
            each(code, name.as_bytes());
        }
    };
    match table.encoding.kind {
        EncodingKind::Standard | EncodingKind::Expert => {}
        // Glyph 0 is .notdef and has no code.
        EncodingKind::Format0(codes) => {
            for (glyph, code) in (1..).zip(codes) {
                name(code, glyph);
            }
        }
        EncodingKind::Format1(ranges) => {
            let mut glyph = 1_u16;
            for range in ranges {
                for code in range.first..=range.first.saturating_add(range.left) {
                    name(code, glyph);
                    glyph = glyph.saturating_add(1);
                }
            }
        }
    }
}

/// Calls `each` with every glyph that has a name, for composite fonts whose codes are glyph numbers.
pub(super) fn glyph_names(program: &[u8], mut each: impl FnMut(u16, &[u8])) {
    let Some(table) = Table::parse(program) else { return };
    for glyph in 0..table.number_of_glyphs() {
        if let Some(name) = table.glyph_name(GlyphId(glyph)) {
            each(glyph, name.as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program with the glyphs .notdef, `A` and `alpha` (which is no standard name), and that encoding.
    fn program(encoding: &[u8]) -> Vec<u8> {
        let index = |items: &[&[u8]]| {
            let mut bytes = vec![0, items.len() as u8, 1, 1];
            let mut end = 1;
            for item in items {
                end += item.len() as u8;
                bytes.push(end);
            }
            bytes.extend(items.concat());
            bytes
        };
        let strings = index(&[b"alpha"]);
        let names = index(&[b"X"]);
        let charset: &[u8] = &[0, 0, 34, 1, 135];
        // Numbers of the form 28 hi lo keep the dictionary's length the same whatever they are.
        let top = |charset_at: u8, encoding_at: u8, glyphs_at: u8| {
            index(&[&[28, 0, charset_at, 15, 28, 0, encoding_at, 16, 28, 0, glyphs_at, 17]])
        };
        let charset_at = 4 + names.len() + top(0, 0, 0).len() + strings.len() + 2;
        let encoding_at = charset_at + charset.len();
        let glyphs_at = encoding_at + encoding.len();
        let top = top(charset_at as u8, encoding_at as u8, glyphs_at as u8);
        let glyphs = index(&[&[14], &[14], &[14]]);
        let parts: [&[u8]; 8] =
            [&[1, 0, 4, 1], &names, &top, &strings, &[0, 0], charset, encoding, &glyphs];
        parts.concat()
    }

    #[track_caller]
    fn check(encoded: &[u8], expected: &[(u8, &str)]) {
        let mut read = Vec::new();
        encoding(&program(encoded), |code, name| {
            read.push((code, String::from_utf8_lossy(name).into_owned()));
        });
        let expected: Vec<(u8, String)> =
            expected.iter().map(|(code, name)| (*code, (*name).to_owned())).collect();
        assert_eq!(read, expected);
    }

    #[test]
    fn codes_lead_to_names() {
        check(&[0, 2, 200, 97], &[(200, "A"), (97, "alpha")]);
        check(&[1, 1, 97, 1], &[(97, "A"), (98, "alpha")]);
    }

    #[test]
    fn programs_that_end_early_are_left_alone() {
        let whole = program(&[0, 2, 200, 97]);
        for length in 0..whole.len() {
            encoding(&whole[..length], |_, _| {});
            glyph_names(&whole[..length], |_, _| {});
        }
    }
}
