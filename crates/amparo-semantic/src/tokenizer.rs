//! Text to numbers of pieces: the likeliest way to cut it, as SentencePiece's unigram model does.

use super::model::{Error, ModelFile, Section};
use super::normalize::Normalizer;
use super::pieces::Pieces;

/// The number of what no piece spells.
const UNKNOWN: u32 = 0;

/// The number that stands before each text.
const BEGIN: u32 = 1;

/// The number that stands after each text.
const END: u32 = 2;

/// How much less likely than the least likely piece an unknown character is.
const UNKNOWN_PENALTY: f64 = 10.0;

/// Cuts text into pieces.
#[derive(Debug)]
pub struct Tokenizer {
    normalizer: Normalizer,
    pieces: Pieces,
    scores: Vec<f32>,
    unknown_score: f64,
}

impl Tokenizer {
    /// The tokenizer of a model.
    ///
    /// # Errors
    /// When the model is damaged.
    pub fn of(model: &ModelFile) -> Result<Self, Error> {
        let damaged = || Error::Altered(model.path().to_owned());
        let normalizer = Normalizer::read(model.section(Section::Charsmap)?).ok_or_else(damaged)?;
        let pieces = Pieces::from_bytes(model.section(Section::Pieces)?).ok_or_else(damaged)?;
        let (scores, _) = model.section(Section::Scores)?.as_chunks::<4>();
        let scores: Vec<f32> = scores.iter().map(|score| f32::from_le_bytes(*score)).collect();
        let least = scores.iter().copied().fold(f32::INFINITY, f32::min);
        Ok(Self { normalizer, pieces, scores, unknown_score: f64::from(least) - UNKNOWN_PENALTY })
    }

    /// How many pieces there are.
    pub fn vocabulary(&self) -> usize {
        self.scores.len()
    }

    /// The numbers of a text's pieces, with those of beginning and end.
    pub fn encode(&self, text: &str) -> Vec<u32> {
        let text = self.normalizer.normalize(text);
        let mut reversed = vec![END];
        if text.is_empty() {
            reversed.push(UNKNOWN);
        }
        let best = self.best_ends(&text);
        let mut at = text.len();
        while at > 0 {
            reversed.push(best[at].piece);
            at -= best[at].length;
        }
        reversed.push(BEGIN);
        reversed.reverse();
        reversed
    }

    /// For each place of a text the best piece that ends there. Of equally good ones the one that begins first.
    fn best_ends(&self, text: &str) -> Vec<Best> {
        let mut best =
            vec![Best { score: f64::NEG_INFINITY, piece: UNKNOWN, length: 1 }; text.len() + 1];
        best[0].score = 0.0;
        for (at, character) in text.char_indices() {
            let base = best[at].score;
            let single = character.len_utf8();
            let mut has_single = false;
            let mut put = |piece: u32, length: usize, score: f64| {
                let end = &mut best[at + length];
                if score > end.score {
                    *end = Best { score, piece, length };
                }
            };
            for (piece, length) in self.pieces.prefixes(&text.as_bytes()[at..]) {
                let score = self.scores.get(piece as usize).copied().unwrap_or(f32::NEG_INFINITY);
                put(piece, length, base + f64::from(score));
                has_single |= length == single;
            }
            if !has_single {
                put(UNKNOWN, single, base + self.unknown_score);
            }
        }
        best
    }
}

/// The best way to reach a place.
#[derive(Clone, Copy)]
struct Best {
    /// Sum of the pieces' scores.
    score: f64,
    /// The last of them.
    piece: u32,
    /// Its bytes.
    length: usize,
}
