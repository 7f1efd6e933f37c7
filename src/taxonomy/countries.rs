//! All ISO 3166-1 countries with their names in every language, and regions that expand to them.
//!
//! The tables `countries.tsv` and `regions.tsv` go in; codes, names and the forms that a matcher looks for come out. Nothing here
//! reads a text: which country a passage names is the matcher's question.

use std::fmt;
use std::sync::{LazyLock, OnceLock};

use rustc_hash::FxHashMap;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::analysis::folded_words;
use crate::document::Language;
use crate::taxonomy::Unknown;
use crate::taxonomy::columns::{self, ByLanguage, in_language, lines};
use crate::taxonomy::forms::{Form, FormKind, Row};
use crate::taxonomy::regions::Region;

/// The tables as they stand in the binary: whatever depends on them can be told by their hash.
pub const TABLES: [&str; 2] = [include_str!("countries.tsv"), include_str!("regions.tsv")];

/// An ISO 3166-1 alpha-2 code, upper case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// The code of two ASCII letters in any case; says nothing of whether such a country exists.
    pub fn new(text: &str) -> Option<Self> {
        let bytes: [u8; 2] = text.as_bytes().try_into().ok()?;
        bytes
            .iter()
            .all(u8::is_ascii_alphabetic)
            .then(|| Self(bytes.map(|byte| byte.to_ascii_uppercase())))
    }

    /// The code as text, `HN`.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }

    /// The code as a number, to pack into index columns.
    pub fn to_u16(self) -> u16 {
        u16::from_be_bytes(self.0)
    }

    /// The code of a number that [`Self::to_u16`] made.
    pub fn from_u16(number: u16) -> Option<Self> {
        let bytes = number.to_be_bytes();
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CountryCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CountryCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let unknown = || D::Error::custom(format!("'{text}' is no country code"));
        Self::new(&text).ok_or_else(unknown)
    }
}

/// The table of countries.
#[derive(Debug)]
pub struct Countries {
    /// Display names in the order of [`Language::INDEXED`], by code.
    names: Vec<(CountryCode, ByLanguage)>,
    rows: Vec<Row>,
    regions: Vec<Region>,
    /// What a filter may say, folded. Made when first asked for: a search without a country filter never needs it.
    filters: OnceLock<FxHashMap<String, Vec<CountryCode>>>,
}

impl Countries {
    /// The built-in table, read once.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Countries> =
            LazyLock::new(|| Countries::parse(TABLES[0], TABLES[1]));
        &BUILTIN
    }

    fn parse(countries: &'static str, regions: &'static str) -> Self {
        let rows: Vec<Row> = lines(countries).filter_map(Row::parse).collect();
        let mut names: Vec<(CountryCode, ByLanguage)> = Vec::with_capacity(256);
        for row in rows.iter().filter(|row| row.form.kind == FormKind::Name) {
            let Some(code) = row.form.meaning else { continue };
            if names.last().is_none_or(|(last, _)| *last != code) {
                names.push((code, [""; Language::COUNT]));
            }
            for (column, language) in Language::INDEXED.into_iter().enumerate() {
                if let (Some((_, shown)), true) =
                    (names.last_mut(), row.column.is_none_or(|own| own == language))
                {
                    shown[column] = row.form.text;
                }
            }
        }
        let regions = columns::rows(regions).filter_map(|row| Region::parse(&row)).collect();
        Self { names, rows, regions, filters: OnceLock::new() }
    }

    /// Every country in order of its code.
    pub fn codes(&self) -> impl Iterator<Item = CountryCode> + '_ {
        self.names.iter().map(|(code, _)| *code)
    }

    /// The short name in a language ([`Language::Other`] gives English); the code itself if the table lacks it.
    pub fn name(&self, code: CountryCode, language: Language) -> String {
        match self.names.binary_search_by_key(&code, |(code, _)| *code) {
            Ok(at) => in_language(&self.names[at].1, language).to_owned(),
            Err(_) => code.to_string(),
        }
    }

    /// The forms to look for in texts, no two of the same folded words.
    pub fn forms(&self) -> impl Iterator<Item = Form<'static>> + '_ {
        self.rows.iter().filter(|row| row.is_for_texts()).map(|row| row.form)
    }

    /// Every region in order of its id.
    pub fn regions(&self) -> impl Iterator<Item = &Region> {
        self.regions.iter()
    }

    /// The region of an id or of a name in any language.
    pub fn region(&self, text: &str) -> Option<&Region> {
        let wanted = folded_words(text);
        let names = |region: &Region| {
            folded_words(region.id) == wanted
                || region.names().any(|name| folded_words(name) == wanted)
        };
        self.regions.iter().find(|region| names(region))
    }

    /// The countries of which this text is a name, alias or demonym in any language; `None` if it is none.
    pub fn find(&self, text: &str) -> Option<Vec<CountryCode>> {
        self.filters.get_or_init(|| self.filters()).get(&folded_words(text)).cloned()
    }

    /// The countries that a text names: a code, a name, alias or demonym in any language, or a region (`northern-central-america`).
    ///
    /// Accents, case and a leading article do not matter. A name that two countries share gives both (`Congo`, `Korea`).
    ///
    /// # Errors
    /// [`Unknown`] with the nearest names.
    pub fn lookup(&self, text: &str) -> Result<Vec<CountryCode>, Unknown> {
        self.named(text).ok_or_else(|| Unknown::new("country", text.trim(), self.nameable()))
    }

    /// As [`Self::lookup`], without looking for the nearest names where there is none.
    pub fn named(&self, text: &str) -> Option<Vec<CountryCode>> {
        let text = text.trim();
        let code = CountryCode::new(text)
            .filter(|code| self.names.binary_search_by_key(code, |(code, _)| *code).is_ok());
        if let Some(code) = code {
            return Some(vec![code]);
        }
        let folded = folded_words(text);
        // Dots join letters to one word only where they are capitals: `u.s.a.`
        self.find_or_region(&folded)
            .or_else(|| self.find_or_region(without_article(&folded)?))
            .or_else(|| self.find_or_region(&folded_words(&text.to_uppercase())))
    }

    fn find_or_region(&self, folded: &str) -> Option<Vec<CountryCode>> {
        self.find(folded).or_else(|| self.region(folded).map(|region| region.codes.clone()))
    }

    fn filters(&self) -> FxHashMap<String, Vec<CountryCode>> {
        let mut filters = FxHashMap::default();
        for row in self.rows.iter().filter(|row| row.is_for_filters()) {
            let codes = row.form.meaning.into_iter().chain(row.form.also).collect();
            filters.entry(folded_words(row.form.text)).or_insert(codes);
        }
        filters
    }

    /// What an error may suggest: names and aliases, but no grammatical forms, and no acronyms, which resemble each other too much.
    fn nameable(&self) -> impl Iterator<Item = &'static str> {
        let suggested = |row: &&Row| match row.form.kind {
            FormKind::Name => true,
            FormKind::Alias => !row.form.cased,
            _ => false,
        };
        let names = self.rows.iter().filter(suggested).map(|row| row.form.text);
        names.chain(self.regions.iter().map(|region| region.id))
    }
}

/// Whether a folded word is an article in any language.
pub(super) fn is_article(word: &str) -> bool {
    Language::profiles().any(|profile| profile.articles.contains(&word))
}

fn without_article(folded: &str) -> Option<&str> {
    let (article, rest) = folded.split_once(' ')?;
    is_article(article).then_some(rest)
}

#[cfg(test)]
mod tests;
