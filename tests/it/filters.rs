//! Filters: several values, exclusion, mentions, the catalogue's columns; and counts that agree with them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{Output, amparo, corpus, file_name, samples, search};

/// Every passage found, by file and place.
fn passages(args: &[&str]) -> BTreeSet<String> {
    let output = search(&[&["--by", "passage", "-n0"], args].concat());
    let results = output.json().into_iter().filter(|line| line["type"] == "result");
    let place = |line: &Value| {
        let passage = &line["passages"][0];
        let path = line["document"]["path"].as_str().map(file_name).unwrap();
        format!("{path} {} {}", passage["page"], passage["passage"])
    };
    results.map(|line| place(&line)).collect()
}

/// Excluding what a filter admits leaves the rest: both together are everything, and they share nothing.
#[track_caller]
fn parts(filter: [&str; 2]) {
    let all = passages(&["police"]);
    let admitted = passages(&["police", filter[0], filter[1]]);
    let not = format!("--not-{}", &filter[0][2..]);
    let rest = passages(&["police", &not, filter[1]]);
    assert!(!admitted.is_empty() && !rest.is_empty(), "{filter:?}");
    assert!(admitted.is_disjoint(&rest), "{filter:?}");
    assert_eq!(admitted.union(&rest).cloned().collect::<BTreeSet<_>>(), all, "{filter:?}");
}

#[test]
fn what_is_excluded_is_what_the_filter_would_admit() {
    parts(["--country", "honduras"]);
    parts(["--country", "northern-central-america"]);
    parts(["--violation", "gang-violence"]);
    parts(["--lang", "en"]);
}

#[test]
fn several_values_are_alternatives() {
    let one = |country: &str| passages(&["--country", country]);
    let both: BTreeSet<_> = one("haiti").union(&one("iran")).cloned().collect();
    assert_eq!(passages(&["--country", "haiti", "--country", "iran"]), both);
    let without = passages(&["police", "--not-country", "haiti", "--not-country", "iran"]);
    assert!(without.is_disjoint(&both) && !without.is_empty());
}

#[test]
fn an_exclusion_alone_is_a_question() {
    let found = passages(&["--not-lang", "en", "--not-lang", "es"]);
    assert!(found.is_superset(&passages(&["lang:fr -lang:en -lang:es"])) && !found.is_empty());
    assert!(found.is_disjoint(&passages(&["lang:en OR lang:es"])));
}

#[test]
fn mentions_admit_what_only_names_a_country() {
    let about = passages(&["--country", "spain"]);
    let mentioned = passages(&["--country", "spain", "--mentions"]);
    assert!(about.is_subset(&mentioned) && about.len() < mentioned.len());
    let rest = passages(&["police", "--not-country", "spain", "--mentions"]);
    assert!(rest.is_disjoint(&mentioned) && !rest.is_empty());
}

#[test]
fn a_page_of_an_overview_is_about_the_country_of_its_chapter() {
    let pages = |country: &str| -> Vec<u64> {
        let output = search(&["--by", "passage", "-n0", "--country", country]);
        let lines = output.json().into_iter().filter(|line| {
            line["document"]["path"].as_str().is_some_and(|path| path.contains("annual-overview"))
        });
        // Pages i and ii are the title and the contents, which name every chapter.
        let pages = lines.map(|line| line["passages"][0]["page"].as_u64().unwrap());
        let mut pages: Vec<u64> = pages.filter(|page| *page > 2).collect();
        pages.sort_unstable();
        pages
    };
    assert_eq!((pages("nicaragua"), pages("haiti")), (vec![3, 4], vec![7]));
    // The chapter on Nicaragua names Honduras once, where people flee to.
    assert_eq!(pages("honduras"), [0; 0]);
}

/// Three sample documents and a catalogue with columns of its own.
fn catalogued(folder: &Path) -> PathBuf {
    let library = folder.join("library");
    fs::create_dir(&library).unwrap();
    for file in [
        "en/haiti-upr-recommendations-2022.pdf",
        "fr/haiti-restavek-2012.pdf",
        "en/cameroon-same-sex-conduct-2021.html",
    ] {
        fs::copy(corpus().join(file), library.join(file_name(file))).unwrap();
    }
    let catalogue = "path,publisher,published,Court,exhibit\n\
        haiti-upr-recommendations-2022.pdf,First Press,2022-05,Inter-American; Haïti,A-1\n\
        haiti-restavek-2012.pdf,Second Press,,Haïti,A-2\n\
        cameroon-same-sex-conduct-2021.html,FIRST PRESS,2021,,B-1\n";
    fs::write(library.join("CATALOGUE.csv"), catalogue).unwrap();
    let index = folder.join("index");
    amparo(&index, &["ingest", library.to_str().unwrap()]).ok();
    index
}

#[test]
fn columns_of_the_catalogue_are_filters() {
    let folder = tempfile::tempdir().unwrap();
    let index = catalogued(folder.path());
    let find = |args: &[&str]| -> Output {
        amparo(&index, &[&["search", "--format", "json", "-n0"], args].concat())
    };
    let check = |args: &[&str], expected: &[&str]| {
        let mut files = find(args).files();
        files.sort();
        assert_eq!(files, expected, "{args:?}");
    };
    let [cameroon, restavek, review] = [
        "cameroon-same-sex-conduct-2021.html",
        "haiti-restavek-2012.pdf",
        "haiti-upr-recommendations-2022.pdf",
    ];
    check(&["--where", "court=haiti"], &[restavek, review]);
    check(&["--where", "Court=inter-american"], &[review]);
    check(&["--where", "exhibit=A*"], &[restavek, review]);
    check(&["--where", "exhibit=A-1", "--where", "exhibit=B-1"], &[cameroon, review]);
    check(&["--where", "exhibit=B-1", "--where", "court=haiti"], &[]);
    check(&["--not-where", "court=haiti"], &[cameroon]);
    check(&["--where", "exhibit=C-1"], &[]);
    check(&["--publisher", "first press"], &[cameroon, review]);
    check(&["--not-publisher", "first", "--not-lang", "es"], &[restavek]);
    let unknown = find(&["--where", "judge=X"]);
    assert_eq!(unknown.status, 2);
    assert_eq!(
        unknown.stderr,
        "error: no catalogue of this library has a column 'judge'\nhint: its columns are court, exhibit\n"
    );
}

#[test]
fn undated_documents_that_dates_leave_out_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library");
    fs::create_dir(&library).unwrap();
    let page = |date: &str| {
        format!(
            "<html><head>{date}</head><body><p>{}</p></body></html>",
            "The police beat him. ".repeat(40)
        )
    };
    fs::write(library.join("dated.html"), page("<meta name=date content=2019-05-02>")).unwrap();
    fs::write(library.join("undated.html"), page("<title>x</title>")).unwrap();
    let index = folder.path().join("index");
    amparo(&index, &["ingest", library.to_str().unwrap()]).ok();
    let asked = ["search", "police", "--since", "2019", "--format", "json", "--semantic", "off"];
    let found = amparo(&index, &asked).ok();
    assert_eq!(found.files(), ["dated.html"]);
    assert_eq!(found.json()[0]["undated"], 1);
    assert_eq!(found.stderr, "note: 1 undated document was left out by the dates\n");
}

/// What is counted under a value is what a filter of it leaves.
#[test]
fn counts_agree_with_filters() {
    let counted = search(&["police", "--facets", "-n1"]).json().remove(0);
    for (facet, filter) in [
        ("countries", "--country"),
        ("violations", "--violation"),
        ("languages", "--lang"),
        ("publishers", "--publisher"),
        ("kinds", "--kind"),
        ("years", "--since"),
    ] {
        let counts = counted["facets"][facet].as_array().unwrap();
        assert!(counts.len() > 1, "{facet}");
        for count in counts {
            let value = count["value"].as_str().unwrap();
            let until = if facet == "years" { ["--until", value] } else { ["-n1", "--facets"] };
            let left = search(&["police", filter, value, until[0], until[1]]).json().remove(0);
            for counter in ["documents", "passages"] {
                assert_eq!(left[counter], count[counter], "{facet} {value} {counter}");
            }
        }
    }
}

#[test]
fn counts_cover_everything_that_matches_not_what_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let index = catalogued(folder.path());
    let counted =
        amparo(&index, &["search", "--not-lang", "es", "--facets", "-n1", "--format", "json"]).ok();
    let facets = &counted.json()[0]["facets"];
    let of = |facet: &str| -> Vec<(String, u64, u64)> {
        let counts = facets[facet].as_array().unwrap().iter();
        let number = |count: &Value, name: &str| count[name].as_u64().unwrap();
        let row = |count: &Value| {
            let value = count["value"].as_str().unwrap().to_owned();
            (value, number(count, "documents"), number(count, "publishers"))
        };
        counts.map(row).collect()
    };
    assert_eq!(counted.files().len(), 1);
    let publishers = of("publishers");
    assert_eq!((publishers.len(), publishers[0].1, publishers[1].1), (2, 2, 1));
    assert_eq!(of("countries")[..2], [("HT".into(), 2, 2), ("CM".into(), 1, 1)]);
    assert_eq!(of("years")[..2], [("2022".into(), 1, 1), ("2021".into(), 1, 1)]);
    let shown = amparo(samples(), &["search", "police", "--facets"]).ok().stdout;
    assert!(shown.contains("\nBy country\n") && shown.contains(" publisher"), "{shown}");
}
