//! What texts mean, which are errors, and that a query prints back to itself.

use super::{Field, Node, Phrase, Query, SYNTAX_HELP, Term, Text, parse};

mod fields;
mod operators;
mod patterns;
mod phrases;
mod properties;
mod text;

/// A tree on one line, so that what was understood can be read: `all(torture, not(police))`.
fn outline(query: &Query) -> String {
    fn term(term: &Term) -> String {
        match term {
            Term::Word(word) => word.clone(),
            Term::Pattern(pattern) => format!("/{pattern}/"),
            Term::Fuzzy { word, distance } => format!("{word}~{distance}"),
        }
    }
    fn phrase(phrase: &Phrase) -> String {
        let parts: Vec<_> = phrase.parts.iter().map(term).collect();
        format!("[{}]{}", parts.join(" "), phrase.slop)
    }
    fn text(text: &Text) -> String {
        match text {
            Text::Term(it) => term(it),
            Text::Phrase(it) => phrase(it),
        }
    }
    fn nodes(nodes: &[Node]) -> String {
        nodes.iter().map(node).collect::<Vec<_>>().join(", ")
    }
    fn node(it: &Node) -> String {
        match it {
            Node::Term(it) => term(it),
            Node::Phrase(it) => phrase(it),
            Node::Field(Field::Title(it)) => format!("title={}", text(it)),
            Node::Field(Field::Publisher(it)) => format!("publisher={}", text(it)),
            Node::Field(Field::Country(it)) => format!("country={it}"),
            Node::Field(Field::Violation(it)) => format!("violation={it}"),
            Node::Field(Field::Lang(it)) => format!("lang={it}"),
            Node::Field(Field::Year(it)) => format!("year={it}"),
            Node::Field(Field::Symbol(it)) => format!("symbol={it}"),
            Node::All(it) => format!("all({})", nodes(it)),
            Node::Any(it) => format!("any({})", nodes(it)),
            Node::Not(it) => format!("not({})", node(it)),
        }
    }
    let mark = if query.strict { "" } else { "loose " };
    query.root.as_ref().map_or(String::new(), |root| format!("{mark}{}", node(root)))
}

/// Checks what a text means, and that its print means the same.
#[track_caller]
fn check(text: &str, expected: &str) {
    let query = parse(text).unwrap_or_else(|error| panic!("{error}\n{}", error.render(text)));
    assert_eq!(outline(&query), expected);
    let printed = query.to_string();
    assert_eq!(parse(&printed).as_ref(), Ok(&query), "printed as {printed}");
}

/// Checks that a text is plain words: `words` between spaces.
#[track_caller]
fn check_text(text: &str, words: &str) {
    let words: Vec<_> = words.split(' ').collect();
    let expected = match words.as_slice() {
        [word] => (*word).to_owned(),
        words => format!("all({})", words.join(", ")),
    };
    check(text, &format!("loose {expected}"));
}

/// Checks the place and the message of an error: `|` marks the place.
#[track_caller]
fn check_error(marked: &str, message: &str) {
    let offset = marked.find('|').expect("a marked place");
    let text = marked.replacen('|', "", 1);
    let error = parse(&text).expect_err("an error");
    assert_eq!(
        (error.message.as_str(), error.offset),
        (message, offset),
        "{}",
        error.render(&text)
    );
    assert!(!error.hint.is_empty());
}
#[test]
fn the_help_shows_what_is_understood() {
    for line in SYNTAX_HELP.lines().filter(|line| line.starts_with("  ")) {
        let example = line.trim_start().split("  ").next().unwrap_or_default();
        if !line.starts_with("   ") {
            let query = parse(example).unwrap_or_else(|error| panic!("{example}: {error}"));
            let phrase = example.starts_with('"');
            assert_eq!(query.strict, !phrase, "{example}");
        }
    }
}

#[test]
fn the_help_documents_every_operator() {
    for operator in [
        "AND",
        "OR",
        "NOT",
        " -police",
        "\"forced",
        "“…”",
        "«…»",
        "\"~5",
        "tortur*",
        "wom?n",
        "~1",
        "~2",
        "title:",
        "publisher:",
        "country:",
        "violation:",
        "lang:",
        "year:2019..2023",
        "year:2019..",
        "year:..2023",
        "-(a b)",
        "kill*\"",
    ] {
        assert!(SYNTAX_HELP.contains(operator), "{operator}");
    }
}
