//! `amparo search`: what was typed becomes a request, its answer is written.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::ValueEnum;

use super::filters::Filters;
use super::shown::{FormChoice, SemanticChoice, Shown};
use super::{Failure, Outcome, Place, notes};
use crate::ingest::Options;
use crate::library::Library;
use crate::output::{self, Style};
use crate::query::{Request, Sort};

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
    let library = Library::open(&index)?;
    let answered = library.search(&request);
    let answered = answered.map_err(|error| Failure::of_query(error, &request.text))?;
    let answer = &answered.answer;
    if let Some(log) = &args.log {
        library.log(log, &request, answer)?;
    }
    let mut out = BufWriter::new(io::stdout().lock());
    output::write(&mut out, answer, args.shown.format.form(), args.shown.explain, style)?;
    out.flush()?;
    let found = answer.summary.passages > 0;
    notes::say(answered.notes);
    Ok(if found { Outcome::Found } else { Outcome::Nothing })
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
