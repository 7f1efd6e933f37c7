//! Bytes to text: the encoding a page declares, corrected where its bytes say otherwise.
//!
//! Goes by byte order mark, then by the bytes (what is valid UTF-8 is UTF-8), then by declaration, then by a guess.
//! Does not undo text that was encoded twice.

use super::super::Warning;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How many bytes of a page are searched for a declaration; the standard's 1,024 are too few for saved pages.
const HEAD: usize = 8192;

/// The page's text, and a warning where it is not in the encoding it declares.
pub(super) fn decode(bytes: &[u8]) -> (String, Option<Warning>) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding.decode(bytes).0.into_owned(), None);
    }
    if let Some(encoding) = bare_utf16(bytes) {
        return (encoding.decode_without_bom_handling(bytes).0.into_owned(), None);
    }
    let label = declared(bytes);
    let declared = label.as_deref().and_then(|label| Encoding::for_label(label.as_bytes()));
    let (text, used) = decode_as(bytes, declared);
    let right = declared.is_some_and(|declared| declared == used);
    let warning = label.filter(|_| !right && !bytes.is_ascii());
    (text, warning.map(|declared| Warning::Encoding { declared, used: used.name() }))
}

fn decode_as(bytes: &[u8], declared: Option<&'static Encoding>) -> (String, &'static Encoding) {
    if declared != Some(ISO_2022_JP)
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        let used = if bytes.is_ascii() { declared.unwrap_or(UTF_8) } else { UTF_8 };
        return (text.to_owned(), used);
    }
    let (valid, invalid) = utf8_sequences(bytes);
    if valid > invalid.saturating_mul(4) {
        return (mixed(bytes), UTF_8);
    }
    if let Some(encoding) = declared.filter(|encoding| *encoding != UTF_8) {
        let (text, _, broken) = encoding.decode(bytes);
        if !broken {
            return (text.into_owned(), encoding);
        }
    }
    let encoding = guess(bytes);
    (encoding.decode_without_bom_handling(bytes).0.into_owned(), encoding)
}

/// Counts of valid sequences of more than one byte, and of runs that are not UTF-8.
fn utf8_sequences(bytes: &[u8]) -> (usize, usize) {
    bytes.utf8_chunks().fold((0, 0), |(valid, invalid), chunk| {
        let many = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        (valid + many, invalid + usize::from(!chunk.invalid().is_empty()))
    })
}

/// UTF-8 into which pieces of windows-1252 were pasted, each read as what it is.
fn mixed(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    text
}

/// The likeliest legacy encoding; a page in a western language needs no guess.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let head = head(bytes);
    let western = ["en", "es", "fr", "pt", "de", "it"];
    if attribute(&head, "lang").is_some_and(|lang| western.contains(&&*primary(&lang))) {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

fn primary(lang: &str) -> String {
    lang.split(['-', '_']).next().unwrap_or_default().to_owned()
}

/// UTF-16 without a mark shows in the zero halves of its ASCII letters.
fn bare_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512) & !1];
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let many = head.len() / 3;
    match (zeros(0), zeros(1)) {
        _ if many < 4 => None,
        (0, low) if low > many => Some(UTF_16LE),
        (high, 0) if high > many => Some(UTF_16BE),
        _ => None,
    }
}

fn head(bytes: &[u8]) -> String {
    let head = &bytes[..bytes.len().min(HEAD)];
    head.iter().map(|b| if b.is_ascii() { b.to_ascii_lowercase() as char } else { '?' }).collect()
}

/// The label in a meta element or an XML declaration.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = head(bytes);
    let meta = head.match_indices("<meta").find_map(|(at, _)| {
        let tag = &head[at..];
        attribute(&tag[..tag.find('>').unwrap_or(tag.len())], "charset")
    });
    meta.or_else(|| {
        let declaration = head.trim_start().strip_prefix("<?xml")?;
        attribute(&declaration[..declaration.find("?>")?], "encoding")
    })
}

/// What stands behind `name=`, quoted or not.
fn attribute(text: &str, name: &str) -> Option<String> {
    text.match_indices(name).find_map(|(at, _)| {
        let value = text[at + name.len()..].trim_start().strip_prefix('=')?;
        let value = value.trim_start_matches(|c: char| c.is_whitespace() || "\"'".contains(c));
        let end = value.find(|c: char| c.is_whitespace() || "\"'>;/".contains(c));
        let value = &value[..end.unwrap_or(value.len())];
        (!value.is_empty()).then(|| value.to_owned())
    })
}
