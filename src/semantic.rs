//! Meaning as numbers, so that a question finds what answers it in another language: the crate [`amparo_semantic`], and where
//! its model is on this machine.
//!
//! The encoder knows nothing of Amparo; what its numbers are used for is decided in [`mod@crate::ingest`], [`crate::index`] and
//! [`crate::query`].

pub use amparo_semantic::{DIMENSIONS, Encoder, MappedFile, compact, windows};

/// The model's file, and where it is.
pub mod model {
    use std::path::PathBuf;

    pub use amparo_semantic::model::{Error, ModelFile, WHEEL, WHEEL_VERSION, install};

    /// Environment variable that says where the model is.
    pub const PLACE: &str = "AMPARO_MODEL";

    /// Where the model is: what `AMPARO_MODEL` says, else in the user's data folder; `None` where the system names none.
    pub fn place() -> Option<PathBuf> {
        if let Some(given) = std::env::var_os(PLACE).filter(|given| !given.is_empty()) {
            return Some(PathBuf::from(given));
        }
        let data = directories::ProjectDirs::from("", "", "amparo")?;
        Some(data.data_dir().join("sentence-encoder.amparo"))
    }
}
