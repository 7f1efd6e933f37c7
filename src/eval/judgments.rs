//! Judged queries: what was asked, and which passages others found to answer it.
//!
//! A folder with `queries.tsv`, `qrels.tsv` and perhaps `pages.tsv` in, a [`RetrievalSet`] out. Scoring is in `metrics`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::table::Table;
use super::{Error, documents};
use crate::document::Language;
use crate::taxonomy::CountryCode;

/// What is judged: a page of a file, or a whole file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The file, relative to the ingested folder, with `/`.
    pub file: String,
    /// The physical page from 1; `None` for the whole file.
    pub page: Option<u32>,
}

/// A judged query. What is `None` is not asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Its id in the judgments.
    pub id: String,
    /// The words to search for.
    pub text: Option<String>,
    /// The country that results must be about.
    pub country: Option<CountryCode>,
    /// The id of a violation or of a group.
    pub violation: Option<String>,
    /// The language that results must be in.
    pub language: Option<Language>,
}

/// Queries with their judgments.
#[derive(Debug)]
pub struct RetrievalSet {
    /// The folder of the documents, to be ingested alone; the judgments name files relative to it.
    pub root: PathBuf,
    /// The queries in the file's order.
    pub queries: Vec<Query>,
    /// Grades by query.
    grades: BTreeMap<String, BTreeMap<Place, u8>>,
    /// The pages that were judged for every query, grade 0 where the grades say nothing.
    pages: BTreeSet<Place>,
    /// The country that each file is about, where the judgments say so.
    countries: BTreeMap<String, CountryCode>,
}

impl RetrievalSet {
    /// The judged queries of a folder.
    ///
    /// # Errors
    /// If a file of it cannot be read or a line is wrong.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let queries = read_queries(&folder.join("queries.tsv"))?;
        let ids: BTreeSet<&str> = queries.iter().map(|query| query.id.as_str()).collect();
        let grades = read_grades(&folder.join("qrels.tsv"), &ids)?;
        let pages = folder.join("pages.tsv");
        let (pages, countries) =
            if pages.is_file() { read_pages(&pages)? } else { Default::default() };
        Ok(Self { root: documents(folder)?, queries, grades, pages, countries })
    }

    /// The places that answer a query, in order of name.
    pub fn relevant(&self, query: &str) -> impl Iterator<Item = &Place> {
        let grades = self.grades.get(query).into_iter().flatten();
        grades.filter(|(_, grade)| **grade > 0).map(|(place, _)| place)
    }

    /// The grades of a query's judged places; a place without one is grade 0 or not judged.
    pub(super) fn grades(&self, query: &str) -> Option<&BTreeMap<Place, u8>> {
        self.grades.get(query)
    }

    /// Whether someone looked at a place for this query, whatever they found.
    pub(super) fn is_judged(&self, query: &str, place: &Place) -> bool {
        self.pages.contains(place)
            || self.grades.get(query).is_some_and(|grades| grades.contains_key(place))
    }

    /// Whether the judgments also say what does not answer: only then can what nobody judged be told from what is wrong.
    pub(super) fn has_negatives(&self) -> bool {
        !self.pages.is_empty() || self.grades.values().flatten().any(|(_, grade)| *grade == 0)
    }

    /// The country that a file is about, if the judgments say so.
    pub(super) fn country(&self, file: &str) -> Option<CountryCode> {
        self.countries.get(file).copied()
    }

    /// Whether the judgments say which country files are about.
    pub(super) fn knows_countries(&self) -> bool {
        !self.countries.is_empty()
    }
}

fn read_queries(path: &Path) -> Result<Vec<Query>, Error> {
    let table = Table::read(path, &["query", "text", "country", "violation"])?;
    let mut ids = BTreeSet::new();
    let mut queries = Vec::new();
    for row in table.rows() {
        let row = row?;
        let id = row.require("query")?.to_owned();
        if !ids.insert(id.clone()) {
            return Err(row.malformed(format!("query '{id}' stands twice")));
        }
        queries.push(Query {
            id,
            text: row.get("text").map(str::to_owned),
            country: row.country()?,
            violation: row.get("violation").map(str::to_owned),
            language: row.parse("language", "language", Language::parse)?,
        });
    }
    Ok(queries)
}

fn read_grades(
    path: &Path,
    queries: &BTreeSet<&str>,
) -> Result<BTreeMap<String, BTreeMap<Place, u8>>, Error> {
    let table = Table::read(path, &["query", "file", "page", "grade"])?;
    let mut grades: BTreeMap<String, BTreeMap<Place, u8>> = BTreeMap::new();
    for row in table.rows() {
        let row = row?;
        let query = row.require("query")?;
        if !queries.contains(query) {
            return Err(row.malformed(format!("no query '{query}' in queries.tsv")));
        }
        let place = Place { file: row.require("file")?.to_owned(), page: row.page()? };
        row.require("grade")?;
        let grade = row.parse("grade", "grade", |cell| cell.parse().ok())?.unwrap_or(0);
        if grades.entry(query.to_owned()).or_default().insert(place, grade).is_some() {
            return Err(row.malformed("this place is judged twice for its query".to_owned()));
        }
    }
    Ok(grades)
}

type Pages = (BTreeSet<Place>, BTreeMap<String, CountryCode>);

fn read_pages(path: &Path) -> Result<Pages, Error> {
    let table = Table::read(path, &["file", "country", "page"])?;
    let mut pages = BTreeSet::new();
    let mut countries = BTreeMap::new();
    for row in table.rows() {
        let row = row?;
        let file = row.require("file")?.to_owned();
        if let Some(country) = row.country()? {
            countries.insert(file.clone(), country);
        }
        pages.insert(Place { file, page: row.page()? });
    }
    Ok((pages, countries))
}
