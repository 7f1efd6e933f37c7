//! The words by which the opening of a document is read: a data file, parsed once.

use std::sync::LazyLock;

use serde::Deserialize;

/// The lists of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lists {
    /// How the last line before the title begins, folded: the session, or the item of its agenda.
    pub(super) before_title: Vec<String>,
    /// How a line of the letterhead begins, folded, in which no title stands. Most stand right of or above it.
    pub(super) letterhead: Vec<String>,
    /// How titles begin, folded. Where one does, what stands before it is the item of the agenda.
    pub(super) openers: Vec<String>,
    /// Lines that begin a document's first section, folded.
    pub(super) sections: Vec<String>,
    /// What may stand before a country's name inside a title, folded: there the name is no subject of its own.
    pub(super) joining: Vec<String>,
    /// Beginnings of the title of what an expert declares, folded.
    pub(super) declarations: Vec<String>,
    /// Words before a publisher's name in an imprint, folded.
    pub(super) imprints: Vec<String>,
    /// Words of a letterhead's line, folded: such a line may be longer.
    pub(super) symbol_lines: Vec<String>,
    /// Words that tell that a symbol is another document's, folded.
    pub(super) of_others: Vec<String>,
    /// What an imprint ends with, in lower case.
    pub(super) rights: Vec<String>,
}

/// The built-in lists.
pub(super) fn lists() -> &'static Lists {
    static LISTS: LazyLock<Lists> = LazyLock::new(|| {
        toml::from_str(include_str!("words.toml")).expect("a test reads the built-in file")
    });
    &LISTS
}

/// Whether a text begins with one of these.
pub(super) fn begins_with(list: &[String], text: &str) -> bool {
    list.iter().any(|start| text.starts_with(start.as_str()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_file_is_read() {
        assert!(super::lists().openers.len() > 40);
    }
}
