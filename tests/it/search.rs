//! Queries on the sample documents: which documents they find, in which order.

use std::collections::BTreeSet;

use crate::support::{amparo, corpus, file_name, samples, search};

#[track_caller]
fn finds(args: &[&str], file: &str) {
    let files = search(args).files();
    assert!(files.iter().any(|found| found == file), "{args:?} finds {files:?}");
}

#[track_caller]
fn same(one: &[&str], other: &[&str]) {
    let found = |args| search(args).files().into_iter().collect::<BTreeSet<_>>();
    assert!(!found(one).is_empty(), "{one:?}");
    assert_eq!(found(one), found(other), "{one:?} {other:?}");
}

#[test]
fn each_language_finds_its_own_inflections() {
    finds(&["gang"], "honduras-gangs-and-state-protection-2023.pdf");
    finds(&["desapariciones forzadas"], "mexico-desaparicion-forzada-2022.pdf");
    finds(&["mutilation génitale"], "guinee-excision-et-mariage-force-2018.pdf");
    same(&["niñas", "-n0"], &["niña", "-n0"]);
}

#[test]
fn accents_do_not_matter() {
    same(&["niñas", "-n0"], &["ninas", "-n0"]);
    same(&["desaparición forzada", "-n0"], &["DESAPARICION FORZADA", "-n0"]);
    same(&["\"mutilations génitales\"", "-n0"], &["“mutilations genitales”", "-n0"]);
}

#[test]
fn operators_do_what_they_say() {
    same(&["desaparic*", "-n0"], &["desaparici?n OR desapariciones", "-n0"]);
    same(&["forsada~1", "-n0"], &["\"forzada\"", "-n0"]);
    same(&["\"desaparici?n forzada\"", "-n0"], &["\"desaparicion forsada~1\"", "-n0"]);
    same(&["country:hn police", "-n0"], &["+police", "--country", "honduras", "-n0"]);
    same(&["lang:fr violation:fgm", "-n0"], &["--lang", "fr", "--violation", "fgm", "-n0"]);
    finds(&["title:\"state of exception\""], "el-salvador-state-of-exception-2025.pdf");
    let gangs = search(&["gang", "-n0"]).files();
    let without = search(&["gang -honduras", "-n0"]).files();
    assert!(without.len() < gangs.len() && without.iter().all(|file| gangs.contains(file)));
}

#[test]
fn guinea_is_not_equatorial_guinea() {
    let main = |country: &str| {
        let lines = search(&["--country", country, "-n0"]).json();
        let results = lines.into_iter().filter(|line| line["type"] == "result");
        results
            .map(|line| line["document"]["path"].as_str().map(file_name).unwrap())
            .collect::<Vec<_>>()
    };
    let guinea = main("guinea");
    assert!(guinea.contains(&"guinea-fgm-and-forced-marriage-2018.pdf".to_owned()), "{guinea:?}");
    assert!(!guinea.iter().any(|file| file.contains("ecuatorial")), "{guinea:?}");
    let equatorial = main("guinea ecuatorial");
    assert!(equatorial.iter().any(|file| file.contains("ecuatorial")), "{equatorial:?}");
    assert!(
        !equatorial.iter().any(|file| file.contains("fgm") || file.contains("excision")),
        "{equatorial:?}"
    );
}

#[test]
fn a_country_is_named_in_any_language_and_by_region() {
    same(&["--country", "haiti", "-n0"], &["--country", "Haïti", "-n0"]);
    same(&["--country", "HT", "-n0"], &["--country", "haití", "-n0"]);
    let region = search(&["--country", "northern-central-america", "-n0"]).files();
    for country in ["honduras", "guatemala", "el-salvador"] {
        assert!(region.iter().any(|file| file.starts_with(country)), "{country} {region:?}");
    }
}

/// The catalogue is the judgment; it is not used by the index that answers.
#[test]
fn a_document_is_found_by_the_country_it_is_about() {
    let mut reader = csv::Reader::from_path(corpus().join("CATALOGUE.csv")).unwrap();
    let (mut asked, mut missed) = (0, Vec::new());
    for row in reader.records().map(Result::unwrap) {
        let (file, countries) = (file_name(&row[0]), &row[5]);
        // A scan has no text to tell a country by.
        if file == "guatemala-genocidio-ixil-2014.pdf" {
            continue;
        }
        for country in countries.split_whitespace() {
            asked += 1;
            if !search(&["--country", country, "-n0"]).files().contains(&file) {
                missed.push(format!("{file} {country}"));
            }
        }
    }
    let found = 1.0 - missed.len() as f64 / f64::from(asked);
    assert!(found >= 0.95, "{found:.3} of {asked}; missed: {missed:?}");
}

#[test]
fn a_report_that_many_states_comment_on_is_about_one() {
    let lines = search(&["--country", "haiti", "recommendations"]).json();
    let upr = lines
        .iter()
        .find(|line| {
            line["document"]["path"].as_str().is_some_and(|path| path.contains("haiti-upr"))
        })
        .expect("it is found");
    let codes: Vec<_> = upr["document"]["countries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["code"].clone())
        .collect();
    assert_eq!(codes, ["HT"]);
}

#[test]
fn a_violation_is_named_by_id_label_or_group() {
    same(&["--violation", "fgm", "-n0"], &["--violation", "mutilación genital femenina", "-n0"]);
    finds(&["--violation", "gender", "--country", "GN"], "guinea-fgm-and-forced-marriage-2018.pdf");
}

#[test]
fn filters_narrow_an_answer() {
    let all = search(&["police", "-n0"]).files().len();
    for filter in
        [["--lang", "en"], ["--since", "2020"], ["--country", "honduras"], ["--until", "2019-06"]]
    {
        let args = ["police", "-n0", filter[0], filter[1]];
        let narrowed = search(&args).files().len();
        assert!(narrowed > 0 && narrowed < all, "{filter:?}: {narrowed} of {all}");
    }
    for line in search(&["--since", "2021-06", "--until", "2022", "-n0"]).json().into_iter().skip(1)
    {
        let published = line["document"]["published"].as_str().unwrap().to_owned();
        assert!(("2021-06".."2023").contains(&published.as_str()), "{published}");
    }
}

#[test]
fn pages_are_physical_and_labels_are_printed_ones() {
    let lines = search(&["--by", "passage", "--country", "nicaragua", "-n0"]).json();
    let overview: Vec<_> = lines
        .iter()
        .filter(|line| {
            line["document"]["path"].as_str().is_some_and(|path| path.contains("annual-overview"))
        })
        .map(|line| {
            (line["passages"][0]["page"].as_u64().unwrap(), line["passages"][0]["label"].clone())
        })
        .collect();
    // Two pages of front matter are i and ii; the chapter on Nicaragua is printed as 1 and 2, and its second page does not
    // name the country.
    assert!(
        overview.contains(&(3, "1".into())) && overview.contains(&(4, "2".into())),
        "{overview:?}"
    );
}

#[test]
fn the_json_contract_holds() {
    let lines = search(&["torture", "--explain"]).ok().json();
    let summary = &lines[0];
    for field in ["query", "understood", "expanded", "documents", "passages", "facets"] {
        assert!(!summary[field].is_null(), "summary {field}");
    }
    assert_eq!(summary["understood"]["violations"][0], "torture");
    assert!(lines.len() > 1);
    for (index, line) in lines[1..].iter().enumerate() {
        assert_eq!(
            (line["type"].as_str(), line["rank"].as_u64()),
            (Some("result"), Some(index as u64 + 1))
        );
        let document = line["document"].as_object().unwrap();
        for field in [
            "id",
            "hash",
            "path",
            "title",
            "publisher",
            "published",
            "format",
            "languages",
            "pages",
            "countries",
            "violations",
            "needs_translation",
            "copies",
        ] {
            assert!(document.contains_key(field), "document {field}");
        }
        for passage in line["passages"].as_array().unwrap() {
            for field in ["page", "label", "section", "language", "score", "snippet", "explain"] {
                assert!(passage.get(field).is_some(), "passage {field}");
            }
            let text: Vec<char> = passage["snippet"]["text"].as_str().unwrap().chars().collect();
            for mark in passage["snippet"]["highlights"].as_array().unwrap() {
                let (start, end) =
                    (mark[0].as_u64().unwrap() as usize, mark[1].as_u64().unwrap() as usize);
                assert!(start < end && end <= text.len(), "{mark}");
                assert!(text[start].is_alphanumeric() && text[end - 1].is_alphanumeric(), "{mark}");
            }
        }
    }
}

#[test]
fn the_same_question_has_the_same_answer_a_page_at_a_time() {
    let whole = search(&["violence", "-n0"]).files();
    assert_eq!(whole, search(&["violence", "-n0"]).files());
    let mut paged = Vec::new();
    for offset in (0..whole.len()).step_by(4) {
        paged.extend(search(&["violence", "-n4", "--offset", &offset.to_string()]).files());
    }
    assert_eq!(paged, whole);
}

#[test]
fn csv_has_a_line_for_each_passage() {
    let output = amparo(samples(), &["search", "torture", "--format", "csv"]).ok();
    let mut table = csv::Reader::from_reader(output.stdout.as_bytes());
    assert_eq!(&table.headers().unwrap()[2], "title");
    assert!(table.records().map(Result::unwrap).count() > 3);
}

#[test]
fn a_page_is_shown_with_its_words_marked() {
    let name = "honduras-gangs-and-state-protection-2023.pdf";
    let shown = amparo(samples(), &["show", name, "--page", "1", "--highlight", "gang"]).ok();
    assert!(
        shown.stdout.contains("— p. 1 —") && shown.stdout.contains("**gangs**"),
        "{}",
        shown.stdout
    );
    let missing = amparo(samples(), &["show", name, "--page", "99"]);
    assert_eq!(missing.status, 2);
    assert!(missing.stderr.contains("hint: its pages are 1 to 3"), "{}", missing.stderr);
}

/// The names of the files of the first results for a text, and how many passages have all that it asks.
#[track_caller]
fn first(text: &str) -> (String, u64) {
    let found = search(&[text]);
    let summary = found.json().remove(0);
    (found.files().first().cloned().unwrap_or_default(), summary["complete"].as_u64().unwrap())
}

#[test]
fn a_country_in_the_text_is_what_results_are_about_in_any_language_and_case() {
    for text in ["Haiti prison", "haiti prison", "prisons en Haïti", "cárceles en Haití"] {
        let found = search(&[text, "--limit", "1"]);
        let lines = found.json();
        assert_eq!(lines[0]["understood"]["countries"][0], "HT", "{text}");
        let about = lines[1]["document"]["countries"].as_array().unwrap();
        assert!(about.iter().any(|country| country["code"] == "HT"), "{text}: {}", found.stdout);
    }
}

#[test]
fn a_country_named_inside_another_countrys_name_is_not_found_by_it() {
    let library = tempfile::tempdir().unwrap();
    let page = |name: &str, title: &str, text: &str| {
        let html =
            format!("<html><head><title>{title}</title></head><body><p>{text}</p></body></html>");
        std::fs::write(library.path().join(name), html).unwrap();
    };
    let abuse = "The police used torture in the prisons of the capital, and torture went unpunished for years.";
    page(
        "guinea.html",
        "Guinea: report on torture",
        &format!("In Guinea the report found this. {abuse}"),
    );
    let guineas = "Equatorial Guinea denied it. In Guinea Ecuatorial torture is a crime. Equatorial Guinea was asked again.";
    page("equatorial.html", "Equatorial Guinea: report on torture", &format!("{guineas} {abuse}"));
    let index = tempfile::tempdir().unwrap();
    crate::support::amparo(index.path(), &["ingest", library.path().to_str().unwrap()]).ok();
    for text in ["Guinea torture", "guinea torture", "Guinée torture", "torture in Guinea"] {
        let found = crate::support::amparo(index.path(), &["search", "--format", "json", text]);
        assert_eq!(found.files()[0], "guinea.html", "{text}");
        assert_eq!(found.json()[0]["complete"], 1, "{text}");
    }
    let found = crate::support::amparo(
        index.path(),
        &["search", "--format", "json", "Equatorial Guinea torture"],
    );
    assert_eq!(found.files()[0], "equatorial.html");
}

#[test]
fn what_the_text_excludes_is_not_understood() {
    let understood = search(&["women NOT Honduras"]).json().remove(0)["understood"].clone();
    assert_eq!(understood["countries"].as_array().unwrap().len(), 0);
}

#[test]
fn a_violation_is_found_in_the_words_of_other_languages() {
    let found = search(&["enforced disappearance", "--lang", "es", "--limit", "1"]);
    let lines = found.json();
    let expanded: Vec<_> = lines[0]["expanded"].as_array().unwrap().iter().collect();
    assert!(expanded.iter().any(|term| *term == "Desaparición forzada"), "{expanded:?}");
    assert_eq!(lines[1]["passages"][0]["language"], "es");
    let literal = search(&["enforced disappearance", "--lang", "es", "--literal"]);
    assert_eq!(literal.json()[0]["expanded"].as_array().unwrap().len(), 0);
}

#[test]
fn a_document_is_found_by_its_title_once() {
    // A scan: there is no text to find.
    let (file, _) = first("genocidio ixil");
    assert_eq!(file, "guatemala-genocidio-ixil-2014.pdf");
}

#[test]
fn a_phrase_must_be_there_and_the_words_beside_it_need_not() {
    let lines = search(&["\"sample written for\" banana"]).json();
    assert!(lines[0]["passages"].as_u64().unwrap() > 0 && lines[0]["complete"] == 0);
    assert_eq!(lines[0]["relaxed"], false);
    // No passage has it: the words beside it are looked for, and the answer says so.
    let lines = search(&["\"banana recruitment\" police"]).json();
    assert_eq!((&lines[0]["relaxed"], &lines[0]["complete"]), (&true.into(), &0.into()));
    // A phrase alone is never answered by less.
    assert_eq!(search(&["\"banana recruitment\""]).status, 1);
}

#[test]
fn a_country_field_ranks_like_the_filter() {
    let field = search(&["country:honduras police"]).files();
    let filter = search(&["police", "--country", "honduras"]).files();
    assert_eq!(field, filter);
}
