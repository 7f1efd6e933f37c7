//! Columns that were drawn row by row, the left cell and the right cell in turn: taken apart, where they are prose.
//!
//! A table is drawn like that, too, and is read row by row. What tells the two apart is the text: lines of a column are
//! long, and go on in the next line of the same column.

use super::lines::Line;

/// Rows with both cells, of at least [`LONG`] characters on average, that are columns whatever they say.
const MANY_ROWS: usize = 8;
const LONG: usize = 24;
/// The same where most lines go on with the sentence of the line above them.
const FEW_ROWS: usize = 4;
const SHORT: usize = 16;
/// Lines in one column only, one after the other, that end the columns: what follows is text below them.
const MOST_ALONE: usize = 3;

/// Two columns among lines: cells in the order in which they were drawn, and on which side each stands.
struct Columns {
    /// Whether a line stands in the right one.
    right: Vec<bool>,
    /// Rows that have both cells.
    rows: usize,
}

/// Puts each two columns that were drawn row by row one after the other.
pub(super) fn apart(mut lines: Vec<Line>) -> Vec<Line> {
    let mut start = 0;
    while start + 2 * FEW_ROWS <= lines.len() {
        let Some(columns) = columns(&lines[start..]) else {
            start += 1;
            continue;
        };
        let part = &mut lines[start..start + columns.right.len()];
        if columns.are_prose(part) {
            for line in part.iter_mut() {
                line.same_row = false;
            }
            let sides = part.iter().cloned().zip(columns.right.iter().copied());
            let (left, right): (Vec<_>, Vec<_>) = sides.partition(|(_, right)| !right);
            for (place, (line, _)) in part.iter_mut().zip(left.into_iter().chain(right)) {
                *place = line;
            }
        }
        start += columns.right.len();
    }
    lines
}

/// The columns that begin with the first two lines, up to the last row that has both cells.
fn columns(lines: &[Line]) -> Option<Columns> {
    let [first, second, ..] = lines else { return None };
    if first.same_row || !second.same_row {
        return None;
    }
    let (mut left_end, mut right_start) = (first.to, second.from);
    let mut columns = Columns { right: Vec::new(), rows: 0 };
    let mut right = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let next = lines.get(at + 1).filter(|next| next.same_row);
        let third = lines.get(at + 2).is_some_and(|third| third.same_row);
        let goes_down = at == 0 || line.base < lines[at - 1].base;
        if line.angle != first.angle || line.same_row || third && next.is_some() || !goes_down {
            break;
        }
        let is_right = next.is_none() && line.from >= left_end;
        if is_right {
            right_start = right_start.min(line.from);
        } else {
            left_end = left_end.max(line.to);
        }
        right.push(is_right);
        if let Some(next) = next {
            right_start = right_start.min(next.from);
            right.push(true);
        }
        if left_end >= right_start {
            break;
        }
        if next.is_some() {
            columns.rows += 1;
            columns.right.clone_from(&right);
        } else if right.len() > columns.right.len() + MOST_ALONE {
            break;
        }
        at = right.len();
    }
    (columns.rows > 0).then_some(columns)
}

impl Columns {
    /// Whether what stands in them is running text.
    fn are_prose(&self, lines: &[Line]) -> bool {
        if self.rows < FEW_ROWS {
            return false;
        }
        let sides = [false, true].map(|right| {
            let texts = lines.iter().zip(&self.right).filter(|(_, side)| **side == right);
            Side::of(texts.map(|(line, _)| line.text.as_str()))
        });
        let long = sides.iter().all(|side| side.average >= LONG);
        let goes_on = sides.iter().all(|side| side.average >= SHORT && side.goes_on);
        self.rows >= MANY_ROWS && long || goes_on
    }
}

/// What one column looks like.
struct Side {
    /// Bytes of its lines on average.
    average: usize,
    /// Whether half of its lines and more begin inside a sentence.
    goes_on: bool,
}

impl Side {
    fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let (mut lines, mut bytes, mut lower) = (0, 0, 0);
        for text in texts {
            lines += 1;
            bytes += text.len();
            lower += usize::from(text.starts_with(char::is_lowercase));
        }
        Self { average: bytes / lines.max(1), goes_on: 2 * lower >= lines }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::line;

    /// Rows of a left and a right cell, either may be empty; the lines in the order in which they are read.
    #[track_caller]
    fn check(rows: &[(&str, &str)], expected: &str) {
        let mut lines = Vec::new();
        for ((left, right), row) in rows.iter().zip(0..) {
            let base = 700.0 - 12.0 * row as f32;
            let cell = |text: &str, from| (!text.is_empty()).then(|| line(text, from, base));
            lines.extend(cell(left, 50.0));
            let same_row = !left.is_empty();
            lines.extend(cell(right, 300.0).map(|cell| Line { same_row, ..cell }));
        }
        let texts: Vec<String> = apart(lines).into_iter().map(|line| line.text).collect();
        assert_eq!(texts.join(" / "), expected);
    }

    #[test]
    fn columns_of_prose_are_taken_apart() {
        check(
            &[
                ("The police did not", "She had gone to the"),
                ("come when they were", "court of the province"),
                ("called by the women", "with a lawyer who knew"),
                ("of the neighbourhood.", "what had to be done."),
            ],
            "The police did not / come when they were / called by the women / of the neighbourhood. / \
             She had gone to the / court of the province / with a lawyer who knew / what had to be done.",
        );
    }

    #[test]
    fn a_column_may_have_lines_that_the_other_has_not() {
        check(
            &[
                ("The police did not", "She had gone to the"),
                ("come when they were", "court of the province"),
                ("called by the women.", ""),
                ("", "with a lawyer who knew"),
                ("nothing was done and", "what had to be done and"),
                ("nothing was written.", "which words to use for it."),
                ("Below the columns.", ""),
            ],
            "The police did not / come when they were / called by the women. / nothing was done and / \
             nothing was written. / She had gone to the / court of the province / with a lawyer who knew / \
             what had to be done and / which words to use for it. / Below the columns.",
        );
    }

    #[test]
    fn tables_are_read_row_by_row() {
        let rows = [("Ghana", "12 cases in the year"); 9];
        check(&rows, &["Ghana / 12 cases in the year"; 9].join(" / "));
        let rows = [("Ratify the Convention", "Accepted by the State"); 5];
        check(&rows, &["Ratify the Convention / Accepted by the State"; 5].join(" / "));
    }
}
