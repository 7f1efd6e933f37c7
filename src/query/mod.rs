//! Questions and answers: text and filters in, ranked documents with their best passages out.
//!
//! Every front calls [`search`]. The index is reached through [`Snapshot`] alone.

mod answer;
mod candidates;
mod catalogue;
mod clause;
mod collapse;
mod collect;
mod concepts;
mod criteria;
pub mod facets;
mod filters;
mod free_text;
mod highlight;
mod matches;
mod meaning;
mod patterns;
mod plan;
pub mod rank;
mod request;
mod scores;
pub mod snippet;
pub mod syntax;
mod tags;
mod terms;
mod understand;

pub use answer::{Answer, Coverage, DocumentHit, MeaningUse, PassageHit, Summary, targets};
pub use catalogue::Cell;
pub use highlight::Highlighter;
pub use request::{By, Excluded, Request, Semantic, Similar, Sort};
pub use understand::Understood;

use crate::index::{self, Snapshot};
use crate::taxonomy::{Countries, Violations};

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
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

/// The engine's error as one of a question, so that no type of the engine is part of the crate's interface.
fn engine(error: tantivy::TantivyError) -> Error {
    match error {
        // The engine has no error of its own for it.
        tantivy::TantivyError::InvalidArgument(message) if message.contains("max expansions") => {
            Error::Expansion
        }
        // Nothing else that is asked of it is an argument that it can refuse.
        tantivy::TantivyError::InvalidArgument(_) => Error::Pattern,
        error => Error::Index(index::engine(error)),
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
    let interpretation = understand::interpret(request, &query);
    let found = collect::collect(snapshot, request, &query, &interpretation)?;
    answer::answer(snapshot, request, &query, &interpretation, &found)
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
