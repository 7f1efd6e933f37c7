//! What reading one file may cost, and what is asked of it.

/// What is asked of a file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// What it may cost.
    pub limits: Limits,
    /// Whether to tell where the words of each paragraph stand.
    pub words: bool,
}

/// What one file may cost before its reading is ended.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Pages.
    pub pages: usize,
    /// Operators of content streams.
    pub operations: u64,
    /// Nesting of forms and page trees.
    pub depth: usize,
    /// Bytes after decompression.
    pub decompressed: usize,
    /// Characters of text.
    pub characters: usize,
    /// Seconds of wall time.
    pub seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            pages: 50_000,
            operations: 200_000_000,
            depth: 64,
            decompressed: 1 << 30,
            characters: 200_000_000,
            seconds: 120,
        }
    }
}
