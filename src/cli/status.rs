//! `amparo status`: what is indexed, and what could not be read and why.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::Serialize;
use serde_json::json;

use super::message::counted;
use super::{Failure, Format, Outcome, Place};
use crate::index::Snapshot;
use crate::index::record::{DocumentRecord, FileRecord, page_ranges, path_text};
use crate::index::vectors::Vectors;
use crate::output::{Style, style::clean};
use crate::semantic::model::{self, ModelFile};

/// Arguments of `status`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Form of the output
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    format: Format,
}

/// What an index holds, counted.
struct Counts<'a> {
    documents: usize,
    formats: BTreeMap<&'a str, usize>,
    languages: BTreeMap<&'a str, usize>,
    failed: usize,
    warned: usize,
    /// Files that were read by what reads them otherwise today.
    outdated: usize,
}

impl<'a> Counts<'a> {
    fn of(files: &'a [FileRecord]) -> Self {
        let mut seen = BTreeSet::new();
        let mut counts = Self {
            documents: 0,
            formats: BTreeMap::new(),
            languages: BTreeMap::new(),
            failed: files.iter().filter(|file| file.failure.is_some()).count(),
            outdated: files.iter().filter(|file| !file.is_read_by_today()).count(),
            warned: files.iter().filter(|file| !file.warnings.is_empty()).count(),
        };
        for document in files.iter().filter_map(|file| file.document.as_ref()) {
            if seen.insert(document.id) {
                *counts.formats.entry(document.format.as_str()).or_default() += 1;
                for share in document.languages.iter().filter(|share| share.share >= 0.05) {
                    *counts.languages.entry(share.language.code()).or_default() += 1;
                }
            }
        }
        counts.documents = seen.len();
        counts
    }
}

pub(super) fn run(args: &Args, place: &Place, style: &Style) -> Result<Outcome, Failure> {
    let path = place.index()?;
    let snapshot = Snapshot::open(&path)?;
    let files = snapshot.files()?;
    let counts = Counts::of(&files);
    let meaning = Meaning::of(&path, &snapshot)?;
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        Format::Json => print_json(&mut out, &path, &snapshot, &files, &counts, &meaning)?,
        Format::Text => {
            print_text(&mut out, &path, &snapshot, &files, &counts, &meaning, style)?;
        }
    }
    out.flush()?;
    Ok(Outcome::Found)
}

/// What can be found by meaning.
#[derive(Debug, Default, Serialize)]
struct Meaning {
    /// Whether a model is installed that can be read.
    model: bool,
    /// Documents that have vectors of it.
    documents: usize,
    /// Documents that could.
    of: usize,
    windows: usize,
    bytes: usize,
    /// Files of vectors that are damaged, or of another model.
    unusable: usize,
}

impl Meaning {
    fn of(index: &Path, snapshot: &Snapshot) -> Result<Self, Failure> {
        let model = model::place().and_then(|place| ModelFile::open(&place).ok());
        let Some(model) = model else { return Ok(Self::default()) };
        let vectors = Vectors::open(index, model.identity());
        let documents = snapshot.text_hashes()?;
        Ok(Self {
            model: true,
            of: documents.len(),
            documents: documents.into_iter().filter(|(id, text)| vectors.has(*id, *text)).count(),
            windows: vectors.windows(),
            bytes: vectors.bytes(),
            unusable: vectors.unusable(),
        })
    }

    fn in_words(&self) -> String {
        if !self.model {
            return "no model that can be read: see 'amparo model status'".to_owned();
        }
        let mut words = format!("{} of {} documents", self.documents, self.of);
        if self.documents > 0 {
            let size = self.bytes as f64 / 1e6;
            words += &format!(", by {} vectors, {size:.1} MB", self.windows);
        }
        if self.unusable > 0 {
            let files = counted(self.unusable, "file", "files");
            words += &format!("; {files} of vectors damaged, or of another model");
        }
        if self.documents < self.of || self.unusable > 0 {
            words += "; the next ingest adds what is missing";
        }
        words
    }
}

fn is_current(snapshot: &Snapshot) -> bool {
    snapshot.manifest().taxonomy == crate::taxonomy::hash()
}

/// The files that gave trouble.
fn troubles(files: &[FileRecord]) -> impl Iterator<Item = &FileRecord> {
    files.iter().filter(|file| file.failure.is_some() || !file.warnings.is_empty())
}

/// The files of which pages show only pictures, unless that is all they have: that is among the troubles.
fn with_pictures(files: &[FileRecord]) -> impl Iterator<Item = (&FileRecord, &DocumentRecord)> {
    let documents = files.iter().filter_map(|file| Some((file, file.document.as_ref()?)));
    documents.filter(|(_, document)| {
        let pages = document.picture_pages.len();
        pages > 0 && pages < document.passages as usize
    })
}

fn print_json(
    out: &mut dyn Write,
    path: &Path,
    snapshot: &Snapshot,
    files: &[FileRecord],
    counts: &Counts<'_>,
    meaning: &Meaning,
) -> Result<(), Failure> {
    let summary = json!({
        "type": "status", "index": path, "files": files.len(), "documents": counts.documents,
        "passages": snapshot.passage_count()?, "languages": counts.languages, "formats": counts.formats,
        "meaning": meaning,
        "outdated": counts.outdated, "failed": counts.failed, "warned": counts.warned,
        "roots": snapshot.manifest().roots, "taxonomy_current": is_current(snapshot),
    });
    writeln!(out, "{summary}")?;
    for file in troubles(files) {
        let trouble = json!({
            "type": "trouble", "path": file.path, "failure": file.failure, "warnings": file.warnings,
            "left_alone": file.isolated,
        });
        writeln!(out, "{trouble}")?;
    }
    for (file, document) in with_pictures(files) {
        let pictures = json!({
            "type": "pictures_without_text", "path": file.path, "pages": document.picture_pages,
        });
        writeln!(out, "{pictures}")?;
    }
    Ok(())
}

fn print_text(
    out: &mut dyn Write,
    path: &Path,
    snapshot: &Snapshot,
    files: &[FileRecord],
    counts: &Counts<'_>,
    meaning: &Meaning,
    style: &Style,
) -> Result<(), Failure> {
    let list = |counts: &BTreeMap<&str, usize>| {
        counts.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", ")
    };
    writeln!(out, "index      {}", clean(&path_text(path)))?;
    writeln!(out, "library    {}", clean(&snapshot.manifest().roots.join(", ")))?;
    let in_files = counted(files.len(), "file", "files");
    writeln!(out, "documents  {} ({}) in {in_files}", counts.documents, list(&counts.formats))?;
    writeln!(out, "passages   {}", snapshot.passage_count()?)?;
    writeln!(out, "languages  {}", list(&counts.languages))?;
    writeln!(out, "meaning    {}", meaning.in_words())?;
    if !is_current(snapshot) {
        writeln!(
            out,
            "taxonomy   of another version: the next ingest describes every document again"
        )?;
    }
    if counts.outdated > 0 {
        let files = counted(counts.outdated, "file", "files");
        writeln!(
            out,
            "outdated   {files} read by an earlier version: the next ingest reads again what is there"
        )?;
    }
    if counts.failed + counts.warned > 0 {
        let Counts { failed, warned, .. } = counts;
        writeln!(out, "trouble    {failed} not read, {warned} read in part or without text")?;
    }
    for (file, document) in with_pictures(files) {
        let pages = page_ranges(&document.picture_pages);
        writeln!(out, "in part    {}: {pages}: pictures without text", style.path(&file.path))?;
    }
    for file in troubles(files) {
        let path = style.path(&file.path);
        if let Some(failure) = &file.failure {
            writeln!(out, "not read   {path}: {}", clean(failure))?;
        }
        for warning in &file.warnings {
            writeln!(out, "in part    {path}: {}", clean(warning))?;
        }
    }
    Ok(())
}
