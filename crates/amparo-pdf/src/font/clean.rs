//! Characters as they should be searched: ligatures taken apart, spaces made one kind, what cannot be read left out.

use unicode_normalization::UnicodeNormalization;

/// Adds a character in its plain form to `out`.
pub(crate) fn push_clean(character: char, out: &mut String) {
    match character {
        // A soft hyphen that is drawn is a hyphen: many producers give that code to the hyphen's glyph.
        '\u{ad}' | '\u{2010}' | '\u{2011}' => out.push('-'),
        '\t'
        | '\n'
        | '\r'
        | '\u{a0}'
        | '\u{2000}'..='\u{200a}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}' => out.push(' '),
        // Controls, joiners, directional marks, byte order mark, replacement character, non-characters.
        '\0'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff0}'..='\u{ffff}' => {}
        '\u{e000}'..='\u{f8ff}' => out.extend(private(character)),
        '\u{132}'
        | '\u{133}'
        | '\u{fb00}'..='\u{fb4f}'
        | '\u{fb50}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}'
        | '\u{ff01}'..='\u{ff5e}' => {
            out.extend(std::iter::once(character).nfkc());
        }
        _ => out.push(character),
    }
}

/// What Adobe's fonts keep in the private use area and a reader knows: old-style digits, small capitals, bullets.
fn private(character: char) -> Option<char> {
    let code = character as u32;
    match code {
        0xf6be => Some('j'),
        0xf6dc => Some('1'),
        0xf730..=0xf739 => char::from_u32(code - 0xf730 + u32::from(b'0')),
        0xf761..=0xf77a => char::from_u32(code - 0xf761 + u32::from(b'A')),
        0xf7e0..=0xf7f6 | 0xf7f8..=0xf7fe => char::from_u32(code - 0xf700 - 0x20),
        0xf0b7 | 0xf0a7 => Some('\u{2022}'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut out = String::new();
        text.chars().for_each(|character| push_clean(character, &mut out));
        assert_eq!(out, expected, "{text:?}");
    }

    #[test]
    fn characters_take_their_plain_form() {
        check("\u{fb01}n \u{fb03} \u{fb06}", "fin ffi st");
        check("a\u{a0}b\u{2003}c\td", "a b c d");
        check("co\u{ad}op\u{2011}x", "co-op-x");
        check("a\u{0}\u{200b}\u{feff}\u{fffd}b\u{85}", "ab");
        check("\u{f731}\u{f761}\u{f7e9}\u{f0b7}\u{f123}", "1A\u{c9}\u{2022}");
        check("œuvre élève ñ ½ “x”", "œuvre élève ñ ½ “x”");
    }
}
