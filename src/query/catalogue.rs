//! Columns of the library's catalogue as filters: `court=Inter-American Court` in, terms of the index out.
//!
//! A cell that semicolons part is found by each part. Case and accents do not matter, and `*` in a value stands for any text.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use tantivy::Searcher;
use tantivy::schema::Field;

use super::Error;
use super::engine;
use crate::index::cell;

/// A value that a column of the catalogue is asked to have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The column's header; case does not matter.
    pub column: String,
    /// The value.
    pub value: String,
}

/// The terms that the asked cells stand for, by column: of one column any will do. A value that no document has gives none.
///
/// # Errors
/// [`Error::Column`] for a column that no catalogue has, or when the index cannot be read.
pub fn terms(
    asked: &[Cell],
    field: Field,
    searcher: &Searcher,
) -> Result<BTreeMap<String, Vec<String>>, Error> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for asked in asked {
        let column = asked.column.trim().to_lowercase();
        let pattern = cell(&column, asked.value.trim());
        let (head, _) = pattern.split_once('*').unwrap_or((&pattern, ""));
        let mut exists = false;
        let terms = found.entry(column.clone()).or_default();
        for term in beginning(&format!("{column}\0"), field, searcher).map_err(engine)? {
            exists = true;
            if term.starts_with(head) && matches(&pattern, &term) {
                terms.push(term);
            }
        }
        if !exists {
            return Err(Error::Column {
                name: asked.column.clone(),
                known: known(field, searcher)?,
            });
        }
    }
    Ok(found)
}

/// The columns that the library's catalogues have, in order.
fn known(field: Field, searcher: &Searcher) -> Result<Vec<String>, Error> {
    let terms = beginning("", field, searcher).map_err(engine)?;
    let columns = terms.iter().filter_map(|term| term.split('\0').next());
    let columns: BTreeSet<String> = columns.map(str::to_owned).collect();
    Ok(columns.into_iter().collect())
}

/// The terms of a field that begin so.
fn beginning(prefix: &str, field: Field, searcher: &Searcher) -> tantivy::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut terms = inverted.terms().range().ge(prefix).into_stream()?;
        while terms.advance() && terms.key().starts_with(prefix.as_bytes()) {
            found.insert(String::from_utf8_lossy(terms.key()).into_owned());
        }
    }
    Ok(found)
}

/// Whether a pattern with `*` for any text, or none, fits a whole text.
fn matches(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = text.strip_prefix(pieces.next().unwrap_or_default()) else { return false };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        // The last piece must end the text; the others are taken where they come first.
        if pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fold;

    #[track_caller]
    fn check(pattern: &str, text: &str, expected: bool) {
        assert_eq!(matches(&fold(pattern), &fold(text)), expected, "{pattern} {text}");
    }

    #[test]
    fn a_star_stands_for_any_text() {
        check("Series C", "series c", true);
        check("series", "series c", false);
        check("series*", "series c", true);
        check("*c", "series c", true);
        check("s*s*c", "series c", true);
        check("s*x*c", "series c", false);
        check("ab*ba", "aba", false);
        check("*", "", true);
        check("México", "mexico", true);
    }
}
