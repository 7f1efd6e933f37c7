//! Quotation marks, and what may follow a closing one.

use super::{check, check_error, check_text};

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
