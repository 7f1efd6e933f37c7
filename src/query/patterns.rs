//! Wildcards and misspellings as regular expressions over the folded words of the index.

use std::collections::BTreeSet;

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field as IndexField;
use tantivy::{Searcher, Term};

use super::syntax::Term as SyntaxTerm;
use crate::analysis::{fold, words};

/// A word, a pattern or a misspelling as a regular expression over the words of a field.
///
/// # Errors
/// When the index cannot be read.
pub fn regex_of(
    part: &SyntaxTerm,
    field: IndexField,
    searcher: &Searcher,
) -> tantivy::Result<String> {
    Ok(match part {
        SyntaxTerm::Word(word) => escape(&fold(word)),
        SyntaxTerm::Pattern(pattern) => regex_of_pattern(pattern),
        SyntaxTerm::Fuzzy { word, distance } => any(&misspelled(word, *distance, field, searcher)?),
    })
}

/// The same over a field that holds whole names, each one term, as [`regex_of`] gives it for one of their words.
///
/// # Errors
/// When the index cannot be read.
pub fn regex_in_names(
    part: &SyntaxTerm,
    field: IndexField,
    searcher: &Searcher,
) -> tantivy::Result<String> {
    let SyntaxTerm::Fuzzy { word, distance } = part else { return regex_of(part, field, searcher) };
    let typed = fold(word);
    let mut found = BTreeSet::from([typed.clone()]);
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut names = inverted.terms().stream()?;
        while names.advance() {
            let name = String::from_utf8_lossy(names.key());
            let known = words(&name).map(|word| fold(word.text));
            let near =
                |known: &String| strsim::osa_distance(known, &typed) <= usize::from(*distance);
            found.extend(known.filter(near));
        }
    }
    Ok(any(&found))
}

/// `*` for any letters or none, `?` for one.
pub fn regex_of_pattern(pattern: &str) -> String {
    let mut regex = String::new();
    for piece in pattern.split_inclusive(['*', '?']) {
        let letters = piece.trim_end_matches(['*', '?']);
        regex.push_str(&escape(&fold(letters)));
        regex.push_str(match piece.as_bytes().last() {
            Some(b'*') => ".*",
            Some(b'?') => ".",
            _ => "",
        });
    }
    regex
}

/// The indexed words within a distance of one; itself among them.
fn misspelled(
    word: &str,
    distance: u8,
    field: IndexField,
    searcher: &Searcher,
) -> tantivy::Result<BTreeSet<String>> {
    let word = fold(word);
    let automaton =
        FuzzyTermQuery::new(Term::from_field_text(field, &word), distance, true).automaton()?;
    let mut found = BTreeSet::from([word]);
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut known = inverted.terms().search(&automaton).into_stream()?;
        while known.advance() {
            found.extend(std::str::from_utf8(known.key()).ok().map(str::to_owned));
        }
    }
    Ok(found)
}

fn any(words: &BTreeSet<String>) -> String {
    format!("({})", words.iter().map(|word| escape(word)).collect::<Vec<_>>().join("|"))
}

/// A folded word with what a regular expression would take for more than a letter escaped.
pub fn escape(word: &str) -> String {
    let mut escaped = String::with_capacity(word.len());
    for c in word.chars() {
        if c.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
