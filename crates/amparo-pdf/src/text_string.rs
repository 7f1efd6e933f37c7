//! Text strings of PDF dictionaries to text: titles, labels, field values, notes.
//!
//! In: a string's bytes, already decrypted; out: its text, with what cannot be decoded replaced. Not for text that is
//! shown on a page: that is in its font's encoding.

use lopdf::{Dictionary, Document, Object};

/// `PDFDocEncoding` where it differs from Latin-1, from byte 0x18 and from 0x80 (ISO 32000-1, annex D.2).
const ACCENTS: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
const SIGNS: [char; 33] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™',
    'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
];

/// The text of a text string: UTF-16 or UTF-8 by its mark, UTF-8 without one where it can be nothing else, otherwise
/// `PDFDocEncoding`.
pub(super) fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => match std::str::from_utf8(bytes) {
            // Many writers forget the mark. Accented PDFDocEncoding is hardly ever valid UTF-8.
            Ok(text) if !text.is_ascii() => text.to_owned(),
            _ => bytes.iter().map(|&byte| character(byte)).collect(),
        },
    }
}

/// The text of a string that stands under `key`, directly or by reference, on one line; `None` if there is none.
pub(super) fn line(document: &Document, dictionary: &Dictionary, key: &[u8]) -> Option<String> {
    let text = text(document, dictionary, key)?;
    let line = one_line(&text);
    (!line.is_empty()).then_some(line)
}

/// The text of a string or of an unpacked stream that stands under `key`, with its line breaks.
pub(super) fn text(document: &Document, dictionary: &Dictionary, key: &[u8]) -> Option<String> {
    match dictionary.get_deref(key, document).ok()? {
        Object::String(bytes, _) => Some(decode(bytes)),
        Object::Stream(stream) => {
            stream.get_plain_content_with_limit(1 << 20).ok().map(|bytes| decode(&bytes))
        }
        _ => None,
    }
}

/// The words of a text with one space between them and no control characters.
pub(super) fn one_line(text: &str) -> String {
    let printable: String =
        text.chars().map(|c| if c.is_control() || c == '\u{feff}' { ' ' } else { c }).collect();
    printable.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text: String =
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    without_language_codes(&text)
}

/// A string may name the language of its parts, between two escape characters (ISO 32000-1, 7.9.2.2).
fn without_language_codes(text: &str) -> String {
    if !text.contains('\u{1b}') {
        return text.to_owned();
    }
    text.split('\u{1b}').step_by(2).collect()
}

fn character(byte: u8) -> char {
    match byte {
        0x18..=0x1f => ACCENTS[usize::from(byte - 0x18)],
        0x80..=0xa0 => SIGNS[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(decode(bytes), expected);
    }

    #[test]
    fn every_encoding_is_read() {
        check(b"plain", "plain");
        check(b"d\xe9tention \x84 \xa0 5", "détention — € 5");
        check(b"\xfe\xff\0d\0\xe9", "dé");
        check(b"\xff\xfed\0\xe9\0", "dé");
        check(b"\xef\xbb\xbfd\xc3\xa9", "dé");
        check("détention".as_bytes(), "détention");
    }

    #[test]
    fn damaged_strings_are_replaced_not_refused() {
        check(b"\xfe\xff\xd8\0\0a\0", "\u{fffd}a");
        check(b"\xef\xbb\xbf\xff", "\u{fffd}");
    }

    #[test]
    fn language_codes_are_left_out() {
        check(b"\xfe\xff\0\x1b\0f\0r\0\x1b\0o\0u\0i", "oui");
    }

    #[test]
    fn a_line_has_no_breaks() {
        assert_eq!(one_line(" a\r\nb\u{0}\tc "), "a b c");
    }
}
