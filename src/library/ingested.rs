//! An ingest as every front wants it: words first, then vectors if there is a model.

use super::{Error, meaning};
use crate::ingest::{self, Observer, Options, Report, add_vectors};
use crate::semantic::model;

/// What an ingest did.
#[derive(Debug)]
#[non_exhaustive]
pub struct Ingested {
    /// What became of the files.
    pub report: Report,
    /// Passages that were given vectors.
    pub encoded: usize,
    /// Why passages got no vectors though a model is installed: it is damaged, which is no reason not to find by words.
    pub trouble: Option<model::Error>,
}

/// Ingests; with `vectors`, passages then get theirs if a model is installed.
///
/// # Errors
/// When nothing can be ingested.
pub fn ingest(options: &Options, vectors: bool, observe: &Observer<'_>) -> Result<Ingested, Error> {
    let report = ingest::ingest(options, observe)?;
    let mut ingested = Ingested { report, encoded: 0, trouble: None };
    if !vectors || options.dry_run {
        return Ok(ingested);
    }
    let added = match meaning::installed() {
        Ok(Some(encoder)) => add_vectors(options, &encoder, observe),
        Ok(None) => Ok(0),
        Err(error) => Err(error.into()),
    };
    match added {
        Ok(encoded) => ingested.encoded = encoded,
        Err(ingest::Error::Model(error)) => ingested.trouble = Some(error),
        Err(error) => return Err(error.into()),
    }
    Ok(ingested)
}
