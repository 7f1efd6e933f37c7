//! Wildcards and misspellings: words as written, in phrases too, and never cut short.

use crate::library::Library;

#[track_caller]
fn check(library: &Library, text: &str, expected: &[&str]) {
    let mut found = library.finds(text);
    found.sort();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn patterns_and_misspellings_stand_in_phrases_and_fields() {
    let library = Library::of(&[
        (
            "annual-report",
            "Extrajudicial killings by the police were reported in every region of the country.",
        ),
        (
            "summary",
            "The extra-judicial killing of two men by policemen was not investigated by the state.",
        ),
        (
            "women",
            "A woman and two women were killed after they had reported the threats to the police.",
        ),
    ]);
    check(&library, "\"extrajudicial kill*\"", &["annual-report"]);
    check(&library, "\"judicial kill*\"", &["summary"]);
    check(&library, "\"wom?n were\"", &["women"]);
    check(&library, "\"kil* police\"~3", &["annual-report"]);
    check(&library, "\"extrajudicail~1 kilings~1\"", &["annual-report"]);
    check(&library, "\"polise~1 were\"", &["annual-report"]);
    check(&library, "kill*", &["annual-report", "summary", "women"]);
    check(&library, "k?lling", &["summary"]);
    check(&library, "womans~2", &["women"]);
    check(&library, "title:reprot~1", &["annual-report"]);
    check(&library, "title:\"annual rep*\"", &["annual-report"]);
    check(&library, "title:summ?ry OR title:womem~1", &["summary", "women"]);
}

#[test]
fn a_pattern_in_a_phrase_that_stands_for_too_many_words_is_refused() {
    let letter = |number: usize| char::from(b'a' + (number % 26) as u8);
    let words: Vec<String> = (0..70_000)
        .map(|number| {
            let ends = [number, number / 26, number / 676, number / 17_576].map(letter);
            format!("zq{}", ends.iter().collect::<String>())
        })
        .collect();
    let text = words.chunks(100).map(|line| line.join(" ")).collect::<Vec<_>>().join("\n");
    let library = Library::of(&[("words", &text), ("few", "The police of zqaaaa reported it.")]);
    check(&library, "zq*", &["few", "words"]);
    check(&library, "\"of zqa*\"", &["few"]);
    assert!(library.refusal("\"of zq*\"").contains("too many words"));
    let long = format!("a{}", "?a".repeat(50_000));
    assert!(library.refusal(&format!("\"of {long}\"")).contains("too long"));
    assert!(library.refusal(&long).contains("too long"));
}
