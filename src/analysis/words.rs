//! Words of a text, with their places: the one tokenizer of the project.
//!
//! A word is a run of letters, digits and combining marks. The rule is the same for every language, since a query's language
//! is not known for sure: an elided article is left out (`l'État` is the word `État`), an English possessive too
//! (`Haiti's` is `Haiti`), an acronym with dots is one word (`U.S.`, `EE.UU.`), a decimal number is one word (`208.13`). Raised
//! digits and the ordinal marks of `5º` and `1ª` are no part of a word: they number a note, or an article that is cited without.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::document::Language;

/// One word of a text, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    /// The word as it stands in the text, without an elided article or a possessive.
    pub text: &'t str,
    /// Where it begins, in bytes.
    pub start: usize,
}

impl Word<'_> {
    /// Its place in the text, in bytes.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}

/// The words of a text in order.
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

/// Iterator over the words of a text; see [`words`].
#[derive(Clone, Debug)]
pub struct Words<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Words<'t> {
    type Item = Word<'t>;

    fn next(&mut self) -> Option<Word<'t>> {
        loop {
            let start = self.skip_to_word()?;
            let (end, mark) = self.end_of_run(start);
            self.at = end;
            let word = &self.text[start..end];
            // The common word holds neither apostrophe nor dot.
            let Some(mark) = mark else { return Some(Word { text: word, start }) };
            if let Some(word) = self.split(word, start, mark) {
                return Some(word);
            }
        }
    }
}

impl<'t> Words<'t> {
    /// Moves over what is not a word; the place of the next word's first letter or digit.
    fn skip_to_word(&self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while at < bytes.len() {
            if bytes[at].is_ascii() {
                if bytes[at].is_ascii_alphanumeric() {
                    return Some(at);
                }
                at += 1;
            } else {
                let c = self.text[at..].chars().next()?;
                if begins_word(c) {
                    return Some(at);
                }
                at += c.len_utf8();
            }
        }
        None
    }

    /// The end of the run of word characters from `start`, and where in it the first mark is that may join two of them, from
    /// `start`. A joiner belongs to the run only between two word characters.
    fn end_of_run(&self, start: usize) -> (usize, Option<usize>) {
        let bytes = self.text.as_bytes();
        let mut at = start;
        let mut mark = None;
        while at < bytes.len() {
            let byte = bytes[at];
            if byte.is_ascii_alphanumeric() {
                at += 1;
            } else if byte.is_ascii() {
                if !(matches!(byte, b'\'' | b'.') && self.joins(start, at, byte == b'.')) {
                    break;
                }
                mark = mark.or(Some(at - start));
                at += 1;
            } else {
                let Some(c) = self.text[at..].chars().next() else { break };
                let joiner = matches!(c, '\u{2019}' | '\u{02bc}') && self.joins(start, at, false);
                if !(joiner || is_word_character(c)) {
                    break;
                }
                // With these begin the bytes of the apostrophes that are not ASCII.
                if matches!(byte, 0xe2 | 0xca) {
                    mark = mark.or(Some(at - start));
                }
                at += c.len_utf8();
            }
        }
        (at, mark)
    }

    /// Whether the mark at `at` joins what stands before it with what follows: an apostrophe between letters; a dot between
    /// digits, or between the parts of an acronym, but not at the end of a sentence that lacks its space.
    fn joins(&self, start: usize, at: usize, dot: bool) -> bool {
        let mark = self.text[at..].chars().next().map_or(1, char::len_utf8);
        let rest = &self.text[at + mark..];
        let Some(next) = rest.chars().next().filter(|c| begins_word(*c)) else { return false };
        let before = &self.text[start..at];
        let Some(previous) = before.chars().next_back() else { return false };
        if !dot {
            return previous.is_alphabetic();
        }
        if next.is_ascii_digit() && previous.is_ascii_digit() {
            return true;
        }
        let part = before.rsplit('.').next().unwrap_or(before);
        let next = rest.find(|c| !is_word_character(c)).map_or(rest, |end| &rest[..end]);
        is_acronym_part(part) && is_acronym_part(next)
    }

    /// A run that holds an apostrophe or a dot, less an elided article before it and a possessive after it.
    fn split(&mut self, word: &'t str, start: usize, mark: usize) -> Option<Word<'t>> {
        let Some(apostrophe) = word[mark..].chars().next().filter(|c| is_apostrophe(*c)) else {
            return Some(Word { text: word, start });
        };
        let rest = &word[mark + apostrophe.len_utf8()..];
        if is_elided(&word[..mark]) && !rest.is_empty() {
            self.at = start + word.len() - rest.len();
            return None;
        }
        if matches!(rest, "s" | "S") {
            return Some(Word { text: &word[..mark], start });
        }
        Some(Word { text: word, start })
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{02bc}')
}

/// One letter, or two of the same as in the Spanish plurals `EE.UU.` and `DD.HH.`. In lower case too: acronyms are typed so,
/// and a sentence that ends in a single letter and lacks its space before another one is rare.
fn is_acronym_part(part: &str) -> bool {
    let mut letters = part.chars();
    let (first, second, third) = (letters.next(), letters.next(), letters.next());
    first.is_some_and(char::is_alphabetic)
        && (second.is_none() || second == first)
        && third.is_none()
}

/// Raised digits and ordinal marks, which Unicode counts among numbers and letters.
fn is_raised(c: char) -> bool {
    matches!(c, 'ª' | 'º' | '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// Whether a word can begin with this: a letter or digit. Unicode counts one of the apostrophes among letters.
pub fn begins_word(c: char) -> bool {
    c.is_alphanumeric() && !is_raised(c) && !is_apostrophe(c)
}

/// Whether this can stand in a word: what begins one, or a mark that combines with it.
pub fn is_word_character(c: char) -> bool {
    begins_word(c) || is_combining_mark(c) || matches!(c, '\u{00ad}' | '\u{200c}' | '\u{200d}')
}

/// Whether this is an article, a pronoun or a conjunction that loses its vowel before another one, as in French.
fn is_elided(prefix: &str) -> bool {
    let elides = |elided: &&str| prefix.eq_ignore_ascii_case(elided);
    Language::profiles().any(|profile| profile.elided.iter().any(elides))
}

#[cfg(test)]
mod tests {
    use super::words;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = words(text).map(|word| word.text).collect();
        assert_eq!(found, expected);
        for word in words(text) {
            assert_eq!(&text[word.range()], word.text);
        }
    }

    #[test]
    fn no_word_begins_with_an_apostrophe() {
        check("\u{2bc}S \u{2bc} \u{2bc}yan Haiti\u{2bc}s", &["S", "yan", "Haiti"]);
    }

    #[test]
    fn elisions_and_possessives_are_left_out() {
        check("l'État d’une qu'il Haiti's women’s", &["État", "une", "il", "Haiti", "women"]);
        check("jusqu'à l'O'Brien don't O'Brien", &["à", "O'Brien", "don't", "O'Brien"]);
        check("workers' 'quoted' rights'", &["workers", "quoted", "rights"]);
    }

    #[test]
    fn acronyms_and_numbers_with_dots_are_one_word() {
        check(
            "the U.S. and N.U. in 208.13, art. 3.",
            &["the", "U.S", "and", "N.U", "in", "208.13", "art", "3"],
        );
        check("end.Next A/HRC/19/19 e.g. x.", &["end", "Next", "A", "HRC", "19", "19", "e.g", "x"]);
        check("EE.UU. DD.HH y ee.uu. BB.CD", &["EE.UU", "DD.HH", "y", "ee.uu", "BB", "CD"]);
        check("8 C.F.R. §208.13(b)(1)", &["8", "C.F.R", "208.13", "b", "1"]);
        check("clause a.The and U.S.A.", &["clause", "a", "The", "and", "U.S.A"]);
    }

    #[test]
    fn notes_and_ordinal_marks_are_left_out() {
        check("artículo 5º, N.º 20, 1ª", &["artículo", "5", "N", "20", "1"]);
        check("the Court¹ held² ³", &["the", "Court", "held"]);
    }

    #[test]
    fn letters_of_every_script_are_words() {
        check("niñas—мир 人权 nin\u{303}o", &["niñas", "мир", "人权", "nin\u{303}o"]);
        check("", &[]);
        check("'’.-", &[]);
    }
}
