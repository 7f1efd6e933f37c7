//! An answer as BibTeX: an entry for each document.
//!
//! Fields that BibTeX does not know say where its passages stand, which file it is and what its bytes hash to: bibliography
//! styles pass over them.

use std::io::{self, Write};

use super::citation::{Citation, citations};
use crate::document::Language;
use crate::query::Answer;

pub(super) fn write(out: &mut dyn Write, answer: &Answer) -> io::Result<()> {
    for (place, citation) in citations(answer).iter().enumerate() {
        if place > 0 {
            writeln!(out)?;
        }
        entry(out, citation)?;
    }
    Ok(())
}

fn entry(out: &mut dyn Write, citation: &Citation<'_>) -> io::Result<()> {
    let document = citation.document;
    let publisher = document.publisher.as_deref();
    let report = !document.format.kind().is_web_page && publisher.is_some();
    let kind = if report { "techreport" } else { "misc" };
    writeln!(out, "@{kind}{{{},", citation.key())?;
    let mut field = |name: &str, value: Option<String>| match value {
        Some(value) => writeln!(out, "  {name} = {value},"),
        None => Ok(()),
    };
    let braced = |text: &str| format!("{{{}}}", escape(text));
    // A second pair of braces keeps a title's capitals and a body's name whole.
    let whole = |text: &str| format!("{{{{{}}}}}", escape(text));
    field("author", document.author.as_deref().or(publisher).map(whole))?;
    field("title", Some(whole(&document.title)))?;
    field(if report { "institution" } else { "publisher" }, publisher.map(whole))?;
    if let Some(date) = document.published {
        field("year", Some(format!("{{{}}}", date.year())))?;
        let month = date.month().and_then(|month| MONTHS.get(usize::from(month) - 1));
        field("month", month.map(|month| (*month).to_owned()))?;
        field("day", date.day().map(|day| format!("{{{day}}}")))?;
    }
    field("number", document.symbols.first().map(|symbol| braced(symbol)))?;
    field("url", document.url.as_deref().map(address))?;
    let language = document.languages.first().and_then(|share| language(share.language));
    field("language", language.map(braced))?;
    field("passages", Some(braced(&citation.places().join("; "))))?;
    let translation = citation.needs_translation().then(|| braced("needs a certified translation"));
    field("translation", translation)?;
    field(
        "file",
        Some(format!("{{{}}}", super::style::clean(citation.path).replace(['{', '}'], "?"))),
    )?;
    field("blake3", Some(braced(&document.hash)))?;
    writeln!(out, "}}")
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn language(language: Language) -> Option<&'static str> {
    language.profile().map(|profile| profile.name)
}

/// An address in braces. It is taken as it stands, so that what would end it or mean something to TeX is percent-encoded.
fn address(url: &str) -> String {
    let plain = |c: char| !(c.is_control() || c.is_whitespace() || matches!(c, '{' | '}' | '\\'));
    let encode = |c: char| {
        if plain(c) {
            return c.to_string();
        }
        c.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect()
    };
    format!("{{{}}}", url.chars().map(encode).collect::<String>())
}

/// The text on one line with what TeX would take for a command escaped; letters stay as they are.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in super::style::clean(text).chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '\\' => escaped.push_str("\\textbackslash{}"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stay_addresses() {
        assert_eq!(address("https://x.org/a_b%20c?d#e"), "{https://x.org/a_b%20c?d#e}");
        assert_eq!(address("https://x.org/{a} \\b"), "{https://x.org/%7Ba%7D%20%5Cb}");
    }

    #[test]
    fn nothing_in_a_title_is_a_command() {
        assert_eq!(
            escape("Crime & 50% of {x}\n\\input_^~"),
            "Crime \\& 50\\% of \\{x\\} \\textbackslash{}input\\_\\textasciicircum{}\\textasciitilde{}"
        );
        assert_eq!(escape("Les réfugiés — “ici”"), "Les réfugiés — “ici”");
    }
}
