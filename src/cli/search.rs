//! `amparo search`: what was typed becomes a request, its answer is written.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::ValueEnum;

use super::{Failure, Outcome, Place};
use crate::document::{Date, Language};
use crate::index::Snapshot;
use crate::ingest::Options;
use crate::output::{self, Form, Style};
use crate::query::{self, By, Request, Sort, search};
use crate::taxonomy::{Countries, CountryCode, ViolationId, Violations};

/// Arguments of `search`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Words in any of the three languages, or operators: see 'amparo help syntax'
    #[arg(value_name = "TEXT")]
    text: Vec<String>,

    /// About a country: a code, or a name in English, Spanish or French, or a region; repeated: any of them
    #[arg(long, short, value_name = "C")]
    country: Vec<String>,

    /// About a violation: an id or a label of the taxonomy, or a group's; repeated: any of them
    #[arg(long, short = 'v', value_name = "V")]
    violation: Vec<String>,

    /// With text in a language: en, es, fr or other; repeated: any of them
    #[arg(long, short, value_name = "L")]
    lang: Vec<String>,

    /// From a publisher whose name holds this; repeated: any of them
    #[arg(long, short, value_name = "P")]
    publisher: Vec<String>,

    /// Published in or after: 2019, 2019-03 or 2019-03-05
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,

    /// Published in or before
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,

    /// What a result is
    #[arg(long, value_enum, default_value_t = ByChoice::Document, value_name = "WHAT")]
    by: ByChoice,

    /// The order of results
    #[arg(long, value_enum, default_value_t = SortChoice::Relevance, value_name = "ORDER")]
    sort: SortChoice,

    /// Results at most; 0 for all
    #[arg(long, short = 'n', default_value_t = 10, value_name = "N")]
    limit: usize,

    /// Results to pass over first
    #[arg(long, default_value_t = 0, value_name = "N")]
    offset: usize,

    /// Passages shown of each document
    #[arg(long, default_value_t = 3, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    passages: u16,

    /// Show the parts of each score
    #[arg(long)]
    explain: bool,

    /// Take the text as words only: don't understand countries and violations in it
    #[arg(long)]
    literal: bool,

    /// First bring the index up to date with this file or folder; repeated: with each
    #[arg(long, value_name = "PATH")]
    ingest: Vec<PathBuf>,

    /// Form of the answer
    #[arg(long, value_enum, default_value_t = FormChoice::Text, value_name = "FORM")]
    format: FormChoice,
}

const EXAMPLES: &str = "\
Examples:
  amparo search --country haiti --violation sexual-violence --by passage
  amparo search 'desaparicion forzada' --format json
  amparo search '\"state protection\" -police' --country 'el salvador' --since 2020 --lang es";

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ByChoice {
    Document,
    Passage,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SortChoice {
    Relevance,
    Date,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FormChoice {
    Text,
    Json,
    Csv,
}

pub(super) fn run(args: &Args, place: &Place, style: &Style) -> Result<Outcome, Failure> {
    let request = request(args)?;
    let asks = request
        != Request { passages: request.passages, limit: request.limit, ..Request::default() };
    if !asks && args.sort_or_by_is_default() {
        return Err(Failure::new("nothing to search for")
            .hint("give words, --country or --violation; 'amparo search --help' has examples"));
    }
    let index = place.index()?;
    if !args.ingest.is_empty() {
        super::ingest::with_progress(&Options::new(args.ingest.clone(), index.clone()))?;
    }
    let snapshot = Snapshot::open(&index)?;
    let answer = search(&snapshot, &request).map_err(|error| match error {
        query::Error::Syntax(error) => Failure::syntax(&error, &request.text),
        error @ query::Error::Index(_) => error.into(),
    })?;
    let form = match args.format {
        FormChoice::Text => Form::Text,
        FormChoice::Json => Form::Json,
        FormChoice::Csv => Form::Csv,
    };
    let mut out = BufWriter::new(io::stdout().lock());
    output::write(&mut out, &answer, form, args.explain, style)?;
    out.flush()?;
    if answer.summary.undated > 0 {
        eprintln!("note: {} undated documents were left out by the dates", answer.summary.undated);
    }
    Ok(if answer.summary.passages > 0 { Outcome::Found } else { Outcome::Nothing })
}

impl Args {
    fn sort_or_by_is_default(&self) -> bool {
        matches!(self.sort, SortChoice::Relevance)
    }
}

fn request(args: &Args) -> Result<Request, Failure> {
    let languages = args.lang.iter().map(|code| {
        Language::parse(code).ok_or_else(|| {
            Failure::new(format!("unknown language '{code}'")).hint("one of en, es, fr, other")
        })
    });
    Ok(Request {
        text: args.text.join(" "),
        countries: countries(&args.country)?,
        violations: violations(&args.violation)?,
        languages: languages.collect::<Result<_, _>>()?,
        publishers: args.publisher.clone(),
        since: args.since,
        until: args.until,
        by: match args.by {
            ByChoice::Document => By::Document,
            ByChoice::Passage => By::Passage,
        },
        sort: match args.sort {
            SortChoice::Relevance => Sort::Relevance,
            SortChoice::Date => Sort::Date,
        },
        limit: (args.limit > 0).then_some(args.limit),
        offset: args.offset,
        passages: usize::from(args.passages),
        literal: args.literal,
        bare: false,
    })
}

/// The countries that typed names stand for.
pub(super) fn countries(names: &[String]) -> Result<Vec<CountryCode>, Failure> {
    let mut codes = Vec::new();
    for name in names {
        codes.extend(Countries::builtin().lookup(name)?);
    }
    Ok(codes)
}

/// The violations that typed names stand for.
pub(super) fn violations(names: &[String]) -> Result<Vec<ViolationId>, Failure> {
    let mut ids = Vec::new();
    for name in names {
        ids.extend(Violations::builtin().lookup(name)?);
    }
    Ok(ids)
}
