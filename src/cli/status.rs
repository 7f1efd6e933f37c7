//! `amparo status`: what is indexed, and what could not be read and why.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde_json::json;

use super::message::counted;
use super::{Failure, Format, Outcome, Place};
use crate::index::Snapshot;
use crate::output::{Style, style::clean};

/// Arguments of `status`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Form of the output
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    format: Format,
}

pub(super) fn run(args: &Args, place: &Place, style: &Style) -> Result<Outcome, Failure> {
    let path = place.index()?;
    let snapshot = Snapshot::open(&path)?;
    let files = snapshot.files()?;
    let mut documents = BTreeSet::new();
    let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
    let mut formats: BTreeMap<&str, usize> = BTreeMap::new();
    for document in files.iter().filter_map(|file| file.document.as_ref()) {
        if documents.insert(document.id) {
            *formats.entry(document.format.as_str()).or_default() += 1;
            for share in document.languages.iter().filter(|share| share.share >= 0.05) {
                *languages.entry(share.language.code()).or_default() += 1;
            }
        }
    }
    let current = snapshot.manifest().taxonomy == crate::taxonomy::hash();
    let passages = snapshot.passage_count()?;
    let mut out = io::stdout().lock();
    if args.format == Format::Json {
        let summary = json!({
            "type": "status", "index": path, "files": files.len(), "documents": documents.len(),
            "passages": passages, "languages": languages, "formats": formats,
            "roots": snapshot.manifest().roots, "taxonomy_current": current,
        });
        writeln!(out, "{summary}")?;
        for file in &files {
            if file.failure.is_some() || !file.warnings.is_empty() {
                let trouble = json!({
                    "type": "trouble", "path": file.path, "failure": file.failure, "warnings": file.warnings,
                });
                writeln!(out, "{trouble}")?;
            }
        }
        return Ok(Outcome::Found);
    }
    let list = |counts: &BTreeMap<&str, usize>| {
        counts.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", ")
    };
    writeln!(out, "index      {}", path.display())?;
    writeln!(out, "library    {}", clean(&snapshot.manifest().roots.join(", ")))?;
    let in_files = counted(files.len(), "file", "files");
    writeln!(out, "documents  {} ({}) in {in_files}", documents.len(), list(&formats))?;
    writeln!(out, "passages   {passages}")?;
    writeln!(out, "languages  {}", list(&languages))?;
    if !current {
        writeln!(
            out,
            "taxonomy   of another version: the next ingest describes every document again"
        )?;
    }
    for file in &files {
        let path = style.path(&file.path);
        if let Some(failure) = &file.failure {
            writeln!(out, "not read   {path}: {}", clean(failure))?;
        }
        for warning in &file.warnings {
            writeln!(out, "in part    {path}: {}", clean(warning))?;
        }
    }
    Ok(Outcome::Found)
}
