//! The layer under every front: a library that is open, and the rules that hold whoever asks.
//!
//! What was typed goes in ([`Filters`], a document's id, path or symbol), values come out: answers, counts, errors with hints as
//! data. Writes no text for a person, and knows nothing of a command line: each front puts [`Hint`] and [`Note`] into its words.

mod about;
mod error;
mod filters;
mod find;
mod ingested;
mod log;
mod meaning;
mod status;
mod tables;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};

pub use about::{about, tags};
pub use error::{Error, Hint, Table};
pub use filters::{FilterValues, Filters};
pub use find::Found;
pub use ingested::{Ingested, ingest};
pub use meaning::Note;
pub use status::Holdings;
pub use tables::{known_countries, known_violations};

use crate::index::Snapshot;
use crate::query::{self, Answer, Request, Semantic};
use crate::semantic::Encoder;

/// An index that is open, with what searching it again and again should not read anew. Threads may share it.
#[derive(Debug)]
pub struct Library {
    place: PathBuf,
    snapshot: RwLock<Snapshot>,
    /// Read when meaning is first wanted.
    encoder: Mutex<Option<Arc<Encoder>>>,
}

/// An answer, and what is to be said beside it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Answered {
    /// The answer.
    pub answer: Answer,
    /// What it leaves out, or could have been more.
    pub notes: Vec<Note>,
}

impl Library {
    /// Opens the index in a folder.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn open(place: &Path) -> Result<Self, Error> {
        let snapshot = RwLock::new(Snapshot::open(place)?);
        Ok(Self { place: place.to_owned(), snapshot, encoder: Mutex::default() })
    }

    /// Where the index is if nobody says: `./index` if it exists, else in the user's data folder.
    ///
    /// # Errors
    /// [`Error::NoIndexPlace`] where this system names no data folder.
    pub fn default_place() -> Result<PathBuf, Error> {
        let here = PathBuf::from("index");
        if here.is_dir() {
            return Ok(here);
        }
        let data = directories::ProjectDirs::from("", "", "amparo");
        data.map(|data| data.data_dir().join("index")).ok_or(Error::NoIndexPlace)
    }

    /// Where its index is.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// Its index as it was when it was opened, or refreshed. No refresh goes on while this is held.
    pub fn snapshot(&self) -> RwLockReadGuard<'_, Snapshot> {
        self.snapshot.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes what has been written since, if anything was; whether there was. Waits for what is being asked to be answered.
    ///
    /// # Errors
    /// When the index cannot be read; the library stays as it was.
    pub fn refresh(&self) -> Result<bool, Error> {
        Ok(self.snapshot.write().unwrap_or_else(PoisonError::into_inner).refresh()?)
    }

    /// Answers a request. Where the model is missing or damaged and words are wanted too, they answer alone, and a note says so.
    ///
    /// # Errors
    /// When the text has a broken operator, only meaning is wanted and the model is not to be had, or the index cannot be read.
    pub fn search(&self, request: &Request) -> Result<Answered, Error> {
        let snapshot = self.snapshot();
        let mut notes = Vec::new();
        let asks_text = !request.text.trim().is_empty() || request.similar.is_some();
        let wanted = match &request.similar {
            Some(_) => Semantic::Only,
            None if asks_text => request.semantic,
            None => Semantic::Off,
        };
        notes.extend(self.prepare(&snapshot, wanted)?);
        let answer = match query::search(&snapshot, request) {
            Err(query::Error::Model(error)) if request.semantic == Semantic::Auto => {
                notes.push(Note::Model(error));
                let by_words = Request { semantic: Semantic::Off, ..request.clone() };
                query::search(&snapshot, &by_words)?
            }
            answer => answer?,
        };
        notes.extend(meaning::notes(&snapshot, &answer));
        Ok(Answered { answer, notes })
    }
}
