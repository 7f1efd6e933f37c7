//! The parts of a title that stand on lines of their own: its subject, what qualifies it, and its country.
//!
//! The lines of a title in, its parts in order out.

use crate::analysis::fold;
use crate::extract::identity::opening::Line;
use crate::extract::identity::words::lists;
use crate::taxonomy::Countries;

/// The mark of a note.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '*' | '∗' | '†' | '‡')
}

/// The title's parts: what a note's mark, another size or a country's name parts, each on one line.
pub(super) fn parts(lines: &[Line<'_>]) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut size = None;
    let mut ended = true;
    for line in lines.iter().filter(|line| !line.text.starts_with('[')) {
        let sizes = (size, line.size);
        let is_other_size =
            matches!(sizes, (Some(one), Some(other)) if f32::abs(one - other) > 0.6);
        let starts_part = ended || is_other_size || is_country(line.text);
        size = line.size;
        for (number, piece) in
            line.text.split(is_mark).map(str::trim).filter(|piece| !piece.is_empty()).enumerate()
        {
            match parts.last_mut() {
                Some(last) if number == 0 && !starts_part => {
                    last.push(' ');
                    last.push_str(piece);
                }
                _ => parts.push(piece.to_owned()),
            }
        }
        ended = line.text.ends_with(is_mark);
    }
    if let Some(last) = parts.pop() {
        match before_country(&last) {
            Some(at) => parts.extend([last[..at].trim_end().to_owned(), last[at..].to_owned()]),
            None => parts.push(last),
        }
    }
    parts
}

/// Whether a line is the name of a country, and nothing else.
fn is_country(text: &str) -> bool {
    let text = text.trim_matches(|c: char| is_mark(c) || c.is_whitespace());
    text.chars().count() > 3 && Countries::builtin().named(text).is_some()
}

/// Where the country's name begins with which a text ends, if the text before it is a title of its own.
fn before_country(text: &str) -> Option<usize> {
    let starts: Vec<usize> = text.match_indices(' ').map(|(at, _)| at + 1).collect();
    let longest = starts.len().saturating_sub(9);
    let start = starts[longest..].iter().copied().find(|at| is_country(&text[*at..]))?;
    let before = fold(&text[..start].to_lowercase());
    let last = before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let words = before.split_whitespace().count();
    (words >= 3 && !lists().joining.iter().any(|joint| joint == last)).then_some(start)
}
