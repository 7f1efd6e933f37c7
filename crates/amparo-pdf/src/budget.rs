//! What reading one file may still cost.
//!
//! Counts down operators, decompressed bytes and characters, and looks at the clock now and then. Once a limit is hit the
//! budget stays spent, so that every loop that asks it ends, and it remembers which limit it was.

use std::cell::Cell;
use std::time::{Duration, Instant};

use crate::Limits;

/// Operators between two looks at the clock: a look costs about as much as an operator.
const CLOCK_INTERVAL: u64 = 4096;

/// The limit that no share of a budget has for itself.
const TIME: &str = "time";

/// The part of [`Limits`] that is left.
pub(super) struct Budget {
    operations: Cell<u64>,
    decompressed: Cell<usize>,
    characters: Cell<usize>,
    deadline: Option<Instant>,
    next_look: Cell<u64>,
    spent: Cell<Option<&'static str>>,
    noted: Cell<Option<&'static str>>,
    depth: usize,
}

impl Budget {
    /// A full budget; time runs from here.
    pub fn new(limits: &Limits) -> Self {
        Self {
            operations: Cell::new(limits.operations),
            decompressed: Cell::new(limits.decompressed),
            characters: Cell::new(limits.characters),
            deadline: Instant::now().checked_add(Duration::from_secs(limits.seconds)),
            next_look: Cell::new(limits.operations),
            spent: Cell::new(None),
            noted: Cell::new(None),
            depth: limits.depth,
        }
    }

    /// One of that many shares of what is left, with the same time. See [`Self::take_back`].
    pub fn share(&self, shares: usize) -> Self {
        let operations = self.operations.get() / shares as u64;
        Self {
            operations: Cell::new(operations),
            decompressed: Cell::new(self.decompressed.get() / shares),
            characters: Cell::new(self.characters.get() / shares),
            deadline: self.deadline,
            next_look: Cell::new(operations),
            spent: Cell::new(self.spent.get()),
            noted: Cell::new(None),
            depth: self.depth,
        }
    }

    /// Takes back what is left of all the shares that were given. False, and nothing is taken, if one of them ran out: what
    /// it was for may still fit the whole. Only time is the same for all.
    pub fn take_back(&self, shares: &[Self]) -> bool {
        let ended = |share: &Self| share.spent.get();
        if shares.iter().filter_map(ended).any(|limit| limit != TIME) {
            return false;
        }
        let (mut operations, mut decompressed, mut characters) = (0, 0, 0);
        for share in shares {
            operations += share.operations.get();
            decompressed += share.decompressed.get();
            characters += share.characters.get();
            self.noted.set(self.noted.get().or(share.noted.get()));
        }
        self.operations.set(operations);
        self.decompressed.set(decompressed);
        self.characters.set(characters);
        self.next_look.set(operations);
        if shares.iter().any(|share| ended(share).is_some()) {
            self.end(TIME);
        }
        true
    }

    /// The limit that ended the reading or left something out, if one did.
    pub fn spent(&self) -> Option<&'static str> {
        self.spent.get().or(self.noted.get())
    }

    /// Remembers a limit that leaves something out but lets the rest be read.
    pub fn note(&self, limit: &'static str) {
        self.noted.set(Some(limit));
    }

    /// How deep forms and page trees may nest.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Bytes that may still be decompressed.
    pub fn decompressed(&self) -> usize {
        self.decompressed.get()
    }

    /// Whether `count` more operators may run.
    #[inline]
    pub fn operate(&self, count: u64) -> bool {
        let Some(left) = self.operations.get().checked_sub(count) else {
            return self.end("operations");
        };
        self.operations.set(left);
        left >= self.next_look.get() || self.look(left)
    }

    /// Whether `count` bytes of decompressed data fit.
    pub fn decompress(&self, count: usize) -> bool {
        match self.decompressed.get().checked_sub(count) {
            Some(left) => {
                self.decompressed.set(left);
                self.spent.get().is_none()
            }
            None => self.end("decompressed bytes"),
        }
    }

    /// Whether `count` characters of text fit.
    pub fn write(&self, count: usize) -> bool {
        match self.characters.get().checked_sub(count) {
            Some(left) => {
                self.characters.set(left);
                true
            }
            None => self.end("characters"),
        }
    }

    /// Spends what is left; `limit` is named as the reason.
    pub fn end(&self, limit: &'static str) -> bool {
        if self.spent.get().is_none() {
            self.spent.set(Some(limit));
        }
        self.operations.set(0);
        self.next_look.set(u64::MAX);
        false
    }

    #[cold]
    fn look(&self, left: u64) -> bool {
        if self.spent.get().is_some() {
            return false;
        }
        self.next_look.set(left.saturating_sub(CLOCK_INTERVAL));
        match self.deadline {
            Some(deadline) if Instant::now() > deadline => self.end(TIME),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(limits: Limits, spend: impl Fn(&Budget) -> bool, expected: &str) {
        let budget = Budget::new(&limits);
        assert!((0..100_000).any(|_| !spend(&budget)), "never ends");
        assert_eq!(budget.spent(), Some(expected));
        assert!(!budget.operate(1), "a spent budget stays spent");
    }

    #[test]
    fn the_first_limit_that_is_hit_is_named() {
        let all = Limits::default();
        check(Limits { operations: 10, ..all }, |budget| budget.operate(1), "operations");
        check(
            Limits { decompressed: 99, ..all },
            |budget| budget.decompress(10),
            "decompressed bytes",
        );
        check(Limits { characters: 99, ..all }, |budget| budget.write(10), "characters");
    }

    #[test]
    fn time_is_looked_at_every_few_thousand_operators() {
        let budget = Budget::new(&Limits { seconds: 0, ..Limits::default() });
        std::thread::sleep(Duration::from_millis(2));
        assert!((0..2 * CLOCK_INTERVAL).any(|_| !budget.operate(1)));
        assert_eq!(budget.spent(), Some("time"));
    }
}
