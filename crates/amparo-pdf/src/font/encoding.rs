//! The predefined encodings of simple fonts: code to glyph name.

use std::sync::{LazyLock, OnceLock};

use super::clean::push_clean;
use super::glyph_names;

/// The tables: see their own head for the source.
const TABLES: &str = include_str!("data/encodings.txt");

/// A predefined encoding, in the order of the table's columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Standard,
    WinAnsi,
    MacRoman,
    PdfDoc,
    Symbol,
    ZapfDingbats,
}

/// The glyph names of an encoding by code, empty where it has none.
pub(super) type Names = [&'static str; 256];

impl Encoding {
    /// The encoding that a PDF calls by this name.
    pub fn of_name(name: &[u8]) -> Option<Self> {
        match name {
            b"StandardEncoding" => Some(Self::Standard),
            b"WinAnsiEncoding" => Some(Self::WinAnsi),
            b"MacRomanEncoding" => Some(Self::MacRoman),
            b"PDFDocEncoding" => Some(Self::PdfDoc),
            _ => None,
        }
    }

    /// Its glyph names.
    pub fn names(self) -> &'static Names {
        static ALL: LazyLock<Vec<Names>> = LazyLock::new(parse);
        &ALL[self as usize]
    }

    /// The text of each of its codes in its plain form: most fonts of most files need nothing else.
    pub fn texts(self) -> &'static [String; 256] {
        static ALL: [OnceLock<[String; 256]>; 6] = [const { OnceLock::new() }; 6];
        let text = |name: &str| self.text_of(name.as_bytes()).unwrap_or_default();
        ALL[self as usize].get_or_init(|| self.names().map(text))
    }

    /// The text of a glyph name in a font with this encoding, in its plain form.
    pub fn text_of(self, name: &[u8]) -> Option<String> {
        let (mut raw, mut text) = (String::new(), String::new());
        let told = (self == Self::ZapfDingbats && glyph_names::push_dingbat(name, &mut raw))
            || glyph_names::push_text(name, &mut raw);
        raw.chars().for_each(|character| push_clean(character, &mut text));
        told.then_some(text)
    }
}

fn parse() -> Vec<Names> {
    let mut all = vec![[""; 256]; 6];
    for line in TABLES.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split(';');
        let name = fields.next().unwrap_or_default();
        for (names, codes) in all.iter_mut().zip(fields).filter(|(_, codes)| !codes.is_empty()) {
            for code in codes.split(' ').filter_map(|code| code.parse::<u8>().ok()) {
                names[usize::from(code)] = name;
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(encoding: Encoding, code: u8, expected: &str) {
        assert_eq!(encoding.names()[usize::from(code)], expected, "{encoding:?} {code}");
    }

    #[test]
    fn codes_have_their_names() {
        check(Encoding::Standard, 0o47, "quoteright");
        check(Encoding::WinAnsi, 0o47, "quotesingle");
        check(Encoding::WinAnsi, 0o200, "Euro");
        check(Encoding::WinAnsi, 0o255, "hyphen");
        check(Encoding::WinAnsi, 0o201, "bullet");
        check(Encoding::MacRoman, 0o216, "eacute");
        check(Encoding::PdfDoc, 0o30, "breve");
        check(Encoding::Symbol, b'a', "alpha");
        check(Encoding::ZapfDingbats, 0o41, "a1");
        check(Encoding::Standard, 0, "");
    }
}
