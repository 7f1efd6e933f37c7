//! `amparo ingest`: folders in, counts out.

use std::io::{self, Write};
use std::path::PathBuf;

use super::message::counted;
use super::progress::with_progress;
use super::{Failure, Format, Outcome, Place};
use crate::extract::Limits;
use crate::ingest::{Options, Report};
use crate::library::Ingested;
use crate::output::contract::{self, Line};

/// Arguments of `ingest`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// CSV file with a column 'path' and what the library knows of each file; without it, CATALOGUE.csv of each folder
    #[arg(long, value_name = "FILE", conflicts_with = "no_catalogue")]
    catalogue: Option<PathBuf>,

    /// Leave the folders' own CATALOGUE.csv aside
    #[arg(long)]
    no_catalogue: bool,

    /// Reading threads [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    jobs: Option<u16>,

    /// Read every file again
    #[arg(long)]
    rebuild: bool,

    /// Keep what is known of files that are gone
    #[arg(long)]
    keep_missing: bool,

    /// Seconds that one file may take
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().seconds, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    time_limit: u64,

    /// Whether passages get vectors, so that they can be found by meaning, once their words are indexed
    #[arg(long, value_enum, default_value_t, value_name = "WHETHER")]
    semantic: VectorChoice,

    /// Passages after which what has been done is committed
    #[arg(long, value_name = "N", hide = true)]
    commit_passages: Option<usize>,

    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,

    /// End with status 1 if a file could not be read
    #[arg(long)]
    strict: bool,

    /// Form of the counts
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    format: Format,
}

/// Whether passages get vectors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum VectorChoice {
    /// If a model is installed
    #[default]
    Auto,
    /// No
    Off,
}

pub(super) fn run(args: &Args, place: &Place) -> Result<Outcome, Failure> {
    let mut options = Options::new(args.paths.clone(), place.index()?);
    options.catalogue.clone_from(&args.catalogue);
    options.ignore_catalogues = args.no_catalogue;
    options.jobs = args.jobs.map(usize::from);
    options.rebuild = args.rebuild;
    options.keep_missing = args.keep_missing;
    options.dry_run = args.dry_run;
    options.limits.seconds = args.time_limit;
    options.commit_passages = args.commit_passages.unwrap_or(options.commit_passages);
    let Ingested { report, encoded, .. } =
        with_progress(options, args.semantic == VectorChoice::Auto)?;
    let mut out = io::stdout().lock();
    match args.format {
        Format::Text => write!(out, "{}", summary(&report, encoded))?,
        Format::Json => {
            let counts = serde_json::from_value(serde_json::to_value(&report)?)?;
            let line = contract::Ingest { report: counts, encoded };
            Line::Ingest(Box::new(line)).write(&mut out)?;
        }
    }
    if report.found == 0 && report.removed == 0 && report.missing == 0 {
        return Err(Failure::new("no PDF or HTML file under the given paths")
            .hint("give a folder that holds some"));
    }
    let read = report.added + report.changed + report.outdated + report.moved;
    if report.failed > 0 && report.failed == read && report.unchanged == 0 {
        return Err(Failure::new("no file could be read").hint("'amparo status' says why"));
    }
    Ok(if args.strict && report.failed > 0 { Outcome::Nothing } else { Outcome::Found })
}

fn summary(report: &Report, encoded: usize) -> String {
    let mut lines = String::new();
    let verb = if report.dry_run { "would read" } else { "read" };
    let read = report.added + report.changed + report.outdated + report.moved;
    let outdated = if report.outdated > 0 {
        format!(", {} read by an earlier version", report.outdated)
    } else {
        String::new()
    };
    let moved = if report.moved > 0 { format!(", {} moved", report.moved) } else { String::new() };
    let missing = if report.missing > 0 {
        format!(", {} missing and kept", report.missing)
    } else {
        String::new()
    };
    lines += &format!(
        "{}: {verb} {read} ({} new, {} changed{outdated}{moved}), {} unchanged, {} gone{missing}\n",
        counted(report.found, "file", "files"),
        report.added,
        report.changed,
        report.unchanged,
        report.removed
    );
    if report.migrated > 0 {
        let documents = counted(report.migrated, "document", "documents");
        lines += &format!(
            "the index was of an earlier version: {documents} taken over from stored text\n"
        );
    }
    if report.taxonomy_changed {
        lines += "the taxonomy has changed since: every document is described again from its stored text\n";
    }
    if report.redescribed > 0 {
        let documents = counted(report.redescribed, "document", "documents");
        lines += &format!("{documents} described again from stored text\n");
    }
    if report.passages > 0 {
        let seconds = report.seconds.max(0.001);
        let megabytes = report.bytes as f64 / 1e6;
        lines += &format!(
            "{}, {megabytes:.1} MB in {seconds:.1} s ({:.0} passages/s, {:.1} MB/s)\n",
            counted(report.passages, "passage", "passages"),
            report.passages as f64 / seconds,
            megabytes / seconds
        );
    }
    if encoded > 0 {
        let passages = counted(encoded, "passage", "passages");
        lines += &format!("{passages} can now be found by meaning\n");
    }
    let troubles: Vec<String> = [
        (report.failed, "could not be read"),
        (report.warned, "read in part or without text"),
        (report.copies, "copies of another file"),
        (report.skipped.len(), "skipped"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| {
        let what = if count == 1 { what.replace("copies", "copy") } else { what.to_owned() };
        format!("{count} {what}")
    })
    .collect();
    if !troubles.is_empty() {
        lines += &format!("{}; see above, or 'amparo status'\n", troubles.join(", "));
    }
    lines
}
