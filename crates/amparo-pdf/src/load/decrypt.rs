//! Undoes encryption for which the user's password is empty.
//!
//! lopdf has the ciphers; what it is strict about is made regular here first: an encryption dictionary written in the
//! trailer itself, values behind references, a file without an `/ID`, key lengths given in bytes or not in whole ones,
//! passwords' hashes padded or cut. The document was read with the dictionary's name masked, so its objects are all
//! there, still encrypted. A document with a real password is left alone and reported.

use lopdf::encryption::{DecryptionError, decrypt_object};
use lopdf::xref::XrefRecovery;
use lopdf::{Dictionary, Document, EncryptionState, Object, ObjectId, StringFormat};

use super::repair::MASKED_ENCRYPTION;
use crate::Error;

/// Depth of the encryption dictionary: crypt filters are its deepest part.
const DEPTH: usize = 4;

/// Decrypts every string and stream of the document, if it is encrypted.
///
/// # Errors
/// [`Error::NeedsPassword`], or [`Error::Encryption`] with the reason.
pub(super) fn decrypt(document: &mut Document) -> Result<(), Error> {
    if document.trailer.has(b"Encrypt") {
        return Err(Error::Encryption("its name is written with escapes".to_owned()));
    }
    let named = document.trailer.remove(MASKED_ENCRYPTION);
    let Some(entry) = named.or_else(|| left_behind(document)) else { return Ok(()) };
    let own_id = entry.as_reference().ok();
    let dictionary = match resolved(document, &entry, DEPTH) {
        Object::Dictionary(dictionary) => dictionary,
        Object::Null => return Ok(()),
        _ => return Err(Error::Encryption("the encryption dictionary is damaged".to_owned())),
    };
    if leaves_content_alone(&dictionary) {
        return Ok(());
    }
    let file_id = file_id(document);
    let state = unlock(&dictionary, file_id.as_deref().unwrap_or_default()).map_err(|error| {
        // Without the identifier, the key of the older revisions cannot be told from a wrong one.
        let is_lost =
            file_id.is_none() && document.xref_recovery == Some(XrefRecovery::Reconstructed);
        if is_lost && error == Error::NeedsPassword {
            Error::Encryption(
                "the end of the file, which has a part of the key, is lost".to_owned(),
            )
        } else {
            error
        }
    })?;
    for (&id, object) in &mut document.objects {
        if Some(id) != own_id {
            decrypt_leniently(&state, id, object);
        }
    }
    Ok(())
}

/// Decrypts an object; what cannot be decrypted stays as it is, but a stream is tried again without the odd bytes at its
/// end that a damaged file may have.
fn decrypt_leniently(state: &EncryptionState, id: ObjectId, object: &mut Object) {
    if decrypt_object(state, id, object).is_ok() {
        return;
    }
    let Object::Stream(stream) = object else { return };
    let filter = state.get_stream_filter();
    let whole = stream.content.len() / 16 * 16;
    let key = filter.compute_key(state.file_encryption_key(), id);
    if let Ok(content) = key.and_then(|key| filter.decrypt(&key, &stream.content[..whole])) {
        stream.set_content(content);
    }
}

/// Whether only attachments are encrypted: strings and streams pass through the identity filter.
fn leaves_content_alone(dictionary: &Dictionary) -> bool {
    let is_identity = |key: &[u8]| {
        let name = dictionary.get(key).and_then(Object::as_name).unwrap_or(b"Identity");
        name == b"Identity"
    };
    integer(dictionary, b"V").is_some_and(|version| version >= 4)
        && is_identity(b"StmF")
        && is_identity(b"StrF")
}

/// The state that decrypts with an empty password.
fn unlock(dictionary: &Dictionary, file_id: &[u8]) -> Result<EncryptionState, Error> {
    match dictionary.get(b"Filter").and_then(Object::as_name) {
        Ok(b"Standard") | Err(_) => {}
        Ok(b"Adobe.PubSec") => return Err(Error::Encryption("needs a certificate".to_owned())),
        Ok(other) => {
            let handler = String::from_utf8_lossy(other).into_owned();
            return Err(Error::Encryption(format!("needs the security handler {handler}")));
        }
    }
    let mut outcome = Err(Error::Encryption("the encryption dictionary is damaged".to_owned()));
    for (version, bits) in key_lengths(dictionary) {
        let candidate = regular(dictionary, version, bits);
        outcome = state(candidate, file_id).map_err(|error| why(&error));
        if outcome.is_ok() {
            break;
        }
    }
    outcome
}

/// The versions and key lengths that a dictionary can mean, the likeliest last: its failure is the one reported.
fn key_lengths(dictionary: &Dictionary) -> Vec<(i64, i64)> {
    let version = integer(dictionary, b"V").unwrap_or(1);
    let written = integer(dictionary, b"Length").unwrap_or(40);
    let whole = |length: i64| {
        let bits = if length < 40 { length * 8 } else { length };
        (bits / 8 * 8).clamp(40, 128)
    };
    match version {
        5.. => vec![(5, 256)],
        4 => vec![(4, 128), (2, whole(written)), (2, 128), (2, 40)],
        _ => vec![(2, whole(written)), (2, 40), (2, 128)],
    }
}

/// The dictionary as lopdf takes it.
fn regular(dictionary: &Dictionary, version: i64, bits: i64) -> Dictionary {
    let mut regular = dictionary.clone();
    let revision = integer(dictionary, b"R").unwrap_or(if version < 2 { 2 } else { version });
    regular.set("Filter", Object::Name(b"Standard".to_vec()));
    regular.set("V", version);
    regular.set("R", revision);
    regular.set("Length", bits);
    if dictionary.get(b"EncryptMetadata").is_ok_and(|flag| flag.as_bool().is_err()) {
        regular.remove(b"EncryptMetadata");
    }
    if let Ok(permissions) = dictionary.get(b"P").and_then(Object::as_float) {
        // Some writers give the 32 bits without their sign, or as a real number.
        let exact = integer(dictionary, b"P").unwrap_or(permissions as i64);
        regular.set("P", exact);
    }
    let hash = if revision >= 5 { 48 } else { 32 };
    for (key, length) in [("O", hash), ("U", hash), ("OE", 32), ("UE", 32), ("Perms", 16)] {
        if let Ok(value) = dictionary.get(key.as_bytes()).and_then(Object::as_str) {
            let mut value = value.to_vec();
            value.resize(length, 0);
            regular.set(key, Object::String(value, StringFormat::Hexadecimal));
        }
    }
    regular
}

/// lopdf's state for a regular dictionary, if the empty password opens it.
fn state(dictionary: Dictionary, file_id: &[u8]) -> lopdf::Result<EncryptionState> {
    let mut stand_in = Document::new();
    let id = stand_in.add_object(dictionary);
    let file_id = Object::String(file_id.to_vec(), StringFormat::Hexadecimal);
    stand_in.trailer.set("Encrypt", id);
    stand_in.trailer.set("ID", vec![file_id.clone(), file_id]);
    stand_in.authenticate_password("")?;
    EncryptionState::decode(&stand_in, b"")
}

/// The encryption dictionary of a file whose trailer is lost, if it has one.
fn left_behind(document: &Document) -> Option<Object> {
    if document.xref_recovery != Some(XrefRecovery::Reconstructed) {
        return None;
    }
    let is_encryption = |object: &Object| {
        let keys: [&[u8]; 5] = [b"V", b"R", b"O", b"U", b"P"];
        object.as_dict().is_ok_and(|dictionary| keys.iter().all(|key| dictionary.has(key)))
    };
    let found = document.objects.iter().find(|(_, object)| is_encryption(object));
    found.map(|(id, _)| Object::Reference(*id))
}

/// The first part of the file's identifier, if it has one.
fn file_id(document: &Document) -> Option<Vec<u8>> {
    let parts = resolved(document, document.trailer.get(b"ID").ok()?, 2);
    Some(parts.as_array().ok()?.first()?.as_str().ok()?.to_vec())
}

/// An object with the references in it replaced by what they name, down to a depth.
fn resolved(document: &Document, object: &Object, depth: usize) -> Object {
    let Ok((_, object)) = document.dereference(object) else { return Object::Null };
    match object {
        _ if depth == 0 => Object::Null,
        Object::Dictionary(dictionary) => {
            let entries = dictionary
                .iter()
                .map(|(key, value)| (key.clone(), resolved(document, value, depth - 1)));
            Object::Dictionary(entries.collect())
        }
        Object::Array(items) => {
            Object::Array(items.iter().map(|item| resolved(document, item, depth - 1)).collect())
        }
        other => other.clone(),
    }
}

fn integer(dictionary: &Dictionary, key: &[u8]) -> Option<i64> {
    dictionary.get(key).and_then(Object::as_i64).ok()
}

/// What a failure to decrypt means to a reader.
fn why(error: &lopdf::Error) -> Error {
    match error {
        lopdf::Error::Decryption(DecryptionError::IncorrectPassword) => Error::NeedsPassword,
        lopdf::Error::Decryption(
            DecryptionError::UnsupportedVersion
            | DecryptionError::UnsupportedRevision
            | DecryptionError::InvalidVersion
            | DecryptionError::InvalidRevision,
        ) => Error::Encryption("a kind of encryption that is not in the standard".to_owned()),
        lopdf::Error::Decryption(error) => Error::Encryption(error.to_string()),
        other => Error::Encryption(other.to_string()),
    }
}
