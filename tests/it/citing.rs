//! What an answer exports for citing, and the log of what was searched.

use std::fs;

use serde_json::Value;

use crate::support::{amparo, command, samples, search};

#[test]
fn a_table_has_all_that_citing_a_passage_needs() {
    let args = ["search", "desaparición forzada", "--format", "csv", "-n0", "--passages", "0"];
    let output = amparo(samples(), &args).ok();
    let mut table = csv::Reader::from_reader(output.stdout.as_bytes());
    let header = table.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|header| header == name).expect(name);
    let summary = search(&["desaparición forzada", "-n0"]).json().remove(0);
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(summary["folded"], 0);
    assert_eq!(rows.len() as u64, summary["passages"].as_u64().unwrap());
    for row in &rows {
        for name in ["title", "path", "id", "hash", "language", "languages", "snippet"] {
            assert!(!row[column(name)].is_empty(), "{name} in {row:?}");
        }
        assert_eq!(row[column("hash")][..16], row[column("id")]);
        assert!(row[column("passage")].parse::<u32>().unwrap() > 0, "{row:?}");
        let english = &row[column("language")] == "en";
        assert_eq!(&row[column("needs_translation")] == "false", english, "{row:?}");
    }
    assert!(rows.iter().any(|row| &row[column("needs_translation")] == "true"));
}

#[test]
fn bibtex_has_an_entry_for_each_document() {
    let args = ["--country", "honduras", "--lang", "en", "-n0"];
    let documents = search(&args).files().len();
    let by_document =
        amparo(samples(), &[&["search", "--format", "bibtex"], &args[..]].concat()).ok();
    let entries: Vec<&str> = by_document.stdout.split("\n\n").collect();
    assert_eq!(entries.len(), documents);
    let gangs = entries.iter().find(|entry| entry.contains("honduras-gangs")).unwrap();
    for line in [
        "  title = {{Honduras: Gangs, Extortion and the Limits of State Protection}},",
        "  year = {2023},",
        "  month = oct,",
        "  day = {12},",
        "  language = {english},",
    ] {
        assert!(gangs.lines().any(|other| other == line), "{line} in {gangs}");
    }
    assert!(
        gangs.contains("  passages = {p. 1; p. 2") && gangs.contains("  blake3 = {"),
        "{gangs}"
    );
    let keys: std::collections::BTreeSet<&str> =
        entries.iter().filter_map(|entry| entry.lines().next()).collect();
    assert_eq!(keys.len(), entries.len());
    let by_passage = [&["search", "--format", "bibtex", "--by", "passage"], &args[..]].concat();
    let by_passage = amparo(samples(), &by_passage).ok().stdout;
    assert_eq!(by_passage.matches("\n@").count() + 1, documents);
}

#[test]
fn csl_json_has_an_item_for_each_document() {
    let args = ["search", "--country", "honduras", "--format", "csl-json", "-n0"];
    let output = amparo(samples(), &args).ok();
    let items: Vec<Value> = serde_json::from_str(&output.stdout).unwrap();
    assert_eq!(items.len(), search(&["--country", "honduras", "-n0"]).files().len());
    let of = |name: &str| {
        let path = |item: &&Value| item["custom"]["path"].as_str().unwrap().contains(name);
        items.iter().find(path).unwrap_or_else(|| panic!("{name}"))
    };
    let gangs = of("honduras-gangs");
    assert_eq!(gangs["type"], "report");
    assert_eq!(gangs["issued"]["date-parts"], serde_json::json!([[2023, 10, 12]]));
    assert_eq!(
        (&gangs["language"], &gangs["custom"]["needs_translation"]),
        (&"en".into(), &false.into())
    );
    assert_eq!(gangs["custom"]["passages"][0]["page"].as_u64().map(|page| page > 0), Some(true));
    let judgment = of("velasquez");
    assert_eq!((&judgment["type"], &judgment["language"]), (&"webpage".into(), &"es".into()));
    assert_eq!(judgment["custom"]["needs_translation"], true);
    let nothing = amparo(samples(), &["search", "xyzzyxyzzy", "--format", "csl-json"]);
    assert_eq!((nothing.status, nothing.stdout.as_str()), (1, "[]\n"));
}

#[test]
fn searches_are_logged_with_what_they_found() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("searches.jsonl");
    let log_name = log.to_str().unwrap();
    let found = search(&["police", "--country", "HN", "--not-lang", "es", "--log", log_name]).ok();
    assert_eq!(search(&["xyzzyxyzzy", "--since", "2019", "--log", log_name]).status, 1);
    assert_eq!(search(&["police OR", "--log", log_name]).status, 2);
    let text = fs::read_to_string(&log).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2, "{text}");
    let summary = &found.json()[0];
    assert_eq!(lines[0]["text"], "police");
    assert_eq!(lines[0]["filters"], serde_json::json!({ "country": ["HN"], "not-lang": ["es"] }));
    assert_eq!(
        (&lines[0]["documents"], &lines[0]["passages"]),
        (&summary["documents"], &summary["passages"])
    );
    assert_eq!(
        (&lines[1]["passages"], &lines[1]["filters"]["since"][0]),
        (&0.into(), &"2019".into())
    );
    for line in &lines {
        let date = line["date"].as_str().unwrap();
        assert!(date.len() == 20 && date.starts_with("20") && date.ends_with('Z'), "{date}");
        assert_eq!(line["version"], env!("CARGO_PKG_VERSION"));
    }
}

#[test]
fn a_log_in_csv_has_one_header_whoever_writes_first() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("searches.csv");
    let texts = ["police", "a, \"quoted\" text", "xyzzyxyzzy", "torture"];
    let children: Vec<_> = texts
        .iter()
        .map(|text| {
            let mut command = command(samples());
            command.args(["search", text, "--log"]).arg(&log);
            command.stdout(std::process::Stdio::null()).spawn().unwrap()
        })
        .collect();
    for mut child in children {
        child.wait().unwrap();
    }
    let mut table = csv::Reader::from_path(&log).unwrap();
    assert_eq!(&table.headers().unwrap()[1], "text");
    let mut logged: Vec<String> = table.records().map(|row| row.unwrap()[1].to_owned()).collect();
    logged.sort();
    let mut expected = texts.map(str::to_owned);
    expected.sort();
    assert_eq!(logged, expected);
}

#[test]
fn a_log_that_cannot_be_written_is_an_error_before_the_answer() {
    let output = search(&["police", "--log", "/nowhere/at/all/log.csv"]);
    assert_eq!((output.status, output.stdout.as_str()), (2, ""));
    assert!(output.stderr.contains("/nowhere/at/all/log.csv"), "{}", output.stderr);
}
