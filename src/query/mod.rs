//! Questions and answers: text and filters in, ranked documents with their best passages out.
//!
//! Every front calls [`search`]. The index is reached through [`Snapshot`] alone.

mod answer;
mod asked;
mod candidates;
mod collect;
mod columns;
pub mod facets;
mod filters;
mod fold;
mod free_text;
mod matches;
mod matching;
mod meaning;
mod named;
mod page;
mod patterns;
pub mod rank;
mod segment;
mod sheet;
pub mod snippet;
pub mod syntax;
mod terms;
mod understand;

pub use answer::{Answer, DocumentHit, Near, PassageHit, Summary, targets};
pub use columns::Cell;
pub use page::Highlighter;
pub use understand::Understood;

use crate::document::{Date, DocumentId, Language, PublisherKind};
use crate::index::{self, Snapshot};
use crate::taxonomy::{Countries, CountryCode, ViolationId, Violations};

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// Text as typed; empty for none.
    pub text: String,
    /// Countries that the passage or its document must be about: any of these.
    pub countries: Vec<CountryCode>,
    /// Violations that the passage or its document must be about: any of these.
    pub violations: Vec<ViolationId>,
    /// Countries and violations also admit passages that only mention them.
    pub mentions: bool,
    /// Languages that the passage must have text in: any of these.
    pub languages: Vec<Language>,
    /// Texts of which the publisher's name must hold one.
    pub publishers: Vec<String>,
    /// Kinds of publishers: any of these.
    pub kinds: Vec<PublisherKind>,
    /// What the document's row in the catalogue must say: of each column any of its values.
    pub cells: Vec<Cell>,
    /// What is left out: whatever a filter of these values would admit.
    pub not: Excluded,
    /// Published on or after the first day of this.
    pub since: Option<Date>,
    /// Published on or before the last day of this.
    pub until: Option<Date>,
    /// What a result is.
    pub by: By,
    /// The order of results.
    pub sort: Sort,
    /// Results at most; `None` for all.
    pub limit: Option<usize>,
    /// Results passed over first.
    pub offset: usize,
    /// Passages shown of a document at most.
    pub passages: usize,
    /// Results of documents, not folded: near duplicates each as a result of its own.
    pub unfold: bool,
    /// Count what matches by country, violation, language, publisher, its kind, and year.
    pub facets: bool,
    /// Whether passages are found by meaning beside words, where the snapshot can.
    pub semantic: Semantic,
    /// Passages like these are asked for, by meaning alone.
    pub similar: Option<Similar>,
    /// Don't understand countries and violations in the text.
    pub literal: bool,
    /// Results come without snippets: for evaluation, which wants only their order.
    pub bare: bool,
}

/// How text is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Semantic {
    /// By words, and by meaning too where the snapshot was given an encoder; text with operators by words.
    #[default]
    Auto,
    /// By words.
    Off,
    /// By meaning; where the text has operators or quotes, they say what may appear, and meaning orders it.
    Only,
}

/// Whether meaning counted in an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MeaningUse {
    /// It had nothing to count for: no text, text with operators, nothing but names or quotes, or words alone were asked for.
    #[default]
    Unasked,
    /// It would have, with an encoder and vectors.
    Missing,
    /// It did.
    Used,
}

/// What is to be resembled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Similar {
    /// A document. It is not among the answers.
    pub document: DocumentId,
    /// One of its passages by its number, from 0; `None` for any of them.
    pub passage: Option<u64>,
}

/// Values of filters that exclude.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Excluded {
    /// Countries.
    pub countries: Vec<CountryCode>,
    /// Violations.
    pub violations: Vec<ViolationId>,
    /// Languages.
    pub languages: Vec<Language>,
    /// Texts of publishers' names.
    pub publishers: Vec<String>,
    /// Kinds of publishers.
    pub kinds: Vec<PublisherKind>,
    /// Values of the catalogue's columns.
    pub cells: Vec<Cell>,
}

/// What a result is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// A document with its best passages.
    #[default]
    Document,
    /// A passage.
    Passage,
}

/// The order of results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The best first.
    #[default]
    Relevance,
    /// The newest first; undated ones last. What holds only some of the words comes after what holds all.
    Date,
}

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The text has a broken operator.
    #[error(transparent)]
    Syntax(#[from] syntax::SyntaxError),
    /// No catalogue has a column of this name.
    #[error("no catalogue of this library has a column '{name}'")]
    Column {
        /// The name.
        name: String,
        /// The columns that there are, in order.
        known: Vec<String>,
    },
    /// A pattern inside a phrase stands for too many words; it is refused whole, since leaving some out would hide passages.
    #[error("a pattern inside a phrase stands for too many words of this library")]
    Expansion,
    /// A word with wildcards is too long to be looked for.
    #[error("a word with wildcards is too long to be looked for")]
    Pattern,
    /// There is no model, or the index has no vectors of it.
    #[error("nothing can be found by meaning here: no passage has vectors")]
    NoMeaning,
    /// What is to be resembled has no text, or no vectors yet.
    #[error("nothing can be like it: it has no text, or no vectors yet")]
    NoText,
    /// The model is damaged.
    #[error(transparent)]
    Model(#[from] crate::semantic::model::Error),
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] index::Error),
}

impl From<tantivy::TantivyError> for Error {
    fn from(error: tantivy::TantivyError) -> Self {
        match error {
            // The engine has no error of its own for it.
            tantivy::TantivyError::InvalidArgument(message)
                if message.contains("max expansions") =>
            {
                Self::Expansion
            }
            // Nothing else that is asked of it is an argument that it can refuse.
            tantivy::TantivyError::InvalidArgument(_) => Self::Pattern,
            error => Self::Index(error.into()),
        }
    }
}

/// Answers a request from an index.
///
/// The same index and request give the same answer: ties are broken by document path, then passage.
///
/// # Errors
/// [`Error::Syntax`] for a broken operator, or when the index cannot be read.
pub fn search(snapshot: &Snapshot, request: &Request) -> Result<Answer, Error> {
    let query = syntax::parse_with(&request.text, check)?;
    let understood = understand::understand(request, &query);
    let found = collect::collect(snapshot, request, &query, &understood)?;
    answer::answer(snapshot, request, &query, &understood, &found)
}

/// Whether a field of a query's text names a country or a violation that there is.
fn check(field: &syntax::Field) -> Result<(), syntax::Refusal> {
    let found = match field {
        syntax::Field::Country(name) => Countries::builtin().lookup(name).map(drop),
        syntax::Field::Violation(name) => Violations::builtin().lookup(name).map(drop),
        _ => Ok(()),
    };
    found.map_err(|unknown| syntax::Refusal {
        message: unknown.to_string(),
        hint: match unknown.nearest.as_slice() {
            [] => "--country and --violation take the same names".to_owned(),
            nearest => format!("did you mean {}?", nearest.join(", or ")),
        },
    })
}
