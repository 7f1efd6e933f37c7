//! Where the words of a paragraph stand on its page.

use std::ops::Range;

use super::Line;
use crate::fragments::Piece;
use crate::view::View;
use crate::{self as pdf, Rect, Word};

/// The lines of a paragraph, with their words, where these were asked for. `starts` says where in the paragraph's `text`
/// each line starts.
pub(super) fn lines(lines: &[Line], starts: &[usize], text: &str, view: View) -> Vec<pdf::Line> {
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let parts = lines.iter().zip(starts).zip(ends).filter(|((line, _), _)| !line.words.is_empty());
    let placed = parts.filter_map(|((line, start), end)| {
        let mut words = Vec::with_capacity(line.words.len());
        for pieces in line.words.chunk_by(|one, next| one.range.end == next.range.start) {
            place(pieces, line, view, &mut words);
        }
        for word in &mut words {
            // The hyphen of a broken word is not in the paragraph's text.
            word.range = (word.range.start + start).min(end)..(word.range.end + start).min(end);
        }
        let bounds = words.iter().map(|word: &Word| word.bounds).reduce(Rect::with)?;
        Some(pdf::Line { bounds, words })
    });
    placed.collect()
}

/// Adds the words of pieces that have no space between them. A piece is one word, or part of one; what stands in place of
/// what was drawn may be several, whose places are then told by their lengths.
fn place(pieces: &[Piece], line: &Line, view: View, words: &mut Vec<Word>) {
    let mut open: Option<Word> = None;
    for piece in pieces {
        for part in parts(line.text.get(piece.range.clone()).unwrap_or_default()) {
            let range = piece.range.start + part.start..piece.range.start + part.end;
            let share = |at: usize| {
                let length = piece.range.len().max(1) as f32;
                piece.from + (piece.to - piece.from) * at as f32 / length
            };
            let along = [share(part.start), share(part.end)];
            let bounds = view.rectangle(line.angle, along, [piece.low, piece.high]);
            match &mut open {
                Some(word) if word.range.end == range.start => {
                    word.range.end = range.end;
                    word.bounds = word.bounds.with(bounds);
                }
                _ => words.extend(open.replace(Word { range, bounds })),
            }
        }
    }
    words.extend(open);
}

/// The words of a text.
fn parts(text: &str) -> impl Iterator<Item = Range<usize>> {
    let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split_whitespace().map(move |word| start(word)..start(word) + word.len())
}
