//! Where sentences end: after `.`, `?`, `!` or `…`, the quotes and brackets that close there, and a space; but not after an
//! abbreviation, an initial, or the number that opens a paragraph.
//!
//! Close to the default rules of Unicode's annex 29, in one pass that looks at each place a few times at most: the rules as
//! commonly written look ahead again from each closing bracket, which a hostile text makes slow. Scripts that write no spaces
//! after a full stop are parted there too.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::flow::Flow;
use crate::document::Language;
use crate::profiles::Sentences;

/// The sentences of a passage in order, without the white space between them. None spans two paragraphs.
pub(super) fn sentences(flow: &Flow) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    for paragraph in &flow.paragraphs {
        let text = &flow.text[..paragraph.end];
        let mut start = paragraph.start;
        let mut at = start;
        while let Some(terminator) = next_terminator(text, at) {
            at = terminator;
            let (end, next) = end_of(text, &mut at);
            if next < text.len() && ends(text, start, terminator, end, next) {
                sentences.push(start..end);
                start = next;
            }
        }
        sentences.push(start..text.len());
    }
    sentences
}

fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '?' | '!' | '…' | '؟' | '۔' | '।' | '॥') || is_ideographic_terminator(c)
}

/// Ends a sentence without a space after it.
fn is_ideographic_terminator(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '．')
}

fn next_terminator(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        match bytes[at] {
            b'.' | b'?' | b'!' => return Some(at),
            // The first bytes of the terminators that are not ASCII: Arabic, Devanagari, punctuation, CJK, full width.
            0xd8 | 0xdb | 0xe0 | 0xe2 | 0xe3 | 0xef => {
                let c = text[at..].chars().next()?;
                if is_terminator(c) {
                    return Some(at);
                }
                at += c.len_utf8();
            }
            _ => at += 1,
        }
    }
    None
}

/// From a terminator, the end of the sentence that it may end (further terminators and what closes included), and where the
/// next one would begin: the same place if nothing parts them. Moves `at` behind what was read.
fn end_of(text: &str, at: &mut usize) -> (usize, usize) {
    let rest = &text[*at..];
    let length = rest.find(|c| !(is_terminator(c) || closes(c))).unwrap_or(rest.len());
    let end = *at + length;
    *at = end;
    let next = end + rest[length..].chars().next().filter(|c| *c == ' ').map_or(0, char::len_utf8);
    (end, next)
}

fn closes(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '"' | '\'' | '”' | '’' | '»' | '›' | '」' | '』' | '）')
}

fn opens(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '"'
            | '\''
            | '“'
            | '„'
            | '‘'
            | '«'
            | '‹'
            | '¿'
            | '¡'
            | '—'
            | '–'
            | '-'
    )
}

/// Whether a sentence from `start` ends at `end`, whose terminator stands at `terminator`, so that another begins at `next`.
fn ends(text: &str, start: usize, terminator: usize, end: usize, next: usize) -> bool {
    let mut marks = text[terminator..end].chars();
    let mark = marks.next().unwrap_or('.');
    if text[next..].starts_with(is_combining_mark) {
        return false;
    }
    if next == end {
        return is_ideographic_terminator(mark);
    }
    // A few quotes and brackets may stand before the next word; more of them are not looked through.
    let after = text[next..].chars().take(8).find(|c| !opens(*c));
    let continues = |c: char| c.is_lowercase() && !is_lettered_item(&text[next..]);
    if after.is_none_or(continues) {
        return false;
    }
    if mark != '.' || marks.next().is_some_and(is_terminator) {
        return true;
    }
    let word = last_word(&text[start..terminator]);
    !(is_abbreviation(word, &text[next..]) || is_item_number(&text[start..terminator]))
}

/// The word before a dot, without opening brackets. Long ones are cut: they are no abbreviations.
fn last_word(text: &str) -> &str {
    let begin = text.char_indices().rev().take(12).find(|(_, c)| *c == ' ' || opens(*c));
    match begin {
        Some((at, c)) => &text[at + c.len_utf8()..],
        None => text.char_indices().rev().nth(11).map_or(text, |(at, _)| &text[at..]),
    }
}

/// Whether the dot after this word belongs to it rather than to the sentence; `next` is what follows.
fn is_abbreviation(word: &str, next: &str) -> bool {
    let mut letters = word.chars();
    let (first, second) = (letters.next(), letters.next());
    if second.is_none() && first.is_some_and(char::is_uppercase) {
        return true;
    }
    if word.contains('.') {
        let opener = next.split([' ', ',']).next().unwrap_or_default();
        return !(any(|own| own.openers, opener) || matches!(word, "p.m" | "a.m"));
    }
    let lower = word.to_lowercase();
    any(|own| own.before_names, &lower)
        || any(|own| own.before_numbers, &lower)
            && next
                .chars()
                .next()
                .is_some_and(|c| c.is_ascii_digit() || matches!(c, '§' | 'º' | '°'))
}

/// Whether a list of any language has a word: an abbreviation is one, whatever the text around it is in.
fn any(list: impl Fn(&Sentences) -> &'static [&'static str], word: &str) -> bool {
    Language::profiles().any(|profile| list(&profile.sentences).contains(&word))
}

/// Whether a text begins with an item's letter in parentheses: `(a)`, `(iv)`.
fn is_lettered_item(text: &str) -> bool {
    let item = text.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    item.is_some_and(|(letter, _)| {
        matches!(letter.len(), 1..=4) && letter.bytes().all(|byte| byte.is_ascii_lowercase())
    })
}

/// Whether a sentence so far is only an item's number: `12`, `IV`, `(a)`, `2.1`.
fn is_item_number(sentence: &str) -> bool {
    if sentence.len() > 6 {
        return false;
    }
    let plain = sentence.trim_matches(|c: char| !c.is_alphanumeric());
    plain.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        || plain.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'i' | b'v' | b'x'))
        || plain.chars().count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let flow = Flow::new(&[text], &[]);
        let found: Vec<_> =
            sentences(&flow).into_iter().map(|part| flow.text[part].to_owned()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn sentences_end_at_their_marks() {
        check(
            "He fled. She stayed! Why? Nobody knows…",
            &["He fled.", "She stayed!", "Why?", "Nobody knows…"],
        );
        check(
            "«Basta.» Salió. ¿Quién? “No.” (Sic.) Fin",
            &["«Basta.»", "Salió.", "¿Quién?", "“No.”", "(Sic.)", "Fin"],
        );
        check("\"Why?\" he asked... and left.", &["\"Why?\" he asked... and left."]);
        check("他走了。她没走。", &["他走了。", "她没走。"]);
        check("", &[]);
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        check(
            "The U.S. Government and J. R. Pérez. He",
            &["The U.S. Government and J. R. Pérez.", "He"],
        );
        check(
            "See art. 3 and No. 5, pp. 4. No. The end",
            &["See art. 3 and No. 5, pp. 4.", "No.", "The end"],
        );
        check(
            "El Sr. Gómez (párr. 12) y la Dra. Ruiz. Fin",
            &["El Sr. Gómez (párr. 12) y la Dra. Ruiz.", "Fin"],
        );
        check("M. Dupont et Mme. Roy. Ils", &["M. Dupont et Mme. Roy.", "Ils"]);
        check(
            "in the U.S. The police, at 5 p.m. Monday",
            &["in the U.S.", "The police, at 5 p.m.", "Monday"],
        );
        check("e.g. Haiti, i.e. EE.UU. Congress", &["e.g. Haiti, i.e. EE.UU. Congress"]);
    }

    #[test]
    fn item_numbers_belong_to_their_sentence() {
        check(
            "12. The Committee. 13. The State. (a) One",
            &["12. The Committee.", "13. The State.", "(a) One"],
        );
        check("IV. Findings. 2.1. Women", &["IV. Findings.", "2.1. Women"]);
    }

    #[test]
    fn hostile_texts_take_no_time() {
        for text in
            [".)".repeat(200_000), ". ".repeat(200_000), "a.".repeat(200_000), "“".repeat(200_000)]
        {
            sentences(&Flow::new(&[&format!("A. {text} B")], &[]));
        }
    }

    #[test]
    fn tables_are_written_as_they_are_compared() {
        let lists = Language::profiles().map(|profile| &profile.sentences);
        for word in lists.flat_map(|own| own.before_names.iter().chain(own.before_numbers)) {
            assert_eq!(*word, word.to_lowercase());
            assert!(!word.ends_with('.') && word.chars().count() < 12);
        }
    }
}
