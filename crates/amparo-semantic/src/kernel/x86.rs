//! Kernels in the instructions of x86-64 processors.
//!
//! `unsafe` stands here for two things only: calling what needs instructions, after it was asked whether the processor has
//! them, and reading and writing at places whose bounds [`super`] has asserted.

#![allow(unsafe_code)]

use std::arch::x86_64::{
    __m256i, __m512i, _mm_loadu_si128, _mm256_add_epi32, _mm256_add_ps, _mm256_and_si256,
    _mm256_cvtepi8_epi16, _mm256_cvtepi32_ps, _mm256_hadd_epi32, _mm256_loadu_ps,
    _mm256_loadu_si256, _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_mul_ps,
    _mm256_permute4x64_epi64, _mm256_set1_epi8, _mm256_set1_epi16, _mm256_set1_epi64x,
    _mm256_set1_ps, _mm256_setzero_si256, _mm256_slli_epi32, _mm256_srli_epi16, _mm256_storeu_ps,
    _mm256_storeu_si256, _mm512_add_epi32, _mm512_add_ps, _mm512_and_si512, _mm512_cvtepi32_ps,
    _mm512_dpbusd_epi32, _mm512_loadu_ps, _mm512_loadu_si512, _mm512_mul_ps,
    _mm512_reduce_add_epi32, _mm512_set1_epi8, _mm512_set1_epi32, _mm512_set1_ps,
    _mm512_setzero_si512, _mm512_slli_epi32, _mm512_srli_epi16, _mm512_storeu_ps,
};

use super::layout::{BYTES, COLUMNS, DIMENSIONS, GROUP, Product, Work};

/// Whether the processor has what the kernels of AVX-512 use.
pub fn has_avx512() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512vnni")
}

/// Whether the processor has AVX2.
pub fn has_avx2() -> bool {
    is_x86_feature_detected!("avx2")
}

/// Does some work with AVX-512.
pub fn run_avx512(work: impl Work) {
    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
    fn wide(work: impl Work) {
        work.run();
    }
    assert!(has_avx512());
    // SAFETY: the processor has the instructions.
    unsafe { wide(work) }
}

/// Does some work with AVX2.
pub fn run_avx2(work: impl Work) {
    #[target_feature(enable = "avx2")]
    fn wide(work: impl Work) {
        work.run();
    }
    assert!(has_avx2());
    // SAFETY: the processor has the instructions.
    unsafe { wide(work) }
}

/// Adds a product with AVX-512; [`super`] has asserted its bounds.
pub fn add_product_avx512(product: Product<'_>, out: &mut [f32], stride: usize) {
    assert!(has_avx512());
    // SAFETY: the processor has the instructions, and the bounds were asserted.
    unsafe { all_avx512(product, out, stride) }
}

/// Adds a product with AVX2; [`super`] has asserted its bounds.
pub fn add_product_avx2(product: Product<'_>, out: &mut [f32], stride: usize) {
    assert!(has_avx2());
    // SAFETY: the processor has the instructions, and the bounds were asserted.
    unsafe { all_avx2(product, out, stride) }
}

/// Six rows fill 24 of 32 registers with sums; a panel of [`COLUMNS`] columns stays in the first cache meanwhile.
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
unsafe fn all_avx512(product: Product<'_>, out: &mut [f32], stride: usize) {
    let count = product.scales.len();
    for block in 0..product.matrix.columns / COLUMNS {
        let mut row = 0;
        while row < count {
            let rows = (count - row).min(6);
            // SAFETY: `row + rows <= count` and `block` lies in the matrix; the caller's bounds hold.
            unsafe {
                match rows {
                    6 => tile_avx512::<6>(product, out, stride, block, row),
                    5 => tile_avx512::<5>(product, out, stride, block, row),
                    4 => tile_avx512::<4>(product, out, stride, block, row),
                    3 => tile_avx512::<3>(product, out, stride, block, row),
                    2 => tile_avx512::<2>(product, out, stride, block, row),
                    _ => tile_avx512::<1>(product, out, stride, block, row),
                }
            }
            row += rows;
        }
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
unsafe fn tile_avx512<const ROWS: usize>(
    product: Product<'_>,
    out: &mut [f32],
    stride: usize,
    block: usize,
    row: usize,
) {
    let matrix = product.matrix;
    // SAFETY: a panel has `COLUMNS * matrix.rows` bytes, of which each group of rows takes 256; `start` has a number for
    // each column; row `row + r` has `matrix.rows` bytes; `out` has `COLUMNS` numbers from `first` on in that row.
    unsafe {
        let panel = matrix.packed.as_ptr().add(block * COLUMNS * matrix.rows);
        let start = matrix.start.as_ptr().add(block * COLUMNS);
        let begin: [__m512i; 4] =
            std::array::from_fn(|i| _mm512_loadu_si512(start.add(16 * i).cast()));
        let mut sums = [begin; ROWS];
        let rows = product.rows.as_ptr().add(row * matrix.rows);
        for group in 0..matrix.rows / GROUP {
            let place = panel.add(group * GROUP * COLUMNS);
            let columns: [__m512i; 4] =
                std::array::from_fn(|i| _mm512_loadu_si512(place.add(64 * i).cast()));
            for (r, sums) in sums.iter_mut().enumerate() {
                let four = rows.add(r * matrix.rows + group * GROUP).cast::<i32>().read_unaligned();
                let four = _mm512_set1_epi32(four);
                for (sum, columns) in sums.iter_mut().zip(columns) {
                    *sum = _mm512_dpbusd_epi32(*sum, four, columns);
                }
            }
        }
        for (r, sums) in sums.into_iter().enumerate() {
            let scale = _mm512_set1_ps(product.scales[row + r] * matrix.scale);
            let first = out.as_mut_ptr().add((row + r) * stride + block * COLUMNS);
            for (i, sum) in sums.into_iter().enumerate() {
                let place = first.add(16 * i);
                let sum = _mm512_mul_ps(_mm512_cvtepi32_ps(sum), scale);
                _mm512_storeu_ps(place, _mm512_add_ps(_mm512_loadu_ps(place), sum));
            }
        }
    }
}

/// Rows that [`tile_avx2`] takes at once.
const AVX2_ROWS: usize = 4;

#[target_feature(enable = "avx2")]
unsafe fn all_avx2(product: Product<'_>, out: &mut [f32], stride: usize) {
    let (count, matrix) = (product.scales.len(), product.matrix);
    // The rows as 16-bit numbers, which AVX2 multiplies without loss.
    let wide: Vec<i16> = product.rows.iter().map(|number| i16::from(*number)).collect();
    for eight in 0..matrix.columns / 8 {
        let mut row = 0;
        while row < count {
            let rows = (count - row).min(AVX2_ROWS);
            // SAFETY: `row + rows <= count` and `eight` lies in the matrix; the caller's bounds hold; `wide` has as many
            // numbers as `product.rows`.
            unsafe {
                match rows {
                    4 => tile_avx2::<4>(product, &wide, out, stride, eight, row),
                    3 => tile_avx2::<3>(product, &wide, out, stride, eight, row),
                    2 => tile_avx2::<2>(product, &wide, out, stride, eight, row),
                    _ => tile_avx2::<1>(product, &wide, out, stride, eight, row),
                }
            }
            row += rows;
        }
    }
}

#[target_feature(enable = "avx2")]
unsafe fn tile_avx2<const ROWS: usize>(
    product: Product<'_>,
    wide: &[i16],
    out: &mut [f32],
    stride: usize,
    eight: usize,
    row: usize,
) {
    let matrix = product.matrix;
    let (block, within) = (eight * 8 / COLUMNS, eight * 8 % COLUMNS);
    // SAFETY: as for `tile_avx512`, with eight columns in place of a panel's, which take 32 bytes of each group of rows.
    unsafe {
        let panel = matrix.packed.as_ptr().add(block * COLUMNS * matrix.rows + within * GROUP);
        let rows = wide.as_ptr().add(row * matrix.rows);
        // For each row two sums of two numbers for each of four columns.
        let mut sums = [[_mm256_setzero_si256(); 2]; ROWS];
        for group in 0..matrix.rows / GROUP {
            let place = panel.add(group * GROUP * COLUMNS);
            let columns: [__m256i; 2] = std::array::from_fn(|i| {
                _mm256_cvtepi8_epi16(_mm_loadu_si128(place.add(16 * i).cast()))
            });
            for (r, sums) in sums.iter_mut().enumerate() {
                let four = rows.add(r * matrix.rows + group * GROUP).cast::<i64>().read_unaligned();
                let four = _mm256_set1_epi64x(four);
                for (sum, columns) in sums.iter_mut().zip(columns) {
                    *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(four, columns));
                }
            }
        }
        let start = _mm256_loadu_si256(matrix.start.as_ptr().add(eight * 8).cast());
        for (r, [low, high]) in sums.into_iter().enumerate() {
            // Adding neighbours leaves columns 0 1 4 5 2 3 6 7.
            let sum = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_hadd_epi32(low, high));
            let sum = _mm256_add_epi32(sum, start);
            let scale = _mm256_set1_ps(product.scales[row + r] * matrix.scale);
            let place = out.as_mut_ptr().add((row + r) * stride + eight * 8);
            let sum = _mm256_mul_ps(_mm256_cvtepi32_ps(sum), scale);
            _mm256_storeu_ps(place, _mm256_add_ps(_mm256_loadu_ps(place), sum));
        }
    }
}

/// Compares packed vectors with AVX-512; [`super`] has asserted the bounds.
pub fn scan_avx512(question: &[i8; DIMENSIONS], packed: &[u8], sums: &mut [i32]) {
    assert!(has_avx512());
    // SAFETY: the processor has the instructions, and the bounds were asserted.
    unsafe { all_scan_avx512(question, packed, sums) }
}

/// Compares packed vectors with AVX2; [`super`] has asserted the bounds.
pub fn scan_avx2(question: &[i8; DIMENSIONS], packed: &[u8], sums: &mut [i32]) {
    assert!(has_avx2());
    // SAFETY: the processor has the instructions, and the bounds were asserted.
    unsafe { all_scan_avx2(question, packed, sums) }
}

#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
unsafe fn all_scan_avx512(question: &[i8; DIMENSIONS], packed: &[u8], sums: &mut [i32]) {
    // SAFETY: a question has eight registers of 64 numbers; a packed vector has six, four of upper bits and two of lower ones,
    // and there are as many vectors as sums.
    unsafe {
        let question: [__m512i; 8] =
            std::array::from_fn(|i| _mm512_loadu_si512(question.as_ptr().add(64 * i).cast()));
        let (four, two) = (_mm512_set1_epi8(15), _mm512_set1_epi8(3));
        for (at, sum) in sums.iter_mut().enumerate() {
            let place = packed.as_ptr().add(at * BYTES);
            let load = |i: usize| _mm512_loadu_si512(place.add(64 * i).cast());
            let (mut upper, mut lower) = (_mm512_setzero_si512(), _mm512_setzero_si512());
            for i in 0..4 {
                let bytes = load(i);
                let high = _mm512_and_si512(_mm512_srli_epi16::<4>(bytes), four);
                upper = _mm512_dpbusd_epi32(upper, _mm512_and_si512(bytes, four), question[i]);
                upper = _mm512_dpbusd_epi32(upper, high, question[i + 4]);
            }
            for i in 0..2 {
                let bytes = load(4 + i);
                let parts = [
                    bytes,
                    _mm512_srli_epi16::<2>(bytes),
                    _mm512_srli_epi16::<4>(bytes),
                    _mm512_srli_epi16::<6>(bytes),
                ];
                for (quarter, part) in parts.into_iter().enumerate() {
                    let part = _mm512_and_si512(part, two);
                    lower = _mm512_dpbusd_epi32(lower, part, question[2 * quarter + i]);
                }
            }
            let both = _mm512_add_epi32(_mm512_slli_epi32::<2>(upper), lower);
            *sum = _mm512_reduce_add_epi32(both);
        }
    }
}

#[target_feature(enable = "avx2")]
unsafe fn all_scan_avx2(question: &[i8; DIMENSIONS], packed: &[u8], sums: &mut [i32]) {
    // SAFETY: a question has 16 registers of 32 numbers; a packed vector has twelve, eight of upper bits and four of lower
    // ones, and there are as many vectors as sums; `lanes` has eight numbers.
    unsafe {
        let question: [__m256i; 16] =
            std::array::from_fn(|i| _mm256_loadu_si256(question.as_ptr().add(32 * i).cast()));
        let (four, two) = (_mm256_set1_epi8(15), _mm256_set1_epi8(3));
        let ones = _mm256_set1_epi16(1);
        // Two products of at most 15 times 128 each fit 16 bits.
        let products =
            |numbers, question| _mm256_madd_epi16(_mm256_maddubs_epi16(numbers, question), ones);
        for (at, sum) in sums.iter_mut().enumerate() {
            let place = packed.as_ptr().add(at * BYTES);
            let load = |i: usize| _mm256_loadu_si256(place.add(32 * i).cast());
            let (mut upper, mut lower) = (_mm256_setzero_si256(), _mm256_setzero_si256());
            for i in 0..8 {
                let bytes = load(i);
                let high = _mm256_and_si256(_mm256_srli_epi16::<4>(bytes), four);
                let low = _mm256_and_si256(bytes, four);
                upper = _mm256_add_epi32(upper, products(low, question[i]));
                upper = _mm256_add_epi32(upper, products(high, question[i + 8]));
            }
            for i in 0..4 {
                let bytes = load(8 + i);
                let parts = [
                    bytes,
                    _mm256_srli_epi16::<2>(bytes),
                    _mm256_srli_epi16::<4>(bytes),
                    _mm256_srli_epi16::<6>(bytes),
                ];
                for (quarter, part) in parts.into_iter().enumerate() {
                    let part = _mm256_and_si256(part, two);
                    lower = _mm256_add_epi32(lower, products(part, question[4 * quarter + i]));
                }
            }
            let both = _mm256_add_epi32(_mm256_slli_epi32::<2>(upper), lower);
            let mut lanes = [0i32; 8];
            _mm256_storeu_si256(lanes.as_mut_ptr().cast(), both);
            *sum = lanes.iter().sum();
        }
    }
}
