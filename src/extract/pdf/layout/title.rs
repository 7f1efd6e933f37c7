//! A document's title as its first page shows it: the largest text there.

use crate::document::{Paragraph, Passage, Role};

/// Text this much larger than the rest of the page stands out.
const LARGER: f32 = 1.15;
/// A title is not a letter, and not a page of text.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=250;

/// The largest paragraph of the first page with text, where it stands out by size; parts of it in one size are joined.
pub(in crate::extract::pdf) fn title(passages: &[Passage]) -> Option<String> {
    let page = passages.iter().take(3).find(|passage| !passage.paragraphs.is_empty())?;
    let paragraphs: Vec<&Paragraph> =
        page.paragraphs.iter().filter(|paragraph| paragraph.role != Role::Furniture).collect();
    let size = |paragraph: &Paragraph| paragraph.font_size.unwrap_or(0.0);
    let is_wordy = |paragraph: &Paragraph| {
        paragraph.text.chars().filter(|character| character.is_alphabetic()).count() > 2
    };
    let wordy = paragraphs.iter().filter(|paragraph| is_wordy(paragraph));
    let largest = wordy.clone().map(|paragraph| size(paragraph)).max_by(f32::total_cmp)?;
    let others = wordy.clone().filter(|paragraph| size(paragraph) * LARGER < largest).count();
    let alone = paragraphs.len() == 1;
    if others == 0 && !alone {
        return None;
    }
    let is_largest = |paragraph: &&&Paragraph| size(paragraph) > largest * 0.97;
    let start =
        paragraphs.iter().position(|paragraph| is_largest(&paragraph) && is_wordy(paragraph))?;
    let parts = paragraphs[start..].iter().take_while(is_largest);
    let title = parts.map(|paragraph| paragraph.text.as_str()).collect::<Vec<_>>().join(" ");
    LENGTHS.contains(&title.chars().count()).then_some(title)
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
        let passages = [Passage { locator, section: None, paragraphs }];
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
