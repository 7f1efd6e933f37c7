//! Files that take their reader down or keep it for ever: they cost one run at most, and are then read apart and left alone.
//!
//! The faults are made on purpose (`ingest::fault`), in builds with debug assertions only; elsewhere these tests are skipped.

use std::process::Command;

use serde_json::Value;

use crate::place::{Place, about, report};
use crate::support::{Output, output_of};

/// Whether the program under test makes faults on purpose.
fn has_faults(test: &str) -> bool {
    if !cfg!(debug_assertions) {
        eprintln!("skipped: {test}: this build has no faults on purpose");
    }
    cfg!(debug_assertions)
}

fn library() -> Place {
    let place = Place::new();
    for (name, subject) in [("a.html", "lanterns"), ("m.html", "kettles"), ("z.html", "umbrellas")]
    {
        place.write(name, about(subject));
    }
    place
}

/// An ingest in which the file of this name fails so.
fn ingest(place: &Place, fault: &str, flags: &[&str]) -> Output {
    output_of(place.ingesting(flags).env("AMPARO_FAULT", fault))
}

#[track_caller]
fn check_left_alone(place: &Place, name: &str, reason: &str) {
    let said = place.trouble(name).unwrap_or_default();
    assert!(said.contains(reason) && said.contains("left alone until it changes"), "{said}");
    let text = place.amparo(&["status"]).ok().stdout;
    assert!(text.lines().any(|line| line.contains(name) && line.contains(reason)), "{text}");
    assert_eq!(place.found(&["lanterns OR kettles OR umbrellas"]).len(), 2);
}

#[test]
fn a_file_that_ends_the_process_is_read_apart_once_and_left_alone_until_it_changes() {
    if !has_faults("a file that ends the process") {
        return;
    }
    let place = library();
    let fault = "abort:m.html";
    assert_eq!(ingest(&place, fault, &["--jobs", "1"]).status, -1, "the first run dies of it");
    let second = ingest(&place, fault, &[]).ok();
    assert_eq!(report(&second)["failed"], 1);
    assert!(second.stderr.contains("m.html: reading it ends the process"), "{}", second.stderr);
    check_left_alone(&place, "m.html", "reading it ends the process");
    assert_eq!(report(&ingest(&place, fault, &[]).ok())["unchanged"], 3, "it is not tried again");
    // Even where everything is to be read again, it does not end the run.
    assert_eq!(report(&ingest(&place, fault, &["--rebuild"]).ok())["failed"], 1);
    place.rewrite("m.html", about("teapots"));
    assert_eq!(report(&place.ingest(&[]).ok())["failed"], 0);
    assert_eq!(place.found(&["teapots"]), ["m.html"]);
    assert_eq!(place.trouble("m.html"), None);
}

#[test]
fn a_file_that_was_only_there_when_the_process_died_is_read_as_any_other() {
    if !has_faults("a file beside one that ends the process") {
        return;
    }
    let place = library();
    assert_eq!(ingest(&place, "abort:a.html", &["--jobs", "1"]).status, -1);
    // This time it is no fault of the file's.
    let output = place.counts(&[], &[("found", 3), ("added", 3)]);
    assert_eq!(output.stderr, "");
    let (apart, other) = (place.state(), library());
    other.ingest(&[]).ok();
    assert_eq!(apart, other.state(), "what was read apart is as if it were not");
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_takes_all_memory_is_stopped() {
    if !has_faults("a file that takes all memory") {
        return;
    }
    let place = library();
    assert_eq!(ingest(&place, "memory:m.html", &["--jobs", "1"]).status, -1);
    ingest(&place, "memory:m.html", &[]).ok();
    check_left_alone(&place, "m.html", "of memory");
}

#[test]
fn a_file_that_never_ends_does_not_keep_the_others() {
    if !has_faults("a file that never ends") {
        return;
    }
    for jobs in ["1", "2"] {
        let place = library();
        let output = ingest(&place, "hang:a.html", &["--time-limit", "1", "--jobs", jobs]).ok();
        assert_eq!((&report(&output)["added"], &report(&output)["failed"]), (&3.into(), &1.into()));
        check_left_alone(&place, "a.html", "reading it takes more than 3 seconds");
    }
}

#[test]
fn the_process_that_reads_one_file_is_no_command_for_people() {
    let place = library();
    for args in [&["--help"][..], &["man"], &["completions", "bash"]] {
        let output = place.amparo(args).ok().stdout;
        assert!(!output.contains("Read one file in a process of its own"), "{args:?}");
    }
    let file = place.file("a.html");
    let output = output_of(
        Command::new(env!("CARGO_BIN_EXE_amparo"))
            .args(["read-apart", "--seconds", "9", "--memory", "4000000000", "--"])
            .arg(file),
    );
    let answer: Value = serde_json::from_str(&output.ok().stdout).unwrap();
    assert_eq!(answer["Extracted"]["metadata"]["title"], "On lanterns");
}
