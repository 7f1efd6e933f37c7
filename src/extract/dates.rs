//! The date printed at the opening of a document, in English, Spanish or French.
//!
//! In: the text of the first page or two; out: the date on which the document says it was issued, and where it says so.
//! Dates of what the text tells of are passed over as far as their surroundings show it: "since 3 May 2010", "Law 24 of
//! 5 January 2010", the first and last day of a session. Does not read metadata.

use std::ops::Range;

use crate::analysis::fold;
use crate::document::Date;

/// How much of the text counts as its opening, in bytes: some 1,500 characters.
const OPENING: usize = 1_600;

/// A line with no more than this beside its date is about the date.
const BESIDE: usize = 24;

/// The earliest year that is believed.
const EARLIEST: i16 = 1900;

/// A date and where it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The date, to the precision in which it is printed.
    pub date: Date,
    /// Its bytes in the text.
    pub evidence: Range<usize>,
}

/// The date on which a document that opens with `text` was issued: no later than `latest`.
///
/// A date that stands on a line of its own or after a word like "published" goes before one in running text, a complete
/// date before a month; of equals the first is taken.
pub fn printed_date(text: &str, latest: Date) -> Option<Printed> {
    let text = &text[..text.floor_char_boundary(OPENING)];
    let words = words(text);
    let mut best: Option<(Standing, Printed)> = None;
    for index in 0..words.len() {
        let Some(found) = date_at(text, &words, index) else { continue };
        let date = found.printed.date;
        if date.year() < EARLIEST || date.first_day() > latest.last_day() {
            continue;
        }
        let Some(standing) = standing(text, &words, &found) else { continue };
        if best.as_ref().is_none_or(|(other, _)| standing < *other) {
            best = Some((standing, found.printed));
        }
    }
    best.map(|(_, printed)| printed)
}

/// How well a date stands for the document's own, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Told,
    Complete,
    Month,
}

/// A word of the opening: letters or digits, folded.
struct Word {
    text: String,
    range: Range<usize>,
}

/// A date and the words it is made of.
struct Found {
    printed: Printed,
    words: Range<usize>,
}

/// The words of a text: runs of letters, and runs of digits.
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut kind = None;
    for (at, c) in text.char_indices() {
        let now = if c.is_ascii_digit() { Some(true) } else { c.is_alphabetic().then_some(false) };
        let end = at + c.len_utf8();
        match (kind, now) {
            (Some(before), Some(now)) if before == now => {
                if let Some(word) = words.last_mut() {
                    word.range.end = end;
                }
            }
            (_, Some(_)) => words.push(Word { text: String::new(), range: at..end }),
            (_, None) => {}
        }
        kind = now;
    }
    for word in &mut words {
        word.text = fold(&text[word.range.clone()].to_lowercase());
    }
    words
}

/// The date whose first word stands at `index`.
fn date_at(text: &str, words: &[Word], index: usize) -> Option<Found> {
    let reader = Reader { text, words };
    reader
        .day_month_year(index)
        .or_else(|| reader.month_day_year(index))
        .or_else(|| reader.iso(index))
        .or_else(|| reader.numeric(index))
        .or_else(|| reader.month_year(index))
}

/// Reads dates off a row of words.
struct Reader<'a> {
    text: &'a str,
    words: &'a [Word],
}

impl Reader<'_> {
    /// `8 December 2011`, `30 de agosto de 2023`, `1er mars 2022`, `8th of December, 2011`.
    fn day_month_year(&self, index: usize) -> Option<Found> {
        let day = self.day(index)?;
        let at = self.skip(index + 1, &["st", "nd", "rd", "th", "er", "o", "ero"]);
        let at = self.skip(at, &["de", "of", "d"]);
        let month = self.month(at)?;
        let at = self.skip(at + 1, &["de", "del", "of"]);
        self.found(self.year(at)?, Some(month), Some(day), index..at + 1)
    }

    /// `December 8, 2011`, `agosto 30 de 2023`.
    fn month_day_year(&self, index: usize) -> Option<Found> {
        let month = self.month(index)?;
        let day = self.day(index + 1)?;
        let at = self.skip(index + 2, &["st", "nd", "rd", "th"]);
        let at = self.skip(at, &["de", "del"]);
        self.found(self.year(at)?, Some(month), Some(day), index..at + 1)
    }

    /// `March 2023`, `agosto de 2019`.
    fn month_year(&self, index: usize) -> Option<Found> {
        let month = self.month(index)?;
        // "31 February 2011" is not a date of less precision.
        if index > 0 && self.day(index - 1).is_some() && self.between(index - 1).len() <= 4 {
            return None;
        }
        let at = self.skip(index + 1, &["de", "del", "of"]);
        self.found(self.year(at)?, Some(month), None, index..at + 1)
    }

    /// `2021-03-05`, `2021/03/05`.
    fn iso(&self, index: usize) -> Option<Found> {
        let year = self.year(index)?;
        let separator = self.between(index);
        if !matches!(separator, "-" | "/" | "\u{2010}" | "\u{2011}")
            || self.between(index + 1) != separator
        {
            return None;
        }
        self.found(year, self.small(index + 1), Some(self.small(index + 2)?), index..index + 3)
    }

    /// `25/03/2021`, `25.03.2021`: only where day and month cannot be taken for each other.
    fn numeric(&self, index: usize) -> Option<Found> {
        let separator = self.between(index);
        if !matches!(separator, "/" | "." | "-") || self.between(index + 1) != separator {
            return None;
        }
        let (first, second) = (self.small(index)?, self.small(index + 1)?);
        let (day, month) = match (first, second) {
            (day, month) if day > 12 || day == month => (day, month),
            (month, day) if day > 12 => (day, month),
            _ => return None,
        };
        self.found(self.year(index + 2)?, Some(month), Some(day), index..index + 3)
    }

    fn found(
        &self,
        year: i16,
        month: Option<u8>,
        day: Option<u8>,
        words: Range<usize>,
    ) -> Option<Found> {
        let date = Date::new(year, month, day)?;
        let evidence = self.words[words.start].range.start..self.words[words.end - 1].range.end;
        // Pieces of one date stand close together and in one paragraph; a line break may part them.
        let gaps = words.clone().skip(1).map(|index| self.between(index - 1));
        let close = gaps.into_iter().all(|gap| {
            gap.len() <= 4 && gap.matches('\n').count() <= 1 && !gap.contains([';', '(', ')'])
        });
        close.then_some(Found { printed: Printed { date, evidence }, words })
    }

    fn word(&self, index: usize) -> Option<&str> {
        self.words.get(index).map(|word| word.text.as_str())
    }

    /// What stands between a word and the next.
    fn between(&self, index: usize) -> &str {
        match (self.words.get(index), self.words.get(index + 1)) {
            (Some(word), Some(next)) => &self.text[word.range.end..next.range.start],
            _ => "",
        }
    }

    /// The index after the word at `index` if it is one of `fillers`.
    fn skip(&self, index: usize, fillers: &[&str]) -> usize {
        index + usize::from(self.word(index).is_some_and(|word| fillers.contains(&word)))
    }

    fn year(&self, index: usize) -> Option<i16> {
        let word = self.word(index).filter(|word| word.len() == 4)?;
        word.parse().ok().filter(|year| (EARLIEST..=2100).contains(year))
    }

    fn day(&self, index: usize) -> Option<u8> {
        self.small(index).filter(|day| (1..=31).contains(day))
    }

    fn small(&self, index: usize) -> Option<u8> {
        self.word(index).filter(|word| word.len() <= 2)?.parse().ok()
    }

    fn month(&self, index: usize) -> Option<u8> {
        let word = self.word(index)?;
        let known = MONTHS.iter().position(|names| names.contains(&word))?;
        u8::try_from(known + 1).ok()
    }
}

/// How a date stands for the document's own; `None` if it does not.
fn standing(text: &str, words: &[Word], found: &Found) -> Option<Standing> {
    let evidence = &found.printed.evidence;
    let before = &text[..evidence.start];
    let after = &text[evidence.end..];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line_end = after.find('\n').map_or(text.len(), |at| evidence.end + at);
    let alone = (line_end - line_start) - evidence.len() <= BESIDE;
    // Words of the same line, the nearest first.
    let same_line =
        words[..found.words.start].iter().rev().take_while(|word| word.range.start >= line_start);
    let near: Vec<&str> = same_line.take(2).map(|word| word.text.as_str()).collect();
    if is_range(before, after) {
        return None;
    }
    let told = near.iter().any(|word| TELLING.contains(word));
    let complete = found.printed.date.day().is_some();
    if near.first().is_some_and(|word| REFERRING.contains(word)) && !told {
        // French datelines have an article: "Paris, le 5 janvier 2010".
        let dateline =
            near[0] == "le" && before.trim_end().trim_end_matches("le").trim_end().ends_with(',');
        if !dateline {
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
        let is_month =
            MONTHS.iter().any(|names| names.contains(&fold(&last.to_lowercase()).as_str()));
        if is_month
            || last.len() <= 4 && last.bytes().all(|byte| byte.is_ascii_digit()) && !last.is_empty()
        {
            return true;
        }
    }
    let last_words: Vec<&str> = before.rsplit(char::is_whitespace).take(2).collect();
    if let [joint, number] = last_words[..]
        && ["to", "al", "au", "a", "y", "et", "and"].contains(&joint)
        && number.bytes().any(|byte| byte.is_ascii_digit())
    {
        return true;
    }
    let after = after.trim_start();
    let rest = after
        .strip_prefix(DASHES)
        .or_else(|| ["to ", "al ", "au "].iter().find_map(|joint| after.strip_prefix(joint)));
    rest.is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

/// Words shortly before a date that say it is the document's own.
const TELLING: &[&str] = &[
    "published",
    "publication",
    "issued",
    "released",
    "release",
    "date",
    "dated",
    "distr",
    "general",
    "limited",
    "restricted",
    "updated",
    "posted",
    "publicado",
    "publicada",
    "publicacion",
    "fecha",
    "emitido",
    "publie",
    "publiee",
    "parution",
    "diffusion",
];

/// Words right before a date that make it the date of something else.
const REFERRING: &[&str] = &[
    "of", "since", "on", "from", "until", "till", "before", "after", "by", "between", "through",
    "born", "del", "de", "desde", "hasta", "el", "entre", "antes", "tras", "du", "depuis", "le",
    "jusqu", "avant", "apres", "des", "al", "au",
];

/// Month names and their usual abbreviations, folded, in English, Spanish and French.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "enero", "ene", "janvier", "janv"],
    &["february", "feb", "febrero", "fevrier", "fevr", "fev"],
    &["march", "mar", "marzo", "mars"],
    &["april", "apr", "abril", "abr", "avril", "avr"],
    &["may", "mayo", "mai"],
    &["june", "jun", "junio", "juin"],
    &["july", "jul", "julio", "juillet", "juil"],
    &["august", "aug", "agosto", "ago", "aout"],
    &["september", "sep", "sept", "septiembre", "setiembre", "septembre"],
    &["october", "oct", "octubre", "octobre"],
    &["november", "nov", "noviembre", "novembre"],
    &["december", "dec", "diciembre", "dic", "decembre"],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = printed_date(text, Date::new(2025, None, None).unwrap());
        let found = found.map_or("none".to_owned(), |printed| {
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
