//! An answer as CSL-JSON: an array with an item for each document, as citation managers read it.
//!
//! What the schema has no variable for stands in an item's `custom` object, the schema's own place for it.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::citation::{Citation, citations, needs_translation};
use super::contract::Locator;
use super::style::clean;
use crate::document::{Date, Language};
use crate::index::record::DocumentRecord;
use crate::query::{Answer, PassageHit};

pub(super) fn write(out: &mut dyn Write, answer: &Answer) -> io::Result<()> {
    let items: Vec<Value> = citations(answer).iter().map(item).collect();
    serde_json::to_writer_pretty(&mut *out, &items)?;
    writeln!(out)
}

fn item(citation: &Citation<'_>) -> Value {
    let document = citation.document;
    let language = document.languages.first().map(|share| share.language);
    let mut item = json!({
        "id": citation.key(),
        "type": if document.format.kind().is_web_page { "webpage" } else { "report" },
        "title": clean(&document.title),
        "custom": {
            "path": citation.path,
            "document": document.id,
            "blake3": document.hash,
            "needs_translation": citation.needs_translation(),
            "matching": citation.matching,
            "passages": citation.passages.iter()
                .map(|passage| CitedPassage::of(passage, document)).collect::<Vec<_>>(),
        },
    });
    // The schema has no null: what is not known is left out.
    let optional = [
        ("author", document.author.as_deref().map(|name| json!([{ "literal": clean(name) }]))),
        ("publisher", document.publisher.as_deref().map(|name| json!(clean(name)))),
        ("issued", document.published.map(issued)),
        ("number", document.symbols.first().map(|symbol| json!(clean(symbol)))),
        ("URL", document.url.as_deref().map(|url| json!(url))),
        ("language", language.filter(|one| *one != Language::Other).map(|one| json!(one))),
    ];
    for (name, value) in optional {
        if let Some(value) = value {
            item[name] = value;
        }
    }
    item
}

fn issued(date: Date) -> Value {
    let parts = [Some(date.year()), date.month().map(i16::from), date.day().map(i16::from)];
    json!({ "date-parts": [parts.into_iter().flatten().collect::<Vec<_>>()] })
}

/// A passage that is cited.
#[derive(Serialize)]
struct CitedPassage {
    #[serde(flatten)]
    locator: Locator,
    language: Language,
    needs_translation: bool,
}

impl CitedPassage {
    fn of(passage: &PassageHit, document: &DocumentRecord) -> Self {
        Self {
            locator: Locator::of_hit(passage),
            language: passage.language,
            needs_translation: needs_translation(document, passage),
        }
    }
}
