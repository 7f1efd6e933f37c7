//! Windows of text to vectors.

use std::path::Path;

use super::DIMENSIONS;
use super::forward::{Room, finish, sum_features};
use super::model::{Error, ModelFile};
use super::network::{FEATURES, Network};
use super::token_cache::{TokenCache, TokenType};
use super::tokenizer::Tokenizer;

/// Tokens of a text that count: what is encoded is a sentence or a few, and what is a hundred times as long means nothing in
/// particular.
pub const MAX_TOKENS: usize = 1024;

/// Windows that are brought to an end together.
const TOGETHER: usize = 48;

/// Encodes text. Threads share one.
#[derive(Debug)]
pub struct Encoder {
    model: ModelFile,
    tokenizer: Tokenizer,
    network: Network,
    cache: TokenCache,
}

impl Encoder {
    /// The encoder of a model's file.
    ///
    /// # Errors
    /// When the file is not there, or not a whole model of this version.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let model = ModelFile::open(path)?;
        let tokenizer = Tokenizer::of(&model)?;
        let network = Network::of(&model)?;
        let cache = TokenCache::new(tokenizer.vocabulary());
        Ok(Self { model, tokenizer, network, cache })
    }

    /// Its model.
    pub fn model(&self) -> &ModelFile {
        &self.model
    }

    /// Its tokenizer.
    pub fn tokenizer(&self) -> &Tokenizer {
        &self.tokenizer
    }

    /// The vectors of windows of text, one after the other, each of [`DIMENSIONS`] numbers and of length 1. The same text has
    /// the same vector, whatever it is encoded with. Works on the calling thread.
    ///
    /// # Errors
    /// When the model is damaged.
    pub fn encode<T: AsRef<str>>(&self, windows: &[T]) -> Result<Vec<f32>, Error> {
        let mut vectors = Vec::with_capacity(windows.len() * DIMENSIONS);
        let mut room = Room::default();
        for windows in windows.chunks(TOGETHER) {
            let mut tokens = Vec::new();
            let mut counts = Vec::with_capacity(windows.len());
            for window in windows {
                let mut window = self.tokenizer.encode(window.as_ref());
                window.truncate(MAX_TOKENS);
                counts.push(window.len());
                tokens.extend(window);
            }
            let types = self.cache.types(&tokens, &self.network, &self.model)?;
            let mut sums = vec![0.0; windows.len() * FEATURES];
            let mut rest = tokens.as_slice();
            for (count, sum) in counts.iter().zip(sums.chunks_exact_mut(FEATURES)) {
                let (window, after) = rest.split_at(*count);
                rest = after;
                let window: Vec<&TokenType> = window.iter().map(|id| types.get(*id)).collect();
                sum_features(&self.network, &window, &mut room, sum);
            }
            vectors.extend(finish(&self.network, &sums, &counts));
        }
        Ok(vectors)
    }
}
