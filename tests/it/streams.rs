//! Streams that can't be written: no message is worth a panic, and an answer that nobody reads is no error.

use std::fs::File;
use std::process::Stdio;

use crate::place::{Place, about};
use crate::support::{Output, output_of};

fn place() -> Place {
    let place = Place::new();
    place.write("one.html", about("lanterns"));
    place.write("empty.pdf", "");
    place.write("notes.txt", "no document");
    place
}

#[cfg(target_os = "linux")]
#[test]
fn an_ingest_whose_messages_cannot_be_written_is_done_all_the_same() {
    let place = place();
    let full = || File::options().write(true).open("/dev/full").unwrap();
    let output = output_of(place.ingesting(&[]).stderr(full()));
    assert_eq!(output.status, 0);
    assert_eq!(place.found(&["lanterns"]), ["one.html"]);
    let index = place.index();
    let failing =
        crate::support::command(&index.join("none")).arg("status").stderr(full()).status();
    assert_eq!(failing.unwrap().code(), Some(2));
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_an_error_and_no_panic() {
    let place = place();
    place.ingest(&[]).ok();
    let paths = place.file("one.html");
    let one = paths.to_str().unwrap();
    for args in [
        &["search", "lanterns"][..],
        &["status"],
        &["countries", "--all"],
        &["show", "one.html"],
        &["extract", one],
        &["ingest", one],
        &["completions", "bash"],
        &["man"],
        &["syntax"],
        &["forget", one],
    ] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = output_of(place.command().args(args).stdout(full));
        assert_eq!(output.status, 2, "{args:?}: {}", output.stderr);
        let said = output.stderr.lines().find(|line| line.starts_with("error: ")).unwrap_or("");
        assert!(said.contains("No space left on device"), "{args:?}: {}", output.stderr);
        assert!(!output.stderr.contains("panicked"), "{args:?}: {}", output.stderr);
    }
}

/// Runs a command whose stdout nobody reads.
fn unread(place: &Place, args: &[&str]) -> Output {
    let mut child = place.command();
    let mut child = child.args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    Output {
        stdout: String::new(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        status: output.status.code().unwrap_or(-1),
    }
}

#[test]
fn a_pipe_that_nobody_reads_is_no_error() {
    let place = place();
    let library = place.library();
    let library = library.to_str().unwrap();
    for args in [
        &["ingest", library][..],
        &["search", "lanterns"],
        &["status"],
        &["violations", "--all"],
        &["show", "one.html"],
        &["completions", "zsh"],
        &["man"],
        &["forget", library],
    ] {
        let output = unread(&place, args);
        assert_eq!(output.status, 0, "{args:?}: {}", output.stderr);
        assert!(!output.stderr.contains("panicked"), "{args:?}: {}", output.stderr);
    }
}
