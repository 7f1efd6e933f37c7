//! Kernels in the instructions of aarch64 processors: NEON, which all of them have, and its products of 8-bit numbers, which
//! those of the last years have.
//!
//! Both are the same loops around one step, [`dot`] or [`dot_in_parts`]. The rows become signed, so that their zero counts for
//! nothing and sums begin at 0; they are the same whole numbers as those of every other kernel.
//!
//! `unsafe` stands here for two things only: calling what needs instructions, after it was asked whether the processor has
//! them, and reading and writing at places whose bounds [`super`] has asserted.

#![allow(unsafe_code)]
// The loops are compiled with the instructions of a step only where they are inlined into what has these.
#![allow(clippy::inline_always)]

use std::arch::aarch64::{
    int8x16_t, int32x4_t, vaddq_f32, vaddq_s32, vaddvq_s32, vandq_u8, vcvtq_f32_s32, vdupq_n_f32,
    vdupq_n_s32, vdupq_n_u8, vget_low_s8, vld1q_f32, vld1q_s8, vld1q_u8, vmull_high_s8, vmull_s8,
    vmulq_f32, vpaddlq_s16, vpaddq_s32, vreinterpretq_s8_s32, vreinterpretq_s8_u8, vshlq_n_s32,
    vshrq_n_u8, vst1q_f32,
};
use std::arch::{asm, is_aarch64_feature_detected};

use super::layout::{BYTES, COLUMNS, DIMENSIONS, GROUP, Product, ROW_ZERO, UPPER};

/// Columns that are computed at once: four registers of four.
const TILE: usize = 16;

/// Rows that are computed at once: their sums fill half of the registers.
const ROWS: usize = 4;

/// Whether the processor multiplies 8-bit numbers and adds up the products in one step.
pub fn has_dot_product() -> bool {
    is_aarch64_feature_detected!("dotprod")
}

/// Adds a product with products of 8-bit numbers; [`super`] has asserted its bounds.
pub fn add_product_dot(product: Product<'_>, out: &mut [f32], stride: usize) {
    #[target_feature(enable = "neon,dotprod")]
    unsafe fn wide(product: Product<'_>, out: &mut [f32], stride: usize) {
        // SAFETY: as the caller of this says.
        unsafe { all(product, out, stride, |sums, a, b| dot(sums, a, b)) }
    }
    assert!(has_dot_product());
    // SAFETY: the processor has the instructions, and the bounds were asserted.
    unsafe { wide(product, out, stride) }
}

/// Adds a product with NEON alone; [`super`] has asserted its bounds.
pub fn add_product(product: Product<'_>, out: &mut [f32], stride: usize) {
    // SAFETY: every aarch64 processor has NEON, and the bounds were asserted.
    unsafe { all(product, out, stride, |sums, a, b| dot_in_parts(sums, a, b)) }
}

/// Compares packed vectors with products of 8-bit numbers; [`super`] has asserted the bounds.
pub fn scan_dot(question: &[i8; DIMENSIONS], packed: &[u8], sums: &mut [i32]) {
    #[target_feature(enable = "neon,dotprod")]
    unsafe fn wide(question: &[i8; DIMENSIONS], packed: &[u8], sums: &mut [i32]) {
        // SAFETY: as the caller of this says.
        unsafe { all_scan(question, packed, sums, |sums, a, b| dot(sums, a, b)) }
    }
    assert!(has_dot_product());
    // SAFETY: the processor has the instructions, and the bounds were asserted.
    unsafe { wide(question, packed, sums) }
}

/// Compares packed vectors with NEON alone; [`super`] has asserted the bounds.
pub fn scan(question: &[i8; DIMENSIONS], packed: &[u8], sums: &mut [i32]) {
    // SAFETY: every aarch64 processor has NEON, and the bounds were asserted.
    unsafe { all_scan(question, packed, sums, |sums, a, b| dot_in_parts(sums, a, b)) }
}

/// Adds to each sum the products of four numbers with four others.
#[inline]
#[target_feature(enable = "neon,dotprod")]
fn dot(mut sums: int32x4_t, a: int8x16_t, b: int8x16_t) -> int32x4_t {
    // SAFETY: the instruction reads and writes these registers only. The library's own name for it is not stable yet.
    unsafe {
        asm!(
            "sdot {0:v}.4s, {1:v}.16b, {2:v}.16b",
            inout(vreg) sums, in(vreg) a, in(vreg) b,
            options(pure, nomem, nostack, preserves_flags)
        );
    }
    sums
}

/// The same in steps that every processor has.
#[inline]
#[target_feature(enable = "neon")]
fn dot_in_parts(sums: int32x4_t, a: int8x16_t, b: int8x16_t) -> int32x4_t {
    let low = vpaddlq_s16(vmull_s8(vget_low_s8(a), vget_low_s8(b)));
    let high = vpaddlq_s16(vmull_high_s8(a, b));
    vaddq_s32(sums, vpaddq_s32(low, high))
}

#[inline(always)]
unsafe fn all(
    product: Product<'_>,
    out: &mut [f32],
    stride: usize,
    step: impl Fn(int32x4_t, int8x16_t, int8x16_t) -> int32x4_t + Copy,
) {
    let count = product.scales.len();
    let signed = |number: &u8| (i32::from(*number) - ROW_ZERO) as i8;
    let signed: Vec<i8> = product.rows.iter().map(signed).collect();
    for tile in 0..product.matrix.columns / TILE {
        let mut row = 0;
        while row < count {
            let rows = (count - row).min(ROWS);
            // SAFETY: `row + rows <= count` and `tile` lies in the matrix; the caller's bounds hold; `signed` has as many
            // numbers as `product.rows`.
            unsafe {
                match rows {
                    ROWS => one::<ROWS>(product, &signed, out, stride, (tile, row), step),
                    3 => one::<3>(product, &signed, out, stride, (tile, row), step),
                    2 => one::<2>(product, &signed, out, stride, (tile, row), step),
                    _ => one::<1>(product, &signed, out, stride, (tile, row), step),
                }
            }
            row += rows;
        }
    }
}

/// The product of some rows with some columns.
#[inline(always)]
unsafe fn one<const COUNT: usize>(
    product: Product<'_>,
    signed: &[i8],
    out: &mut [f32],
    stride: usize,
    (tile, row): (usize, usize),
    step: impl Fn(int32x4_t, int8x16_t, int8x16_t) -> int32x4_t,
) {
    let matrix = product.matrix;
    let (block, within) = (tile * TILE / COLUMNS, tile * TILE % COLUMNS);
    // SAFETY: a panel has `COLUMNS * matrix.rows` bytes, of which each group of rows takes 256 and 16 columns of it 64; row
    // `row + r` has `matrix.rows` bytes; `out` has 16 numbers from `tile * TILE` on in that row.
    unsafe {
        let panel = matrix.packed.as_ptr().add(block * COLUMNS * matrix.rows + within * GROUP);
        let rows = signed.as_ptr().add(row * matrix.rows);
        let mut sums = [[vdupq_n_s32(0); 4]; COUNT];
        for group in 0..matrix.rows / GROUP {
            let place = panel.add(group * GROUP * COLUMNS);
            let columns: [int8x16_t; 4] = std::array::from_fn(|i| vld1q_s8(place.add(16 * i)));
            for (r, sums) in sums.iter_mut().enumerate() {
                let four = rows.add(r * matrix.rows + group * GROUP).cast::<i32>().read_unaligned();
                let four = vreinterpretq_s8_s32(vdupq_n_s32(four));
                for (sum, columns) in sums.iter_mut().zip(columns) {
                    *sum = step(*sum, four, columns);
                }
            }
        }
        for (r, sums) in sums.into_iter().enumerate() {
            let scale = vdupq_n_f32(product.scales[row + r] * matrix.scale);
            let place = out.as_mut_ptr().add((row + r) * stride + tile * TILE);
            for (i, sum) in sums.into_iter().enumerate() {
                let place = place.add(4 * i);
                // Two roundings, as everywhere.
                let sum = vmulq_f32(vcvtq_f32_s32(sum), scale);
                vst1q_f32(place, vaddq_f32(vld1q_f32(place), sum));
            }
        }
    }
}

#[inline(always)]
unsafe fn all_scan(
    question: &[i8; DIMENSIONS],
    packed: &[u8],
    sums: &mut [i32],
    step: impl Fn(int32x4_t, int8x16_t, int8x16_t) -> int32x4_t,
) {
    // SAFETY: a question has 32 registers of 16 numbers; a packed vector has 24, sixteen of upper bits and eight of lower ones,
    // and there are as many vectors as sums.
    unsafe {
        let question = |i: usize| vld1q_s8(question.as_ptr().add(16 * i));
        let (four, two) = (vdupq_n_u8(15), vdupq_n_u8(3));
        for (at, sum) in sums.iter_mut().enumerate() {
            let place = packed.as_ptr().add(at * BYTES);
            let (mut upper, mut lower) = (vdupq_n_s32(0), vdupq_n_s32(0));
            for i in 0..16 {
                let bytes = vld1q_u8(place.add(16 * i));
                let low = vreinterpretq_s8_u8(vandq_u8(bytes, four));
                let high = vreinterpretq_s8_u8(vshrq_n_u8::<4>(bytes));
                upper = step(upper, low, question(i));
                upper = step(upper, high, question(i + 16));
            }
            for i in 0..8 {
                let bytes = vld1q_u8(place.add(UPPER + 16 * i));
                let parts = [
                    vandq_u8(bytes, two),
                    vandq_u8(vshrq_n_u8::<2>(bytes), two),
                    vandq_u8(vshrq_n_u8::<4>(bytes), two),
                    vshrq_n_u8::<6>(bytes),
                ];
                for (quarter, part) in parts.into_iter().enumerate() {
                    lower = step(lower, vreinterpretq_s8_u8(part), question(8 * quarter + i));
                }
            }
            *sum = vaddvq_s32(vaddq_s32(vshlq_n_s32::<2>(upper), lower));
        }
    }
}
