//! A malformed operator: what is wrong, where, and what to write instead.

/// An operator that cannot be understood. Anything that is not an operator is text and never an error.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SyntaxError {
    /// What is wrong, in lower case, without a final period.
    pub message: String,
    /// Where in the text, in bytes.
    pub offset: usize,
    /// What to write instead.
    pub hint: String,
}

/// Characters of the query's line shown before and after the place of an error.
const BEFORE: usize = 60;
const AFTER: usize = 30;

impl SyntaxError {
    pub(super) fn new(message: impl Into<String>, offset: usize, hint: impl Into<String>) -> Self {
        Self { message: message.into(), offset, hint: hint.into() }
    }

    /// Two lines: the query's text (the part around the place, if it is long) and a caret under the place.
    ///
    /// The caret's column counts scalar values that take up a column: combining marks do not.
    pub fn render(&self, text: &str) -> String {
        let mut offset = self.offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
        let end = text[offset..].find('\n').map_or(text.len(), |newline| offset + newline);
        let (before, left_out) = last_chars(&text[start..offset], BEFORE);
        let after: String = text[offset..end].chars().take(AFTER).collect();
        let rest = if after.len() < end - offset { "…" } else { "" };
        let lead = if left_out { "…" } else { "" };
        let line = format!("{lead}{before}{after}{rest}");
        let line: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let column = usize::from(left_out) + before.chars().filter(|c| takes_column(*c)).count();
        format!("{line}\n{}^", " ".repeat(column))
    }
}

/// The last `count` characters of a text, and whether others stand before them.
fn last_chars(text: &str, count: usize) -> (&str, bool) {
    match text.char_indices().rev().nth(count) {
        Some((at, c)) => (&text[at + c.len_utf8()..], true),
        None => (text, false),
    }
}

fn takes_column(c: char) -> bool {
    !unicode_normalization::char::is_combining_mark(c) && !matches!(c, '\u{200b}'..='\u{200f}')
}

#[cfg(test)]
mod tests {
    use super::SyntaxError;

    #[track_caller]
    fn check(text: &str, offset: usize, expected: &str) {
        assert_eq!(SyntaxError::new("", offset, "").render(text), expected);
    }

    #[test]
    fn the_caret_stands_under_the_place() {
        check("women year:abc", 11, "women year:abc\n           ^");
        check("nin\u{303}a \u{f1}u x", 9, "nin\u{303}a \u{f1}u x\n      ^");
        check("a AND", 5, "a AND\n     ^");
        check("one\ntwo\tx\nthree", 8, "two x\n    ^");
        check("é", 1, "é\n^");
        check("", 7, "\n^");
    }

    #[test]
    fn a_long_text_is_shown_around_the_place() {
        let text = format!("{}X{}", "a".repeat(100), "b".repeat(100));
        let (before, after) = ("a".repeat(60), "b".repeat(29));
        check(&text, 100, &format!("…{before}X{after}…\n{}^", " ".repeat(61)));
    }
}
