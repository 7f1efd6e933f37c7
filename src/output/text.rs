//! An answer for people: rank, title, where it is from, and the passages to cite.

use std::io::{self, Write};

use super::style::clean;
use super::{Style, facets, part};
use crate::document::{Language, Locator, Numbers};
use crate::index::record::{FileRecord, Weighted};
use crate::query::{Answer, Coverage, DocumentHit, PassageHit};
use crate::taxonomy::{Countries, CountryCode, Violations};

/// Terms shown of those that were searched beside the ones typed.
const EXPANDED: usize = 6;

/// Countries and violations shown of a document.
const TAGS: usize = 5;

pub(super) fn write(
    out: &mut dyn Write,
    answer: &Answer,
    explain: bool,
    style: &Style,
) -> io::Result<()> {
    let mut near = Coverage::All;
    let mut beside = false;
    if answer.summary.relaxed && !answer.results.is_empty() {
        let note = "— no passage holds what is quoted as written; these hold the words —";
        writeln!(out, "{}\n", style.faint(note))?;
    }
    for hit in &answer.results {
        if hit.beside && !beside {
            let note = "— beside what was asked: in the same chapter, or a document about it —";
            writeln!(out, "{}\n", style.faint(note))?;
        }
        beside = hit.beside;
        if hit.coverage == Coverage::Some && near == Coverage::All && answer.summary.complete > 0 {
            writeln!(out, "{}\n", style.faint("— with only some of what was asked —"))?;
        }
        near = hit.coverage;
        document(out, hit, explain, style)?;
    }
    let summary = &answer.summary;
    let counted = |count: usize, one: &str, many: &str| {
        format!("{count} {}", if count == 1 { one } else { many })
    };
    write!(
        out,
        "{} in {}",
        counted(summary.passages, "passage", "passages"),
        counted(summary.documents, "document", "documents")
    )?;
    if summary.beside > 0 {
        write!(out, ", {} of them only beside what was asked", summary.beside)?;
    }
    if let Some(facets) = &summary.facets {
        write!(out, " from {}", counted(facets.publishers.len(), "publisher", "publishers"))?;
    }
    if summary.by_meaning > 0 && summary.by_meaning < summary.passages {
        write!(out, ", {} of them by meaning alone", summary.by_meaning)?;
    }
    let named = understood(answer);
    let named = if named.is_empty() { named } else { format!("; understood: {named}") };
    writeln!(out, "{named}")?;
    also_searched(out, &summary.expanded, style)?;
    summary.facets.as_ref().map_or(Ok(()), |counts| facets::write(out, counts, style))
}

/// Terms beside those typed: the first ones, and how many more there are.
fn also_searched(out: &mut dyn Write, expanded: &[String], style: &Style) -> io::Result<()> {
    if expanded.is_empty() {
        return Ok(());
    }
    let shown = expanded[..expanded.len().min(EXPANDED)].join(", ");
    let more = match expanded.len().saturating_sub(EXPANDED) {
        0 => String::new(),
        more => format!(" and {more} more (--format json lists them; --literal leaves them out)"),
    };
    writeln!(out, "{}", style.faint(&format!("also searched: {shown}{more}")))
}

/// What the text was understood to name, in words.
fn understood(answer: &Answer) -> String {
    let understood = &answer.summary.understood;
    let countries =
        understood.countries.iter().map(|code| Countries::builtin().name(*code, Language::En));
    let violations = understood
        .violations
        .iter()
        .map(|id| Violations::builtin().label(*id, Language::En).to_owned());
    countries.chain(violations).collect::<Vec<_>>().join("; ")
}

fn document(
    out: &mut dyn Write,
    hit: &DocumentHit,
    explain: bool,
    style: &Style,
) -> io::Result<()> {
    let document = &hit.document;
    writeln!(out, "{:>2}. {}", hit.rank, style.strong(&clean(&document.title)))?;
    let languages: Vec<&str> =
        document.languages.iter().map(|share| share.language.code()).collect();
    let translation =
        document.languages.first().is_some_and(|share| share.language != Language::En);
    let mut about = vec![
        document.publisher.as_deref().map_or_else(|| "publisher unknown".to_owned(), clean),
        document.published.map_or_else(|| "undated".to_owned(), |date| date.to_string()),
        languages.join("+"),
    ];
    about.extend(document.symbols.first().map(|symbol| clean(symbol)));
    if translation {
        about.push("needs a certified translation".to_owned());
    }
    writeln!(out, "    {}", about.join(" · "))?;
    let path = style.path(&hit.file.path);
    writeln!(out, "    {}", style.faint(&format!("{path} [{}]", document.id)))?;
    for copy in &hit.copies {
        writeln!(out, "    {}", style.faint(&format!("same as {}", style.path(copy))))?;
    }
    for near in &hit.near_duplicates {
        writeln!(out, "    {}", style.faint(&nearly_the_same(near, style)))?;
    }
    let tags = tags(hit);
    if !tags.is_empty() {
        writeln!(out, "    {}", style.faint(&format!("about: {tags}")))?;
    }
    for hit in &hit.passages {
        passage(out, hit, explain, style)?;
    }
    let more = hit.matching - hit.passages.len();
    if more > 0 {
        writeln!(out, "    {}", style.faint(&format!("and {more} more of its passages")))?;
    }
    writeln!(out)
}

/// A document folded under a result: its file, and what it says of itself.
fn nearly_the_same(file: &FileRecord, style: &Style) -> String {
    let about = file.document.iter().flat_map(|document| {
        let published = document.published.map(|date| date.to_string());
        document.publisher.as_deref().map(clean).into_iter().chain(published)
    });
    let about: Vec<String> = about.collect();
    let path = style.path(&file.path);
    if about.is_empty() {
        format!("nearly the same: {path}")
    } else {
        format!("nearly the same: {path} ({})", about.join(", "))
    }
}

fn tags(hit: &DocumentHit) -> String {
    let ids = |tags: &[Weighted]| tags.iter().map(|tag| tag.id.clone()).collect::<Vec<_>>();
    let (countries, violations) = part::about(hit)
        .unwrap_or_else(|| (ids(&hit.document.countries), ids(&hit.document.violations)));
    let name = |id: &String| {
        let code = CountryCode::new(id);
        code.map_or_else(|| id.clone(), |code| Countries::builtin().name(code, Language::En))
    };
    let countries = countries.iter().map(name).collect();
    let tags = [countries, violations].map(shortened);
    let tags = tags.into_iter().filter(|tags| !tags.is_empty());
    tags.map(|tags| tags.join(", ")).collect::<Vec<_>>().join(" — ")
}

/// The first ones, and a sign that there are more.
fn shortened(mut tags: Vec<String>) -> Vec<String> {
    if tags.len() > TAGS {
        tags.truncate(TAGS);
        tags.push("…".to_owned());
    }
    tags
}

fn passage(out: &mut dyn Write, hit: &PassageHit, explain: bool, style: &Style) -> io::Result<()> {
    let place = locator(&hit.locator, hit.section.as_deref(), &hit.numbers, hit.ordinal);
    let place = part::around(place, hit);
    let text = style.highlight(&hit.snippet.text, &hit.snippet.highlights);
    let how = if hit.by_meaning { " (by meaning)" } else { "" };
    writeln!(out, "    {}{}: {text}", style.strong(&place), style.faint(how))?;
    if explain {
        let parts = &hit.factors;
        let meaning = parts.meaning.map(|cosine| format!(" (cosine {cosine:.3})"));
        let meaning = meaning.unwrap_or_default();
        let explained = format!(
            "score {:.3} = text {:.3}{meaning} × country {:.3} × violation {:.3} × recency {:.3}",
            hit.score, parts.text, parts.country, parts.violation, parts.recency
        );
        writeln!(out, "      {}", style.faint(&explained))?;
    }
    Ok(())
}

/// How a passage is cited, in words: `p. 12 [ix], para. 105` or `§ Heading, paras. 105-107`; one that nothing names, by its
/// place among the document's passages.
pub fn locator(
    locator: &Locator,
    section: Option<&str>,
    numbers: &Numbers,
    ordinal: u64,
) -> String {
    let place = match locator {
        Locator::Page { number, label: Some(label) } => format!("p. {number} [{}]", clean(label)),
        Locator::Page { number, label: None } => format!("p. {number}"),
        Locator::Section { heading, .. } => match heading.as_deref().or(section) {
            Some(heading) => format!("§ {}", clean(heading)),
            None if numbers.first.is_some() => return numbers.to_string(),
            None => format!("passage {}", ordinal + 1),
        },
    };
    if numbers.first.is_some() { format!("{place}, {numbers}") } else { place }
}
