//! The limits under which the targets run: far below the usual ones, so that reaching them is quick.

use amparo::extract::Limits;

/// Small limits.
pub fn limits() -> Limits {
    Limits {
        passages: 100,
        operations: 200_000,
        depth: 16,
        decompressed: 8 << 20,
        characters: 500_000,
        seconds: 5,
    }
}
