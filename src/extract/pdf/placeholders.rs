//! What programs write where no one gave a title or a name: a data file, parsed once.

use std::sync::LazyLock;

use serde::Deserialize;

/// The lists of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lists {
    /// Programs whose names stand before that of the file that they printed.
    pub(super) printed_by: Vec<String>,
    /// Endings of files' names.
    pub(super) endings: Vec<String>,
    /// What programs write where no one gave a title; and names of organisations over their every document, as their templates have them.
    pub(super) titles: Vec<String>,
    /// What programs write where no one gave a person's or an organisation's name.
    pub(super) names: Vec<String>,
}

/// The built-in lists.
pub(super) fn lists() -> &'static Lists {
    static LISTS: LazyLock<Lists> = LazyLock::new(|| {
        toml::from_str(include_str!("placeholders.toml")).expect("a test reads the built-in file")
    });
    &LISTS
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_file_is_read() {
        assert!(super::lists().titles.iter().all(|title| *title == title.to_lowercase()));
    }
}
