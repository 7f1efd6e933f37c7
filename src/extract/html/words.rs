//! The words by which a page's article is told from the site around it: a data file, parsed once.

use std::sync::LazyLock;

use serde::Deserialize;

/// The lists of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lists {
    /// Labels of a pointer to another article, before a colon or a link. "See also" is not among them: it introduces citations.
    pub(super) pointers: Vec<String>,
    /// Calls and notices that stand in a paragraph of their own.
    pub(super) notices: Vec<String>,
    /// How a credit begins.
    pub(super) credits: Vec<String>,
    /// What stands behind the minutes that a text takes to read.
    pub(super) reading: Vec<String>,
    /// Titles that editors and servers put where no one wrote one.
    pub(super) placeholders: Vec<String>,
    /// Words of a class or id that tell boilerplate wherever they stand in it.
    pub(super) boilerplate: Vec<String>,
    /// Words of a class or id that tell readers' comments.
    pub(super) comments: Vec<String>,
    /// Two words of a class or id that together tell boilerplate.
    pub(super) boilerplate_pairs: Vec<[String; 2]>,
}

/// The built-in lists.
pub(super) fn lists() -> &'static Lists {
    static LISTS: LazyLock<Lists> = LazyLock::new(|| {
        toml::from_str(include_str!("words.toml")).expect("a test reads the built-in file")
    });
    &LISTS
}

#[cfg(test)]
mod tests {
    #[test]
    fn lists_are_in_lower_case() {
        let words = super::lists();
        for word in words.pointers.iter().chain(&words.notices).chain(&words.credits) {
            assert_eq!(*word, word.to_lowercase());
        }
    }
}
