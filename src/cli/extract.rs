//! `amparo extract`: the text of files, without an index.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::message::tell;
use super::{Failure, Format, Outcome};
use crate::document::{Numbers, Passage, Role};
use crate::extract::{self, Extracted, Limits, identity};
use crate::output::contract::{self, Evidence, ExtractedParagraph, ExtractedPassage, Line, Told};
use crate::parts;

/// Arguments of `extract`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// PDF and HTML files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Form of the output; as text, a form feed ends each page
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    format: Format,
}

/// Stack of the thread that extracts: as deep as that of an ingest's.
const STACK: usize = 32 << 20;

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let name = format!("{}-0", crate::ingest::READER_THREAD);
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name(name).stack_size(STACK);
        let extracting = thread.spawn_scoped(scope, || extract_all(args))?;
        extracting.join().map_err(|_| Failure::new("the extractor failed"))?
    })
}

fn extract_all(args: &Args) -> Result<Outcome, Failure> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut failed = 0;
    for path in &args.files {
        let extracted = std::fs::read(path).map_err(|error| error.to_string()).and_then(|bytes| {
            extract::extract(&bytes, &path.to_string_lossy(), &Limits::default())
                .map_err(|error| error.to_string())
        });
        match extracted {
            Ok(extracted) => write(&mut out, path, extracted, args.format)?,
            Err(reason) => {
                failed += 1;
                out.flush()?;
                tell(format_args!("warning: {}: {reason}", path.display()));
            }
        }
    }
    out.flush()?;
    if failed == args.files.len() {
        return Err(Failure::new("no file could be read"));
    }
    Ok(Outcome::Found)
}

fn write(
    out: &mut dyn Write,
    path: &Path,
    extracted: Extracted,
    format: Format,
) -> Result<(), Failure> {
    if format == Format::Text {
        for warning in &extracted.warnings {
            tell(format_args!("warning: {}: {warning}", path.display()));
        }
        let paged = extracted.format.has_pages();
        for passage in &extracted.passages {
            for paragraph in
                passage.paragraphs.iter().filter(|paragraph| paragraph.role != Role::Note)
            {
                out.write_all(paragraph.text.as_bytes())?;
                out.write_all(b"\n")?;
            }
            out.write_all(if paged { b"\x0c" } else { b"\n" })?;
        }
        return Ok(());
    }
    let warnings: Vec<String> = extracted.warnings.iter().map(ToString::to_string).collect();
    let (passages, parts) = parts::divide(extracted.passages.clone());
    let publisher = identity::publisher(&extracted.metadata, &extracted.passages);
    let line = contract::Extracted {
        path: path.to_string_lossy().into_owned(),
        format: extracted.format,
        publisher: Told {
            name: publisher.name,
            kind: publisher.kind,
            evidence: publisher.evidence.as_ref().map(Evidence::from),
        },
        metadata: extracted.metadata,
        warnings,
        parts,
        passages: (0..).zip(passages).map(passage).collect(),
    };
    Ok(Line::Extracted(Box::new(line)).write(out)?)
}

fn passage((ordinal, passage): (u64, Passage)) -> ExtractedPassage {
    let shown = passage.paragraphs.iter().filter(|it| it.role != Role::Furniture);
    let numbered = shown.filter(|it| it.number.is_some());
    let numbers = Numbers::of(numbered.map(|it| (it.number, it.role, it.text.as_str())));
    let section = passage.section.as_deref();
    let locator =
        contract::Locator::of(ordinal, &passage.locator, section, numbers, passage.source);
    let paragraphs = passage.paragraphs.into_iter().map(|paragraph| ExtractedParagraph {
        text: paragraph.text,
        number: paragraph.number,
        language: paragraph.language,
        role: paragraph.role,
        font_size: paragraph.font_size,
    });
    let pictures_only = passage.pictures_only;
    ExtractedPassage { locator, pictures_only, paragraphs: paragraphs.collect() }
}
