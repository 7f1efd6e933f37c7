//! The title of a paper in one size of type, as courts write them: the lines in capitals with which it opens.
//!
//! In: a document's opening. Out: `CORTE INTERAMERICANA DE DERECHOS HUMANOS CASO LUNA LÓPEZ VS. HONDURAS`. Text in small
//! letters, and what stands after it, is no part of it.

use super::super::opening::{Line, Opening};
use super::is_letterhead;
use super::parts::is_mark;

/// Lines that may stand before it: a number, a seal's legend.
const BEFORE: usize = 2;

/// Lines of it at most.
const MOST_LINES: usize = 8;

/// Words and characters of a title.
const LEAST_WORDS: usize = 3;
const LONGEST: usize = 250;

/// The lines in capitals with which a PDF opens; `None` where there are none, or no more than a letterhead.
pub(in crate::extract::identity) fn in_capitals(opening: &Opening<'_>) -> Option<String> {
    opening.page?;
    let lines = &opening.lines;
    let start = lines.iter().take(BEFORE + 1).position(is_capitals)?;
    let mut title = String::new();
    for line in lines[start..].iter().take_while(|line| is_capitals(line)).take(MOST_LINES) {
        if title.chars().count() + line.text.chars().count() > LONGEST {
            break;
        }
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(line.text.trim_matches(|c: char| is_mark(c) || c.is_whitespace()));
    }
    let words = title.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic));
    (words.count() >= LEAST_WORDS && !is_letterhead(&title)).then_some(title)
}

/// Whether a line has letters, hardly any of which are small: the `o` of a number, the `v.` of a case.
fn is_capitals(line: &Line<'_>) -> bool {
    let count = |is: fn(char) -> bool| line.text.chars().filter(|c| is(*c)).count();
    let (capitals, small) = (count(char::is_uppercase), count(char::is_lowercase));
    capitals > small * 8 || capitals > 1 && small == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &[&str], expected: Option<&str>) {
        let lines = lines.iter().map(|text| Line { text, size: None }).collect();
        let opening = Opening { lines, heads: Vec::new(), page: Some(1) };
        assert_eq!(in_capitals(&opening).as_deref(), expected);
    }

    #[test]
    fn the_opening_in_capitals_is_the_title() {
        check(
            &[
                "1",
                "CORTE INTERAMERICANA DE DERECHOS HUMANOS*",
                "CASO LUNA LÓPEZ VS. HONDURAS",
                "SENTENCIA DE 10 DE OCTUBRE DE 2013",
                "(Fondo, Reparaciones y Costas)",
                "En el caso Luna López,",
            ],
            Some(
                "CORTE INTERAMERICANA DE DERECHOS HUMANOS CASO LUNA LÓPEZ VS. HONDURAS SENTENCIA DE 10 DE \
                 OCTUBRE DE 2013",
            ),
        );
        check(
            &["DECLARATION OF A WITNESS v. THE STATE", "I declare"],
            Some("DECLARATION OF A WITNESS v. THE STATE"),
        );
    }

    #[test]
    fn text_and_letterheads_are_no_title() {
        check(&["The Committee met.", "It was", "late.", "ANNEX ON THE SESSION"], None);
        check(&["UNITED NATIONS", "The Committee met."], None);
        check(&["BBC", "News of the day"], None);
        check(&["12.5", "—", "***"], None);
        check(&[], None);
    }
}
