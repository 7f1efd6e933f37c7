//! Which passages may appear at all: filters as one set of passages for each segment.

use tantivy::query::{BooleanQuery, EnableScoring, Occur, Query, TermSetQuery, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, Searcher, SegmentReader, Term};

use super::catalogue::{self, Cell};
use super::{Error, Request, engine};
use crate::analysis::fold;
use crate::index::{Fields, KIND_PASSAGE};
use crate::taxonomy::{CountryCode, Publishers, ViolationId, Violations};

/// The filters of a request, ready to be evaluated.
pub struct Filters {
    /// `None` where every passage may appear.
    weight: Option<Box<dyn Weight>>,
}

/// The passages of a segment that the filters let in.
pub struct Admitted(Option<Vec<bool>>);

impl Admitted {
    /// Whether a passage may appear.
    pub fn has(&self, doc: DocId) -> bool {
        self.0.as_ref().is_none_or(|admitted| admitted[doc as usize])
    }
}

impl std::fmt::Debug for Filters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Filters").finish_non_exhaustive()
    }
}

impl Filters {
    /// The filters of a request. Several values of one filter are alternatives; different filters must all hold; what is
    /// excluded is what a filter of these values would admit.
    ///
    /// # Errors
    /// [`Error::Column`] for a column that no catalogue has, or when the index cannot be read.
    pub fn of(request: &Request, fields: &Fields, searcher: &Searcher) -> Result<Self, Error> {
        let mut clauses = Clauses { searcher, fields, mentions: request.mentions, all: Vec::new() };
        // The engine does not answer exclusions alone.
        clauses.any_of(Occur::Must, fields.kind, [KIND_PASSAGE]);
        let (must, not) = (Occur::Must, &request.not);
        clauses.countries(must, &request.countries);
        clauses.violations(must, &request.violations);
        clauses.any_of(must, fields.languages, &request.languages);
        clauses.publishers(must, &request.publishers).map_err(engine)?;
        clauses.any_of(must, fields.publisher_kind, &request.kinds);
        clauses.cells(must, &request.cells)?;
        let must_not = Occur::MustNot;
        clauses.countries(must_not, &not.countries);
        clauses.violations(must_not, &not.violations);
        clauses.any_of(must_not, fields.languages, &not.languages);
        clauses.publishers(must_not, &not.publishers).map_err(engine)?;
        clauses.any_of(must_not, fields.publisher_kind, &not.kinds);
        clauses.cells(must_not, &not.cells)?;
        if clauses.all.len() == 1 {
            return Ok(Self { weight: None });
        }
        let query = BooleanQuery::new(clauses.all);
        let weight =
            query.weight(EnableScoring::disabled_from_searcher(searcher)).map_err(engine)?;
        Ok(Self { weight: Some(weight) })
    }

    /// Which passages of a segment may appear, as far as the filters say. Deleted ones are not told apart.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn admitted(&self, segment: &SegmentReader) -> tantivy::Result<Admitted> {
        let Some(weight) = &self.weight else { return Ok(Admitted(None)) };
        let mut admitted = vec![false; segment.max_doc() as usize];
        weight.for_each_no_score(segment, &mut |docs| {
            docs.iter().for_each(|doc| admitted[*doc as usize] = true);
        })?;
        Ok(Admitted(Some(admitted)))
    }
}

/// The clauses of the filters, as they are gathered. A filter without values says nothing.
struct Clauses<'s> {
    searcher: &'s Searcher,
    fields: &'s Fields,
    mentions: bool,
    all: Vec<(Occur, Box<dyn Query>)>,
}

impl Clauses<'_> {
    /// Passages that have one of these values in a field.
    fn any_of<V: ToString>(
        &mut self,
        occur: Occur,
        field: Field,
        values: impl IntoIterator<Item = V>,
    ) {
        let values = values.into_iter().map(|value| value.to_string());
        self.any_in(occur, &[field], &values.collect::<Vec<_>>());
    }

    /// Passages that have one of these values in one of the fields.
    fn any_in(&mut self, occur: Occur, fields: &[Field], values: &[String]) {
        if values.is_empty() {
            return;
        }
        let terms = fields
            .iter()
            .flat_map(|field| values.iter().map(|value| Term::from_field_text(*field, value)));
        self.all.push((occur, Box::new(TermSetQuery::new(terms))));
    }

    fn countries(&mut self, occur: Occur, codes: &[CountryCode]) {
        let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
        let fields = [self.fields.countries_about, self.fields.countries_mentioned];
        self.any_in(occur, &fields[..=usize::from(self.mentions)], &codes);
    }

    fn violations(&mut self, occur: Occur, ids: &[ViolationId]) {
        let table = Violations::builtin();
        let ids: Vec<String> = ids.iter().map(|id| table.id(*id).to_owned()).collect();
        let fields = [self.fields.violations_about, self.fields.violations_mentioned];
        self.any_in(occur, &fields[..=usize::from(self.mentions)], &ids);
    }

    fn publishers(&mut self, occur: Occur, asked: &[String]) -> tantivy::Result<()> {
        if !asked.is_empty() {
            let known = publishers_like(asked, self.fields.publisher, self.searcher)?;
            self.any_of(occur, self.fields.publisher, known);
        }
        Ok(())
    }

    /// Each column must have one of the values asked of it; to be excluded, one of them is enough.
    fn cells(&mut self, occur: Occur, asked: &[Cell]) -> Result<(), Error> {
        for (_, mut terms) in catalogue::terms(asked, self.fields.cells, self.searcher)? {
            // No value at all gives a term that matches nothing.
            terms.push(String::new());
            self.any_of(occur, self.fields.cells, terms);
        }
        Ok(())
    }
}

/// The indexed publishers of whose names, in any language that the table of publishers has them in, one holds one of the given
/// texts, folded. None at all gives a text that matches nothing.
fn publishers_like(
    asked: &[String],
    field: Field,
    searcher: &Searcher,
) -> tantivy::Result<Vec<String>> {
    let asked: Vec<String> = asked.iter().map(|name| fold(name)).collect();
    let holds = |name: &str| asked.iter().any(|asked| name.contains(asked.as_str()));
    let known = Publishers::builtin().all();
    let known: Vec<String> = known
        .filter(|publisher| publisher.names().any(|name| holds(&fold(name))))
        .map(|publisher| fold(publisher.name))
        .collect();
    let mut found = vec![String::new()];
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut names = inverted.terms().stream()?;
        while names.advance() {
            let name = String::from_utf8_lossy(names.key());
            if holds(&name) || known.iter().any(|known| *known == name) {
                found.push(name.into_owned());
            }
        }
    }
    Ok(found)
}
