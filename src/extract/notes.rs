//! Numbers of notes: raised digits at the end of a word, parted from it so that the word is found.
//!
//! The readers leave them where they stand on the page, "torture\u{b9}\u{b2}"; what is indexed has them as words of their own.

use crate::document::Passage;

/// Puts a space between each word and the number of a note at its end.
pub fn part_numbers(passages: &mut [Passage]) {
    for paragraph in passages.iter_mut().flat_map(|passage| &mut passage.paragraphs) {
        part(&mut paragraph.text);
    }
}

fn part(text: &mut String) {
    let is_superscript = |c: char| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹');
    let mut from = 0;
    while let Some(at) = text[from..].find(is_superscript).map(|at| from + at) {
        let after_word = text[..at].chars().next_back().is_some_and(char::is_alphabetic);
        if after_word {
            text.insert(at, ' ');
        }
        let run = at + usize::from(after_word);
        from = text[run..].find(|c| !is_superscript(c)).map_or(text.len(), |end| run + end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut parted = text.to_owned();
        part(&mut parted);
        assert_eq!(parted, expected);
    }

    #[test]
    fn numbers_are_parted_from_words_only() {
        check("torture¹² and¹", "torture ¹² and ¹");
        check("torture.¹² 10³ m", "torture.¹² 10³ m");
        check("", "");
    }
}
