//! Countries and violations that the text of a query names: they count in ranking and stand in for their words, and the output
//! says so.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Request;
use super::syntax::{Query, Text};
use crate::analysis::{fold, is_stop_word, words};
use crate::annotate::{Annotator, Mention, Subject};
use crate::document::Language;
use crate::taxonomy::{Countries, CountryCode, ViolationId, Violations};

/// What the text was understood to name, each once, in order of its place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Understood {
    /// Countries.
    pub countries: Vec<CountryCode>,
    /// Violations.
    pub violations: Vec<ViolationId>,
}

/// How a text is taken: what it names, and which of its words do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Interpretation {
    /// What it names.
    pub understood: Understood,
    /// Which of the words name what.
    pub concepts: Vec<NamedConcept>,
    /// How much of what is asked was understood, 0 to 1: the square of the share of the words that are part of a name, of those
    /// that say something. In a question the country is one word of many (`docs/measurements.md` has other powers).
    pub share: f32,
}

impl Interpretation {
    /// Whether the text of this number is part of a name.
    pub fn is_named(&self, text: usize) -> bool {
        self.concepts.iter().any(|name| name.texts.contains(&text))
    }
}

/// Words that name something together.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedConcept {
    /// What they name.
    pub concept: Concept,
    /// Which of [`Query::texts`] they are.
    pub texts: Range<usize>,
    /// Whether a passage that holds the words has it. Not so for a country's: they may stand in the longer name of another.
    pub by_words: bool,
}

/// What words name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Concept {
    /// One of these countries.
    Countries(Vec<CountryCode>),
    /// One of these violations.
    Violations(Vec<ViolationId>),
}

/// The longest label that is looked for, in words.
const LONGEST_LABEL: usize = 12;

/// Finds countries and violations in what a query wants, unless it is to be taken literally. What it excludes names nothing.
pub fn interpret(request: &Request, query: &Query) -> Interpretation {
    let mut interpretation = Interpretation::default();
    if request.literal {
        return interpretation;
    }
    let typed = WantedText::of(query);
    let mut names = labels(&typed);
    let mentions = Annotator::builtin().mentions(&typed.text, Language::Other);
    violations(&mentions, &typed, &mut names);
    countries(&mentions, &typed, &mut names);
    names.sort_by_key(|name| name.texts.start);
    let understood = &mut interpretation.understood;
    for name in &names {
        match &name.concept {
            Concept::Countries(codes) => extend(&mut understood.countries, codes),
            Concept::Violations(ids) => extend(&mut understood.violations, ids),
        }
    }
    interpretation.concepts = names;
    interpretation.share = typed.share(&interpretation);
    interpretation
}

/// Adds the violations that are mentioned outside of labels.
fn violations(mentions: &[Mention], typed: &WantedText, names: &mut Vec<NamedConcept>) {
    let labels: Vec<Range<usize>> = names.iter().map(|name| name.texts.clone()).collect();
    for mention in mentions.iter().filter(|mention| !mention.weak) {
        let texts = typed.at(&mention.range);
        let in_label =
            labels.iter().any(|label| label.start <= texts.start && texts.end <= label.end);
        if let (Subject::Violation(id, _), false) = (mention.subject, in_label) {
            add(names, Concept::Violations(vec![id]), texts);
        }
    }
}

/// Adds the countries that are mentioned: outright; else without the capitals of their names, as people type (`turkey torture`);
/// else by a name that is something else too (`Georgia`).
fn countries(mentions: &[Mention], typed: &WantedText, names: &mut Vec<NamedConcept>) {
    if add_outright(mentions, typed, names) {
        return;
    }
    let restored = Annotator::builtin().mentions(&capitalised(&typed.text), Language::Other);
    if add_outright(&restored, typed, names) || add_outright(&acronyms(&typed.text), typed, names) {
        return;
    }
    for mention in mentions.iter().chain(&restored).filter(|mention| mention.weak) {
        let Subject::Country(code) = mention.subject else { continue };
        // A city is weak too, but no name of the country.
        let codes = Countries::builtin().find(&typed.text[mention.range.clone()]);
        if let Some(codes) = codes.filter(|codes| codes.contains(&code)) {
            add(names, Concept::Countries(codes), typed.at(&mention.range));
        }
    }
    // Who typed such a name may mean something else.
    for name in names.iter_mut().filter(|name| matches!(name.concept, Concept::Countries(_))) {
        name.by_words = true;
    }
}

/// Adds the countries that are mentioned outright; whether there are any.
fn add_outright(mentions: &[Mention], typed: &WantedText, names: &mut Vec<NamedConcept>) -> bool {
    let mut any = false;
    for mention in mentions.iter().filter(|mention| !mention.weak) {
        if let Subject::Country(code) = mention.subject {
            add(names, Concept::Countries(vec![code]), typed.at(&mention.range));
            any = true;
        }
    }
    any
}

/// The text with a capital at the beginning of each word, byte for byte in the same place.
fn capitalised(text: &str) -> String {
    let mut capitals = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        let mut upper = c.to_uppercase();
        let large = upper.next().filter(|large| large.len_utf8() == c.len_utf8());
        capitals.push(match large {
            Some(large) if !inside && upper.next().is_none() => large,
            _ => c,
        });
        inside = c.is_alphanumeric();
    }
    capitals
}

/// Acronyms of countries that are words too; only in capitals they are acronyms.
const ALSO_WORDS: [&str; 3] = ["eau", "opt", "us"];

/// Mentions of countries by an acronym that was typed without its capitals: `drc`.
fn acronyms(text: &str) -> Vec<Mention> {
    let mentions = |text: &str| Annotator::builtin().mentions(text, Language::Other);
    let mut found = Vec::new();
    for word in words(text).filter(|word| !ALSO_WORDS.contains(&fold(word.text).as_str())) {
        // What is a name by its first capital alone is no acronym.
        if mentions(&capitalised(word.text)).is_empty() {
            let large = mentions(&word.text.to_uppercase()).into_iter();
            found.extend(large.map(|mention| Mention { range: word.range(), ..mention }));
        }
    }
    found
}

/// Adds a name, to another of its kind that shares words with it.
fn add(names: &mut Vec<NamedConcept>, concept: Concept, texts: Range<usize>) {
    for name in &mut *names {
        if texts.start >= name.texts.end || name.texts.start >= texts.end {
            continue;
        }
        match (&mut name.concept, &concept) {
            (Concept::Countries(known), Concept::Countries(new)) => extend(known, new),
            (Concept::Violations(known), Concept::Violations(new)) => extend(known, new),
            _ => continue,
        }
        name.texts = name.texts.start.min(texts.start)..name.texts.end.max(texts.end);
        return;
    }
    let by_words = matches!(concept, Concept::Violations(_));
    names.push(NamedConcept { concept, texts, by_words });
}

fn extend<T: Copy + PartialEq>(known: &mut Vec<T>, new: &[T]) {
    for one in new {
        if !known.contains(one) {
            known.push(*one);
        }
    }
}

/// Violations named by their whole label, or their group's, of two words or more: `labour rights and trade unions`.
fn labels(typed: &WantedText) -> Vec<NamedConcept> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < typed.places.len() {
        let longest = (start + LONGEST_LABEL).min(typed.places.len());
        let label = (start + 2..=longest).rev().find_map(|end| {
            let text = &typed.text[typed.places[start].start..typed.places[end - 1].end];
            Violations::builtin().find(text).map(|ids| (end, ids))
        });
        match label {
            Some((end, ids)) => {
                let concept = Concept::Violations(ids.to_vec());
                found.push(NamedConcept { concept, texts: start..end, by_words: true });
                start = end;
            }
            None => start += 1,
        }
    }
    found
}

/// What is wanted, as one text.
struct WantedText {
    text: String,
    /// Where each of [`Query::texts`] stands in it.
    places: Vec<Range<usize>>,
}

impl WantedText {
    fn of(query: &Query) -> Self {
        let mut typed = Self { text: String::new(), places: Vec::new() };
        for text in query.texts() {
            if !typed.text.is_empty() {
                typed.text.push(' ');
            }
            let start = typed.text.len();
            let parts = match &text {
                Text::Term(term) => std::slice::from_ref(term),
                Text::Phrase(phrase) => phrase.parts.as_slice(),
            };
            for (at, part) in parts.iter().enumerate() {
                typed.text.push_str(if at > 0 { " " } else { "" });
                typed.text.push_str(part.typed());
            }
            typed.places.push(start..typed.text.len());
        }
        typed
    }

    /// The texts that a range of bytes touches.
    fn at(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.places.partition_point(|place| place.end <= range.start);
        let end = self.places.partition_point(|place| place.start < range.end);
        start..end.max(start + 1)
    }

    /// See [`Interpretation::share`]; 1 where no word says anything.
    fn share(&self, interpretation: &Interpretation) -> f32 {
        let (mut all, mut named) = (0, 0);
        for (at, place) in self.places.iter().enumerate() {
            if says_something(&self.text[place.clone()]) {
                all += 1;
                named += usize::from(interpretation.is_named(at));
            }
        }
        if all == 0 { 1.0 } else { (named as f32 / all as f32).powi(2) }
    }
}

/// Whether one word at least is not a stop word of any language.
pub fn says_something(text: &str) -> bool {
    words(text).any(|word| !is_stop_word(&fold(word.text), Language::Other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::syntax;

    #[track_caller]
    fn check(text: &str, countries: &str, violations: &str, share: f32) {
        let request = Request { text: text.to_owned(), ..Request::default() };
        let interpretation = interpret(&request, &syntax::parse(text).unwrap());
        let understood = &interpretation.understood;
        let codes: Vec<&str> = understood.countries.iter().map(CountryCode::as_str).collect();
        let table = Violations::builtin();
        let ids: Vec<&str> = understood.violations.iter().map(|id| table.id(*id)).collect();
        assert_eq!((codes.join(" ").as_str(), ids.join(" ").as_str()), (countries, violations));
        assert!((interpretation.share - share).abs() < 0.01, "{}", interpretation.share);
    }

    #[test]
    fn countries_and_violations_are_understood_in_three_languages() {
        check("Guinea torture", "GN", "torture", 1.0);
        check("la torture en Guinée", "GN", "torture", 1.0);
        check("desaparición forzada en El Salvador", "SV", "enforced-disappearance", 1.0);
        check("Equatorial Guinea", "GQ", "", 1.0);
    }

    #[test]
    fn countries_are_understood_without_their_capitals() {
        check("turkey torture", "TR", "torture", 1.0);
        check("rape in the drc", "CD", "sexual-violence", 1.0);
        check("china", "CN", "", 1.0);
        check("polish police", "PL", "", 0.25);
        check("will they tell us", "", "", 0.0);
        check("mujer india guatemala", "GT", "", 1.0 / 9.0);
    }

    #[test]
    fn a_name_that_is_something_else_too_is_a_country_where_no_other_is_named() {
        check("Géorgie torture", "GE", "torture", 1.0);
        check("jordan torture", "JO", "torture", 1.0);
        check("congo", "CG CD", "", 1.0);
        check("Honduras, Jordan Martínez", "HN", "", 1.0 / 9.0);
        check("New Mexico", "", "", 0.0);
        check("tegucigalpa police", "", "", 0.0);
    }

    #[test]
    fn what_else_is_asked_takes_its_share() {
        check("When did Honduras become independent?", "HN", "", 1.0 / 9.0);
        check("how many people", "", "", 0.0);
    }

    #[test]
    fn what_is_excluded_names_nothing() {
        check("women NOT Honduras", "", "", 0.0);
        check("Guatemala prison -torture", "GT", "", 0.25);
    }

    #[test]
    fn a_label_is_understood_whole() {
        check("Haiti gang violence", "HT", "gang-violence", 1.0);
    }
}
