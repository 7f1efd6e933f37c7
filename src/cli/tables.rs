//! `amparo countries`, `violations`, `publishers`: what the index holds with counts, or the taxonomy itself.

use std::io::{self, BufWriter, Write};

use super::{Failure, Format, Outcome, Place};
use crate::document::Language;
use crate::library::{Library, known_countries, known_violations};
use crate::output::contract::{Line, Names};
use crate::output::style::clean;

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

pub(super) fn countries(args: &Args, place: &Place) -> Result<Outcome, Failure> {
    let lines = if args.all { known_countries() } else { library(place)?.countries()? };
    print(lines.into_iter().map(Line::Code), args.format)
}

pub(super) fn violations(args: &Args, place: &Place) -> Result<Outcome, Failure> {
    let lines = if args.all { known_violations() } else { library(place)?.violations()? };
    print(lines.into_iter().map(Line::Id), args.format)
}

pub(super) fn publishers(args: &PublisherArgs, place: &Place) -> Result<Outcome, Failure> {
    let lines = library(place)?.publishers()?;
    print(lines.into_iter().map(Line::Publisher), args.format)
}

fn library(place: &Place) -> Result<Library, Failure> {
    Ok(Library::open(&place.index()?)?)
}

fn print(lines: impl Iterator<Item = Line>, format: Format) -> Result<Outcome, Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut outcome = Outcome::Nothing;
    for line in lines {
        outcome = Outcome::Found;
        match format {
            Format::Json => line.write(&mut out)?,
            Format::Text => writeln!(out, "{}", in_words(&line))?,
        }
    }
    out.flush()?;
    Ok(outcome)
}

/// A count, an id, and what it is called.
fn in_words(line: &Line) -> String {
    let (id, documents, names) = match line {
        Line::Code(line) => (&line.code, line.documents, called(&line.names)),
        Line::Id(line) => (&line.id, line.documents, called(&line.names)),
        Line::Publisher(line) => {
            let kind = line.kind.map(|kind| format!("({kind})"));
            (&line.publisher, Some(line.documents), kind.unwrap_or_default())
        }
        // No table has other lines.
        _ => return String::new(),
    };
    let count = documents.map(|documents| format!("{documents:>6}  ")).unwrap_or_default();
    let gap = if names.is_empty() { "" } else { "  " };
    format!("{count}{}{gap}{}", clean(id), clean(&names))
}

/// The names in the order of their languages.
fn called(names: &Names) -> String {
    let names = Language::INDEXED.iter().filter_map(|one| names.by_language.get(one.code()));
    names.map(String::as_str).collect::<Vec<_>>().join(" · ")
}
