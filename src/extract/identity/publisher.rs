//! Who published a document, and what kind of publisher that is.
//!
//! In: its metadata, symbols and opening. Out: the publisher with what tells it. A symbol is only given by whoever issues the
//! document; an address may be a library's that keeps others' documents, a letterhead may be quoted: so the order of evidence
//! is symbol, address, what the file says, letterhead.

use super::opening::Opening;
use super::words::lists;
use crate::analysis::fold;
use crate::document::{DetectedPublisher, Evidence, Metadata, PublisherKind};
use crate::taxonomy::{Publisher, Publishers};

fn known(publisher: &Publisher, evidence: Evidence) -> DetectedPublisher {
    DetectedPublisher {
        name: Some(publisher.name.to_owned()),
        kind: Some(publisher.kind),
        evidence: Some(evidence),
    }
}

fn of_kind(kind: PublisherKind, evidence: Evidence) -> DetectedPublisher {
    DetectedPublisher { name: None, kind: Some(kind), evidence: Some(evidence) }
}

/// The publisher of a document.
pub(super) fn tell(metadata: &Metadata, opening: &Opening<'_>) -> DetectedPublisher {
    let table = Publishers::builtin();
    let by_symbol = metadata
        .symbols
        .iter()
        .find_map(|symbol| Some(known(table.by_symbol(symbol)?, Evidence::new(symbol, "symbol"))));
    let url = metadata.url.as_deref();
    let by_address =
        || url.and_then(|url| Some(known(table.by_address(url)?, Evidence::new(url, "address"))));
    let stated = metadata.publisher.as_deref();
    let by_statement = || {
        stated.and_then(|name| Some(known(table.by_name(name)?, Evidence::new(name, "metadata"))))
    };
    let told = by_symbol
        .or_else(by_address)
        .or_else(by_statement)
        .or_else(|| declaration(metadata, opening))
        .or_else(|| stated.is_none().then(|| letterhead(opening)).flatten())
        .or_else(|| unknown(stated, url, metadata.author.as_deref()))
        .unwrap_or_default();
    let by_metadata = || stated.map(|name| Evidence::new(name, "metadata"));
    DetectedPublisher {
        name: told.name.or_else(|| stated.map(str::to_owned)),
        kind: told.kind.or(metadata.kind),
        evidence: told.evidence.or_else(by_metadata),
    }
}

/// The kind of a publisher that the table does not know, by its name's words or its domain.
fn unknown(
    stated: Option<&str>,
    url: Option<&str>,
    author: Option<&str>,
) -> Option<DetectedPublisher> {
    let by_address =
        |url: &str| Some(of_kind(Publishers::kind_of_address(url)?, Evidence::new(url, "address")));
    let by_name = |name: &str| {
        Some(of_kind(Publishers::kind_of_name(name)?, Evidence::new(name, "metadata")))
    };
    let author = || {
        // An organisation is sometimes named as the author of what it publishes.
        let publisher = Publishers::builtin().by_name(author?)?;
        Some(known(publisher, Evidence::new(author?, "metadata")))
    };
    url.and_then(by_address).or_else(|| stated.and_then(by_name)).or_else(author)
}

/// The expert whose declaration a document is: by its title, or a line by itself on its first page.
fn declaration(metadata: &Metadata, opening: &Opening<'_>) -> Option<DetectedPublisher> {
    let lines =
        opening.lines.iter().map(|line| line.text).filter(|line| line.chars().count() < SHORT);
    let place = opening.place();
    let titled = metadata.title.as_deref().map(|title| (title, "title"));
    titled.into_iter().chain(lines.map(|line| (line, place.as_str()))).find_map(|(line, place)| {
        let folded = fold(&line.to_lowercase());
        // The Declaration of Independence is nobody's under oath; an expert's names a person.
        let names_person = |start: &str| {
            !matches!(start, "declaration of" | "declaracion de ")
                || is_person(&line[line.len().min(start.len())..])
        };
        let is_declared = lists()
            .declarations
            .iter()
            .any(|start| folded.starts_with(start.as_str()) && names_person(start));
        is_declared.then(|| of_kind(PublisherKind::Expert, Evidence::new(line, place)))
    })
}

/// Whether a text begins like a person's name: a title, or a name in capitals on its own.
fn is_person(text: &str) -> bool {
    let folded = fold(&text.trim().to_lowercase());
    [
        "dr",
        "prof",
        "professor",
        "dra",
        "profesor",
        "profesora",
        "doctor",
        "doctora",
        "mr",
        "mrs",
        "ms",
        "expert",
    ]
    .iter()
    .any(|title| folded.split(|c: char| !c.is_alphabetic()).next() == Some(title))
        || text.contains("Ph.D")
        || text.contains("PhD")
        || text.contains("J.D.")
        || text.contains("M.D.")
}

/// A longer line is no letterhead, in characters.
const SHORT: usize = 120;

/// The publisher that stands by itself on a line of the opening, or in its imprint.
fn letterhead(opening: &Opening<'_>) -> Option<DetectedPublisher> {
    let table = Publishers::builtin();
    opening.lines.iter().filter(|line| line.text.chars().count() < SHORT).find_map(|line| {
        let name = without_imprint(line.text);
        let publisher = table.by_name(&name)?;
        // One word may be anything; an acronym in capitals and a name in an imprint are not.
        let is_acronym = name.chars().count() > 3 && !name.contains(char::is_lowercase);
        let is_imprint = name.chars().count() < line.text.trim().chars().count();
        let is_name = name.split_whitespace().count() > 1 || is_acronym || is_imprint;
        is_name.then(|| known(publisher, Evidence::new(line.text, opening.place())))
    })
}

/// A line without the words of an imprint and the years around the name.
fn without_imprint(line: &str) -> String {
    let mut rest = line.trim();
    let folded = rest.to_lowercase();
    for end in &lists().rights {
        let before = folded.trim_end_matches('.').strip_suffix(end.as_str()).map(str::len);
        rest = before.and_then(|length| rest.get(..length)).unwrap_or(rest);
    }
    loop {
        let folded = rest.to_lowercase();
        let start = lists().imprints.iter().find(|start| {
            folded
                .strip_prefix(start.as_str())
                .is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
        });
        let shorter = start.and_then(|start| rest.get(start.len()..)).unwrap_or(rest);
        let shorter = shorter.trim_matches(|c: char| {
            c.is_whitespace() || c.is_ascii_digit() || ",.:;-–|".contains(c)
        });
        if shorter.len() == rest.len() {
            return rest.to_owned();
        }
        rest = shorter;
    }
}

#[cfg(test)]
mod tests {
    use super::super::opening::Line;
    use super::*;

    fn told(metadata: &Metadata, symbols: &[&str], lines: &[&str]) -> String {
        let lines = lines.iter().map(|text| Line { text, size: None }).collect();
        let opening = Opening { lines, heads: Vec::new(), page: Some(1) };
        let symbols = symbols.iter().map(|symbol| (*symbol).to_owned()).collect();
        let told = tell(&Metadata { symbols, ..metadata.clone() }, &opening);
        format!(
            "{}, {}, {}",
            told.name.as_deref().unwrap_or("?"),
            told.kind.map_or("?", PublisherKind::as_str),
            told.evidence.map_or("nothing".to_owned(), |evidence| evidence.place)
        )
    }

    fn stated(publisher: &str, url: &str, title: &str) -> Metadata {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Metadata {
            publisher: some(publisher),
            url: some(url),
            title: some(title),
            ..Metadata::default()
        }
    }

    #[test]
    fn a_symbol_goes_before_an_address_and_that_before_names() {
        let both = stated("Diario", "https://www.hrw.org/x", "");
        assert_eq!(
            told(&both, &["A/HRC/1/2"], &[]),
            "UN Human Rights Council, intergovernmental, symbol"
        );
        assert_eq!(told(&both, &[], &[]), "Human Rights Watch, ngo, address");
        let named = stated("Corte IDH", "https://example.org", "");
        assert_eq!(
            told(&named, &[], &["Amnesty International"]),
            "Inter-American Court of Human Rights, court, metadata"
        );
    }

    #[test]
    fn a_letterhead_is_a_line_by_itself_or_an_imprint() {
        let nothing = stated("", "", "");
        assert_eq!(
            told(&nothing, &[], &["Title", "HUMAN RIGHTS WATCH"]),
            "Human Rights Watch, ngo, page 1"
        );
        assert_eq!(
            told(&nothing, &[], &["© 2013 Oxfam. All rights reserved."]),
            "Oxfam, ngo, page 1"
        );
        assert_eq!(told(&nothing, &[], &["© 2013 Oxfam"]), "Oxfam, ngo, page 1");
        assert_eq!(
            told(&nothing, &[], &["Amnesty International denounced the arrests"]),
            "?, ?, nothing"
        );
        assert_eq!(told(&nothing, &[], &["Time", "Memorial"]), "?, ?, nothing");
    }

    #[test]
    fn experts_declare() {
        let expert = "?, expert, title";
        assert_eq!(
            told(&stated("", "", "Expert Declaration on Gangs in Honduras"), &[], &[]),
            expert
        );
        assert_eq!(told(&stated("", "", "Declaration of Dr. Ana Paz"), &[], &[]), expert);
        assert_eq!(
            told(&stated("", "", "Declaration of Principles on Freedom of Expression"), &[], &[]),
            "?, ?, nothing"
        );
        assert_eq!(told(&stated("", "", "Dictamen pericial sobre violencia"), &[], &[]), expert);
    }

    #[test]
    fn an_unknown_publisher_has_a_kind_by_its_name_or_domain() {
        assert_eq!(
            told(&stated("Universidad del Valle", "", ""), &[], &[]),
            "Universidad del Valle, academic, metadata"
        );
        assert_eq!(
            told(&stated("", "https://www.sre.gob.mx/x", ""), &[], &[]),
            "?, government, address"
        );
        assert_eq!(told(&stated("The Shelter", "", ""), &[], &[]), "The Shelter, ?, metadata");
    }
}
