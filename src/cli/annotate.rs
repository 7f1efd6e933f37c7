//! `amparo annotate`: countries, violations and language of a text, and the words that led to them.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use super::{Failure, Format, Outcome};
use crate::document::Language;
use crate::library::about;
use crate::output::contract::{AnnotatedCountry, AnnotatedViolation, Annotation, Line, Term};
use crate::output::style::clean;
use crate::taxonomy::{Countries, CountryCode};

/// Arguments of `annotate`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A text file, or - for standard input
    #[arg(default_value = "-", value_name = "FILE")]
    file: PathBuf,

    /// Take each line as a text of its own; answers one JSON object a line
    #[arg(long)]
    lines: bool,

    /// Form of the output
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    format: Format,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let input: Box<dyn Read> = if args.file == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(std::fs::File::open(&args.file).map_err(|error| Failure::file(&args.file, error))?)
    };
    let mut input = BufReader::new(input);
    let mut out = io::BufWriter::new(io::stdout().lock());
    if args.lines {
        let mut line = Vec::new();
        while input.read_until(b'\n', &mut line)? > 0 {
            let text = String::from_utf8_lossy(&line);
            Line::Annotation(about(text.trim_end_matches(['\n', '\r']))).write(&mut out)?;
            line.clear();
        }
        out.flush()?;
        return Ok(Outcome::Found);
    }
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let annotation = about(&String::from_utf8_lossy(&bytes));
    let nothing = annotation.countries.is_empty() && annotation.violations.is_empty();
    match args.format {
        Format::Json => Line::Annotation(annotation).write(&mut out)?,
        Format::Text => print(&mut out, &annotation)?,
    }
    out.flush()?;
    Ok(if nothing { Outcome::Nothing } else { Outcome::Found })
}

fn print(out: &mut dyn Write, annotation: &Annotation) -> io::Result<()> {
    writeln!(out, "language   {}", annotation.language)?;
    for country in &annotation.countries {
        let AnnotatedCountry { code, weight, mentions, terms } = country;
        let known = CountryCode::new(code);
        let name = known.map(|code| Countries::builtin().name(code, Language::En));
        let name = name.unwrap_or_default();
        let words = words(terms);
        writeln!(out, "country    {code} {name}  {weight:.2}  ({mentions} mentions: {words})")?;
    }
    for violation in &annotation.violations {
        let AnnotatedViolation { id, kind, weight, mentions, terms } = violation;
        let words = words(terms);
        writeln!(out, "violation  {id}  {weight:.2}  {kind} ({mentions} mentions: {words})")?;
    }
    Ok(())
}

/// The words of terms, each once.
fn words(terms: &[Term]) -> String {
    let mut words: Vec<&str> = terms.iter().map(|term| term.text.as_str()).collect();
    words.sort_unstable();
    words.dedup();
    clean(&words.join(", "))
}
