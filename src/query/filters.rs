//! Which passages may appear at all: filters as one set of passages for each segment.

use tantivy::query::{BooleanQuery, EnableScoring, Occur, Query, TermQuery, TermSetQuery, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, SegmentReader, Term};

use super::Request;
use crate::analysis::fold;
use crate::index::{Fields, KIND_PASSAGE};
use crate::taxonomy::Violations;

/// The filters of a request, ready to be evaluated.
pub struct Filters {
    weight: Box<dyn Weight>,
}

impl std::fmt::Debug for Filters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Filters").finish_non_exhaustive()
    }
}

impl Filters {
    /// The filters of a request. Several values of one filter are alternatives; different filters must all hold.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn of(request: &Request, fields: &Fields, searcher: &Searcher) -> tantivy::Result<Self> {
        let passage = Term::from_field_text(fields.kind, KIND_PASSAGE);
        let mut clauses: Vec<(Occur, Box<dyn Query>)> =
            vec![(Occur::Must, Box::new(TermQuery::new(passage, IndexRecordOption::Basic)))];
        let mut any_of = |field: Field, values: Vec<String>| {
            if !values.is_empty() {
                let terms = values.iter().map(|value| Term::from_field_text(field, value));
                clauses.push((Occur::Must, Box::new(TermSetQuery::new(terms))));
            }
        };
        let text = |value: &dyn ToString| value.to_string();
        any_of(fields.countries_about, request.countries.iter().map(|code| text(code)).collect());
        let id = |violation: &_| Violations::builtin().id(*violation).to_owned();
        any_of(fields.violations_about, request.violations.iter().map(id).collect());
        any_of(fields.languages, request.languages.iter().map(|language| text(language)).collect());
        if !request.publishers.is_empty() {
            any_of(
                fields.publisher,
                publishers_like(&request.publishers, fields.publisher, searcher)?,
            );
        }
        let query = BooleanQuery::new(clauses);
        Ok(Self { weight: query.weight(EnableScoring::disabled_from_searcher(searcher))? })
    }

    /// For each passage of a segment, whether it may appear. Deleted ones may not.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn admitted(&self, segment: &SegmentReader) -> tantivy::Result<Vec<bool>> {
        let mut admitted = vec![false; segment.max_doc() as usize];
        let alive = segment.alive_bitset();
        self.weight.for_each_no_score(segment, &mut |docs| {
            for doc in docs.iter().filter(|doc| alive.is_none_or(|alive| alive.is_alive(**doc))) {
                admitted[*doc as usize] = true;
            }
        })?;
        Ok(admitted)
    }
}

/// The indexed publishers whose name holds one of the given texts, folded. None at all gives a text that matches nothing.
fn publishers_like(
    asked: &[String],
    field: Field,
    searcher: &Searcher,
) -> tantivy::Result<Vec<String>> {
    let asked: Vec<String> = asked.iter().map(|name| fold(name)).collect();
    let mut found = vec![String::new()];
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut names = inverted.terms().stream()?;
        while names.advance() {
            let name = String::from_utf8_lossy(names.key());
            if asked.iter().any(|asked| name.contains(asked.as_str())) {
                found.push(name.into_owned());
            }
        }
    }
    Ok(found)
}
