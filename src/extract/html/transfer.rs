//! Bytes that mail made printable, back to what they were: quoted-printable and base64.
//!
//! In: the body of a message's part. Out: its bytes, all at once or a chunk at a time. What is not in the encoding is passed
//! over or taken as it is.

use std::borrow::Cow;

/// How a part's body is encoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Transfer {
    /// It is not.
    #[default]
    Plain,
    /// Bytes beyond ASCII as `=C3`.
    QuotedPrintable,
    /// Three bytes as four characters.
    Base64,
}

impl Transfer {
    /// The encoding of this name in a header.
    pub(super) fn named(name: &str) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "quoted-printable" => Self::QuotedPrintable,
            "base64" => Self::Base64,
            _ => Self::Plain,
        }
    }

    /// The bytes of a body.
    pub(super) fn decoded(self, body: &[u8]) -> Cow<'_, [u8]> {
        match self {
            Self::Plain => Cow::Borrowed(body),
            Self::QuotedPrintable => Cow::Owned(from_quoted_printable(body)),
            Self::Base64 => Cow::Owned(from_base64(body)),
        }
    }

    /// How many bytes of a body can be decoded by themselves: about as many as are wanted, and all where it has no more.
    pub(super) fn chunk(self, body: &[u8], wanted: usize) -> usize {
        if body.len() <= wanted {
            return body.len();
        }
        let chunk = &body[..wanted];
        // Not inside of a tag, if there is another place: an encoding's state may be in the middle of a character.
        let after = |byte: u8| memchr::memrchr(byte, chunk).map(|place| place + 1);
        match self {
            Self::Plain => after(b'\n').or_else(|| after(b' ')).unwrap_or(wanted),
            Self::QuotedPrintable => after(b'\n').unwrap_or_else(|| {
                let is_whole = |end: &usize| {
                    let last = &chunk[end - 3..*end];
                    !last.contains(&b'=') && !last[2].is_ascii_whitespace()
                };
                (3..=wanted).rev().find(is_whole).unwrap_or(wanted)
            }),
            Self::Base64 => {
                let mut digits = 0_usize;
                let ends = chunk.iter().enumerate().filter_map(|(place, byte)| {
                    digits += usize::from(sextet(*byte).is_some());
                    digits.is_multiple_of(4).then_some(place + 1)
                });
                ends.last().unwrap_or(wanted)
            }
        }
    }
}

/// The first line without its end, and what follows it.
pub(super) fn line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n');
    let (line, rest) = match end {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (bytes, &[][..]),
    };
    (line.strip_suffix(b"\r").unwrap_or(line), rest)
}

fn from_quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while !rest.is_empty() {
        let (mut own, after) = line(rest);
        let has_end = own.len() < rest.len();
        rest = after;
        own = own.trim_ascii_end();
        let (text, is_soft) = own.strip_suffix(b"=").map_or((own, false), |text| (text, true));
        let mut at = 0;
        while at < text.len() {
            let byte = (text[at] == b'=')
                .then(|| text.get(at + 1..at + 3).and_then(hexadecimal))
                .flatten();
            decoded.push(byte.unwrap_or(text[at]));
            at += if byte.is_some() { 3 } else { 1 };
        }
        if has_end && !is_soft {
            decoded.push(b'\n');
        }
    }
    decoded
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(digits[0])? * 16 + digit(digits[1])?).ok()
}

/// Decodes what is base64 in the text and passes over everything else.
fn from_base64(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in bytes {
        if *byte == b'=' {
            break;
        }
        let Some(value) = sextet(*byte) else { continue };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            decoded.push((bits >> count & 0xFF) as u8);
        }
    }
    decoded
}

/// What a character of base64 stands for.
fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks that a body gives the same in chunks of any size as at once.
    #[track_caller]
    fn check(transfer: Transfer, body: &str) {
        let whole = transfer.decoded(body.as_bytes()).into_owned();
        for wanted in 8..body.len() {
            let mut rest = body.as_bytes();
            let mut joined = Vec::new();
            while !rest.is_empty() {
                let (chunk, after) = rest.split_at(transfer.chunk(rest, wanted));
                joined.extend_from_slice(&transfer.decoded(chunk));
                rest = after;
            }
            assert_eq!(joined, whole, "{transfer:?} {wanted} {body}");
        }
    }

    #[test]
    fn chunks_join_to_the_whole() {
        check(Transfer::Plain, "<p>some words and\n more");
        check(Transfer::QuotedPrintable, "<p>ni=C3=B1a =\r\nand  \r\nmore=3D and on and on");
        check(Transfer::Base64, "PHA+bmnD\r\nsWEgc29tZSB3b3\r\nJkcw==");
    }
}
