//! `amparo annotate`: countries, violations and language of a text, and the words that led to them.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{Failure, Format, Outcome};
use crate::annotate::{Annotator, Context, Kind, Mention, Subject, Tag, Tags};
use crate::document::{Language, Locator, Paragraph, Passage};
use crate::language;
use crate::taxonomy::{Countries, CountryCode, ViolationId, Violations};

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
            writeln!(out, "{}", Reading::of(text.trim_end_matches(['\n', '\r'])).json())?;
            line.clear();
        }
        out.flush()?;
        return Ok(Outcome::Found);
    }
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let reading = Reading::of(&text);
    match args.format {
        Format::Json => writeln!(out, "{}", reading.json())?,
        Format::Text => reading.print(&mut out)?,
    }
    out.flush()?;
    let nothing = reading.tags.countries.is_empty() && reading.tags.violations.is_empty();
    Ok(if nothing { Outcome::Nothing } else { Outcome::Found })
}

/// A text and what was read out of it.
struct Reading<'t> {
    text: &'t str,
    language: Language,
    tags: Tags,
    mentions: Vec<Mention>,
}

impl<'t> Reading<'t> {
    fn of(text: &'t str) -> Self {
        let (tags, language) = tags_of(text);
        let mentions = Annotator::builtin().mentions(text, language);
        Self { text, language, tags, mentions }
    }

    fn terms(&self, wanted: impl Fn(Subject) -> bool) -> Vec<&Mention> {
        self.mentions.iter().filter(|mention| wanted(mention.subject)).collect()
    }

    fn country_terms(&self, code: CountryCode) -> Vec<&Mention> {
        self.terms(|subject| subject == Subject::Country(code))
    }

    fn violation_terms(&self, id: ViolationId) -> Vec<&Mention> {
        self.terms(|subject| matches!(subject, Subject::Violation(found, _) if found == id))
    }

    /// The contract of `annotate --lines`.
    fn json(&self) -> Value {
        let term = |mention: &&Mention| {
            let start = self.text[..mention.range.start].chars().count();
            let text = &self.text[mention.range.clone()];
            let kind = match mention.subject {
                Subject::Violation(_, Kind::Instrument) => "instrument",
                Subject::Violation(_, Kind::Account) => "account",
                Subject::Country(_) => "name",
            };
            json!({ "text": text, "start": start, "end": start + text.chars().count(), "kind": kind, "weak": mention.weak })
        };
        let countries = self.tags.countries.iter().map(|tag| {
            let terms: Vec<_> = self.country_terms(tag.id).iter().map(term).collect();
            json!({ "code": tag.id.as_str(), "weight": tag.weight, "mentions": tag.mentions, "terms": terms })
        });
        let violations = self.tags.violations.iter().map(|tag| {
            let terms: Vec<_> = self.violation_terms(tag.id).iter().map(term).collect();
            json!({
                "id": Violations::builtin().id(tag.id), "kind": kind(tag), "weight": tag.weight,
                "mentions": tag.mentions, "terms": terms,
            })
        });
        json!({
            "language": self.language,
            "countries": countries.collect::<Vec<_>>(),
            "violations": violations.collect::<Vec<_>>(),
        })
    }

    fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "language   {}", self.language)?;
        let words = |mentions: Vec<&Mention>| {
            let mut words: Vec<&str> =
                mentions.iter().map(|mention| &self.text[mention.range.clone()]).collect();
            words.sort_unstable();
            words.dedup();
            crate::output::style::clean(&words.join(", "))
        };
        for tag in &self.tags.countries {
            let name = Countries::builtin().name(tag.id, Language::En);
            let words = words(self.country_terms(tag.id));
            writeln!(
                out,
                "country    {} {name}  {:.2}  ({} mentions: {words})",
                tag.id, tag.weight, tag.mentions
            )?;
        }
        for tag in &self.tags.violations {
            let id = Violations::builtin().id(tag.id);
            let words = words(self.violation_terms(tag.id));
            let kind = kind(tag);
            writeln!(
                out,
                "violation  {id}  {:.2}  {kind} ({} mentions: {words})",
                tag.weight, tag.mentions
            )?;
        }
        Ok(())
    }
}

/// The tags of a text that stands for itself, and its language.
pub(super) fn tags_of(text: &str) -> (Tags, Language) {
    let mut paragraphs: Vec<Paragraph> = text
        .split("\n\n")
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(Paragraph::body)
        .collect();
    language::tell(&mut paragraphs);
    let language = language::detect(text)
        .or_else(|| paragraphs.first().map(|paragraph| paragraph.language))
        .unwrap_or(Language::Other);
    let locator = Locator::Section { heading: None, anchor: None };
    let passage = Passage::new(locator, None, paragraphs);
    let mut annotation = Annotator::builtin().annotate(&[passage], &Context::default());
    (annotation.passages.pop().unwrap_or_default(), language)
}

fn kind(tag: &Tag<ViolationId>) -> &'static str {
    if tag.instruments >= tag.mentions { "instrument" } else { "account" }
}
