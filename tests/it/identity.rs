//! What the judged sets' documents are called, when they were published and under which symbol, where the sets are at hand.

use std::path::{Path, PathBuf};

use amparo::analysis::fold;
use amparo::document::Metadata;
use amparo::extract::{self, Extracted, Limits};
use amparo::taxonomy::Countries;

use crate::support::{evaluation, file_name};

/// Reads a file's first passages: all that its identity is told by.
fn opening(path: &Path) -> Extracted {
    let limits = Limits { passages: 6, ..Limits::default() };
    extract::extract(&std::fs::read(path).unwrap(), &path.to_string_lossy(), &limits).unwrap()
}

/// The files of a folder in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Checks that as many of the documents pass a test as asked.
#[track_caller]
fn at_least(what: &str, least: usize, passed: &[(String, bool)]) {
    let failed: Vec<&str> =
        passed.iter().filter(|(_, passed)| !passed).map(|(name, _)| name.as_str()).collect();
    let right = passed.len() - failed.len();
    eprintln!("{what}: {right} of {}", passed.len());
    assert!(right >= least, "{what}: {right} of {}, not {least}; not {failed:?}", passed.len());
}

/// Whether a title is that of a periodic review of a country.
fn is_review_of_a_country(title: &str) -> bool {
    let country = title.rsplit_once(": ").map_or("", |(_, country)| country);
    let country = country.split(" (including").next().unwrap_or_default();
    fold(&title.to_lowercase()).contains("universal periodic review")
        && Countries::builtin().lookup(country).is_ok()
}

/// Whether a day is given, in the year that a file is named by or the next.
fn is_dated_like_its_name(metadata: &Metadata, name: &str) -> bool {
    let year: i16 = name.trim_end_matches(".pdf")[name.len() - 8..].parse().unwrap();
    let date = metadata.published.filter(|date| date.day().is_some());
    date.is_some_and(|date| (year..=year + 1).contains(&date.year()))
}

#[test]
fn reports_of_the_periodic_review_tell_country_day_and_symbol() {
    let Some(folder) = evaluation("periodic review") else { return };
    let (mut titles, mut dates, mut symbols) = (Vec::new(), Vec::new(), Vec::new());
    for path in files(&folder.join("upr/pdf")) {
        let name = file_name(&path.to_string_lossy());
        let extracted = opening(&path);
        let metadata = &extracted.metadata;
        titles.push((name.clone(), metadata.title.as_deref().is_some_and(is_review_of_a_country)));
        dates.push((name.clone(), is_dated_like_its_name(metadata, &name)));
        // Its symbol is the head of its second page.
        let head = |symbol: &String| {
            let page = extracted.passages[1].paragraphs.iter();
            page.filter(|line| line.text.len() < 40).any(|line| line.text.contains(symbol.as_str()))
        };
        symbols.push((name, metadata.symbols.first().is_some_and(head)));
    }
    at_least("titles", 160, &titles);
    at_least("dates", 160, &dates);
    at_least("symbols", 160, &symbols);
}

/// Dates and symbols that were read off thirty first pages by eye.
#[test]
fn thirty_reports_have_the_dates_and_symbols_printed_on_them() {
    let Some(folder) = evaluation("thirty reports") else { return };
    let table = include_str!("../data/provenance/upr-reports.tsv");
    for line in table.lines().skip(1) {
        let [file, date, symbol] = line.split('\t').collect::<Vec<_>>()[..] else { unreachable!() };
        let metadata = opening(&folder.join("upr/pdf").join(file)).metadata;
        let found = metadata.published.map(|date| date.to_string());
        assert_eq!(found.as_deref(), Some(date), "{file}");
        assert_eq!(metadata.symbols.first().map(String::as_str), Some(symbol), "{file}");
        let evidence = &metadata.dates[0].evidence;
        assert_eq!(evidence.place, "page 1", "{file}: {evidence}");
    }
}

const MONTHS: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

#[test]
fn judgments_tell_their_case_and_their_day() {
    let Some(folder) = evaluation("judgments") else { return };
    let (mut titles, mut dates) = (Vec::new(), Vec::new());
    for path in files(&folder.join("courts/docs")) {
        let name = file_name(&path.to_string_lossy());
        let extracted = opening(&path);
        let paragraphs = extracted.passages.iter().flat_map(|passage| &passage.paragraphs);
        let text: Vec<&str> = paragraphs.take(8).map(|line| line.text.as_str()).collect();
        let text = fold(&text.join(" ").to_lowercase());
        let metadata = &extracted.metadata;
        let title = fold(&metadata.title.clone().unwrap_or_default().to_lowercase());
        // "Caso Baena Ricardo y otros Vs. Panamá": what stands before the "Vs." is the case's name.
        let case = text.split_once(" vs").and_then(|(case, _)| case.split_once("humanos"));
        let case = case.map(|(_, case)| case.trim_matches([' ', '*']).to_owned());
        titles.push((name.clone(), case.is_some_and(|case| title.contains(&case))));
        let day = metadata.published.and_then(|date| {
            let month = MONTHS[usize::from(date.month()?) - 1];
            Some((date.day()?, month, date.year()))
        });
        let is_judgments = day.is_some_and(|(day, month, year)| {
            ["de", "del"].iter().any(|of| {
                [
                    format!("{of} {day} de {month} de {year}"),
                    format!("{of} {day} {month} de {year}"),
                ]
                .iter()
                .any(|date| text.contains(&format!("sentencia {date}")))
            })
        });
        dates.push((name, is_judgments));
    }
    at_least("titles", 100, &titles);
    at_least("dates", 100, &dates);
}
