//! `amparo countries`, `violations`, `publishers`: what the index holds with counts, or the taxonomy itself.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde_json::json;

use super::{Failure, Format, Outcome, Place};
use crate::document::{DocumentId, Language, PublisherKind};
use crate::index::Snapshot;
use crate::index::record::DocumentRecord;
use crate::output::style::clean;
use crate::taxonomy::{Countries, CountryCode, Violations};

/// Arguments of `countries` and `violations`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The whole taxonomy, with names in three languages, instead of what the index holds
    #[arg(long)]
    all: bool,

    /// Form of the output
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    format: Format,
}

/// Arguments of `publishers`.
#[derive(Debug, clap::Args)]
pub(super) struct PublisherArgs {
    /// Form of the output
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    format: Format,
}

/// A line of a table: an id, its names, and how many documents are about it.
struct Line {
    id: String,
    names: Vec<String>,
    documents: Option<usize>,
    /// Of a publisher, what kind it is.
    kind: Option<PublisherKind>,
}

pub(super) fn countries(args: &Args, place: &Place) -> Result<Outcome, Failure> {
    let table = Countries::builtin();
    let names =
        |code: CountryCode| Language::INDEXED.map(|language| table.name(code, language)).to_vec();
    let lines = if args.all {
        table
            .codes()
            .map(|code| Line {
                id: code.to_string(),
                names: names(code),
                documents: None,
                kind: None,
            })
            .collect()
    } else {
        counted(
            place,
            |document| document.countries.iter().map(|tag| tag.id.clone()).collect(),
            |id| CountryCode::new(id).map(names).unwrap_or_default(),
        )?
    };
    print(&lines, "code", args.format)
}

pub(super) fn violations(args: &Args, place: &Place) -> Result<Outcome, Failure> {
    let table = Violations::builtin();
    let labels = |violation| {
        Language::INDEXED.map(|language| table.label(violation, language).to_owned()).to_vec()
    };
    let lines = if args.all {
        table
            .ids()
            .map(|id| Line {
                id: table.id(id).to_owned(),
                names: labels(id),
                documents: None,
                kind: None,
            })
            .collect()
    } else {
        counted(
            place,
            |document| document.violations.iter().map(|tag| tag.id.clone()).collect(),
            |id| {
                let known = table.lookup(id).ok().and_then(|found| found.first().copied());
                known.map(labels).unwrap_or_default()
            },
        )?
    };
    print(&lines, "id", args.format)
}

pub(super) fn publishers(args: &PublisherArgs, place: &Place) -> Result<Outcome, Failure> {
    let mut kinds: BTreeMap<String, PublisherKind> = BTreeMap::new();
    let files = Snapshot::open(&place.index()?)?.files()?;
    for document in files.iter().filter_map(|file| file.document.as_ref()) {
        if let (Some(publisher), Some(kind)) = (&document.publisher, document.kind) {
            kinds.entry(publisher.clone()).or_insert(kind);
        }
    }
    let mut lines = counted(
        place,
        |document| document.publisher.clone().into_iter().collect(),
        |_| Vec::new(),
    )?;
    for line in &mut lines {
        line.kind = kinds.get(&line.id).copied();
    }
    print(&lines, "publisher", args.format)
}

/// What documents are counted under, the most frequent first.
fn counted(
    place: &Place,
    keys: impl Fn(&DocumentRecord) -> Vec<String>,
    names: impl Fn(&str) -> Vec<String>,
) -> Result<Vec<Line>, Failure> {
    let mut counts: BTreeMap<String, BTreeSet<DocumentId>> = BTreeMap::new();
    for file in Snapshot::open(&place.index()?)?.files()? {
        let Some(document) = file.document else { continue };
        for key in keys(&document) {
            counts.entry(key).or_default().insert(document.id);
        }
    }
    let mut lines: Vec<Line> = counts
        .into_iter()
        .map(|(id, documents)| Line {
            names: names(&id),
            id,
            documents: Some(documents.len()),
            kind: None,
        })
        .collect();
    lines.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.id.cmp(&b.id)));
    Ok(lines)
}

fn print(lines: &[Line], id: &str, format: Format) -> Result<Outcome, Failure> {
    let mut out = io::stdout().lock();
    for line in lines {
        match format {
            Format::Json => {
                let mut value = json!({ "type": id, id: line.id });
                for (language, name) in Language::INDEXED.iter().zip(&line.names) {
                    value[language.code()] = json!(name);
                }
                if id == "publisher" {
                    value["kind"] = json!(line.kind);
                }
                if let Some(documents) = line.documents {
                    value["documents"] = json!(documents);
                }
                writeln!(out, "{value}")?;
            }
            Format::Text => {
                let count =
                    line.documents.map(|documents| format!("{documents:>6}  ")).unwrap_or_default();
                let mut names = line.names.join(" · ");
                names.extend(line.kind.map(|kind| format!("({kind})")));
                let gap = if names.is_empty() { "" } else { "  " };
                writeln!(out, "{count}{}{gap}{}", clean(&line.id), clean(&names))?;
            }
        }
    }
    Ok(if lines.is_empty() { Outcome::Nothing } else { Outcome::Found })
}
