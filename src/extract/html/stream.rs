//! A long page read in chunks: bytes, decoded and cut into pieces, without a copy of the whole.
//!
//! In: the bytes of a page, in the encoding that mail has for them if it was in a message. Out: its pieces, one after the
//! other. The encoding is told from a part of the page: the first that is not ASCII. It keeps no more than a chunk.

use std::borrow::Cow;

use encoding_rs::{Decoder, UTF_8};

use super::charset::{self, Reading};
use super::mojibake;
use super::pieces::{Inside, Piece, Pieces};
use super::transfer::Transfer;
use super::xhtml;
use crate::extract::Warning;

/// Bytes of a chunk.
const CHUNK: usize = 1 << 20;

/// A page that is read in chunks.
pub(super) struct Stream<'a> {
    body: &'a [u8],
    transfer: Transfer,
    reading: Reading,
}

impl<'a> Stream<'a> {
    /// A page whose encoding is named outside of it, if at all; and a warning where it declares another than it has.
    pub(super) fn of(
        body: &'a [u8],
        transfer: Transfer,
        outer: Option<&str>,
    ) -> (Self, Option<Warning>) {
        let mut chunks = chunks(body, transfer);
        let head = chunks.next().unwrap_or_default();
        let telling = if head.is_ascii() { chunks.find(|chunk| !chunk.is_ascii()) } else { None };
        let (reading, warning) = charset::judge(&head, telling.as_ref().unwrap_or(&head), outer);
        (Self { body, transfer, reading }, warning)
    }

    /// Hands over the page's pieces in order until no more are wanted.
    pub(super) fn pieces(&self, mut take: impl FnMut(&Piece<'_>) -> bool) {
        let mut unread = String::new();
        let mut inside = Inside::default();
        let mut is_xml = None;
        self.texts(|text, is_last| {
            unread.push_str(text);
            let xml = *is_xml.get_or_insert_with(|| xhtml::is_xml(&unread));
            let mut pieces = Pieces::resumed(&unread, inside, xml, is_last);
            let wants_more = pieces.by_ref().all(|piece| take(&piece));
            let (read, still_inside) = pieces.place();
            inside = still_inside;
            unread.drain(..read);
            wants_more
        });
    }

    /// Hands over the page's text, each part with whether it is the last, until no more is wanted.
    fn texts(&self, mut take: impl FnMut(&str, bool) -> bool) {
        let Reading { encoding, is_mojibake } = self.reading;
        let mut decoder = (encoding != UTF_8).then(|| encoding.new_decoder_with_bom_removal());
        let mut chunks = chunks(self.body, self.transfer).peekable();
        let mut part = Vec::new();
        while let Some(chunk) = chunks.next() {
            let is_last = chunks.peek().is_none();
            let text = if let Some(decoder) = &mut decoder {
                decoded(decoder, &chunk, is_last)
            } else {
                part.extend_from_slice(&chunk);
                let whole = part.len() - if is_last { 0 } else { begun(&part) };
                let text = charset::leniently(&part[..whole]).into_owned();
                part.drain(..whole);
                text
            };
            let text = if is_mojibake { mojibake::undone(&text) } else { text };
            if !take(&text, is_last) {
                return;
            }
        }
    }
}

/// The bytes of a body, decoded a chunk at a time.
fn chunks(body: &[u8], transfer: Transfer) -> impl Iterator<Item = Cow<'_, [u8]>> {
    let mut rest = body;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (chunk, after) = rest.split_at(transfer.chunk(rest, CHUNK));
        rest = after;
        Some(transfer.decoded(chunk))
    })
}

fn decoded(decoder: &mut Decoder, bytes: &[u8], is_last: bool) -> String {
    let mut text = String::new();
    // A text so long that its length can't be told has not been read either.
    text.reserve(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or_default());
    let _ = decoder.decode_to_string(bytes, &mut text, is_last);
    text
}

/// Bytes at the end that begin a character of UTF-8 without ending it.
fn begun(bytes: &[u8]) -> usize {
    let tail = &bytes[bytes.len().saturating_sub(3)..];
    let first = tail.iter().rposition(|byte| *byte >= 0xC0);
    first.map_or(0, |first| {
        let begun = &tail[first..];
        let is_begun = std::str::from_utf8(begun).is_err_and(|error| error.error_len().is_none());
        if is_begun { begun.len() } else { 0 }
    })
}

#[cfg(test)]
mod tests {
    use encoding_rs::{Encoding, UTF_16LE, WINDOWS_1252};

    use super::*;

    /// The text of a page without its markup.
    fn text(body: &[u8], transfer: Transfer) -> (String, Option<Warning>) {
        let (stream, warning) = Stream::of(body, transfer, None);
        let mut text = String::new();
        stream.pieces(|piece| {
            match piece {
                Piece::Text(part) | Piece::CharacterData(part) => text.push_str(part),
                Piece::Bracket => text.push('<'),
                Piece::Tag(tag) => text.push_str(if tag.closes { "/" } else { "*" }),
                Piece::Comment(_) | Piece::RawText { .. } => {}
            }
            true
        });
        (text, warning)
    }

    /// Checks that a page of several chunks, made of a unit, gives what the unit gives as often.
    #[track_caller]
    fn check(unit: &str, expected: &str) {
        let times = 2 * CHUNK / unit.len() + CHUNK / 7 / unit.len();
        assert_eq!(text(unit.repeat(times).as_bytes(), Transfer::Plain).0, expected.repeat(times));
    }

    #[test]
    fn pieces_do_not_end_with_the_chunks() {
        check("<p class='a b'>some words &amp; more</p>\n", "*some words &amp; more/\n");
        check("<!-- > -- > <p> -->x<!-->y<!--->z", "xyz");
        check("<script>if (a < b) '</p>'</script >x< y", "*/x< y");
        check("ñandú&eacute;", "ñandú&eacute;");
    }

    #[test]
    fn what_is_longer_than_a_chunk_is_passed_over_to_its_end() {
        let long = "some words ".repeat(CHUNK / 4);
        for (page, expected) in [
            (format!("a<!--{long}-->b"), "ab"),
            (format!("a<script>{long}</script>b"), "a*/b"),
            (format!("a<img src='>{long}'>b<p>"), "a*b*"),
            (format!("<?xml?><p>{long}<![CDATA[<a>]]>"), &format!("*{long}<a>")),
        ] {
            assert!(text(page.as_bytes(), Transfer::Plain).0 == expected, "{}", &page[..12]);
        }
    }

    #[test]
    fn every_encoding_is_read_across_chunks() {
        let sentence = "La niña desapareció — según su madre. ";
        let long = sentence.repeat(CHUNK / 12);
        let declared = |encoding: &'static Encoding| {
            let page = format!("<meta charset={}>{long}", encoding.name());
            (encoding.encode(&page).0.into_owned(), format!("*{long}"))
        };
        for (page, expected) in [declared(UTF_8), declared(WINDOWS_1252)] {
            let (read, warning) = text(&page, Transfer::Plain);
            assert!(read == expected && warning.is_none(), "{warning:?}");
        }
        let units: Vec<u8> = long.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(text(&units, Transfer::Plain).0 == long, "{}", UTF_16LE.name());
        let twice = WINDOWS_1252.decode_without_bom_handling(long.as_bytes()).0.into_owned();
        let (read, warning) = text(twice.as_bytes(), Transfer::Plain);
        assert!(read == long && warning.is_some());
        let late = format!("{}{long}", "plain ".repeat(CHUNK / 2));
        assert!(text(late.as_bytes(), Transfer::Plain).0 == late);
    }
}
