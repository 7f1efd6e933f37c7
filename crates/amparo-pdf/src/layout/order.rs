//! Reading order.
//!
//! Producers draw text in reading order almost always, and know it better than geometry can tell: tables, side notes,
//! columns. So that order is kept unless the page itself shows that it was drawn in another one: when lines keep jumping
//! back up over lines they stand above of, or when two columns were drawn row by row.

use super::columns;
use super::lines::Line;

/// Jumps upwards within one column that a page may have for other reasons: head and foot, text boxes, tables.
const JUMPS_ALLOWED: usize = 4;
/// Share of a page's lines beyond which jumps mean that it was not drawn in reading order.
const JUMPS_SHARE: f32 = 0.2;
/// Cuts within cuts.
const DEEPEST: usize = 16;

/// Puts a page's lines in reading order.
pub(super) fn sort(lines: Vec<Line>) -> Vec<Line> {
    if is_scattered(&lines) { by_place(lines) } else { columns::apart(lines) }
}

fn is_scattered(lines: &[Line]) -> bool {
    let jumps = lines
        .windows(2)
        .filter(|pair| {
            let [before, after] = pair else { return false };
            // Upwards and to the right is the next column.
            before.angle == after.angle
                && after.base > before.base + before.size
                && after.from < before.to
        })
        .count();
    jumps > JUMPS_ALLOWED && jumps as f32 > JUMPS_SHARE * lines.len() as f32
}

/// Lines by their place: blocks are cut apart at white stripes, as a reader sees them.
fn by_place(lines: Vec<Line>) -> Vec<Line> {
    let mut angles: Vec<u16> = lines.iter().map(|line| line.angle).collect();
    angles.sort_unstable();
    angles.dedup();
    let mut sorted = Vec::with_capacity(lines.len());
    let mut slots: Vec<Option<Line>> = lines.into_iter().map(Some).collect();
    for angle in angles {
        let part =
            slots.iter_mut().filter(|slot| slot.as_ref().is_some_and(|line| line.angle == angle));
        let part: Vec<Line> = part.filter_map(Option::take).collect();
        cut(part, 0, &mut sorted);
    }
    let level: Vec<bool> = (0..sorted.len())
        .map(|at| at > 0 && follows_in_row(&sorted[at - 1], &sorted[at]))
        .collect();
    for (line, same_row) in sorted.iter_mut().zip(level) {
        line.same_row = same_row;
    }
    sorted
}

fn follows_in_row(before: &Line, after: &Line) -> bool {
    before.angle == after.angle && before.is_level_with(after) && after.from >= before.to
}

fn cut(mut lines: Vec<Line>, depth: usize, out: &mut Vec<Line>) {
    if lines.len() > 2 && depth < DEEPEST {
        if let Some(x) = column_gap(&mut lines) {
            let (left, right) = lines.into_iter().partition(|line: &Line| line.from < x);
            cut(left, depth + 1, out);
            return cut(right, depth + 1, out);
        }
        if let Some(y) = row_gap(&mut lines) {
            let (upper, lower) = lines.into_iter().partition(|line: &Line| line.base > y);
            cut(upper, depth + 1, out);
            return cut(lower, depth + 1, out);
        }
    }
    // Rows from the top, cells from the left. Rows are told by the line that starts them, so that the order is total.
    lines.sort_by(|a, b| b.base.total_cmp(&a.base));
    let mut rest = lines.into_iter().peekable();
    while let Some(first) = rest.next() {
        let mut row = vec![first];
        while let Some(next) = rest.next_if(|next| row[0].is_level_with(next)) {
            row.push(next);
        }
        row.sort_by(|a, b| a.from.total_cmp(&b.from));
        out.append(&mut row);
    }
}

/// The middle of the widest upright white stripe with several rows on both sides.
fn column_gap(lines: &mut [Line]) -> Option<f32> {
    lines.sort_by(|a, b| a.from.total_cmp(&b.from));
    let size = lines.iter().map(|line| line.size).sum::<f32>() / lines.len() as f32;
    let mut reached = lines.first()?.to;
    let mut widest: Option<(f32, f32)> = None;
    for (at, line) in lines.iter().enumerate() {
        let gap = line.from - reached;
        let several = at >= 3 && lines.len() - at >= 3;
        if several && gap > 0.8 * size && widest.is_none_or(|(width, _)| gap > width) {
            widest = Some((gap, line.from - gap / 2.0));
        }
        reached = reached.max(line.to);
    }
    widest.map(|(_, x)| x)
}

/// The middle of the highest level white stripe.
fn row_gap(lines: &mut [Line]) -> Option<f32> {
    lines.sort_by(|a, b| b.base.total_cmp(&a.base));
    let mut highest: Option<(f32, f32)> = None;
    for pair in lines.windows(2) {
        let [upper, lower] = pair else { continue };
        let gap = upper.base - lower.base - lower.size;
        if gap > 0.3 * lower.size && highest.is_none_or(|(height, _)| gap > height) {
            highest = Some((gap, f32::midpoint(upper.base, lower.base)));
        }
    }
    highest.map(|(_, y)| y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::line;

    #[track_caller]
    fn check(lines: Vec<Line>, expected: &str) {
        let texts: Vec<String> = sort(lines).into_iter().map(|line| line.text).collect();
        assert_eq!(texts.join(" "), expected);
    }

    #[test]
    fn the_order_of_drawing_is_kept_where_it_can_be_read() {
        check(
            vec![line("foot", 50.0, 20.0), line("a", 50.0, 700.0), line("b", 50.0, 688.0)],
            "foot a b",
        );
    }

    #[test]
    fn lines_drawn_upwards_are_put_in_order() {
        let upwards: Vec<Line> =
            (0..9).map(|at| line(&at.to_string(), 50.0, 100.0 + 12.0 * at as f32)).collect();
        check(upwards, "8 7 6 5 4 3 2 1 0");
    }

    #[test]
    fn scattered_columns_are_read_one_after_the_other() {
        let mut lines = vec![line("a heading that spans both columns of the page", 50.0, 760.0)];
        for at in [5, 4, 3, 2, 1, 0] {
            lines.push(line(&format!("L{at}"), 50.0, 700.0 - 12.0 * at as f32));
        }
        for at in [5, 4, 3, 2, 1, 0] {
            lines.push(line(&format!("R{at}"), 300.0, 700.0 - 12.0 * at as f32));
        }
        check(
            lines,
            "a heading that spans both columns of the page L0 L1 L2 L3 L4 L5 R0 R1 R2 R3 R4 R5",
        );
    }
}
