//! Rows of numbers as 8-bit ones, each row with what one of them is worth.
//!
//! A number `v` becomes `round(v / scale) + 128`, so that rows are unsigned and the matrices they are multiplied with signed,
//! as processors want it; the products take the 128 out again.

// What works in lanes is compiled for several widths only where it is inlined.
#![allow(clippy::inline_always)]

use super::kernel::layout::ROW_ZERO;

/// The greatest distance from it.
const STEPS: f32 = 127.0;

/// From here on floats are whole numbers.
const WHOLE: f32 = 8_388_608.0;

/// Lanes in which numbers are added up, so that sums are the same whatever the processor's width.
const LANES: usize = 16;

/// Quantises a row; what one step is worth, 0 for a row of zeros.
#[inline(always)]
pub fn quantize(row: &[f32], out: &mut [u8]) -> f32 {
    let most = greatest(row);
    if most == 0.0 || !most.is_finite() {
        out.fill(ROW_ZERO as u8);
        return 0.0;
    }
    let inverse = STEPS / most;
    for (out, number) in out.iter_mut().zip(row) {
        // Above 2^23 floats are the whole numbers, so adding rounds, and the last byte is what is wanted.
        *out = (number * inverse + (WHOLE + ROW_ZERO as f32)).to_bits() as u8;
    }
    most / STEPS
}

/// Quantises a row, and what that leaves of it, to 16 bits together.
#[inline(always)]
pub fn quantize_finely(row: &[f32], rest: &mut [f32], out: [&mut [u8]; 2]) -> [f32; 2] {
    let [coarse, fine] = out;
    let scale = quantize(row, coarse);
    for ((rest, number), step) in rest.iter_mut().zip(row).zip(coarse.iter()) {
        *rest = number - scale * (i32::from(*step) - ROW_ZERO) as f32;
    }
    [scale, quantize(rest, fine)]
}

/// The greatest absolute value of a row, which is a multiple of [`LANES`] long.
#[inline(always)]
pub fn greatest(row: &[f32]) -> f32 {
    let larger = |a: f32, b: f32| if a > b { a } else { b };
    let mut most = [0.0f32; LANES];
    for chunk in row.as_chunks::<LANES>().0 {
        for (most, number) in most.iter_mut().zip(chunk) {
            *most = larger(number.abs(), *most);
        }
    }
    across(most, larger)
}

/// The sum of a row's numbers, and of their squares; the row is a multiple of [`LANES`] long.
#[inline(always)]
pub fn sums(row: &[f32]) -> (f32, f32) {
    let (mut sum, mut squares) = ([0.0f32; LANES], [0.0f32; LANES]);
    for chunk in row.as_chunks::<LANES>().0 {
        for ((sum, squares), number) in sum.iter_mut().zip(&mut squares).zip(chunk) {
            *sum += number;
            *squares += number * number;
        }
    }
    let add = |a, b| a + b;
    (across(sum, add), across(squares, add))
}

/// Lanes joined pair by pair.
#[inline(always)]
fn across(mut lanes: [f32; LANES], join: impl Fn(f32, f32) -> f32) -> f32 {
    let mut half = LANES / 2;
    while half > 0 {
        for lane in 0..half {
            lanes[lane] = join(lanes[lane], lanes[lane + half]);
        }
        half /= 2;
    }
    lanes[0]
}
