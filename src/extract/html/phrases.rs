//! Short texts that are the site's and not the article's, told by their words: pointers to other articles, calls to
//! subscribe or to follow, credits of pictures.
//!
//! In: a block. Out: yes or no. The phrases are our own collection, in `words.toml`. It judges short blocks only, so
//! that no paragraph is lost for quoting one.

use super::blocks::{Block, Shape};
use super::words::lists;

/// A block of more characters is never taken for one of these.
const LONGEST: usize = 260;

/// Whether a block is the site's by its words.
pub(super) fn is_the_sites(block: &Block) -> bool {
    if block.chars > LONGEST || matches!(block.shape, Shape::Row) {
        return false;
    }
    let text = block.text.to_lowercase();
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    points_elsewhere(block, text)
        || (!matches!(block.shape, Shape::Heading(_))
            && lists().notices.iter().any(|notice| text.contains(notice.as_str())))
        || (block.chars < 80
            && lists().credits.iter().any(|credit| text.starts_with(credit.as_str())))
        || is_reading_time(text)
}

/// A label of a pointer, alone or before a link.
fn points_elsewhere(block: &Block, text: &str) -> bool {
    lists().pointers.iter().any(|label| {
        text.strip_prefix(label.as_str()).is_some_and(|rest| {
            let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
            rest.is_empty() || block.link_share() > 0.4
        })
    })
}

/// "4 min read", "5 minutos de lectura".
fn is_reading_time(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let unit = rest.trim_start_matches([' ', '-']);
    rest.len() < text.len()
        && text.len() < 40
        && unit.starts_with("min")
        && lists().reading.iter().any(|word| unit.contains(word.as_str()))
}

/// Whether two texts have the same words, letters' case and punctuation apart, or one of more than two words is how the
/// other begins. A page's every block is asked, so it ends at the first word that differs.
pub(super) fn same_words(title: &str, heading: &str) -> bool {
    let (mut title, mut heading) = (words(title), words(heading));
    let mut common = 0;
    loop {
        match (title.next(), heading.next()) {
            (Some(one), Some(other)) if same_letters(one, other) => common += 1,
            (Some(_), Some(_)) => return false,
            (None, None) => return common > 0,
            _ => return common > 2,
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn same_letters(one: &str, other: &str) -> bool {
    one.chars().flat_map(char::to_lowercase).eq(other.chars().flat_map(char::to_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_the_same_in_any_case_and_when_one_goes_on() {
        for (title, heading, expected) in [
            ("Prisons in Honduras", "PRISONS IN HONDURAS!", true),
            ("Prisons in Honduras – The Shelter", "Prisons in Honduras", true),
            ("Prisons in Honduras", "Prisons in Honduras, a report", true),
            ("Prisons", "Prisons", true),
            ("Prisons in", "Prisons in Honduras", false),
            ("Prisons in Honduras", "Prisons in Haiti", false),
            ("Prisons in Honduras", "", false),
            ("", "", false),
        ] {
            assert_eq!(same_words(title, heading), expected, "{title:?} {heading:?}");
        }
    }
}
