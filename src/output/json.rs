//! An answer as JSON lines; the contract is in the documentation of [`crate::output`].

use std::io::{self, Write};

use serde_json::{Value, json};

use super::part;
use crate::document::{Language, Locator};
use crate::index::record::{DocumentRecord, FileRecord};
use crate::query::{Answer, DocumentHit, PassageHit};

pub(super) fn write(out: &mut dyn Write, answer: &Answer, explain: bool) -> io::Result<()> {
    let mut summary = json!({ "type": "summary", "facets": {} });
    merge(&mut summary, serde_json::to_value(&answer.summary)?);
    writeln!(out, "{summary}")?;
    for hit in &answer.results {
        writeln!(out, "{}", result(hit, explain))?;
    }
    Ok(())
}

fn result(hit: &DocumentHit, explain: bool) -> Value {
    json!({
        "type": "result",
        "rank": hit.rank,
        "score": hit.score,
        "near": hit.coverage,
        "beside": hit.beside,
        "document": document(&hit.file, &hit.copies),
        "matching": hit.matching,
        "near_duplicates": hit.near_duplicates.iter().map(near_duplicate).collect::<Vec<_>>(),
        "passages": hit.passages.iter().map(|hit| passage(hit, explain)).collect::<Vec<_>>(),
    })
}

/// A document that is folded under a result.
fn near_duplicate(file: &FileRecord) -> Value {
    let document = file.document.as_ref();
    json!({
        "id": document.map(|document| document.id),
        "path": file.path,
        "title": document.map(|document| &document.title),
        "publisher": document.and_then(|document| document.publisher.as_ref()),
        "published": document.and_then(|document| document.published),
    })
}

/// A document as the contract has it. Null for a file that could not be read.
pub fn document(file: &FileRecord, copies: &[String]) -> Value {
    let Some(document) = &file.document else { return Value::Null };
    let languages: Vec<&str> =
        document.languages.iter().map(|share| share.language.code()).collect();
    json!({
        "id": document.id,
        "hash": document.hash,
        "path": file.path,
        "title": document.title,
        "author": document.author,
        "publisher": document.publisher,
        "kind": document.kind,
        "published": document.published,
        "symbols": document.symbols,
        "format": document.format,
        "url": document.url,
        "languages": languages,
        "language_shares": document.languages,
        "pages": document.format.has_pages().then(|| document.pages()),
        "needs_translation": document.languages.iter().any(|share| share.language != Language::En),
        "copies": copies,
        "countries": document.countries.iter()
            .map(|country| json!({ "code": country.id, "weight": country.weight })).collect::<Vec<_>>(),
        "violations": document.violations.iter()
            .map(|violation| json!({ "id": violation.id, "weight": violation.weight })).collect::<Vec<_>>(),
        "catalogue": document.catalogue.iter().cloned().collect::<std::collections::BTreeMap<_, _>>(),
        "detected": detected(document),
        "warnings": file.warnings,
    })
}

/// What the document itself tells in the fields that a catalogue may fill, and the words that tell it.
fn detected(document: &DocumentRecord) -> Value {
    let publisher = &document.detected_publisher;
    let date = document.detected_date.as_ref();
    json!({
        "title": document.own.title,
        "publisher": publisher.name,
        "kind": publisher.kind,
        "publisher_evidence": publisher.evidence,
        "published": date.map(|dated| dated.date),
        "published_evidence": date.map(|dated| &dated.evidence),
    })
}

fn passage(hit: &PassageHit, explain: bool) -> Value {
    let (page, label) = match &hit.locator {
        Locator::Page { number, label } => (Some(number), label.as_ref()),
        Locator::Section { .. } => (None, None),
    };
    let (heading, anchor) = match &hit.locator {
        Locator::Page { .. } => (None, None),
        Locator::Section { heading, anchor } => (heading.as_ref(), anchor.as_ref()),
    };
    let mut passage = json!({
        "passage": hit.ordinal + 1,
        "page": page,
        "label": label,
        "section": heading.or(hit.section.as_ref()),
        "anchor": anchor,
        "paragraph": hit.numbers.first,
        "paragraph_end": hit.numbers.last,
        "paragraph_item": hit.numbers.item,
        "part": part::value(hit),
        "language": hit.language,
        "score": hit.score,
        "by_meaning": hit.by_meaning,
        "snippet": hit.snippet,
    });
    if explain {
        passage["explain"] = json!(hit.factors);
    }
    passage
}

fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}
