//! Widths of the standard 14 fonts, which files need not carry.

/// The widths: see their own head for source and licence.
const TABLE: &str = include_str!("data/widths.txt");

/// A standard font, by its column in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StandardFont {
    Helvetica,
    HelveticaBold,
    TimesRoman,
    TimesBold,
    TimesItalic,
    TimesBoldItalic,
    Symbol,
    ZapfDingbats,
    Courier,
}

impl StandardFont {
    /// The standard font of that name, or the one that the name is another name of ("Arial,Bold").
    pub fn of_name(name: &[u8]) -> Option<Self> {
        let name = String::from_utf8_lossy(name).to_ascii_lowercase().replace([' ', '-', ','], "");
        // "ABCDEF+Helvetica": a subset's tag.
        let name = name.split_once('+').map_or(name.as_str(), |(_, name)| name);
        let bold = name.contains("bold");
        let italic = name.contains("italic") || name.contains("oblique");
        if name.starts_with("helvetica") || name.starts_with("arial") {
            Some(if bold { Self::HelveticaBold } else { Self::Helvetica })
        } else if name.starts_with("times") {
            Some(match (bold, italic) {
                (false, false) => Self::TimesRoman,
                (true, false) => Self::TimesBold,
                (false, true) => Self::TimesItalic,
                (true, true) => Self::TimesBoldItalic,
            })
        } else if name.starts_with("courier") {
            Some(Self::Courier)
        } else if name.starts_with("symbol") {
            Some(Self::Symbol)
        } else if name.starts_with("zapfdingbats") {
            Some(Self::ZapfDingbats)
        } else {
            None
        }
    }

    /// Every glyph of the font with its width in thousandths of the size.
    fn widths(self) -> impl Iterator<Item = (&'static str, f32)> {
        TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(move |line| {
            let mut fields = line.split(';');
            let name = fields.next()?;
            if self == Self::Courier {
                return Some((name, 600.0));
            }
            Some((name, fields.nth(self as usize)?.parse().ok()?))
        })
    }

    /// The width of each of 256 glyph names, where the font has that glyph.
    pub fn widths_of(self, names: &[impl AsRef<[u8]>; 256]) -> [Option<f32>; 256] {
        let by_name: rustc_hash::FxHashMap<&[u8], f32> =
            self.widths().map(|(name, width)| (name.as_bytes(), width)).collect();
        std::array::from_fn(|code| by_name.get(names[code].as_ref()).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::encoding::Encoding;

    #[track_caller]
    fn check(font: &str, code: u8, expected: f32) {
        let font = StandardFont::of_name(font.as_bytes()).expect("a standard font");
        let encoding = match font {
            StandardFont::Symbol => Encoding::Symbol,
            StandardFont::ZapfDingbats => Encoding::ZapfDingbats,
            _ => Encoding::WinAnsi,
        };
        assert_eq!(font.widths_of(encoding.names())[usize::from(code)], Some(expected));
    }

    #[test]
    fn standard_fonts_have_their_widths() {
        check("Helvetica", b'A', 667.0);
        check("ABCDEF+Arial,Bold", b'A', 722.0);
        check("Times-BoldItalic", b'A', 667.0);
        check("TimesNewRomanPS-ItalicMT", b'A', 611.0);
        check("Courier New", b'i', 600.0);
        check("Symbol", b'a', 631.0);
        check("ZapfDingbats", b'!', 974.0);
        assert_eq!(StandardFont::of_name(b"Garamond"), None);
    }
}
