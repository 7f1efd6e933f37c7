//! Small libraries made for one test, searched through the library's own interface.

use amparo::index::Snapshot;
use amparo::ingest::{Options, ingest};
use amparo::query::{Answer, Request, search};

use crate::support::file_name;

/// A folder of made pages and its index.
pub struct Library {
    folder: tempfile::TempDir,
}

impl Library {
    /// A library of pages: a file's name without its ending, and the text of its paragraphs, parted by newlines.
    pub fn of(pages: &[(&str, &str)]) -> Self {
        let library = Self { folder: tempfile::tempdir().unwrap() };
        library.write(pages);
        library.ingest();
        library
    }

    fn documents(&self) -> std::path::PathBuf {
        self.folder.path().join("documents")
    }

    /// Writes pages without ingesting them.
    pub fn write(&self, pages: &[(&str, &str)]) {
        std::fs::create_dir_all(self.documents()).unwrap();
        for (name, text) in pages {
            let paragraphs: String = text.lines().map(|line| format!("<p>{line}</p>\n")).collect();
            let page = format!(
                "<!doctype html><meta charset=utf-8><title>{name}</title>\n<article><h1>{name}</h1>\n{paragraphs}</article>\n"
            );
            std::fs::write(self.documents().join(format!("{name}.html")), page).unwrap();
        }
    }

    /// Deletes a page without telling the index.
    pub fn remove(&self, name: &str) {
        std::fs::remove_file(self.documents().join(format!("{name}.html"))).unwrap();
    }

    /// Brings the index up to date.
    pub fn ingest(&self) {
        // One thread writes one segment, most of the time.
        let options =
            Options { jobs: Some(1), ..Options::new(vec![self.documents()], self.index()) };
        ingest(&options, &|_| {}).unwrap();
    }

    fn index(&self) -> std::path::PathBuf {
        self.folder.path().join("index")
    }

    /// The index as it is now.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::open(&self.index()).unwrap()
    }

    /// What a request finds.
    pub fn answer(&self, request: &Request) -> Answer {
        search(&self.snapshot(), request).unwrap()
    }

    /// Why a text cannot be asked for.
    pub fn refusal(&self, text: &str) -> String {
        let snapshot = Snapshot::open(&self.index()).unwrap();
        let request = Request { text: text.to_owned(), ..Request::default() };
        search(&snapshot, &request).expect_err(text).to_string()
    }

    /// Names of the pages that a text finds by its words alone, the best first; those only that hold all of it.
    pub fn finds(&self, text: &str) -> Vec<String> {
        let request = Request { text: text.to_owned(), literal: true, ..Request::default() };
        let answer = self.answer(&request);
        let complete = answer.results.iter().take(answer.summary.complete);
        complete.map(|result| name(&result.file.path)).collect()
    }

    /// Names and scores of the pages that a text finds by its words alone, the best first.
    pub fn scores(&self, text: &str) -> Vec<(String, f32)> {
        let request = Request { text: text.to_owned(), literal: true, ..Request::default() };
        let answer = self.answer(&request);
        answer.results.iter().map(|result| (name(&result.file.path), result.score)).collect()
    }
}

fn name(path: &str) -> String {
    file_name(path).trim_end_matches(".html").to_owned()
}
