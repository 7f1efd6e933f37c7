//! Whether the encoder gives the Python package's numbers; needs the model that `AMPARO_MODEL` names, and says so without.

use std::sync::LazyLock;

use super::{DIMENSIONS, Encoder};

/// Every so manieth number of a vector is in the fixture.
const STORED: usize = 4;

/// Sentences between two that are checked: without optimisation the network is a hundred times slower.
const STEP: usize = if cfg!(debug_assertions) { 23 } else { 1 };

fn encoder() -> Option<&'static Encoder> {
    static ENCODER: LazyLock<Option<Encoder>> = LazyLock::new(|| {
        let Some(place) = std::env::var_os("AMPARO_MODEL") else {
            eprintln!("skipped: AMPARO_MODEL names no model");
            return None;
        };
        Some(Encoder::open(place.as_ref()).unwrap())
    });
    ENCODER.as_ref()
}

/// Sentences with the numbers of their tokens.
fn sentences() -> Vec<(String, Vec<u32>)> {
    let lines = include_str!("../tests/data/sentences.tsv").lines();
    let parsed = lines.map(|line| {
        let (sentence, tokens) = line.split_once('\t').unwrap();
        let tokens = tokens.split(' ').map(|token| token.parse().unwrap()).collect();
        (serde_json::from_str(sentence).unwrap(), tokens)
    });
    parsed.collect()
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

#[test]
fn tokens_are_those_of_the_python_package() {
    let Some(encoder) = encoder() else { return };
    for (sentence, tokens) in sentences() {
        assert_eq!(encoder.tokenizer().encode(&sentence), tokens, "{sentence:?}");
    }
}

#[test]
fn vectors_are_those_of_the_python_package() {
    let Some(encoder) = encoder() else { return };
    let stored = include_bytes!("../tests/data/vectors.i8");
    let sentences: Vec<String> = sentences().into_iter().map(|(sentence, _)| sentence).collect();
    let stored = stored.as_chunks::<{ DIMENSIONS / STORED }>().0;
    assert_eq!(stored.len(), sentences.len());
    let sentences: Vec<&String> = sentences.iter().step_by(STEP).collect();
    let vectors = encoder.encode(&sentences).unwrap();
    for ((sentence, vector), stored) in
        sentences.iter().zip(vectors.chunks_exact(DIMENSIONS)).zip(stored.iter().step_by(STEP))
    {
        let some: Vec<f32> = vector.iter().step_by(STORED).copied().collect();
        let stored: Vec<f32> = stored.iter().map(|n| f32::from(n.cast_signed())).collect();
        let cosine = cosine(&some, &stored);
        assert!(cosine >= 0.999, "{cosine} {sentence:?}");
        assert!((vector.iter().map(|n| n * n).sum::<f32>() - 1.0).abs() < 1e-5);
    }
}

#[test]
fn a_text_has_the_same_vector_whatever_it_is_encoded_with() {
    let Some(encoder) = encoder() else { return };
    let sentences: Vec<String> = sentences().into_iter().map(|(sentence, _)| sentence).collect();
    let sentences: Vec<&String> = sentences.iter().step_by(STEP).collect();
    let together = encoder.encode(&sentences).unwrap();
    let again = Encoder::open(encoder.model().path()).unwrap();
    for (sentence, vector) in sentences.iter().zip(together.chunks_exact(DIMENSIONS)).step_by(9) {
        assert_eq!(again.encode(&[sentence]).unwrap(), vector, "{sentence:?}");
    }
}

#[test]
fn a_question_is_nearest_to_its_answer_in_another_language() {
    let Some(encoder) = encoder() else { return };
    let texts = [
        "How can I hide my identity online from the police?",
        "Cómo ocultar su identidad en internet ante las autoridades.",
        "La cosecha de café fue buena este año.",
        "Cacher son identité en ligne face à la police.",
    ];
    let vectors = encoder.encode(&texts).unwrap();
    let vectors: Vec<&[f32]> = vectors.chunks_exact(DIMENSIONS).collect();
    let unrelated = cosine(vectors[0], vectors[2]);
    assert!(cosine(vectors[0], vectors[1]) > unrelated + 0.2);
    assert!(cosine(vectors[0], vectors[3]) > unrelated + 0.2);
}

#[test]
fn a_text_of_any_length_is_encoded() {
    let Some(encoder) = encoder() else { return };
    let long = "tortura ".repeat(20_000);
    assert_eq!(encoder.encode(&[long.as_str(), ""]).unwrap().len(), 2 * DIMENSIONS);
    assert!(encoder.encode::<&str>(&[]).unwrap().is_empty());
}
