//! Tokens to vectors: the part of [`super::network`] that is computed anew for each window.

// What [`Work`] runs is compiled for several widths only where it is inlined.
#![allow(clippy::inline_always)]

use super::DIMENSIONS;
use super::kernel::layout::Work;
use super::kernel::widest;
use super::network::{BRANCH, BRANCHES, EPSILON, FEATURES, Network, ORDERS};
use super::quantize::{quantize, sums};
use super::token_cache::TokenType;

/// Room for what is computed of a window; used again for the next.
#[derive(Debug, Default)]
pub struct Room {
    /// After the first convolutions.
    hidden: Vec<f32>,
    /// The same in 8 bits, branch by branch.
    quantised: Vec<u8>,
    /// What a step of each row is worth.
    scales: Vec<f32>,
    /// After the second convolutions.
    features: Vec<f32>,
}

/// Adds up, over the tokens of a window, what is known of each at the end, after the last layer norm.
pub fn sum_features(network: &Network, tokens: &[&TokenType], room: &mut Room, sum: &mut [f32]) {
    widest(Window { network, tokens, room, sum });
}

struct Window<'a> {
    network: &'a Network,
    tokens: &'a [&'a TokenType],
    room: &'a mut Room,
    sum: &'a mut [f32],
}

impl Work for Window<'_> {
    #[inline(always)]
    fn run(self) {
        let Self { network, tokens, room, sum } = self;
        let count = tokens.len();
        room.hidden.resize(count * BRANCHES, 0.0);
        room.features.resize(count * BRANCHES, 0.0);
        room.quantised.resize(count * BRANCHES, 0);
        room.scales.resize(count * ORDERS.len(), 0.0);
        first_convolutions(network, tokens, &mut room.hidden);
        for branch in 0..ORDERS.len() {
            let rows = room.quantised[branch * count * BRANCH..].chunks_exact_mut(BRANCH);
            let scales = &mut room.scales[branch * count..][..count];
            for ((hidden, row), scale) in room.hidden.chunks_exact(BRANCHES).zip(rows).zip(scales) {
                *scale = quantize(&hidden[branch * BRANCH..][..BRANCH], row);
            }
        }
        second_convolutions(network, count, room);
        for ((features, hidden), token) in (room.features.chunks_exact_mut(BRANCHES))
            .zip(room.hidden.chunks_exact(BRANCHES))
            .zip(tokens)
        {
            for (feature, hidden) in features.iter_mut().zip(hidden) {
                *feature = positive(*feature) + hidden;
            }
            add_normed(token, features, sum);
        }
        finish_norms(network, count, sum);
    }
}

/// `hidden = relu (products of the neighbours + bias) + x`.
#[inline(always)]
fn first_convolutions(network: &Network, tokens: &[&TokenType], hidden: &mut [f32]) {
    for (at, row) in hidden.chunks_exact_mut(BRANCHES).enumerate() {
        row.copy_from_slice(&network.first_bias);
        let mut product = 0;
        for (branch, (neighbours, before)) in ORDERS.into_iter().enumerate() {
            let row = &mut row[branch * BRANCH..][..BRANCH];
            for neighbour in 0..neighbours {
                let place = (at + neighbour).checked_sub(before);
                if let Some(token) = place.and_then(|place| tokens.get(place)) {
                    let scale = token.product_scale;
                    let numbers = &token.products[product * BRANCH..][..BRANCH];
                    for (sum, number) in row.iter_mut().zip(numbers) {
                        *sum += f32::from(*number) * scale;
                    }
                }
                product += 1;
            }
        }
        let token = tokens[at];
        for (sum, number) in row.iter_mut().zip(&token.branches) {
            *sum = positive(*sum) + f32::from(*number) * token.branch_scale;
        }
    }
}

/// `features = products of the neighbours + bias`, before what follows them.
#[inline(always)]
fn second_convolutions(network: &Network, count: usize, room: &mut Room) {
    for row in room.features.chunks_exact_mut(BRANCHES) {
        row.copy_from_slice(&network.second_bias);
    }
    let mut matrices = network.second.iter();
    for (branch, (neighbours, before)) in ORDERS.into_iter().enumerate() {
        for (neighbour, matrix) in (0..neighbours).zip(&mut matrices) {
            // Token `at` takes the row of `at + neighbour - before`: rows `from..to` are some token's neighbour.
            let from = neighbour.saturating_sub(before);
            let first = before.saturating_sub(neighbour);
            let rows = count.saturating_sub(from.max(first));
            let quantised = &room.quantised[(branch * count + from) * BRANCH..][..rows * BRANCH];
            let scales = &room.scales[branch * count + from..][..rows];
            let out = &mut room.features[first * BRANCHES + branch * BRANCH..];
            matrix.add_product(quantised, scales, out, BRANCHES);
        }
    }
}

/// Adds a token's features to `sum`, normed but for the factors and offsets that are the same for all tokens.
#[inline(always)]
fn add_normed(token: &TokenType, features: &[f32], sum: &mut [f32]) {
    let (total, squares) = sums(features);
    let mean = (total + token.embedding_sums.0) / FEATURES as f32;
    let variance = (squares + token.embedding_sums.1) / FEATURES as f32 - mean * mean;
    let factor = 1.0 / (variance.max(0.0) + EPSILON).sqrt();
    let (embedding, rest) = sum.split_at_mut(DIMENSIONS);
    let (scale, offset) = (token.scale * factor, (token.least - mean) * factor);
    for (sum, step) in embedding.iter_mut().zip(&token.embedding) {
        *sum += f32::from(*step) * scale + offset;
    }
    for (sum, feature) in rest.iter_mut().zip(features) {
        *sum += (feature - mean) * factor;
    }
}

#[inline(always)]
fn finish_norms(network: &Network, count: usize, sum: &mut [f32]) {
    let [factors, offsets] = &network.norm;
    for ((sum, factor), offset) in sum.iter_mut().zip(factors).zip(offsets) {
        *sum = *sum * factor + offset * count as f32;
    }
}

#[inline(always)]
fn positive(number: f32) -> f32 {
    if number > 0.0 { number } else { 0.0 }
}

/// The vectors of windows, from the sums of their tokens' features and how many tokens each has.
pub fn finish(network: &Network, sums: &[f32], counts: &[usize]) -> Vec<f32> {
    let [cnn, d0, d1, p1, d2, p3, d3] = &network.top;
    let mut mean = cnn.fine_product(sums);
    for (row, count) in mean.chunks_exact_mut(DIMENSIONS).zip(counts) {
        let count = *count as f32;
        for (number, bias) in row.iter_mut().zip(&network.mean_bias) {
            *number = (*number + count * bias) / count.sqrt();
        }
    }
    let rectified = |mut numbers: Vec<f32>| {
        numbers.iter_mut().for_each(|number| *number = positive(*number));
        numbers
    };
    let first = rectified(d0.fine_product(&mean));
    let second = rectified(added(p1.fine_product(&mean), &d1.fine_product(&first)));
    let third = rectified(d2.fine_product(&second));
    let mut vectors = added(p3.fine_product(&second), &d3.fine_product(&third));
    for vector in vectors.chunks_exact_mut(DIMENSIONS) {
        vector.iter_mut().for_each(|number| *number = number.tanh());
        let length = super::quantize::sums(vector).1.max(EPSILON).sqrt();
        vector.iter_mut().for_each(|number| *number /= length);
    }
    vectors
}

fn added(mut numbers: Vec<f32>, others: &[f32]) -> Vec<f32> {
    numbers.iter_mut().zip(others).for_each(|(number, other)| *number += other);
    numbers
}
