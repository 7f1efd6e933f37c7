//! When the model is read, what holds where it can't be, and what an answer could have been more.

use std::sync::{Arc, PoisonError};

use super::{Error, Library};
use crate::index::Snapshot;
use crate::query::{Answer, MeaningUse, Semantic};
use crate::semantic::Encoder;
use crate::semantic::model;

/// Something to say beside an answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum Note {
    /// So many undated documents were left out by the dates.
    Undated(usize),
    /// The model is damaged; words answered alone.
    Model(model::Error),
    /// So many files of vectors are damaged, or of another model; an ingest makes them anew.
    UnusableVectors(usize),
    /// So many passages have no vectors yet, and can be found by words alone; an ingest adds them.
    Unmeasured(usize),
    /// No passage has vectors; an ingest adds them.
    NoVectors,
    /// Little was found, and no model is installed with which there could be more.
    NoModel,
}

/// The encoder of the installed model; `None` where none is installed.
///
/// # Errors
/// When it is damaged.
pub(super) fn installed() -> Result<Option<Arc<Encoder>>, model::Error> {
    let Some(place) = model::place() else { return Ok(None) };
    match Encoder::open(&place) {
        Ok(encoder) => Ok(Some(Arc::new(encoder))),
        Err(model::Error::Missing(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The encoder of the installed model, which must be there.
fn required() -> Result<Arc<Encoder>, Error> {
    let place = model::place().ok_or(Error::NoModelPlace)?;
    Ok(Arc::new(Encoder::open(&place)?))
}

impl Library {
    /// Reads the model now, as far as it is wanted and there, rather than at the first search that wants it; what to say of it.
    ///
    /// # Errors
    /// When only meaning is wanted and the model is not to be had.
    pub fn with_meaning(&self, semantic: Semantic) -> Result<Option<Note>, Error> {
        self.prepare(&self.snapshot(), semantic)
    }

    /// Gives a snapshot what finding by meaning needs, as far as it is wanted and there. A model that is damaged is no reason not
    /// to find by words: that is noted, unless only meaning is wanted.
    pub(super) fn prepare(
        &self,
        snapshot: &Snapshot,
        semantic: Semantic,
    ) -> Result<Option<Note>, Error> {
        if semantic == Semantic::Off || snapshot.meaning().is_some() {
            return Ok(None);
        }
        let mut kept = self.encoder.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.is_none() {
            *kept = match semantic {
                Semantic::Only => Some(required()?),
                _ => match installed() {
                    Ok(encoder) => encoder,
                    Err(error) => return Ok(Some(Note::Model(error))),
                },
            };
        }
        if let Some(encoder) = &*kept {
            snapshot.add_meaning(Arc::clone(encoder));
        }
        Ok(None)
    }
}

/// Documents found below which it is worth saying that a model could find more. Where words find plenty it would only be in the
/// way, search after search.
const FEW: usize = 10;

/// What an answer leaves out, or could have been more.
pub(super) fn notes(snapshot: &Snapshot, answer: &Answer) -> Vec<Note> {
    let summary = &answer.summary;
    let mut notes = Vec::new();
    if summary.undated > 0 {
        notes.push(Note::Undated(summary.undated));
    }
    let unusable = snapshot.meaning().map_or(0, |meaning| meaning.vectors.unusable());
    if unusable > 0 {
        notes.push(Note::UnusableVectors(unusable));
    }
    match summary.meaning {
        MeaningUse::Used if summary.unmeasured > 0 => {
            notes.push(Note::Unmeasured(summary.unmeasured));
        }
        MeaningUse::Missing if snapshot.meaning().is_some() => notes.push(Note::NoVectors),
        MeaningUse::Missing if summary.documents < FEW && matches!(installed(), Ok(None)) => {
            notes.push(Note::NoModel);
        }
        // It had no say, or enough was found, or it has been said why.
        _ => {}
    }
    notes
}
