//! Which instructions multiply: the widest that the processor has. All of them give the same numbers.
//!
//! Products of 8-bit numbers are added up as whole numbers, so no order of adding matters; what is computed with fractions is
//! written in lanes of a fixed number and compiled once for each width.

use std::sync::LazyLock;

use super::matrix::{COLUMNS, GROUP, Matrix};
use super::{DIMENSIONS, compact};

/// Quantised rows to be multiplied with a matrix.
#[derive(Clone, Copy)]
pub struct Product<'a> {
    /// The rows, each as wide as the matrix has rows.
    pub rows: &'a [u8],
    /// What a step of each row is worth.
    pub scales: &'a [f32],
    /// The matrix.
    pub matrix: &'a Matrix,
}

/// Instructions of a processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    /// AVX-512 with products of 8-bit numbers.
    #[cfg(target_arch = "x86_64")]
    Avx512,
    /// AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// Whatever the compiler makes of plain loops.
    Plain,
}

static LEVEL: LazyLock<Level> = LazyLock::new(|| levels()[0]);

/// The levels of this processor, the best first.
fn levels() -> Vec<Level> {
    let mut levels = Vec::new();
    #[cfg(target_arch = "x86_64")]
    {
        if super::x86::has_avx512() {
            levels.push(Level::Avx512);
        }
        if super::x86::has_avx2() {
            levels.push(Level::Avx2);
        }
    }
    levels.push(Level::Plain);
    levels
}

/// Adds to each row of `out`, of which one begins every `stride` numbers, a row of the product.
#[inline]
pub fn add_product(product: Product<'_>, out: &mut [f32], stride: usize) {
    add_product_at(*LEVEL, product, out, stride);
}

fn add_product_at(level: Level, product: Product<'_>, out: &mut [f32], stride: usize) {
    let (count, matrix) = (product.scales.len(), product.matrix);
    if count == 0 {
        return;
    }
    // What the kernels that don't check rely on.
    assert_eq!(product.rows.len(), count * matrix.rows);
    assert!(stride >= matrix.columns && out.len() >= (count - 1) * stride + matrix.columns);
    assert_eq!(matrix.packed.len(), matrix.rows * matrix.columns);
    assert_eq!(matrix.start.len(), matrix.columns);
    assert!(matrix.columns.is_multiple_of(COLUMNS) && matrix.rows.is_multiple_of(GROUP));
    match level {
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 => super::x86::add_product_avx512(product, out, stride),
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 => super::x86::add_product_avx2(product, out, stride),
        Level::Plain => add_product_plain(product, out, stride),
    }
}

fn add_product_plain(product: Product<'_>, out: &mut [f32], stride: usize) {
    let matrix = product.matrix;
    let panels = matrix.packed.chunks_exact(COLUMNS * matrix.rows);
    for (block, panel) in panels.enumerate() {
        let first = block * COLUMNS;
        for (number, row) in product.rows.chunks_exact(matrix.rows).enumerate() {
            let mut sums = [0i32; COLUMNS];
            sums.copy_from_slice(&matrix.start[first..first + COLUMNS]);
            let groups = panel.as_chunks::<GROUP>().0.as_chunks::<COLUMNS>().0;
            for (group, four) in groups.iter().zip(row.as_chunks::<GROUP>().0) {
                let four = four.map(i32::from);
                for (sum, column) in sums.iter_mut().zip(group) {
                    for (a, b) in four.iter().zip(column) {
                        *sum += a * i32::from(*b);
                    }
                }
            }
            let scale = product.scales[number] * matrix.scale;
            let place = number * stride + first;
            for (out, sum) in out[place..place + COLUMNS].iter_mut().zip(sums) {
                *out += sum as f32 * scale;
            }
        }
    }
}

/// For each packed vector the sum of its numbers' products with a question's, zeros not taken out.
pub fn scan(question: &[i8; DIMENSIONS], packed: &[u8], sums: &mut [i32]) {
    scan_at(*LEVEL, question, packed, sums);
}

fn scan_at(level: Level, question: &[i8; DIMENSIONS], packed: &[u8], sums: &mut [i32]) {
    // What the kernels that don't check rely on.
    assert_eq!(packed.len(), sums.len() * compact::BYTES);
    match level {
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 => super::x86::scan_avx512(question, packed, sums),
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 => super::x86::scan_avx2(question, packed, sums),
        Level::Plain => scan_plain(question, packed, sums),
    }
}

fn scan_plain(question: &[i8; DIMENSIONS], packed: &[u8], sums: &mut [i32]) {
    for (packed, sum) in packed.chunks_exact(compact::BYTES).zip(sums) {
        let (upper, lower) = packed.split_at(compact::UPPER);
        let add = |bytes: &[u8], bits: usize, mask: u8| -> i32 {
            let parts = question.chunks_exact(bytes.len()).enumerate();
            let part = |(number, question): (usize, &[i8])| -> i32 {
                let products = bytes.iter().zip(question).map(|(byte, question)| {
                    i32::from(byte >> (bits * number) & mask) * i32::from(*question)
                });
                products.sum()
            };
            parts.map(part).sum()
        };
        *sum = 4 * add(upper, 4, 15) + add(lower, 2, 3);
    }
}

/// Work of plain loops, to be compiled for the widest instructions there are: its `run` and all that it calls must be
/// inlined always.
pub trait Work {
    /// What it does.
    fn run(self);
}

/// Does some work with the widest instructions of the processor.
pub fn widest(work: impl Work) {
    match *LEVEL {
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 => super::x86::run_avx512(work),
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 => super::x86::run_avx2(work),
        Level::Plain => work.run(),
    }
}

/// A product by every kernel of this processor.
#[cfg(test)]
pub fn every_kernel(product: Product<'_>, size: usize) -> Vec<Vec<f32>> {
    let product_at = |level| {
        let mut out = vec![0.0; size];
        add_product_at(level, product, &mut out, product.matrix.columns);
        out
    };
    levels().into_iter().map(product_at).collect()
}

/// A scan by every kernel of this processor.
#[cfg(test)]
pub fn every_scan(question: &[i8; DIMENSIONS], packed: &[u8]) -> Vec<Vec<i32>> {
    let scan_at = |level| {
        let mut sums = vec![0; packed.len() / compact::BYTES];
        scan_at(level, question, packed, &mut sums);
        sums
    };
    levels().into_iter().map(scan_at).collect()
}
