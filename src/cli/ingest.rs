//! `amparo ingest`: folders in, progress and counts out.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};

use super::{Failure, Format, Outcome, Place};
use crate::index::record::FileRecord;
use crate::ingest::{Event, NOT_A_DOCUMENT, Options, Report, ingest};
use crate::output::style::clean;

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

    /// Read every file again; also replaces an index of another version
    #[arg(long)]
    rebuild: bool,

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

pub(super) fn run(args: &Args, place: &Place) -> Result<Outcome, Failure> {
    let options = Options {
        catalogue: args.catalogue.clone(),
        ignore_catalogues: args.no_catalogue,
        jobs: args.jobs.map(usize::from),
        rebuild: args.rebuild,
        dry_run: args.dry_run,
        ..Options::new(args.paths.clone(), place.index()?)
    };
    let report = with_progress(&options)?;
    let mut out = io::stdout().lock();
    match args.format {
        Format::Text => write!(out, "{}", summary(&report))?,
        Format::Json => writeln!(out, "{}", serde_json::to_string(&report)?)?,
    }
    if report.found == 0 && report.removed == 0 {
        return Err(Failure::new("no PDF or HTML file under the given paths")
            .hint("give a folder that holds some"));
    }
    if report.failed > 0 && report.failed == report.added + report.changed && report.unchanged == 0
    {
        return Err(Failure::new("no file could be read").hint("'amparo status' says why"));
    }
    Ok(if args.strict && report.failed > 0 { Outcome::Nothing } else { Outcome::Found })
}

/// Ingests with a progress bar on a terminal, and a line on stderr for each file that gave trouble.
pub(super) fn with_progress(options: &Options) -> Result<Report, Failure> {
    let bar = if io::stderr().is_terminal() { ProgressBar::new(0) } else { ProgressBar::hidden() };
    let style = ProgressStyle::with_template(
        "{bar:24} {percent:>3}%  {bytes}/{total_bytes}  {bytes_per_sec}  {eta} left  {msg}",
    );
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let observe = |event: Event<'_>| match event {
        Event::Planned { bytes, .. } => bar.set_length(bytes),
        Event::Read(record) => {
            bar.inc(record.size);
            let name: String = clean(record.file_name()).chars().take(40).collect();
            bar.set_message(name);
            for trouble in troubles(record) {
                bar.suspend(|| eprintln!("warning: {}: {trouble}", clean(&record.path)));
            }
        }
    };
    let report = ingest(options, &observe)?;
    bar.finish_and_clear();
    report_skipped(&report);
    Ok(report)
}

/// Files that are no documents are many and dull: they are counted by extension. Anything else is named.
fn report_skipped(report: &Report) {
    let mut by_extension: BTreeMap<String, usize> = BTreeMap::new();
    for skipped in &report.skipped {
        if skipped.reason == NOT_A_DOCUMENT {
            let extension = skipped
                .path
                .extension()
                .map(|extension| extension.to_string_lossy().to_lowercase());
            *by_extension.entry(extension.unwrap_or_default()).or_default() += 1;
        } else {
            let path = clean(&skipped.path.to_string_lossy());
            eprintln!("skipped: {path}: {}", clean(&skipped.reason));
        }
    }
    let counts: Vec<String> = by_extension
        .into_iter()
        .map(|(extension, count)| {
            if extension.is_empty() {
                format!("{count} without extension")
            } else {
                format!("{count} .{}", clean(&extension))
            }
        })
        .collect();
    if !counts.is_empty() {
        eprintln!("skipped: {}: {NOT_A_DOCUMENT}", counts.join(", "));
    }
}

fn troubles(record: &FileRecord) -> impl Iterator<Item = String> + '_ {
    record.failure.iter().chain(&record.warnings).map(|trouble| clean(trouble))
}

fn summary(report: &Report) -> String {
    let mut lines = String::new();
    let verb = if report.dry_run { "would read" } else { "read" };
    let read = report.added + report.changed;
    lines += &format!(
        "{} files: {verb} {read} ({} new, {} changed), {} unchanged, {} gone\n",
        report.found, report.added, report.changed, report.unchanged, report.removed
    );
    if report.taxonomy_changed {
        lines += "the taxonomy has changed since: every file was read again\n";
    }
    if read > 0 && !report.dry_run {
        let seconds = report.seconds.max(0.001);
        let megabytes = report.bytes as f64 / 1e6;
        lines += &format!(
            "{} passages, {megabytes:.1} MB in {seconds:.1} s ({:.0} passages/s, {:.1} MB/s)\n",
            report.passages,
            report.passages as f64 / seconds,
            megabytes / seconds
        );
    }
    let troubles: Vec<String> = [
        (report.failed, "could not be read"),
        (report.warned, "read in part or without text"),
        (report.copies, "copies of another file"),
        (report.skipped.len(), "skipped"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{count} {what}"))
    .collect();
    if !troubles.is_empty() {
        lines += &format!("{}; see above, or 'amparo status'\n", troubles.join(", "));
    }
    lines
}
