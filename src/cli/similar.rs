//! `amparo similar`: passages like those of a document, or like one of its pages, in any language.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use super::filters::Filters;
use super::shown::Shown;
use super::{Failure, Outcome, Place, notes};
use crate::library::Library;
use crate::output::{self, Style};
use crate::query::{Request, Similar};

/// Arguments of `similar`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The document's id, as search prints it, the path of its file, or its symbol
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
    let library = Library::open(&place.index()?)?;
    let found = library.find(&args.document)?;
    let passage = match args.page {
        Some(page) => library.passages(&found.document, Some(page))?.first().map(|(at, _)| *at),
        None => None,
    };
    let request = args.shown.of(Request {
        similar: Some(Similar { document: found.document.id, passage }),
        ..args.filters.request()?
    });
    let answered = library.search(&request)?;
    let mut out = BufWriter::new(io::stdout().lock());
    let form = args.shown.format.form();
    output::write(&mut out, &answered.answer, form, args.shown.explain, style)?;
    out.flush()?;
    notes::say(answered.notes);
    let found = answered.answer.summary.passages > 0;
    Ok(if found { Outcome::Found } else { Outcome::Nothing })
}
