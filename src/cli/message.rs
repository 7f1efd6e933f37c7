//! Messages for a person, on stderr. One that can't be written is lost: no message is worth ending for.

use std::fmt;
use std::io::{self, Write};

/// Writes a line to stderr.
pub(super) fn tell(message: impl fmt::Display) {
    let _ = writeln!(io::stderr().lock(), "{message}");
}

/// A number with its noun: `1 file`, `2 files`.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
