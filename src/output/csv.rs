//! An answer as a table: one line a passage.

use std::io::{self, Write};

use crate::document::Locator;
use crate::query::Answer;

const HEADER: [&str; 14] = [
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
];

pub(super) fn write(out: &mut dyn Write, answer: &Answer) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(HEADER)?;
    for hit in &answer.results {
        let document = &hit.document;
        let languages: Vec<&str> =
            document.languages.iter().map(|share| share.language.code()).collect();
        for passage in &hit.passages {
            let (page, label, heading) = match &passage.locator {
                Locator::Page { number, label } => (number.to_string(), label.clone(), None),
                Locator::Section { heading, .. } => (String::new(), None, heading.clone()),
            };
            let optional = |text: Option<String>| text.unwrap_or_default();
            table.write_record([
                hit.rank.to_string(),
                passage.score.to_string(),
                document.title.clone(),
                optional(document.publisher.clone()),
                optional(document.published.map(|date| date.to_string())),
                languages.join(" "),
                page,
                optional(label),
                optional(heading.or_else(|| passage.section.clone())),
                passage.language.to_string(),
                passage.snippet.text.clone(),
                hit.file.path.clone(),
                document.id.to_string(),
                optional(document.url.clone()),
            ])?;
        }
    }
    table.flush()
}
