//! A library's own catalogue: a CSV file that says of documents what they do not say themselves. Its values win.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::document::{Date, Language};
use crate::taxonomy::{Countries, CountryCode, ViolationId, Violations};

/// What a catalogue says of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Title.
    pub title: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Published date.
    pub published: Option<Date>,
    /// Languages.
    pub languages: Vec<Language>,
    /// Countries it is about.
    pub countries: Vec<CountryCode>,
    /// Violations it is about.
    pub violations: Vec<ViolationId>,
    /// Every other column, by its header.
    pub other: Vec<(String, String)>,
    /// Hash of the row's text, to notice a change; never 0.
    pub hash: u64,
}

/// Rows by absolute path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    rows: BTreeMap<PathBuf, Row>,
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
            let (file, row) = Row::parse(&headers, &record).map_err(|reason| Error::Value {
                path: path.to_owned(),
                line,
                reason,
            })?;
            catalogue.rows.insert(folder.join(file), row);
        }
        Ok(catalogue)
    }

    /// Adds another catalogue's rows.
    pub fn extend(&mut self, other: Self) {
        self.rows.extend(other.rows);
    }

    /// What it says of a file.
    pub fn row(&self, path: &Path) -> Option<&Row> {
        self.rows.get(path)
    }
}

impl Row {
    fn parse(headers: &[String], record: &csv::StringRecord) -> Result<(String, Self), String> {
        let mut row = Self { hash: hash_of(record), ..Self::default() };
        let mut file = String::new();
        for (header, value) in headers.iter().zip(record.iter().map(str::trim)) {
            if value.is_empty() {
                continue;
            }
            match header.as_str() {
                "path" => value.clone_into(&mut file),
                "title" => row.title = Some(value.to_owned()),
                "publisher" => row.publisher = Some(value.to_owned()),
                "published" => {
                    row.published = Some(value.parse::<Date>().map_err(|error| error.to_string())?);
                }
                "language" | "languages" => {
                    for code in value.split_whitespace() {
                        let language = Language::parse(code);
                        row.languages
                            .push(language.ok_or_else(|| format!("unknown language '{code}'"))?);
                    }
                }
                "countries" | "country" => {
                    for code in list(value) {
                        row.countries
                            .extend(Countries::builtin().lookup(code).map_err(|e| e.to_string())?);
                    }
                }
                "violations" | "violation" => {
                    for id in list(value) {
                        row.violations
                            .extend(Violations::builtin().lookup(id).map_err(|e| e.to_string())?);
                    }
                }
                _ => row.other.push((header.clone(), value.to_owned())),
            }
        }
        if file.is_empty() {
            return Err("no path".to_owned());
        }
        Ok((file, row))
    }
}

/// Values of one cell: parted by semicolons where there are any (names hold spaces), else by white space.
fn list(value: &str) -> Vec<&str> {
    if value.contains(';') {
        value.split(';').map(str::trim).filter(|part| !part.is_empty()).collect()
    } else {
        value.split_whitespace().collect()
    }
}

fn hash_of(record: &csv::StringRecord) -> u64 {
    let mut hasher = blake3::Hasher::new();
    for value in record {
        hasher.update(value.as_bytes()).update(b"\0");
    }
    let mut head = [0; 8];
    head.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    u64::from_le_bytes(head) | 1
}
