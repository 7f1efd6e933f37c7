//! Fields, their values, and who may refuse one.

use super::{check, check_error, check_text};
use crate::query::syntax::{Field, Refusal, parse_with};

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
