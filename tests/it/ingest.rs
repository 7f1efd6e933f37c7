//! Ingest: what changed and only that, bad files, crashes, locks.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use crate::support::{Output, amparo, command, corpus};

/// A library of a few of the sample documents, and an index beside it.
struct Library {
    folder: tempfile::TempDir,
}

impl Library {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("library")).unwrap();
        let library = Self { folder };
        library.copy("en/haiti-upr-recommendations-2022.pdf", "review.pdf");
        library.copy("fr/haiti-restavek-2012.pdf", "restavek.pdf");
        library.copy("en/cameroon-same-sex-conduct-2021.html", "arrests.html");
        library
    }

    fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("library")
    }

    fn index(&self) -> std::path::PathBuf {
        self.folder.path().join("index")
    }

    fn copy(&self, sample: &str, name: &str) {
        fs::copy(corpus().join(sample), self.path().join(name)).unwrap();
    }

    fn ingest(&self, flags: &[&str]) -> Output {
        let path = self.path();
        let mut args = vec!["ingest", path.to_str().unwrap(), "--format", "json"];
        args.extend(flags);
        amparo(&self.index(), &args)
    }

    /// What an ingest counted, by name.
    #[track_caller]
    fn check(&self, flags: &[&str], expected: &[(&str, u64)]) -> Output {
        let output = self.ingest(flags).ok();
        let report = output.json().pop().unwrap();
        for (name, count) in expected {
            assert_eq!(report[name].as_u64(), Some(*count), "{name} in {report}");
        }
        output
    }

    fn search(&self, args: &[&str]) -> Vec<String> {
        let mut all = vec!["search", "--format", "json", "-n0"];
        all.extend(args);
        amparo(&self.index(), &all).files()
    }
}

#[test]
fn only_what_changed_is_read_again() {
    let library = Library::new();
    library.check(&[], &[("found", 3), ("added", 3), ("unchanged", 0)]);
    library.check(&[], &[("added", 0), ("changed", 0), ("unchanged", 3), ("bytes", 0)]);
    library.copy("en/iran-women-and-protest-2023.pdf", "review.pdf");
    library.copy("en/eritrea-national-service-2016.pdf", "service.pdf");
    fs::remove_file(library.path().join("arrests.html")).unwrap();
    library.check(&[], &[("added", 1), ("changed", 1), ("unchanged", 1), ("removed", 1)]);
    assert_eq!(library.search(&["--country", "iran"]), ["review.pdf"]);
    assert!(library.search(&["--country", "cameroon"]).is_empty());
    assert!(library.search(&["--country", "HT"]).iter().all(|file| file == "restavek.pdf"));
}

#[test]
fn a_moved_file_keeps_its_document_and_a_copy_is_listed_with_it() {
    let library = Library::new();
    library.check(&[], &[("added", 3)]);
    fs::rename(library.path().join("review.pdf"), library.path().join("moved.pdf")).unwrap();
    library.check(&[], &[("added", 1), ("removed", 1), ("passages", 0)]);
    assert!(
        library
            .search(&["--country", "haiti", "recommendations"])
            .contains(&"moved.pdf".to_owned())
    );
    library.copy("en/haiti-upr-recommendations-2022.pdf", "zz-copy.pdf");
    library.check(&[], &[("added", 1), ("copies", 1), ("passages", 0)]);
    let found = library.search(&["--country", "haiti", "recommendations"]);
    assert_eq!(found.iter().filter(|file| *file == "zz-copy.pdf").count(), 0, "{found:?}");
    let lines = amparo(&library.index(), &["search", "--format", "json", "recommendations"]).json();
    let copies: Vec<_> = lines
        .iter()
        .flat_map(|line| line["document"]["copies"].as_array().cloned().unwrap_or_default())
        .collect();
    assert!(
        copies.iter().any(|copy| copy.as_str().unwrap().ends_with("zz-copy.pdf")),
        "{copies:?}"
    );
}

#[test]
fn bad_files_are_named_and_lose_nothing() {
    let library = Library::new();
    fs::write(library.path().join("empty.pdf"), "").unwrap();
    fs::write(library.path().join("garbage.pdf"), "this is no PDF").unwrap();
    fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/data/extract/encrypted-user-password.pdf"),
        library.path().join("secret.pdf"),
    )
    .unwrap();
    library.copy("es/guatemala-genocidio-ixil-2014.pdf", "scan.pdf");
    fs::write(library.path().join("notes.txt"), "no document").unwrap();
    let output = library.check(&[], &[("found", 7), ("added", 7), ("failed", 3), ("warned", 1)]);
    for said in [
        "empty.pdf: empty file",
        "secret.pdf: needs a password",
        "scan.pdf: no text: scanned?",
        "garbage.pdf: ",
    ] {
        assert!(output.stderr.contains(said), "{said} in {}", output.stderr);
    }
    assert!(output.stderr.contains("skipped: 1 .txt: neither PDF nor HTML"), "{}", output.stderr);
    let status = amparo(&library.index(), &["status"]).ok();
    for said in
        ["empty.pdf: empty file", "secret.pdf: needs a password", "scan.pdf: no text: scanned?"]
    {
        assert!(status.stdout.contains(said), "{said} in {}", status.stdout);
    }
    assert_eq!(library.search(&["--country", "cameroon"]), ["arrests.html"]);
    assert_eq!(library.ingest(&["--strict", "--rebuild"]).status, 1);
}

#[test]
fn a_dry_run_changes_nothing() {
    let library = Library::new();
    library.check(&["--dry-run"], &[("added", 3), ("passages", 0)]);
    assert!(!library.index().exists());
}

#[test]
fn a_catalogue_wins_and_a_wrong_one_is_refused() {
    let library = Library::new();
    let catalogue = library.path().join("CATALOGUE.csv");
    fs::write(
        &catalogue,
        "path,title,publisher,published,shelf\nreview.pdf,A title of ours,Our press,2001-05,B 12\n",
    )
    .unwrap();
    library.check(&[], &[("added", 3)]);
    let shown = amparo(&library.index(), &["show", "review.pdf"]).ok().stdout;
    for said in ["A title of ours", "Our press", "2001-05", "B 12"] {
        assert!(shown.contains(said), "{said} in {shown}");
    }
    fs::write(&catalogue, "path,published\nreview.pdf,May 2001\n").unwrap();
    let output = library.ingest(&[]);
    assert_eq!(output.status, 2);
    assert!(output.stderr.contains("line 2: 'May 2001' is not a date"), "{}", output.stderr);
    library.check(&["--no-catalogue"], &[("changed", 1), ("unchanged", 2)]);
}

#[test]
fn answers_do_not_depend_on_the_number_of_threads() {
    let answers = |jobs: &str| {
        let folder = tempfile::tempdir().unwrap();
        let index = folder.path().join("index");
        let corpus = corpus();
        amparo(&index, &["ingest", corpus.to_str().unwrap(), "--jobs", jobs]).ok();
        let queries =
            [["violence", "-n0"], ["--country", "HN"], ["policía protección", "--by=passage"]];
        queries.map(|query| {
            amparo(&index, &[&["search", "--format", "json"], &query[..]].concat()).stdout
        })
    };
    assert_eq!(answers("1"), answers("4"));
}

#[test]
fn a_second_writer_is_told_who_holds_the_lock() {
    let library = Library::new();
    let writer = amparo::index::Writer::open(&library.index(), 1).unwrap();
    let output = library.ingest(&[]);
    let process = std::process::id();
    assert_eq!(output.status, 2);
    assert!(
        output.stderr.contains(&format!("is being written by process {process}, for ")),
        "{}",
        output.stderr
    );
    drop(writer);
    library.check(&[], &[("added", 3)]);
}

#[test]
fn a_killed_ingest_leaves_the_index_readable_and_the_next_one_completes_it() {
    let folder = tempfile::tempdir().unwrap();
    let (index, undisturbed) = (folder.path().join("index"), folder.path().join("undisturbed"));
    let corpus = corpus();
    let args = ["ingest", corpus.to_str().unwrap(), "--jobs", "2"];
    amparo(&undisturbed, &args).ok();
    for delay in [1, 5, 10, 20, 40, 60, 80, 120, 160, 200, 260, 320] {
        let mut child =
            command(&index).args(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(delay));
        let _ = child.kill();
        child.wait().unwrap();
        if index.join("meta.json").exists() {
            let status = amparo(&index, &["status"]);
            assert_eq!(status.status, 0, "after {delay} ms: {}", status.stderr);
        }
    }
    amparo(&index, &args).ok();
    let answer =
        |index: &Path| amparo(index, &["search", "violence", "--format", "json", "-n0"]).stdout;
    assert_eq!(answer(&index), answer(&undisturbed));
}

#[test]
fn forgotten_text_leaves_the_files_of_the_index() {
    let library = Library::new();
    // Stored text is compressed, but its rarest words stand in the dictionary of terms as they are.
    let word = b"restavek";
    library.check(&[], &[("added", 3)]);
    assert!(holds(&library.index(), word));
    let forgotten = amparo(
        &library.index(),
        &["forget", library.path().join("restavek.pdf").to_str().unwrap()],
    )
    .ok();
    assert_eq!(forgotten.stdout, "1 files forgotten\n");
    assert!(!holds(&library.index(), word));
    assert_eq!(library.search(&["--country", "cameroon"]), ["arrests.html"]);
}

fn holds(folder: &Path, word: &[u8]) -> bool {
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| fs::read(entry.unwrap().path()).unwrap_or_default());
    files.into_iter().any(|bytes| bytes.windows(word.len()).any(|window| window == word))
}
