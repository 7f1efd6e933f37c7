//! Stems beside Snowball's own, where the evaluation sets are at hand.

use amparo::analysis::{Stemmer, fold, words};
use amparo::document::Language;

use crate::support::evaluation;

/// Counts every word of a Snowball vocabulary that comes out with Snowball's stem: the word goes through the tokenizer as text
/// does (which drops elided articles and possessives), then through the stemmer; accents, apostrophes and dots are folded in
/// our stem and in Snowball's. Only the stem of the word as written counts, not the second one of the folded word.
#[track_caller]
fn check(file: &str, language: Language, least: f64) {
    let Some(folder) = evaluation(&format!("stems {file}")) else { return };
    let table = std::fs::read_to_string(folder.join(format!("stem/{file}.tsv"))).unwrap();
    let mut stemmer = Stemmer::new(language).unwrap();
    let (mut asked, mut others) = (0, Vec::new());
    for (word, theirs) in table.lines().filter_map(|line| line.split_once('\t')) {
        asked += 1;
        let stems: Vec<_> =
            words(word).map(|word| stemmer.stems(word.text).written.clone()).collect();
        let ours = stems.join(" ");
        if ours != fold(theirs) {
            others.push(format!("{word}: {ours}, not {}", fold(theirs)));
        }
    }
    let share = 1.0 - others.len() as f64 / f64::from(asked);
    println!(
        "{file}: {} of {asked} words ({:.3} %) have Snowball's stem, through our tokenizer, folded on both sides",
        asked as usize - others.len(),
        100.0 * share,
    );
    assert!(asked > 20_000 && share >= least, "{share:.4} of {asked}: {others:#?}");
}

#[test]
fn english_agrees_with_snowball() {
    check("en", Language::En, 0.998);
}

#[test]
fn spanish_agrees_with_snowball() {
    check("es", Language::Es, 0.998);
}

#[test]
fn french_agrees_with_snowball() {
    check("fr", Language::Fr, 0.995);
}
