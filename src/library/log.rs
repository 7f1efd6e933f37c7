//! A log of searches: what was asked, when, and how much was found, for those who must show that they looked.
//!
//! A line a search: CSV where the file's name ends in `.csv`, otherwise JSON. Lines are appended whole, under a lock.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;

use super::{Error, Library};
use crate::document::{Date, Language, PublisherKind};
use crate::output::contract::{Line, Logged, Understood};
use crate::output::harmless_cell;
use crate::query::{Answer, By, Cell, Request, Semantic, Sort};
use crate::taxonomy::{CountryCode, ViolationId, Violations};

impl Library {
    /// Appends a search and what it found to a log.
    ///
    /// # Errors
    /// When the log cannot be written.
    pub fn log(&self, log: &Path, request: &Request, answer: &Answer) -> Result<(), Error> {
        let line = Line::Search(Box::new(entry(self.place(), request, answer)));
        append(log, &line).map_err(|source| Error::Log { path: log.to_owned(), source })
    }
}

fn append(log: &Path, line: &Line) -> io::Result<()> {
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(log)?;
    // Until the file is closed, no other search writes to it.
    file.lock()?;
    let (empty, broken) = end_of(&mut file)?;
    let mut lines = if broken { b"\n".to_vec() } else { Vec::new() };
    if log.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv")) {
        lines.extend(csv_lines(&serde_json::to_value(line)?, empty)?);
    } else {
        line.write(&mut lines)?;
    }
    file.write_all(&lines)
}

/// Whether a file is empty, and whether its last line lacks its end.
fn end_of(file: &mut File) -> io::Result<(bool, bool)> {
    let length = file.seek(SeekFrom::End(0))?;
    if length == 0 {
        return Ok((true, false));
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok((false, last != *b"\n"))
}

fn entry(index: &Path, request: &Request, answer: &Answer) -> Logged {
    let summary = &answer.summary;
    let index = std::path::absolute(index).unwrap_or_else(|_| index.to_owned());
    Logged {
        date: now(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        index: index.display().to_string(),
        text: request.text.clone(),
        query: summary.query.clone(),
        understood: Understood::from(&summary.understood),
        filters: filters(request),
        by: match request.by {
            By::Document => "document",
            By::Passage => "passage",
        }
        .to_owned(),
        sort: match request.sort {
            Sort::Relevance => "relevance",
            Sort::Date => "date",
        }
        .to_owned(),
        offset: request.offset,
        shown: answer.results.len(),
        documents: summary.documents,
        passages: summary.passages,
        meaning: summary.meaning,
        by_meaning: summary.by_meaning,
        complete: summary.complete,
        folded: summary.folded,
        undated: summary.undated,
    }
}

/// The filters that were set, by the names of their options.
fn filters(request: &Request) -> BTreeMap<String, Vec<String>> {
    let codes = |codes: &[CountryCode]| codes.iter().map(ToString::to_string).collect();
    let table = Violations::builtin();
    let ids = |ids: &[ViolationId]| ids.iter().map(|id| table.id(*id).to_owned()).collect();
    let cells = |cells: &[Cell]| {
        cells.iter().map(|cell| format!("{}={}", cell.column, cell.value)).collect()
    };
    let languages = |languages: &[Language]| languages.iter().map(ToString::to_string).collect();
    let date = |date: Option<Date>| date.iter().map(ToString::to_string).collect();
    let kinds = |kinds: &[PublisherKind]| kinds.iter().map(ToString::to_string).collect();
    let flag = |set: bool| if set { vec!["yes".to_owned()] } else { Vec::new() };
    let not = &request.not;
    let semantic = match request.semantic {
        Semantic::Auto => Vec::new(),
        Semantic::Off => vec!["off".to_owned()],
        Semantic::Only => vec!["only".to_owned()],
    };
    let all: [(&str, Vec<String>); 18] = [
        ("country", codes(&request.countries)),
        ("violation", ids(&request.violations)),
        ("mentions", flag(request.mentions)),
        ("lang", languages(&request.languages)),
        ("publisher", request.publishers.clone()),
        ("kind", kinds(&request.kinds)),
        ("where", cells(&request.cells)),
        ("since", date(request.since)),
        ("until", date(request.until)),
        ("not-country", codes(&not.countries)),
        ("not-violation", ids(&not.violations)),
        ("not-lang", languages(&not.languages)),
        ("not-publisher", not.publishers.clone()),
        ("not-kind", kinds(&not.kinds)),
        ("not-where", cells(&not.cells)),
        ("literal", flag(request.literal)),
        ("unfold", flag(request.unfold)),
        ("semantic", semantic),
    ];
    let set = all.into_iter().filter(|(_, values)| !values.is_empty());
    set.map(|(name, values)| (name.to_owned(), values)).collect()
}

/// The columns of a log in CSV, in order: stable, so that a log can grow over years.
const COLUMNS: [&str; 15] = [
    "date",
    "text",
    "filters",
    "documents",
    "passages",
    "shown",
    "complete",
    "folded",
    "undated",
    "by",
    "sort",
    "offset",
    "query",
    "index",
    "version",
];

fn csv_lines(entry: &Value, with_header: bool) -> io::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    if with_header {
        table.write_record(COLUMNS)?;
    }
    table.write_record(COLUMNS.map(|column| harmless_cell(cell(&entry[column]))))?;
    table.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

fn cell(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(cell).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| format!("{name}: {}", cell(value)));
            fields.collect::<Vec<_>>().join("; ")
        }
        value => value.to_string(),
    }
}

/// This moment, in UTC, to the second: `2023-10-12T08:30:00Z`.
fn now() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    utc(since.map_or(0, |since| since.as_secs()))
}

/// A moment given in seconds since 1970.
fn utc(seconds: u64) -> String {
    let moment = i64::try_from(seconds).ok().map(time::OffsetDateTime::from_unix_timestamp);
    let moment = moment.and_then(Result::ok).unwrap_or(time::OffsetDateTime::UNIX_EPOCH);
    let (year, month, day) = (moment.year(), u8::from(moment.month()), moment.day());
    let (hour, minute, second) = moment.to_hms();
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_in_utc() {
        for (seconds, expected) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_704_067_199, "2023-12-31T23:59:59Z"),
            (1_709_251_199, "2024-02-29T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(utc(seconds), expected);
        }
    }
}
