//! What may go wrong with a file.

/// Why nothing could be read of a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Encrypted with a user password.
    #[error("needs a password")]
    NeedsPassword,
    /// Encrypted in a way that cannot be undone.
    #[error("encrypted: {0}")]
    Encryption(String),
    /// Not readable as a PDF, for a reason.
    #[error("not a readable PDF: {0}")]
    Broken(String),
}

/// Something that went wrong with a file of which something could be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Warning {
    /// Its table of objects was damaged, and was rebuilt from the objects themselves.
    #[error("its table of objects was rebuilt")]
    Rebuilt,
    /// A limit ended the reading, or left something out; names the limit.
    #[error("stopped at the limit of {0}")]
    Limit(&'static str),
}
