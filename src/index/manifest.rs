//! What the index says of itself; stored with each commit, so that it can't disagree with what was committed.

use serde::{Deserialize, Serialize};

use super::schema::SCHEMA_VERSION;

/// The payload of a commit. Small: it is rewritten at each one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`SCHEMA_VERSION`] of the build that wrote it.
    pub schema_version: u32,
    /// Hash of the taxonomy's data files that annotated it, in hexadecimal.
    pub taxonomy: String,
    /// Folders and files that were ingested, absolute, in order.
    pub roots: Vec<String>,
}

impl Manifest {
    /// The manifest of an empty index.
    pub fn new() -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            taxonomy: crate::taxonomy::hash().to_owned(),
            roots: Vec::new(),
        }
    }

    /// Adds an ingested folder, keeping the order.
    pub fn add_root(&mut self, root: &str) {
        if let Err(place) = self.roots.binary_search_by(|known| known.as_str().cmp(root)) {
            self.roots.insert(place, root.to_owned());
        }
    }
}

impl Default for Manifest {
    fn default() -> Self {
        Self::new()
    }
}
