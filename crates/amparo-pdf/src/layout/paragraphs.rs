//! Lines to paragraphs.
//!
//! Two lines belong together unless something parts them: more space than between the lines around, another size or
//! weight, an indent, a list's mark, or room that was left on the first line for the second one's first word.

use rustc_hash::FxHashMap;

use super::hyphens::BrokenWords;
use super::{Line, PageLines, words};
use crate::{Paragraph, Role};

/// More than this many times the usual distance between lines parts paragraphs.
const WIDE_LEADING: f32 = 1.28;
/// Text larger than the body by this factor is a heading.
const HEADING_SIZE: f32 = 1.15;
/// Headings are shorter than this, in characters.
const HEADING_LENGTH: usize = 200;
/// An indent, in ems.
const INDENT: f32 = 0.9;
/// Lines on each side that tell how far lines reach and how far they stand apart.
const AROUND: usize = 6;

/// What most of a document's text looks like.
pub(super) struct Body {
    size: f32,
    bold: bool,
}

impl Body {
    /// The commonest size, by characters, and whether most text is bold.
    pub fn measure(pages: &[PageLines]) -> Self {
        let mut sizes: FxHashMap<i32, usize> = FxHashMap::default();
        let (mut bold, mut all) = (0, 0);
        for line in pages.iter().flat_map(|page| &page.lines).filter(|line| !line.furniture) {
            // Halves of a point: scaled fonts are never quite the same.
            *sizes.entry((line.size * 2.0).round() as i32).or_default() += line.text.len();
            all += line.text.len();
            bold += if line.bold { line.text.len() } else { 0 };
        }
        let commonest = sizes.into_iter().max_by_key(|(size, characters)| (*characters, *size));
        Self { size: commonest.map_or(0.0, |(size, _)| size as f32 / 2.0), bold: bold * 2 > all }
    }
}

/// The paragraphs of a page.
pub(super) fn build(page: &PageLines, body: &Body, broken_words: &BrokenWords) -> Vec<Paragraph> {
    let lines = &page.lines;
    let mut paragraphs = Vec::new();
    let mut first = 0;
    for next in 1..=lines.len() {
        if next < lines.len() && !parts(lines, first, next, body) {
            continue;
        }
        if let Some((mut paragraph, starts)) = join(&lines[first..next], body, broken_words) {
            paragraph.lines =
                words::lines(&lines[first..next], &starts, &paragraph.text, page.view);
            paragraphs.push(paragraph);
        }
        first = next;
    }
    paragraphs
}

/// Whether a paragraph that starts at line `first` ends before line `next`.
fn parts(lines: &[Line], first: usize, next: usize, body: &Body) -> bool {
    let (before, after) = (&lines[next - 1], &lines[next]);
    if before.angle != after.angle || before.furniture != after.furniture {
        return true;
    }
    if after.same_row {
        // Cells of a row are one paragraph; two pieces of furniture on one row are not.
        return after.furniture;
    }
    let size = before.size.max(after.size);
    let down = before.base - after.base;
    let goes_on = starts_lower(&after.text) && !ends_sentence(&before.text);
    if before.furniture || (before.size - after.size).abs() > 0.15 * size {
        return true;
    }
    if down < 0.3 * size {
        // Upwards: the top of another column, where a sentence may go on.
        return !goes_on || down > -2.0 * size;
    }
    let row = row_start(lines, next - 1);
    if down > usual_leading(lines, next, size) * WIDE_LEADING {
        return true;
    }
    if goes_on && !has_leader(&before.text) {
        return !(row.overlaps(after) || before.overlaps(after));
    }
    // Lines of titles are as short as they like.
    let is_display = size > HEADING_SIZE * body.size;
    before.bold != after.bold
        || (before.same_row && !is_mark(&row.text))
        || has_leader(&before.text)
        || starts_with_bullet(&after.text)
        || (starts_with_number(&after.text) && ends_sentence(&before.text))
        || is_indented(lines, first, next, row)
        || (!is_display && left_room(lines, row, before, next))
}

/// The first cell of a line's row.
fn row_start(lines: &[Line], mut at: usize) -> &Line {
    let last = at;
    while at > 0 && lines[at].same_row && last - at < 64 {
        at -= 1;
    }
    &lines[at]
}

/// The distance that lines of this size around usually have.
fn usual_leading(lines: &[Line], next: usize, size: f32) -> f32 {
    let around = &lines[next.saturating_sub(AROUND)..lines.len().min(next + AROUND)];
    let mut distances: Vec<f32> = around
        .windows(2)
        .filter(|pair| pair[0].angle == pair[1].angle && (pair[1].size - size).abs() < 0.15 * size)
        .map(|pair| pair[0].base - pair[1].base)
        .filter(|distance| (0.7 * size..2.6 * size).contains(distance))
        .collect();
    if let [only] = distances[..]
        && !ends_sentence(&lines[next - 1].text)
    {
        return only;
    }
    distances.sort_by(f32::total_cmp);
    // The lower third: where paragraphs are short, distances between them are as many as those inside. One distance alone,
    // after a sentence, tells nothing.
    if distances.len() < 2 { 1.3 * size } else { distances[distances.len() / 3] }
}

fn is_indented(lines: &[Line], first: usize, next: usize, row: &Line) -> bool {
    let after = &lines[next];
    let shift = after.from - row.from;
    let em = after.size;
    let at_first = std::ptr::eq(row, &raw const lines[first]);
    if shift > INDENT * em {
        // A list's text hangs to the right of its mark; a first line stands to the right of the text before it.
        let hangs = at_first && (starts_with_bullet(&row.text) || starts_with_number(&row.text));
        !hangs
    } else if shift < -INDENT * em {
        // Back to the left after a first line is the same paragraph; after several lines the next item of a list.
        !at_first
    } else {
        false
    }
}

/// Whether the first word of line `next` would have fitted on the line before it.
fn left_room(lines: &[Line], row: &Line, before: &Line, next: usize) -> bool {
    let after = &lines[next];
    let around = &lines[next.saturating_sub(AROUND)..lines.len().min(next + AROUND)];
    let reach = around
        .iter()
        .filter(|line| line.angle == after.angle && !line.furniture)
        .filter(|line| line.overlaps(row) || line.overlaps(before))
        .map(|line| line.to)
        .fold(before.to, f32::max);
    let characters = after.text.chars().count().max(1) as f32;
    let width = (after.to - after.from) / characters;
    let word = after.text.split(' ').next().unwrap_or_default().chars().count() as f32 + 1.0;
    before.to + (word + 1.5) * width < reach
}

/// Joins the lines of a paragraph; also where in its text each of them starts.
fn join(
    lines: &[Line],
    body: &Body,
    broken_words: &BrokenWords,
) -> Option<(Paragraph, Vec<usize>)> {
    let mut text = String::with_capacity(lines.iter().map(|line| line.text.len() + 1).sum());
    let mut starts = Vec::new();
    for line in lines {
        broken_words.append(&mut text, &line.text);
        starts.push(text.len() - line.text.len());
    }
    let longest = lines.iter().max_by_key(|line| line.text.len())?;
    let role = if longest.furniture {
        Role::Furniture
    } else if is_heading(lines, &text, longest.size, body) {
        Role::Heading
    } else {
        Role::Body
    };
    let size = (longest.size * 10.0).round() / 10.0;
    Some((Paragraph { text, role, font_size: size, lines: Vec::new() }, starts))
}

fn is_heading(lines: &[Line], text: &str, size: f32, body: &Body) -> bool {
    if text.len() > HEADING_LENGTH
        || text.chars().filter(|character| character.is_alphabetic()).count() < 3
    {
        return false;
    }
    let larger = size > HEADING_SIZE * body.size;
    let bolder = !body.bold && lines.iter().all(|line| line.bold) && size > 0.9 * body.size;
    larger || (bolder && lines.len() <= 3 && !text.ends_with(['.', ',', ';']))
}

fn starts_lower(text: &str) -> bool {
    text.starts_with(char::is_lowercase)
}

fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|character: char| {
        // Quotes, brackets and the numbers of notes come after the full stop.
        matches!(character, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '¹' | '²' | '³' | '⁰'..='⁹')
    });
    text.ends_with(['.', '!', '?', ':', ';', '…'])
}

fn starts_with_bullet(text: &str) -> bool {
    let mut characters = text.chars();
    matches!(
        characters.next(),
        Some(
            '•' | '●'
                | '○'
                | '▪'
                | '■'
                | '□'
                | '◦'
                | '‣'
                | '–'
                | '—'
                | '-'
                | '*'
                | '❖'
                | '➢'
                | '✓'
        )
    ) && characters.next().is_none_or(char::is_whitespace)
}

/// "1.", "12)", "(a)", "iv.", "1.2.3"
fn starts_with_number(text: &str) -> bool {
    let word = text.split(' ').next().unwrap_or_default();
    let inner = word.trim_matches(|character| matches!(character, '(' | ')' | '.' | '[' | ']'));
    let short = inner.len() <= 8 && !inner.is_empty() && word.len() > inner.len();
    let digits = inner.chars().all(|character| character.is_ascii_digit() || character == '.');
    let letter = inner.chars().count() == 1 && inner.chars().all(char::is_alphabetic);
    let roman =
        inner.chars().all(|character| matches!(character, 'i' | 'v' | 'x' | 'I' | 'V' | 'X'));
    short && (digits || letter || roman)
}

/// Whether a line is an entry of a table of contents: dots lead to its page.
fn has_leader(text: &str) -> bool {
    text.ends_with(char::is_alphanumeric) && (text.contains(".....") || text.contains(". . . ."))
}

/// Whether a row's first cell only marks an item of a list.
fn is_mark(cell: &str) -> bool {
    !cell.contains(' ') && (starts_with_bullet(cell) || starts_with_number(cell))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{line, page};

    /// Lines as (text, from, base) on a page; paragraphs parted by " | ".
    #[track_caller]
    fn check(lines: &[(&str, f32, f32)], expected: &str) {
        let lines = lines.iter().map(|(text, from, base)| line(text, *from, *base)).collect();
        assert_eq!(texts(lines), expected);
    }

    fn texts(lines: Vec<Line>) -> String {
        let pages = [page(lines)];
        let built = build(&pages[0], &Body::measure(&pages), &BrokenWords::find(&pages));
        built.into_iter().map(|paragraph| paragraph.text).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn lines_of_a_paragraph_are_joined() {
        check(
            &[
                ("The police did not", 50.0, 700.0),
                ("come when she called", 50.0, 688.0),
                ("them.", 50.0, 676.0),
            ],
            "The police did not come when she called them.",
        );
    }

    #[test]
    fn space_between_lines_parts_paragraphs() {
        check(
            &[
                ("The first has two lines of it", 50.0, 700.0),
                ("and ends about here as it must", 50.0, 688.0),
                ("The second has two lines of it", 50.0, 668.0),
                ("and ends about here as it must", 50.0, 656.0),
            ],
            "The first has two lines of it and ends about here as it must | The second has two lines of it and ends about here as it must",
        );
    }

    #[test]
    fn an_indented_first_line_parts_paragraphs_and_a_list_hangs_together() {
        check(
            &[
                ("Some paragraph of the text ends here.", 50.0, 700.0),
                ("Here another paragraph begins now", 70.0, 688.0),
                ("Maria said that this is one of it all", 50.0, 676.0),
            ],
            "Some paragraph of the text ends here. | Here another paragraph begins now Maria said that this is one of it all",
        );
        check(
            &[
                ("1. An item of a list that is longer", 50.0, 700.0),
                ("Than a line is, hanging to here", 70.0, 688.0),
                ("2. Another item of the same list", 50.0, 676.0),
            ],
            "1. An item of a list that is longer Than a line is, hanging to here | 2. Another item of the same list",
        );
    }

    #[test]
    fn entries_of_a_table_of_contents_are_paragraphs() {
        check(
            &[
                ("Summary ....................... 3", 50.0, 700.0),
                ("by the State .................. 5", 50.0, 688.0),
            ],
            "Summary ....................... 3 | by the State .................. 5",
        );
    }

    #[test]
    fn room_left_on_a_line_parts_paragraphs() {
        check(
            &[
                ("This is a line that is as wide as lines get here", 50.0, 700.0),
                ("Short one", 50.0, 688.0),
                ("This is a line that is as wide as lines get here", 50.0, 676.0),
            ],
            "This is a line that is as wide as lines get here Short one | This is a line that is as wide as lines get here",
        );
    }

    #[test]
    fn larger_and_bold_short_text_is_a_heading() {
        let mut title = line("Violence against women", 50.0, 730.0);
        title.size = 16.0;
        let mut bold = line("A. Background", 50.0, 700.0);
        bold.bold = true;
        let body = line("The State has not acted on the reports that it received.", 50.0, 680.0);
        let pages = [page(vec![title, bold, body])];
        let built = build(&pages[0], &Body::measure(&pages), &BrokenWords::find(&pages));
        let roles: Vec<Role> = built.iter().map(|paragraph| paragraph.role).collect();
        assert_eq!(roles, [Role::Heading, Role::Heading, Role::Body]);
        assert_eq!(built[0].font_size.to_string(), "16");
    }

    #[test]
    fn each_row_of_cells_is_one_paragraph() {
        let cell = |text, base| Line { same_row: true, ..line(text, 300.0, base) };
        let rows = vec![
            line("Country", 50.0, 700.0),
            cell("Total", 700.0),
            line("Ghana", 50.0, 688.0),
            cell("12", 688.0),
        ];
        assert_eq!(texts(rows), "Country Total | Ghana 12");
    }
}
