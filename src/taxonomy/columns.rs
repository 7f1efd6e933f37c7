//! Tables with a column for each language: the columns that are there are taken, whichever they are.
//!
//! A table's text in, cells by the names of their columns out. Lines that begin with `#` are comments; the first other line
//! names the columns.

use crate::document::Language;

/// Texts by language, in the order of [`Language::INDEXED`]; empty where there is none.
pub(super) type ByLanguage = [&'static str; Language::COUNT];

/// The text in a language; in English where there is none.
pub(super) fn in_language(texts: &ByLanguage, language: Language) -> &'static str {
    let own = language.slot().map_or("", |slot| texts[slot]);
    if own.is_empty() { texts[Language::En.place()] } else { own }
}

/// The lines of a table that are not comments.
pub(super) fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

/// The rows of a table whose first line names its columns; without those that have not a cell for each.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Row> {
    let mut lines = lines(table);
    let columns: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    lines.filter_map(move |line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let complete = cells.len() == columns.len();
        complete.then(|| Row(columns.iter().copied().zip(cells).collect()))
    })
}

/// A line: its cells, each with its column's name.
pub(super) struct Row(Vec<(&'static str, &'static str)>);

impl Row {
    /// The cell of a column.
    pub(super) fn cell(&self, column: &str) -> Option<&'static str> {
        self.0.iter().find(|(own, _)| *own == column).map(|(_, cell)| *cell)
    }

    /// The cells of the columns that are named by a language's code.
    pub(super) fn by_language(&self) -> ByLanguage {
        Language::INDEXED.map(|language| self.cell(language.code()).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_that_are_there_are_read() {
        let table = "# a comment\nid\tfr\ten\txx\none\tun\tone\t?\nbroken\ttwo\n";
        let rows: Vec<Row> = rows(table).collect();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].cell("id"), Some("one"));
        let names = rows[0].by_language();
        assert_eq!(in_language(&names, Language::Fr), "un");
        assert_eq!(in_language(&names, Language::Es), "one", "English where it has none");
        assert_eq!(in_language(&names, Language::Other), "one");
    }
}
