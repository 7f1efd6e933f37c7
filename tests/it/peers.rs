//! What the engines that researchers know can ask, each asked of the sample documents: ecoi.net's search for country of origin
//! information, and Recoll, the desktop search.

use std::collections::BTreeSet;

use crate::support::{amparo, file_name, search};

/// The passages that a question finds, by file and place.
fn passages(args: &[&str]) -> BTreeSet<String> {
    let output = search(&[&["--by", "passage", "-n0", "--literal"], args].concat());
    assert!(output.status < 2, "{args:?}: {}", output.stderr);
    let lines = output.json().into_iter().skip(1);
    let place = |line: serde_json::Value| {
        let passage = &line["passages"][0];
        let path = line["document"]["path"].as_str().map(file_name).unwrap();
        format!("{path} {} {}", passage["page"], passage["passage"])
    };
    lines.map(place).collect()
}

/// A question finds something, and the same as sets of simpler ones.
#[track_caller]
fn check(args: &[&str], expected: &BTreeSet<String>) {
    assert!(!expected.is_empty(), "{args:?}");
    assert_eq!(&passages(args), expected, "{args:?}");
}

fn both(one: &BTreeSet<String>, other: &BTreeSet<String>) -> BTreeSet<String> {
    one & other
}

/// Passages with a word as it stands, in any of its inflections.
fn with(word: &str) -> BTreeSet<String> {
    passages(&[&format!("+{word}")])
}

mod ecoi {
    use super::*;

    #[test]
    fn passages_with_all_words_come_first() {
        let all = passages(&["police AND women AND protection"]);
        let lines =
            search(&["--by", "passage", "-n0", "--literal", "police women protection"]).json();
        let complete = lines[0]["complete"].as_u64().unwrap() as usize;
        assert_eq!(complete, all.len());
        let near: Vec<&str> =
            lines[1..].iter().map(|line| line["near"].as_str().unwrap()).collect();
        assert!(complete > 0 && complete < near.len());
        assert!(near[..complete].iter().all(|near| *near == "all"));
        assert!(near[complete..].iter().all(|near| *near == "some"));
    }

    #[test]
    fn and_or_and_not() {
        let (police, torture) = (with("police"), with("torture"));
        check(&["police AND torture"], &both(&police, &torture));
        check(&["police OR torture"], &(&police | &torture));
        check(&["police NOT torture"], &(&police - &torture));
        check(&["police -torture"], &(&police - &torture));
    }

    #[test]
    fn parentheses() {
        let (police, gang, prison) = (with("police"), with("gang"), with("prison"));
        check(&["police AND (gang OR prison)"], &both(&police, &(&gang | &prison)));
        check(&["(police AND gang) OR prison"], &(&both(&police, &gang) | &prison));
        check(&["police NOT (gang OR prison)"], &(&police - &(&gang | &prison)));
    }

    #[test]
    fn phrases() {
        let phrase = passages(&["\"military police\""]);
        let words = both(&with("military"), &with("police"));
        assert!(!phrase.is_empty() && phrase.is_subset(&words) && phrase != words);
    }

    #[test]
    fn words_near_each_other() {
        let near = |distance: u32| passages(&[&format!("\"police protection\"~{distance}")]);
        let all = both(&passages(&["\"police\""]), &passages(&["\"protection\""]));
        assert!(near(0).is_subset(&near(10)) && near(10).is_subset(&near(200)));
        assert!(near(0) != near(200));
        // No passage is longer, and their order does not matter.
        check(&["\"protection police\"~200"], &near(200));
        assert_eq!(passages(&["\"police protection\"~255"]), all);
    }

    #[test]
    fn one_letter_and_any_letters() {
        let any_of = |words: &[&str]| {
            let each = words.iter().map(|word| passages(&[&format!("\"{word}\"")]));
            each.fold(BTreeSet::new(), |all, some| &all | &some)
        };
        check(&["wom?n"], &any_of(&["woman", "women"]));
        let kidnaps = passages(&["kidnap*"]);
        let forms = ["kidnap", "kidnaps", "kidnapped", "kidnapping", "kidnappings", "kidnappers"];
        check(&["kidnap*"], &any_of(&forms));
        assert!(any_of(&["kidnapping"]).is_subset(&kidnaps));
        check(&["desaparici?n"], &any_of(&["desaparición"]));
    }

    #[test]
    fn filters_with_several_values_and_with_exclusion() {
        let police = |filter: &[&str]| passages(&[&["police"], filter].concat());
        let [honduras, haiti] = ["HN", "HT"].map(|code| police(&["--country", code]));
        check(&["police", "--country", "HN", "--country", "HT"], &(&honduras | &haiti));
        check(&["police", "--not-country", "HN"], &(&police(&[]) - &honduras));
        let [english, french] = ["en", "fr"].map(|code| police(&["--lang", code]));
        check(&["police", "--lang", "en", "--lang", "fr"], &(&english | &french));
        check(&["police", "--lang", "en", "--not-country", "HN"], &(&english - &honduras));
        let gangs = police(&["--violation", "gang-violence"]);
        check(
            &["police", "--country", "HN", "--violation", "gang-violence"],
            &both(&honduras, &gangs),
        );
        check(&["police", "--not-violation", "gang-violence"], &(&police(&[]) - &gangs));
    }
}

mod recoll {
    use super::*;

    #[test]
    fn fields_have_values() {
        let of = |field: &str| passages(&[field]);
        check(&["lang:fr"], &passages(&["--lang", "fr"]));
        check(&["country:haiti lang:fr"], &both(&of("country:haiti"), &of("lang:fr")));
        check(&["police -country:hn"], &(&with("police") - &of("country:hn")));
        let titled = of("title:\"state of exception\"");
        assert!(titled.iter().all(|place| place.starts_with("el-salvador-state-of-exception")));
        assert!(!titled.is_empty());
    }

    #[test]
    fn dates_have_ranges() {
        let years = |text: &str| passages(&[text]);
        check(&["year:2019..2021"], &passages(&["--since", "2019", "--until", "2021"]));
        check(&["year:2019..2021"], &both(&years("year:2019.."), &years("year:..2021")));
        check(&["police year:2023"], &both(&with("police"), &years("year:2023")));
        let spring = ["--since", "2023-01", "--until", "2023-03"];
        let found = search(&[&["-n0", "--sort", "date"], &spring[..]].concat()).json();
        let dates: Vec<&str> =
            found[1..].iter().map(|line| line["document"]["published"].as_str().unwrap()).collect();
        assert!(!dates.is_empty() && dates.is_sorted_by(|a, b| a >= b), "{dates:?}");
        assert!(dates.iter().all(|date| ("2023-01".."2023-04").contains(date)), "{dates:?}");
    }

    #[test]
    fn stems_can_be_turned_off() {
        let written = passages(&["\"gang\""]);
        let stemmed = with("gang");
        assert!(written.is_subset(&stemmed) && written.len() < stemmed.len());
        assert!(!written.is_empty());
    }

    #[test]
    fn proximity_and_wildcards_meet() {
        let near = passages(&["\"polic* protect*\"~10"]);
        assert!(near.is_superset(&passages(&["\"police protection\"~10"])));
        assert!(near.is_subset(&both(&passages(&["polic*"]), &passages(&["protect*"]))));
        assert!(!near.is_empty());
    }

    #[test]
    fn a_pattern_that_stands_for_very_many_words_loses_none() {
        // Everything that holds a word with an "e" in it after its first letter.
        let many = passages(&["p*e*"]);
        assert!(many.is_superset(&passages(&["\"police\""])));
        assert!(many.is_superset(&passages(&["\"prueba\""])) && !many.is_empty());
    }
}

#[test]
fn a_pattern_is_searched_whole_or_refused_never_cut() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library");
    std::fs::create_dir(&library).unwrap();
    for page in 0..10 {
        // Seven thousand words that no other page has.
        let paragraphs = (0..70).map(|paragraph| {
            let words = (0..100).map(|word| format!("w{page}x{paragraph}x{word}"));
            format!("<p>{}.</p>", words.collect::<Vec<_>>().join(" "))
        });
        let text: String = paragraphs.collect();
        std::fs::write(library.join(format!("{page}.html")), text).unwrap();
    }
    let index = folder.path().join("index");
    amparo(&index, &["ingest", library.to_str().unwrap()]).ok();
    let every = amparo(&index, &["search", "w*", "-n0", "--format", "json"]).ok();
    assert_eq!(every.files().len(), 10);
    assert_eq!(amparo(&index, &["search", "\"w1x* w1x*\""]).status, 0);
    let refused = amparo(&index, &["search", "\"w* w*\""]);
    assert_eq!((refused.status, refused.stdout.as_str()), (2, ""));
    assert_eq!(
        refused.stderr,
        "error: a pattern inside a phrase stands for too many words of this library\n\
         hint: write more letters before '*', or take the pattern out of the phrase\n"
    );
}

#[test]
fn results_by_date_are_newest_first_and_undated_last() {
    let dates: Vec<Option<String>> = search(&["police", "-n0", "--sort", "date"]).json()[1..]
        .iter()
        .map(|line| line["document"]["published"].as_str().map(str::to_owned))
        .collect();
    assert!(dates.len() > 5 && dates.is_sorted_by(|a, b| a >= b), "{dates:?}");
    let by_passage = search(&["police", "-n0", "--sort", "date", "--by", "passage"]).json();
    let dates: Vec<Option<&str>> =
        by_passage[1..].iter().map(|line| line["document"]["published"].as_str()).collect();
    assert!(dates.is_sorted_by(|a, b| a >= b), "{dates:?}");
    let several = search(&["police women protection", "-n0", "--sort", "date"]).json();
    let near: Vec<&str> = several[1..].iter().map(|line| line["near"].as_str().unwrap()).collect();
    assert!(near.contains(&"some") && near.is_sorted(), "{near:?}");
}
