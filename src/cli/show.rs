//! `amparo show`: a document by id or path: what is known of it, the text of its passages.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::json;

use super::{Failure, Format, Outcome, Place};
use crate::document::{DocumentId, Evidence, Language, Locator, Numbers};
use crate::index::Snapshot;
use crate::index::record::{DocumentRecord, FileRecord, PassageRecord, page_ranges, path_text};
use crate::output::{self, Style, style::clean};
use crate::query::{Highlighter, snippet};

const EXAMPLES: &str = "\
Examples:
  amparo show 3f2a9c0d11e4b870                                        what is known of a document, and its text
  amparo show report.pdf --page 12 --highlight 'forced disappearance'   a page with what a search would match";

/// Arguments of `show`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The document's id, as search prints it, or the path of its file
    document: PathBuf,

    /// Only this page of a PDF, or this section of an HTML page, from 1
    #[arg(long, value_name = "N")]
    page: Option<usize>,

    /// Mark what a search for this text would find
    #[arg(long, value_name = "TEXT", default_value = "")]
    highlight: String,

    /// Form of the output
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    format: Format,
}

pub(super) fn run(args: &Args, place: &Place, style: &Style) -> Result<Outcome, Failure> {
    let snapshot = Snapshot::open(&place.index()?)?;
    let files = find(&snapshot, &args.document)?;
    let (file, document) = readable(&files, &args.document)?;
    let passages = passages(&snapshot, document, args.page)?;
    let mut highlighter = Highlighter::new(&args.highlight)
        .map_err(|error| Failure::syntax(&error, &args.highlight))?;
    let copies: Vec<String> = files[1..].iter().map(|copy| copy.path.clone()).collect();
    let mut near = Vec::new();
    for other in snapshot.near_duplicates_of(document.id)? {
        near.extend(snapshot.files_of(other)?.into_iter().next().map(|file| file.path));
    }
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        Format::Json => {
            let passages: Vec<_> =
                passages.iter().map(|passage| passage_json(passage, &mut highlighter)).collect();
            let shown = json!({
                "type": "document",
                "document": output::document_json(file, &copies),
                "near_duplicates": near,
                "passages": passages,
            });
            writeln!(out, "{shown}")?;
        }
        Format::Text => {
            if args.page.is_none() {
                describe(&mut out, file, document, [&copies, &near], style)?;
            }
            let first = args.page.map_or(0, |page| page as u64 - 1);
            for (ordinal, passage) in (first..).zip(&passages) {
                print(&mut out, passage, ordinal, &mut highlighter, style)?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Found)
}

/// The first of the files that hold a document, and what is known of it.
fn readable<'a>(
    files: &'a [FileRecord],
    asked: &Path,
) -> Result<(&'a FileRecord, &'a DocumentRecord), Failure> {
    let Some(file) = files.first() else {
        return Err(Failure::new(format!("no document '{}' in the index", path_text(asked)))
            .hint("give the id that search prints in brackets, or the path of an ingested file"));
    };
    let reason = file.failure.as_deref().unwrap_or("unknown reason");
    let unread = || Failure::new(format!("{} could not be read: {reason}", file.path));
    Ok((file, file.document.as_ref().ok_or_else(unread)?))
}

/// The document given by id or by a path.
pub(super) fn document(snapshot: &Snapshot, asked: &Path) -> Result<DocumentRecord, Failure> {
    readable(&find(snapshot, asked)?, asked).map(|(_, document)| document.clone())
}

/// Says that a document has no page of this number.
pub(super) fn no_page(document: &DocumentRecord, page: usize) -> Failure {
    Failure::new(format!("'{}' has no page {page}", document.title))
        .hint(format!("its pages are 1 to {}", document.pages()))
}

/// The files that hold a document given by id, or by a path: absolute, relative to here, or relative to the library.
fn find(snapshot: &Snapshot, path: &Path) -> Result<Vec<FileRecord>, Failure> {
    let name = &*path_text(path);
    if let Ok(id) = name.parse::<DocumentId>()
        && name.len() == 16
    {
        return Ok(snapshot.files_of(id)?);
    }
    let absolute = std::fs::canonicalize(path).or_else(|_| std::path::absolute(path));
    if let Ok(absolute) = absolute
        && let Some(file) = snapshot.file(&path_text(&absolute))?
    {
        return Ok(vec![file]);
    }
    let mut files = snapshot.files()?;
    files.retain(|file| file.relative_path() == name || file.file_name() == name);
    Ok(files)
}

fn passages(
    snapshot: &Snapshot,
    document: &DocumentRecord,
    page: Option<usize>,
) -> Result<Vec<PassageRecord>, Failure> {
    let addresses = snapshot.passages_of(document.id)?.into_iter();
    let passages = addresses.map(|address| snapshot.passage(address));
    let passages: Vec<PassageRecord> = passages.collect::<Result<_, _>>()?;
    let Some(page) = page else { return Ok(passages) };
    let place = |passage: &PassageRecord| match passage.locator {
        Locator::Page { number, .. } => Some(number as usize),
        Locator::Section { .. } => None,
    };
    // A page on which one part ends and another begins is several passages.
    let on_page = |(at, passage): &(usize, PassageRecord)| place(passage).unwrap_or(at + 1) == page;
    let passages: Vec<_> = passages.into_iter().enumerate().filter(on_page).collect();
    if passages.is_empty() {
        return Err(no_page(document, page));
    }
    Ok(passages.into_iter().map(|(_, passage)| passage).collect())
}

fn describe(
    out: &mut dyn Write,
    file: &FileRecord,
    document: &DocumentRecord,
    [copies, near]: [&[String]; 2],
    style: &Style,
) -> io::Result<()> {
    let shares = document
        .languages
        .iter()
        .map(|share| format!("{} {:.0} %", share.language, share.share * 100.0));
    let tags = |tags: &[crate::index::record::Weighted]| {
        let shown = tags.iter().map(|tag| format!("{} {:.2}", tag.id, tag.weight));
        shown.collect::<Vec<_>>().join(", ")
    };
    let unknown = || "unknown".to_owned();
    writeln!(out, "{}", style.strong(&clean(&document.title)))?;
    let mut lines = vec![
        ("id", document.id.to_string()),
        ("file", style.path(&file.path)),
        ("publisher", publisher(document).unwrap_or_else(unknown)),
        ("published", published(document).unwrap_or_else(unknown)),
        ("symbols", document.symbols.join(", ")),
        ("author", document.author.clone().unwrap_or_else(unknown)),
        ("languages", shares.collect::<Vec<_>>().join(", ")),
        ("countries", tags(&document.countries)),
        ("violations", tags(&document.violations)),
        ("passages", document.passages.to_string()),
    ];
    lines.extend(copies.iter().map(|copy| ("same as", style.path(copy))));
    lines.extend(near.iter().map(|other| ("nearly same", style.path(other))));
    lines.extend(document.url.iter().map(|url| ("address", url.clone())));
    if !document.picture_pages.is_empty() {
        let pages = page_ranges(&document.picture_pages);
        lines.push(("in part", format!("{pages}: pictures without text")));
    }
    lines.extend(file.warnings.iter().map(|warning| ("warning", warning.clone())));
    lines.extend(detected(document).into_iter().map(|told| ("detected", told)));
    lines.extend(document.catalogue.iter().map(|(header, value)| (header.as_str(), value.clone())));
    for (name, value) in lines.iter().filter(|(_, value)| !value.is_empty()) {
        writeln!(out, "  {name:<11} {}", clean(value))?;
    }
    Ok(())
}

/// The publisher with its kind, and what tells it unless the catalogue does.
fn publisher(document: &DocumentRecord) -> Option<String> {
    let told = &document.detected_publisher;
    let evidence = told.evidence.as_ref().filter(|_| told.name == document.publisher);
    let (name, kind) = (document.publisher.clone(), document.kind.map(|kind| kind.to_string()));
    let named = match (name, kind) {
        (Some(name), Some(kind)) => format!("{name} ({kind})"),
        (name, kind) => name.or(kind)?,
    };
    Some(with_evidence(named, evidence))
}

/// The date with what tells it, unless the catalogue does.
fn published(document: &DocumentRecord) -> Option<String> {
    let date = document.published?;
    let told = document.detected_date.as_ref().filter(|told| told.date == date);
    Some(with_evidence(date.to_string(), told.map(|told| &told.evidence)))
}

fn with_evidence(value: String, evidence: Option<&Evidence>) -> String {
    match evidence {
        Some(evidence) => format!("{value} — {evidence}"),
        None => value,
    }
}

/// What the document tells itself where the catalogue says something else.
fn detected(document: &DocumentRecord) -> Vec<String> {
    let mut detected = Vec::new();
    let title = document.own.title.as_ref().filter(|title| **title != document.title);
    detected.extend(title.map(|title| format!("title {title}")));
    let told = &document.detected_publisher;
    if let Some(name) = told.name.as_ref().filter(|name| Some(*name) != document.publisher.as_ref())
    {
        let named = told.kind.map_or_else(|| name.clone(), |kind| format!("{name} ({kind})"));
        detected.push(with_evidence(format!("publisher {named}"), told.evidence.as_ref()));
    }
    if let Some(told) =
        document.detected_date.as_ref().filter(|told| Some(told.date) != document.published)
    {
        detected.push(with_evidence(format!("published {}", told.date), Some(&told.evidence)));
    }
    detected
}

fn print(
    out: &mut dyn Write,
    passage: &PassageRecord,
    ordinal: u64,
    highlighter: &mut Highlighter,
    style: &Style,
) -> io::Result<()> {
    let paragraphs = passage.shown().filter(|it| it.number.is_some());
    let numbers = Numbers::of(paragraphs.map(|it| (it.number, it.role, it.text.as_str())));
    let section = passage.section.as_deref();
    let place = output::text::locator(&passage.locator, section, &numbers, ordinal);
    writeln!(out, "\n{}", style.faint(&format!("— {place} —")))?;
    for paragraph in &passage.paragraphs {
        let marks = highlighter.marks(&paragraph.text, paragraph.language);
        let shown = snippet::highlight(&paragraph.text, &marks);
        writeln!(out, "{}\n", style.highlight(&shown.text, &shown.highlights))?;
    }
    Ok(())
}

fn passage_json(passage: &PassageRecord, highlighter: &mut Highlighter) -> serde_json::Value {
    let (page, label, anchor) = match &passage.locator {
        Locator::Page { number, label } => (Some(number), label.as_ref(), None),
        Locator::Section { anchor, .. } => (None, None, anchor.as_ref()),
    };
    let heading = match &passage.locator {
        Locator::Section { heading, .. } => heading.as_ref(),
        Locator::Page { .. } => None,
    };
    let paragraphs = passage.paragraphs.iter().map(|paragraph| {
        let marks = highlighter.marks(&paragraph.text, paragraph.language);
        json!({
            "text": paragraph.text,
            "number": paragraph.number,
            "language": paragraph.language,
            "role": paragraph.role,
            "highlights": snippet::places(&paragraph.text, &marks),
        })
    });
    json!({
        "page": page,
        "label": label,
        "section": heading.or(passage.section.as_ref()),
        "anchor": anchor,
        "source": passage.source(),
        "pictures_only": passage.pictures_only,
        "language": Some(passage.language()).filter(|language| *language != Language::Other),
        "paragraphs": paragraphs.collect::<Vec<_>>(),
    })
}
