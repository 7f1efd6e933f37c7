//! An ingest as it is watched: a progress bar on a terminal, and a line on stderr for each file that gave trouble.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use indicatif::{ProgressBar, ProgressStyle};

use super::Failure;
use super::message::{counted, tell};
use crate::index::record::{FileRecord, path_text};
use crate::ingest::{Event, NOT_A_DOCUMENT, Options, Report};
use crate::library::{self, Ingested};
use crate::output::style::clean;

/// Paths named where there are many; all of them are in the JSON form of the counts.
const NAMED: usize = 5;

/// Ingests, reads in isolation with this program what has to be, and says on stderr what gave trouble. With `vectors`, passages then
/// get theirs if a model is installed.
pub(super) fn with_progress(mut options: Options, vectors: bool) -> Result<Ingested, Failure> {
    options.program = std::env::current_exe().ok();
    let bar = if io::stderr().is_terminal() { ProgressBar::new(0) } else { ProgressBar::hidden() };
    let progress = Progress { bar, files: 0.into(), of: 0.into(), passages: 0.into() };
    let mut ingested = library::ingest(&options, vectors, &|event| progress.show(&event))?;
    progress.bar.finish_and_clear();
    if let Some(error) = ingested.trouble.take() {
        tell(Failure::from(error).as_warning());
    }
    report_skipped(&ingested.report);
    report_catalogue(&ingested.report);
    Ok(ingested)
}

fn style(amounts: &str) -> ProgressStyle {
    let template = format!("{{bar:24}} {{percent:>3}}%  {amounts}  {{eta}} left  {{msg}}");
    ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

struct Progress {
    bar: ProgressBar,
    files: AtomicUsize,
    of: AtomicUsize,
    passages: AtomicUsize,
}

impl Progress {
    fn show(&self, event: &Event<'_>) {
        match event {
            Event::Planned { files, bytes } => {
                self.of.store(*files, Relaxed);
                self.bar.reset();
                self.bar.set_style(style("{bytes}/{total_bytes}  {bytes_per_sec}"));
                self.bar.set_length(*bytes);
            }
            Event::Read { file, passages } => {
                self.advance(file, *passages);
                for trouble in file.failure.iter().chain(&file.warnings) {
                    self.warn(&format!("{}: {}", clean(&file.path), clean(trouble)));
                }
            }
            Event::Vanished(file) => self.advance(file, 0),
            Event::Migrating { documents } => {
                self.begin(*documents, "documents taken over from an earlier version", "");
            }
            Event::Redescribing { documents } => self.begin(*documents, "described again", ""),
            Event::Migrated | Event::Redescribed => self.bar.inc(1),
            Event::Encoding { passages } => {
                let meanwhile = "words can be searched already";
                self.begin(*passages, "passages made findable by meaning", meanwhile);
            }
            Event::Encoded { passages } => self.bar.inc(*passages as u64),
        }
    }

    /// Begins a part of the work in which so many are done one by one.
    fn begin(&self, many: usize, what: &str, message: &'static str) {
        self.bar.reset();
        self.bar.set_style(style(&format!("{{pos}}/{{len}} {what}")));
        self.bar.set_message(message);
        self.bar.set_length(many as u64);
    }

    fn advance(&self, file: &FileRecord, passages: usize) {
        let files = self.files.fetch_add(1, Relaxed) + 1;
        let passages = self.passages.fetch_add(passages, Relaxed) + passages;
        let name: String = clean(file.file_name()).chars().take(40).collect();
        self.bar.inc(file.size);
        let of = self.of.load(Relaxed);
        self.bar.set_message(format!("file {files}/{of}, {passages} passages  {name}"));
    }

    fn warn(&self, trouble: &str) {
        self.bar.suspend(|| tell(format_args!("warning: {trouble}")));
    }
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
            let path = clean(&path_text(&skipped.path));
            tell(format_args!("skipped: {path}: {}", clean(&skipped.reason)));
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
        tell(format_args!("skipped: {}: {NOT_A_DOCUMENT}", counts.join(", ")));
    }
}

/// Where the catalogue and the files do not go together.
fn report_catalogue(report: &Report) {
    let names = |paths: &[PathBuf]| {
        let mut names: Vec<String> =
            paths.iter().take(NAMED).map(|path| clean(&path_text(path))).collect();
        if paths.len() > NAMED {
            names.push(format!("and {} more", paths.len() - NAMED));
        }
        names.join(", ")
    };
    let rows = &report.rows_without_file;
    if !rows.is_empty() {
        let said = counted(rows.len(), "row has no file", "rows have no file");
        tell(format_args!("catalogue: {said}: {}", names(rows)));
    }
    let files = &report.files_without_row;
    if !files.is_empty() {
        let said = counted(files.len(), "file has no row", "files have no row");
        tell(format_args!("catalogue: {said}: {}", names(files)));
    }
}
