//! Which instructions multiply: the widest that the processor has. All of them give the same numbers.
//!
//! Products of 8-bit numbers are added up as whole numbers, so no order of adding matters; what is computed with fractions is
//! written in lanes of a fixed number and compiled once for each width.

//!
//! Who calls whom: [`crate::matrix`] and [`crate::compact`] lay numbers out and call [`add_product`] and [`scan`]; these choose
//! one of the rooms below, [`x86`], [`neon`] or [`plain`]; all of them read the layouts in [`layout`], and nothing here knows
//! who called.

pub mod layout;
#[cfg(target_arch = "aarch64")]
mod neon;
mod plain;
#[cfg(target_arch = "x86_64")]
mod x86;

use std::sync::LazyLock;

use layout::{BYTES, COLUMNS, DIMENSIONS, GROUP, Product, Work};

/// Instructions of a processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    /// AVX-512 with products of 8-bit numbers.
    #[cfg(target_arch = "x86_64")]
    Avx512,
    /// AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// NEON with products of 8-bit numbers.
    #[cfg(target_arch = "aarch64")]
    DotProduct,
    /// NEON.
    #[cfg(target_arch = "aarch64")]
    Neon,
    /// Whatever the compiler makes of plain loops.
    Plain,
}

static LEVEL: LazyLock<Level> = LazyLock::new(|| levels()[0]);

/// The levels of this processor, the best first.
fn levels() -> Vec<Level> {
    let mut levels = Vec::new();
    #[cfg(target_arch = "x86_64")]
    {
        if x86::has_avx512() {
            levels.push(Level::Avx512);
        }
        if x86::has_avx2() {
            levels.push(Level::Avx2);
        }
    }
    #[cfg(target_arch = "aarch64")]
    {
        if neon::has_dot_product() {
            levels.push(Level::DotProduct);
        }
        levels.push(Level::Neon);
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
        Level::Avx512 => x86::add_product_avx512(product, out, stride),
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 => x86::add_product_avx2(product, out, stride),
        #[cfg(target_arch = "aarch64")]
        Level::DotProduct => neon::add_product_dot(product, out, stride),
        #[cfg(target_arch = "aarch64")]
        Level::Neon => neon::add_product(product, out, stride),
        Level::Plain => plain::add_product(product, out, stride),
    }
}

/// For each packed vector the sum of its numbers' products with a question's, zeros not taken out.
pub fn scan(question: &[i8; DIMENSIONS], packed: &[u8], sums: &mut [i32]) {
    scan_at(*LEVEL, question, packed, sums);
}

fn scan_at(level: Level, question: &[i8; DIMENSIONS], packed: &[u8], sums: &mut [i32]) {
    // What the kernels that don't check rely on.
    assert_eq!(packed.len(), sums.len() * BYTES);
    match level {
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 => x86::scan_avx512(question, packed, sums),
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 => x86::scan_avx2(question, packed, sums),
        #[cfg(target_arch = "aarch64")]
        Level::DotProduct => neon::scan_dot(question, packed, sums),
        #[cfg(target_arch = "aarch64")]
        Level::Neon => neon::scan(question, packed, sums),
        Level::Plain => plain::scan(question, packed, sums),
    }
}

/// Does some work with the widest instructions of the processor.
pub fn widest(work: impl Work) {
    match *LEVEL {
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 => x86::run_avx512(work),
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 => x86::run_avx2(work),
        // Every aarch64 processor has NEON, so plain loops are compiled for it anyway.
        #[cfg(target_arch = "aarch64")]
        Level::DotProduct | Level::Neon => work.run(),
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
        let mut sums = vec![0; packed.len() / BYTES];
        scan_at(level, question, packed, &mut sums);
        sums
    };
    levels().into_iter().map(scan_at).collect()
}
