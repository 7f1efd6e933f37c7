//! What is found by meaning, beside words, filters and quotes; and what is said without a model.

use super::{Library, PAGES, QUESTION, page};
use crate::place::{Place, report};

#[test]
fn a_question_finds_what_answers_it_in_other_languages() {
    let Some(library) = Library::ingested("finding by meaning") else { return };
    let found = library.search(&[QUESTION, "--explain"]).ok();
    let mut first = found.files();
    first.truncate(2);
    first.sort();
    assert_eq!(first, ["anonimato.html", "anonymat.html"]);
    let lines = found.json();
    assert_eq!(lines[0]["meaning"], "used");
    assert_eq!(lines[0]["unmeasured"], 0);
    let by_meaning = lines[1..].iter().find(|line| line["document"]["languages"][0] == "es");
    let passage = &by_meaning.unwrap()["passages"][0];
    assert_eq!(passage["by_meaning"], true);
    assert!(passage["explain"]["meaning"].as_f64().unwrap() > 0.3, "{passage}");
    let snippet = passage["snippet"]["text"].as_str().unwrap();
    assert!(snippet.contains("ocultar su identidad en internet"), "{snippet}");
    let text = library.amparo(&["search", QUESTION, "--lang", "es", "--explain"]).ok().stdout;
    assert!(text.contains("(by meaning): Anonimato en la red Cómo ocultar"), "{text}");
    assert!(text.contains("cosine 0."), "{text}");

    assert!(library.found(&[QUESTION, "--semantic", "off", "--lang", "es"]).is_empty());
    assert_eq!(library.found(&[QUESTION, "--semantic", "only", "--lang", "fr"]), ["anonymat.html"]);
    assert_eq!(library.found(&["quixotryx"]), [""; 0], "what nothing is near to finds nothing");
}

#[test]
fn filters_come_first() {
    let Some(library) = Library::ingested("filters before meaning") else { return };
    let found = |filter: &[&str]| {
        library.found(&[&[QUESTION, "--semantic", "only", "-n1"], filter].concat())
    };
    assert_eq!(found(&["--lang", "fr"]), ["anonymat.html"]);
    assert_eq!(found(&["--not-lang", "fr"]), ["anonimato.html"]);
    for nothing in [["--country", "haiti"], ["--since", "2019"], ["--publisher", "nobody"]] {
        assert_eq!(found(&nothing), [""; 0], "{nothing:?}");
    }
}

#[test]
fn a_phrase_is_not_answered_by_what_lacks_it() {
    let Some(library) = Library::ingested("phrases beside meaning") else { return };
    for semantic in ["auto", "only"] {
        let found = |text: &str| library.found(&[text, "--semantic", semantic]);
        assert_eq!(found("\"hide your identity\""), [""; 0]);
        assert_eq!(found("\"la cosecha\""), ["cafe.html"]);
        assert_eq!(found("failing crops \"maize harvest\""), ["harvest.html"]);
        assert_eq!(found("cosecha -maize"), ["cafe.html"]);
        assert_eq!(found("cells AND water"), ["prison.html"]);
        // A phrase that is nowhere is said to be, and what is near to the rest comes.
        let output =
            library.search(&[&format!("\"nobody wrote this\" {QUESTION}"), "--semantic", semantic]);
        assert_eq!(output.json()[0]["relaxed"], true);
        assert!(output.files().contains(&"anonimato.html".to_owned()));
    }
}

#[test]
fn names_are_answered_as_they_are_without_vectors() {
    let Some(library) = Library::new("names beside meaning") else { return };
    library.place.sample("en/iran-women-and-protest-2023.pdf", "iran.pdf");
    library.ingest(&["--no-catalogue"]).ok();
    for args in [&["Iran torture"][..], &["--country", "iran"], &["--violation", "torture", "Iran"]]
    {
        let ask = |semantic: &str| {
            let output = library.search(&[args, &["--semantic", semantic]].concat());
            (output.status, output.stdout)
        };
        assert_eq!(ask("auto"), ask("off"), "{args:?}");
    }
}

#[test]
fn passages_like_a_page_are_found_in_any_language() {
    let Some(library) = Library::ingested("similar") else { return };
    let similar =
        |args: &[&str]| library.amparo(&[&["similar", "--format", "json"], args].concat());
    let found = similar(&["anonymat.html"]).ok();
    assert_eq!(found.files()[0], "anonimato.html");
    assert!(!found.files().contains(&"anonymat.html".to_owned()));
    assert_eq!(found.json()[1]["passages"][0]["by_meaning"], true);
    assert_eq!(similar(&["anonymat.html", "--page", "1", "-n1"]).ok().files(), ["anonimato.html"]);
    assert_eq!(similar(&["anonymat.html", "--lang", "fr"]).status, 1);
    let missing = similar(&["anonymat.html", "--page", "2"]);
    assert_eq!(missing.status, 2);
    assert!(
        missing.stderr.contains("has no page 2\nhint: its pages are 1 to 1"),
        "{}",
        missing.stderr
    );
    assert!(similar(&["nowhere.html"]).stderr.contains("no document 'nowhere.html'"));
}

#[test]
fn without_a_model_words_are_found_and_it_is_said_once() {
    let place = Place::new();
    let (name, language, title, text) = PAGES[3];
    place.write(name, page(language, title, text));
    let ingested = place.ingest(&[]).ok();
    assert_eq!(report(&ingested)["encoded"], 0);
    let found = place.amparo(&["search", "maize harvest", "--format", "json"]).ok();
    assert_eq!(found.files(), ["harvest.html"]);
    assert_eq!(found.json()[0]["meaning"], "missing");
    assert_eq!(found.stderr.matches("amparo model install").count(), 1, "{}", found.stderr);
    for quiet in [&["--semantic", "off", "maize"][..], &["\"maize harvest\""], &["maize AND dry"]] {
        let found = place.amparo(&[&["search"], quiet].concat()).ok();
        assert_eq!(found.stderr, "", "{quiet:?}");
    }
    for only in [&["search", "maize", "--semantic", "only"][..], &["similar", "harvest.html"]] {
        let refused = place.amparo(only);
        assert_eq!(refused.status, 2);
        assert!(refused.stderr.contains("no model at"), "{}", refused.stderr);
        assert!(refused.stderr.contains("hint: install it with"), "{}", refused.stderr);
    }
}
