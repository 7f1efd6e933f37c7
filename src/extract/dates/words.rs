//! The words of a text as dates are made of them: runs of letters and runs of digits.
//!
//! In: text; out: its [`Word`]s with what stands before each. It reads no dates.

use std::ops::Range;

/// A run of letters or of digits.
pub(super) struct Word<'a> {
    /// What stands between it and the word before.
    pub(super) gap: &'a str,
    pub(super) text: &'a str,
    /// Where it begins in the text, in bytes.
    pub(super) start: usize,
}

impl Word<'_> {
    /// Its bytes in the text.
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// Its value, if it is a number of one or two digits.
    pub(super) fn small(&self) -> Option<u8> {
        if self.text.len() <= 2 { self.text.parse().ok() } else { None }
    }

    /// Its value, if it is a number of four digits.
    pub(super) fn year(&self) -> Option<i16> {
        if self.text.len() == 4 { self.text.parse().ok() } else { None }
    }

    /// Whether it may follow another part of the same date: they stand close together and in one paragraph; a line break
    /// may part them.
    pub(super) fn is_near(&self) -> bool {
        self.gap.len() <= 6
            && self.gap.matches('\n').count() <= 1
            && self.gap.chars().all(|c| c.is_whitespace() || ",.°º'’/-‐‑".contains(c))
    }
}

/// The words of a text in order. The ordinal sign of "1º" counts as a letter.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut end = 0;
    while let Some(gap) = text[end..].find(char::is_alphanumeric) {
        let start = end + gap;
        let rest = &text[start..];
        let digits = rest.starts_with(|c: char| c.is_ascii_digit());
        let length = rest
            .find(|c: char| !c.is_alphanumeric() || c.is_ascii_digit() != digits)
            .unwrap_or(rest.len());
        words.push(Word { gap: &text[end..start], text: &rest[..length], start });
        end = start + length;
    }
    words
}
