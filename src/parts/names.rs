//! Texts that are nothing but the names of countries: chapter headings and running heads.

use crate::analysis::folded_words;
use crate::taxonomy::{Countries, CountryCode};

/// A longer text is no heading of a chapter, in bytes: the longest official name in three languages has 60.
const LONGEST: usize = 110;

/// The countries of which a text is the name, in order of code: `HONDURAS`, `Israel and the Occupied Palestinian Territory`,
/// `China (including Tibet)`, `HONDURAS Republic of Honduras`. None if it says anything else.
pub(super) fn whole(text: &str) -> Vec<CountryCode> {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
    if text.len() > LONGEST || !text.starts_with(char::is_uppercase) {
        return Vec::new();
    }
    let mut codes = named(text)
        .or_else(|| named(&inverted(text)?))
        .or_else(|| named(before_brackets(text)?))
        .or_else(|| twice(text))
        .or_else(|| several(text))
        .unwrap_or_default();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The countries of a running head: of all of it, or of a piece beside the page's number and the book's title.
pub(super) fn in_head(text: &str) -> Vec<CountryCode> {
    let pieces = text.split(['|', '/', '•', '·', '–', '—', '\u{2002}', '\u{2003}']);
    let bare = |piece: &str| {
        whole(piece.trim_matches(|c: char| c.is_ascii_digit() || !c.is_alphanumeric()))
    };
    std::iter::once(text)
        .chain(pieces)
        .map(bare)
        .find(|codes| !codes.is_empty())
        .unwrap_or_default()
}

/// The country that a text names. Adjectives and codes are no headings.
fn named(text: &str) -> Option<Vec<CountryCode>> {
    let words = folded_words(text);
    if words.len() < 4 {
        return None;
    }
    let countries = Countries::builtin();
    let bare = ["the ", "el ", "la ", "los ", "las ", "le ", "les "]
        .iter()
        .find_map(|article| words.strip_prefix(article));
    let codes = countries.find(&words).or_else(|| countries.find(bare?))?;
    // "Korea" alone is two countries; a chapter is on one, or says both.
    (codes.len() == 1).then_some(codes)
}

/// `Congo (Democratic Republic of)`, `Korea, Republic of`, with what stands behind put before.
fn inverted(text: &str) -> Option<String> {
    let (name, rest) = text.split_once(['(', ','])?;
    Some(format!("{} {}", rest.trim_end_matches(')').trim(), name.trim()))
}

fn before_brackets(text: &str) -> Option<&str> {
    let (name, rest) = text.split_once('(')?;
    rest.ends_with(')').then_some(name.trim())
}

/// A name with the official one below it, which became one paragraph.
fn twice(text: &str) -> Option<Vec<CountryCode>> {
    let mut ends = text.match_indices(' ').map(|(at, _)| at);
    ends.find_map(|at| {
        let (one, other) = (named(&text[..at])?, named(&text[at..])?);
        (one == other).then_some(one)
    })
}

/// Names that "and", a comma or a stroke joins. Each must be one, but for a first or last that says that it is the territories
/// beside.
fn several(text: &str) -> Option<Vec<CountryCode>> {
    let spaced = text.replace(['/', ',', '&'], " and ");
    let pieces = spaced.split_whitespace().collect::<Vec<_>>();
    let pieces = pieces.split(|word| matches!(word.to_lowercase().as_str(), "and" | "y" | "et"));
    let pieces: Vec<String> =
        pieces.map(|words| words.join(" ")).filter(|piece| !piece.is_empty()).collect();
    if !(2..=4).contains(&pieces.len()) {
        return None;
    }
    let codes: Option<Vec<Vec<CountryCode>>> = pieces.iter().map(|piece| named(piece)).collect();
    Some(codes?.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let codes: Vec<String> = whole(text).iter().map(ToString::to_string).collect();
        assert_eq!(codes, expected, "{text}");
    }

    #[test]
    fn a_heading_is_the_name_and_nothing_else() {
        check("Honduras", &["HN"]);
        check("HONDURAS", &["HN"]);
        check("EL SALVADOR", &["SV"]);
        check("The Gambia", &["GM"]);
        check("Bosnia and Herzegovina", &["BA"]);
        check("CONGO (DEMOCRATIC REPUBLIC OF)", &["CD"]);
        check("Myanmar (Burma)", &["MM"]);
        check("HONDURAS Republic of Honduras", &["HN"]);
        check("Israel and the Occupied Palestinian Territories", &["IL", "PS"]);
        check("Israel/Palestine", &["IL", "PS"]);
        check("Honduras and the Court", &[]);
        check("Women in Honduras", &[]);
        check("honduras", &[]);
        check("HN", &[]);
        check("Background", &[]);
        check("", &[]);
    }

    #[test]
    fn a_running_head_has_a_number_or_a_title_beside() {
        assert_eq!(in_head("164 Honduras"), whole("Honduras"));
        assert_eq!(in_head("World Survey 2011 | Honduras"), whole("Honduras"));
        assert!(in_head("World Survey 2011").is_empty());
    }
}
