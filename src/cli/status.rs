//! `amparo status`: what is indexed, and what could not be read and why.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use super::message::counted;
use super::{Failure, Format, Outcome, Place};
use crate::index::record::{page_ranges, path_text};
use crate::library::{Holdings, Library};
use crate::output::contract::{Line, Meaning, PicturesWithoutText, Status, Trouble};
use crate::output::{Style, style::clean};

/// Arguments of `status`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Form of the output
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    format: Format,
}

pub(super) fn run(args: &Args, place: &Place, style: &Style) -> Result<Outcome, Failure> {
    let Holdings { status, troubles, pictures, .. } = Library::open(&place.index()?)?.status()?;
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        Format::Json => {
            Line::Status(Box::new(status)).write(&mut out)?;
            for trouble in troubles {
                Line::Trouble(trouble).write(&mut out)?;
            }
            for file in pictures {
                Line::PicturesWithoutText(file).write(&mut out)?;
            }
        }
        Format::Text => print(&mut out, &status, &troubles, &pictures, style)?,
    }
    out.flush()?;
    Ok(Outcome::Found)
}

fn meaning(meaning: &Meaning) -> String {
    if !meaning.model {
        return "no model that can be read: see 'amparo model status'".to_owned();
    }
    let mut words = format!("{} of {} documents", meaning.documents, meaning.of);
    if meaning.documents > 0 {
        let size = meaning.bytes as f64 / 1e6;
        words += &format!(", by {} vectors, {size:.1} MB", meaning.windows);
    }
    if meaning.unusable > 0 {
        let files = counted(meaning.unusable, "file", "files");
        words += &format!("; {files} of vectors damaged, or of another model");
    }
    if meaning.documents < meaning.of || meaning.unusable > 0 {
        words += "; the next ingest adds what is missing";
    }
    words
}

fn print(
    out: &mut dyn Write,
    status: &Status,
    troubles: &[Trouble],
    pictures: &[PicturesWithoutText],
    style: &Style,
) -> io::Result<()> {
    let list = |counts: &BTreeMap<String, usize>| {
        counts.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", ")
    };
    writeln!(out, "index      {}", clean(&path_text(&status.index)))?;
    writeln!(out, "library    {}", clean(&status.roots.join(", ")))?;
    let in_files = counted(status.files, "file", "files");
    writeln!(out, "documents  {} ({}) in {in_files}", status.documents, list(&status.formats))?;
    writeln!(out, "passages   {}", status.passages)?;
    writeln!(out, "languages  {}", list(&status.languages))?;
    writeln!(out, "meaning    {}", meaning(&status.meaning))?;
    if !status.taxonomy_current {
        let then = "the next ingest describes every document again";
        writeln!(out, "taxonomy   of another version: {then}")?;
    }
    if status.outdated > 0 {
        let files = counted(status.outdated, "file", "files");
        let then = "the next ingest reads again what is there";
        writeln!(out, "outdated   {files} read by an earlier version: {then}")?;
    }
    let Status { failed, warned, .. } = status;
    if failed + warned > 0 {
        writeln!(out, "trouble    {failed} not read, {warned} read in part or without text")?;
    }
    for file in pictures {
        let pages = page_ranges(&file.pages);
        writeln!(out, "in part    {}: {pages}: pictures without text", style.path(&file.path))?;
    }
    for trouble in troubles {
        let path = style.path(&trouble.path);
        if let Some(failure) = &trouble.failure {
            writeln!(out, "not read   {path}: {}", clean(failure))?;
        }
        for warning in &trouble.warnings {
            writeln!(out, "in part    {path}: {}", clean(warning))?;
        }
    }
    Ok(())
}
