//! Arrays of NumPy's `.npz`.

use super::Error;
use super::archive::Archive;

/// An array as it is stored.
pub struct Array {
    /// Bytes, unsigned, row by row, without the header.
    bytes: Vec<u8>,
    /// Length of each dimension.
    pub shape: Vec<usize>,
    kind: String,
}

impl Array {
    /// The array of a name.
    ///
    /// # Errors
    /// [`Error::Content`] when there is none, or it has a form that is not known here.
    pub fn read(archive: &mut Archive, name: &str) -> Result<Self, Error> {
        let unknown = || Error::Content(format!("array '{name}' has an unknown form"));
        let file = archive.file(&format!("{name}.npy"))?;
        let length = match file.get(..10) {
            Some(head) if head.starts_with(b"\x93NUMPY\x01") => {
                10 + usize::from(u16::from_le_bytes([head[8], head[9]]))
            }
            _ => return Err(unknown()),
        };
        let header = file.get(10..length).ok_or_else(unknown)?;
        let header = std::str::from_utf8(header).map_err(|_| unknown())?;
        // {'descr': '<f4', 'fortran_order': False, 'shape': (512, 256), }
        let after = |key: &str| header.split_once(key).map(|(_, rest)| rest);
        let kind = after("'descr': '").and_then(|rest| rest.split('\'').next());
        let shape = after("'shape': (").and_then(|rest| rest.split(')').next());
        let (Some(kind), Some(shape), true) =
            (kind, shape, header.contains("'fortran_order': False"))
        else {
            return Err(unknown());
        };
        let shape = shape.split(',').map(str::trim).filter(|length| !length.is_empty());
        let shape: Vec<usize> =
            shape.map(str::parse).collect::<Result<_, _>>().map_err(|_| unknown())?;
        Ok(Self { kind: kind.to_owned(), shape, bytes: file[length..].to_vec() })
    }

    /// Its numbers, if they are `float32`.
    ///
    /// # Errors
    /// [`Error::Content`] when they are not.
    pub fn floats(&self) -> Result<Vec<f32>, Error> {
        self.expect("<f4", 4)?;
        let (numbers, _) = self.bytes.as_chunks::<4>();
        Ok(numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
    }

    /// Its numbers, if they are unsigned bytes.
    ///
    /// # Errors
    /// [`Error::Content`] when they are not.
    pub fn bytes(&self) -> Result<&[u8], Error> {
        self.expect("|u1", 1)?;
        Ok(&self.bytes)
    }

    fn expect(&self, kind: &str, size: usize) -> Result<(), Error> {
        if self.kind != kind || self.bytes.len() != self.shape.iter().product::<usize>() * size {
            return Err(Error::Content(format!(
                "an array of '{}' in place of '{kind}'",
                self.kind
            )));
        }
        Ok(())
    }
}
