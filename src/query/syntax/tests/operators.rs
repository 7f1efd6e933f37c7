//! AND, OR, NOT, hyphens and parentheses: when they are operators, and when they are malformed.

use super::{check, check_error};
use crate::query::syntax::parse;

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
fn hyphens_exclude() {
    check("torture -police", "all(torture, not(police))");
    check("-police", "not(police)");
    check("-country:mx torture", "all(not(country=mx), torture)");
    check("x -AND", "all(x, not(and))");
    check("-5", "not(5)");
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
fn wanted_texts_leave_exclusions_and_fields_out() {
    let query = parse("a AND (\"b c\" OR d*) -e title:f").unwrap();
    let texts: Vec<_> = query.texts().iter().map(ToString::to_string).collect();
    assert_eq!(texts, ["a", "\"b c\"", "d*"]);
}
