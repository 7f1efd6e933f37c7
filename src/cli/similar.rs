//! `amparo similar`: passages like those of a document, or like one of its pages, in any language.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use super::filters::Filters;
use super::shown::Shown;
use super::{Failure, Outcome, Place, meaning, show};
use crate::output::{self, Style};
use crate::query::{Request, Semantic, Similar, search};

/// Arguments of `similar`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The document's id, as search prints it, or the path of its file
    document: PathBuf,

    /// Like this page of a PDF, or this section of an HTML page, from 1, in place of the whole
    #[arg(long, value_name = "N")]
    page: Option<usize>,

    #[command(flatten)]
    shown: Shown,

    #[command(flatten)]
    filters: Filters,
}

const EXAMPLES: &str = "\
Examples:
  amparo similar d380b670c0690fbc --page 2            what is like page 2, in any language
  amparo similar report.pdf --lang es --country HN    Spanish documents on Honduras like this one";

pub(super) fn run(args: &Args, place: &Place, style: &Style) -> Result<Outcome, Failure> {
    let snapshot = meaning::snapshot(&place.index()?, Semantic::Only)?;
    let document = show::document(&snapshot, &args.document)?;
    if let Some(page) = args.page.filter(|page| !(1..=document.passages as usize).contains(page)) {
        return Err(show::no_page(&document, page));
    }
    let passage = args.page.map(|page| page as u64 - 1);
    let request = args.shown.of(Request {
        similar: Some(Similar { document: document.id, passage }),
        ..args.filters.request()?
    });
    let answer = search(&snapshot, &request)?;
    let mut out = BufWriter::new(io::stdout().lock());
    output::write(&mut out, &answer, args.shown.format.form(), args.shown.explain, style)?;
    out.flush()?;
    meaning::tell_what_is_missing(&snapshot, &answer);
    Ok(if answer.summary.passages > 0 { Outcome::Found } else { Outcome::Nothing })
}
