//! Sentences that are pasted into a query are text, whatever marks they bring along.

use amparo::query::syntax::parse;
use proptest::prelude::*;

use crate::support::evaluation;

/// Sentences of the evaluation sets in three languages, as their authors wrote them.
fn sentences() -> Option<Vec<String>> {
    let folder = evaluation("pasted sentences")?;
    let tables = [
        ("language/sentences.tsv", 1),
        ("labelled/cases-es.tsv", 2),
        ("labelled/recommendations-en.tsv", 2),
        ("known-item/piaf-fr/queries.tsv", 1),
        ("known-item/xquad-es/queries.tsv", 1),
        ("known-item/xquad-en/queries.tsv", 1),
        ("parallel/queries.tsv", 1),
    ];
    let mut sentences = Vec::new();
    for (table, column) in tables {
        let text = std::fs::read_to_string(folder.join(table)).unwrap();
        let cells = text.lines().skip(1).filter_map(|line| line.split('\t').nth(column));
        sentences.extend(cells.map(str::to_owned));
    }
    Some(sentences)
}

#[test]
fn sentences_of_the_evaluation_sets_are_never_errors() {
    let Some(sentences) = sentences() else { return };
    for sentence in &sentences {
        let query = parse(sentence);
        let query = query.unwrap_or_else(|error| panic!("{error}\n{}", error.render(sentence)));
        assert!(query.root.is_some(), "{sentence}");
    }
    println!("{} sentences parse", sentences.len());
}

/// What is cut out of a text or typed beside it: halves of pairs, doubled marks.
const MARKS: [&str; 24] = [
    "\"", "“", "”", "„", "«", "»", "« ", " »", "‘", "’", "'", "(", ")", "[", "]", "{", "}", ":",
    ": ", " - ", " – ", "...", "/", "?",
];

fn is_operator(word: &str) -> bool {
    matches!(word, "AND" | "OR" | "NOT")
}

#[test]
fn parts_of_sentences_with_odd_marks_are_never_errors() {
    let Some(sentences) = sentences() else { return };
    let marks = prop::collection::vec(
        (prop::sample::select(&MARKS[..]), any::<prop::sample::Index>()),
        0..4,
    );
    let cut = any::<(prop::sample::Index, prop::sample::Index)>();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 20_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner
        .run(&(prop::sample::select(sentences), cut, marks), |(sentence, cut, marks)| {
            let words: Vec<&str> = sentence.split(' ').collect();
            let mut ends = [cut.0.index(words.len() + 1), cut.1.index(words.len() + 1)];
            ends.sort_unstable();
            let part = words[ends[0]..ends[1]].join(" ");
            let mut text: Vec<String> = part.split_inclusive(' ').map(String::from).collect();
            for (mark, place) in marks {
                text.insert(place.index(text.len() + 1), mark.to_owned());
            }
            let text = text.concat();
            // `-(` and a word in capitals that is an operator are as well marked as can be; few sentences have either.
            if text.contains("-(") || text.split(|c: char| !c.is_alphabetic()).any(is_operator) {
                return Ok(());
            }
            if let Err(error) = parse(&text) {
                return Err(TestCaseError::fail(format!("{error}\n{}", error.render(&text))));
            }
            Ok(())
        })
        .unwrap();
}
