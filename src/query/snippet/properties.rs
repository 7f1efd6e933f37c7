//! Whatever the text, what is marked is what was searched: places lead back to the very bytes that match.

use proptest::prelude::*;

use super::tests::paragraphs;
use super::*;
use crate::analysis::words;
use crate::query::syntax;

fn targets(query: &str) -> Targets {
    let texts = syntax::parse(query).expect("a query").texts();
    Targets::new((0..).zip(&texts).map(|(term, text)| Target::new(text, term, 1.0)))
}

/// The part of a text between two of its scalar values.
fn between(text: &str, (start, end): (usize, usize)) -> String {
    text.chars().skip(start).take(end - start).collect()
}

const QUERY: &str = "police torture wom?n nina~1 niña state";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// Counted in scalar values, a place holds the bytes of the mark it was made of, and every mark has its place.
    #[test]
    fn places_lead_back_to_the_bytes_of_their_marks(
        paragraphs in paragraphs(),
        language in prop::sample::select(&Language::ALL[..]),
    ) {
        let mut targets = targets(&format!("{QUERY} \"the police\""));
        for text in &paragraphs {
            let marks = targets.marks(text, language);
            let places = places(text, &marks);
            for mark in &marks {
                let start = text[..mark.range.start].chars().count();
                let end = start + text[mark.range.clone()].chars().count();
                prop_assert!(
                    places.iter().any(|place| place.0 <= start && end <= place.1),
                    "{:?} of {:?} is in no place of {:?}", mark, text, places
                );
            }
            for place in places {
                let held = between(text, place);
                let start = text.chars().take(place.0).map(char::len_utf8).sum::<usize>();
                prop_assert_eq!(&text[start..start + held.len()], held.as_str());
                let within = |mark: &Mark| start <= mark.range.start && mark.range.end <= start + held.len();
                let covered: usize = {
                    let mut bytes = vec![false; held.len()];
                    for mark in marks.iter().filter(|mark| within(mark)) {
                        bytes[mark.range.start - start..mark.range.end - start].fill(true);
                    }
                    bytes.iter().filter(|byte| **byte).count()
                };
                prop_assert_eq!(covered, held.len(), "{:?} holds more than marks", held);
            }
        }
    }

    /// What an excerpt marks is found again in what it marks, and it marks every word that is found in it.
    #[test]
    fn an_excerpt_marks_the_words_that_match_and_no_others(paragraphs in paragraphs(), limit in 70..200_usize) {
        let language = Language::Es;
        let mut targets = targets(QUERY);
        // Control characters are left out of an excerpt, so that words grow together that were not one before.
        let paragraphs: Vec<String> =
            paragraphs.iter().map(|text| text.replace(char::is_control, " ")).collect();
        let longest = paragraphs.iter().flat_map(|text| text.split_whitespace()).map(|word| word.chars().count()).max();
        prop_assume!(longest.unwrap_or(0) < 60);
        let with_language: Vec<_> = paragraphs.iter().map(|text| (text.as_str(), language)).collect();
        let snippet = targets.excerpt(&with_language, &[], limit);
        for place in &snippet.highlights {
            let held = between(&snippet.text, *place);
            for word in words(&held) {
                prop_assert!(!targets.marks(word.text, language).is_empty(), "{:?} in {:?}", word, held);
            }
        }
        let again = places(&snippet.text, &targets.marks(&snippet.text, language));
        prop_assert_eq!(again, snippet.highlights.clone(), "{:?}", snippet.text);
    }
}
