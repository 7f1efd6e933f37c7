//! What a library's documents are about and who published them, counted; and the taxonomy itself.

use std::collections::{BTreeMap, BTreeSet};

use super::{Error, Library};
use crate::document::{DocumentId, Language, PublisherKind};
use crate::index::record::DocumentRecord;
use crate::output::contract::{CountryLine, Names, PublisherLine, ViolationLine};
use crate::taxonomy::{Countries, CountryCode, ViolationId, Violations};

impl Library {
    /// The countries that documents are about, the most frequent first.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn countries(&self) -> Result<Vec<CountryLine>, Error> {
        let counts = self.counted(|document| ids(&document.countries))?;
        let line = |(code, documents): (String, usize)| {
            let names = CountryCode::new(&code).map(names_of_country).unwrap_or_default();
            CountryLine { code, documents: Some(documents), names }
        };
        Ok(counts.into_iter().map(line).collect())
    }

    /// The violations that documents are about, the most frequent first.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn violations(&self) -> Result<Vec<ViolationLine>, Error> {
        let counts = self.counted(|document| ids(&document.violations))?;
        let line = |(id, documents): (String, usize)| {
            let known = Violations::builtin().find(&id).and_then(|found| found.first().copied());
            let names = known.map(names_of_violation).unwrap_or_default();
            ViolationLine { id, documents: Some(documents), names }
        };
        Ok(counts.into_iter().map(line).collect())
    }

    /// The publishers of documents, the most frequent first.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn publishers(&self) -> Result<Vec<PublisherLine>, Error> {
        let mut kinds: BTreeMap<String, PublisherKind> = BTreeMap::new();
        for file in self.snapshot().files()? {
            if let Some(document) = file.document
                && let (Some(publisher), Some(kind)) = (document.publisher, document.kind)
            {
                kinds.entry(publisher).or_insert(kind);
            }
        }
        let counts = self.counted(|document| document.publisher.clone().into_iter().collect())?;
        let line = |(publisher, documents): (String, usize)| PublisherLine {
            kind: kinds.get(&publisher).copied(),
            publisher,
            documents,
        };
        Ok(counts.into_iter().map(line).collect())
    }

    /// What documents are counted under, the most frequent first.
    fn counted(
        &self,
        keys: impl Fn(&DocumentRecord) -> Vec<String>,
    ) -> Result<Vec<(String, usize)>, Error> {
        let mut documents: BTreeMap<String, BTreeSet<DocumentId>> = BTreeMap::new();
        self.snapshot().each_file(|file| {
            if let Some(document) = file.document {
                for key in keys(&document) {
                    documents.entry(key).or_default().insert(document.id);
                }
            }
        })?;
        let counts = documents.into_iter().map(|(key, documents)| (key, documents.len()));
        let mut counts: Vec<_> = counts.collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(counts)
    }
}

fn ids(tags: &[crate::index::record::Weighted]) -> Vec<String> {
    tags.iter().map(|tag| tag.id.clone()).collect()
}

/// Every country that is known.
pub fn known_countries() -> Vec<CountryLine> {
    let line = |code: CountryCode| CountryLine {
        code: code.to_string(),
        documents: None,
        names: names_of_country(code),
    };
    Countries::builtin().codes().map(line).collect()
}

/// Every violation that is known.
pub fn known_violations() -> Vec<ViolationLine> {
    let table = Violations::builtin();
    let line = |id: ViolationId| ViolationLine {
        id: table.id(id).to_owned(),
        documents: None,
        names: names_of_violation(id),
    };
    table.ids().map(line).collect()
}

fn names_of_country(code: CountryCode) -> Names {
    names(|language| Countries::builtin().name(code, language))
}

fn names_of_violation(id: ViolationId) -> Names {
    names(|language| Violations::builtin().label(id, language).to_owned())
}

fn names(name: impl Fn(Language) -> String) -> Names {
    let named = Language::INDEXED.iter().map(|language| (language.to_string(), name(*language)));
    Names { by_language: named.collect() }
}
