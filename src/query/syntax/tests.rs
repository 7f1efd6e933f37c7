//! What texts mean, which are errors, and that a query prints back to itself.

use proptest::prelude::*;

use super::*;

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
fn words_alone_are_not_strict() {
    check("", "");
    check("  \t\u{0} ", "");
    check("torture", "loose torture");
    check_text("Women the police will not protect", "Women the police will not protect");
    check_text("and or not And Or Not", "and or not And Or Not");
}

#[test]
fn operators_are_capitals() {
    check("torture AND rape", "all(torture, rape)");
    check("torture OR rape", "any(torture, rape)");
    check("torture NOT police", "all(torture, not(police))");
    check("torture AND NOT police", "all(torture, not(police))");
    check("NOT torture", "not(torture)");
    check("NOT NOT torture", "not(not(torture))");
}

#[test]
fn or_joins_its_neighbours_first() {
    check("police torture OR rape", "all(police, any(torture, rape))");
    check("a AND b OR c AND d", "all(a, any(b, c), d)");
    check("a OR -b c", "all(any(a, not(b)), c)");
    check("(a b) OR c", "any(all(a, b), c)");
}

#[test]
fn parentheses_group_beside_operators() {
    check("(torture OR rape) AND police", "all(any(torture, rape), police)");
    check("NOT (a OR b)", "not(any(a, b))");
    check("NOT(a OR b)AND c", "all(not(any(a, b)), c)");
    check("x -(a b)", "all(x, not(all(a, b)))");
    check("((a)) OR ((b OR (c)))", "any(a, b, c)");
    check("a AND (b AND (c))", "all(a, b, c)");
    check("a OR () b", "any(a, b)");
}

#[test]
fn parentheses_are_text_otherwise() {
    check_text("the Court (IACHR) found", "the Court IACHR found");
    check_text("art. 3(2) :) ((( 1) a) torture(s", "art 3 2 1 a torture s");
    check("art. 3(2) AND Court", "all(art, 3, 2, Court)");
    check("torture -()", "loose torture");
}

#[test]
fn phrases_take_every_kind_of_quotes() {
    check("\"forced disappearance\"", "loose [forced disappearance]0");
    check("“forced disappearance”", "loose [forced disappearance]0");
    check("« disparition forcée »", "loose [disparition forcée]0");
    check("„erzwungenes Verschwinden“", "loose [erzwungenes Verschwinden]0");
    check("\"l'État de droit\"", "loose [État de droit]0");
    check("\"AND\" \"artículo 19\"", "loose all([AND]0, [artículo 19]0)");
    check("x -\"forced disappearance\"", "all(x, not([forced disappearance]0))");
    check("said,\"we go\"", "loose all(said, [we go]0)");
    check("\"torture\"", "loose [torture]0");
}

#[test]
fn lone_and_empty_quotes_are_text() {
    check_text("the \"secret police", "the secret police");
    check_text("5\" and 6\" pipes «", "5 and 6 pipes");
    check_text("\"\" a “…” b -\"\" c", "a b c");
    check_text("police’s ‘own’ rules", "police’s own rules");
}

#[test]
fn phrases_can_be_loose() {
    check("\"police torture\"~5", "loose [police torture]5");
    check("“police torture”~5, 2019", "loose all([police torture]5, 2019)");
    check("\"police torture\"~0", "loose [police torture]0");
    check_text("torture ~5", "torture 5");
    let message = "'~' after a phrase needs a number of words, 0 to 255";
    check_error("x \"a b\"|~x", message);
    check_error("\"a b\"|~", message);
    check_error("\"a b\"|~5x", message);
    check_error("\"a b\"|~256", message);
    check_error("\"a b\"|~99999999999", message);
}

#[test]
fn hyphens_exclude() {
    check("torture -police", "all(torture, not(police))");
    check("-police", "not(police)");
    check("-country:mx torture", "all(not(country=mx), torture)");
    check("x -AND", "all(x, not(and))");
    check("-5", "not(5)");
}

#[test]
fn hyphens_inside_words_and_dashes_are_text() {
    check_text("self-determination - torture", "self-determination torture");
    check_text("- one\n- two –three —four --five", "one two three four five");
    check_text(
        "el Estado -a través de sus agentes- lo sabía -dijo-.",
        "el Estado a través de sus agentes lo sabía dijo",
    );
    check("pre- and post-war -trial", "all(pre, and, post-war, not(trial))");
}

#[test]
fn wildcards_stand_in_words() {
    check("tortur*", "/tortur*/");
    check("wom?n AND l?s", "all(/wom?n/, /l?s/)");
    check("dis*ance? t*r?r*?", "all(/dis*ance/, /t*r?r*/)");
    check("l'exécut* Côte d’Ivoi*", "all(/exécut*/, Côte, /Ivoi*/)");
    check("gang-rap* wom?n's", "all([gang /rap*/]0, /wom?n/)");
    check("\"extrajudicial kill*\"~3", "loose [extrajudicial /kill*/]3");
    check("\"(wom?n)\"", "loose [/wom?n/]0");
}

#[test]
fn question_marks_and_footnote_stars_are_text() {
    check_text("¿Quién mató? Really??", "Quién mató Really");
    check_text("The Court held.* See * and ** **bold** s**t", "The Court held See and bold s**t");
    check_text("http://a.org/x?y=1*&z=~b www.b.org/c?d", "http://a.org/x?y=1*&z=~b www.b.org/c?d");
    check_error("the |*tortura", "a wildcard cannot begin a word");
    check_error("\"forced |*pear\"", "a wildcard cannot begin a word");
    check_error("\"forced disappear\"|*", "a wildcard cannot follow a phrase");
}

#[test]
fn misspelled_words_are_found() {
    check("desaparicion~1", "desaparicion~1");
    check("self-determinaton~2.", "loose [self determinaton~2]0");
    check("\"forcd~1 disappearance\"", "loose [forcd~1 disappearance]0");
    check_text("10~20 a~b ~user ~ 5~", "10~20 a~b user 5");
    let message = "'~' needs the number of letters that may differ, 1 or 2";
    check_error("tortura|~", message);
    check_error("tortura|~3", message);
    check_error("tortura|~0.8", message);
    check_error("tortur*|~1", "a wildcard and '~' cannot be used on one word");
    check_error("tortur|~1*", "a wildcard and '~' cannot be used on one word");
}

#[test]
fn fields_take_words_names_and_years() {
    check("title:torture women", "all(title=torture, women)");
    check("title:\"annual report\"~2", "title=[annual report]2");
    check("publisher:amnest* title:reprot~1", "all(publisher=/amnest*/, title=reprot~1)");
    check("country:hn, torture", "all(country=hn, torture)");
    check("country:\"el  salvador\"", "country=el salvador");
    check("country:«Congo (RDC)»", "country=Congo (RDC)");
    check("country:côte-d'ivoire", "country=côte-d'ivoire");
    check("violation:enforced-disappearance", "violation=enforced-disappearance");
    check("lang:es OR lang:french", "any(lang=es, lang=fr)");
    check("(country:hn OR country:gt) -title:x", "all(any(country=hn, country=gt), not(title=x))");
    check("country:hon*", "country=hon*");
}

#[test]
fn years_are_one_or_a_range() {
    check("year:2019", "year=2019");
    check("year:2019..2023.", "year=2019..2023");
    check("year:2019..", "year=2019..");
    check("year:..2023", "year=..2023");
    check("year:\"2019\"", "year=2019");
    let message = "'abc' is not a year or a range of years";
    check_error("women year:|abc", message);
    check_error("year:|2023..2019", "'2023..2019' is not a year or a range of years");
    check_error("year:|19", "'19' is not a year or a range of years");
    check_error("year:|2019-2023", "'2019-2023' is not a year or a range of years");
}

#[test]
fn malformed_fields_are_errors() {
    check_error("lang:|xx", "'xx' is not a language of the index");
    check_error("country:|\"\"", "'country:' needs a value");
    check_error("title:|\"...\"", "'title:' needs a value");
    check_error("title:|(a OR b)", "'title:' takes one value, not a group");
}

#[test]
fn other_colons_are_text() {
    check_text("Title: Report", "Title Report");
    check_text("country: Honduras", "country Honduras");
    check_text("Year:2019 ref:12 12:30 subtitle:x", "Year:2019 ref:12 12:30 subtitle:x");
}

#[test]
fn operators_need_operands() {
    check_error("torture |AND", "'AND' has nothing after it");
    check_error("|OR torture", "'OR' has nothing before it");
    check_error("torture AND |OR rape", "'OR' has nothing before it");
    check_error("torture |NOT", "'NOT' has nothing after it");
    check_error("(torture |AND) rape", "'AND' has nothing after it");
    check_error("(|AND torture)", "'AND' has nothing before it");
    check_error("torture |AND ()", "'AND' has nothing after it");
}

#[test]
fn parentheses_beside_operators_pair_up() {
    check_error("|(torture OR rape", "this parenthesis is not closed");
    check_error("(a OR b)|) c", "this parenthesis is not opened");
    check_error("x -|(a b", "this parenthesis is not closed");
}

#[test]
fn depth_is_bounded() {
    let nested = |levels: usize| {
        let groups: String = (0..levels).map(|_| "(a OR (b AND ").collect();
        format!("{groups}c{}", "))".repeat(levels))
    };
    assert!(parse(&nested(16)).is_ok());
    for text in [
        nested(17),
        nested(100_000),
        "NOT ".repeat(100_000) + "a",
        "NOT (".repeat(50_000) + "a" + &")".repeat(50_000),
        "(".repeat(50_000) + "a OR b" + &")".repeat(50_000),
    ] {
        let error = parse(&text).expect_err("too deep");
        assert_eq!(error.message, "the query is nested more than 32 levels deep");
    }
}

#[test]
fn pasted_texts_are_never_errors() {
    check_text("8 C.F.R. 208.13(b)(1)", "8 C.F.R 208.13 b 1");
    check_text("art. 3 CEDH, artículo 19;", "art 3 CEDH artículo 19");
    check_text("A/HRC/19/19 [para. 4] {x}", "A/HRC/19/19 para 4 x");
    check_text("What happens to women in Honduras?", "What happens to women in Honduras");
    check_text("U.S. N.U. EE.UU. 50% $3,000", "U.S N.U EE.UU 50 3,000");
    check("He said: \"No one helps us\" (sic).", "loose all(He, said, [No one helps us]0, sic)");
}

#[test]
fn a_value_can_be_refused_with_its_place() {
    let error = parse_with("x -country:atlantis", |field| match field {
        Field::Country(name) => Err(Refusal {
            message: format!("unknown country '{name}'"),
            hint: "see 'countries'".into(),
        }),
        _ => Ok(()),
    });
    let error = error.expect_err("an error");
    assert_eq!((error.offset, error.to_string().as_str()), (11, "unknown country 'atlantis'"));
}

#[test]
fn compounds_have_several_index_words() {
    let words = |text: &str| Term::Word(text.into()).words().join(" ");
    assert_eq!(words("self-determination"), "self determination");
    assert_eq!(words("l'État"), "État");
    assert_eq!(words("C.F.R"), "C.F.R");
}

#[test]
fn wanted_texts_leave_exclusions_and_fields_out() {
    let query = parse("a AND (\"b c\" OR d*) -e title:f").unwrap();
    let texts: Vec<_> = query.texts().iter().map(ToString::to_string).collect();
    assert_eq!(texts, ["a", "\"b c\"", "d*"]);
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

/// Texts full of what looks like operators.
fn scraps() -> impl Strategy<Value = String> {
    const SCRAPS: [&str; 56] = [
        "torture",
        "a",
        "É",
        "U.S",
        "l'État",
        "208.13",
        "wom",
        "n\u{303}",
        "7",
        "人权",
        "\"",
        "\"",
        "“",
        "”",
        "„",
        "«",
        "»",
        "~",
        "~1",
        "~2",
        "~5",
        "*",
        "?",
        "**",
        "(",
        ")",
        "(",
        ")",
        "-",
        "-",
        "AND",
        "OR",
        "NOT",
        "title:",
        "publisher:",
        "country:",
        "violation:",
        "lang:",
        "year:",
        "2019",
        "2019..2023",
        "..",
        "es",
        ".",
        ",",
        ":",
        "/",
        "'",
        "’",
        "'s",
        "://",
        "=",
        "\n",
        "\u{ad}",
        "\u{0}",
        "[",
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

/// Nodes as the parser would build them.
fn tree() -> impl Strategy<Value = Node> {
    let term = prop_oneof![
        "[a-z]{1,4}(-[a-z]{1,3})?".prop_map(Term::Word),
        "[a-z]{1,3}[*?][a-z]{1,3}\\*?".prop_map(Term::Pattern),
        ("[a-z]{2,5}", 1..=2_u8).prop_map(|(word, distance)| Term::Fuzzy { word, distance }),
    ];
    let phrase = (prop::collection::vec("[a-zé]{1,4}".prop_map(Term::Word), 1..4), 0..=255_u32)
        .prop_map(|(parts, slop)| Phrase { parts, slop });
    let leaf = prop_oneof![
        4 => term.prop_map(Node::Term),
        2 => phrase.prop_map(Node::Phrase),
        1 => "[a-z]{2}|[a-z]{3} [(]?[a-z'-]{3}".prop_map(|it| Node::Field(Field::Country(it))),
        1 => (1900..2000_i16, 2000..2100_i16).prop_map(|(from, to)| {
            Node::Field(Field::Year(Years { from: Some(from), to: Some(to) }))
        }),
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
