//! How the kernels find their numbers: the layouts of a matrix and of a packed vector, and what a kernel is given.
//!
//! Everything that lays numbers out or multiplies them takes these constants from here; this file takes nothing from them.

/// Numbers of a vector.
pub const DIMENSIONS: usize = 512;

/// What stands for zero in quantised rows, which are unsigned.
pub const ROW_ZERO: i32 = 128;

/// Columns of a panel, the part of a matrix that a kernel goes through at once. Every matrix has a multiple of it.
pub const COLUMNS: usize = 64;

/// Rows of the matrix that a kernel takes at once. Every matrix has a multiple of it.
pub const GROUP: usize = 4;

/// Bytes of a packed vector without its scale.
pub const BYTES: usize = UPPER + LOWER;

/// Bytes of its first plane, the upper four bits: of numbers `j` and `j + 256` in byte `j`.
pub const UPPER: usize = DIMENSIONS / 2;

/// Bytes of its second plane, the lower two bits: of numbers `j`, `j + 128`, `j + 256` and `j + 384` in byte `j`.
pub const LOWER: usize = DIMENSIONS / 4;

/// A matrix of 8-bit numbers as the kernels read it.
#[derive(Debug)]
pub struct Panels {
    /// Its rows: the width of what it is multiplied with.
    pub rows: usize,
    /// Its columns: the width of what comes out.
    pub columns: usize,
    /// What one step is worth.
    pub scale: f32,
    /// Its numbers: for each [`COLUMNS`] columns, for each [`GROUP`] rows, column by column.
    pub packed: Vec<i8>,
    /// For each column what to begin with, so that the zero of the rows counts for nothing.
    pub start: Vec<i32>,
}

/// Quantised rows to be multiplied with a matrix.
#[derive(Clone, Copy)]
pub struct Product<'a> {
    /// The rows, each as wide as the matrix has rows.
    pub rows: &'a [u8],
    /// What a step of each row is worth.
    pub scales: &'a [f32],
    /// The matrix.
    pub matrix: &'a Panels,
}

/// Work of plain loops, to be compiled for the widest instructions there are: its `run` and all that it calls must be
/// inlined always.
pub trait Work {
    /// What it does.
    fn run(self);
}
