//! The filters of `search` as they are typed, and what they mean.

use super::Failure;
use crate::document::{Date, Language, PublisherKind};
use crate::query::{Cell, Excluded, Request};
use crate::taxonomy::{Countries, CountryCode, ViolationId, Violations};

/// What may appear at all.
#[derive(Debug, clap::Args)]
#[command(
    next_help_heading = "Filters (repeated: any of the values; different filters: all of them)"
)]
pub(super) struct Filters {
    /// About a country: a code, or a name in English, Spanish or French, or a region
    #[arg(long, short, value_name = "C")]
    country: Vec<String>,

    /// About a violation: an id or a label of the taxonomy, or a group's
    #[arg(long, short = 'v', value_name = "V")]
    violation: Vec<String>,

    /// Let --country and --violation admit passages that only mention them, too
    #[arg(long)]
    mentions: bool,

    /// With text in a language: en, es, fr or other
    #[arg(long, short, value_name = "L")]
    lang: Vec<String>,

    /// From a publisher whose name holds this
    #[arg(long, short, value_name = "P")]
    publisher: Vec<String>,

    /// From a kind of publisher: government, intergovernmental, court, ngo, academic, media or expert
    #[arg(long, value_name = "K", value_parser = kind)]
    kind: Vec<PublisherKind>,

    /// With a value in a column of the catalogue; '*' stands for any text
    #[arg(long = "where", value_name = "COLUMN=VALUE", value_parser = cell)]
    cells: Vec<Cell>,

    /// Published in or after: 2019, 2019-03 or 2019-03-05
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,

    /// Published in or before
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,

    /// Leave out what --country would admit
    #[arg(long, value_name = "C")]
    not_country: Vec<String>,

    /// Leave out what --violation would admit
    #[arg(long, value_name = "V")]
    not_violation: Vec<String>,

    /// Leave out what --lang would admit
    #[arg(long, value_name = "L")]
    not_lang: Vec<String>,

    /// Leave out what --publisher would admit
    #[arg(long, value_name = "P")]
    not_publisher: Vec<String>,

    /// Leave out what --kind would admit
    #[arg(long, value_name = "K", value_parser = kind)]
    not_kind: Vec<PublisherKind>,

    /// Leave out what --where would admit
    #[arg(long, value_name = "COLUMN=VALUE", value_parser = cell)]
    not_where: Vec<Cell>,
}

impl Filters {
    /// A request with these filters and nothing else.
    pub(super) fn request(&self) -> Result<Request, Failure> {
        Ok(Request {
            countries: countries(&self.country)?,
            violations: violations(&self.violation)?,
            mentions: self.mentions,
            languages: languages(&self.lang)?,
            publishers: self.publisher.clone(),
            kinds: self.kind.clone(),
            cells: self.cells.clone(),
            since: self.since,
            until: self.until,
            not: Excluded {
                countries: countries(&self.not_country)?,
                violations: violations(&self.not_violation)?,
                languages: languages(&self.not_lang)?,
                publishers: self.not_publisher.clone(),
                kinds: self.not_kind.clone(),
                cells: self.not_where.clone(),
            },
            ..Request::default()
        })
    }
}

/// A kind of publisher as typed.
fn kind(typed: &str) -> Result<PublisherKind, String> {
    PublisherKind::parse(typed).ok_or_else(|| {
        format!("known are {}", PublisherKind::ALL.map(PublisherKind::as_str).join(", "))
    })
}

/// `COLUMN=VALUE` as typed.
fn cell(typed: &str) -> Result<Cell, String> {
    match typed.split_once('=') {
        Some((column, value)) if !column.trim().is_empty() && !value.trim().is_empty() => {
            Ok(Cell { column: column.to_owned(), value: value.to_owned() })
        }
        _ => {
            Err("write a column of the catalogue, '=' and a value, as in case=Velasquez".to_owned())
        }
    }
}

/// The countries that typed names stand for.
fn countries(names: &[String]) -> Result<Vec<CountryCode>, Failure> {
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

fn languages(codes: &[String]) -> Result<Vec<Language>, Failure> {
    let languages = codes.iter().map(|code| {
        Language::parse(code).ok_or_else(|| {
            Failure::new(format!("unknown language '{code}'")).hint("one of en, es, fr, other")
        })
    });
    languages.collect()
}
