//! A matrix of 8-bit numbers, laid out as the kernels read it, and products with it.

use super::kernel;
use super::kernel::layout::{COLUMNS, GROUP, Panels, Product, ROW_ZERO};
use super::quantize::quantize_finely;

/// A matrix.
#[derive(Debug)]
pub struct Matrix(Panels);

impl Matrix {
    /// Lays out a matrix that is given row by row.
    pub fn new(numbers: &[u8], columns: usize, scale: f32) -> Self {
        let rows = numbers.len() / columns;
        debug_assert!(columns.is_multiple_of(COLUMNS) && rows.is_multiple_of(GROUP));
        let mut packed = Vec::with_capacity(numbers.len());
        for block in (0..columns).step_by(COLUMNS) {
            for group in (0..rows).step_by(GROUP) {
                for column in block..block + COLUMNS {
                    let numbers = (group..group + GROUP).map(|row| numbers[row * columns + column]);
                    packed.extend(numbers.map(u8::cast_signed));
                }
            }
        }
        let mut start = vec![0; columns];
        for row in numbers.chunks_exact(columns) {
            for (start, number) in start.iter_mut().zip(row) {
                *start -= ROW_ZERO * i32::from(number.cast_signed());
            }
        }
        Self(Panels { rows, columns, scale, packed, start })
    }

    /// Adds to each row of `out`, of which one begins every `stride` numbers, a quantised row times this matrix.
    #[inline]
    pub fn add_product(&self, rows: &[u8], scales: &[f32], out: &mut [f32], stride: usize) {
        kernel::add_product(Product { rows, scales, matrix: &self.0 }, out, stride);
    }

    /// Rows of numbers times this matrix, as exact as 16 bits are.
    pub fn fine_product(&self, rows: &[f32]) -> Vec<f32> {
        let (height, width) = (self.0.rows, self.0.columns);
        let count = rows.len() / height;
        let mut quantised = vec![0; count * 2 * height];
        let mut scales = Vec::with_capacity(count * 2);
        let mut rest = vec![0.0; height];
        let places = quantised.chunks_exact_mut(height * 2);
        for (row, place) in rows.chunks_exact(height).zip(places) {
            scales.extend(quantize_finely(row, &mut rest, place.split_at_mut(height).into()));
        }
        let mut parts = vec![0.0; count * 2 * width];
        self.add_product(&quantised, &scales, &mut parts, width);
        let pairs = parts.chunks_exact(width * 2);
        pairs
            .flat_map(|pair| {
                let (coarse, fine) = pair.split_at(width);
                coarse.iter().zip(fine).map(|(coarse, fine)| coarse + fine)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantize::quantize;

    /// Numbers that look random and are the same each time.
    fn numbers(count: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 23) as f32 - 1.0
        };
        (0..count).map(|_| next()).collect()
    }

    fn matrix(rows: usize, columns: usize) -> (Matrix, Vec<f32>) {
        let whole: Vec<i8> =
            numbers(rows * columns, 7).iter().map(|number| (number * 127.0) as i8).collect();
        let bytes: Vec<u8> = whole.iter().map(|number| number.cast_unsigned()).collect();
        (Matrix::new(&bytes, columns, 0.01), whole.iter().map(|n| f32::from(*n) * 0.01).collect())
    }

    #[track_caller]
    fn check(count: usize, rows: usize, columns: usize) {
        let (matrix, plain) = matrix(rows, columns);
        let input = numbers(count * rows, 3);
        let product = matrix.fine_product(&input);
        for (input, product) in input.chunks(rows).zip(product.chunks(columns)) {
            for column in 0..columns {
                let dot: f32 = (0..rows).map(|k| input[k] * plain[k * columns + column]).sum();
                assert!((dot - product[column]).abs() < 2e-3, "{dot} {}", product[column]);
            }
        }
    }

    #[test]
    fn a_fine_product_is_the_product() {
        for count in 1..=8 {
            check(count, 256, 128);
        }
        check(13, 320, 64);
    }

    #[test]
    fn every_kernel_gives_the_same_numbers() {
        let (matrix, _) = matrix(256, 192);
        let input = numbers(9 * 256, 11);
        let mut rows = vec![0; input.len()];
        let scales: Vec<f32> = (input.chunks(256).zip(rows.chunks_mut(256)))
            .map(|(row, out)| quantize(row, out))
            .collect();
        let product = Product { rows: &rows, scales: &scales, matrix: &matrix.0 };
        let results = kernel::every_kernel(product, 9 * 192);
        assert!(results.iter().all(|result| *result == results[0]));
        assert!(results[0].iter().any(|number| *number != 0.0));
    }
}
