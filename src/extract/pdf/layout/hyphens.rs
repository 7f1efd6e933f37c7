//! Words broken at a line's end: joined, unless the document writes them with a hyphen.

use rustc_hash::FxHashSet;

use super::PageLines;

/// Words that the document writes with a hyphen inside a line, in lower case.
pub(super) struct Hyphenated(FxHashSet<String>);

impl Hyphenated {
    /// Looks for them in the lines of a document.
    pub fn find(pages: &[PageLines]) -> Self {
        let mut found = FxHashSet::default();
        for line in pages.iter().flat_map(|page| &page.lines) {
            if !line.text.contains('-') {
                continue;
            }
            for word in line
                .text
                .split(|character: char| !(character.is_alphanumeric() || character == '-'))
            {
                if word.trim_end_matches('-').contains('-') && !word.starts_with('-') {
                    found.insert(word.to_lowercase());
                }
            }
        }
        Self(found)
    }

    /// Adds a line's text to a paragraph, after a space or, where a word was broken, without.
    pub fn append(&self, paragraph: &mut String, line: &str) {
        if paragraph.is_empty() {
            return paragraph.push_str(line);
        }
        match broken_word(paragraph, line) {
            None if ends_in_word_hyphen(paragraph) || line.starts_with('/') => {}
            None => paragraph.push(' '),
            Some((head, tail)) => {
                let whole = format!("{head}-{tail}").to_lowercase();
                if !self.0.contains(&whole) {
                    paragraph.pop();
                }
            }
        }
        paragraph.push_str(line);
    }
}

/// The two parts of a word that a hyphen at the paragraph's end breaks: only where the next line goes on in lower case.
fn broken_word<'a>(paragraph: &'a str, line: &'a str) -> Option<(&'a str, &'a str)> {
    let head = paragraph.strip_suffix('-')?;
    let head =
        head.rsplit(|character: char| !(character.is_alphanumeric() || character == '-')).next()?;
    let tail =
        line.split(|character: char| !(character.is_alphanumeric() || character == '-')).next()?;
    let broken = head.ends_with(char::is_alphabetic) && tail.starts_with(char::is_lowercase);
    broken.then_some((head, tail))
}

/// Whether a paragraph ends in a hyphen that belongs to a word: "Asia-" before "Pacific", "2019-" before "2020".
fn ends_in_word_hyphen(paragraph: &str) -> bool {
    paragraph.strip_suffix('-').is_some_and(|head| head.ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::pdf::layout::tests::{line, page};

    /// Joins two lines in a document that has a third.
    #[track_caller]
    fn check(first: &str, second: &str, elsewhere: &str, expected: &str) {
        let pages = [page(vec![line(first, 0.0, 0.0), line(elsewhere, 0.0, 0.0)])];
        let mut paragraph = first.to_owned();
        Hyphenated::find(&pages).append(&mut paragraph, second);
        assert_eq!(paragraph, expected);
    }

    #[test]
    fn broken_words_are_joined() {
        check("of the govern-", "ment of", "", "of the government of");
        check("desapari-", "ción", "", "desaparición");
        check("first", "second", "", "first second");
    }

    #[test]
    fn hyphens_that_the_document_writes_elsewhere_are_kept() {
        check(
            "the right to self-",
            "determination of",
            "Self-determination",
            "the right to self-determination of",
        );
        check("self-", "determination", "selfish", "selfdetermination");
    }

    #[test]
    fn what_goes_on_in_capitals_or_digits_was_not_broken() {
        check("the Asia-", "Pacific region", "", "the Asia-Pacific region");
        check("2019-", "2020", "", "2019-2020");
        check("a dash -", "and more", "", "a dash - and more");
    }
}
