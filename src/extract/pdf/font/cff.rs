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

/// The names of the first `most` glyphs, for composite fonts whose codes are glyph numbers.
pub(super) fn glyph_names(program: &[u8], mut each: impl FnMut(u16, &[u8])) {
    let Some(table) = Table::parse(program) else { return };
    for glyph in 0..table.number_of_glyphs() {
        if let Some(name) = table.glyph_name(GlyphId(glyph)) {
            each(glyph, name.as_bytes());
        }
    }
}
