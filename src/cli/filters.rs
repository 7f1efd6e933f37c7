//! The filters of `search` as they are typed.

use super::Failure;
use crate::library::{self, FilterValues};
use crate::query::Request;

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
    #[arg(long, value_name = "K")]
    kind: Vec<String>,

    /// With a value in a column of the catalogue; '*' stands for any text
    #[arg(long = "where", value_name = "COLUMN=VALUE")]
    cells: Vec<String>,

    /// Published in or after: 2019, 2019-03 or 2019-03-05
    #[arg(long, value_name = "DATE")]
    since: Option<String>,

    /// Published in or before
    #[arg(long, value_name = "DATE")]
    until: Option<String>,

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
    #[arg(long, value_name = "K")]
    not_kind: Vec<String>,

    /// Leave out what --where would admit
    #[arg(long, value_name = "COLUMN=VALUE")]
    not_where: Vec<String>,
}

impl Filters {
    /// A request with these filters and nothing else.
    pub(super) fn request(&self) -> Result<Request, Failure> {
        let filters = library::Filters {
            only: FilterValues {
                countries: self.country.clone(),
                violations: self.violation.clone(),
                languages: self.lang.clone(),
                publishers: self.publisher.clone(),
                kinds: self.kind.clone(),
                cells: self.cells.clone(),
            },
            mentions: self.mentions,
            since: self.since.clone(),
            until: self.until.clone(),
            not: FilterValues {
                countries: self.not_country.clone(),
                violations: self.not_violation.clone(),
                languages: self.not_lang.clone(),
                publishers: self.not_publisher.clone(),
                kinds: self.not_kind.clone(),
                cells: self.not_where.clone(),
            },
        };
        Ok(filters.request()?)
    }
}
