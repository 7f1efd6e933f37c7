//! What the command line answers to good and bad arguments.

use crate::support::{amparo, samples};

#[track_caller]
fn check(args: &[&str], status: i32, stderr: &str) {
    let folder = tempfile::tempdir().unwrap();
    let output = amparo(&folder.path().join("index"), args);
    let said = output.stderr.replace(&folder.path().display().to_string(), "DIR");
    assert_eq!((output.status, said.trim_end()), (status, stderr), "{}", output.stdout);
    assert_eq!(output.stdout, "");
}

#[test]
fn errors_say_what_to_try() {
    check(
        &["search", "torture"],
        2,
        "error: no index at 'DIR/index'\nhint: build one with 'amparo ingest FOLDER'",
    );
    check(
        &["search", "--country", "hondurass"],
        2,
        "error: unknown country 'hondurass'\nhint: did you mean Honduras?",
    );
    check(
        &["search", "--lang", "pt", "x"],
        2,
        "error: unknown language 'pt'\nhint: one of en, es, fr, other",
    );
    check(
        &["search"],
        2,
        "error: nothing to search for\nhint: give words, --country or --violation; 'amparo search --help' has examples",
    );
    check(
        &["search", "x", "--facets", "--format", "csv"],
        2,
        "error: counts are not part of this form of the answer\nhint: ask for --facets with --format text or json",
    );
    check(
        &["ingest", "/nowhere/at/all"],
        2,
        "error: /nowhere/at/all: No such file or directory (os error 2)\nhint: give files or folders that exist",
    );
}

#[test]
fn a_broken_operator_is_an_error_with_a_hint() {
    let output = amparo(samples(), &["search", "torture OR"]);
    assert_eq!(output.status, 2);
    assert_eq!(
        output.stderr,
        "error: 'OR' has nothing after it\n  torture OR\n          ^\nhint: to search for the word, write 'or'\n"
    );
}

#[test]
fn nothing_found_is_status_one() {
    let output = amparo(samples(), &["search", "xyzzyxyzzy"]);
    assert_eq!((output.status, output.stdout.as_str()), (1, "0 passages in 0 documents\n"));
}

#[test]
fn completions_and_the_manual_come_from_the_same_declarations() {
    for (args, expected) in [
        (vec!["completions", "bash"], "--violation"),
        (vec!["man"], ".TH amparo"),
        (vec!["--help"], "Examples:"),
    ] {
        let output = amparo(samples(), &args).ok();
        assert!(output.stdout.contains(expected), "{args:?}");
    }
}

#[test]
fn the_taxonomy_is_listed_in_three_languages() {
    let countries = amparo(samples(), &["countries", "--all"]).ok();
    assert!(
        countries.stdout.lines().any(|line| line == "HT  Haiti · Haití · Haïti"),
        "{}",
        countries.stdout
    );
    let violations = amparo(samples(), &["violations", "--all", "--format", "json"]).ok();
    assert_eq!(violations.json().len(), 63);
}

#[test]
fn annotate_answers_one_object_a_line() {
    use std::io::Write;
    let mut child = crate::support::command(samples())
        .args(["annotate", "--lines"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let text =
        "Journalists were tortured in Haiti.\n\nRatificar la Convención contra la Tortura.\n";
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let lines: Vec<serde_json::Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(
        (lines[0]["language"].as_str(), lines[0]["countries"][0]["code"].as_str()),
        (Some("en"), Some("HT"))
    );
    assert_eq!(lines[0]["countries"][0]["terms"][0]["text"], "Haiti");
    let kind = |line: &serde_json::Value| {
        let violations = line["violations"].as_array().unwrap().clone();
        violations.into_iter().find(|violation| violation["id"] == "torture").unwrap()["kind"]
            .clone()
    };
    assert_eq!((kind(&lines[0]), kind(&lines[2])), ("account".into(), "instrument".into()));
}
