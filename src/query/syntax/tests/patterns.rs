//! Wildcards and misspellings in words.

use super::{check, check_error, check_text};

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
