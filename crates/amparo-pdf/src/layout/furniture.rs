//! Running heads, feet and page numbers: what returns at the edge of page after page.
//!
//! Marks lines; takes nothing away. A line is furniture where the same text, its numbers aside, stands at the top or at
//! the bottom of enough pages near one another, or where its number counts the pages.

use rustc_hash::FxHashMap;

use super::{Line, PageLines};

/// Rows looked at on each edge.
const EDGE_ROWS: usize = 3;
/// Share of the page's height in which an edge row lies.
const EDGE: f32 = 0.14;
/// Pages on which a text returns before it is furniture.
const RETURNS: usize = 3;
/// Share of the pages between the first and the last that have it: heads alternate, and change with the chapter.
const DENSITY: f32 = 0.3;
/// A running head is short.
const LONGEST: usize = 160;

/// Where a line is: page and place among the page's lines.
#[derive(Clone, Copy)]
struct Place {
    page: usize,
    line: usize,
}

/// Marks the furniture of a document.
pub(super) fn mark(pages: &mut [PageLines]) {
    // Texts that stand on one page twice are counted once: places come in the order of pages.
    let mut returning: FxHashMap<(bool, String), Vec<Place>> = FxHashMap::default();
    let mut counting: FxHashMap<(bool, i64), Vec<Place>> = FxHashMap::default();
    for (page, lines) in pages.iter().enumerate() {
        for (top, line) in edges(lines) {
            let place = Place { page, line };
            let text = &lines.lines[line].text;
            if let Some(number) = page_number(text) {
                counting
                    .entry((top, number - i64::try_from(page).unwrap_or(i64::MAX)))
                    .or_default()
                    .push(place);
            } else if text.len() <= LONGEST {
                returning.entry((top, signature(text))).or_default().push(place);
            }
        }
    }
    let all = returning.into_values().chain(counting.into_values());
    for place in all.filter(|places| is_running(places)).flatten() {
        pages[place.page].lines[place.line].furniture = true;
    }
}

fn is_running(places: &[Place]) -> bool {
    let (Some(first), Some(last)) = (places.first(), places.last()) else { return false };
    let mut count = 1;
    for pair in places.windows(2) {
        count += usize::from(pair[0].page != pair[1].page);
    }
    count >= RETURNS && count as f32 >= DENSITY * (last.page - first.page + 1) as f32
}

/// The lines on the page's edges: whether at the top, and their places.
fn edges(page: &PageLines) -> Vec<(bool, usize)> {
    let mut rows: Vec<usize> =
        (0..page.lines.len()).filter(|at| page.lines[*at].angle == page.angle).collect();
    rows.sort_by(|a, b| page.lines[*b].base.total_cmp(&page.lines[*a].base));
    let (foot, head) = page.span;
    let margin = EDGE * (head - foot);
    let upper = outermost(page, rows.iter(), |line| line.base > head - margin);
    let lower = outermost(page, rows.iter().rev(), |line| line.base < foot + margin);
    upper.map(|at| (true, at)).chain(lower.map(|at| (false, at))).collect()
}

fn outermost<'a>(
    page: &'a PageLines,
    from_edge: impl Iterator<Item = &'a usize>,
    near: impl Fn(&Line) -> bool,
) -> impl Iterator<Item = usize> {
    let mut row_base = f32::NAN;
    let mut rows = 0;
    from_edge.copied().take_while(move |at| {
        let line = &page.lines[*at];
        if (line.base - row_base).abs() < 0.5 * line.size {
            return near(line);
        }
        row_base = line.base;
        rows += 1;
        rows <= EDGE_ROWS && near(line)
    })
}

/// A text with each number as one digit, without spaces and case.
fn signature(text: &str) -> String {
    let mut signature = String::with_capacity(text.len());
    for character in text.chars().filter(|character| !character.is_whitespace()) {
        if !character.is_ascii_digit() {
            signature.extend(character.to_lowercase());
        } else if !signature.ends_with('0') {
            signature.push('0');
        }
    }
    signature
}

/// The number of a line that is nothing but a page number: "12", "- 12 -", "[iv]".
fn page_number(text: &str) -> Option<i64> {
    let bare = text.trim_matches(|character: char| !character.is_alphanumeric());
    if bare.len() > 8 {
        return None;
    }
    bare.parse::<u32>().ok().map(i64::from).or_else(|| roman(bare))
}

fn roman(text: &str) -> Option<i64> {
    let value = |letter: char| {
        Some(match letter.to_ascii_lowercase() {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            'l' => 50,
            'c' => 100,
            _ => return None,
        })
    };
    let values: Vec<i64> = text.chars().map(value).collect::<Option<_>>()?;
    let after = values.iter().skip(1).chain(std::iter::once(&0));
    let sum = values.iter().zip(after).map(|(now, next)| if now < next { -now } else { *now });
    (!values.is_empty()).then(|| sum.sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{line, page};

    /// Pages of lines given as (text, height); what is marked, page by page.
    #[track_caller]
    fn check(pages: &[&[(&str, f32)]], expected: &str) {
        let mut pages: Vec<PageLines> = pages
            .iter()
            .map(|lines| page(lines.iter().map(|(text, base)| line(text, 50.0, *base)).collect()))
            .collect();
        mark(&mut pages);
        let marked: Vec<String> = pages
            .iter()
            .map(|page| {
                let lines = page.lines.iter().filter(|line| line.furniture);
                lines.map(|line| line.text.clone()).collect::<Vec<_>>().join("+")
            })
            .collect();
        assert_eq!(marked.join(" | "), expected);
    }

    #[test]
    fn heads_and_page_numbers_are_furniture() {
        let head = ("Report 2019", 770.0);
        check(
            &[
                &[head, ("One", 400.0), ("1", 20.0)],
                &[head, ("Two", 400.0), ("- 2 -", 20.0)],
                &[head, ("Three", 400.0), ("3", 20.0)],
            ],
            "Report 2019+1 | Report 2019+- 2 - | Report 2019+3",
        );
    }

    #[test]
    fn numbers_inside_a_running_line_may_change() {
        check(
            &[&[("Page 9 of 11", 20.0)], &[("Page 10 of 11", 20.0)], &[("Page 11 of 11", 20.0)]],
            "Page 9 of 11 | Page 10 of 11 | Page 11 of 11",
        );
        check(&[&[("iv", 20.0)], &[("v", 20.0)], &[("vi", 20.0)]], "iv | v | vi");
    }

    #[test]
    fn what_does_not_return_or_stands_in_the_middle_is_text() {
        check(&[&[("Once", 770.0)], &[("Twice", 770.0)], &[("Thrice", 770.0)]], " |  | ");
        check(&[&[("Same", 400.0)], &[("Same", 400.0)], &[("Same", 400.0)]], " |  | ");
        check(&[&[("7", 20.0)], &[("3", 20.0)], &[("12", 20.0)]], " |  | ");
    }
}
