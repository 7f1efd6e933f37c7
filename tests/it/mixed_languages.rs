//! Languages of sentences, paragraphs and of documents in several of them, on the judged sets where they are at hand.

use std::collections::BTreeMap;
use std::path::Path;

use amparo::document::{Language, Paragraph, Role};
use amparo::extract::{self, Limits};
use amparo::language;

use crate::support::{amparo, corpus, evaluation};

/// The labelled sentences, by language.
fn sentences(folder: &Path) -> BTreeMap<Language, Vec<String>> {
    let table = std::fs::read_to_string(folder.join("language/sentences.tsv")).unwrap();
    let mut sentences: BTreeMap<Language, Vec<String>> = BTreeMap::new();
    for line in table.lines().skip(1) {
        let (label, text) = line.split_once('\t').unwrap();
        let language = Language::parse(label).unwrap_or(Language::Other);
        sentences.entry(language).or_default().push(text.to_owned());
    }
    sentences
}

#[test]
fn paragraphs_of_three_hundred_characters_are_told() {
    let Some(folder) = evaluation("paragraphs") else { return };
    let (mut right, mut wrong) = (0, Vec::new());
    for (language, sentences) in sentences(&folder) {
        let mut paragraph = String::new();
        for sentence in &sentences {
            paragraph.push_str(sentence);
            paragraph.push(' ');
            if paragraph.chars().count() >= 300 {
                match language::detect(&paragraph) {
                    told if told == Some(language) => right += 1,
                    told => wrong.push(format!("{language} told {told:?}: {paragraph}")),
                }
                paragraph.clear();
            }
        }
    }
    let share = f64::from(right) / f64::from(right + u32::try_from(wrong.len()).unwrap());
    eprintln!("paragraphs of 300 characters: {share:.4} of {}", right + wrong.len() as u32);
    assert!(share >= 0.998, "{share:.4}: {}", wrong.join("\n"));
}

/// The paragraphs of a page's text, without the headings' repetitions.
fn paragraphs(path: &Path) -> Vec<String> {
    let page = std::fs::read(path).unwrap();
    let extracted = extract::extract(&page, "page.html", &Limits::default()).unwrap();
    let paragraphs = extracted.passages.into_iter().flat_map(|passage| passage.paragraphs);
    paragraphs.filter(|line| line.role == Role::Body).map(|line| line.text).collect()
}

/// Guides that exist in three languages, their paragraphs taken in turn.
#[test]
fn documents_of_mixed_languages_are_told_paragraph_by_paragraph() {
    let Some(folder) = evaluation("mixed languages") else { return };
    let folder = folder.join("parallel/docs");
    let (mut right, mut all) = (0, 0);
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(folder.join("en")).unwrap() {
        let name = entry.unwrap().file_name();
        let texts = Language::INDEXED.map(|language| {
            let path = folder.join(language.code()).join(&name);
            if path.is_file() { paragraphs(&path) } else { Vec::new() }
        });
        if texts.iter().any(Vec::is_empty) {
            continue;
        }
        let longest = texts.iter().map(Vec::len).max().unwrap_or(0);
        let mut expected = Vec::new();
        let mut mixed = Vec::new();
        for place in 0..longest {
            for (language, text) in Language::INDEXED.iter().zip(&texts) {
                if let Some(text) = text.get(place) {
                    expected.push(*language);
                    mixed.push(Paragraph::body(text.as_str()));
                }
            }
        }
        language::tell(&mut mixed);
        for (paragraph, expected) in mixed.iter().zip(expected) {
            let length = paragraph.text.chars().count();
            all += length;
            if paragraph.language == expected {
                right += length;
            } else {
                wrong.push(format!("{expected} told {}: {}", paragraph.language, paragraph.text));
            }
        }
    }
    let share = right as f64 / all as f64;
    wrong.sort_by_key(|line| std::cmp::Reverse(line.len()));
    wrong.truncate(40);
    eprintln!("mixed documents: {share:.4} of {all} characters");
    assert!(share >= 0.985, "{share:.4} of {all} characters\n{}", wrong.join("\n"));
}

/// The languages of the documents of a folder, by their files' names.
fn languages(folder: &Path) -> BTreeMap<String, Vec<String>> {
    let index = folder.join("index");
    amparo(&index, &["ingest", folder.join("library").to_str().unwrap()]).ok();
    let found = amparo(&index, &["search", "honduras", "--format", "json"]).json();
    let documents =
        found.iter().filter(|line| line["type"] == "result").map(|line| &line["document"]);
    let name = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    documents
        .map(|document| {
            let languages = document["languages"].as_array().unwrap().iter();
            let codes = languages.map(|code| code.as_str().unwrap().to_owned()).collect();
            (name(document["path"].as_str().unwrap()), codes)
        })
        .collect()
}

#[test]
fn a_document_has_the_languages_of_its_paragraphs_whatever_its_file_is_called() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library");
    std::fs::create_dir(&library).unwrap();
    let spanish = "<p>Las desapariciones forzadas no fueron investigadas por las autoridades de Honduras, y las \
                   familias que las denunciaron recibieron amenazas de muerte en sus casas.";
    let english = "<p>The enforced disappearances were not investigated by the authorities of Honduras, and the \
                   families who reported them received threats against their lives at home.";
    std::fs::write(library.join("report.en.html"), format!("<html lang=en>{spanish}")).unwrap();
    std::fs::write(library.join("both.html"), format!("{english}{spanish}")).unwrap();
    let pdf = corpus().join("es/honduras-maras-y-proteccion-estatal-2023.pdf");
    std::fs::copy(pdf, library.join("honduras.en.pdf")).unwrap();
    let found = languages(folder.path());
    assert_eq!(found["report.en.html"], ["es"]);
    assert_eq!(found["honduras.en.pdf"], ["es"]);
    let mut both = found["both.html"].clone();
    both.sort();
    assert_eq!(both, ["en", "es"]);
}

#[test]
fn a_bilingual_page_is_searched_in_both_languages() {
    let Some(folder) = evaluation("bilingual") else { return };
    let index = tempfile::tempdir().unwrap();
    amparo(index.path(), &["ingest", folder.join("bilingual").to_str().unwrap()]).ok();
    let found = |text: &str| {
        let lines = amparo(index.path(), &["search", text, "--format", "json"]).ok().json();
        lines.into_iter().find(|line| line["type"] == "result").unwrap()
    };
    // What a text names is also found in other words; among the passages must be one of the text's own language.
    for (text, language, snippet) in [
        ("solicitantes de asilo", "es", "solicitantes de asilo"),
        ("asylum seekers", "en", "asylum seekers"),
    ] {
        let hit = found(text);
        let mut passages = hit["passages"].as_array().unwrap().iter();
        let passage = passages.find(|passage| passage["language"] == language).unwrap();
        let shown = passage["snippet"]["text"].as_str().unwrap().to_lowercase();
        assert!(shown.contains(snippet), "{shown}");
    }
    let document = found("asylum seekers")["document"].clone();
    let codes = |name: &str| -> Vec<String> {
        let values = document[name].as_array().unwrap().iter();
        values.map(|value| value["code"].as_str().or(value.as_str()).unwrap().to_owned()).collect()
    };
    assert_eq!(codes("languages"), ["en", "es"]);
    assert!(
        ["MX", "HT"].iter().all(|code| codes("countries").contains(&(*code).to_owned())),
        "{document}"
    );
    let file = std::fs::read_dir(folder.join("bilingual")).unwrap().next().unwrap().unwrap().path();
    let page = amparo(index.path(), &["extract", file.to_str().unwrap(), "--format", "json"]);
    let page = page.ok().json().remove(0);
    // English above, Spanish below.
    let sections = page["passages"].as_array().unwrap();
    let paragraphs = sections.iter().flat_map(|section| section["paragraphs"].as_array().unwrap());
    let mut told: Vec<&str> = paragraphs.map(|line| line["language"].as_str().unwrap()).collect();
    told.dedup();
    assert_eq!(told, ["en", "es"]);
    let text = amparo(index.path(), &["extract", file.to_str().unwrap()]).ok().stdout;
    for button in ["Donate", "Make a gift today", "Technical assistance\n", "Subscribe", "Cookie"] {
        assert!(!text.contains(button), "{button}");
    }
}

fn name_has(path: &Path, part: &str) -> bool {
    path.to_string_lossy().contains(part)
}

/// The share of a document's text, of its first pages, that is told to be in a language.
fn share(path: &Path, wanted: Language) -> f64 {
    let limits = Limits { passages: 20, ..Limits::default() };
    let bytes = std::fs::read(path).unwrap();
    let extracted = extract::extract(&bytes, &path.to_string_lossy(), &limits).unwrap();
    let (mut own, mut all) = (0, 0);
    for passage in &extracted.passages {
        // What a Russian document writes in Latin letters may be English.
        let is_foreign =
            |text: &str| !name_has(path, "_ru") || text.contains(|c| ('А'..='я').contains(&c));
        for paragraph in passage.paragraphs.iter().filter(|line| is_foreign(&line.text)) {
            all += paragraph.text.len();
            own += if paragraph.language == wanted { paragraph.text.len() } else { 0 };
        }
    }
    own as f64 / all.max(1) as f64
}

#[test]
fn portuguese_and_russian_documents_are_of_other_languages() {
    let Some(folder) = evaluation("other languages") else { return };
    let folder = folder.join("pdf/real");
    for name in ["cejil_1_pt", "cejil_2_pt", "ihrda_1_pt", "ohchr_1_ru"] {
        let share = share(&folder.join(format!("huridocs-{name}.pdf")), Language::Other);
        eprintln!("{name}: {share:.4} in another language");
        assert!(share >= 0.95, "{name}: {share:.3}");
    }
}
