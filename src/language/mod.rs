//! The language of a paragraph: one of those that have a profile, or another one.
//!
//! Function words decide most paragraphs for a small part of what a trigram model costs; the model is asked for the rest. Languages that look like one of the table (Portuguese, Italian, Catalan,
//! Romanian; Dutch, German; …) have votes of their own, so that Portuguese is `other` and not Spanish. Pure; no state.

mod letters;
mod votes;

use whatlang::{Detector, Lang};

use crate::document::{Language, Paragraph, Passage, Role};
pub use letters::Letters;
use votes::Votes;

/// Changes whenever paragraphs would be told other languages than by the version before: by hand where rules or words change, by
/// itself with the number of languages.
pub const VERSION: u32 = (RULES << 8) + Language::COUNT as u32;

const RULES: u32 = 1;

/// Bytes of a text that the trigram model is shown: it keeps the 600 most frequent trigrams, which are settled long before.
const MODEL_BYTES: usize = 2000;

/// A text with fewer letters than this says nothing of its own language; its neighbours do.
const LEAST_LETTERS: usize = 12;

/// Share of a text from which a language is one of several that it is written in, not a quotation.
const LEAST_OF_SEVERAL: f32 = 0.15;

/// Letters from which the trigram model is trusted against a paragraph's neighbours.
const SURE_LETTERS: usize = 60;

/// The language of a text, `None` when there is too little of it to tell.
pub fn detect(text: &str) -> Option<Language> {
    let votes = Votes::of(text);
    if let Some(language) = votes.verdict() {
        return Some(language);
    }
    if text.chars().filter(|c| c.is_alphabetic()).take(LEAST_LETTERS).count() < LEAST_LETTERS {
        return None;
    }
    ask_model(text, &votes)
}

/// Tells the language of each paragraph of a document's passages, in their order. One too short to be sure of is in the language
/// that it is marked with, or in that of the paragraph before it; the first ones of a passage in that of its first paragraph
/// that can be told, and if there is none, of the passage before. Running heads and feet are told like others but never passed
/// on, nor is what only a mark says.
pub fn tell_passages(passages: &mut [Passage]) {
    let mut before = None;
    for passage in passages {
        before = tell_after(&mut passage.paragraphs, before);
    }
}

/// Tells the language of each paragraph of one text, as [`tell_passages`] does.
pub fn tell(paragraphs: &mut [Paragraph]) {
    tell_after(paragraphs, None);
}

/// Tells the language of each paragraph that comes after text in a language, if there was any; gives that of the last that could
/// be told.
fn tell_after(paragraphs: &mut [Paragraph], passage_before: Option<Language>) -> Option<Language> {
    let is_body = |paragraph: &Paragraph| paragraph.role != Role::Furniture;
    let mut told: Vec<Option<Language>> = Vec::with_capacity(paragraphs.len());
    let mut before = passage_before;
    for paragraph in paragraphs.iter() {
        let language = detect_surely(paragraph, before);
        before = language.filter(|_| is_body(paragraph)).or(before);
        told.push(language);
    }
    let told = tell_apart(paragraphs, told);
    let first =
        paragraphs.iter().zip(&told).find(|(paragraph, told)| is_body(paragraph) && told.is_some());
    let mut current = first
        .and_then(|(_, told)| *told)
        .or(passage_before)
        .unwrap_or_else(|| together(paragraphs));
    let contradicted = contradicted(paragraphs, &told);
    for (paragraph, told) in paragraphs.iter_mut().zip(told) {
        let marked = paragraph.marked.filter(|mark| !contradicted.contains(mark));
        paragraph.language = told.or(marked).unwrap_or(current);
        if is_body(paragraph) && told.is_some() {
            current = paragraph.language;
        }
    }
    before
}

/// Tells the short paragraphs of a text in several languages, of which only these are looked for.
fn tell_apart(paragraphs: &[Paragraph], told: Vec<Option<Language>>) -> Vec<Option<Language>> {
    let languages = languages_of(paragraphs, &told);
    if languages.len() < 2 {
        return told;
    }
    let among = |(paragraph, told): (&Paragraph, Option<Language>)| {
        told.or_else(|| detect_among(&paragraph.text, &languages))
    };
    paragraphs.iter().zip(told).map(among).collect()
}

/// The languages of which a text has so much that its short paragraphs may be in either.
fn languages_of(paragraphs: &[Paragraph], told: &[Option<Language>]) -> Vec<Language> {
    let length = |wanted: Option<Language>| -> usize {
        let own = paragraphs.iter().zip(told).filter(|(_, told)| {
            told.is_some() && wanted.is_none_or(|wanted| **told == Some(wanted))
        });
        own.map(|(paragraph, _)| paragraph.text.len()).sum()
    };
    let least = length(None) as f32 * LEAST_OF_SEVERAL;
    Language::ALL.into_iter().filter(|language| length(Some(*language)) as f32 > least).collect()
}

/// The one of several languages that a short text is most likely in.
fn detect_among(text: &str, languages: &[Language]) -> Option<Language> {
    let votes = Votes::of(text);
    let mut ranked: Vec<(u32, Language)> =
        votes.ranked().into_iter().filter(|(_, language)| languages.contains(language)).collect();
    ranked.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    if let [(best, language), (second, _), ..] = ranked[..]
        && best > second
    {
        return Some(language);
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(LEAST_LETTERS).count();
    if letters < LEAST_LETTERS {
        return None;
    }
    let profiles = languages.iter().filter_map(|language| language.profile());
    let allowed: Vec<Lang> = profiles.map(|profile| profile.model).collect();
    let best = Detector::with_allowlist(allowed).detect(text)?;
    Some(language_of(best.lang()))
}

/// The marks that are on text of another language: templates carry them along.
fn contradicted(paragraphs: &[Paragraph], told: &[Option<Language>]) -> Vec<Language> {
    let marks = paragraphs.iter().zip(told).filter_map(|(paragraph, told)| {
        let (marked, told) = (paragraph.marked?, (*told)?);
        (marked != told).then_some(marked)
    });
    marks.collect()
}

/// The language of a paragraph whose text is long enough, or has function words enough, not to be mistaken: what a heading or
/// a name alone would be guessed to be is worth less than its mark and its neighbours. The model is not asked about one whose
/// votes lean to the language of the text `before` it.
fn detect_surely(paragraph: &Paragraph, before: Option<Language>) -> Option<Language> {
    let text = &paragraph.text;
    let votes = Votes::of(text);
    votes.verdict().or_else(|| {
        let letters = text.chars().filter(|c| c.is_alphabetic()).take(SURE_LETTERS).count();
        let leaning = || before.filter(|language| votes.lean_to(*language));
        (letters == SURE_LETTERS).then(|| leaning().or_else(|| ask_model(text, &votes))).flatten()
    })
}

/// The language of paragraphs none of which can be told alone.
fn together(paragraphs: &[Paragraph]) -> Language {
    let texts: Vec<&str> = paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
    detect(&texts.join(" ")).unwrap_or(Language::Other)
}

/// The trigram model's answer: over all languages first, narrowed to those of the table where that is one of them or unreliable.
fn ask_model(text: &str, votes: &Votes) -> Option<Language> {
    let text = &text[..text.floor_char_boundary(MODEL_BYTES)];
    // Another script is never one of the table's, whichever language writes it.
    if whatlang::detect_script(text)? != whatlang::Script::Latin {
        return Some(Language::Other);
    }
    let open = Detector::new().detect(text)?;
    let known = language_of(open.lang());
    // The model takes a good deal of Catalan and Galician for Spanish; words of their own tell.
    if known != Language::Other && votes.is_more_of_others() {
        return Some(Language::Other);
    }
    let [(best, language), (second, _), ..] = votes.ranked();
    if known == Language::Other && (open.is_reliable() || language == Language::Other) {
        // Reliable or not, the model is overruled by words that only one of the table has.
        let overruled = language != Language::Other && best >= 2 && best > second;
        return Some(if overruled { language } else { Language::Other });
    }
    if best > second && language != Language::Other && !(known == language || open.is_reliable()) {
        return Some(language);
    }
    if known != Language::Other && open.is_reliable() {
        return Some(known);
    }
    let narrowed = Detector::with_allowlist(indexed()).detect(text)?;
    Some(language_of(narrowed.lang()))
}

/// The languages of the table, as the model calls them.
fn indexed() -> Vec<Lang> {
    Language::profiles().map(|profile| profile.model).collect()
}

fn language_of(lang: Lang) -> Language {
    let is_it = |language: &Language| language.profile().is_some_and(|own| own.model == lang);
    Language::INDEXED.into_iter().find(is_it).unwrap_or(Language::Other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Locator;

    #[track_caller]
    fn check(text: &str, expected: Option<Language>) {
        assert_eq!(detect(text), expected, "{text}");
    }

    #[test]
    fn languages_are_told_apart_and_from_those_that_resemble_them() {
        let table = include_str!("../../tests/data/languages.tsv");
        let rows = table.lines().filter_map(|line| line.split_once('\t'));
        let mut met = Vec::new();
        for (code, text) in rows {
            let language = Language::parse(code).unwrap_or(Language::Other);
            check(text, Some(language));
            met.push(language);
        }
        assert!(Language::ALL.iter().all(|language| met.contains(language)), "{met:?}");
    }

    #[test]
    fn too_little_text_says_nothing() {
        check("", None);
        check("A/HRC/19/19", None);
        check("12 – 14", None);
    }

    #[test]
    fn a_short_paragraph_takes_the_language_before_it() {
        let text = [
            "III.",
            "Las desapariciones forzadas en el país no fueron investigadas.",
            "12",
            "See the report of the Committee.",
        ];
        let mut paragraphs: Vec<_> = text.into_iter().map(Paragraph::body).collect();
        tell(&mut paragraphs);
        let told: Vec<_> = paragraphs.iter().map(|paragraph| paragraph.language).collect();
        assert_eq!(told, [Language::Es, Language::Es, Language::Es, Language::En]);
    }

    #[test]
    fn a_page_of_too_little_text_takes_the_language_of_the_page_before() {
        let pages = [
            &["Anexo", "Las desapariciones forzadas en el país no fueron investigadas."][..],
            &["Anexo II"],
            &["Annex III", "The police did not investigate the disappearances."],
            &["Annex IV"],
        ];
        let mut passages: Vec<_> = pages
            .into_iter()
            .map(|page| {
                let paragraphs = page.iter().copied().map(Paragraph::body).collect();
                Passage::new(Locator::Page { number: 1, label: None }, None, paragraphs)
            })
            .collect();
        tell_passages(&mut passages);
        let told = passages.iter().map(|passage| passage.paragraphs[0].language);
        assert_eq!(
            told.collect::<Vec<_>>(),
            [Language::Es, Language::Es, Language::En, Language::En]
        );
    }

    /// Checks the languages of paragraphs, each with its mark.
    #[track_caller]
    fn check_marked(paragraphs: &[(&str, Option<Language>)], expected: &[Language]) {
        let mut paragraphs: Vec<_> = paragraphs
            .iter()
            .map(|(text, marked)| Paragraph { marked: *marked, ..Paragraph::body(*text) })
            .collect();
        tell(&mut paragraphs);
        let told: Vec<_> = paragraphs.iter().map(|paragraph| paragraph.language).collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn a_mark_tells_what_the_text_does_not_and_is_overruled_by_it() {
        let english = "The police did not investigate the disappearances.";
        check_marked(
            &[(english, None), ("Anexo", Some(Language::Es)), ("Annex", None)],
            &[Language::En, Language::Es, Language::En],
        );
        check_marked(&[(english, Some(Language::Es))], &[Language::En]);
        check_marked(
            &[(english, Some(Language::Es)), ("Annex", Some(Language::Es))],
            &[Language::En, Language::En],
        );
    }

    /// At least 0.995 of paragraphs of 40 to 200 characters in English, Spanish and French.
    #[test]
    fn labelled_sentences_are_told_rightly() {
        let Some(dir) = std::env::var_os("AMPARO_EVAL") else {
            eprintln!("skipped: AMPARO_EVAL is not set");
            return;
        };
        let path = std::path::Path::new(&dir).join("language/sentences.tsv");
        let table = std::fs::read_to_string(path).unwrap();
        let mut wrong = Vec::new();
        let mut total = 0;
        for line in table.lines().skip(1) {
            let (label, text) = line.split_once('\t').unwrap();
            total += 1;
            let told = detect(text);
            if told != Language::parse(label) {
                wrong.push(format!("{label} told {told:?}: {text}"));
            }
        }
        let right = 1.0 - wrong.len() as f64 / f64::from(total);
        eprintln!("{right:.4} of {total} sentences told rightly");
        assert!(right >= 0.995, "{right:.4} of {total} right; wrong:\n{}", wrong.join("\n"));
    }
}
