//! The first date of a short text: a title, a date line, a machine's time stamp.
//!
//! In: text. Out: its first date, the most precise first. It does not ask what the date is of: see `opening`.

use super::Printed;
use super::reader::{self, Order};
use super::words::words;

/// The first date of a text that names a day, else the first that names a month, else a year that numbers leave sure.
pub fn in_text(text: &str, order: Option<Order>) -> Option<Printed> {
    let words = words(text);
    let mut best: Option<Printed> = None;
    for index in 0..words.len() {
        let Some(found) = reader::date_at(&words, index, order) else { continue };
        let precision =
            |printed: &Printed| (printed.date.day().is_some(), printed.date.month().is_some());
        if best.as_ref().is_none_or(|best| precision(&found.printed) > precision(best)) {
            let is_day = found.printed.date.day().is_some();
            best = Some(found.printed);
            if is_day {
                break;
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let date = in_text(text, None).map(|printed| printed.date.to_string());
        assert_eq!(date.unwrap_or_default(), expected, "{text}");
    }

    #[test]
    fn dates_are_read_in_three_languages() {
        check("Geneva, 8 December 2011", "2011-12-08");
        check("December 8, 2011 at 4:30", "2011-12-08");
        check("Posted on Dec. 8th, 2011", "2011-12-08");
        check("Sentencia de 30 de agosto de 2023", "2023-08-30");
        check("SENTENCIA DEL 1 DE JUNIO DEL 2009", "2009-06-01");
        check("1º de mayo de 2011", "2011-05-01");
        check("Paris, le 1er mars 2022", "2022-03-01");
        check("publié le 15 août 2014", "2014-08-15");
        check("Distr. GENERAL 5 January 2015", "2015-01-05");
    }

    #[test]
    fn a_date_is_as_precise_as_its_text() {
        check("March 2023", "2023-03");
        check("marzo de 2023", "2023-03");
        check("in May 1998 and on 4 June 1999", "1999-06-04");
        check("the report of 2019", "");
        check("you may 2020 times", "");
    }

    #[test]
    fn numbers_are_a_date_where_nothing_else_fits() {
        check("2015-09-17T16:57:43+01:00", "2015-09-17");
        check("17/09/2015", "2015-09-17");
        check("9/17/2015", "2015-09-17");
        check("3.4.2021", "2021-04-03");
        check("03/04/2021", "2021");
        check("03/04/2021, 5 April 2021", "2021-04-05");
        let spanish = in_text("03/04/2021", Order::of("es")).unwrap();
        assert_eq!(spanish.date.to_string(), "2021-04-03");
        check("version 10.4.15", "");
        check("31 February 2015", "");
        check("4 July 1776", "");
    }

    #[test]
    fn the_words_of_a_date_are_its_evidence() {
        let text = "Bogotá, agosto 30 de 2023.";
        assert_eq!(&text[in_text(text, None).unwrap().evidence], "agosto 30 de 2023");
    }
}
