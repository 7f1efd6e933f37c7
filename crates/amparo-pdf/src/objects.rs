//! Typed look-ups in lopdf's objects, references followed.
//!
//! A wrong type or a dangling reference is an absent value here: broken files are read as far as they go.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

/// What a reference leads to; the object itself where it is none. `None` for null and for what is not there.
pub(super) fn follow<'a>(doc: &'a Document, object: &'a Object) -> Option<&'a Object> {
    follow_with_id(doc, object).map(|(_, object)| object)
}

/// Like [`follow`], with the id of the last reference on the way.
pub(super) fn follow_with_id<'a>(
    doc: &'a Document,
    object: &'a Object,
) -> Option<(Option<ObjectId>, &'a Object)> {
    doc.dereference(object).ok().filter(|(_, object)| !object.is_null())
}

/// The value of a key.
pub(super) fn value<'a>(doc: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    // `Dictionary::get` builds an error text for each key that is missing; the map does not.
    follow(doc, dict.as_hashmap().get(key)?)
}

/// The dictionary at a key, or the dictionary of the stream there.
pub(super) fn dictionary<'a>(
    doc: &'a Document,
    dict: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Dictionary> {
    as_dictionary(value(doc, dict, key)?)
}

/// An object's dictionary, also where it is a stream.
pub(super) fn as_dictionary(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// The stream at a key.
pub(super) fn stream<'a>(
    doc: &'a Document,
    dict: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Stream> {
    value(doc, dict, key)?.as_stream().ok()
}

/// The array at a key.
pub(super) fn array<'a>(
    doc: &'a Document,
    dict: &'a Dictionary,
    key: &[u8],
) -> Option<&'a [Object]> {
    value(doc, dict, key)?.as_array().ok().map(Vec::as_slice)
}

/// The name at a key.
pub(super) fn name<'a>(doc: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
    value(doc, dict, key)?.as_name().ok()
}

/// The number at a key.
pub(super) fn number(doc: &Document, dict: &Dictionary, key: &[u8]) -> Option<f32> {
    as_number(doc, dict.as_hashmap().get(key)?)
}

/// A finite number, also behind a reference.
pub(super) fn as_number(doc: &Document, object: &Object) -> Option<f32> {
    follow(doc, object)?.as_float().ok().filter(|number| number.is_finite())
}

/// The whole number at a key.
pub(super) fn integer(doc: &Document, dict: &Dictionary, key: &[u8]) -> Option<i64> {
    number(doc, dict, key).map(|number| number as i64)
}

/// The first `N` numbers of the array at a key.
pub(super) fn numbers<const N: usize>(
    doc: &Document,
    dict: &Dictionary,
    key: &[u8],
) -> Option<[f32; N]> {
    let array = array(doc, dict, key)?;
    let mut numbers = [0.0; N];
    for (number, object) in numbers.iter_mut().zip(array.get(..N)?) {
        *number = as_number(doc, object)?;
    }
    Some(numbers)
}
