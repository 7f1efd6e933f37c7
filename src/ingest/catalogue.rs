//! A library's own catalogue: a CSV file that says of documents what they do not say themselves. Its values win.

mod cells;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::walk::without_parents;
use crate::document::{Date, Language, PublisherKind};
use crate::index::record::CatalogueRow;
use crate::taxonomy::{Countries, Violations};

/// Rows by absolute path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    rows: BTreeMap<PathBuf, CatalogueRow>,
    /// The catalogues themselves, by the folder that their paths are relative to.
    sources: Vec<(PathBuf, PathBuf)>,
}

/// Why a catalogue cannot be used. A wrong catalogue would quietly mislabel a library, so it ends the run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not readable as CSV.
    #[error("{}", path.display())]
    Csv {
        /// The catalogue.
        path: PathBuf,
        /// The reader's reason.
        source: csv::Error,
    },
    /// No column says which file a row is about.
    #[error("{}: no column 'path'", .0.display())]
    NoPath(PathBuf),
    /// A value that means nothing.
    #[error("{}: line {line}: {reason}", path.display())]
    Value {
        /// The catalogue.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
}

impl Catalogue {
    /// Reads a catalogue; a row's path is relative to the catalogue's folder.
    ///
    /// # Errors
    /// When it is not CSV with a header, has no `path` column, or a date, language, country or violation is unknown.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let csv_error = |source| Error::Csv { path: path.to_owned(), source };
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).from_path(path).map_err(csv_error)?;
        let headers: Vec<String> = reader
            .headers()
            .map_err(csv_error)?
            .iter()
            .map(|header| header.trim().to_lowercase())
            .collect();
        if !headers.iter().any(|header| header == "path") {
            return Err(Error::NoPath(path.to_owned()));
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut catalogue = Self::default();
        for record in reader.records() {
            let record = record.map_err(csv_error)?;
            let line = record.position().map_or(0, csv::Position::line);
            let (file, row) = parse(&headers, &record).map_err(|reason| Error::Value {
                path: path.to_owned(),
                line,
                reason,
            })?;
            catalogue.rows.insert(without_parents(&folder.join(file)), row);
        }
        catalogue.sources.push((folder.to_owned(), path.to_owned()));
        Ok(catalogue)
    }

    /// Adds another catalogue's rows.
    pub fn extend(&mut self, other: Self) {
        self.rows.extend(other.rows);
        self.sources.extend(other.sources);
    }

    /// What it says of a file.
    pub fn row(&self, path: &Path) -> Option<&CatalogueRow> {
        self.rows.get(path)
    }

    /// The paths that it has a row for, in order.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.rows.keys().map(PathBuf::as_path)
    }

    /// Whether a file lies in the folder of a catalogue, so that a row could be expected.
    pub fn covers(&self, path: &Path) -> bool {
        self.sources.iter().any(|(folder, _)| path.starts_with(folder))
    }

    /// Whether this file is one of the catalogues themselves.
    pub fn is_source(&self, path: &Path) -> bool {
        self.sources.iter().any(|(_, source)| source == path)
    }
}

/// The path of a row's file as it is written, and what the row says.
fn parse(headers: &[String], record: &csv::StringRecord) -> Result<(String, CatalogueRow), String> {
    let mut row = CatalogueRow { hash: hash_of(headers, record), ..CatalogueRow::default() };
    let mut file = String::new();
    for (header, value) in headers.iter().zip(record.iter().map(str::trim)) {
        if value.is_empty() {
            continue;
        }
        match header.as_str() {
            "path" => value.clone_into(&mut file),
            "title" => row.title = Some(value.to_owned()),
            "publisher" => row.publisher = Some(value.to_owned()),
            "kind" => row.kind = Some(kind(value)?),
            "url" => row.url = Some(value.to_owned()),
            "published" => {
                row.published = Some(value.parse::<Date>().map_err(|error| error.to_string())?);
            }
            "language" | "languages" => row.languages = languages(value)?,
            "countries" | "country" => {
                let countries = Countries::builtin();
                let codes = cells::list(value, |name| countries.named(name));
                let codes = codes.map_err(|name| unknown(countries.lookup(name)))?;
                row.countries = codes.into_iter().map(|code| code.to_string()).collect();
            }
            "violations" | "violation" => {
                let violations = Violations::builtin();
                let ids = cells::list(value, |name| Some(violations.find(name)?.to_vec()));
                let ids = ids.map_err(|name| unknown(violations.lookup(name)))?;
                row.violations = ids.into_iter().map(|id| violations.id(id).to_owned()).collect();
            }
            _ => row.other.push((header.clone(), value.to_owned())),
        }
    }
    if file.is_empty() {
        return Err("no path".to_owned());
    }
    Ok((file, row))
}

fn kind(cell: &str) -> Result<PublisherKind, String> {
    PublisherKind::parse(cell).ok_or_else(|| {
        let known = PublisherKind::ALL.map(PublisherKind::as_str).join(", ");
        format!("unknown kind of publisher '{cell}'; known are {known}")
    })
}

fn languages(cell: &str) -> Result<Vec<Language>, String> {
    let codes = cell.split(|c: char| c.is_whitespace() || c == ';' || c == ',');
    let codes = codes.filter(|code| !code.is_empty());
    codes.map(|code| Language::parse(code).ok_or(format!("unknown language '{code}'"))).collect()
}

/// Why a name is refused, with the nearest known ones.
fn unknown<T>(looked_up: Result<T, crate::taxonomy::Unknown>) -> String {
    let Err(unknown) = looked_up else { return "unknown name".to_owned() };
    let nearest = unknown.nearest.join(", or ");
    if nearest.is_empty() {
        unknown.to_string()
    } else {
        format!("{unknown}; did you mean {nearest}?")
    }
}

/// Headers too: a column by another name says another thing.
fn hash_of(headers: &[String], record: &csv::StringRecord) -> u64 {
    let mut hasher = blake3::Hasher::new();
    for (header, value) in headers.iter().zip(record) {
        hasher.update(header.as_bytes()).update(b"\0").update(value.as_bytes()).update(b"\0");
    }
    let mut head = [0; 8];
    head.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    u64::from_le_bytes(head) | 1
}
