//! Which countries of its document a passage is taken to be about without saying so.
//!
//! A report on one country does not name it on each of its pages. In a report on many, each passage speaks for itself: or
//! every page of an annual overview would be about every country in it.

use super::weights::{ASSERTED, INHERITED, MANY_COUNTRIES};
use super::{Tag, Tags};
use crate::taxonomy::CountryCode;

/// The document's countries that count for a passage: those it is mainly about. Where these are a few, only for a passage
/// that is about none of them by itself; where they are many, none.
pub fn inherited_countries(passage: &Tags, document: &Tags) -> Vec<Tag<CountryCode>> {
    let mainly = document.countries.iter().filter(|tag| tag.weight >= INHERITED);
    let mainly: Vec<Tag<CountryCode>> = mainly.copied().collect();
    let by_itself = |own: &Tag<CountryCode>| {
        own.weight >= ASSERTED && mainly.iter().any(|tag| tag.id == own.id)
    };
    if mainly.len() >= MANY_COUNTRIES || mainly.len() > 1 && passage.countries.iter().any(by_itself)
    {
        return Vec::new();
    }
    mainly
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Countries of a passage and its document, by code and weight in hundredths, and those that count for the passage.
    #[track_caller]
    fn check(passage: &[(&str, u32)], document: &[(&str, u32)], expected: &[&str]) {
        let tags = |countries: &[(&str, u32)]| Tags {
            countries: countries
                .iter()
                .map(|(code, weight)| Tag {
                    id: CountryCode::new(code).unwrap(),
                    weight: *weight as f32 / 100.0,
                    mentions: 1,
                    instruments: 0,
                })
                .collect(),
            ..Tags::default()
        };
        let found = inherited_countries(&tags(passage), &tags(document));
        let codes: Vec<_> = found.iter().map(|tag| tag.id.to_string()).collect();
        assert_eq!(codes, expected);
    }

    #[test]
    fn a_page_of_a_report_on_one_country_is_about_it() {
        check(&[], &[("HN", 90)], &["HN"]);
        check(&[("NO", 60)], &[("HN", 90)], &["HN"]);
        check(&[("NO", 60)], &[("HN", 90), ("NO", 10)], &["HN"]);
        check(&[("PE", 60)], &[("HN", 90), ("PE", 40)], &["HN"]);
        check(&[], &[("HN", 40)], &[]);
    }

    #[test]
    fn a_page_of_a_report_on_a_few_is_about_those_it_names_or_else_all() {
        check(&[("HN", 60)], &[("HN", 70), ("GT", 60)], &[]);
        check(&[("HN", 10)], &[("HN", 70), ("GT", 60)], &["HN", "GT"]);
        check(&[], &[("HN", 70), ("GT", 30)], &["HN"]);
        check(&[("NO", 60)], &[("HN", 70), ("GT", 60)], &["HN", "GT"]);
    }

    #[test]
    fn a_page_of_a_report_on_many_is_about_what_it_says() {
        let many = [("HN", 60), ("GT", 60), ("SV", 60), ("NI", 60)];
        check(&[("HN", 60)], &many, &[]);
        check(&[("HN", 10)], &many, &[]);
        check(&[], &many, &[]);
    }
}
