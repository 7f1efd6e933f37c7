//! Regions that stand for their countries: the rows of `regions.tsv`.

use crate::document::Language;
use crate::taxonomy::CountryCode;
use crate::taxonomy::columns::{ByLanguage, Row, in_language};

/// A named set of countries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its id, `northern-central-america`.
    pub id: &'static str,
    names: ByLanguage,
    /// Its members, in order of their codes.
    pub codes: Vec<CountryCode>,
}

impl Region {
    /// Its first name in a language ([`Language::Other`] gives English).
    pub fn name(&self, language: Language) -> &'static str {
        in_language(&self.names, language).split('|').next().unwrap_or(self.id)
    }

    /// All its names in every language, English first.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.names.into_iter().flat_map(|names| names.split('|')).filter(|name| !name.is_empty())
    }

    /// The region of a row with the columns `id` and `codes`; `None` if it is not one.
    pub(super) fn parse(row: &Row) -> Option<Self> {
        let id = row.cell("id")?;
        let names = row.by_language();
        let codes = row.cell("codes")?.split(' ').map(CountryCode::new);
        let codes = codes.collect::<Option<Vec<_>>>()?;
        (!names[Language::En.place()].is_empty()).then_some(Self { id, names, codes })
    }
}
