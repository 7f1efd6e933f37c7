//! Kernels in plain loops: what every other kernel must give, and what processors get for which there is no other.

use super::layout::{BYTES, COLUMNS, DIMENSIONS, GROUP, Product, UPPER};

/// Adds a product.
pub fn add_product(product: Product<'_>, out: &mut [f32], stride: usize) {
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

/// Compares packed vectors.
pub fn scan(question: &[i8; DIMENSIONS], packed: &[u8], sums: &mut [i32]) {
    for (packed, sum) in packed.chunks_exact(BYTES).zip(sums) {
        let (upper, lower) = packed.split_at(UPPER);
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
