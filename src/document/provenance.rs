//! Where a document comes from: who published it, when, and which words say so.
//!
//! Values only; see the crate's `extract::identity` for how they are found.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Date;

/// What says that a value is so: the words, and where they stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The words as they stand there.
    pub text: String,
    /// Where: `page 1`, `meta dc.date`, `address`.
    pub place: String,
}

impl Evidence {
    /// Longest text that is kept of a piece of evidence, in characters.
    const LONGEST: usize = 120;

    /// Words and their place. Of a long text the beginning is kept.
    pub fn new(text: &str, place: impl Into<String>) -> Self {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Self { text: text.chars().take(Self::LONGEST).collect(), place: place.into() }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: “{}”", self.place, self.text)
    }
}

/// A date on which a document may have been published, and what says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// The date, to the precision in which it is given.
    pub date: Date,
    /// What says so.
    pub evidence: Evidence,
}

/// Who published a document, as far as it tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetectedPublisher {
    /// The publisher's name.
    pub name: Option<String>,
    /// What kind of publisher that is.
    pub kind: Option<PublisherKind>,
    /// What tells it.
    pub evidence: Option<Evidence>,
}

/// What kind of publisher a document comes from, as courts weigh them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum PublisherKind {
    /// A state's government, parliament or agency.
    Government,
    /// An organisation of states, and its bodies other than courts.
    Intergovernmental,
    /// A court, national or international.
    Court,
    /// A non-governmental organisation.
    Ngo,
    /// A university or research institute.
    Academic,
    /// Press, radio, television.
    Media,
    /// A person who declares what they know as an expert.
    Expert,
}

impl PublisherKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Government,
        Self::Intergovernmental,
        Self::Court,
        Self::Ngo,
        Self::Academic,
        Self::Media,
        Self::Expert,
    ];

    /// Its name in output, tables and catalogues.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Government => "government",
            Self::Intergovernmental => "intergovernmental",
            Self::Court => "court",
            Self::Ngo => "ngo",
            Self::Academic => "academic",
            Self::Media => "media",
            Self::Expert => "expert",
        }
    }

    /// The kind of a name, letters' case apart.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.trim();
        Self::ALL.into_iter().find(|kind| kind.as_str().eq_ignore_ascii_case(name))
    }
}

impl fmt::Display for PublisherKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
