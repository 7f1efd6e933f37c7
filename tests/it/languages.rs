//! Languages together in one library, and scores that depend on what it holds, not on how it came to hold it.

use crate::library::Library;

/// Spanish documents, each with its like in English.
const PAIRS: [(&str, &str); 4] = [
    (
        "La tortura de los detenidos es frecuente en la comisaría central, dijo Xolotl.\nLa tortura fue denunciada por sus familiares.",
        "The torture of the detainees is frequent at the central station, said Xolotl.\nThe torture was reported by their relatives.",
    ),
    (
        "Los detenidos denunciaron la tortura ante el juez, que ordenó una investigación del caso.",
        "The detainees reported the torture to the judge, who ordered an investigation of the case.",
    ),
    (
        "El informe describe las cárceles, la falta de agua y de médicos, y en un anexo la tortura de dos detenidos durante el traslado.",
        "The report describes the prisons, the lack of water and of doctors, and in an annex the torture of two detainees during the transfer.",
    ),
    (
        "Las mujeres indígenas fueron desplazadas de sus tierras por la empresa minera del norte.",
        "The indigenous women were displaced from their lands by the mining company of the north.",
    ),
];

/// The library: each pair's Spanish half once, its English one so many times, each time with other words changed.
fn pages(english: usize) -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for (at, (spanish, english_text)) in PAIRS.into_iter().enumerate() {
        pages.push((format!("es-{at}"), spanish.to_owned()));
        for round in 0..english {
            pages.push((format!("en-{at}-{round}"), changed(english_text, round)));
        }
    }
    pages
}

/// A text with other names for what is not asked about.
fn changed(text: &str, round: usize) -> String {
    let mark = ["", "na", "re", "ti", "lo", "su", "mi", "ka", "po", "bu"][round];
    ["central", "relatives", "case", "water", "doctors", "annex", "lands", "mining", "north"]
        .iter()
        .fold(text.to_owned(), |text, word| text.replace(word, &format!("{word}{mark}")))
}

fn library(english: usize) -> Library {
    let pages = pages(english);
    let pages: Vec<_> = pages.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Library::of(&pages)
}

fn spanish(scores: &[(String, f32)]) -> Vec<&str> {
    let names = scores.iter().map(|(name, _)| name.as_str());
    names.filter(|name| name.starts_with("es-")).collect()
}

#[test]
fn ten_times_as_much_english_leaves_the_order_of_spanish_documents() {
    let (few, many) = (library(1), library(10));
    for text in [
        "tortura",
        "tortura detenidos",
        "investigación de la tortura",
        "tortura OR mujeres",
        "\"la tortura\"",
    ] {
        let (few, many) = (few.scores(text), many.scores(text));
        assert!(!spanish(&few).is_empty(), "{text}");
        assert_eq!(spanish(&few), spanish(&many), "{text}: {few:?} {many:?}");
    }
}

#[test]
fn a_word_keeps_its_weight_where_every_passage_of_another_language_quotes_it() {
    let english: Vec<(String, String)> = (0..300)
        .map(|number| {
            let said = match number % 20 {
                0 => "accounts of torture",
                1 => "plans for the harbour",
                _ => "the budget of the year",
            };
            (
                format!("en-{number}"),
                format!("The committee was shown {said} in its session {number}."),
            )
        })
        .collect();
    let mut pages: Vec<(&str, &str)> =
        english.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let weight = |pages: &[(&str, &str)]| {
        let found = Library::of(pages).scores("torture OR harbour");
        let score = |name: &str| found.iter().find(|(found, _)| found == name).unwrap().1;
        score("en-0") / score("en-1")
    };
    let alone = weight(&pages);
    pages.push((
        "fr-1",
        "Le comité contre la torture a publié un rapport sur la torture dans ce pays lointain.",
    ));
    let beside = weight(&pages);
    assert!((0.9..1.1).contains(&(beside / alone)), "{beside} {alone}");
}

/// How much more a Spanish document scores than its like in English.
fn ratio(library: &Library, text: &str, pair: usize) -> f32 {
    let scores = library.scores(text);
    let score = |name: String| {
        let found = scores.iter().find(|(found, _)| *found == name);
        found.unwrap_or_else(|| panic!("{text} finds no {name}: {scores:?}")).1
    };
    score(format!("es-{pair}")) / score(format!("en-{pair}-0"))
}

#[test]
fn a_spanish_document_stays_beside_an_english_one_of_equal_relevance() {
    let (few, many) = (library(1), library(10));
    for (text, pair) in [
        ("Xolotl", 0),
        ("juez OR judge", 1),
        ("investigación OR investigation", 1),
        ("cárceles prisons", 2),
        ("mujeres women", 3),
        ("\"la tortura\" OR \"the torture\"", 1),
        ("\"las mujeres\" OR \"women were\"", 3),
    ] {
        let (few, many) = (ratio(&few, text, pair), ratio(&many, text, pair));
        assert!((0.8..1.25).contains(&few), "{text}: {few}");
        assert!((0.8..1.25).contains(&many), "{text}: {many} where English is ten times as much");
        assert!((0.95..1.05).contains(&(few / many)), "{text}: {few} {many}");
    }
}

#[test]
fn scores_do_not_depend_on_what_was_deleted() {
    let library = library(4);
    let texts = [
        "tortura",
        "torture detainees",
        "\"the torture\"",
        "tortur*",
        "\"the tortur*\"",
        "\"the tortrue~1\"",
        "torturre~1",
        "title:en",
        "torture -judge",
    ];
    let ask = || texts.map(|text| library.scores(text));
    let before = ask();
    assert!(before.iter().all(|found| !found.is_empty()), "{before:?}");
    let names = ["en-0-1", "en-1-0", "en-2-3", "es-0"];
    names.into_iter().for_each(|name| library.remove(name));
    library.ingest();
    assert_ne!(ask(), before, "what was deleted is gone");
    let all = pages(4);
    let again: Vec<(&str, &str)> = all
        .iter()
        .filter(|(name, _)| names.contains(&name.as_str()))
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    library.write(&again);
    library.ingest();
    assert_eq!(ask(), before);
}
