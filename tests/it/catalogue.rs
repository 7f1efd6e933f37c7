//! `--catalogue`: what a library knows of its documents wins over what they say.

use crate::place::{Place, about, report};

#[test]
fn a_catalogues_values_win_and_its_other_columns_are_kept() {
    let place = Place::new();
    place.write("one.html", about("lanterns"));
    place.write(
        "CATALOGUE.csv",
        "path,title,publisher,published,language,countries,violations,url,restrictions,shelf\n\
         one.html,A Given Title,A Given Publisher,2019-05,en,HN;El Salvador,femicide,https://example.org/1,not to be shared,B 12\n",
    );
    place.counts(&[], &[("found", 1), ("added", 1)]);
    let document = &place.search(&["lanterns"])[0];
    for (field, expected) in [
        ("title", "A Given Title"),
        ("publisher", "A Given Publisher"),
        ("published", "2019-05"),
        ("url", "https://example.org/1"),
    ] {
        assert_eq!(document[field], expected, "{field}");
    }
    let other = serde_json::json!({ "restrictions": "not to be shared", "shelf": "B 12" });
    assert_eq!(document["catalogue"], other);
    for filter in [["--country", "SV"], ["--violation", "femicide"], ["--publisher", "given"]] {
        assert_eq!(place.found(&filter), ["one.html"], "{filter:?}");
    }
    let shown = place.amparo(&["show", "one.html"]).ok().stdout;
    assert!(shown.contains("not to be shared") && shown.contains("B 12"), "{shown}");
}

#[test]
fn another_row_is_taken_over_without_reading_the_file() {
    let place = Place::new();
    place.write("one.html", about("lanterns"));
    let title = || place.search(&["lanterns"])[0]["title"].clone();
    place.counts(&[], &[("found", 1), ("added", 1)]);
    assert_eq!(title(), "On lanterns");
    let changed = [("found", 1), ("changed", 1), ("redescribed", 1)];
    place.write("CATALOGUE.csv", "path,title,countries\none.html,Another Title,HN\n");
    let output = place.counts(&[], &changed);
    assert_eq!(report(&output)["bytes"], 0, "the file is not opened");
    assert_eq!(title(), "Another Title");
    assert_eq!(place.found(&["--country", "honduras"]), ["one.html"]);
    assert_eq!(place.found(&["title:another"]), ["one.html"], "the passages know it");
    place.write("CATALOGUE.csv", "path,title,countries\n");
    place.counts(&[], &changed);
    assert_eq!(title(), "On lanterns", "nothing of the row is left");
    assert!(place.found(&["--country", "honduras"]).is_empty());
    // The cells are the same, but they mean another thing.
    place.write("CATALOGUE.csv", "path,shelf\none.html,Another Title\n");
    place.counts(&[], &changed);
    place.write("CATALOGUE.csv", "path,title\none.html,Another Title\n");
    place.counts(&[], &changed);
    assert_eq!(title(), "Another Title");
    place.counts(&["--no-catalogue"], &changed);
    assert_eq!(title(), "On lanterns");
    place.counts(&["--no-catalogue"], &[("found", 1), ("unchanged", 1)]);
}

#[track_caller]
fn check_country(cell: &str, expected: &[&str]) {
    let place = Place::new();
    place.write("one.html", about("lanterns"));
    place.write("CATALOGUE.csv", format!("path,countries\none.html,\"{cell}\"\n"));
    place.ingest(&[]).ok();
    let document = &place.search(&["lanterns"])[0];
    let codes: Vec<_> =
        document["countries"].as_array().unwrap().iter().map(|one| &one["code"]).collect();
    let mut codes: Vec<_> = codes.iter().filter_map(|code| code.as_str()).collect();
    codes.sort_unstable();
    assert_eq!(codes, expected, "{cell}");
}

#[test]
fn a_country_is_a_code_or_a_name_with_spaces() {
    check_country("El Salvador", &["SV"]);
    check_country("HN El Salvador", &["HN", "SV"]);
    check_country("República Dominicana; Haïti", &["DO", "HT"]);
    check_country("Congo, Democratic Republic of the", &["CD"]);
}

#[test]
fn rows_without_a_file_and_files_without_a_row_are_named() {
    let place = Place::new();
    place.write("in/one.html", about("lanterns"));
    place.write("in/two.html", about("umbrellas"));
    place.write(
        "CATALOGUE.csv",
        "path,title\nin/one.html,One\nin/gone.html,Gone\n./in/../in/lost.pdf,Lost\n",
    );
    let output = place.ingest(&[]).ok();
    for said in [
        "catalogue: 2 rows have no file: ",
        "in/gone.html",
        "in/lost.pdf",
        "catalogue: 1 file has no row: ",
        "in/two.html",
    ] {
        assert!(output.stderr.contains(said), "{said} in {}", output.stderr);
    }
    assert!(!output.stderr.contains(".csv"), "the catalogue is not skipped: {}", output.stderr);
    let report = report(&output);
    assert_eq!(report["rows_without_file"].as_array().unwrap().len(), 2);
    assert_eq!(report["files_without_row"].as_array().unwrap().len(), 1);
}

/// A catalogue that cannot be used ends the run with this in the error.
#[track_caller]
fn check_refused(content: &str, error: &str) {
    let place = Place::new();
    place.write("one.html", about("lanterns"));
    place.write("CATALOGUE.csv", content);
    let output = place.ingest(&[]);
    assert_eq!((output.status, output.stdout.as_str()), (2, ""));
    assert!(output.stderr.contains(error), "{error} in {}", output.stderr);
    assert!(output.stderr.contains("CATALOGUE.csv"), "{}", output.stderr);
    assert!(!place.index().exists(), "nothing was indexed");
}

#[test]
fn a_wrong_catalogue_is_an_error_with_its_line() {
    check_refused(
        "path,published\none.html,2019\ntwo.html,last year\n",
        "line 3: 'last year' is not a date",
    );
    check_refused("path,countries\none.html,Atlantis\n", "line 2: unknown country 'Atlantis'");
    check_refused("path,countries\none.html,HN El Salvadro\n", "line 2: unknown country 'El");
    check_refused("path,violations\none.html,rudeness\n", "line 2: unknown violation 'rudeness'");
    check_refused("path,language\none.html,klingon\n", "line 2: unknown language 'klingon'");
    check_refused("path,title\n,No file\n", "line 2: no path");
    check_refused("file,title\none.html,x\n", "no column 'path'");
}
