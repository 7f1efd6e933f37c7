//! Words broken at a line's end: joined, unless the hyphen belongs to the word.
//!
//! The document's own words decide: written elsewhere with the hyphen or without it. Where they are silent, a short list
//! says which words make compounds with a hyphen in English, Spanish and French.

use rustc_hash::FxHashMap;

use super::PageLines;

/// First parts that keep their hyphen.
const FIRST_PARTS: [&str; 16] = [
    "well", "self", "non", "ill", "twenty", "thirty", "forty", "fifty", "sixty", "seventy",
    "eighty", "ninety", "celui", "celle", "ceux", "peut",
];
/// What makes one word with such a part all the same: "selfish", "illness", "nonsense".
const SUFFIXES: [&str; 7] = ["ness", "ish", "ishly", "ishness", "less", "lessly", "sense"];
/// Last parts that have a hyphen before them.
const LAST_PARTS: [&str; 13] = [
    "based", "called", "being", "term", "scale", "making", "sex", "border", "même", "mêmes", "ci",
    "là", "être",
];
/// Beginnings as short as this are no words: "de-" before "term".
const SHORTEST: usize = 2;

/// The words that a document breaks at the ends of lines, in lower case, each with the hyphen and without, and how often
/// it writes them so inside a line.
pub(super) struct BrokenWords(FxHashMap<String, u32>);

impl BrokenWords {
    /// Looks for them in the lines of a document, and for how it writes them elsewhere.
    pub fn find(pages: &[PageLines]) -> Self {
        let mut written: FxHashMap<String, u32> = FxHashMap::default();
        // Words that begin and end like none of them are not looked up.
        let mut ends = vec![false; 1 << 16];
        for pair in pages.iter().flat_map(|page| page.lines.windows(2)) {
            if let Some((head, tail)) = broken_word(&pair[0].text, &pair[1].text) {
                ends[ends_of(head, tail)] = true;
                written.extend(spellings(head, tail).map(|spelling| (spelling, 0)));
            }
        }
        if written.is_empty() {
            return Self(written);
        }
        for line in pages.iter().flat_map(|page| &page.lines) {
            // Words with punctuation inside are no evidence that is missed.
            for word in line.text.split(' ') {
                let word = word.trim_matches(|character: char| !character.is_alphanumeric());
                if ends[ends_of(word, word)]
                    && let Some(times) = written.get_mut(&word.to_lowercase())
                {
                    *times += 1;
                }
            }
        }
        Self(written)
    }

    /// Whether a word that is broken into these parts has a hyphen there.
    fn keeps_hyphen(&self, head: &str, tail: &str) -> bool {
        let [hyphenated, joined] =
            spellings(head, tail).map(|spelling| self.0.get(&spelling).copied().unwrap_or(0));
        if hyphenated + joined > 0 {
            return hyphenated >= joined;
        }
        let (head, tail) = (head.to_lowercase(), tail.to_lowercase());
        let first = FIRST_PARTS.contains(&head.as_str()) && !SUFFIXES.contains(&tail.as_str());
        first || (head.chars().count() > SHORTEST && LAST_PARTS.contains(&tail.as_str()))
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
                if !self.keeps_hyphen(head, tail) {
                    paragraph.pop();
                }
            }
        }
        paragraph.push_str(line);
    }
}

fn is_part(character: char) -> bool {
    character.is_alphanumeric() || character == '-'
}

/// A broken word in lower case, with the hyphen and without.
fn spellings(head: &str, tail: &str) -> [String; 2] {
    [format!("{head}-{tail}").to_lowercase(), format!("{head}{tail}").to_lowercase()]
}

/// A number by the first byte of one and the last of the other, whatever the case of these if they are ASCII.
fn ends_of(head: &str, tail: &str) -> usize {
    let byte = |byte: Option<&u8>| usize::from(byte.map_or(0, u8::to_ascii_lowercase));
    byte(head.as_bytes().first()) << 8 | byte(tail.as_bytes().last())
}

/// The two parts of a word that a hyphen at the paragraph's end breaks: only where the next line goes on in lower case.
fn broken_word<'a>(paragraph: &'a str, line: &'a str) -> Option<(&'a str, &'a str)> {
    let head = paragraph.strip_suffix('-')?;
    let head = head.rsplit(|character| !is_part(character)).next()?;
    let tail = line.split(|character| !is_part(character)).next()?;
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
    use crate::layout::tests::{line, page};

    /// Joins two lines in a document that has a third.
    #[track_caller]
    fn check(first: &str, second: &str, elsewhere: &str, expected: &str) {
        let lines = [first, second, elsewhere].map(|text| line(text, 0.0, 0.0));
        let pages = [page(lines.to_vec())];
        let mut paragraph = first.to_owned();
        BrokenWords::find(&pages).append(&mut paragraph, second);
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
        check("of non-govern-", "mental bodies", "Non-governmental", "of non-governmental bodies");
        check("the co-", "operation", "cooperation, co-operation, cooperation", "the cooperation");
    }

    #[test]
    fn compounds_keep_their_hyphen_where_the_document_is_silent() {
        check("a well-", "founded fear", "", "a well-founded fear");
        check("gender-", "based violence", "", "gender-based violence");
        check("eux-", "mêmes", "", "eux-mêmes");
        check("a self-", "ish act", "", "a selfish act");
        check("the de-", "making of", "", "the demaking of");
    }

    #[test]
    fn what_goes_on_in_capitals_or_digits_was_not_broken() {
        check("the Asia-", "Pacific region", "", "the Asia-Pacific region");
        check("2019-", "2020", "", "2019-2020");
        check("a dash -", "and more", "", "a dash - and more");
    }
}
