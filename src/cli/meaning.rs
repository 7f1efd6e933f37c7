//! Finding by meaning on the command line: when the model is read, and what is said when it can't be.

use std::path::Path;
use std::sync::Arc;

use clap::ValueEnum;

use super::Failure;
use super::message::{counted, tell};
use crate::index::Snapshot;
use crate::query::{self, Answer, MeaningUse, Request, Semantic};
use crate::semantic::Encoder;
use crate::semantic::model::{self, Error};

/// How text is looked for, as it is typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum SemanticChoice {
    /// By words, and by meaning too where there are a model and vectors; text with operators by words
    #[default]
    Auto,
    /// By words
    Off,
    /// By meaning; operators and quotes say what may appear, and meaning orders it
    Only,
}

impl SemanticChoice {
    /// What is meant.
    pub(super) fn meant(self) -> Semantic {
        match self {
            Self::Auto => Semantic::Auto,
            Self::Off => Semantic::Off,
            Self::Only => Semantic::Only,
        }
    }
}

/// The encoder of the installed model; `None` where none is installed.
///
/// # Errors
/// When it is damaged.
pub(super) fn installed() -> Result<Option<Arc<Encoder>>, Error> {
    let Some(place) = model::place() else { return Ok(None) };
    match Encoder::open(&place) {
        Ok(encoder) => Ok(Some(Arc::new(encoder))),
        Err(Error::Missing(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The encoder of the installed model, which must be there.
fn required() -> Result<Arc<Encoder>, Failure> {
    let place = model::place().ok_or_else(|| Failure::new("this system names no data folder"))?;
    Ok(Arc::new(Encoder::open(&place)?))
}

/// Opens an index with what finding by meaning needs, as far as it is wanted and there. A model that is damaged is no reason not
/// to find by words: that is said, unless only meaning is wanted.
pub(super) fn snapshot(index: &Path, semantic: Semantic) -> Result<Snapshot, Failure> {
    let snapshot = Snapshot::open(index)?;
    let encoder = match semantic {
        Semantic::Off => None,
        Semantic::Only => Some(required()?),
        Semantic::Auto => installed().unwrap_or_else(|error| {
            warn(error);
            None
        }),
    };
    Ok(match encoder {
        Some(encoder) => snapshot.with_meaning(encoder),
        None => snapshot,
    })
}

/// Answers a request; by words alone, and says so, where the model turns out to be damaged and words are wanted too.
pub(super) fn search(snapshot: &Snapshot, request: &Request) -> Result<Answer, query::Error> {
    match query::search(snapshot, request) {
        Err(query::Error::Model(error)) if request.semantic == Semantic::Auto => {
            warn(error);
            query::search(snapshot, &Request { semantic: Semantic::Off, ..request.clone() })
        }
        answer => answer,
    }
}

fn warn(error: Error) {
    tell(Failure::from(error).as_warning());
}

/// Documents found below which it is worth saying that a model could find more.
const FEW: usize = 10;

/// Says what an answer could have been more.
pub(super) fn tell_what_is_missing(snapshot: &Snapshot, answer: &Answer) {
    let unusable = snapshot.meaning().map_or(0, |meaning| meaning.vectors.unusable());
    if unusable > 0 {
        let files = counted(unusable, "file of vectors is", "files of vectors are");
        tell(format_args!(
            "warning: {files} damaged, or of another model; 'amparo ingest FOLDER' makes them anew"
        ));
    }
    match answer.summary.meaning {
        MeaningUse::Unasked => {}
        MeaningUse::Used if answer.summary.unmeasured == 0 => {}
        MeaningUse::Used => {
            let passages = counted(answer.summary.unmeasured, "passage has", "passages have");
            tell(format_args!(
                "note: {passages} no vectors yet, and can be found by words alone; 'amparo ingest FOLDER' adds them"
            ));
        }
        MeaningUse::Missing if snapshot.meaning().is_some() => {
            tell(
                "note: found by words alone; 'amparo ingest FOLDER' adds vectors to find by meaning, in any language",
            );
        }
        // Where words find plenty it would only be in the way, search after search.
        MeaningUse::Missing
            if answer.summary.documents < FEW && matches!(installed(), Ok(None)) =>
        {
            tell(
                "note: found by words alone; 'amparo model install' lets search find by meaning, in any language (--semantic off: never mind)",
            );
        }
        // Enough was found, or it has been said why.
        MeaningUse::Missing => {}
    }
}
