//! The title of a United Nations document: its subject and its country, which stand in one size with the letterhead, or below
//! it in a size that says nothing.
//!
//! In: a document's symbols and its opening. Out: `Report of the Working Group on the Universal Periodic Review: Haiti`. Of
//! other documents it says nothing: their title is the largest text of the first page.

mod capitals;
mod parts;

use super::opening::{Line, Opening};
use super::words::{begins_with, lists};
use crate::analysis::fold;
pub(super) use capitals::in_capitals;
use parts::{is_mark, parts};

/// The longest title, in characters.
const LONGEST: usize = 300;

/// A line after the first is no sentence, in characters.
const LONGEST_LATER: usize = 120;

/// Lines of a title at most.
const MOST_LINES: usize = 10;

/// The title of a document of the United Nations; `None` for others, or where it is not to be found.
pub(super) fn of_report(symbols: &[String], opening: &Opening<'_>) -> Option<String> {
    opening.page?;
    let is_theirs = symbols.first().is_some_and(|symbol| is_of_united_nations(symbol));
    let lines = title_lines(&opening.lines).filter(|_| is_theirs)?;
    let mut title = String::new();
    for part in parts(lines) {
        let length = title.chars().count() + part.chars().count();
        if !title.is_empty() && length > LONGEST {
            break;
        }
        if !title.is_empty() {
            title.push_str(if title.ends_with([':', '.']) { " " } else { ": " });
        }
        title.push_str(&part);
    }
    let is_title = title.contains(char::is_alphabetic) && title.chars().count() <= LONGEST;
    is_title.then_some(title)
}

/// Whether what was taken for a document's title is only the letterhead above it.
pub(super) fn is_letterhead(title: &str) -> bool {
    let folded = fold(&title.to_lowercase());
    starts_letterhead(&folded) && folded.split_whitespace().count() <= 4
}

fn is_of_united_nations(symbol: &str) -> bool {
    let others = ["OEA/", "CPT/"];
    symbol.split_once('/').is_some_and(|(root, _)| !root.contains(' '))
        && !others.iter().any(|other| symbol.starts_with(other))
}

/// The lines between the agenda and the notes below the title, from the one with which the title begins.
fn title_lines<'a, 'b>(lines: &'a [Line<'b>]) -> Option<&'a [Line<'b>]> {
    let folded: Vec<String> = lines.iter().map(|line| fold(&line.text.to_lowercase())).collect();
    let is_before = |at: &usize| {
        let line = &folded[*at];
        begins_with(&lists().before_title, line)
            || ["session", "periodo de sesiones"].iter().any(|end| line.ends_with(end))
    };
    let agenda =
        folded.iter().position(|line| line.contains("session") || line.contains("sesiones"))?;
    let last = (agenda..folded.len().min(agenda + 4)).rfind(is_before)?;
    let opener = |at: &usize| begins_with(&lists().openers, &folded[*at]);
    let numbered = |at: &usize| is_numbered_as_resolution(lines[*at].text);
    let end_after = |start: usize| {
        let is_end = |at: &usize| is_end(lines[*at].text, &folded[*at], *at == start);
        (start..lines.len()).find(is_end).unwrap_or(lines.len()).min(start + MOST_LINES)
    };
    let end = end_after(last + 1);
    let start =
        (last + 1..end).find(numbered).or_else(|| (last + 1..end).find(opener)).unwrap_or(last + 1);
    let end = end_after(start);
    (start < end).then(|| &lines[start..end])
}

/// Whether a line does not belong to a title: a note, the letterhead, a section, a preamble, a sentence.
fn is_end(line: &str, folded: &str, is_first: bool) -> bool {
    let longest = if is_first { LONGEST } else { LONGEST_LATER };
    let number = line.split_once(". ").map_or("", |(number, _)| number);
    let is_numbered = !number.is_empty()
        && (number.chars().all(|c| c.is_ascii_digit())
            || number.chars().all(|c| "IVX".contains(c))
            || number.len() == 1);
    line.starts_with(is_mark)
        || line.starts_with(['_', '—'])
        || starts_letterhead(folded)
        || line.chars().count() > longest
        || !is_first
            && (line.ends_with(',')
                || is_numbered
                || lists().sections.iter().any(|section| section == folded))
}

/// `48/246. Financing of the Mission`: the number under which an organ adopted it, then its subject.
fn is_numbered_as_resolution(line: &str) -> bool {
    line.split_once(". ").is_some_and(|(number, _)| {
        number.contains('/') && number.chars().all(|c| c.is_ascii_digit() || c == '/')
    })
}

fn starts_letterhead(line: &str) -> bool {
    begins_with(&lists().letterhead, line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &[&str], expected: &str) {
        let lines = lines.iter().map(|text| Line { text, size: None }).collect();
        let opening = Opening { lines, heads: Vec::new(), page: Some(1) };
        let title = of_report(&["A/HRC/19/19".to_owned()], &opening);
        assert_eq!(title.as_deref().unwrap_or("none"), expected);
    }

    #[test]
    fn the_subject_and_the_country_are_the_title() {
        let title = "Report of the Working Group on the Universal Periodic Review: Haiti";
        check(
            &[
                "GE.11-1",
                "Human Rights Council",
                "Nineteenth session",
                "Agenda item 6",
                "Universal Periodic Review",
                "Report of the Working Group on the Universal",
                "Periodic Review*",
                "Haiti",
                "* The annex is circulated as received.",
                "United Nations",
                "A/HRC/19/19",
            ],
            title,
        );
        check(
            &[
                "UNITED NATIONS",
                "General Assembly Distr.",
                "GENERAL",
                "Original: ENGLISH",
                "HUMAN RIGHTS COUNCIL",
                "Eighth session",
                "Agenda item 6",
                "UNIVERSAL PERIODIC REVIEW",
                "Report of the Working Group on the Universal Periodic Review",
                "Haiti ∗",
                "∗ Previously issued.",
            ],
            title,
        );
        check(
            &[
                "Tenth session",
                "Agenda item 6",
                "Report of the Working Group on the Universal Periodic Review* Haiti",
            ],
            title,
        );
    }

    #[test]
    fn a_country_inside_a_sentence_is_not_parted_from_it() {
        check(
            &[
                "Tenth session",
                "Agenda item 4",
                "Report on the situation of human rights in Haiti",
                "* Late.",
            ],
            "Report on the situation of human rights in Haiti",
        );
    }

    #[test]
    fn titles_are_found_in_spanish_and_french() {
        check(
            &[
                "Consejo de Derechos Humanos",
                "19º período de sesiones",
                "Tema 6 de la agenda",
                "Examen periódico universal",
                "Informe del Grupo de Trabajo sobre el Examen Periódico Universal*",
                "Haití",
            ],
            "Informe del Grupo de Trabajo sobre el Examen Periódico Universal: Haití",
        );
        check(
            &[
                "Conseil des droits de l’homme",
                "Dix-neuvième session",
                "Point 6 de l’ordre du jour",
                "Rapport du Groupe de travail sur l’Examen périodique universel Haïti",
            ],
            "Rapport du Groupe de travail sur l’Examen périodique universel: Haïti",
        );
    }

    #[test]
    fn a_resolution_is_known_by_its_number_and_subject() {
        check(
            &[
                "General Assembly",
                "Forty-eighth session",
                "Agenda item 165",
                "RESOLUTION ADOPTED BY THE GENERAL ASSEMBLY",
                "[on the report of the Fifth Committee (A/48/826/Add.1)]",
                "48/246. Financing of the Mission in Haiti",
                "The General Assembly,",
                "Having considered the report",
            ],
            "48/246. Financing of the Mission in Haiti",
        );
    }

    #[test]
    fn a_title_ends_where_the_sections_begin() {
        check(
            &[
                "Tenth session",
                "Summary of submissions on Italy*",
                "Report of the Office",
                "I. Background",
                "1. The present",
            ],
            "Summary of submissions on Italy: Report of the Office",
        );
    }

    #[test]
    fn a_page_without_a_session_has_no_such_title() {
        check(&["United Nations", "Some text"], "none");
        check(&[], "none");
    }
}
