//! Unpacks object streams: their members join the document's objects.
//!
//! lopdf would do so while it reads, each stream against a limit of its own; a thousand of them would then take a
//! thousand times that. Here all of a file's object streams share one budget, and encrypted ones are unpacked after
//! they were decrypted. A stream that cannot be unpacked is left out.

use lopdf::xref::XrefEntry;
use lopdf::{Document, Object, ObjectId, ObjectStream, Stream};

use super::admission::{OBJECT_BYTES, OBJECTS, weight};
use super::repair::MASKED_OBJECT_STREAM;
use crate::Limits;
use crate::budget::Budget;

/// Puts the members of every object stream in their places and removes the streams.
pub(super) fn expand(document: &mut Document, limits: &Limits, budget: &Budget) {
    let containers: Vec<ObjectId> = document
        .objects
        .iter()
        .filter(|(_, object)| is_container(object))
        .map(|(id, _)| *id)
        .collect();
    let mut unpacked = limits.decompressed;
    let mut object_bytes = OBJECT_BYTES;
    for id in containers {
        let Some(Object::Stream(container)) = document.objects.remove(&id) else { continue };
        let Ok(plain) = container.get_plain_content_with_limit(unpacked) else { continue };
        unpacked -= plain.len();
        if parsed_bytes(&plain) > object_bytes {
            budget.note(OBJECTS);
            continue;
        }
        let mut dictionary = container.dict;
        dictionary.remove(b"Filter");
        dictionary.remove(b"DecodeParms");
        let Ok(members) = ObjectStream::new_with_limit(&Stream::new(dictionary, plain), None)
        else {
            continue;
        };
        for (member, object) in members.objects {
            // A copy in a stream that the cross-references do not name is an older revision.
            if belongs(document, member, id) && !document.objects.contains_key(&member) {
                object_bytes = object_bytes.saturating_sub(weight(&object));
                document.objects.insert(member, object);
            }
        }
    }
    if let Some((&(number, _), _)) = document.objects.last_key_value() {
        document.max_id = document.max_id.max(number);
    }
}

fn is_container(object: &Object) -> bool {
    object.as_stream().is_ok_and(|stream| stream.dict.has_type(MASKED_OBJECT_STREAM))
}

/// Whether the cross-references say, or leave open, that `member` stands in `container`.
fn belongs(document: &Document, member: ObjectId, container: ObjectId) -> bool {
    match document.reference_table.get(member.0) {
        Some(XrefEntry::Compressed { container: named, .. }) => *named == container.0,
        Some(XrefEntry::Free | XrefEntry::UnusableFree) => false,
        Some(XrefEntry::Normal { .. }) | None => true,
    }
}

/// Most bytes that the objects written in `plain` can take once parsed: each token starts after white space or at a
/// delimiter.
fn parsed_bytes(plain: &[u8]) -> usize {
    let tokens =
        plain.iter().filter(|byte| byte.is_ascii_whitespace() || b"/[(<".contains(byte)).count();
    plain.len() + tokens * size_of::<Object>()
}
