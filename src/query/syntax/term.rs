//! A run of characters without white space, read as a word, a wildcard pattern or a word with misspellings.
//!
//! What is decided here: which `*`, `?` and `~` are operators and which are text. The rules are in the module's head.

use std::ops::Range;

use super::ast::{Phrase, Term, Text};
use super::error::SyntaxError;
use crate::analysis::{self, begins_word, is_word_character};

/// Most letters by which a misspelled word may differ.
const MAX_DISTANCE: u8 = 2;

/// A chunk taken apart.
enum Reading<'t> {
    /// No word in it.
    Nothing,
    /// Text without an operator, less the punctuation around it.
    Plain(&'t str),
    /// Index words, one of them at least with an operator.
    Operators(Vec<Term>),
}

/// What a chunk outside quotes asks for; `None` if it holds no word. `offset` is its place in the query.
pub(super) fn text(chunk: &str, offset: usize) -> Result<Option<Text>, SyntaxError> {
    Ok(match read(chunk, offset)? {
        Reading::Nothing => None,
        Reading::Plain(body) => Some(Text::Term(Term::Word(harmless(body)))),
        Reading::Operators(mut terms) if terms.len() == 1 => terms.pop().map(Text::Term),
        Reading::Operators(parts) => Some(Text::Phrase(Phrase { parts, slop: 0 })),
    })
}

/// Appends the index words of a chunk inside quotes.
pub(super) fn phrase_parts(
    chunk: &str,
    offset: usize,
    parts: &mut Vec<Term>,
) -> Result<(), SyntaxError> {
    match read(chunk, offset)? {
        Reading::Nothing => {}
        Reading::Plain(body) => {
            parts.extend(analysis::words(body).map(|word| Term::Word(word.text.to_owned())));
        }
        Reading::Operators(terms) => parts.extend(terms),
    }
    Ok(())
}

/// A word that is spelled like an operator without being one (`AND,`), so that it does not print as one.
fn harmless(body: &str) -> String {
    match body {
        "AND" | "OR" | "NOT" => body.to_ascii_lowercase(),
        _ => body.to_owned(),
    }
}

fn read(chunk: &str, offset: usize) -> Result<Reading<'_>, SyntaxError> {
    let Some(span) = body(chunk) else { return Ok(Reading::Nothing) };
    let plain = &chunk[span.clone()];
    if is_address(plain) {
        return Ok(Reading::Plain(plain));
    }
    let fuzzy = fuzzy_suffix(chunk, &span, offset)?;
    let end = fuzzy.map_or(chunk.len(), |(at, _)| at);
    // Wildcards are taken for a letter while the chunk is split into words; both are one byte, so places stay.
    let masked = mask_wildcards(&chunk[..end], offset)?;
    if fuzzy.is_none() && masked == chunk {
        return Ok(Reading::Plain(plain));
    }
    let mut terms: Vec<Term> = analysis::words(&masked)
        .map(|word| {
            let typed = chunk[word.range()].to_owned();
            if typed.contains(['*', '?']) { Term::Pattern(typed) } else { Term::Word(typed) }
        })
        .collect();
    if let Some((at, distance)) = fuzzy {
        match terms.pop() {
            Some(Term::Word(word)) => terms.push(Term::Fuzzy { word, distance }),
            _ => return Err(combined(offset + at)),
        }
    }
    Ok(Reading::Operators(terms))
}

/// From the first letter or digit to the last, with the marks that combine with it.
pub(super) fn body(chunk: &str) -> Option<Range<usize>> {
    let start = chunk.find(begins_word)?;
    let (last, c) = chunk.char_indices().rfind(|(_, c)| begins_word(*c))?;
    let rest = &chunk[last + c.len_utf8()..];
    let end = rest
        .find(|c| !is_word_character(c))
        .map_or(chunk.len(), |at| chunk.len() - rest.len() + at);
    Some(start..end)
}

/// A web address, whose `?`, `*` and `~` mean something else.
fn is_address(body: &str) -> bool {
    body.contains("://")
        || body.starts_with("www.")
        || body.split_once('?').is_some_and(|(_, query)| query.contains('='))
}

/// Whether these characters begin with a word's: not with a mark that combines with nothing.
fn is_in_word(mut chars: impl Iterator<Item = char>) -> bool {
    chars.find(|c| begins_word(*c) || !is_word_character(*c)).is_some_and(begins_word)
}

/// The chunk with a letter in place of each wildcard; `*` and `?` that are text stay.
fn mask_wildcards(chunk: &str, offset: usize) -> Result<String, SyntaxError> {
    let mut masked = String::with_capacity(chunk.len());
    let mut at = 0;
    while let Some(found) = chunk[at..].find(['*', '?']) {
        let start = at + found;
        let end =
            chunk[start..].find(|c| !matches!(c, '*' | '?')).map_or(chunk.len(), |run| start + run);
        masked.push_str(&chunk[at..start]);
        let wildcards = start + wildcards(&masked, chunk, start..end, offset)?;
        masked.extend(std::iter::repeat_n('x', wildcards - start));
        masked.push_str(&chunk[wildcards..end]);
        at = end;
    }
    masked.push_str(&chunk[at..]);
    Ok(masked)
}

/// How many characters of a run of `*` and `?` are wildcards, from its start. `before` is the chunk up to it, masked.
fn wildcards(
    before: &str,
    chunk: &str,
    run: Range<usize>,
    offset: usize,
) -> Result<usize, SyntaxError> {
    let marks = &chunk[run.clone()];
    let after_word = is_in_word(before.chars().rev());
    let before_word = is_in_word(chunk[run.end..].chars());
    if marks.contains("**") {
        return Ok(0);
    }
    if !after_word {
        if before_word && marks.contains('*') {
            return Err(SyntaxError::new(
                "a wildcard cannot begin a word",
                offset + run.start,
                "give the beginning of the word, as in tortur*",
            ));
        }
        return Ok(0);
    }
    Ok(if before_word { marks.len() } else { marks.rfind('*').map_or(0, |star| star + 1) })
}

/// The place of `~1` or `~2` after the last word of a chunk, and the number.
fn fuzzy_suffix(
    chunk: &str,
    span: &Range<usize>,
    offset: usize,
) -> Result<Option<(usize, u8)>, SyntaxError> {
    let after = &chunk[span.end..];
    let malformed = |at| {
        let message = "'~' needs the number of letters that may differ, 1 or 2";
        SyntaxError::new(message, offset + at, "write tortur~1 or tortur~2")
    };
    if after.starts_with('~') && is_lettered(&chunk[..span.end]) {
        return Err(malformed(span.end));
    }
    let Some(at) = chunk[span.clone()].rfind('~').map(|at| span.start + at) else {
        return Ok(None);
    };
    let number = &chunk[at + 1..span.end];
    let digits = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if !digits || !is_lettered(&chunk[..at]) {
        return Ok(None);
    }
    if chunk[..at].ends_with(['*', '?']) || after.starts_with('*') {
        return Err(combined(offset + at));
    }
    match number.parse() {
        Ok(distance @ 1..=MAX_DISTANCE) => Ok(Some((at, distance))),
        _ => Err(malformed(at)),
    }
}

fn combined(offset: usize) -> SyntaxError {
    let message = "a wildcard and '~' cannot be used on one word";
    SyntaxError::new(message, offset, "use either tortur* or tortura~1")
}

/// Whether the text ends in a word with a letter, or in a wildcard: `10~20` is a range, not an operator.
fn is_lettered(text: &str) -> bool {
    if text.ends_with(['*', '?']) {
        return text.chars().any(char::is_alphabetic);
    }
    text.chars().next_back().is_some_and(is_word_character)
        && text.chars().rev().take_while(|c| is_word_character(*c)).any(char::is_alphabetic)
}
