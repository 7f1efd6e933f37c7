//! Everything that is printed as JSON is of the contract's types, whole: nothing is lost by reading it.

use amparo::library::{FilterValues, Filters};
use amparo::output::contract::{Line, Locator};
use amparo::{IngestOptions, Library, Request};
use serde_json::Value;

use crate::place::{Place, about};
use crate::support::{Output, amparo, corpus, samples};

/// The lines of an output, each of which must be of the contract.
#[track_caller]
fn lines(output: &Output) -> Vec<Line> {
    let read = |value: Value| {
        let line: Line = serde_json::from_value(value.clone())
            .unwrap_or_else(|error| panic!("{error}: {value}"));
        let again = serde_json::to_value(&line).unwrap();
        assert_eq!(rounded(again), rounded(value), "a field is unknown");
        line
    };
    output.json().into_iter().map(read).collect()
}

/// A value with its fractions to five digits: reading JSON may change the last one.
fn rounded(value: Value) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => {
            format!("{:.5}", number.as_f64().unwrap_or_default()).into()
        }
        Value::Array(values) => values.into_iter().map(rounded).collect(),
        Value::Object(fields) => {
            fields.into_iter().map(|(name, value)| (name, rounded(value))).collect()
        }
        value => value,
    }
}

const PDF: &str = "honduras-gangs-and-state-protection-2023.pdf";

#[test]
fn every_line_of_json_is_of_the_contract() {
    let file = corpus().join("en").join(PDF);
    let file = file.to_str().unwrap();
    let json = ["--format", "json"];
    for args in [
        vec!["search", "police", "--facets", "--explain"],
        vec!["search", "--country", "HN", "--by", "passage"],
        vec!["show", PDF, "--highlight", "gang"],
        vec!["status"],
        vec!["countries"],
        vec!["countries", "--all"],
        vec!["violations"],
        vec!["publishers"],
        vec!["annotate", file],
        vec!["extract", file],
        vec!["ingest", "--dry-run", file],
    ] {
        let output = amparo(samples(), &[args.as_slice(), &json].concat()).ok();
        assert!(!lines(&output).is_empty(), "{args:?}");
    }
    let model = amparo(samples(), &["model", "status", "--format", "json"]);
    assert!(matches!(lines(&model)[..], [Line::Model(_)]), "{}", model.stdout);
}

#[test]
fn a_log_is_of_the_contract() {
    let place = Place::new();
    place.write("one.html", about("lanterns"));
    place.ingest(&[]).ok();
    place.amparo(&["search", "lanterns", "--not-lang", "es", "--log", "log.json"]).ok();
    let stdout = std::fs::read_to_string(place.root().join("log.json")).unwrap();
    let log = Output { stdout, stderr: String::new(), status: 0 };
    assert!(matches!(lines(&log)[..], [Line::Search(_)]), "{}", log.stdout);
}

#[test]
fn search_and_show_give_the_same_locator() {
    let found = lines(&amparo(samples(), &["search", "gang", "--format", "json", "-n0"]).ok());
    let mut compared = 0;
    for line in &found {
        let Line::Result(hit) = line else { continue };
        let shown = ["show", &hit.document.id.to_string(), "--format", "json"];
        let Line::Document(shown) = lines(&amparo(samples(), &shown).ok()).remove(0) else {
            panic!("show prints a document");
        };
        let shown: Vec<&Locator> = shown.passages.iter().map(|passage| &passage.locator).collect();
        for passage in &hit.passages {
            // Of a hit, a paragraph is where its snippet begins.
            let place = |locator: &Locator| Locator {
                paragraph: None,
                paragraph_end: None,
                paragraph_item: None,
                ..locator.clone()
            };
            let is_shown = shown.iter().any(|shown| place(shown) == place(&passage.locator));
            assert!(is_shown, "{:?} is not among {shown:?}", passage.locator);
            compared += 1;
        }
    }
    assert!(compared > 3);
}

#[test]
fn a_library_that_is_open_takes_what_is_written_later() {
    let place = Place::new();
    place.write("one.html", about("lanterns"));
    let options = IngestOptions::new(vec![place.library()], place.index());
    amparo::ingest(&options, false, &|_| {}).unwrap();
    let library = Library::open(&place.index()).unwrap();
    let found = |text: &str| {
        let request = Request { text: text.into(), passages: 1, ..Request::default() };
        library.search(&request).unwrap().answer.summary.documents
    };
    assert_eq!((found("lanterns"), found("kites")), (1, 0));
    assert!(!library.refresh().unwrap(), "nothing was written");
    place.write("two.html", about("kites"));
    amparo::ingest(&options, false, &|_| {}).unwrap();
    assert_eq!(found("kites"), 0, "what is open stays as it was");
    assert!(library.refresh().unwrap());
    assert_eq!((found("lanterns"), found("kites")), (1, 1));
}

#[test]
fn a_document_is_found_by_its_symbol_and_a_name_of_two_is_refused() {
    let place = Place::new();
    place.write("a/report.html", about("lanterns"));
    place.write("b/report.html", about("kites"));
    place.ingest(&[]).ok();
    let refused = place.amparo(&["show", "report.html"]);
    assert_eq!(refused.status, 2);
    assert!(
        refused.stderr.starts_with("error: 'report.html' is 2 documents\nhint: give one of"),
        "{}",
        refused.stderr
    );
    place.amparo(&["show", "a/report.html"]).ok();
    place.write("a/cited.html", about("kites").replace("<article>", "<article><p>A/HRC/98/17</p>"));
    place.ingest(&[]).ok();
    let by_symbol = place.amparo(&["show", "a hrc 98 17"]).ok().stdout;
    assert!(by_symbol.contains("cited.html"), "{by_symbol}");
}

#[test]
fn filters_travel_as_they_are_typed() {
    let typed =
        r#"{"countries":["honduras"],"languages":["es"],"since":"2019","not":{"kinds":["media"]}}"#;
    let filters: Filters = serde_json::from_str(typed).unwrap();
    let request = filters.request().unwrap();
    assert_eq!((request.countries.len(), request.not.kinds.len()), (1, 1));
    let none = FilterValues { kinds: vec!["rumour".into()], ..FilterValues::default() };
    let refused = Filters { only: none, ..Filters::default() }.request().unwrap_err();
    assert_eq!(refused.to_string(), "unknown kind of publisher 'rumour'");
    assert!(refused.hint().is_some());
}
