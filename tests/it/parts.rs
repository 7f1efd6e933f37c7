//! Parts of a document: a country and a violation hold in the same one, and what only stands beside comes last.

use std::fs;

use serde_json::Value;

use crate::support::amparo;

/// A book of chapters, each with what is said of torture in one country.
fn book() -> tempfile::TempDir {
    let library = tempfile::tempdir().unwrap();
    let chapter = |country: &str, said: &str| {
        format!(
            "<h2>{country}</h2><p>The authorities of {country} answered none of the letters that were sent to them, and the \
             courts of {country} heard few complaints. Lawyers waited for months before they could see those whom they were to \
             defend, and families learned of arrests from neighbours.</p><p>{said}</p>"
        )
    };
    let tortured = "Guards tortured prisoners with electric shocks, and doctors documented the torture of three of them.";
    let quiet = "Elections were held in May, and observers were let in.";
    let page = format!(
        "<html><head><title>Survey of the Year</title></head><body><article><h1>Survey of the Year</h1>{}{}{}</article></body></html>",
        chapter("Angola", tortured),
        chapter("Bolivia", quiet),
        chapter("Ghana", tortured),
    );
    fs::write(library.path().join("survey.html"), page).unwrap();
    amparo(&library.path().join("index"), &["ingest", &library.path().to_string_lossy()]).ok();
    library
}

fn results(library: &tempfile::TempDir, args: &[&str]) -> Vec<Value> {
    let args = [&["search", "--format", "json", "--by", "passage"], args].concat();
    let lines = amparo(&library.path().join("index"), &args).json().into_iter();
    lines.filter(|line| line["type"] == "result").collect()
}

#[test]
fn a_country_and_a_violation_hold_in_the_same_part() {
    let library = book();
    for country in ["angola", "ghana"] {
        let found = results(&library, &["-c", country, "-v", "torture"]);
        let first = &found[0];
        assert_eq!(first["beside"], false, "{country}");
        let title = first["passages"][0]["part"]["title"].as_str().unwrap().to_lowercase();
        assert_eq!(title, country);
        assert!(first["passages"][0]["snippet"]["text"].as_str().unwrap().contains("tortur"));
    }
    let found = results(&library, &["-c", "bolivia", "-v", "torture"]);
    assert!(found.iter().all(|line| line["beside"] == true), "{found:?}");
}

#[test]
fn a_chapter_is_about_its_country_alone() {
    let library = book();
    let found = results(&library, &["-c", "bolivia"]);
    assert!(!found.is_empty());
    for line in &found {
        let part = &line["passages"][0]["part"];
        assert_eq!((&part["kind"], &part["countries"][0]), (&"chapter".into(), &"BO".into()));
    }
}
