//! Which part is shown, what is marked in it, and that it is the passage's own text.

use proptest::prelude::*;
use unicode_normalization::char::is_combining_mark;

use super::*;
use crate::analysis::words;
use crate::query::syntax;

/// The targets of a query as typed; each text is a term of its own, of weight 1.
fn targets(query: &str) -> Targets {
    let texts = syntax::parse(query).expect("a query").texts();
    Targets::new((0..).zip(&texts).map(|(term, text)| Target::new(text, term, 1.0)))
}

/// A snippet's text with its highlights in brackets.
fn shown(snippet: &Snippet) -> String {
    let mark =
        |(text, marked): (&str, bool)| if marked { format!("[{text}]") } else { text.into() };
    snippet.pieces().into_iter().map(mark).collect()
}

/// Checks what is marked of an English text.
#[track_caller]
fn check_marks(query: &str, marked: &str) {
    check_marks_in(Language::En, query, marked);
}

#[track_caller]
fn check_marks_in(language: Language, query: &str, marked: &str) {
    let text = marked.replace(['[', ']'], "");
    let marks = targets(query).marks(&text, language);
    assert_eq!(shown(&highlight(&text, &marks)), marked, "{query}");
}

/// Checks the excerpt of English paragraphs.
#[track_caller]
fn check(query: &str, paragraphs: &[&str], limit: usize, expected: &str) {
    let paragraphs: Vec<_> = paragraphs.iter().map(|text| (*text, Language::En)).collect();
    let snippet = targets(query).excerpt(&paragraphs, &[], limit);
    assert_eq!(shown(&snippet), expected);
    assert!(snippet.text.chars().count() <= limit, "{} is longer than {limit}", snippet.text);
}

#[test]
fn inflections_are_marked_in_their_language() {
    check_marks("torture women", "[Tortured] woman's [torturing] of [WOMEN]");
    check_marks_in(Language::Es, "desapariciones", "La [desaparición] de los desaparecidos");
    check_marks_in(Language::Fr, "exécution", "Les [exécutions] de l'État");
    check_marks_in(Language::Fr, "etat", "Les exécutions de l'[État]");
    check_marks_in(Language::Other, "desaparicion", "[desaparición] desapariciones");
}

#[test]
fn stop_words_are_marked_in_phrases_only() {
    check_marks("the police of haiti", "the [police] of [Haiti]");
    check_marks("\"the police of\" haiti", "the [Haiti] and [the Police of]");
    check_marks("to be or not to be", "[To] [be] here");
    check_marks_in(Language::Fr, "son fils", "son [fils]");
    check_marks_in(Language::En, "son fils", "his [son]");
}

#[test]
fn phrases_are_marked_as_written() {
    check_marks("\"forced disappearance\"", "forced, [Forced disappearance] forced disappearances");
    check_marks("self-determination", "[self determination] and [Self-determinations] self");
    check_marks("\"a a b\"", "a [a a b]");
    check_marks("\"extra* kill?ng\"", "an [extrajudicial killing]");
    check_marks(
        "\"police torture\"~2",
        "[torture] by the [police] of the [torture] [police] by us so torture",
    );
    check_marks("\"police police\"~3", "police, no, one two three [police] and [police]");
}

#[test]
fn patterns_and_misspellings_are_marked() {
    check_marks("wom?n tortur*", "[Women] [tortures] womens [woman]");
    check_marks("desaparicon~1 x", "[Desaparición] desapariciones");
}

#[test]
fn a_target_of_one_language_is_not_marked_in_another() {
    let target = Target {
        forms: vec![Form::Stem("mort".into())],
        slop: 0,
        language: Some(Language::Fr),
        term: 0,
        weight: 1.0,
    };
    let mut targets = Targets::new([target]);
    assert_eq!(targets.marks("mort morte", Language::Fr).len(), 2);
    assert_eq!(targets.marks("mort morte", Language::En), []);
    assert_eq!(targets.marks("mort morte", Language::Other).len(), 1);
}

const REPORT: [&str; 2] = [
    "Prisons are full. The police tortured two men in May. No officer was charged. The minister resigned.",
    "Women fear the police. Courts are slow.",
];

#[test]
fn short_passages_are_shown_whole() {
    check("courts", &["  Courts \t are\n slow. ", "", "Yes."], 40, "[Courts] are slow. Yes.");
    check("courts", &[], 40, "");
    check("courts", &["\u{0}\u{1b}[31m Courts"], 40, "[31m [Courts]");
}

#[test]
fn whole_sentences_with_the_most_terms_are_shown() {
    check("tortured men", &REPORT, 52, "The police [tortured] two [men] in May.");
    check(
        "tortured men",
        &REPORT,
        64,
        "The police [tortured] two [men] in May. No officer was charged.",
    );
    check("women police", &REPORT, 64, "[Women] fear the [police]. Courts are slow.");
    check("women courts prisons", &REPORT, 64, "[Women] fear the police. [Courts] are slow.");
    check("women resigned", &REPORT, 60, "The minister [resigned]. [Women] fear the police.");
    check("resigned", &REPORT, 50, "No officer was charged. The minister [resigned].");
}

#[test]
fn without_marks_the_opening_is_shown() {
    check("zebra", &REPORT, 60, "Prisons are full. The police tortured two men in May.");
    check(
        "zebra",
        &["The police tortured two men in the month of May of the year."],
        30,
        "The police tortured two men…",
    );
}

#[test]
fn long_sentences_are_cut_between_words() {
    let long = "In the north of the country the police of the capital tortured at least two young men \
                before the elections of the month of May, and nobody was charged with it since then.";
    check("tortured", &[long], 60, "…of the capital [tortured] at least two young men before the…");
    check("north", &[long], 60, "In the [north] of the country the police of the capital…");
    check("charged", &[long], 60, "…month of May, and nobody was [charged] with it since then.");
    check("\"In the north of the country the police\"", &[long], 20, "[In the north of]…");
}

#[test]
fn terms_in_two_long_sentences_are_shown_together() {
    let text = "Nobody knows how many people were in the end detained by soldiers. \
                Women were held apart from the men in a camp near the border for weeks.";
    check(
        "soldiers women",
        &[text],
        60,
        "…detained by [soldiers]. [Women] were held apart from the men…",
    );
}

#[test]
fn heavier_terms_win_among_as_many() {
    let texts = syntax::parse("police courts").unwrap().texts();
    let weighted = (0..).zip(&texts).map(|(term, text)| Target::new(text, term, 1.0 + term as f32));
    let paragraphs =
        ["The police came in the night.", "Nobody knew why at all.", "Courts are slow."];
    let paragraphs = paragraphs.map(|text| (text, Language::En));
    let snippet = Targets::new(weighted).excerpt(&paragraphs, &[], 20);
    assert_eq!(shown(&snippet), "[Courts] are slow.");
}

#[test]
fn marks_of_others_count() {
    let paragraphs = [(REPORT[0], Language::En), (REPORT[1], Language::En)];
    let mention = Mark { range: 0..5, term: 99, weight: 0.5 };
    let snippet = targets("police").excerpt(&paragraphs, &[vec![], vec![mention]], 30);
    assert_eq!(shown(&snippet), "[Women] fear the [police].");
}

#[test]
fn one_endless_word_is_cut_between_characters() {
    let letters = "e\u{301}".repeat(50);
    let snippet = targets("zebra").excerpt(&[(&letters, Language::En)], &[], 20);
    assert_eq!(snippet.text, "e\u{301}".repeat(9) + "…");
    let snippet = excerpt(&[&letters], &[vec![Mark { range: 31..60, term: 0, weight: 1.0 }]], 20);
    assert!(snippet.text.chars().count() <= 20);
}

#[test]
fn offsets_count_scalar_values() {
    let snippet = targets("niña").excerpt(&[("“Él” – la niña", Language::Es)], &[], 80);
    assert_eq!(snippet.highlights, [(10, 14)]);
}

#[test]
fn a_page_keeps_its_lines_but_not_its_control_characters() {
    let text = "One\u{7} man\r\n\tand two\u{1b}[0m men";
    let marks = targets("men man").marks(text, Language::En);
    assert_eq!(shown(&highlight(text, &marks)), "One [man]\n\tand two[0m [men]");
}

/// A stem begins as the word does: see `target::beginning`. Needs the vocabularies in `$AMPARO_EVAL/stem`.
#[test]
fn words_begin_as_their_stems_do() {
    let Some(eval) = std::env::var_os("AMPARO_EVAL") else {
        eprintln!("skipped: AMPARO_EVAL is not set");
        return;
    };
    for language in Language::INDEXED {
        let file = std::path::Path::new(&eval).join(format!("stem/{language}.tsv"));
        let vocabulary = std::fs::read_to_string(file).expect("a vocabulary");
        let missed: Vec<&str> = vocabulary
            .lines()
            .filter_map(|line| line.split('\t').next())
            .filter(|word| words(word).any(|found| found.text == *word))
            .filter(|word| {
                let target = Target {
                    forms: vec![Form::Stem((*word).to_owned())],
                    slop: 0,
                    language: None,
                    term: 0,
                    weight: 1.0,
                };
                // A rare word, so that a list of nothing but stop words does not matter.
                let mut targets = Targets::new([target]);
                targets.marks(word, language).is_empty()
            })
            .collect();
        assert!(missed.is_empty(), "{language}: {missed:?}");
    }
}

/// White space folded, control characters left out: what an excerpt is a part of.
fn folded(paragraphs: &[String]) -> String {
    let plain = |text: &String| {
        text.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect::<String>()
    };
    let texts: Vec<_> = paragraphs.iter().map(plain).collect();
    texts.iter().flat_map(|text| text.split_whitespace()).collect::<Vec<_>>().join(" ")
}

pub(super) fn paragraphs() -> impl Strategy<Value = Vec<String>> {
    const SCRAPS: [&str; 32] = [
        "police",
        "police",
        "torture",
        "Women",
        "niña",
        "n\u{303}",
        "the",
        "a",
        "of",
        "l'État",
        "U.S.",
        "art. 3",
        ". ",
        "? ",
        "… ",
        ", ",
        " ",
        "  ",
        "\n",
        "\t",
        "\u{a0}",
        "\u{0}",
        "\u{301}",
        "人权。",
        "👩\u{200d}👧",
        "(",
        ")",
        "“",
        "”",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "Nobody was charged with it",
        "12",
    ];
    let paragraph =
        prop::collection::vec((prop::sample::select(&SCRAPS[..]), prop::bool::ANY), 0..40)
            .prop_map(|scraps| {
                scraps.iter().fold(String::new(), |text, (scrap, space)| {
                    text + scrap + if *space { " " } else { "" }
                })
            });
    prop::collection::vec(prop_oneof![4 => paragraph, 1 => any::<String>()], 0..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn an_excerpt_is_part_of_its_passage(
        paragraphs in paragraphs(),
        others in prop::collection::vec((0..300_usize, 0..40_usize, 0..3_u32), 0..6),
        limit in 0..200_usize,
    ) {
        let mut targets = targets("police torture wom?n \"the police\"~2 nina~1");
        let with_language: Vec<_> = paragraphs.iter().map(|text| (text.as_str(), Language::Es)).collect();
        let others: Vec<Mark> = others
            .into_iter()
            .map(|(start, length, term)| Mark { range: start..start + length, term: 100 + term, weight: 0.5 })
            .collect();
        let snippet = targets.excerpt(&with_language, &[others.clone(), others], limit);
        let count = snippet.text.chars().count();
        prop_assert!(count <= limit.max(SHORTEST), "{} scalar values", count);

        let passage = folded(&paragraphs);
        let text = snippet.text.as_str();
        let bare = [
            text,
            text.strip_prefix('…').unwrap_or(text),
            text.strip_suffix('…').unwrap_or(text),
            text.strip_prefix('…').and_then(|text| text.strip_suffix('…')).unwrap_or(text),
        ];
        prop_assert!(bare.iter().any(|bare| passage.contains(bare)), "{:?} in {:?}", text, passage);
        prop_assert_eq!(passage.is_empty(), text.is_empty());

        let mut last = 0;
        for (start, end) in &snippet.highlights {
            prop_assert!(last <= *start && start < end && *end <= count);
            last = *end;
        }
        let joined: String = snippet.pieces().iter().map(|(piece, _)| *piece).collect();
        prop_assert_eq!(joined, snippet.text.clone());
        prop_assert_eq!(targets.excerpt(&with_language, &[], limit), targets.excerpt(&with_language, &[], limit));
    }

    #[test]
    fn cuts_are_between_words(mut paragraphs in paragraphs(), limit in 70..200_usize) {
        // One that begins with a combining mark would be broken as it stands.
        for text in &mut paragraphs {
            text.insert(0, 'A');
        }
        let mut targets = targets("police torture wom?n");
        let with_language: Vec<_> = paragraphs.iter().map(|text| (text.as_str(), Language::En)).collect();
        let passage = folded(&paragraphs);
        let longest = passage.split(' ').map(|word| word.chars().count()).max().unwrap_or(0);
        prop_assume!(longest < 60);
        let text = targets.excerpt(&with_language, &[], limit).text;
        let inner = text.strip_prefix('…').unwrap_or(&text);
        let inner = inner.strip_suffix('…').unwrap_or(inner);
        let is_between = |at: usize| {
            let (before, after) = passage.split_at(at);
            let splits = after.starts_with(|c: char| c.is_alphanumeric())
                && before.trim_end_matches(is_combining_mark).ends_with(char::is_alphanumeric);
            !splits && (before.is_empty() || !after.starts_with(is_combining_mark))
        };
        // The excerpt may stand in several places; one will do.
        let found = passage
            .char_indices()
            .filter(|(at, _)| passage[*at..].starts_with(inner))
            .any(|(at, _)| is_between(at) && is_between(at + inner.len()));
        prop_assert!(found || passage.is_empty(), "{} in {}", inner, passage);
    }

    #[test]
    fn a_page_is_marked_in_order(text in any::<String>(), marks in prop::collection::vec((0..50_usize, 0..9_usize), 0..6)) {
        let marks: Vec<Mark> = marks
            .into_iter()
            .map(|(start, length)| Mark { range: start..start + length, term: 0, weight: 1.0 })
            .collect();
        let page = highlight(&text, &marks);
        let joined: String = page.pieces().iter().map(|(piece, _)| *piece).collect();
        prop_assert_eq!(&joined, &page.text);
        prop_assert!(page.highlights.windows(2).all(|pair| pair[0].1 <= pair[1].0));
    }
}
