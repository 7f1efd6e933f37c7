//! What documents and passages are about, and how well the labelled sentences of this project are told.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::document::{Locator, Paragraph, Role};

/// A page of English paragraphs; one that begins with `# ` is a heading, with `~ ` a running head.
fn page(paragraphs: &[&str]) -> Passage {
    let paragraphs = paragraphs.iter().map(|text| {
        let (role, text) = match (text.strip_prefix("# "), text.strip_prefix("~ ")) {
            (Some(heading), _) => (Role::Heading, heading),
            (_, Some(furniture)) => (Role::Furniture, furniture),
            _ => (Role::Body, *text),
        };
        Paragraph { language: Language::En, role, ..Paragraph::body(text) }
    });
    let locator = Locator::Page { number: 1, label: None };
    Passage::new(locator, None, paragraphs.collect())
}

fn asserted(tags: &Tags) -> Vec<String> {
    let asserted = tags.countries.iter().filter(|tag| tag.weight >= ASSERTED);
    asserted.map(|tag| tag.id.to_string()).collect()
}

/// The countries that a document is about, and each of its pages.
#[track_caller]
fn check(context: &Context<'_>, pages: &[&[&str]], document: &str, passages: &[&str]) {
    let pages: Vec<Passage> = pages.iter().map(|paragraphs| page(paragraphs)).collect();
    let annotation = Annotator::builtin().annotate(&pages, context);
    let mut found = asserted(&annotation.document);
    found.sort_unstable();
    assert_eq!(found.join(" "), document);
    let found: Vec<String> =
        annotation.passages.iter().map(|tags| asserted(tags).join(" ")).collect();
    assert_eq!(found, passages);
}

const SPEAKERS: &str =
    "Statements were made by Algeria, Brazil, Canada, Denmark, Egypt and France.";

#[test]
fn a_list_of_speakers_is_not_a_subject() {
    check(
        &Context::default(),
        &[&["The situation in Honduras is grave. Honduras does not investigate.", SPEAKERS]],
        "HN",
        &["HN"],
    );
    check(&Context::default(), &[&[SPEAKERS]], "", &[""]);
}

#[test]
fn a_speaker_in_parentheses_is_not_a_subject() {
    let recommendations = [
        "Haiti should ratify the treaty (Norway);",
        "Haiti should protect judges (United Kingdom);",
        "Train officers (Chile, Peru);",
    ];
    check(&Context::default(), &[&recommendations], "HT", &["HT"]);
}

#[test]
fn a_title_a_file_name_and_a_catalogue_are_strong_evidence() {
    let text: &[&str] = &["The police do not respond to calls."];
    let title = Context { title: Some("El Salvador: gangs"), ..Context::default() };
    check(&title, &[text], "SV", &[""]);
    let file_name = Context { file_name: "guatemala_2019-report.pdf", ..Context::default() };
    check(&file_name, &[text], "GT", &[""]);
    let codes = [CountryCode::new("HN").unwrap()];
    let catalogue = Context { catalogue_countries: &codes, ..Context::default() };
    check(&catalogue, &[text], "HN", &[""]);
}

#[test]
fn a_chapter_is_about_its_country_on_pages_that_do_not_name_it() {
    check(
        &Context::default(),
        &[
            &["# Honduras", "Murders went unpunished in Honduras."],
            &["# Freedom of assembly", "The police dispersed a march."],
            &["# Nicaragua", "Nicaragua closed newspapers."],
            &["The courts obey the president."],
        ],
        "HN NI",
        &["HN", "HN", "NI", "NI"],
    );
}

#[test]
fn a_chapter_is_not_about_a_country_that_it_names_once() {
    check(
        &Context::default(),
        &[
            &["# Honduras", "Murders went unpunished in Honduras."],
            &["# Nicaragua", "Nicaragua closed newspapers."],
            &["Whole villages have left for Honduras."],
            &[
                "Honduras took them in. Those whom Honduras sent back were arrested. Honduras protested.",
            ],
        ],
        "HN NI",
        &["HN", "NI", "NI", "NI HN"],
    );
}

#[test]
fn a_report_on_one_country_has_no_chapters_on_others() {
    check(
        &Context::default(),
        &[
            &[
                "# Honduras",
                "Honduras did not investigate. Honduras was warned. Honduras waits. Honduras hides.",
            ],
            &["# Aid from Norway", "A fund pays for two judges."],
            &["The judges of Honduras resigned."],
            &["The towns of Honduras, the roads of Honduras and the schools of Honduras are poor."],
            &["Honduras borrows. Honduras repays. Honduras builds."],
            &["Honduras votes. Honduras counts. Honduras waits again."],
        ],
        "HN",
        &["HN", "HN NO", "HN", "HN", "HN", "HN"],
    );
}

#[test]
fn many_chapters_make_a_document_about_none_of_them() {
    let names = ["Albania", "Brazil", "Chad", "Denmark", "Ecuador", "Fiji", "Ghana", "Haiti"];
    let names = names.iter().chain(&["India", "Japan", "Kenya", "Laos", "Mali", "Nepal"]);
    let pages: Vec<Passage> =
        names.map(|name| page(&[&format!("# {name}"), "The courts are slow."])).collect();
    let annotation = Annotator::builtin().annotate(&pages, &Context::default());
    assert_eq!(asserted(&annotation.document), Vec::<String>::new());
    assert_eq!(asserted(&annotation.passages[4]), ["EC"]);
}

#[test]
fn running_heads_are_not_counted() {
    check(&Context::default(), &[&["~ Peru", "Peru and the rest."]], "PE", &["PE"]);
    check(&Context::default(), &[&["~ Peru", "The courts are slow."]], "", &[""]);
}

#[test]
fn a_weak_name_counts_only_beside_a_strong_one() {
    check(&Context::default(), &[&["Jordan went home."]], "", &[""]);
    check(
        &Context::default(),
        &[&["Jordan closed the camp. Jordanian officers stood by."]],
        "JO",
        &["JO"],
    );
    check(&Context::default(), &[&["A trial in Tegucigalpa."]], "", &[""]);
}

#[test]
fn the_same_evidence_gives_the_same_tags() {
    let pages = [page(&["Torture in Honduras and El Salvador.", "Rape in Haiti."])];
    let annotate = || Annotator::builtin().annotate(&pages, &Context::default());
    assert_eq!(annotate(), annotate());
}

#[test]
fn a_passage_that_deals_with_a_violation_weighs_more_than_one_that_names_it() {
    let filler = "The river runs to the sea and the town lies on its bank. ".repeat(30);
    let much =
        page(&["He was tortured. Torture is common. They torture prisoners. Torture goes on."]);
    let little = page(&["He was tortured.", &filler]);
    let annotation = Annotator::builtin().annotate(&[much, little], &Context::default());
    let violations = Violations::builtin();
    let weight = |tags: &Tags| {
        let tag = tags.violations.iter().find(|tag| violations.id(tag.id) == "torture");
        tag.map_or(0.0, |tag| tag.weight)
    };
    let [much, little] = [weight(&annotation.passages[0]), weight(&annotation.passages[1])];
    assert!(much > little && little >= ASSERTED, "{much} {little}");
    assert!(strength(much) > strength(little) && strength(1.0) <= 1.0 && strength(0.0) <= 0.0);
}

#[test]
fn accounts_and_instruments_are_counted_apart() {
    let pages = [page(&["It ratified the Convention against Torture.", "He was tortured."])];
    let annotation = Annotator::builtin().annotate(&pages, &Context::default());
    let violations = Violations::builtin();
    let tags = &annotation.passages[0].violations;
    let torture = tags.iter().find(|tag| violations.id(tag.id) == "torture").unwrap();
    assert_eq!((torture.mentions, torture.instruments), (2, 1));
}

const LABELLED: [(Language, &str); 3] = [
    (Language::En, include_str!("../../tests/data/labelled-en.tsv")),
    (Language::Es, include_str!("../../tests/data/labelled-es.tsv")),
    (Language::Fr, include_str!("../../tests/data/labelled-fr.tsv")),
];

/// Id, expected and found violations of each sentence.
type Labels = Vec<(String, BTreeSet<String>, BTreeSet<String>)>;

fn labels(language: Language, table: &str) -> Labels {
    let violations = Violations::builtin();
    let rows = table.lines().skip(1).map(|line| {
        let fields: Vec<&str> = line.split('\t').collect();
        let expected = fields[1].split_whitespace().map(str::to_owned).collect();
        let found = Annotator::builtin().mentions(fields[2], language);
        let found = found.into_iter().filter(|mention| !mention.weak);
        let found = found.filter_map(|mention| match mention.subject {
            Subject::Violation(id, _) => Some(violations.id(id).to_owned()),
            Subject::Country(_) => None,
        });
        (fields[0].to_owned(), expected, found.collect())
    });
    rows.collect()
}

/// The mean F1 of the violations that at least two sentences have.
fn macro_f1(labels: &Labels) -> f64 {
    let mut counts: BTreeMap<&str, [u32; 3]> = BTreeMap::new();
    for (_, expected, found) in labels {
        for id in expected.union(found) {
            let at = match (expected.contains(id), found.contains(id)) {
                (true, true) => 0,
                (false, _) => 1,
                (true, false) => 2,
            };
            counts.entry(id).or_default()[at] += 1;
        }
    }
    counts.retain(|_, [hit, _, missed]| *hit + *missed >= 2);
    let f1 = |[hit, wrong, missed]: &[u32; 3]| {
        2.0 * f64::from(*hit) / f64::from(2 * hit + wrong + missed)
    };
    counts.values().map(f1).sum::<f64>() / counts.len() as f64
}

#[test]
fn labelled_sentences_are_recognised_in_three_languages() {
    for (language, table) in LABELLED {
        let labels = labels(language, table);
        assert!(labels.len() >= 150);
        let score = macro_f1(&labels);
        assert!(score >= 0.90, "{language}: macro-F1 {score:.3}");
    }
}

#[test]
fn a_sentence_has_the_same_labels_in_every_language() {
    let [english, spanish, french] = LABELLED.map(|(language, table)| labels(language, table));
    for other in [spanish, french] {
        let same = english.iter().zip(&other).filter(|(one, other)| {
            assert_eq!((&one.0, &one.1), (&other.0, &other.1), "rows out of step");
            // What is expected of both is found in both, or in neither.
            one.1.intersection(&one.2).eq(other.1.intersection(&other.2))
        });
        let share = same.count() as f64 / english.len() as f64;
        assert!(share >= 0.95, "{share:.3}");
    }
}

#[test]
fn the_labelled_sentences_cover_every_group() {
    let violations = Violations::builtin();
    let labels = labels(Language::Fr, LABELLED[2].1);
    for id in violations.ids() {
        let known = labels.iter().any(|(_, expected, _)| expected.contains(violations.id(id)));
        assert!(known, "{}", violations.id(id));
    }
}
