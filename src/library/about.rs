//! What a text that stands for itself is about, and the words that lead to it.

use crate::annotate::{Annotator, Context, Kind, Mention, Subject, Tag, Tags};
use crate::document::{Language, Locator, Paragraph, Passage};
use crate::language;
use crate::output::contract::{AnnotatedCountry, AnnotatedViolation, Annotation, Term};
use crate::taxonomy::{ViolationId, Violations};

/// The countries, the violations and the language of a text, with the words that lead to them.
pub fn about(text: &str) -> Annotation {
    let (tags, language) = tags(text);
    let mentions = Annotator::builtin().mentions(text, language);
    let terms = |wanted: &dyn Fn(Subject) -> bool| -> Vec<Term> {
        let found = mentions.iter().filter(|mention| wanted(mention.subject));
        found.map(|mention| term(text, mention)).collect()
    };
    let countries = tags.countries.iter().map(|tag| AnnotatedCountry {
        code: tag.id.to_string(),
        weight: tag.weight,
        mentions: tag.mentions,
        terms: terms(&|subject| subject == Subject::Country(tag.id)),
    });
    let violations = tags.violations.iter().map(|tag| AnnotatedViolation {
        id: Violations::builtin().id(tag.id).to_owned(),
        kind: kind(tag).to_owned(),
        weight: tag.weight,
        mentions: tag.mentions,
        terms: terms(&|subject| matches!(subject, Subject::Violation(id, _) if id == tag.id)),
    });
    Annotation { language, countries: countries.collect(), violations: violations.collect() }
}

fn term(text: &str, mention: &Mention) -> Term {
    let start = text[..mention.range.start].chars().count();
    let words = &text[mention.range.clone()];
    let kind = match mention.subject {
        Subject::Violation(_, Kind::Instrument) => "instrument",
        Subject::Violation(_, Kind::Account) => "account",
        Subject::Country(_) => "name",
    };
    Term {
        text: words.to_owned(),
        start,
        end: start + words.chars().count(),
        kind: kind.to_owned(),
        weak: mention.weak,
    }
}

fn kind(tag: &Tag<ViolationId>) -> &'static str {
    if tag.instruments >= tag.mentions { "instrument" } else { "account" }
}

/// The tags of a text that stands for itself, and its language.
pub fn tags(text: &str) -> (Tags, Language) {
    let mut paragraphs: Vec<Paragraph> = text
        .split("\n\n")
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(Paragraph::body)
        .collect();
    language::tell(&mut paragraphs);
    let language = language::detect(text)
        .or_else(|| paragraphs.first().map(|paragraph| paragraph.language))
        .unwrap_or(Language::Other);
    let locator = Locator::Section { heading: None, anchor: None };
    let passage = Passage::new(locator, None, paragraphs);
    let mut annotation = Annotator::builtin().annotate(&[passage], &Context::default());
    (annotation.passages.pop().unwrap_or_default(), language)
}
