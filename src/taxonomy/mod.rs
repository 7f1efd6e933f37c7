//! Countries, violations and publishers as data, and the matcher over the first two.
//!
//! The data files beside this module are the tables; everything here reads them once and answers questions of names.
//! No I/O: the files are part of the binary.

mod columns;
pub mod countries;
mod forms;
mod lookup;
pub mod matcher;
mod near;
pub mod publishers;
mod regions;
mod trie;
pub mod violations;
mod vocabulary;

use std::sync::LazyLock;

pub use countries::{Countries, CountryCode};
pub use forms::{Form, FormKind};
pub use lookup::Unknown;
pub use publishers::{Publisher, Publishers};
pub use regions::Region;
pub use violations::{Match, ViolationId, Violations};

/// Hash of every data file that annotations and records depend on, in hexadecimal: an index made with others is out of date.
pub fn hash() -> &'static str {
    static HASH: LazyLock<String> = LazyLock::new(|| {
        let mut hasher = blake3::Hasher::new();
        for table in countries::TABLES.into_iter().chain([violations::TABLE, publishers::TABLE]) {
            hasher.update(table.as_bytes());
        }
        hasher.finalize().to_hex()[..16].to_owned()
    });
    &HASH
}
