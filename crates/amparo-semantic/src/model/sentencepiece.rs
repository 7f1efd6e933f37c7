//! What is needed of SentencePiece's model: the pieces with their scores, and the map that normalises characters.
//!
//! The message is in a layout of its own: pieces in field 1 (piece 1, score 2), the map in field 2 of field 3.

use super::Error;

/// A vocabulary.
pub struct Vocabulary {
    /// Each piece, by its number.
    pub pieces: Vec<String>,
    /// The score of each.
    pub scores: Vec<f32>,
    /// The map of characters, compiled.
    pub charsmap: Vec<u8>,
}

impl Vocabulary {
    /// Reads a model.
    ///
    /// # Errors
    /// [`Error::Content`] when it is not one.
    pub fn read(model: &[u8]) -> Result<Self, Error> {
        let damaged = || Error::Content("the vocabulary has an unknown form".to_owned());
        let mut read = Self { pieces: Vec::new(), scores: Vec::new(), charsmap: Vec::new() };
        for (field, content) in Fields(model) {
            if field == 1 {
                let (mut piece, mut score) = (None, 0.0);
                for (field, content) in Fields(content) {
                    match (field, <[u8; 4]>::try_from(content)) {
                        (1, _) => piece = std::str::from_utf8(content).ok(),
                        (2, Ok(bytes)) => score = f32::from_le_bytes(bytes),
                        _ => {}
                    }
                }
                read.pieces.push(piece.ok_or_else(damaged)?.to_owned());
                read.scores.push(score);
            } else if field == 3 {
                let map = Fields(content).find(|(field, _)| *field == 2);
                read.charsmap = map.map(|(_, map)| map.to_vec()).unwrap_or_default();
            }
        }
        let whole = !read.pieces.is_empty() && !read.charsmap.is_empty();
        if whole { Ok(read) } else { Err(damaged()) }
    }
}

/// The fields of a protobuf message that have bytes: delimited ones, and numbers of four bytes.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn varint(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = (u64, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let tag = self.varint()?;
            let content = match tag & 7 {
                0 => self.varint().map(|_| None),
                1 => self.take(8).map(|_| None),
                2 => {
                    let length = usize::try_from(self.varint()?).ok()?;
                    self.take(length).map(Some)
                }
                5 => self.take(4).map(Some),
                _ => None,
            }?;
            if let Some(content) = content {
                return Some((tag >> 3, content));
            }
        }
    }
}
