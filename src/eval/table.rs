//! Tables of judgments: UTF-8, tab-separated, a header line, no quoting (a `"` is a character like any other).

use std::path::{Path, PathBuf};

use super::Error;
use crate::taxonomy::CountryCode;

/// A table, read whole.
pub(super) struct Table {
    path: PathBuf,
    text: String,
    columns: Vec<String>,
}

/// One line of a table.
pub(super) struct Row<'t> {
    table: &'t Table,
    line: usize,
    cells: Vec<&'t str>,
}

impl Table {
    /// Reads a table that must have these columns, in any order, and may have more.
    pub(super) fn read(path: &Path, required: &[&str]) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| Error::Io { path: path.to_owned(), source })?;
        let header = text.lines().next().unwrap_or_default().trim_start_matches('\u{feff}');
        let columns: Vec<String> =
            header.split('\t').map(|column| column.trim().to_owned()).collect();
        let table = Self { path: path.to_owned(), text, columns };
        match required.iter().find(|required| table.column(required).is_none()) {
            Some(missing) => Err(table.malformed(1, format!("no column '{missing}'"))),
            None => Ok(table),
        }
    }

    /// The lines after the header; blank ones are passed over. Cells missing at a line's end are empty.
    pub(super) fn rows(&self) -> impl Iterator<Item = Result<Row<'_>, Error>> {
        let lines =
            self.text.lines().enumerate().skip(1).filter(|(_, text)| !text.trim().is_empty());
        lines.map(|(at, text)| {
            let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
            let (given, known) = (cells.len(), self.columns.len());
            if given > known {
                return Err(self.malformed(at + 1, format!("{given} cells, but {known} columns")));
            }
            Ok(Row { table: self, line: at + 1, cells })
        })
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    fn malformed(&self, line: usize, problem: String) -> Error {
        Error::Malformed { path: self.path.clone(), line, problem }
    }
}

impl<'t> Row<'t> {
    /// The cell of a column; `None` if it is empty or the table has no such column.
    pub(super) fn get(&self, column: &str) -> Option<&'t str> {
        let cell = self.cells.get(self.table.column(column)?)?;
        (!cell.is_empty()).then_some(*cell)
    }

    /// The cell of a column that must not be empty.
    pub(super) fn require(&self, column: &str) -> Result<&'t str, Error> {
        self.get(column).ok_or_else(|| self.malformed(format!("'{column}' is empty")))
    }

    /// A cell made a value; `None` if it is empty.
    pub(super) fn parse<T>(
        &self,
        column: &str,
        what: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, Error> {
        let Some(cell) = self.get(column) else { return Ok(None) };
        parse(cell).map(Some).ok_or_else(|| self.malformed(format!("'{cell}' is not a {what}")))
    }

    /// A country's code; `None` if the cell is empty.
    pub(super) fn country(&self) -> Result<Option<CountryCode>, Error> {
        self.parse("country", "country code", CountryCode::new)
    }

    /// A physical page; `None` if the cell is empty.
    pub(super) fn page(&self) -> Result<Option<u32>, Error> {
        self.parse("page", "page number", |cell| cell.parse().ok().filter(|page| *page > 0))
    }

    /// The error that names this line.
    pub(super) fn malformed(&self, problem: String) -> Error {
        self.table.malformed(self.line, problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.tsv");
        std::fs::write(&path, text).unwrap();
        let read = || -> Result<String, Error> {
            let table = Table::read(&path, &["file", "page"])?;
            let rows: Result<Vec<_>, Error> = table
                .rows()
                .map(|row| {
                    row.and_then(|row| Ok(format!("{} {:?}", row.require("file")?, row.page()?)))
                })
                .collect();
            Ok(rows?.join("; "))
        };
        let shown = read().unwrap_or_else(|error| {
            error.to_string().replace(&path.display().to_string(), "t.tsv")
        });
        assert_eq!(shown, expected);
    }

    #[test]
    fn columns_are_found_by_name() {
        check("page\tother\tfile\n3\tx\ta\n\n\t\tb\n", "a Some(3); b None");
        check("\u{feff}file\tpage\r\n\"a\t7\r\nb\r\n", "\"a Some(7); b None");
        check("file\tpage\n", "");
    }

    #[test]
    fn a_wrong_line_is_named() {
        check("file\n", "t.tsv:1: no column 'page'");
        check("", "t.tsv:1: no column 'file'");
        check("file\tpage\na\t1\n\t2\n", "t.tsv:3: 'file' is empty");
        check("file\tpage\na\t0\n", "t.tsv:2: '0' is not a page number");
        check("file\tpage\na\t1\tx\n", "t.tsv:2: 3 cells, but 2 columns");
    }
}
