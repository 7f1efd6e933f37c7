//! A document's title as its first page shows it: the largest text there.

use super::title::real_title;
use crate::document::{Paragraph, Passage, Role};

/// Text this much larger than the rest of the page stands out.
const LARGER: f32 = 1.15;
/// A title is not a letter, and not a page of text.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=250;

/// Sizes of text, from the largest, among which a title is looked for: a letterhead may be larger than the title.
const SIZES: usize = 3;

/// The largest paragraph of the first page with text that can be a title, where it stands out by size; parts of it in one
/// size are joined.
pub(super) fn title(passages: &[Passage]) -> Option<String> {
    let page = passages.iter().take(3).find(|passage| !passage.paragraphs.is_empty())?;
    let paragraphs: Vec<&Paragraph> =
        page.paragraphs.iter().filter(|paragraph| paragraph.role != Role::Furniture).collect();
    let mut sizes: Vec<f32> = paragraphs
        .iter()
        .filter(|paragraph| is_wordy(paragraph))
        .map(|paragraph| size(paragraph))
        .collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    sizes.dedup_by(|smaller, larger| *smaller > *larger * ONE_SIZE);
    let smallest = *sizes.last()?;
    let alone = paragraphs.len() == 1;
    sizes
        .into_iter()
        .take(SIZES)
        .take_while(|size| *size > smallest * LARGER || alone)
        .find_map(|size| title_of_size(&paragraphs, size))
}

/// Sizes this close are one.
const ONE_SIZE: f32 = 0.97;

fn size(paragraph: &Paragraph) -> f32 {
    paragraph.font_size.unwrap_or(0.0)
}

fn is_wordy(paragraph: &Paragraph) -> bool {
    paragraph.text.chars().filter(|character| character.is_alphabetic()).count() > 2
}

/// The first run of paragraphs of a size, if it can be a title.
fn title_of_size(paragraphs: &[&Paragraph], wanted: f32) -> Option<String> {
    let is_wanted = |paragraph: &&&Paragraph| {
        size(paragraph) > wanted * ONE_SIZE && size(paragraph) * ONE_SIZE < wanted
    };
    let start =
        paragraphs.iter().position(|paragraph| is_wanted(&paragraph) && is_wordy(paragraph))?;
    let parts = paragraphs[start..].iter().take_while(is_wanted);
    let title = parts.map(|paragraph| paragraph.text.as_str()).collect::<Vec<_>>().join(" ");
    let title = title.replace('*', "");
    let letterhead = title.contains("Distr.");
    if letterhead || !LENGTHS.contains(&title.chars().count()) {
        return None;
    }
    real_title(&title)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Locator;

    #[track_caller]
    fn check(paragraphs: &[(&str, f32)], expected: Option<&str>) {
        let paragraphs = paragraphs
            .iter()
            .map(|(text, size)| Paragraph { font_size: Some(*size), ..Paragraph::body(*text) })
            .collect();
        let locator = Locator::Page { number: 1, label: None };
        let passages = [Passage::new(locator, None, paragraphs)];
        assert_eq!(title(&passages).as_deref(), expected);
    }

    #[test]
    fn the_largest_text_is_the_title() {
        check(
            &[("United Nations", 12.0), ("Report on", 20.0), ("Honduras", 20.0), ("x y z", 9.0)],
            Some("Report on Honduras"),
        );
        check(
            &[("1", 40.0), ("Torture in prisons", 18.0), ("Body text", 10.0)],
            Some("Torture in prisons"),
        );
    }

    #[test]
    fn text_of_one_size_has_no_title() {
        check(&[("One paragraph", 10.0), ("Another paragraph", 10.5)], None);
        check(&[], None);
    }
}
