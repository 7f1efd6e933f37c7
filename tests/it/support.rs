//! A command in a folder of its own, and what it printed.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

/// What a command printed, and its exit status.
#[derive(Debug)]
pub struct Output {
    pub stdout: String,
    pub stderr: String,
    pub status: i32,
}

impl Output {
    /// stdout as JSON lines.
    pub fn json(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
    }

    /// File names of a search's results in order.
    pub fn files(&self) -> Vec<String> {
        let results = self.json().into_iter().filter(|line| line["type"] == "result");
        results.map(|line| file_name(line["document"]["path"].as_str().unwrap())).collect()
    }

    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.status, 0, "{}{}", self.stdout, self.stderr);
        self
    }
}

pub fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}

/// The sample documents.
pub fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// The program, its index in a folder, with nothing taken from the caller's environment, and no semantic model: see
/// [`model`] for tests that want one.
pub fn command(index: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_amparo"));
    command
        .env_remove("AMPARO_INDEX")
        .env("NO_COLOR", "1")
        .env("AMPARO_MODEL", "no-model")
        .env_remove("AMPARO_SEMANTIC");
    command.arg("--index").arg(index);
    command
}

/// The installed semantic model, or a visible note that the test is skipped.
pub fn model(test: &str) -> Option<PathBuf> {
    let place = amparo::semantic::model::place().filter(|place| place.is_file());
    if place.is_none() {
        eprintln!("skipped: {test}: no model is installed ('amparo model install')");
    }
    place
}

/// Runs the program on an index.
pub fn amparo(index: &Path, args: &[&str]) -> Output {
    output_of(command(index).args(args))
}

/// Runs a command to its end.
pub fn output_of(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    Output {
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        status: output.status.code().unwrap_or(-1),
    }
}

/// An index of the sample documents, without their catalogue, shared by the tests that only read.
pub fn samples() -> &'static Path {
    static INDEX: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, index) = INDEX.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let index = folder.path().join("index");
        let corpus = corpus();
        amparo(&index, &["ingest", "--no-catalogue", corpus.to_str().unwrap()]).ok();
        (folder, index)
    });
    index
}

/// Runs the program on the sample documents.
pub fn search(args: &[&str]) -> Output {
    let mut all = vec!["search", "--format", "json"];
    all.extend(args);
    amparo(samples(), &all)
}

/// The evaluation sets, or a visible note that the test is skipped.
pub fn evaluation(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("AMPARO_EVAL").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: {test}: AMPARO_EVAL names no folder of evaluation sets");
    }
    folder
}
