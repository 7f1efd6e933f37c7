//! The network: what stands for each token, two convolutions over its neighbours, their mean, four layers on top.
//!
//! ```text
//! e = the token's row of the table                              512 numbers
//! x = layer norm (e · proj + b)                                 three branches of 256
//! h = relu (x's neighbours · w1 + b1) + x                       a branch sees 2, 3 or 5 neighbours
//! c = relu (h's neighbours · w2 + b2) + h
//! s = sum over the tokens of layer norm (e, c, c, c)            1280 numbers
//! m = (s · cnn + n · b) / √n                                    n: how many tokens
//! y = relu (m · p1 + relu (m · d0) · d1)
//! z = tanh (y · p3 + relu (y · d2) · d3), brought to length 1   512 numbers
//! ```
//! x and its ten products with w1 depend on the token alone and are made once ([`super::token_cache`]). Products with w2 take h in
//! 8 bits a row, everything else in 16; no product takes fractions, so that every processor gives the same.

use super::DIMENSIONS;
use super::matrix::Matrix;
use super::model::{Error, ModelFile, Section};

/// Width of a branch.
pub const BRANCH: usize = 256;

/// Width of the three branches.
pub const BRANCHES: usize = 3 * BRANCH;

/// Width of what is known of a token at the end.
pub const FEATURES: usize = DIMENSIONS + BRANCHES;

/// For each branch how many neighbours it sees, and how many of these stand before the token.
pub const ORDERS: [(usize, usize); 3] = [(2, 0), (3, 1), (5, 2)];

/// Products of a token with the first convolutions' weights: one for each neighbour that a branch sees.
pub const PRODUCTS: usize = 10;

/// Parts of the table, each with a scale and a least value of its own.
const PARTS: usize = 17;

/// What layer norms add to a variance.
pub const EPSILON: f32 = 1e-12;

/// The vectors as a wheel names them.
pub const VECTORS: [&str; 20] = [
    "scale", "lo", "ln_g", "ln_b", "cnn_b", "proj_b2", "proj_b3", "proj_b5", "ln_g2", "ln_g3",
    "ln_g5", "ln_b2", "ln_b3", "ln_b5", "b1_2", "b1_3", "b1_5", "b2_2", "b2_3", "b2_5",
];

/// A matrix as a wheel names it.
pub struct MatrixName {
    /// Its name.
    pub name: &'static str,
    rows: usize,
    columns: usize,
}

impl MatrixName {
    const fn new(name: &'static str, rows: usize, columns: usize) -> Self {
        Self { name, rows, columns }
    }

    /// Rows and columns.
    pub fn shape(&self) -> [usize; 2] {
        [self.rows, self.columns]
    }
}

/// The matrices; what a step of each is worth follows the vectors, in this order.
pub const MATRICES: [MatrixName; 16] = [
    MatrixName::new("proj2", DIMENSIONS, BRANCH),
    MatrixName::new("proj3", DIMENSIONS, BRANCH),
    MatrixName::new("proj5", DIMENSIONS, BRANCH),
    MatrixName::new("w1_2", 2 * BRANCH, BRANCH),
    MatrixName::new("w1_3", 3 * BRANCH, BRANCH),
    MatrixName::new("w1_5", 5 * BRANCH, BRANCH),
    MatrixName::new("w2_2", 2 * BRANCH, BRANCH),
    MatrixName::new("w2_3", 3 * BRANCH, BRANCH),
    MatrixName::new("w2_5", 5 * BRANCH, BRANCH),
    MatrixName::new("cnn_W", FEATURES, DIMENSIONS),
    MatrixName::new("d0", DIMENSIONS, 320),
    MatrixName::new("d1", 320, 320),
    MatrixName::new("p1", DIMENSIONS, 320),
    MatrixName::new("d2", 320, DIMENSIONS),
    MatrixName::new("p3", 320, DIMENSIONS),
    MatrixName::new("d3", DIMENSIONS, DIMENSIONS),
];

/// The weights.
#[derive(Debug)]
pub struct Network {
    /// What a step of the table is worth, for each of its parts.
    pub scale: Vec<f32>,
    /// The least value of each of its parts.
    pub least: Vec<f32>,
    /// The last layer norm: factors and offsets.
    pub norm: [Vec<f32>; 2],
    /// What is added to the mean for each token.
    pub mean_bias: Vec<f32>,
    /// The projection of a token, for each branch.
    pub projection: [Matrix; 3],
    /// Its biases.
    pub projection_bias: Vec<f32>,
    /// The layer norm after it: factors and offsets.
    pub projection_norm: [Vec<f32>; 2],
    /// The first convolutions: for each branch a matrix for each neighbour, in the order of [`ORDERS`].
    pub first: Vec<Matrix>,
    /// Biases of the first convolutions.
    pub first_bias: Vec<f32>,
    /// The same of the second convolutions.
    pub second: Vec<Matrix>,
    /// Biases of the second convolutions.
    pub second_bias: Vec<f32>,
    /// The layers on top: `cnn`, `d0`, `d1`, `p1`, `d2`, `p3`, `d3`.
    pub top: [Matrix; 7],
}

impl Network {
    /// The network of a model.
    ///
    /// # Errors
    /// When the model is damaged.
    pub fn of(model: &ModelFile) -> Result<Self, Error> {
        let damaged = || Error::Altered(model.path().to_owned());
        let (numbers, _) = model.section(Section::Vectors)?.as_chunks::<4>();
        let mut numbers = numbers.iter().map(|number| f32::from_le_bytes(*number));
        let mut vector = |length| numbers.by_ref().take(length).collect::<Vec<f32>>();
        let (scale, least) = (vector(PARTS), vector(PARTS));
        let norm = [vector(FEATURES), vector(FEATURES)];
        let mean_bias = vector(DIMENSIONS);
        let projection_bias = vector(BRANCHES);
        let projection_norm = [vector(BRANCHES), vector(BRANCHES)];
        let (first_bias, second_bias) = (vector(BRANCHES), vector(BRANCHES));
        let scales = vector(MATRICES.len());
        if scales.len() != MATRICES.len() {
            return Err(damaged());
        }
        let mut bytes = model.section(Section::Matrices)?;
        let mut matrices = Vec::new();
        for (matrix, scale) in MATRICES.iter().zip(scales) {
            let size = matrix.rows * matrix.columns;
            let (numbers, rest) = bytes.split_at_checked(size).ok_or_else(damaged)?;
            bytes = rest;
            // A convolution's matrix is one for each neighbour, one below the other.
            let rows = if matrix.name.starts_with('w') { BRANCH } else { matrix.rows };
            for part in numbers.chunks_exact(rows * matrix.columns) {
                matrices.push(Matrix::new(part, matrix.columns, scale));
            }
        }
        let mut matrices = matrices.into_iter();
        let mut take = |count| matrices.by_ref().take(count).collect::<Vec<_>>();
        let (projection, first, second, top) = (take(3), take(PRODUCTS), take(PRODUCTS), take(7));
        let projection = projection.try_into().map_err(|_| damaged())?;
        let top = top.try_into().map_err(|_| damaged())?;
        Ok(Self {
            scale,
            least,
            norm,
            mean_bias,
            projection,
            projection_bias,
            projection_norm,
            first,
            first_bias,
            second,
            second_bias,
            top,
        })
    }
}
