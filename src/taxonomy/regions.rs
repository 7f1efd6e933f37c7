//! Regions that stand for their countries: the rows of `regions.tsv`.

use crate::document::Language;
use crate::taxonomy::CountryCode;

/// A named set of countries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its id, `northern-central-america`.
    pub id: &'static str,
    names: [&'static str; 3],
    /// Its members, in order of their codes.
    pub codes: Vec<CountryCode>,
}

impl Region {
    /// Its first name in a language ([`Language::Other`] gives English).
    pub fn name(&self, language: Language) -> &'static str {
        let column = Language::INDEXED.iter().position(|known| *known == language).unwrap_or(0);
        self.names[column].split('|').next().unwrap_or(self.id)
    }

    /// All its names in the three languages, English first.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.names.into_iter().flat_map(|names| names.split('|'))
    }

    /// The region of a line `id<TAB>English<TAB>Spanish<TAB>French<TAB>codes`; `None` if it is not one.
    pub(super) fn parse(line: &'static str) -> Option<Self> {
        let mut fields = line.split('\t');
        let id = fields.next()?;
        let names = [fields.next()?, fields.next()?, fields.next()?];
        let codes = fields.next()?.split(' ').map(CountryCode::new).collect::<Option<Vec<_>>>()?;
        names.iter().all(|names| !names.is_empty()).then_some(Self { id, names, codes })
    }
}
