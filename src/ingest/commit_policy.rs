//! When what has been done so far is committed.

use std::time::{Duration, Instant};

use crate::index::{Error, Writer};

/// Time after which what has been done is committed.
const INTERVAL: Duration = Duration::from_secs(20);

/// Commits after so many passages or so much time.
#[derive(Debug)]
pub(super) struct CommitPolicy {
    passages: usize,
    uncommitted: usize,
    last: Instant,
}

impl CommitPolicy {
    /// A commit after so many passages, or after a time that one does not want to lose.
    pub fn every(passages: usize) -> Self {
        Self { passages: passages.max(1), uncommitted: 0, last: Instant::now() }
    }

    /// Counts passages that the writer was given, and commits if it is time.
    ///
    /// # Errors
    /// When the commit fails.
    pub fn after(&mut self, passages: usize, writer: &mut Writer) -> Result<(), Error> {
        self.uncommitted += passages;
        if self.uncommitted >= self.passages || self.last.elapsed() >= INTERVAL {
            writer.commit()?;
            (self.uncommitted, self.last) = (0, Instant::now());
        }
        Ok(())
    }
}
