//! Counts for people: under each kind of value its largest ones, and from how many publishers they come.

use std::io::{self, Write};

use super::Style;
use super::style::clean;
use crate::document::Language;
use crate::query::facets::{Count, Facets};
use crate::taxonomy::{Countries, CountryCode, Violations};

/// Values shown of each kind; how many more there are is said.
const SHOWN: usize = 15;

/// Writes the counts.
pub(super) fn write(out: &mut dyn Write, facets: &Facets, style: &Style) -> io::Result<()> {
    kind(out, "By country", &facets.countries, country, style)?;
    kind(out, "By violation", &facets.violations, violation, style)?;
    kind(out, "By language", &facets.languages, str::to_owned, style)?;
    kind(out, "By publisher", &facets.publishers, str::to_owned, style)?;
    kind(out, "By kind of publisher", &facets.kinds, str::to_owned, style)?;
    kind(out, "By year", &facets.years, str::to_owned, style)
}

fn kind(
    out: &mut dyn Write,
    title: &str,
    counts: &[Count],
    name: impl Fn(&str) -> String,
    style: &Style,
) -> io::Result<()> {
    if counts.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", style.strong(title))?;
    for count in counts.iter().take(SHOWN) {
        writeln!(out, "{}", line(count, &clean(&name(&count.value))))?;
    }
    match counts.len().saturating_sub(SHOWN) {
        0 => Ok(()),
        more => {
            writeln!(out, "{}", style.faint(&format!("   and {more} more: --format json has all")))
        }
    }
}

fn line(count: &Count, name: &str) -> String {
    let of =
        |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    let documents = of(count.documents, "document");
    let about = [of(count.passages, "passage"), of(count.publishers, "publisher")].join(", ");
    format!("   {documents:>14}  {name} ({about})")
}

fn country(code: &str) -> String {
    let known = CountryCode::new(code);
    known.map_or_else(|| code.to_owned(), |code| Countries::builtin().name(code, Language::En))
}

fn violation(id: &str) -> String {
    let table = Violations::builtin();
    let known = table.lookup(id).ok().and_then(|ids| ids.first().copied());
    known.map_or_else(|| id.to_owned(), |known| table.label(known, Language::En).to_owned())
}
