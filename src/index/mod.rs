//! The index on disk: its schema, how text becomes terms, who writes it and how it is read.
//!
//! The only place that writes index files. tantivy's types go no further than here and [`crate::query`].

mod analyzer;
mod cores;
mod earlier;
#[cfg(test)]
pub(crate) mod faults;
mod manifest;
mod merges;
pub(crate) mod packed_tags;
mod passages;
mod reader;
pub mod record;
mod runs;
mod schema;
mod statistics;
mod stored;
pub mod vectors;
mod writer;

use std::path::{Path, PathBuf};

use tantivy::directory::{Directory, MmapDirectory};

pub use earlier::Earlier;
pub use manifest::Manifest;
pub use passages::{PassageDocument, passage_documents};
pub use reader::{Meaning, PassageAddress, Snapshot};
pub(crate) use runs::DocumentRun;
pub use schema::SCHEMA_VERSION;
pub(crate) use schema::{Fields, KIND_FILE, KIND_PASSAGE};
pub(crate) use schema::{cell, field};
pub(crate) use statistics::{FieldStatistics, FixedStatistics, live_frequency};
pub use writer::Writer;

/// Why an index cannot be opened or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no index in this folder.
    #[error("no index at '{}'", .0.display())]
    Missing(PathBuf),
    /// The index was built by another version.
    #[error("the index at '{}' has schema version {found}, this program reads {SCHEMA_VERSION}", path.display())]
    Version {
        /// Where the index is.
        path: PathBuf,
        /// Its version; 0 if it says none.
        found: u32,
    },
    /// The index was built by a version whose records are no longer understood.
    #[error("the index at '{}' is of a version whose records this program cannot read", .0.display())]
    Unreadable(PathBuf),
    /// Somebody else writes it.
    #[error("the index at '{}' is being written by {holder}", path.display())]
    Locked {
        /// Where the index is.
        path: PathBuf,
        /// Who holds the lock, and since when.
        holder: String,
    },
    /// The file system refused.
    #[error("{}", path.display())]
    Io {
        /// The path it refused.
        path: PathBuf,
        /// Its reason.
        source: std::io::Error,
    },
    /// A stored record cannot be read.
    #[error("a record of the index is damaged: {0}")]
    Record(#[from] serde_json::Error),
    /// The search engine failed.
    #[error(transparent)]
    Engine(Box<dyn std::error::Error + Send + Sync>),
}

/// The engine's error as the index's own: no type of the engine is part of the crate's interface.
pub(crate) fn engine(error: impl Into<tantivy::TantivyError>) -> Error {
    Error::Engine(Box::new(error.into()))
}

/// The files of a folder as the engine sees them.
fn directory(path: &Path) -> Result<Box<dyn Directory>, Error> {
    #[cfg(test)]
    if let Some(fated) = faults::directory(path) {
        return Ok(fated);
    }
    Ok(Box::new(MmapDirectory::open(path).map_err(tantivy::TantivyError::from).map_err(engine)?))
}

/// Opens the index of a folder with the project's analyzers.
fn open(path: &Path) -> Result<(tantivy::Index, Fields), Error> {
    if !path.join("meta.json").is_file() {
        return Err(Error::Missing(path.to_owned()));
    }
    let (expected, fields) = schema::build();
    let mut index = tantivy::Index::open(directory(path)?).map_err(engine)?;
    let found = manifest_of(&index)?.map_or(0, |manifest| manifest.schema_version);
    if index.schema() != expected || (found != SCHEMA_VERSION && found != 0) {
        return Err(Error::Version { path: path.to_owned(), found });
    }
    index.set_tokenizers(analyzer::manager());
    Ok((index, fields))
}

/// Creates an empty index in a folder, and the folder if need be.
fn create(path: &Path) -> Result<(tantivy::Index, Fields), Error> {
    std::fs::create_dir_all(path).map_err(|source| Error::Io { path: path.to_owned(), source })?;
    let (schema, fields) = schema::build();
    let settings = tantivy::IndexSettings {
        docstore_compression: tantivy::store::Compressor::Zstd(tantivy::store::ZstdCompressor {
            compression_level: Some(DOCSTORE_LEVEL),
        }),
        docstore_blocksize: DOCSTORE_BLOCK,
        ..tantivy::IndexSettings::default()
    };
    let index = tantivy::Index::builder()
        .schema(schema)
        .settings(settings)
        .tokenizers(analyzer::manager())
        .open_or_create(directory(path)?)
        .map_err(engine)?;
    Ok((index, fields))
}

/// Level of zstd for stored text: higher ones cost more than they save (`docs/measurements.md`).
const DOCSTORE_LEVEL: i32 = 3;

/// Bytes of stored text that are compressed together, and taken apart to show one passage of them.
const DOCSTORE_BLOCK: usize = 32 << 10;

fn manifest_of(index: &tantivy::Index) -> Result<Option<Manifest>, Error> {
    let payload = index.load_metas().map_err(engine)?.payload;
    payload.map(|payload| serde_json::from_str(&payload)).transpose().map_err(Error::from)
}
