//! Documents with the one country that each is about, as of a court's judgments the State that answers.
//!
//! A folder with `labels.tsv` in, a [`CourtSet`] out; the countries that a caller found in, their accuracy out.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::table::Table;
use super::{Error, documents};
use crate::taxonomy::CountryCode;

/// Documents and their countries.
#[derive(Debug)]
pub struct CourtSet {
    /// The folder of the documents; files are named relative to it.
    pub root: PathBuf,
    /// Each document's file and country, in the file's order.
    pub documents: Vec<(String, CountryCode)>,
}

/// How many documents had the right country first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CourtScores {
    /// All documents of the set.
    pub documents: usize,
    /// Those with the right country first.
    pub right: usize,
    /// Their share.
    pub accuracy: f64,
    /// The files whose first country is another one, with what it should be and what it was.
    pub wrong: Vec<(String, String, Option<String>)>,
}

impl CourtSet {
    /// The documents of a folder.
    ///
    /// # Errors
    /// If `labels.tsv` cannot be read or a line is wrong.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let table = Table::read(&folder.join("labels.tsv"), &["file", "country"])?;
        let mut labelled = Vec::new();
        for row in table.rows() {
            let row = row?;
            row.require("country")?;
            let file = row.require("file")?.to_owned();
            labelled.extend(row.country()?.map(|country| (file, country)));
        }
        Ok(Self { root: documents(folder)?, documents: labelled })
    }

    /// How often a document's first country is the right one; `first` gives it for a file, `None` if none was found.
    pub fn score(&self, first: impl Fn(&str) -> Option<CountryCode>) -> CourtScores {
        let found = self.documents.iter().map(|(file, country)| (file, country, first(file)));
        let wrong: Vec<_> = found
            .filter(|(_, country, found)| *found != Some(**country))
            .map(|(file, country, found)| {
                (file.clone(), country.to_string(), found.map(|code| code.to_string()))
            })
            .collect();
        let documents = self.documents.len();
        let right = documents - wrong.len();
        CourtScores { documents, right, accuracy: right as f64 / documents.max(1) as f64, wrong }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accuracy_counts_the_first_country() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("docs")).unwrap();
        let labels = "file\tcountry\na.html\tHN\nb.html\tPE\nc.html\tPE\nd.html\tCR\n";
        std::fs::write(folder.path().join("labels.tsv"), labels).unwrap();
        let set = CourtSet::read(folder.path()).unwrap();
        let first = |file: &str| match file {
            "a.html" => CountryCode::new("HN"),
            "d.html" => None,
            _ => CountryCode::new("PE"),
        };
        let scores = set.score(first);
        assert_eq!((scores.documents, scores.right, scores.accuracy), (4, 3, 0.75));
        assert_eq!(scores.wrong, [("d.html".to_owned(), "CR".to_owned(), None)]);
    }
}
