//! A page shown whole, with what a search would match marked in it.

use serde_json::Value;

use crate::support::{amparo, samples};

/// What is marked on a page, each once, in order.
fn marked(document: &str, page: &str, text: &str) -> Vec<String> {
    let args = ["show", document, "--page", page, "--highlight", text, "--format", "json"];
    let shown = amparo(samples(), &args).ok().json().remove(0);
    let mut marked: Vec<String> = Vec::new();
    for paragraph in shown["passages"][0]["paragraphs"].as_array().unwrap() {
        let characters: Vec<char> = paragraph["text"].as_str().unwrap().chars().collect();
        for place in paragraph["highlights"].as_array().unwrap() {
            let at = |end: usize| place[end].as_u64().unwrap() as usize;
            let held: String = characters[at(0)..at(1)].iter().collect();
            if !marked.contains(&held) {
                marked.push(held);
            }
        }
    }
    marked
}

const SPANISH: &str = "mexico-desaparicion-forzada-2022.pdf";

#[test]
fn every_form_of_a_match_is_marked() {
    let english = "honduras-gangs-and-state-protection-2023.pdf";
    let stems = marked(english, "1", "gang recruiting");
    assert!(
        ["gang", "gangs", "recruitment"].iter().all(|form| stems.iter().any(|mark| mark == form)),
        "{stems:?}"
    );
    let phrase = marked(english, "2", "\"military police\"");
    assert_eq!(phrase, ["military police"]);
    assert!(marked(english, "2", "\"police military\"").is_empty());
    let pattern = marked(english, "1", "wom?n");
    assert!(pattern.iter().any(|mark| mark == "women"), "{pattern:?}");
}

#[test]
fn what_a_text_names_is_marked_in_the_language_of_the_page() {
    let marks = marked(SPANISH, "1", "enforced disappearance Mexico");
    let has = |term: &str| marks.iter().any(|mark| mark.to_lowercase() == term);
    assert!(has("méxico"), "{marks:?}");
    assert!(marks.iter().any(|mark| mark.to_lowercase().contains("desapar")), "{marks:?}");
}

#[test]
fn accents_do_not_shift_what_is_marked() {
    let args = ["show", SPANISH, "--page", "1", "--highlight", "desapariciones"];
    let shown = amparo(samples(), &args).ok().stdout;
    let marked: Vec<&str> = shown.split("**").skip(1).step_by(2).collect();
    assert!(!marked.is_empty());
    assert!(marked.iter().all(|mark| mark.to_lowercase().starts_with("desapar")), "{marked:?}");
}

#[test]
fn nothing_is_marked_without_a_text_and_a_broken_operator_is_shown() {
    let shown = amparo(samples(), &["show", SPANISH, "--format", "json"]).ok().json().remove(0);
    let passages = shown["passages"].as_array().unwrap();
    let none = |passage: &Value| {
        let paragraphs = passage["paragraphs"].as_array().unwrap();
        paragraphs.iter().all(|paragraph| paragraph["highlights"].as_array().unwrap().is_empty())
    };
    assert!(passages.iter().all(none));
    let broken = amparo(samples(), &["show", SPANISH, "--highlight", "police OR"]);
    assert_eq!(broken.status, 2);
    assert!(broken.stderr.contains("\n  police OR\n         ^\n"), "{}", broken.stderr);
}
