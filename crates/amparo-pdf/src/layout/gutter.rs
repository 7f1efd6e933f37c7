//! Narrow gutters: columns that stand so close together that one line runs on into the next.
//!
//! A gap of an em or two is a wide space in one line and a gutter where many lines have it at one place. There the lines
//! are cut into two that stand in one row; which order these are read in is told elsewhere.

use super::lines::{Gap, Line};
use crate::fragments::Piece;

/// Lines that have the gap before it is a gutter.
const FEWEST_LINES: usize = 5;
/// Lines looked at from the first that has it.
const MOST_LINES: usize = 400;
/// What all the gaps have in common is at least this wide, in ems.
const WIDTH: f32 = 0.8;

/// Cuts the lines of a page, in the order in which they were drawn, at its narrow gutters.
pub(super) fn cut(lines: Vec<Line>) -> Vec<Line> {
    if lines.iter().all(|line| line.gaps.is_empty()) {
        return lines;
    }
    let mut cut = Vec::with_capacity(lines.len() + lines.len() / 2);
    let mut at = 0;
    while at < lines.len() {
        let gutter = lines[at].gaps.iter().find_map(|gap| gutter(&lines[at..], *gap));
        let Some((length, from, to)) = gutter else {
            cut.push(lines[at].clone());
            at += 1;
            continue;
        };
        for line in &lines[at..at + length] {
            halves(line, f32::midpoint(from, to), &mut cut);
        }
        at += length;
    }
    cut
}

/// How many lines a gutter runs through that begins with a gap of the first of them, and what they have in common; `None`
/// where it is none.
fn gutter(lines: &[Line], gap: Gap) -> Option<(usize, f32, f32)> {
    let (mut from, mut to) = (gap.from, gap.to);
    let (mut with_gap, mut length) = (0, 0);
    for (at, line) in lines.iter().take(MOST_LINES).enumerate() {
        let goes_down = at == 0 || line.base <= lines[at - 1].base + 0.5 * line.size;
        if line.angle != lines[0].angle || !goes_down {
            break;
        }
        // Where the gap is wider, the two are lines of their own already.
        let before = at.checked_sub(1).filter(|_| line.same_row);
        let beside = before.map(|before| (lines[before].to, line.from));
        let inside = line.gaps.iter().map(|gap| (gap.from, gap.to));
        let common = inside.chain(beside).map(|gap| (gap.0.max(from), gap.1.min(to)));
        let common = common.filter(|(from, to)| to - from >= WIDTH * line.size);
        if let Some(common) = common.max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0))) {
            (from, to) = common;
            (with_gap, length) = (with_gap + 1, at + 1);
        } else if line.from < to && line.to > from {
            // It runs across.
            break;
        }
    }
    (with_gap >= FEWEST_LINES).then_some((length, from, to))
}

/// The line, or the two that stand on both sides of a place in one of its gaps.
fn halves(line: &Line, middle: f32, out: &mut Vec<Line>) {
    let gap = line.gaps.iter().position(|gap| gap.from < middle && middle < gap.to);
    let Some(at) = gap else { return out.push(line.clone()) };
    let gap = line.gaps[at];
    let (left, right) = line.text.split_at(gap.at);
    let half = |text: &str, gaps: &[Gap], words: Vec<Piece>| Line {
        text: text.trim().to_owned(),
        gaps: gaps.to_vec(),
        words,
        ..line.clone()
    };
    let first = line.words.partition_point(|word| word.range.start < gap.at);
    let (left_words, right_words) = line.words.split_at(first);
    out.push(Line { to: gap.from, ..half(left, &line.gaps[..at], left_words.to_vec()) });
    let start = line.text.len() - right.trim_start().len();
    let shifted = |word: &Piece| Piece {
        range: word.range.start.saturating_sub(start)..word.range.end.saturating_sub(start),
        ..word.clone()
    };
    let right_words = right_words.iter().map(shifted).collect();
    // The gaps of the right half would need new places: nothing asks for them any more.
    out.push(Line { from: gap.to, same_row: true, ..half(right, &[], right_words) });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::line;

    /// Lines given as halves with the places of the gap between them, cut and parted by " | ".
    #[track_caller]
    fn check(lines: &[(&str, f32, f32, &str)], expected: &str) {
        let lines = lines.iter().zip(1..).map(|((left, from, to, right), row)| {
            let mut whole = line(&format!("{left} {right}"), 50.0, 700.0 - 12.0 * row as f32);
            whole.gaps = vec![Gap { from: *from, to: *to, at: left.len() }];
            whole.to = to + 100.0;
            whole
        });
        let cut: Vec<String> = cut(lines.collect()).into_iter().map(|line| line.text).collect();
        assert_eq!(cut.join(" | "), expected);
    }

    #[test]
    fn a_gap_that_many_lines_have_at_one_place_cuts_them() {
        let gutter = |left, right| (left, 200.0, 218.0, right);
        check(
            &[
                gutter("a", "A"),
                gutter("b", "B"),
                gutter("c", "C"),
                gutter("d", "D"),
                gutter("e", "E"),
            ],
            "a | A | b | B | c | C | d | D | e | E",
        );
    }

    #[test]
    fn wide_spaces_of_justified_lines_are_no_gutter() {
        let spaced = |from: f32| ("a", from, from + 14.0, "b");
        check(
            &[spaced(100.0), spaced(150.0), spaced(200.0), spaced(110.0), spaced(170.0)],
            "a b | a b | a b | a b | a b",
        );
        check(&[spaced(100.0), spaced(100.0)], "a b | a b");
    }
}
