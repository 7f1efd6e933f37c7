//! Bytes to text: which encoding a saved page is really in, whatever it says.
//!
//! In: a page's bytes. Out: its text, and a warning where the declaration was wrong. Order of evidence: byte order mark,
//! UTF-16 by its zero bytes, validity as UTF-8, the declared label, and `chardetng`'s guess for what is left. It does not
//! read HTTP headers: a saved page has none.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::mojibake;
use crate::extract::Warning;

/// The standard has browsers look at 1,024 bytes; pages with long inline scripts declare themselves later.
const DECLARATION_WITHIN: usize = 8 * 1024;

/// The guess is settled long before this many bytes.
const GUESS_FROM: usize = 1 << 20;

/// A page's text, and a warning where it is not in the encoding that it declares. `outer` is the encoding that is named
/// outside of the page, for one that names none.
pub(super) fn decode<'a>(bytes: &'a [u8], outer: Option<&str>) -> (Cow<'a, str>, Option<Warning>) {
    let label = declared_label(bytes).or_else(|| outer.map(str::to_owned));
    let (_, text, warning) = decode_bytes(bytes, label.clone());
    match mojibake::repair(&text) {
        Some(repaired) => (Cow::Owned(repaired), Some(twice_encoded(label))),
        None => (text, warning),
    }
}

/// How a long page is to be read, told from a part of it.
pub(super) struct Reading {
    /// Its encoding; in UTF-8, odd bytes are windows-1252.
    pub(super) encoding: &'static Encoding,
    /// Whether it is UTF-8 that was encoded twice.
    pub(super) is_mojibake: bool,
}

/// How to read a page that has this part, whose `head` names its encoding, and a warning where it declares another.
pub(super) fn judge(head: &[u8], part: &[u8], outer: Option<&str>) -> (Reading, Option<Warning>) {
    let label = declared_label(head).or_else(|| outer.map(str::to_owned));
    // A part may end in the middle of a character.
    let part = match std::str::from_utf8(part) {
        Err(error) if error.error_len().is_none() => &part[..error.valid_up_to()],
        _ => part,
    };
    let marked = Encoding::for_bom(head).map(|(encoding, _)| encoding);
    let (encoding, text, warning) = match marked.or_else(|| utf_16_without_mark(head)) {
        Some(encoding) => (encoding, encoding.decode_without_bom_handling(part).0, None),
        None => decode_bytes(part, label.clone()),
    };
    let is_mojibake = mojibake::is_mojibake(&text);
    let warning = if is_mojibake { Some(twice_encoded(label)) } else { warning };
    (Reading { encoding, is_mojibake }, warning)
}

fn twice_encoded(label: Option<String>) -> Warning {
    let declared = label.unwrap_or_else(|| "UTF-8".to_owned());
    Warning::Encoding { declared, used: "UTF-8 that was read as windows-1252 and saved again" }
}

/// The encoding of bytes, their text, and a warning where they declare another.
fn decode_bytes(
    bytes: &[u8],
    label: Option<String>,
) -> (&'static Encoding, Cow<'_, str>, Option<Warning>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return (encoding, encoding.decode_without_bom_handling(&bytes[mark..]).0, None);
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return (encoding, encoding.decode_without_bom_handling(bytes).0, None);
    }
    let declared = label.as_deref().and_then(|label| Encoding::for_label(label.as_bytes()));
    // A label that was itself read as ASCII cannot be true of UTF-16; the HTML standard takes it for UTF-8.
    let declared = declared.map(Encoding::output_encoding);

    let (used, text) = match std::str::from_utf8(bytes) {
        Ok(text) if declared == Some(ISO_2022_JP) && bytes.contains(&0x1B) => {
            (ISO_2022_JP, ISO_2022_JP.decode_without_bom_handling(text.as_bytes()).0)
        }
        Ok(text) if text.is_ascii() => return (UTF_8, Cow::Borrowed(text), None),
        // Multi-byte sequences that are valid throughout do not come about by chance.
        Ok(text) => (UTF_8, Cow::Borrowed(text)),
        Err(_) => decode_not_utf_8(bytes, declared),
    };
    let warning = label
        .filter(|_| declared.is_some_and(|declared| declared != used))
        .map(|declared| Warning::Encoding { declared, used: used.name() });
    (used, text, warning)
}

/// The text of bytes that are not valid UTF-8 throughout.
fn decode_not_utf_8<'a>(
    bytes: &'a [u8],
    declared: Option<&'static Encoding>,
) -> (&'static Encoding, Cow<'a, str>) {
    if let Some(encoding) = declared.filter(|encoding| *encoding != UTF_8) {
        let (text, malformed) = encoding.decode_without_bom_handling(bytes);
        if !malformed {
            return (encoding, text);
        }
    }
    if let Some(text) = mostly_utf_8(bytes) {
        return (UTF_8, Cow::Owned(text));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(GUESS_FROM)], true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    (guess, guess.decode_without_bom_handling(bytes).0)
}

/// The text of bytes that are UTF-8 but for a few: pages put together from parts of two encodings, or cut off in the
/// middle of a character. The odd bytes are read as windows-1252. `None` where UTF-8 is not the rule.
fn mostly_utf_8(bytes: &[u8]) -> Option<String> {
    let (mut multi_byte, mut odd) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        multi_byte += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        odd += chunk.invalid().len();
    }
    if multi_byte < odd * 4 {
        return None;
    }
    Some(leniently(bytes).into_owned())
}

/// The text of bytes that are UTF-8 but for odd ones in windows-1252.
pub(super) fn leniently(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    Cow::Owned(text)
}

/// UTF-16 without a byte order mark, told by where the zero bytes of its ASCII characters stand.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(2048)];
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = head.len() / 5;
    match (even > many, odd > many) {
        (true, false) if odd * 10 < even => Some(UTF_16BE),
        (false, true) if even * 10 < odd => Some(UTF_16LE),
        _ => None,
    }
}

/// The label in `<?xml encoding=…?>`, `<meta charset=…>` or `<meta http-equiv=… content="…; charset=…">`.
fn declared_label(bytes: &[u8]) -> Option<String> {
    let head = bytes[..bytes.len().min(DECLARATION_WITHIN)].to_ascii_lowercase();
    if head.trim_ascii_start().starts_with(b"<?xml") {
        let end = find(&head, b"?>").unwrap_or(head.len());
        if let Some(label) = value_after(&head[..end], b"encoding") {
            return Some(label);
        }
    }
    let mut rest = head.as_slice();
    while let Some(start) = find(rest, b"<meta") {
        rest = &rest[start + 5..];
        let end = find(rest, b">").unwrap_or(rest.len());
        if let Some(label) = value_after(&rest[..end], b"charset") {
            return Some(label);
        }
    }
    None
}

/// The value of `name = value` or `name="value"` in a tag.
fn value_after(tag: &[u8], name: &[u8]) -> Option<String> {
    let mut rest = tag;
    loop {
        rest = rest[find(rest, name)? + name.len()..].trim_ascii_start();
        if let Some(value) = rest.strip_prefix(b"=") {
            let value = value.trim_ascii_start();
            let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
            let end = value.iter().position(|byte| b"\"'; \t\r\n/>?".contains(byte));
            let label = String::from_utf8_lossy(&value[..end.unwrap_or(value.len())]).into_owned();
            return Some(label).filter(|label| !label.is_empty());
        }
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCE: &str = "La niña desapareció — según su madre — en “Chalatenango”.";

    #[track_caller]
    fn check(bytes: &[u8], expected: &str, declared_wrongly: bool) {
        let (text, warning) = decode(bytes, None);
        assert!(text.contains(expected), "{text}");
        assert_eq!(warning.is_some(), declared_wrongly, "{warning:?}");
    }

    fn page(head: &str, encoding: &'static Encoding) -> Vec<u8> {
        encoding.encode(&format!("<html>{head}<p>{SENTENCE}</p>")).0.into_owned()
    }

    #[test]
    fn the_declared_encoding_is_used_where_it_fits() {
        check(&page("<meta charset=utf-8>", UTF_8), SENTENCE, false);
        check(&page("<meta charset='windows-1252'>", WINDOWS_1252), SENTENCE, false);
        let http = "<META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=iso-8859-1\">";
        check(&page(http, WINDOWS_1252), SENTENCE, false);
        let cyrillic = encoding_rs::KOI8_R.encode("<meta charset=koi8-r><p>права человека").0;
        check(&cyrillic, "права человека", false);
    }

    #[test]
    fn an_xml_declaration_counts() {
        let mut bytes = b"<?xml version='1.0' encoding='iso-8859-1'?>".to_vec();
        bytes.extend(page("", WINDOWS_1252));
        check(&bytes, SENTENCE, false);
    }

    #[test]
    fn a_wrong_declaration_is_seen_through_and_noted() {
        check(&page("<meta charset=utf-8>", WINDOWS_1252), SENTENCE, true);
        check(&page("<meta charset=iso-8859-1>", UTF_8), SENTENCE, true);
    }

    #[test]
    fn no_declaration_is_needed() {
        check(&page("", UTF_8), SENTENCE, false);
        check(&page("", WINDOWS_1252), SENTENCE, false);
        let long = "Всеобщая декларация прав человека принята Генеральной Ассамблеей.";
        check(&encoding_rs::WINDOWS_1251.encode(long).0, long, false);
    }

    #[test]
    fn utf_16_is_read_with_and_without_its_mark() {
        let units: Vec<u16> = format!("<html><p>{SENTENCE}</p>").encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        check(&little, SENTENCE, false);
        check(&big, SENTENCE, false);
        check(&[b"\xFF\xFE", little.as_slice()].concat(), SENTENCE, false);
        check(&[b"\xFE\xFF", big.as_slice()].concat(), SENTENCE, false);
    }

    #[test]
    fn a_few_odd_bytes_do_not_spoil_the_rest() {
        let mut bytes = page("<meta charset=utf-8>", UTF_8);
        bytes.extend(b"<p>Jos\xE9");
        check(&bytes, SENTENCE, false);
        check(&bytes, "José", false);
        // Cut off in the middle of a character.
        let cut = page("", UTF_8);
        check(&[cut.as_slice(), b"\xC3"].concat(), SENTENCE, false);
    }

    #[test]
    fn one_round_of_mojibake_is_undone_and_noted() {
        let twice = WINDOWS_1252.decode_without_bom_handling(SENTENCE.as_bytes()).0.into_owned();
        check(format!("<meta charset=utf-8><p>{twice}").as_bytes(), SENTENCE, true);
    }
}
