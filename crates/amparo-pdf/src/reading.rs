//! Reads a document's pages: one after the other, or a long document's on all threads of the pool at once.
//!
//! In: pages and what is drawn over them; out: the lines of each. Pages depend on each other only through what is shared
//! here, fonts and budget, so each thread has its own fonts and a share of the budget. A share that runs out proves
//! nothing of the whole budget: then the pages are read again in order, so the result never depends on the threads.

use std::cell::Cell;

use lopdf::Document;
use rayon::prelude::*;

use super::budget::Budget;
use super::font::Fonts;
use super::forms::Overlay;
use super::interpret::Interpreter;
use super::layout::{self, PageLines};
use super::pages::PageObject;

/// Characters that a line counts for besides its own.
const LINE_COST: usize = 32;

/// Fewer pages than this are not worth loading their fonts once more.
const FEWEST_PAGES: usize = 64;

/// More parts than this are not made: each may hold fonts, and takes its share of the budget.
const MOST_PARTS: usize = 8;

/// A page and what is drawn over it.
pub(super) type Covered<'a> = (&'a PageObject<'a>, &'a Overlay);

/// The lines of each page, with the places of their `words` if these are asked for.
pub(super) fn lines(
    doc: &Document,
    pages: &[Covered<'_>],
    budget: &Budget,
    words: bool,
) -> Vec<PageLines> {
    let parts = parts(pages.len());
    if parts > 1
        && let Some(lines) = side_by_side(doc, pages, parts, budget, words)
    {
        return lines;
    }
    in_order(doc, pages, &Fonts::default(), budget, words)
}

thread_local! {
    /// Whether this thread waits for parts of a document. Meanwhile its pool may give it another file to read: the pages of
    /// that one are read in order, so that files do not pile up on its stack.
    static WAITS: Cell<bool> = const { Cell::new(false) };
}

/// While there is one, this thread waits; a panic ends it, too.
struct Waiting;

impl Waiting {
    fn begin() -> Self {
        WAITS.set(true);
        Self
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        WAITS.set(false);
    }
}

/// In how many parts that many pages are read. Threads of a pool are there to be used; others have no pool to ask.
fn parts(pages: usize) -> usize {
    if rayon::current_thread_index().is_none() || WAITS.get() {
        return 1;
    }
    // Two parts for each thread, because one part may be slower than another.
    let threads = rayon::current_num_threads();
    if threads == 1 { 1 } else { (2 * threads).min(pages / FEWEST_PAGES).min(MOST_PARTS) }
}

/// Each part on a thread of the pool; `None` if a part ended before its last page.
fn side_by_side(
    doc: &Document,
    pages: &[Covered<'_>],
    parts: usize,
    budget: &Budget,
    words: bool,
) -> Option<Vec<PageLines>> {
    let ranges = pages.chunks(pages.len().div_ceil(parts));
    let parts: Vec<(&[Covered<'_>], Budget)> =
        ranges.map(|range| (range, budget.share(parts))).collect();
    let count = parts.len();
    let waiting = Waiting::begin();
    let read: Vec<(Vec<PageLines>, Budget)> = parts
        .into_par_iter()
        .map(|(range, share)| (in_order(doc, range, &Fonts::one_of(count), &share, words), share))
        .collect();
    drop(waiting);
    let (lines, shares): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    budget.take_back(&shares).then(|| lines.into_iter().flatten().collect())
}

fn in_order(
    doc: &Document,
    pages: &[Covered<'_>],
    fonts: &Fonts,
    budget: &Budget,
    words: bool,
) -> Vec<PageLines> {
    let mut interpreter = Interpreter::new(doc, fonts, budget, words);
    let mut read = |(page, overlay): &Covered<'_>| {
        interpreter.draw(page, &overlay.appearances);
        let mut lines = layout::page(&interpreter.fragments, page.view);
        lines.picture_cover = interpreter.pictures.cover();
        // A line costs memory beyond its characters.
        budget.write(LINE_COST * lines.len());
        lines
    };
    pages.iter().map(&mut read).collect()
}
