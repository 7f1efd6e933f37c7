//! The date printed at the opening of a document.
//!
//! In: the text of the first page or two; out: the date on which the document says it was issued, and where it says so.
//! Dates of what the text tells of are passed over as far as their surroundings show it: "since 3 May 2010", "Law 24 of
//! 5 January 2010", the first and last day of a session. Does not read metadata.

use super::months::month;
use super::reader::{Found, date_at};
use super::words::{Word, words};
use super::{Printed, has};
use crate::analysis::fold;
use crate::document::{Date, Language};

/// How much of the text counts as its opening, in bytes: some 1,500 characters.
const OPENING: usize = 1_600;

/// A line with no more than this beside its date is about the date.
const BESIDE: usize = 24;

/// The dates on which a document that opens with `text` may have been issued, the likeliest first: no later than `latest`.
///
/// A date that stands on a line of its own or after a word like "published" goes before one in running text, a complete
/// date before a month; equals stand in their order.
pub fn printed_dates(text: &str, latest: Date) -> Vec<Printed> {
    let text = &text[..text.floor_char_boundary(OPENING)];
    let words = words(text);
    let mut dates: Vec<(Standing, Printed)> = Vec::new();
    for index in 0..words.len() {
        let Some(found) = date_at(&words, index, None) else { continue };
        let date = found.printed.date;
        if date.month().is_none() || date.first_day() > latest.last_day() {
            continue;
        }
        let Some(standing) = standing(text, &words, &found) else { continue };
        dates.push((standing, found.printed));
    }
    // Stable: of equals the first comes first.
    dates.sort_by_key(|(standing, _)| *standing);
    dates.into_iter().map(|(_, printed)| printed).collect()
}

/// How well a date stands for the document's own, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Told,
    Complete,
    Month,
}

/// How a date stands for the document's own; `None` if it does not.
fn standing(text: &str, words: &[Word<'_>], found: &Found) -> Option<Standing> {
    let evidence = &found.printed.evidence;
    let before = &text[..evidence.start];
    let after = &text[evidence.end..];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line_end = after.find('\n').map_or(text.len(), |at| evidence.end + at);
    let alone = (line_end - line_start) - evidence.len() <= BESIDE;
    // Words of the same line, the nearest first.
    let same_line =
        words[..found.words.start].iter().rev().take_while(|word| word.start >= line_start);
    let near: Vec<String> = same_line.take(2).map(|word| fold(&word.text.to_lowercase())).collect();
    if is_range(before, after) {
        return None;
    }
    let told = near.iter().any(|word| has(|dates| dates.telling, word));
    let complete = found.printed.date.day().is_some();
    if near.first().is_some_and(|word| has(|dates| dates.referring, word)) && !told {
        // French datelines have an article: "Paris, le 5 janvier 2010". A judgment's line may be "On 5 January 2010".
        let article = near[0].as_str();
        let is_dateline = has(|dates| dates.after_place, article)
            && before.trim_end().trim_end_matches(article).trim_end().ends_with(',');
        let is_whole_line = near.len() == 1 && after.trim_start_matches(' ').starts_with('\n');
        let is_dated = is_dateline || is_whole_line && has(|dates| dates.on, article);
        if !is_dated {
            return None;
        }
    }
    match (complete, alone, told) {
        (true, true, _) | (true, _, true) => Some(Standing::Told),
        (true, ..) => Some(Standing::Complete),
        (false, true, _) | (false, _, true) => Some(Standing::Month),
        (false, ..) => None,
    }
}

/// Whether the date is the end or the beginning of a span of days: "19-30 April 2016", "3 May 2010 to ...".
fn is_range(before: &str, after: &str) -> bool {
    const DASHES: [char; 4] = ['-', '\u{2010}', '–', '—'];
    let before = before.trim_end();
    if let Some(head) = before.strip_suffix(DASHES) {
        let head = head.trim_end();
        let last = head.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        if month(last).is_some()
            || last.len() <= 4 && last.bytes().all(|byte| byte.is_ascii_digit()) && !last.is_empty()
        {
            return true;
        }
    }
    let last_words: Vec<&str> = before.rsplit(char::is_whitespace).take(2).collect();
    if let [joint, number] = last_words[..]
        && has(|dates| dates.until, joint)
        && number.bytes().any(|byte| byte.is_ascii_digit())
    {
        return true;
    }
    let after = after.trim_start();
    let mut joints = Language::profiles().flat_map(|profile| profile.dates.until_behind);
    let rest = after
        .strip_prefix(DASHES)
        .or_else(|| joints.find_map(|joint| after.strip_prefix(joint)?.strip_prefix(' ')));
    rest.is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = printed_dates(text, Date::new(2025, None, None).unwrap());
        let found = found.into_iter().next().map_or("none".to_owned(), |printed| {
            format!("{} = {}", printed.date, &text[printed.evidence])
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn complete_dates_are_read_in_three_languages() {
        check("Report\n8 December 2011\nText", "2011-12-08 = 8 December 2011");
        check("Washington, December 8, 2011", "2011-12-08 = December 8, 2011");
        check("Tegucigalpa, 30 de agosto de 2023", "2023-08-30 = 30 de agosto de 2023");
        check("Bogotá, agosto 30 de 2023", "2023-08-30 = agosto 30 de 2023");
        check("Paris, le 1er mars 2022", "2022-03-01 = 1er mars 2022");
        check("5 DE ENERO DEL 2010", "2010-01-05 = 5 DE ENERO DEL 2010");
        check("8th of December, 2011", "2011-12-08 = 8th of December, 2011");
        check("15 août 2019", "2019-08-15 = 15 août 2019");
    }

    #[test]
    fn numbers_are_dates_where_they_can_be_only_one() {
        check("Fecha: 2021-03-05", "2021-03-05 = 2021-03-05");
        check("25/03/2021", "2021-03-25 = 25/03/2021");
        check("03/25/2021", "2021-03-25 = 03/25/2021");
        check("05.05.2021", "2021-05-05 = 05.05.2021");
        check("05/03/2021", "none");
        check("A/HRC/40/2019 13.13.2021", "none");
    }

    #[test]
    fn a_heads_date_is_found_in_its_line() {
        check(
            "A/HRC/25/10 Distr. GENERAL 5 January 2015 Original: ENGLISH",
            "2015-01-05 = 5 January 2015",
        );
        check(
            "Human Rights Council\nThirty-second session\n13 June–1 July 2016\nDistr.: General\n6 April 2016",
            "2016-04-06 = 6 April 2016",
        );
        check("JUDGMENT\nACCRA\nOn March 28, 2022\nBetween", "2022-03-28 = March 28, 2022");
        check("1. Abril de 2018\nEl 18 de abril de 2018 comenzaron", "none");
        check("The police came\non March 28, 2022 to his house", "none");
    }

    #[test]
    fn months_count_where_they_stand_alone() {
        check("Country Report\nMarch 2023\nContents", "2023-03 = March 2023");
        check("Informe\nAgosto de 2019", "2019-08 = Agosto de 2019");
        check(
            "The killings that were reported in the north in March 2023 were not investigated.",
            "none",
        );
    }

    #[test]
    fn the_best_placed_date_wins() {
        check("March 2020\n\n4 May 2020", "2020-05-04 = 4 May 2020");
        let opening = "The arrests of 3 May 2010 and the trial that began, 4 June 2011 in the capital, are described.";
        check(&format!("{opening}\nPublished: 9 July 2012"), "2012-07-09 = 9 July 2012");
    }

    #[test]
    fn dates_of_other_things_are_passed_over() {
        check(
            "Law No. 24 of 5 January 2010 on the protection of women, which entered into force",
            "none",
        );
        check("Decreto Legislativo número 16 del 5 de enero de 2010 sobre la protección", "none");
        check("Since 3 May 2010 the association has documented", "none");
        check("Twenty-fifth session, 19–30 April 2016, Geneva, Palais des Nations", "none");
        check("del 3 al 15 de mayo de 2018 en la ciudad de San Salvador y otras", "none");
        check("from 3 May 2010 to 5 June 2011 in the whole of the country and abroad", "none");
    }

    #[test]
    fn dates_out_of_bounds_are_none() {
        check("8 December 2031", "none");
        check("8 December 1831", "none");
        check("31 February 2011", "none");
        check(&format!("{}\n8 December 2011", "x ".repeat(900)), "none");
    }

    #[test]
    fn odd_text_is_no_date() {
        check("", "none");
        check("8 8 8 8 December December 2011 2011 é", "none");
        check("٣ مارس ٢٠٢٠ ß ſ İ", "none");
    }
}
