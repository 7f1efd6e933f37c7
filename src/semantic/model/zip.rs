//! Files of a zip archive whose bytes are known to be the right ones.
//!
//! A wheel is a zip archive, and NumPy's `.npz` is one within it. What reads them here is given only archives of a known
//! hash, so it knows only what these use: entries stored or deflated, none split, encrypted or beyond 4 GB.

use std::io::Read;

use super::Error;

const END: [u8; 4] = *b"PK\x05\x06";
const ENTRY: [u8; 4] = *b"PK\x01\x02";

/// The content of the file of this name.
///
/// # Errors
/// [`Error::Content`] when the archive has no such file, or another form.
pub fn file(archive: &[u8], name: &str) -> Result<Vec<u8>, Error> {
    let missing = || Error::Content(format!("no file '{name}' in the archive"));
    let end = (0..archive.len().saturating_sub(21))
        .rev()
        .find(|at| archive[*at..].starts_with(&END))
        .ok_or_else(missing)?;
    let number = |at: usize, length: usize| -> Option<usize> {
        let bytes = archive.get(at..at + length)?;
        Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
    };
    let find = || -> Option<Option<(usize, usize, usize, usize)>> {
        let mut at = number(end + 16, 4)?;
        for _ in 0..number(end + 10, 2)? {
            if !archive.get(at..)?.starts_with(&ENTRY) {
                return None;
            }
            let name_length = number(at + 28, 2)?;
            if archive.get(at + 46..at + 46 + name_length)? == name.as_bytes() {
                let local = number(at + 42, 4)?;
                let start = local + 30 + number(local + 26, 2)? + number(local + 28, 2)?;
                let (stored, size) = (number(at + 20, 4)?, number(at + 24, 4)?);
                return Some(Some((number(at + 10, 2)?, start, stored, size)));
            }
            at += 46 + name_length + number(at + 30, 2)? + number(at + 32, 2)?;
        }
        Some(None)
    };
    let (method, start, stored, size) = find().flatten().ok_or_else(missing)?;
    let content = archive.get(start..start + stored).ok_or_else(missing)?;
    match method {
        0 => Ok(content.to_vec()),
        8 => {
            let mut inflated = Vec::with_capacity(size);
            let mut reader = flate2::read::DeflateDecoder::new(content).take(size as u64);
            reader.read_to_end(&mut inflated).map_err(|error| Error::Content(error.to_string()))?;
            Ok(inflated)
        }
        _ => Err(Error::Content(format!("'{name}' is compressed in an unknown way"))),
    }
}
