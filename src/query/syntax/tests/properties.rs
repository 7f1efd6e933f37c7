//! Whatever is typed parses or says why; what was parsed prints to a text that means the same.

use proptest::prelude::*;

use crate::document::Language;
use crate::query::syntax::{Field, Node, Phrase, Query, Term, Text, Years, parse};

/// Texts full of what looks like operators.
fn scraps() -> impl Strategy<Value = String> {
    #[rustfmt::skip]
    const SCRAPS: [&str; 62] = [
        "torture", "a", "É", "U.S", "l'État", "208.13", "wom", "n\u{303}", "7", "人权", "\"", "\"", "“", "”", "„", "«",
        "»", "~", "~1", "~2", "~5", "*", "?", "**", "(", ")", "(", ")", "-", "-", "AND", "OR", "NOT", "title:",
        "publisher:", "country:", "violation:", "lang:", "year:", "2019", "2019..2023", "..", "es", ".", ",", ":",
        "/", "'", "’", "'s", "://", "=", "\n", "\u{ad}", "\u{0}", "[", "»", "¹", "º", "OR(", "title:\"", "~1*",
    ];
    let scrap = prop::sample::select(&SCRAPS[..]);
    prop::collection::vec((scrap, prop::bool::ANY), 0..16).prop_map(|scraps| {
        scraps.iter().fold(String::new(), |text, (scrap, space)| {
            text + scrap + if *space { " " } else { "" }
        })
    })
}

fn holds(text: &str) -> Result<(), TestCaseError> {
    match parse(text) {
        Ok(query) => {
            let printed = query.to_string();
            prop_assert_eq!(parse(&printed), Ok(query), "printed as {}", printed);
        }
        Err(error) => {
            prop_assert!(text.is_char_boundary(error.offset));
            error.render(text);
        }
    }
    Ok(())
}

/// A pattern or a misspelling, or a word: one index word, as phrases have them.
fn part() -> impl Strategy<Value = Term> {
    prop_oneof![
        3 => "[a-zé]{1,4}".prop_map(Term::Word),
        1 => "[a-z]{1,3}[*?][a-z]{1,3}\\*?".prop_map(Term::Pattern),
        1 => ("[a-z]{2,5}", 1..=2_u8).prop_map(|(word, distance)| Term::Fuzzy { word, distance }),
    ]
}

fn term() -> impl Strategy<Value = Term> {
    prop_oneof![
        3 => part(),
        1 => "[a-z]{1,4}-[a-z]{1,3}".prop_map(Term::Word),
    ]
}

fn phrase() -> impl Strategy<Value = Phrase> {
    (prop::collection::vec(part(), 1..4), 0..=255_u32)
        .prop_map(|(parts, slop)| Phrase { parts, slop })
}

fn field() -> impl Strategy<Value = Field> {
    let text = || prop_oneof![term().prop_map(Text::Term), phrase().prop_map(Text::Phrase)];
    let value = "[a-z]{2}|[a-z]{3} [(]?[a-z'-]{3}|[A-Zé]{2}";
    let year = |years: std::ops::Range<i16>| prop::option::of(years);
    prop_oneof![
        text().prop_map(Field::Title),
        text().prop_map(Field::Publisher),
        value.prop_map(Field::Country),
        value.prop_map(Field::Violation),
        "[A-Z]/[A-Z]{3}/[0-9]{1,2}|[a-z]{3} [A-Z] no [0-9]".prop_map(Field::Symbol),
        prop::sample::select(&Language::ALL[..]).prop_map(Field::Lang),
        (year(1900..2000), year(2000..2100))
            .prop_filter("a bound at least", |(from, to)| from.or(*to).is_some())
            .prop_map(|(from, to)| Field::Year(Years { from, to })),
    ]
}

/// Nodes as the parser would build them.
fn tree() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        4 => term().prop_map(Node::Term),
        2 => phrase().prop_map(Node::Phrase),
        1 => field().prop_map(Node::Field),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let several = prop::collection::vec(inner.clone(), 2..5);
        let other = |keep: fn(&Node) -> bool| {
            several.clone().prop_filter("normal form", move |nodes| nodes.iter().all(keep))
        };
        prop_oneof![
            other(|node| !matches!(node, Node::All(_))).prop_map(Node::All),
            other(|node| !matches!(node, Node::Any(_))).prop_map(Node::Any),
            inner.prop_map(|node| Node::Not(Box::new(node))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_parses_or_says_why(text in any::<String>()) {
        holds(&text)?;
    }

    #[test]
    fn a_query_prints_to_itself(text in scraps()) {
        holds(&text)?;
    }

    #[test]
    fn a_tree_prints_to_itself(root in tree()) {
        let strict = !matches!(root, Node::Term(Term::Word(_)) | Node::Phrase(_));
        let query = Query { strict, root: Some(root) };
        let printed = query.to_string();
        prop_assert_eq!(parse(&printed), Ok(query), "printed as {}", printed);
    }
}
