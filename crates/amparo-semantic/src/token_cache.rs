//! What depends on a token alone, made once for each type of token and kept for the first few thousand types.
//!
//! Words repeat, and the first to come are the commonest: the 16,384 types that are kept cover nearly all tokens of a library,
//! in about 120 MB when full. The others are made anew whenever they come, with the same numbers.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustc_hash::FxHashMap;

use super::DIMENSIONS;
use super::model::{Error, ModelFile, Section};
use super::network::{BRANCH, BRANCHES, EPSILON, Network, ORDERS, PRODUCTS};
use super::quantize::{greatest, sums};

/// Types of tokens that are kept at most.
const CAPACITY: usize = 16_384;

/// Types that are made together.
const TOGETHER: usize = 48;

/// The greatest number in 16 bits.
const STEPS: f32 = 32_767.0;

/// What is known of a type of token.
#[derive(Debug)]
pub struct TokenType {
    /// Its row of the table.
    pub embedding: [u8; DIMENSIONS],
    /// What a step of that is worth.
    pub scale: f32,
    /// What zero of that stands for.
    pub least: f32,
    /// The sum of the numbers that the row stands for, and of their squares.
    pub embedding_sums: (f32, f32),
    /// The three branches after the projection's layer norm.
    pub branches: [i16; BRANCHES],
    /// What a step of these is worth.
    pub branch_scale: f32,
    /// The branches' products with the first convolutions, one for each neighbour that they see.
    pub products: [i16; PRODUCTS * BRANCH],
    /// What a step of these is worth.
    pub product_scale: f32,
}

/// The types of tokens that are kept.
#[derive(Debug)]
pub struct TokenCache {
    types: Box<[OnceLock<Box<TokenType>>]>,
    count: AtomicUsize,
}

/// Types that some windows need.
#[derive(Debug)]
pub struct Types<'a> {
    cache: &'a TokenCache,
    /// Those that could not be kept.
    others: FxHashMap<u32, Box<TokenType>>,
}

impl Types<'_> {
    /// A type that was asked for.
    pub fn get(&self, id: u32) -> &TokenType {
        let other = || self.others.get(&id).expect("only what was asked for is looked up");
        self.cache.types[id as usize].get().unwrap_or_else(other)
    }
}

impl TokenCache {
    /// Room for a vocabulary.
    pub fn new(vocabulary: usize) -> Self {
        Self {
            types: (0..vocabulary).map(|_| OnceLock::new()).collect(),
            count: AtomicUsize::new(0),
        }
    }

    /// The types of these tokens, those that are missing made and kept while there is room.
    ///
    /// # Errors
    /// When the model is damaged.
    pub fn types(
        &self,
        tokens: &[u32],
        network: &Network,
        model: &ModelFile,
    ) -> Result<Types<'_>, Error> {
        let mut missing: Vec<u32> = tokens.to_vec();
        missing.retain(|id| self.types[*id as usize].get().is_none());
        missing.sort_unstable();
        missing.dedup();
        let mut others = FxHashMap::default();
        for ids in missing.chunks(TOGETHER) {
            for (id, made) in ids.iter().zip(make(ids, network, model)?) {
                if self.count.fetch_add(1, Ordering::Relaxed) < CAPACITY {
                    // Another thread may have been faster, with the same numbers.
                    let _ = self.types[*id as usize].set(made);
                } else {
                    self.count.fetch_sub(1, Ordering::Relaxed);
                    others.insert(*id, made);
                }
            }
        }
        Ok(Types { cache: self, others })
    }
}

/// Makes types of tokens.
fn make(ids: &[u32], network: &Network, model: &ModelFile) -> Result<Vec<Box<TokenType>>, Error> {
    let mut embeddings = Vec::with_capacity(ids.len() * DIMENSIONS);
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let row = model.part(Section::Table, *id as usize * DIMENSIONS, DIMENSIONS)?;
        let part = *id as usize % network.scale.len();
        let (scale, least) = (network.scale[part], network.least[part]);
        embeddings.extend(row.iter().map(|step| f32::from(*step) * scale + least));
        rows.push((row, scale, least));
    }
    let branches = branches(&embeddings, network);
    let products = products(&branches, network);
    let types = rows.iter().enumerate().map(|(at, (row, scale, least))| {
        let mut made = Box::new(TokenType {
            embedding: [0; DIMENSIONS],
            scale: *scale,
            least: *least,
            embedding_sums: sums(&embeddings[at * DIMENSIONS..][..DIMENSIONS]),
            branches: [0; BRANCHES],
            branch_scale: 0.0,
            products: [0; PRODUCTS * BRANCH],
            product_scale: 0.0,
        });
        made.embedding.copy_from_slice(row);
        made.branch_scale = narrow(&branches[at * BRANCHES..][..BRANCHES], &mut made.branches);
        let products = &products[at * PRODUCTS * BRANCH..][..PRODUCTS * BRANCH];
        made.product_scale = narrow(products, &mut made.products);
        made
    });
    Ok(types.collect())
}

/// The three branches of each token.
fn branches(embeddings: &[f32], network: &Network) -> Vec<f32> {
    let mut all = vec![0.0; embeddings.len() / DIMENSIONS * BRANCHES];
    for (branch, matrix) in network.projection.iter().enumerate() {
        let product = matrix.fine_product(embeddings);
        let places = all.chunks_exact_mut(BRANCHES);
        for (place, row) in places.zip(product.chunks_exact(BRANCH)) {
            place[branch * BRANCH..][..BRANCH].copy_from_slice(row);
        }
    }
    let [factors, offsets] = &network.projection_norm;
    for row in all.chunks_exact_mut(BRANCHES) {
        row.iter_mut().zip(&network.projection_bias).for_each(|(number, bias)| *number += bias);
        let mean = sums(row).0 / BRANCHES as f32;
        row.iter_mut().for_each(|number| *number -= mean);
        let factor = 1.0 / (sums(row).1 / BRANCHES as f32 + EPSILON).sqrt();
        for ((number, norm), offset) in row.iter_mut().zip(factors).zip(offsets) {
            *number = *number * factor * norm + offset;
        }
    }
    all
}

/// The products of each token's branches with the first convolutions.
fn products(branches: &[f32], network: &Network) -> Vec<f32> {
    let count = branches.len() / BRANCHES;
    let mut all = vec![0.0; count * PRODUCTS * BRANCH];
    let mut number = 0;
    for (branch, (neighbours, _)) in ORDERS.into_iter().enumerate() {
        let rows =
            branches.chunks_exact(BRANCHES).flat_map(|row| &row[branch * BRANCH..][..BRANCH]);
        let rows: Vec<f32> = rows.copied().collect();
        for _ in 0..neighbours {
            let product = network.first[number].fine_product(&rows);
            let places = all.chunks_exact_mut(PRODUCTS * BRANCH);
            for (place, row) in places.zip(product.chunks_exact(BRANCH)) {
                place[number * BRANCH..][..BRANCH].copy_from_slice(row);
            }
            number += 1;
        }
    }
    all
}

/// Numbers in 16 bits; what a step of these is worth.
fn narrow(numbers: &[f32], out: &mut [i16]) -> f32 {
    let scale = greatest(numbers).max(f32::MIN_POSITIVE) / STEPS;
    for (out, number) in out.iter_mut().zip(numbers) {
        *out = (number / scale).round() as i16;
    }
    scale
}
