//! `amparo show`: a document by id, path or symbol: what is known of it, the text of its passages.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use super::{Failure, Format, Outcome, Place};
use crate::document::{Evidence, Language};
use crate::index::record::{DocumentRecord, FileRecord, PassageRecord, page_ranges};
use crate::library::{Found, Library};
use crate::output::contract::{self, Line, Shown, ShownParagraph, ShownPassage};
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
    /// The document's id, as search prints it, the path of its file, or its symbol
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
    let library = Library::open(&place.index()?)?;
    let Found { file, document, copies, .. } = library.find(&args.document)?;
    let passages = library.passages(&document, args.page)?;
    let mut highlighter = Highlighter::new(&args.highlight)
        .map_err(|error| Failure::syntax(&error, &args.highlight))?;
    let near = library.near_duplicates(document.id)?;
    let near: Vec<String> = near.into_iter().map(|file| file.path).collect();
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        Format::Json => {
            let passages = passages.iter();
            let passages =
                passages.map(|(ordinal, passage)| shown(passage, *ordinal, &mut highlighter));
            let shown = Shown {
                document: contract::Document::of(&file, &document, &copies),
                near_duplicates: near,
                passages: passages.collect(),
            };
            Line::Document(Box::new(shown)).write(&mut out)?;
        }
        Format::Text => {
            if args.page.is_none() {
                describe(&mut out, &file, &document, [&copies, &near], style)?;
            }
            for (ordinal, passage) in &passages {
                print(&mut out, passage, *ordinal, &mut highlighter, style)?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Found)
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
    let (section, numbers) = (passage.section.as_deref(), passage.numbers());
    let place = output::text::locator(&passage.locator, section, &numbers, ordinal);
    writeln!(out, "\n{}", style.faint(&format!("— {place} —")))?;
    for paragraph in &passage.paragraphs {
        let marks = highlighter.marks(&paragraph.text, paragraph.language);
        let shown = snippet::highlight(&paragraph.text, &marks);
        writeln!(out, "{}\n", style.highlight(&shown.text, &shown.highlights))?;
    }
    Ok(())
}

fn shown(passage: &PassageRecord, ordinal: u64, highlighter: &mut Highlighter) -> ShownPassage {
    let paragraphs = passage.paragraphs.iter().map(|paragraph| {
        let marks = highlighter.marks(&paragraph.text, paragraph.language);
        ShownParagraph {
            text: paragraph.text.clone(),
            number: paragraph.number,
            language: paragraph.language,
            role: paragraph.role,
            highlights: snippet::places(&paragraph.text, &marks),
        }
    });
    ShownPassage {
        locator: contract::Locator::of_record(ordinal, passage),
        language: Some(passage.language()).filter(|language| *language != Language::Other),
        pictures_only: passage.pictures_only,
        paragraphs: paragraphs.collect(),
    }
}
