//! Ingest: what changed and only that, moves and copies, bad files, dry runs.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use amparo::index::{Snapshot, Writer};

use crate::place::{Place, about, report, same_state, untitled};
use crate::support::{amparo, corpus};

const REPORT: &str = "en/iran-women-and-protest-2023.pdf";
const SCAN: &str = "es/guatemala-genocidio-ixil-2014.pdf";

#[test]
fn only_what_changed_is_read_again() {
    let place = Place::new();
    place.sample("en/haiti-upr-recommendations-2022.pdf", "review.pdf");
    place.sample("fr/haiti-restavek-2012.pdf", "restavek.pdf");
    place.sample("en/cameroon-same-sex-conduct-2021.html", "arrests.html");
    place.counts(&[], &[("found", 3), ("added", 3)]);
    let again = place.counts(&[], &[("found", 3), ("unchanged", 3)]);
    assert_eq!((&report(&again)["bytes"], &report(&again)["passages"]), (&0.into(), &0.into()));
    place.rewrite("review.pdf", fs::read(corpus().join(REPORT)).unwrap());
    place.sample("en/eritrea-national-service-2016.pdf", "service.pdf");
    place.remove("arrests.html");
    place.counts(
        &[],
        &[("found", 3), ("added", 1), ("changed", 1), ("unchanged", 1), ("removed", 1)],
    );
    assert_eq!(place.found(&["--country", "iran"]), ["review.pdf"]);
    assert!(place.found(&["--country", "cameroon"]).is_empty());
    assert!(place.found(&["--country", "HT"]).iter().all(|file| file == "restavek.pdf"));
}

#[test]
fn a_rebuild_reads_everything_again_to_the_same_state() {
    let place = Place::new();
    place.sample(REPORT, "one.pdf");
    place.write("two.html", about("lanterns"));
    place.ingest(&[]).ok();
    let before = place.state();
    place.counts(&["--rebuild"], &[("found", 2), ("changed", 2)]);
    assert_eq!(place.state(), before);
}

#[test]
fn an_index_of_an_earlier_version_is_brought_up_to_date_from_its_text() {
    let place = Place::new();
    place.write("one.html", about("lanterns"));
    place.write("two.html", about("umbrellas"));
    place.ingest(&[]).ok();
    place.remove("two.html");
    let before = place.state();
    let meta = place.index().join("meta.json");
    let said = std::fs::read_to_string(&meta).unwrap();
    let now = format!("schema_version\\\":{}", amparo::index::SCHEMA_VERSION);
    assert!(said.contains(&now), "{said}");
    std::fs::write(&meta, said.replace(&now, "schema_version\\\":1")).unwrap();
    let refused = place.amparo(&["search", "lanterns"]);
    assert_eq!(refused.status, 2);
    assert!(refused.stderr.contains("amparo ingest FOLDER"), "{}", refused.stderr);
    place.counts(
        &["--keep-missing"],
        &[("taken_over", 2), ("found", 1), ("unchanged", 1), ("missing", 1)],
    );
    assert_eq!(place.state(), before);
}

#[test]
fn a_removed_file_leaves_and_files_elsewhere_stay() {
    let place = Place::new();
    place.write("here/one.html", about("lanterns"));
    place.write("there/two.html", about("umbrellas"));
    place.ingest(&[]).ok();
    place.remove("here/one.html");
    place.amparo(&["ingest", "library/there"]).ok();
    assert_eq!(place.found(&["lanterns"]), ["one.html"], "its folder was not looked at");
    place.counts(&["--keep-missing"], &[("found", 1), ("unchanged", 1), ("missing", 1)]);
    assert_eq!(place.found(&["lanterns"]), ["one.html"], "it is kept");
    place.counts(&[], &[("found", 1), ("unchanged", 1), ("removed", 1)]);
    assert!(place.found(&["lanterns"]).is_empty());
    assert_eq!(place.found(&["umbrellas"]), ["two.html"]);
}

#[test]
fn a_moved_file_is_counted_as_moved_and_not_extracted_again() {
    let place = Place::new();
    place.write("old-name.html", untitled("lanterns"));
    place.ingest(&[]).ok();
    let id = place.search(&["lanterns"])[0]["id"].clone();
    place.rename("old-name.html", "deeper/new_name.html");
    let moved = [("found", 1), ("moved", 1)];
    place.counts(&["--dry-run"], &moved);
    let output = place.counts(&[], &[&moved[..], &[("redescribed", 1)]].concat());
    assert_eq!(report(&output)["text_bytes"], 0, "its text is known");
    let document = &place.search(&["lanterns"])[0];
    assert_eq!((&document["id"], &document["title"]), (&id, &"new name".into()));
    assert_eq!(place.found(&["title:old"]), [""; 0]);
    place.rename("deeper/new_name.html", "once-more.html");
    let text = place.amparo(&["ingest", "library"]).ok().stdout;
    let expected = "1 file: read 1 (0 new, 0 changed, 1 moved), 0 unchanged, 0 gone\n\
                    1 document described again from stored text\n";
    assert_eq!(text, expected);
}

#[test]
fn a_moved_or_copied_scan_is_still_named_in_status() {
    let place = Place::new();
    place.sample(SCAN, "old.pdf");
    place.counts(&[], &[("found", 1), ("added", 1), ("warned", 1)]);
    place.rename("old.pdf", "new.pdf");
    place.counts(&[], &[("found", 1), ("moved", 1), ("redescribed", 1), ("warned", 1)]);
    place.sample(SCAN, "copy.pdf");
    place.ingest(&[]).ok();
    assert_eq!(place.trouble("old.pdf"), None);
    for name in ["new.pdf", "copy.pdf"] {
        assert_eq!(place.trouble(name).as_deref(), Some("no text: scanned?"), "{name}");
    }
}

#[test]
fn copies_are_one_document_until_the_last_is_gone() {
    let place = Place::new();
    place.write("b.html", untitled("lanterns"));
    place.ingest(&[]).ok();
    place.write("a.html", untitled("lanterns"));
    place.write("c.html", untitled("lanterns"));
    let copies = [("found", 3), ("added", 2), ("unchanged", 1), ("copies", 2), ("redescribed", 1)];
    place.counts(&[], &copies);
    let document = &place.search(&["lanterns"])[0];
    assert_eq!(document["title"], "a", "the first describes it");
    assert_eq!(document["copies"].as_array().unwrap().len(), 2);
    place.remove("a.html");
    place.counts(&[], &[("found", 2), ("unchanged", 2), ("removed", 1), ("redescribed", 1)]);
    assert_eq!(place.search(&["lanterns"])[0]["title"], "b");
    place.remove("c.html");
    place.counts(&[], &[("found", 1), ("unchanged", 1), ("removed", 1)]);
    assert_eq!(place.search(&["lanterns"])[0]["copies"], serde_json::json!([]));
    place.remove("b.html");
    place.write("d.html", about("umbrellas"));
    place.ingest(&[]).ok();
    assert!(place.found(&["lanterns"]).is_empty());
    place.state();
}

#[test]
fn a_files_own_date_holds_against_what_it_says_whenever_that_was_changed() {
    let place = Place::new();
    let dated = "<meta name=\"date\" content=\"2019-05-01\">";
    let page = about("lanterns").replace("<head>", &format!("<head>{dated}"));
    let path = place.write("one.html", page);
    let of_year = |year: u64| {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs((year - 1970) * 31_557_600);
        fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    };
    let published = || place.search(&["lanterns"])[0]["published"].clone();
    of_year(2021);
    place.counts(&[], &[("found", 1), ("added", 1)]);
    assert_eq!(published(), "2019-05-01");
    for (year, expected) in [(2015, None), (2022, Some("2019-05-01"))] {
        of_year(year);
        place.counts(&[], &[("found", 1), ("changed", 1), ("redescribed", 1)]);
        assert_eq!(published().as_str(), expected, "a file of {year}");
    }
}

#[test]
fn a_copy_that_the_catalogue_knows_describes_the_document() {
    let place = Place::new();
    place.write("a.html", untitled("lanterns"));
    place.write("b.html", untitled("lanterns"));
    place.write("CATALOGUE.csv", "path,publisher\nb.html,Press\n");
    place.ingest(&[]).ok();
    assert_eq!(place.found(&["lanterns", "--publisher", "press"]), ["b.html"]);
}

#[test]
fn an_index_kept_up_to_date_is_as_a_new_one() {
    let kept = Place::new();
    kept.sample(REPORT, "report.pdf");
    kept.sample(SCAN, "scan.pdf");
    kept.write("a.html", untitled("lanterns"));
    kept.write("b.html", untitled("umbrellas"));
    kept.write("x.html", about("kettles"));
    kept.write("y.html", about("teapots"));
    kept.write("CATALOGUE.csv", "path,title\na.html,Given\nreport.pdf,A Report\n");
    kept.ingest(&[]).ok();
    kept.rename("scan.pdf", "moved scan.pdf");
    kept.rename("a.html", "z.html");
    kept.rewrite("b.html", about("lanterns and umbrellas"));
    kept.sample(REPORT, "a-copy.pdf");
    // Two files that change places, so that each is read with what the other held.
    kept.rewrite("x.html", about("teapots"));
    kept.rewrite("y.html", about("kettles"));
    kept.write("CATALOGUE.csv", "path,title\nb.html,Given\n");
    for flags in [&[][..], &["--jobs", "1", "--commit-passages", "1"]] {
        kept.ingest(flags).ok();
        let new = Place::new();
        for entry in fs::read_dir(kept.library()).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, new.file(path.file_name().unwrap().to_str().unwrap())).unwrap();
        }
        new.ingest(&[]).ok();
        same_state(&kept.state(), &new.state(), "kept and new");
        for query in [&["lanterns"][..], &["women", "--explain"], &["--country", "GT"]] {
            let ask = |place: &Place| {
                let all = [&["search", "--format", "json", "-n0"], query].concat();
                place.amparo(&all).stdout.replace(place.root().to_str().unwrap(), "")
            };
            assert_eq!(ask(&kept), ask(&new), "{query:?}");
        }
        kept.rewrite("x.html", about("kettles"));
        kept.rewrite("y.html", about("teapots"));
    }
}

#[test]
fn another_taxonomy_describes_again_without_reading_a_file() {
    let place = Place::new();
    place.sample(REPORT, "report.pdf");
    place.sample("fr/haiti-restavek-2012.pdf", "restavek.pdf");
    place.ingest(&[]).ok();
    let before = place.state();
    let found = place.found(&["--country", "iran", "--by", "passage"]);
    // As another taxonomy would have left it: documents with other tags and passages without any.
    let snapshot = Snapshot::open(&place.index()).unwrap();
    let mut writer = Writer::open(&place.index(), 1).unwrap();
    for mut file in snapshot.files().unwrap() {
        let document = file.document.as_mut().unwrap();
        let addresses = snapshot.passages_of(document.id).unwrap().into_iter();
        let passages = addresses.map(|address| snapshot.passage(address).unwrap().into()).collect();
        document.described_by.taxonomy = "another".to_owned();
        document.countries.clear();
        let untagged = amparo::annotate::Annotation::default();
        let passages = amparo::index::passage_documents(document, passages, &untagged).unwrap();
        writer.put_passages(document.id, passages).unwrap();
        writer.put_file(&file).unwrap();
    }
    writer.manifest.taxonomy = "another".to_owned();
    writer.commit().unwrap();
    writer.close().unwrap();
    assert!(place.found(&["--country", "iran"]).is_empty());
    let status = place.amparo(&["status"]).ok().stdout;
    assert!(status.contains("the next ingest describes every document again"), "{status}");
    let output = place.counts(&[], &[("found", 2), ("unchanged", 2), ("redescribed", 2)]);
    assert_eq!((&report(&output)["bytes"], &report(&output)["passages"]), (&0.into(), &0.into()));
    assert_eq!(report(&output)["taxonomy_changed"], true);
    assert_eq!(place.found(&["--country", "iran", "--by", "passage"]), found);
    assert_eq!(place.state(), before);
    place.counts(&[], &[("found", 2), ("unchanged", 2)]);
}

#[test]
fn bad_files_are_named_and_lose_nothing() {
    let place = Place::new();
    let whole = fs::read(corpus().join(REPORT)).unwrap();
    place.sample(REPORT, "good.pdf");
    place.sample(SCAN, "scan.pdf");
    place.write("empty.pdf", "");
    place.write("garbage.pdf", "this is no PDF");
    place.write("header-only.pdf", "%PDF-1.7\n");
    place.write("truncated.pdf", &whole[..whole.len() / 2]);
    place.write("notes.txt", "no document");
    fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/data/extract/encrypted-user-password.pdf"),
        place.file("secret.pdf"),
    )
    .unwrap();
    let output = place.ingest(&[]).ok();
    for (name, said) in [
        ("empty.pdf", "empty file"),
        ("secret.pdf", "needs a password"),
        ("scan.pdf", "no text: scanned?"),
        ("garbage.pdf", ""),
        ("header-only.pdf", ""),
        ("truncated.pdf", ""),
    ] {
        let line = output.stderr.lines().find(|line| line.contains(name));
        assert!(line.is_some_and(|line| line.contains(said)), "{name} in {}", output.stderr);
        assert!(place.trouble(name).is_some_and(|trouble| trouble.contains(said)), "{name}");
        let text = place.amparo(&["status"]).ok().stdout;
        assert!(text.contains(name), "{name} in {text}");
    }
    assert_eq!(place.trouble("good.pdf"), None);
    assert!(output.stderr.contains("skipped: 1 .txt: neither PDF nor HTML"), "{}", output.stderr);
    assert!(place.found(&["--country", "iran"]).contains(&"good.pdf".to_owned()));
    place.counts(&[], &[("found", 7), ("unchanged", 7)]);
    assert_eq!(place.ingest(&["--strict", "--rebuild"]).status, 1);
}

#[test]
fn nothing_to_ingest_is_an_error_that_leaves_no_index() {
    let place = Place::new();
    let output = place.amparo(&["ingest", "library"]);
    assert_eq!(
        (output.status, output.stdout.as_str()),
        (2, "0 files: read 0 (0 new, 0 changed), 0 unchanged, 0 gone\n")
    );
    assert!(output.stderr.contains("no PDF or HTML file under the given paths"));
    assert!(!place.index().exists());
    place.write("empty.pdf", "");
    let output = place.amparo(&["ingest", "library"]);
    assert_eq!(output.status, 2);
    assert!(output.stderr.contains("no file could be read"), "{}", output.stderr);
}

#[test]
fn a_dry_run_tells_and_changes_nothing() {
    let place = Place::new();
    place.write("one.html", about("lanterns"));
    place.counts(&["--dry-run"], &[("found", 1), ("added", 1)]);
    assert!(!place.index().exists());
    place.ingest(&[]).ok();
    let files = |place: &Place| {
        let entries = fs::read_dir(place.index()).unwrap().map(|entry| entry.unwrap());
        let mut files: Vec<_> =
            entries.map(|entry| (entry.file_name(), fs::read(entry.path()).unwrap())).collect();
        files.sort();
        files
    };
    let before = files(&place);
    place.write("two.html", about("umbrellas"));
    place.remove("one.html");
    place.counts(&["--dry-run"], &[("found", 1), ("added", 1), ("removed", 1)]);
    assert!(files(&place) == before, "the index's files are as they were");
}

#[test]
fn answers_do_not_depend_on_the_number_of_threads() {
    let answers = |jobs: &str| {
        let place = Place::new();
        let corpus = corpus();
        amparo(&place.index(), &["ingest", corpus.to_str().unwrap(), "--jobs", jobs]).ok();
        let queries = [
            &["violence", "-n0"][..],
            &["--country", "HN"],
            &["--country", "HT", "--by", "passage", "--explain"],
            &["policía protección", "--by=passage"],
            &["desaparición", "--explain", "-n0"],
            &["\"human rights\"", "-n0", "--literal"],
        ];
        let ask = |query: &&[&str]| {
            amparo(&place.index(), &[&["search", "--format", "json"], *query].concat()).ok().stdout
        };
        let answers: Vec<String> = queries.iter().map(ask).collect();
        (answers, crate::place::state(&place.index()))
    };
    let one = answers("1");
    assert_eq!(one, answers("2"));
    assert_eq!(one, answers("5"));
}
