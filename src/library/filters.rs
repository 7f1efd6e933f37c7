//! The filters of a search as they are typed, and what they mean.

use serde::{Deserialize, Serialize};

use super::Error;
use crate::document::{Date, Language, PublisherKind};
use crate::query::{Cell, Excluded, Request};
use crate::taxonomy::{Countries, CountryCode, ViolationId, Violations};

/// What may appear at all. Several values of one filter are alternatives; different filters must all hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filters {
    /// What is let in.
    #[serde(flatten)]
    pub only: FilterValues,
    /// Countries and violations also let in what only mentions them.
    pub mentions: bool,
    /// Published in or after: `2019`, `2019-03` or `2019-03-05`.
    pub since: Option<String>,
    /// Published in or before.
    pub until: Option<String>,
    /// What is left out: whatever these values would let in.
    pub not: FilterValues,
}

/// Values of filters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FilterValues {
    /// Codes or names of countries or regions.
    pub countries: Vec<String>,
    /// Ids or labels of violations or groups of them.
    pub violations: Vec<String>,
    /// Codes or names of languages.
    pub languages: Vec<String>,
    /// What publishers' names hold.
    pub publishers: Vec<String>,
    /// Kinds of publishers.
    pub kinds: Vec<String>,
    /// Columns of the catalogue and their values: `court=Supreme*`.
    pub cells: Vec<String>,
}

impl Filters {
    /// A request with these filters and nothing else.
    ///
    /// # Errors
    /// The first value that means nothing.
    pub fn request(&self) -> Result<Request, Error> {
        let date =
            |typed: &Option<String>| typed.as_ref().map(|typed| typed.parse::<Date>()).transpose();
        let only = self.only.meant()?;
        Ok(Request {
            countries: only.countries,
            violations: only.violations,
            mentions: self.mentions,
            languages: only.languages,
            publishers: only.publishers,
            kinds: only.kinds,
            cells: only.cells,
            since: date(&self.since)?,
            until: date(&self.until)?,
            not: self.not.meant()?,
            ..Request::default()
        })
    }
}

impl FilterValues {
    fn meant(&self) -> Result<Excluded, Error> {
        Ok(Excluded {
            countries: countries(&self.countries)?,
            violations: violations(&self.violations)?,
            languages: each(&self.languages, language)?,
            publishers: self.publishers.clone(),
            kinds: each(&self.kinds, kind)?,
            cells: each(&self.cells, cell)?,
        })
    }
}

fn each<T>(typed: &[String], meant: impl Fn(&str) -> Result<T, Error>) -> Result<Vec<T>, Error> {
    typed.iter().map(|typed| meant(typed)).collect()
}

/// The countries that typed names stand for.
fn countries(names: &[String]) -> Result<Vec<CountryCode>, Error> {
    let mut codes = Vec::new();
    for name in names {
        codes.extend(Countries::builtin().lookup(name)?);
    }
    Ok(codes)
}

/// The violations that typed names stand for.
pub(super) fn violations(names: &[String]) -> Result<Vec<ViolationId>, Error> {
    let mut ids = Vec::new();
    for name in names {
        ids.extend(Violations::builtin().lookup(name)?);
    }
    Ok(ids)
}

fn language(typed: &str) -> Result<Language, Error> {
    Language::parse(typed).ok_or_else(|| Error::Language(typed.to_owned()))
}

fn kind(typed: &str) -> Result<PublisherKind, Error> {
    PublisherKind::parse(typed).ok_or_else(|| Error::Kind(typed.to_owned()))
}

fn cell(typed: &str) -> Result<Cell, Error> {
    match typed.split_once('=') {
        Some((column, value)) if !column.trim().is_empty() && !value.trim().is_empty() => {
            Ok(Cell { column: column.to_owned(), value: value.to_owned() })
        }
        _ => Err(Error::Cell(typed.to_owned())),
    }
}
