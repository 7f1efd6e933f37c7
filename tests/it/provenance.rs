//! Who published a document, when, under which symbol: what it tells, what the catalogue says, and how both are shown.

use std::fs::File;
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use crate::place::Place;

/// What is known of the document of a file.
#[track_caller]
fn document(place: &Place, name: &str) -> Value {
    place.amparo(&["show", name, "--format", "json"]).ok().json().remove(0)["document"].clone()
}

const TEXT: &str = "<p>The police of Honduras did not investigate the killings of the defenders, the witnesses said.";

fn page(head: &str) -> String {
    format!("<html><head>{head}</head><body><h1>Killings of defenders</h1>{TEXT}</body></html>")
}

fn set_modified(path: &Path, seconds: u64) {
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
}

#[test]
fn a_publisher_is_told_by_the_address_with_its_kind() {
    let place = Place::new();
    place.write(
        "a.html",
        page("<link rel=canonical href=https://www.hrw.org/report/2019/03/05/x><title>T</title>"),
    );
    place.ingest(&[]).ok();
    let document = document(&place, "a.html");
    assert_eq!(document["publisher"], "Human Rights Watch");
    assert_eq!(document["kind"], "ngo");
    assert_eq!(document["published"], "2019-03-05");
    assert_eq!(document["detected"]["published_evidence"]["place"], "address");
    let shown = place.amparo(&["show", "a.html"]).ok().stdout;
    assert!(shown.contains("Human Rights Watch (ngo) — address: “https://www.hrw.org/"), "{shown}");
    let table = place.amparo(&["publishers"]).ok().stdout;
    assert!(table.contains("Human Rights Watch  (ngo)"), "{table}");
    let lines = place.amparo(&["publishers", "--format", "json"]).ok().json();
    assert_eq!(lines[0]["kind"], "ngo");
}

#[test]
fn the_catalogue_wins_and_what_was_found_stays_visible() {
    let place = Place::new();
    place.write(
        "a.html",
        page("<meta property=og:site_name content='Amnesty International'><meta name=date content=2019-03-05>"),
    );
    place.write(
        "CATALOGUE.csv",
        "path,title,publisher,kind,published\na.html,Mine,Our clinic,academic,2020\n",
    );
    place.ingest(&[]).ok();
    let document = document(&place, "a.html");
    for (name, expected) in [
        ("title", "Mine"),
        ("publisher", "Our clinic"),
        ("kind", "academic"),
        ("published", "2020"),
    ] {
        assert_eq!(document[name], expected, "{document}");
    }
    let expected = json!({
        "title": "Killings of defenders",
        "publisher": "Amnesty International",
        "kind": "ngo",
        "publisher_evidence": { "place": "metadata", "text": "Amnesty International" },
        "published": "2019-03-05",
        "published_evidence": { "place": "meta date", "text": "2019-03-05" },
    });
    assert_eq!(document["detected"], expected);
    let shown = place.amparo(&["show", "a.html"]).ok().stdout;
    assert!(shown.contains("Our clinic (academic)\n"), "{shown}");
    assert!(shown.contains("publisher Amnesty International (ngo) — metadata"), "{shown}");
}

#[test]
fn symbol_date_and_publisher_are_in_every_export_and_their_evidence_is_shown() {
    let place = Place::new();
    place.write(
        "a.html",
        format!(
            "<title>Concluding observations on Honduras</title><p>United Nations CAT/C/HND/CO/2\
             <p>Distr.: General 26 August 2016{TEXT}"
        ),
    );
    place.ingest(&[]).ok();
    let text = |args: &[&str]| place.amparo(args).ok().stdout;
    let export = |form: &str| text(&["search", "police", "--format", form]);
    for (form, parts) in [
        (
            "csv",
            &["CAT/C/HND/CO/2", "2016-08-26", "UN Committee against Torture", "intergovernmental"]
                [..],
        ),
        ("bibtex", &["CAT/C/HND/CO/2", "month = aug,", "Committee against Torture"]),
        ("csl-json", &["CAT/C/HND/CO/2", "2016,", "Committee against Torture"]),
        (
            "json",
            &["CAT/C/HND/CO/2", "2016-08-26", "UN Committee against Torture", "intergovernmental"],
        ),
    ] {
        let shown = export(form).split_whitespace().collect::<Vec<_>>().join("");
        for part in parts {
            let part: String = part.split_whitespace().collect();
            assert!(shown.contains(&part), "{form}: {part} in {shown}");
        }
    }
    let shown = text(&["show", "a.html"]);
    for part in ["CAT/C/HND/CO/2", "2016-08-26", "26 August 2016”", "(intergovernmental)"] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
}

#[test]
fn a_kind_that_is_none_is_refused_with_those_that_are() {
    let place = Place::new();
    place.write("a.html", page(""));
    place.write("CATALOGUE.csv", "path,kind\na.html,press\n");
    let refused = place.ingest(&[]);
    assert_eq!(refused.status, 2);
    assert!(
        refused.stderr.contains("'press'") && refused.stderr.contains("media"),
        "{}",
        refused.stderr
    );
}

#[test]
fn no_date_is_later_than_its_file() {
    let place = Place::new();
    let body = "<meta name=date content=2031-05-04><meta name=dcterms.modified content=2017-02-01>";
    let path = place.write("a.html", page(body));
    // The third of March 2018.
    set_modified(&path, 1_520_035_200);
    place.ingest(&[]).ok();
    assert_eq!(document(&place, "a.html")["published"], "2017-02-01");
}

#[test]
fn a_document_is_found_by_its_symbol() {
    let place = Place::new();
    place.write(
        "a.html",
        format!("<title>x</title><p>CAT/C/HND/CO/2<p>Committee against Torture{TEXT}"),
    );
    place.write(
        "b.html",
        format!("<p>Another page, which cites the report CAT/C/HND/CO/2 of the Committee.{TEXT}"),
    );
    place.write("seriec_04_esp.html", page(""));
    place.ingest(&[]).ok();
    assert_eq!(document(&place, "a.html")["symbols"], json!(["CAT/C/HND/CO/2"]));
    assert_eq!(document(&place, "a.html")["publisher"], "UN Committee against Torture");
    assert_eq!(document(&place, "b.html")["symbols"], json!([]));
    let found = |text: &str| place.amparo(&["search", text, "--format", "json"]).files();
    assert_eq!(found("symbol:CAT/C/HND/CO/2"), ["a.html"]);
    assert_eq!(found("symbol:cat/c/hnd"), ["a.html"]);
    assert_eq!(found("symbol:\"Serie C No. 4\""), ["seriec_04_esp.html"]);
    assert_eq!(found("symbol:CAT/C/HND/CO/3"), Vec::<String>::new());
    assert!(found("\"Serie C No. 4\"").is_empty());
    assert_eq!(found("Serie C No. 4")[0], "seriec_04_esp.html");
    let text = place.amparo(&["search", "symbol:CAT/C/HND/CO/2"]).ok().stdout;
    assert!(text.contains("· CAT/C/HND/CO/2"), "{text}");
}
