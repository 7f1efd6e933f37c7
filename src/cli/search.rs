//! `amparo search`: what was typed becomes a request, its answer is written.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::ValueEnum;

use super::filters::Filters;
use super::meaning::{self, SemanticChoice};
use super::message::{counted, tell};
use super::shown::{FormChoice, Shown};
use super::{Failure, Outcome, Place};
use crate::ingest::Options;
use crate::output::{self, Style};
use crate::query::{self, Request, Semantic, Sort};

/// Arguments of `search`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Words in any of the three languages, or operators: see 'amparo help syntax'
    #[arg(value_name = "TEXT")]
    text: Vec<String>,

    /// The order of results
    #[arg(long, value_enum, default_value_t = SortChoice::Relevance, value_name = "ORDER")]
    sort: SortChoice,

    /// Show near duplicates as results of their own, not folded under the best of them; passages never are
    #[arg(long)]
    unfold: bool,

    /// Count all that matches by country, violation, language, publisher, its kind, and year
    #[arg(long)]
    facets: bool,

    /// Take the text as words only: don't understand countries and violations in it
    #[arg(long)]
    literal: bool,

    /// How text is looked for
    #[arg(long, value_enum, default_value_t, value_name = "HOW", env = "AMPARO_SEMANTIC")]
    semantic: SemanticChoice,

    /// First bring the index up to date with this file or folder; repeated: with each
    #[arg(long, value_name = "PATH")]
    ingest: Vec<PathBuf>,

    /// Append what was asked, when, and how much was found to this file: CSV if its name ends so, else JSON lines
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,

    #[command(flatten)]
    shown: Shown,

    #[command(flatten)]
    filters: Filters,
}

const EXAMPLES: &str = "\
Examples:
  amparo search --country haiti --violation sexual-violence --by passage
  amparo search 'desaparicion forzada' --format json
  amparo search '\"state protection\" -police' --country 'el salvador' --since 2020 --lang es
  amparo search 'how to hide who you are from the police' --lang es --semantic only
  amparo search prisons --country HN --country SV --not-lang en --facets
  amparo search 'police protection' --where 'court=Supreme*' -n0 --passages 0 --format csv
  amparo search femicide --country GT --format bibtex --log searches.csv";

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SortChoice {
    /// The best first
    Relevance,
    /// The newest first, undated ones last; what holds only some of the words comes after what holds all
    Date,
}

pub(super) fn run(args: &Args, place: &Place, style: &Style) -> Result<Outcome, Failure> {
    let request = request(args)?;
    let asks = request
        != Request {
            passages: request.passages,
            limit: request.limit,
            semantic: request.semantic,
            ..Request::default()
        };
    if !asks && args.sort_or_by_is_default() {
        return Err(Failure::new("nothing to search for")
            .hint("give words, --country or --violation; 'amparo search --help' has examples"));
    }
    if args.facets && !matches!(args.shown.format, FormChoice::Text | FormChoice::Json) {
        return Err(Failure::new("counts are not part of this form of the answer")
            .hint("ask for --facets with --format text or json"));
    }
    let index = place.index()?;
    if !args.ingest.is_empty() {
        super::progress::with_progress(
            Options::new(args.ingest.clone(), index.clone()),
            args.semantic != SemanticChoice::Off,
        )?;
    }
    let snapshot = meaning::snapshot(&index, wanted(&request))?;
    let answer = meaning::search(&snapshot, &request).map_err(|error| match error {
        query::Error::Syntax(error) => Failure::syntax(&error, &request.text),
        error => error.into(),
    })?;
    if let Some(log) = &args.log {
        super::search_log::append(log, &index, &request, &answer)?;
    }
    let mut out = BufWriter::new(io::stdout().lock());
    output::write(&mut out, &answer, args.shown.format.form(), args.shown.explain, style)?;
    out.flush()?;
    if answer.summary.undated > 0 {
        let undated =
            counted(answer.summary.undated, "undated document was", "undated documents were");
        tell(format_args!("note: {undated} left out by the dates"));
    }
    meaning::tell_what_is_missing(&snapshot, &answer);
    Ok(if answer.summary.passages > 0 { Outcome::Found } else { Outcome::Nothing })
}

/// What of meaning is needed: nothing where no text is asked.
fn wanted(request: &Request) -> Semantic {
    if request.text.trim().is_empty() { Semantic::Off } else { request.semantic }
}

impl Args {
    fn sort_or_by_is_default(&self) -> bool {
        matches!(self.sort, SortChoice::Relevance)
    }
}

fn request(args: &Args) -> Result<Request, Failure> {
    Ok(args.shown.of(Request {
        text: args.text.join(" "),
        sort: match args.sort {
            SortChoice::Relevance => Sort::Relevance,
            SortChoice::Date => Sort::Date,
        },
        unfold: args.unfold,
        facets: args.facets,
        literal: args.literal,
        semantic: args.semantic.meant(),
        ..args.filters.request()?
    }))
}
