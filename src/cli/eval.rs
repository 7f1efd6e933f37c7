//! `amparo eval`: relevance and latency of an index on judged queries, or the annotator's labels on judged texts.

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::shown::SemanticChoice;
use super::{Failure, Format, Outcome, Place, notes};
use crate::annotate::ASSERTED;
use crate::document::Locator;
use crate::eval::{Hit, JudgedSet, LabelledSet, Latency, Query, RetrievalSet, Run};
use crate::library::{FilterValues, Filters, Library, tags};
use crate::output::contract::Line;
use crate::query::{By, Request, Semantic};
use crate::taxonomy::{CountryCode, Violations};

/// Results asked of each query.
const DEPTH: usize = 100;

/// Arguments of `eval`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder with queries.tsv and qrels.tsv, with labels.tsv, or with tables of labelled texts; or such a table
    #[arg(value_name = "DIR")]
    set: PathBuf,

    /// Write the rankings to a file in TREC's form
    #[arg(long, value_name = "FILE")]
    run: Option<PathBuf>,

    /// How text is looked for
    #[arg(long, value_enum, default_value_t, value_name = "HOW")]
    semantic: SemanticChoice,

    /// Form of the scores
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    format: Format,
}

pub(super) fn run(args: &Args, place: &Place) -> Result<Outcome, Failure> {
    match JudgedSet::read(&args.set)? {
        JudgedSet::Retrieval(set) => {
            let text = set.queries.iter().any(|query| query.text.is_some());
            let semantic = if text { args.semantic.meant() } else { Semantic::Off };
            retrieval(args, &set, &Library::open(&place.index()?)?, semantic)?;
        }
        JudgedSet::Courts(set) => {
            let mut first: HashMap<String, CountryCode> = HashMap::new();
            for file in Library::open(&place.index()?)?.snapshot().files()? {
                let country =
                    file.document.as_ref().and_then(|document| document.countries.first());
                if let Some(code) = country.and_then(|country| CountryCode::new(&country.id)) {
                    first.insert(file.relative_path(), code);
                }
            }
            print(&set.score(|file| first.get(file).copied()), args.format)?;
        }
        JudgedSet::Labelled(sets) => {
            for set in &sets {
                print(&set.score(&predictions(set)), args.format)?;
            }
        }
    }
    Ok(Outcome::Found)
}

fn retrieval(
    args: &Args,
    set: &RetrievalSet,
    library: &Library,
    semantic: Semantic,
) -> Result<(), Failure> {
    notes::say(library.with_meaning(semantic)?.into_iter().collect());
    let mut run = Run::default();
    let mut times: Vec<Duration> = Vec::with_capacity(set.queries.len());
    for query in &set.queries {
        let request = Request { semantic: args.semantic.meant(), ..request(query)? };
        let started = Instant::now();
        let answered = library.search(&request)?;
        times.push(started.elapsed());
        let hits = answered.answer.results.iter().flat_map(|result| {
            let file = result.file.relative_path();
            result.passages.iter().map(move |passage| Hit {
                file: file.clone(),
                page: match passage.locator {
                    Locator::Page { number, .. } => Some(number),
                    Locator::Section { .. } => None,
                },
                score: f64::from(passage.score),
            })
        });
        run.push(&query.id, hits.collect());
    }
    if let Some(path) = &args.run {
        let file = File::create(path).map_err(|error| Failure::file(path, error))?;
        let mut out = BufWriter::new(file);
        run.write(&mut out)
            .and_then(|()| out.flush())
            .map_err(|error| Failure::file(path, error))?;
    }
    print(&set.score(&run), args.format)?;
    print(&Latency::of(&times), args.format)
}

fn request(query: &Query) -> Result<Request, Failure> {
    let violations = FilterValues {
        violations: query.violation.iter().cloned().collect(),
        ..FilterValues::default()
    };
    let filters = Filters { only: violations, ..Filters::default() };
    Ok(Request {
        text: query.text.clone().unwrap_or_default(),
        countries: query.country.into_iter().collect(),
        languages: query.language.into_iter().collect(),
        by: By::Passage,
        limit: Some(DEPTH),
        passages: 1,
        bare: true,
        ..filters.request()?
    })
}

/// What the annotator asserts of each text of a set.
fn predictions(set: &LabelledSet) -> Vec<BTreeSet<String>> {
    let asserted = |text: &str| {
        let tags = tags(text).0.violations.into_iter();
        let strong = tags.filter(|tag| tag.weight >= ASSERTED);
        strong.map(|tag| Violations::builtin().id(tag.id).to_owned()).collect()
    };
    set.texts.iter().map(|text| asserted(&text.text)).collect()
}

/// Scores as JSON, or as one `name value` a line.
fn print(scores: &impl Serialize, format: Format) -> Result<(), Failure> {
    let value = serde_json::to_value(scores)?;
    let mut out = io::stdout().lock();
    let serde_json::Value::Object(values) = value else { return Ok(()) };
    if format == Format::Json {
        return Ok(Line::Scores(values.into_iter().collect()).write(&mut out)?);
    }
    for (name, value) in &values {
        match value {
            serde_json::Value::Number(number) => {
                let number = number.as_f64().unwrap_or(f64::NAN);
                writeln!(out, "{name:<24} {}", (number * 10_000.0).round() / 10_000.0)?;
            }
            serde_json::Value::String(text) => writeln!(out, "{name:<24} {text}")?,
            // What is broken down further is in the JSON.
            _ => {}
        }
    }
    Ok(())
}
