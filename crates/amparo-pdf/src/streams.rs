//! Streams' bytes with their filters undone, within the file's budget.
//!
//! Only filters that text can stand behind: images' own (JPEG, JBIG2, ...) give `None`.

use std::borrow::Cow;
use std::cell::RefCell;

use flate2::{Decompress, FlushDecompress, Status};
use lopdf::{Dictionary, Document, Object, Stream};

use super::budget::Budget;
use super::objects;

/// The most that one stream, or one page's contents together, may inflate to, whatever is left of the file's budget: those
/// of real files take some tens of megabytes at most.
pub(super) const LARGEST_STREAM: usize = 128 << 20;

/// A stream's decoded bytes; what could be decoded where its end is damaged.
pub(super) fn decode<'a>(
    doc: &Document,
    stream: &'a Stream,
    budget: &Budget,
) -> Option<Cow<'a, [u8]>> {
    decode_up_to(doc, stream, budget, LARGEST_STREAM)
}

/// Like [`decode`], for streams that no real file has larger than `largest` bytes: nothing of one that is.
pub(super) fn decode_up_to<'a>(
    doc: &Document,
    stream: &'a Stream,
    budget: &Budget,
    largest: usize,
) -> Option<Cow<'a, [u8]>> {
    let Some(filter) = objects::value(doc, &stream.dict, b"Filter") else {
        return budget.decompress(stream.content.len()).then(|| Cow::Borrowed(&stream.content[..]));
    };
    let most = budget.decompressed().min(largest);
    if is_inflate_only(stream, filter)
        && let Some(bytes) = inflate(&stream.content, most)
    {
        return budget.decompress(bytes.len()).then_some(Cow::Owned(bytes));
    }
    let plain = stream.dict.as_hashmap().get(b"Filter".as_slice()).is_some_and(is_plain);
    let decoded = if plain {
        stream.decompressed_content_with_limit(most)
    } else {
        spelled_out(doc, stream, filter)?.decompressed_content_with_limit(most)
    };
    match decoded {
        Ok(bytes) => budget.decompress(bytes.len()).then_some(Cow::Owned(bytes)),
        Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
            budget.decompress(most);
            if most < largest {
                budget.end("decompressed bytes");
            }
            budget.note("decompressed bytes");
            None
        }
        Err(_) => None,
    }
}

/// Whether a stream was deflated and nothing else, as nearly all are.
fn is_inflate_only(stream: &Stream, filter: &Object) -> bool {
    let filter = match filter {
        Object::Array(filters) if filters.len() == 1 => &filters[0],
        other => other,
    };
    filter.as_name().is_ok_and(|name| name == b"FlateDecode")
        && !stream.dict.as_hashmap().contains_key(b"DecodeParms".as_slice())
}

thread_local! {
    /// What inflates on this thread: its window and tables are larger than most streams.
    static INFLATE: RefCell<Decompress> = RefCell::new(Decompress::new(true));
}

/// The bytes of an undamaged stream, at most `most`. `None` is for lopdf to look into.
fn inflate(deflated: &[u8], most: usize) -> Option<Vec<u8>> {
    INFLATE.with_borrow_mut(|inflate| {
        inflate.reset(true);
        let mut bytes =
            Vec::with_capacity(deflated.len().saturating_mul(4).clamp(256, 1 << 20).min(most));
        loop {
            let rest = &deflated[inflate.total_in() as usize..];
            match inflate.decompress_vec(rest, &mut bytes, FlushDecompress::Finish) {
                Ok(Status::StreamEnd) => return Some(bytes),
                Ok(_) if bytes.len() == bytes.capacity() && bytes.len() < most => {
                    bytes.reserve_exact(bytes.len().max(256).min(most - bytes.len()));
                }
                _ => return None,
            }
        }
    })
}

/// Whether lopdf understands a filter entry as it stands.
fn is_plain(filter: &Object) -> bool {
    let known = |object: &Object| object.as_name().is_ok_and(|name| name == full_name(name));
    match filter {
        Object::Array(filters) => filters.iter().all(known),
        other => known(other),
    }
}

/// The same stream with references followed and abbreviations written out in its filters.
fn spelled_out(doc: &Document, stream: &Stream, filter: &Object) -> Option<Stream> {
    let filters: Vec<Object> = match filter {
        Object::Array(filters) => filters.iter().collect(),
        other => vec![other],
    }
    .into_iter()
    .map(|object| {
        let name = objects::follow(doc, object)?.as_name().ok()?;
        Some(Object::Name(full_name(name).to_vec()))
    })
    .collect::<Option<_>>()?;
    let mut dict = Dictionary::new();
    dict.set("Filter", filters);
    if let Some(params) = objects::value(doc, &stream.dict, b"DecodeParms") {
        let params = match params {
            Object::Array(all) => {
                let all = all
                    .iter()
                    .map(|object| objects::follow(doc, object).cloned().unwrap_or(Object::Null));
                Object::Array(all.collect())
            }
            other => other.clone(),
        };
        dict.set("DecodeParms", params);
    }
    Some(Stream::new(dict, stream.content.clone()))
}

fn full_name(name: &[u8]) -> &[u8] {
    match name {
        b"Fl" => b"FlateDecode",
        b"LZW" => b"LZWDecode",
        b"A85" => b"ASCII85Decode",
        b"AHx" => b"ASCIIHexDecode",
        b"RL" => b"RunLengthDecode",
        other => other,
    }
}
