//! An answer as a table: one line a passage, with everything that citing it needs.

use std::io::{self, Write};

use super::citation::needs_translation;
use super::contract::Locator;
use super::style::clean;
use crate::query::{Answer, DocumentHit, PassageHit};

const HEADER: [&str; 27] = [
    "rank",
    "score",
    "title",
    "publisher",
    "published",
    "languages",
    "page",
    "label",
    "section",
    "language",
    "snippet",
    "path",
    "id",
    "url",
    "author",
    "anchor",
    "paragraph",
    "needs_translation",
    "hash",
    "countries",
    "violations",
    "same_as",
    "matching",
    "kind",
    "symbols",
    "paragraph_end",
    "passage",
];

pub(super) fn write(out: &mut dyn Write, answer: &Answer) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(HEADER)?;
    for hit in &answer.results {
        for passage in &hit.passages {
            table.write_record(row(hit, passage).map(|cell| harmless(clean(&cell))))?;
        }
    }
    table.flush()
}

/// A cell as a spreadsheet may open it: one that it would take for a formula, and a document can be made to bring one along,
/// gets an apostrophe before it. A number stays as it is.
pub fn harmless(cell: String) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if is_formula && cell.parse::<f64>().is_err() { format!("'{cell}") } else { cell }
}

fn row(hit: &DocumentHit, passage: &PassageHit) -> [String; HEADER.len()] {
    let document = &hit.document;
    let place = Locator::of_hit(passage);
    let languages: Vec<&str> =
        document.languages.iter().map(|share| share.language.code()).collect();
    let ids = |tags: &[crate::index::record::Weighted]| {
        tags.iter().map(|tag| tag.id.as_str()).collect::<Vec<_>>().join(" ")
    };
    let near = hit.near_duplicates.iter().map(|file| &file.path);
    let same_as: Vec<&str> = hit.copies.iter().chain(near).map(String::as_str).collect();
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    [
        hit.rank.to_string(),
        passage.score.to_string(),
        document.title.clone(),
        text(document.publisher.as_deref()),
        document.published.map(|date| date.to_string()).unwrap_or_default(),
        languages.join(" "),
        number(place.page),
        text(place.label.as_deref()),
        text(place.section.as_deref()),
        passage.language.to_string(),
        passage.snippet.text.clone(),
        hit.file.path.clone(),
        document.id.to_string(),
        text(document.url.as_deref()),
        text(document.author.as_deref()),
        text(place.anchor.as_deref()),
        number(place.paragraph),
        needs_translation(document, passage).to_string(),
        document.hash.clone(),
        ids(&document.countries),
        ids(&document.violations),
        same_as.join("; "),
        hit.matching.to_string(),
        document.kind.map(|kind| kind.to_string()).unwrap_or_default(),
        document.symbols.join("; "),
        number(place.paragraph_end),
        place.passage.to_string(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        for (cell, expected) in [
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-2+3", "'-2+3"),
            ("- Ms. Maria Silva", "'- Ms. Maria Silva"),
            ("-0.25", "-0.25"),
            ("Prisons = overcrowded", "Prisons = overcrowded"),
            ("", ""),
        ] {
            assert_eq!(harmless(cell.to_owned()), expected);
        }
    }
}
