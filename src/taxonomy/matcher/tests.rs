//! What the matcher finds, one text a line.

use super::*;
use crate::taxonomy::{Countries, Violations};

fn scan(text: &str, language: Language) -> Vec<Found> {
    let matcher = Matcher::new(Countries::builtin(), Violations::builtin());
    let mut found = Vec::new();
    matcher.scan(text, language, &mut Scratch::default(), &mut found);
    found
}

/// Countries as `CODE:words`, weak ones with a question mark.
#[track_caller]
fn countries(language: Language, text: &str, expected: &[&str]) {
    let found: Vec<String> = scan(text, language)
        .into_iter()
        .filter_map(|found| match found.named {
            Named::Country(code, _) => {
                let weak = if found.weak { "?" } else { "" };
                Some(format!("{code}{weak}:{}", &text[found.range]))
            }
            Named::Violation(..) => None,
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

/// Strong violations as `id:words`, instruments with `(i)`.
#[track_caller]
fn violations(language: Language, text: &str, expected: &[&str]) {
    let found: Vec<String> = scan(text, language)
        .into_iter()
        .filter(|found| !found.weak)
        .filter_map(|found| match found.named {
            Named::Violation(id, instrument) => {
                let kind = if instrument { "(i)" } else { "" };
                Some(format!("{}{kind}:{}", Violations::builtin().id(id), &text[found.range]))
            }
            Named::Country(..) => None,
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

use Language::{En, Es, Fr, Other};

#[test]
fn the_longest_name_wins() {
    countries(En, "Guinea and Guinea-Bissau", &["GN:Guinea", "GW:Guinea-Bissau"]);
    countries(
        En,
        "Equatorial Guinea, Papua New Guinea",
        &["GQ:Equatorial Guinea", "PG:Papua New Guinea"],
    );
    countries(Es, "Guinea Ecuatorial y Guinea", &["GQ:Guinea Ecuatorial", "GN:Guinea"]);
    countries(Fr, "la Guinée équatoriale et la Guinée", &["GQ:Guinée équatoriale", "GN:Guinée"]);
    countries(En, "Niger and Nigeria", &["NE:Niger", "NG:Nigeria"]);
    countries(En, "South Sudan left Sudan", &["SS:South Sudan", "SD:Sudan"]);
    countries(
        En,
        "Dominica is not the Dominican Republic",
        &["DM:Dominica", "DO:Dominican Republic"],
    );
    countries(En, "the Republic of Ireland", &["IE:Republic of Ireland"]);
}

#[test]
fn koreas_and_congos_are_told_apart() {
    countries(
        En,
        "the Democratic People's Republic of Korea and the Republic of Korea",
        &["KP:Democratic People's Republic of Korea", "KR:Republic of Korea"],
    );
    countries(
        En,
        "the Democratic Republic of the Congo and the Republic of the Congo",
        &["CD:Democratic Republic of the Congo", "CG:Republic of the Congo"],
    );
    countries(Fr, "la République démocratique du Congo", &["CD:République démocratique du Congo"]);
}

#[test]
fn words_that_hold_a_country_and_name_none_are_left_alone() {
    countries(En, "from New Mexico to Mexico", &["MX:Mexico"]);
    countries(En, "the American Convention on Human Rights", &[]);
    countries(En, "roast turkey and fine china", &[]);
    countries(En, "Turkey closed the border", &["TR:Turkey"]);
    countries(En, "a fee of US$ 200", &[]);
}

#[test]
fn names_of_people_and_places_are_weak() {
    countries(En, "Jordan Smith of Atlanta", &["JO?:Jordan"]);
    countries(En, "a court in Georgia", &["GE?:Georgia"]);
    countries(En, "the Georgian parliament", &["GE:Georgian"]);
}

#[test]
fn a_name_does_not_span_sentences() {
    countries(En, "They fled South. Sudan was next.", &["SD:Sudan"]);
}

#[test]
fn inflections_and_missing_accents_are_met() {
    violations(
        Es,
        "las desapariciones forzadas",
        &["enforced-disappearance:desapariciones forzadas"],
    );
    violations(Es, "LA DESAPARICION FORZADA", &["enforced-disappearance:DESAPARICION FORZADA"]);
    violations(
        Fr,
        "des executions extrajudiciaires",
        &["extrajudicial-killing:executions extrajudiciaires"],
    );
}

#[test]
fn an_acronym_is_met_in_capitals_only() {
    violations(En, "the cat of FGM", &["fgm:FGM"]);
    violations(En, "the CAT", &["torture(i):CAT", "ill-treatment(i):CAT"]);
}

#[test]
fn exact_terms_do_not_match_by_stem() {
    violations(Es, "su marido miraba el mar", &[]);
    violations(Es, "las maras", &["gang-violence:maras"]);
    violations(Fr, "une violation du contrat", &[]);
    violations(Fr, "victime d'un viol", &["sexual-violence:viol"]);
}

#[test]
fn parts_of_a_rule_stand_in_any_order_in_one_sentence() {
    let expected = |words: &str| format!("prison-conditions:{words}");
    let one = "hygiene in the old prison";
    violations(En, one, &[&expected(one)]);
    violations(En, "a prison without hygiene", &[&expected("prison without hygiene")]);
    violations(En, "the prison. Hygiene in schools is good", &[]);
}

#[test]
fn words_that_deny_a_violation_keep_its_term_from_counting() {
    violations(En, "drug trafficking", &["organized-crime:drug trafficking"]);
    violations(En, "trafficking of girls", &["trafficking:trafficking"]);
}

#[test]
fn a_law_or_treaty_beside_a_mention_makes_it_an_instrument() {
    violations(En, "a bill on domestic violence", &["domestic-violence(i):domestic violence"]);
    violations(En, "the domestic violence bill", &["domestic-violence(i):domestic violence"]);
    violations(En, "She fled domestic violence", &["domestic-violence:domestic violence"]);
    violations(En, "law enforcement officers torture suspects", &["torture:torture"]);
    violations(En, "a policy of torture", &["torture:torture"]);
    violations(Es, "la ley contra la tortura", &["torture(i):tortura"]);
    violations(Fr, "la loi contre la torture", &["torture(i):torture"]);
}

#[test]
fn a_text_of_no_known_language_is_searched_in_all_three() {
    violations(Other, "Tortura", &["torture:Tortura"]);
    violations(Other, "Torture", &["torture:Torture"]);
    countries(Other, "Honduras", &["HN:Honduras"]);
}

#[test]
fn any_text_is_scanned_without_harm() {
    let texts = ["", " ", "\u{0}", "....", "\u{301}\u{301}", "((((((", "’’’", "𝔘𝔫𝔦 ﬁn İstanbul"];
    for text in texts {
        for language in [En, Es, Fr, Other] {
            for found in scan(text, language) {
                assert!(text.get(found.range).is_some());
            }
        }
    }
    let long = "torture ".repeat(20_000);
    assert_eq!(scan(&long, En).len(), 20_000);
}
