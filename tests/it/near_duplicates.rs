//! Nearly the same text in two files: one result, with the path of the other.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{amparo, corpus, evaluation, file_name};

/// The text of a sample, a paragraph an element.
fn paragraphs(sample: &str) -> Vec<String> {
    let sample = corpus().join(sample);
    let folder = tempfile::tempdir().unwrap();
    let extracted =
        amparo(folder.path(), &["extract", "--format", "json", sample.to_str().unwrap()]).ok();
    let passages = extracted.json().remove(0)["passages"].as_array().unwrap().clone();
    let paragraphs = passages.iter().flat_map(|passage| passage["paragraphs"].as_array().unwrap());
    paragraphs.map(|paragraph| paragraph["text"].as_str().unwrap().to_owned()).collect()
}

fn write_page(path: &Path, date: &str, paragraphs: &[String]) {
    let text: String = paragraphs.iter().map(|text| format!("<p>{text}</p>\n")).collect();
    let head = format!("<meta name=\"date\" content=\"{date}\"><title>Gangs in Honduras</title>");
    fs::write(path, format!("<html><head>{head}</head><body>{text}</body></html>")).unwrap();
}

const REPORT: &str = "honduras-gangs-and-state-protection-2023.pdf";

/// A report as PDF and as a web page, its Spanish version, an edition of another year, and half of it.
fn library(folder: &Path) -> PathBuf {
    let library = folder.join("library");
    fs::create_dir(&library).unwrap();
    for sample in [&format!("en/{REPORT}"), "es/honduras-maras-y-proteccion-estatal-2023.pdf"] {
        fs::copy(corpus().join(sample), library.join(file_name(sample))).unwrap();
    }
    let mut text = paragraphs(&format!("en/{REPORT}"));
    let half = text[..text.len() / 2].to_vec();
    text.push("Correction: an earlier version of this page misspelled a name.".to_owned());
    write_page(&library.join("page.html"), "2023-10-20", &text);
    let edition = |(number, text): (usize, &String)| match number % 8 {
        3 => format!("In 2019 this was found: {number}."),
        _ => text.clone(),
    };
    let edition: Vec<String> = text.iter().enumerate().map(edition).collect();
    write_page(&library.join("edition-2019.html"), "2019-10-20", &edition);
    write_page(&library.join("half.html"), "2023-10-20", &half);
    let index = folder.join("index");
    amparo(&index, &["ingest", library.to_str().unwrap()]).ok();
    index
}

#[test]
fn a_report_and_its_web_page_are_one_result() {
    let folder = tempfile::tempdir().unwrap();
    let index = library(folder.path());
    let find = |args: &[&str]| {
        amparo(&index, &[&["search", "gangs extortion", "--format", "json", "-n0"], args].concat())
            .ok()
    };
    let folded = find(&[]);
    let lines = folded.json();
    let names = |value: &serde_json::Value| -> Vec<String> {
        let files = value.as_array().unwrap().iter();
        files.map(|file| file["path"].as_str().map(file_name).unwrap()).collect()
    };
    let mut pair: Vec<String> = Vec::new();
    for line in &lines[1..] {
        let under = names(&line["near_duplicates"]);
        if !under.is_empty() {
            pair =
                [vec![line["document"]["path"].as_str().map(file_name).unwrap()], under].concat();
        }
    }
    pair.sort();
    assert_eq!(pair, [REPORT, "page.html"]);
    let unfolded = find(&["--unfold"]);
    assert_eq!(unfolded.files().len(), folded.files().len() + 1);
    assert_eq!(
        (&lines[0]["folded"], &unfolded.json()[0]["folded"], &lines[0]["documents"]),
        (&1.into(), &0.into(), &unfolded.json()[0]["documents"])
    );
    let shown = amparo(&index, &["search", "gangs extortion"]).ok().stdout;
    assert!(shown.contains("    nearly the same: "), "{shown}");
    let page = amparo(&index, &["show", "page.html"]).ok().stdout;
    assert!(
        page.lines().any(|line| line.starts_with("  nearly") && line.ends_with(REPORT)),
        "{page}"
    );
    // Passages are not folded.
    let passages = find(&["--by", "passage"]);
    assert_eq!(passages.files().len(), passages.json()[0]["passages"].as_u64().unwrap() as usize);
}

#[test]
fn folding_gives_the_same_answer_a_page_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let index = library(folder.path());
    let find = |args: &[&str]| {
        amparo(&index, &[&["search", "gangs", "--format", "json"], args].concat()).ok().files()
    };
    let whole = find(&["-n0"]);
    let paged: Vec<String> = (0..whole.len())
        .flat_map(|offset| find(&["-n1", "--offset", &offset.to_string()]))
        .collect();
    assert_eq!(paged, whole);
}

/// Judgments and web pages that no one would take for one another, but for a parser's test pages of the same filler text.
#[test]
fn different_documents_are_not_folded() {
    let Some(eval) = evaluation("different_documents_are_not_folded") else { return };
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index");
    let paths = [eval.join("courts/docs"), eval.join("html/pages")];
    amparo(&index, &["ingest", paths[0].to_str().unwrap(), paths[1].to_str().unwrap()]).ok();
    let all = amparo(&index, &["search", "NOT xyzzy", "--format", "json", "-n0"]).ok().json();
    assert!(all[0]["documents"].as_u64().unwrap() > 200, "{}", all[0]);
    let path = |file: &serde_json::Value| file["path"].as_str().map(file_name).unwrap();
    for line in &all[1..] {
        for near in line["near_duplicates"].as_array().unwrap() {
            let pair = [path(&line["document"]), path(near)];
            assert!(pair.iter().all(|file| file.starts_with("readability-")), "{pair:?}");
        }
    }
}
