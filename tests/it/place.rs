//! A place to ingest in: a temporary folder with a library and an index, and what the index came to.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use amparo::document::Passage;
use amparo::index::record::{self, FileRecord};
use amparo::index::{Snapshot, Writer, passage_documents};
use serde_json::Value;

use crate::support::{Output, command, corpus, file_name, output_of};

/// A temporary folder with `library/` and, once something was ingested, `index/`; gone when dropped.
pub struct Place {
    root: tempfile::TempDir,
}

impl Place {
    /// An empty library and no index.
    pub fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("library")).unwrap();
        Self { root }
    }

    /// The folder itself, without links in its path, where commands run.
    pub fn root(&self) -> PathBuf {
        self.root.path().canonicalize().unwrap()
    }

    pub fn library(&self) -> PathBuf {
        self.root().join("library")
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.library().join(name)
    }

    pub fn index(&self) -> PathBuf {
        self.root().join("index")
    }

    /// Writes a file of the library.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.file(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Copies a sample document into the library.
    pub fn sample(&self, sample: &str, name: &str) -> PathBuf {
        self.write(name, fs::read(corpus().join(sample)).unwrap())
    }

    /// Changes a file of the library and makes sure that its time tells.
    pub fn rewrite(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.write(name, bytes);
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(SystemTime::now() + Duration::from_secs(5)).unwrap();
    }

    pub fn rename(&self, from: &str, to: &str) {
        fs::create_dir_all(self.file(to).parent().unwrap()).unwrap();
        fs::rename(self.file(from), self.file(to)).unwrap();
    }

    pub fn remove(&self, name: &str) {
        fs::remove_file(self.file(name)).unwrap();
    }

    /// The program on this place's index, in its folder.
    pub fn command(&self) -> Command {
        let mut command = command(&self.index());
        command.current_dir(self.root());
        command
    }

    pub fn amparo(&self, args: &[&str]) -> Output {
        output_of(self.command().args(args))
    }

    /// The command that ingests the library.
    pub fn ingesting(&self, flags: &[&str]) -> Command {
        let mut command = self.command();
        command.args(["ingest", "--format", "json"]).args(flags).arg(self.library());
        command
    }

    pub fn ingest(&self, flags: &[&str]) -> Output {
        output_of(&mut self.ingesting(flags))
    }

    /// Ingests, and asserts these counts; every other one must be 0.
    #[track_caller]
    pub fn counts(&self, flags: &[&str], expected: &[(&str, u64)]) -> Output {
        let output = self.ingest(flags).ok();
        let report = report(&output);
        for name in [
            "found",
            "added",
            "changed",
            "moved",
            "outdated",
            "unchanged",
            "removed",
            "missing",
            "copies",
            "redescribed",
            "failed",
            "warned",
        ] {
            let wanted = expected.iter().find(|(known, _)| *known == name).map_or(0, |(_, n)| *n);
            assert_eq!(report[name].as_u64(), Some(wanted), "{name} in {report}");
        }
        output
    }

    /// The documents that a search answers with.
    #[track_caller]
    pub fn search(&self, args: &[&str]) -> Vec<Value> {
        let mut all = vec!["search", "--format", "json", "-n0"];
        all.extend(args);
        let output = self.amparo(&all);
        assert!(output.status < 2, "{args:?}: {}", output.stderr);
        let results = output.json().into_iter().filter(|line| line["type"] == "result");
        results.map(|result| result["document"].clone()).collect()
    }

    /// File names of the documents that a search answers with, in order.
    #[track_caller]
    pub fn found(&self, args: &[&str]) -> Vec<String> {
        let documents = self.search(args);
        documents.iter().map(|one| file_name(one["path"].as_str().unwrap())).collect()
    }

    /// What `status` says of a file that gave trouble: the failure, or else the warnings.
    pub fn trouble(&self, name: &str) -> Option<String> {
        let lines = self.amparo(&["status", "--format", "json"]).ok().json();
        let line = lines
            .iter()
            .filter(|line| line["type"] == "trouble")
            .find(|line| line["path"].as_str().is_some_and(|path| file_name(path) == name))?;
        let warnings = || line["warnings"].as_array().unwrap().iter().filter_map(Value::as_str);
        let failure = line["failure"].as_str().map(str::to_owned);
        Some(failure.unwrap_or_else(|| warnings().collect::<Vec<_>>().join("; ")))
    }

    /// Everything that the index keeps and what it answers, but for where and when the files were, so that two indexes can be
    /// compared; asserts that it agrees with itself.
    #[track_caller]
    pub fn state(&self) -> String {
        state(&self.index()).replace(&*self.root().to_string_lossy(), "")
    }
}

/// The counts that an ingest printed.
#[track_caller]
pub fn report(output: &Output) -> Value {
    output.json().pop().unwrap()
}

/// Asserts that two states are the same, and shows the first line in which they are not.
#[track_caller]
pub fn same_state(one: &str, other: &str, when: &str) {
    let differs = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    if let Some((one, other)) = differs {
        panic!("{when}:\n{one}\n{other}");
    }
    assert_eq!(one.lines().count(), other.lines().count(), "{when}");
}

/// Every record of an index as text. Asserts that each document has its passages, and that no passage is without its document.
#[track_caller]
pub fn state(index: &Path) -> String {
    let snapshot = Snapshot::open(index).unwrap();
    let mut lines = Vec::new();
    let mut passages = 0;
    let mut seen = BTreeSet::new();
    for mut file in snapshot.files().unwrap() {
        file.modified = 0;
        lines.push(serde_json::to_string(&file).unwrap());
        let Some(document) = file.document else { continue };
        if !seen.insert(document.id) {
            continue;
        }
        let addresses = snapshot.passages_of(document.id).unwrap();
        assert_eq!(addresses.len(), document.passages as usize, "passages of {}", file.path);
        passages += addresses.len();
        for address in addresses {
            lines.push(serde_json::to_string(&snapshot.passage(address).unwrap()).unwrap());
        }
    }
    assert_eq!(snapshot.passage_count().unwrap(), passages, "passages without a document");
    lines.join("\n")
}

/// A web page with one article, long enough that every stage takes it for one, on a subject of its own.
pub fn about(subject: &str) -> String {
    let text = format!(
        "<p>The {subject} are spoken of in this sample page, which was written to test a search engine and says nothing else.</p>\n"
    );
    page(&format!("On {subject}"), &text.repeat(3))
}

/// A page without a title of its own, and without a line short enough to be taken for one.
pub fn untitled(subject: &str) -> String {
    let sentence =
        format!("Here {subject} are spoken of, and nothing else, for as long as it takes. ");
    page("", &format!("<p>{}</p>\n", sentence.repeat(6)).repeat(3))
}

fn page(title: &str, paragraphs: &str) -> String {
    let heading = if title.is_empty() { String::new() } else { format!("<h1>{title}</h1>\n") };
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\n\
         <body><article>{heading}{paragraphs}</article></body></html>\n"
    )
}

/// Makes an index what an earlier version of the program would have left: `age` changes each record, and the text of its document
/// is taken to be what `text` makes of it.
pub fn age(index: &Path, age: impl Fn(&mut FileRecord), text: impl Fn(&str) -> String) {
    let snapshot = Snapshot::open(index).unwrap();
    let mut writer = Writer::open(index, 1).unwrap();
    for mut file in snapshot.files().unwrap() {
        if let Some(document) = &mut file.document {
            let addresses = snapshot.passages_of(document.id).unwrap().into_iter();
            let passages = addresses.map(|address| snapshot.passage(address).unwrap().into());
            let mut passages: Vec<Passage> = passages.collect();
            for paragraph in passages.iter_mut().flat_map(|passage| &mut passage.paragraphs) {
                paragraph.text = text(&paragraph.text);
            }
            document.text_hash = record::text_hash(&passages);
            let untagged = amparo::annotate::Annotation::default();
            let passages = passage_documents(document, passages, &untagged).unwrap();
            writer.put_passages(document.id, passages).unwrap();
        }
        age(&mut file);
        writer.put_file(&file).unwrap();
    }
    writer.commit().unwrap();
    writer.close().unwrap();
}
