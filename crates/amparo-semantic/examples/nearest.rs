//! The lines of a file that are nearest to a question, each with its cosine.
//!
//! `cargo run --release --example nearest -- MODEL QUESTION FILE`; a model is made with [`amparo_semantic::model::install`].

use std::error::Error;

use amparo_semantic::{DIMENSIONS, Encoder};

/// Lines that are shown.
const SHOWN: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, question, file] = arguments.as_slice() else {
        return Err("give a model, a question and a file of texts, one a line".into());
    };
    let encoder = Encoder::open(model.as_ref())?;
    let texts = std::fs::read_to_string(file)?;
    let texts: Vec<&str> = texts.lines().filter(|line| !line.trim().is_empty()).collect();
    let question = encoder.encode(&[question])?;
    let vectors = encoder.encode(&texts)?;
    let cosine = |vector: &[f32]| vector.iter().zip(&question).map(|(a, b)| a * b).sum::<f32>();
    let mut nearest: Vec<(f32, &str)> =
        vectors.chunks_exact(DIMENSIONS).map(cosine).zip(texts).collect();
    nearest.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    for (cosine, text) in nearest.iter().take(SHOWN) {
        println!("{cosine:.3}  {text}");
    }
    Ok(())
}
