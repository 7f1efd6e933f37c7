//! Vectors as they are kept: six bits a number, in two planes, and how near they are to a question.
//!
//! Of the ten nearest windows nearly all stay among them with six bits, fewer with five (`docs/measurements.md`). Six bits take
//! 384 bytes.
//!
//! A number is `u - 32` times the vector's scale, `u` from 1 to 63. The first plane has the upper four bits of numbers `j`
//! and `j + 256` in byte `j`, the second the lower two of numbers `j`, `j + 128`, `j + 256` and `j + 384`.

use super::kernel;
pub use super::kernel::layout::BYTES;
use super::kernel::layout::{DIMENSIONS, LOWER, UPPER};

/// What stands for zero.
const ZERO: i32 = 32;

/// The greatest distance from it.
const STEPS: f32 = 31.0;

/// Packs a vector; what a step of it is worth.
pub fn pack(vector: &[f32], out: &mut [u8]) -> f32 {
    let most = vector.iter().fold(0.0f32, |most, number| most.max(number.abs()));
    let scale = most.max(f32::MIN_POSITIVE) / STEPS;
    let steps: Vec<u8> =
        vector.iter().map(|number| ((number / scale).round() as i32 + ZERO) as u8).collect();
    let (upper, lower) = out.split_at_mut(UPPER);
    for (at, byte) in upper.iter_mut().enumerate() {
        *byte = steps[at] >> 2 | steps[at + UPPER] >> 2 << 4;
    }
    for (at, byte) in lower.iter_mut().enumerate() {
        let two = |quarter: usize| (steps[at + quarter * LOWER] & 3) << (2 * quarter);
        *byte = two(0) | two(1) | two(2) | two(3);
    }
    // What was packed is not quite of length 1: its cosine with a question shall be its own.
    let squares: i32 = steps.iter().map(|step| (i32::from(*step) - ZERO).pow(2)).sum();
    1.0 / (squares.max(1) as f32).sqrt()
}

/// The numbers of a packed vector.
pub fn unpack(packed: &[u8], scale: f32) -> Vec<f32> {
    let (upper, lower) = packed.split_at(UPPER);
    let step = |at: usize| {
        let high = upper[at % UPPER] >> (4 * (at / UPPER)) & 15;
        let low = lower[at % LOWER] >> (2 * (at / LOWER)) & 3;
        (i32::from(high << 2 | low) - ZERO) as f32
    };
    (0..DIMENSIONS).map(|at| step(at) * scale).collect()
}

/// A question's vector, ready to be compared.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its numbers in eight bits.
    pub numbers: [i8; DIMENSIONS],
    /// What a step of these is worth.
    scale: f32,
    /// What the zeros of packed vectors add.
    offset: i32,
}

impl Question {
    /// Of a vector of any length.
    pub fn new(vector: &[f32]) -> Self {
        let most = vector.iter().fold(0.0f32, |most, number| most.max(number.abs()));
        let scale = most.max(f32::MIN_POSITIVE) / 127.0;
        let mut numbers = [0; DIMENSIONS];
        for (out, number) in numbers.iter_mut().zip(vector) {
            *out = (number / scale).round() as i8;
        }
        let sum: i32 = numbers.iter().map(|number| i32::from(*number)).sum();
        let squares: i32 = numbers.iter().map(|number| i32::from(*number).pow(2)).sum();
        Self { numbers, scale: 1.0 / (squares.max(1) as f32).sqrt(), offset: ZERO * sum }
    }

    /// The cosines with packed vectors that stand one after the other, with the scale of each; as many as there is room for.
    pub fn cosines(&self, packed: &[u8], scales: &[f32], out: &mut [f32]) {
        let mut sums = [0; 256];
        let chunks = packed.chunks(sums.len() * BYTES).zip(scales.chunks(sums.len()));
        for ((packed, scales), out) in chunks.zip(out.chunks_mut(sums.len())) {
            let sums = &mut sums[..scales.len()];
            kernel::scan(&self.numbers, packed, sums);
            for ((out, sum), scale) in out.iter_mut().zip(sums).zip(scales) {
                *out = (*sum - self.offset) as f32 * (self.scale * scale);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A vector of length 1 that looks random.
    fn vector(seed: u32) -> Vec<f32> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 23) as f32 - 1.0
        };
        let numbers: Vec<f32> = (0..DIMENSIONS).map(|_| next()).collect();
        let length = dot(&numbers, &numbers).sqrt();
        numbers.iter().map(|number| number / length).collect()
    }

    fn dot(a: &[f32], b: &[f32]) -> f32 {
        a.iter().zip(b).map(|(a, b)| a * b).sum()
    }

    #[test]
    fn a_packed_vector_is_nearly_what_it_was() {
        let vector = vector(5);
        let mut packed = [0; BYTES];
        let scale = pack(&vector, &mut packed);
        let unpacked = unpack(&packed, scale);
        assert!((dot(&unpacked, &unpacked) - 1.0).abs() < 1e-4);
        assert!(dot(&vector, &unpacked) > 0.999);
    }

    #[test]
    fn cosines_are_those_of_the_vectors() {
        let vectors: Vec<Vec<f32>> = (0..300).map(vector).collect();
        let mut packed = vec![0; vectors.len() * BYTES];
        let scales: Vec<f32> = (vectors.iter().zip(packed.chunks_mut(BYTES)))
            .map(|(vector, packed)| pack(vector, packed))
            .collect();
        let question = vector(7);
        let mut cosines = vec![0.0; vectors.len()];
        Question::new(&question).cosines(&packed, &scales, &mut cosines);
        for (vector, cosine) in vectors.iter().zip(cosines) {
            assert!((dot(vector, &question) - cosine).abs() < 0.005);
        }
    }

    #[test]
    fn every_kernel_finds_the_same() {
        let mut packed = vec![0; 5 * BYTES];
        for (seed, packed) in packed.chunks_mut(BYTES).enumerate() {
            pack(&vector(seed as u32 + 40), packed);
        }
        let found = kernel::every_scan(&Question::new(&vector(3)).numbers, &packed);
        assert!(found.iter().all(|sums| *sums == found[0]), "{found:?}");
    }
}
