//! `amparo similar`: passages like those of a document, or like one of its pages, in any language.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use super::filters::Filters;
use super::search::FormChoice;
use super::{Failure, Outcome, Place, meaning, show};
use crate::output::{self, Style};
use crate::query::{By, Request, Semantic, Similar, search};

/// Arguments of `similar`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The document's id, as search prints it, or the path of its file
    document: PathBuf,

    /// Like this page of a PDF, or this section of an HTML page, from 1, in place of the whole
    #[arg(long, value_name = "N")]
    page: Option<usize>,

    /// Passages as results of their own, not by document
    #[arg(long)]
    by_passage: bool,

    /// Results at most; 0 for all
    #[arg(long, short = 'n', default_value_t = 10, value_name = "N")]
    limit: usize,

    /// Results to pass over first
    #[arg(long, default_value_t = 0, value_name = "N")]
    offset: usize,

    /// Passages shown of each document at most; 0 for all
    #[arg(long, default_value_t = 3, value_name = "N")]
    passages: usize,

    /// Show the parts of each score
    #[arg(long)]
    explain: bool,

    /// Form of the answer
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    format: FormChoice,

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
    let request = Request {
        similar: Some(Similar {
            document: document.id,
            passage: args.page.map(|page| page as u64 - 1),
        }),
        by: if args.by_passage { By::Passage } else { By::Document },
        limit: (args.limit > 0).then_some(args.limit),
        offset: args.offset,
        passages: if args.passages == 0 { usize::MAX } else { args.passages },
        ..args.filters.request()?
    };
    let answer = search(&snapshot, &request)?;
    let mut out = BufWriter::new(io::stdout().lock());
    output::write(&mut out, &answer, args.format.form(), args.explain, style)?;
    out.flush()?;
    meaning::tell_what_is_missing(&snapshot, &answer);
    Ok(if answer.summary.passages > 0 { Outcome::Found } else { Outcome::Nothing })
}
