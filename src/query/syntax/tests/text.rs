//! What looks like an operator and is text.

use super::{check, check_text};
use crate::query::syntax::Term;

#[test]
fn words_alone_are_not_strict() {
    check("", "");
    check("  \t\u{0} ", "");
    check("torture", "loose torture");
    check_text("Women the police will not protect", "Women the police will not protect");
    check_text("and or not And Or Not", "and or not And Or Not");
}

#[test]
fn parentheses_are_text_otherwise() {
    check_text("the Court (IACHR) found", "the Court IACHR found");
    check_text("art. 3(2) :) ((( 1) a) torture(s", "art 3 2 1 a torture s");
    check("art. 3(2) AND Court", "all(art, 3, 2, Court)");
    check("torture -()", "loose torture");
}

#[test]
fn hyphens_inside_words_and_dashes_are_text() {
    check_text("self-determination - torture", "self-determination torture");
    check_text("the Protocol -( the Optional one", "the Protocol the Optional one");
    check_text("- one\n- two –three —four --five", "one two three four five");
    check_text(
        "el Estado -a través de sus agentes- lo sabía -dijo-.",
        "el Estado a través de sus agentes lo sabía dijo",
    );
    check("pre- and post-war -trial", "all(pre, and, post-war, not(trial))");
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
fn compounds_have_several_index_words() {
    let words = |text: &str| Term::Word(text.into()).words().join(" ");
    assert_eq!(words("self-determination"), "self determination");
    assert_eq!(words("l'État"), "État");
    assert_eq!(words("C.F.R"), "C.F.R");
}
