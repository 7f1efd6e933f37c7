//! Which part of a passage is shown: the sentences with the most different terms, or, where no whole sentences hold as many, the
//! words around them.

use std::cmp::Ordering;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::GraphemeCursor;

use super::flow::{Flow, Place};

/// The part of a line that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) range: Range<usize>,
    /// Whether it begins, ends within a sentence.
    pub(super) cut_start: bool,
    pub(super) cut_end: bool,
}

/// Whole sentences are shown if they have this share of the terms, and of their weight, that the best cut sentences have: an
/// excerpt is there to be quoted. So three terms of four in whole sentences are preferred to four, but one to two is not.
const WHOLE: f32 = 0.7;

/// The part that shows most, of `limit` scalar values at most, the ellipses of cut sentences included.
pub(super) fn choose(flow: &Flow, sentences: &[Range<usize>], limit: usize) -> Part {
    let whole = 0..flow.text.len();
    if flow.length(&whole) <= limit {
        return uncut(whole);
    }
    if flow.marks.is_empty() {
        return opening(flow, sentences, limit);
    }
    let run = best_run(flow, sentences, limit);
    // Where a sentence is cut, its ellipses take up room.
    let span = best_span(flow, limit - 2);
    match run {
        Some((run, score)) if score.is_nearly(&span.1) => {
            let run = extended(flow, sentences, run, limit);
            uncut(sentences[run.start].start..sentences[run.end - 1].end)
        }
        _ => cut(flow, sentences, &span.0, limit - 2),
    }
}

fn uncut(range: Range<usize>) -> Part {
    Part { range, cut_start: false, cut_end: false }
}

/// The first sentences, or the first words.
fn opening(flow: &Flow, sentences: &[Range<usize>], limit: usize) -> Part {
    let fits = |sentence: &&Range<usize>| flow.scalar(sentence.end) <= limit;
    if let Some(last) = sentences.iter().take_while(fits).last() {
        return uncut(0..last.end);
    }
    let end = end_before(flow, 0, flow.byte(limit - 1));
    Part { range: 0..end, cut_start: false, cut_end: true }
}

/// How much a part shows.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    terms: usize,
    weight: f32,
    marks: usize,
}

impl Score {
    fn compare_terms(&self, other: &Self) -> Ordering {
        self.terms.cmp(&other.terms).then(self.weight.total_cmp(&other.weight))
    }

    fn is_nearly(&self, other: &Self) -> bool {
        self.terms as f32 >= WHOLE * other.terms as f32 && self.weight >= WHOLE * other.weight
    }

    fn is_better(&self, other: &Self) -> bool {
        self.compare_terms(other).then(self.marks.cmp(&other.marks)).is_gt()
    }
}

/// The marks in a window that moves over a passage.
struct Tally<'f> {
    weights: &'f [f32],
    counts: Vec<usize>,
    terms: usize,
    marks: usize,
}

impl<'f> Tally<'f> {
    fn new(flow: &'f Flow) -> Self {
        let counts = vec![0; flow.weights.len()];
        Self { weights: &flow.weights, counts, terms: 0, marks: 0 }
    }

    fn add(&mut self, place: &Place) {
        self.terms += usize::from(self.counts[place.term] == 0);
        self.counts[place.term] += 1;
        self.marks += 1;
    }

    fn remove(&mut self, place: &Place) {
        self.counts[place.term] -= 1;
        self.terms -= usize::from(self.counts[place.term] == 0);
        self.marks -= 1;
    }

    /// The score, if it has as many terms as the best one: summed anew in the order of terms, so that equal sets are equal.
    fn score(&self, best: &Score) -> Option<Score> {
        if self.terms < best.terms {
            return None;
        }
        let present = self.weights.iter().zip(&self.counts).filter(|(_, count)| **count > 0);
        let weight = present.map(|(weight, _)| weight).sum();
        Some(Score { terms: self.terms, weight, marks: self.marks })
    }
}

/// The best run of whole sentences, as indices, that begins and ends with a marked one; `None` if none fits.
fn best_run(
    flow: &Flow,
    sentences: &[Range<usize>],
    limit: usize,
) -> Option<(Range<usize>, Score)> {
    let marked = marked_sentences(flow, sentences);
    let mut tally = Tally::new(flow);
    let mut best: Option<(Range<usize>, Score)> = None;
    let mut last = 0;
    for (first, (sentence, marks)) in marked.iter().enumerate() {
        let start = sentences[*sentence].start;
        while let Some((next, marks)) = marked.get(last)
            && flow.length(&(start..sentences[*next].end)) <= limit
        {
            flow.marks[marks.clone()].iter().for_each(|place| tally.add(place));
            last += 1;
        }
        if last <= first {
            // This sentence alone is too long.
            last = first + 1;
            continue;
        }
        let score = tally.score(&best.as_ref().map_or(Score::default(), |(_, score)| *score));
        if let Some(score) = score
            && best.as_ref().is_none_or(|(_, best)| score.is_better(best))
        {
            best = Some((*sentence..marked[last - 1].0 + 1, score));
        }
        flow.marks[marks.clone()].iter().for_each(|place| tally.remove(place));
    }
    best
}

/// The sentences in which a mark begins, each with its marks.
fn marked_sentences(flow: &Flow, sentences: &[Range<usize>]) -> Vec<(usize, Range<usize>)> {
    let mut marked: Vec<(usize, Range<usize>)> = Vec::new();
    let mut sentence = 0;
    for (index, place) in flow.marks.iter().enumerate() {
        while sentence + 1 < sentences.len() && sentences[sentence + 1].start <= place.start {
            sentence += 1;
        }
        match marked.last_mut() {
            Some((last, marks)) if *last == sentence => marks.end = index + 1,
            _ => marked.push((sentence, index..index + 1)),
        }
    }
    marked
}

/// A run of sentences with as many of its neighbours as fit: of its own paragraphs first, and following ones first, since they
/// carry on what was found. Those of other paragraphs are added to short runs only.
fn extended(
    flow: &Flow,
    sentences: &[Range<usize>],
    mut run: Range<usize>,
    limit: usize,
) -> Range<usize> {
    let length =
        |run: &Range<usize>| flow.length(&(sentences[run.start].start..sentences[run.end - 1].end));
    let paragraph = |sentence: usize| {
        let start = sentences[sentence].start;
        flow.paragraphs.partition_point(|paragraph| paragraph.end <= start)
    };
    loop {
        let after = (run.end < sentences.len()).then(|| run.start..run.end + 1);
        let before = run.start.checked_sub(1).map(|start| start..run.end);
        let own_after = after.clone().filter(|_| paragraph(run.end - 1) == paragraph(run.end));
        let own_before =
            before.clone().filter(|before| paragraph(before.start) == paragraph(run.start));
        let short = length(&run) < limit / 2;
        let candidates = [own_after, own_before, after.filter(|_| short), before.filter(|_| short)];
        match candidates.into_iter().flatten().find(|run| length(run) <= limit) {
            Some(longer) => run = longer,
            None => return run,
        }
    }
}

/// The shortest of the best spans from one mark to another within `room`, so that most of it is left for the words around; one
/// mark alone can be longer.
fn best_span(flow: &Flow, room: usize) -> (Range<usize>, Score) {
    let mut tally = Tally::new(flow);
    let mut best: Option<(Range<usize>, Score)> = None;
    let mut first = 0;
    for (last, mark) in flow.marks.iter().enumerate() {
        tally.add(mark);
        // Marks too far back go, and so do those whose term comes again.
        while first < last
            && (flow.length(&(flow.marks[first].start..mark.end)) > room
                || tally.counts[flow.marks[first].term] > 1)
        {
            tally.remove(&flow.marks[first]);
            first += 1;
        }
        let span = flow.marks[first].start..mark.end;
        let known = best.as_ref().map_or(Score::default(), |(_, score)| *score);
        if let Some(score) = tally.score(&known)
            && best.as_ref().is_none_or(|(known, best)| {
                let longer = flow.length(known).cmp(&flow.length(&span));
                score.compare_terms(best).then(longer).is_gt()
            })
        {
            best = Some((span, score));
        }
    }
    best.unwrap_or_default()
}

/// The words around a span, within `room`.
fn cut(flow: &Flow, sentences: &[Range<usize>], span: &Range<usize>, room: usize) -> Part {
    let mut span = snapped(flow, span);
    let first = sentences.partition_point(|sentence| sentence.end <= span.start);
    let last = sentences.partition_point(|sentence| sentence.end < span.end);
    // The span begins and ends within sentences; one that ends in the space between two belongs to the first of them.
    let first = sentences.get(first).map_or(span.start, |it| it.start.min(span.start));
    let last = sentences.get(last).map_or(span.end, |it| it.end.max(span.end));
    if flow.length(&span) > room {
        span.end = end_before(flow, span.start, flow.byte(flow.scalar(span.start) + room));
    } else {
        if flow.length(&(first..span.end)) <= room {
            span.start = first;
        } else {
            // Two thirds of the room are for what follows.
            let lead = (room - flow.length(&span)) / 3;
            span.start = start_after(flow, flow.byte(flow.scalar(span.start) - lead), span.start);
        }
        if flow.length(&(span.start..last)) <= room {
            span.end = last;
            let lead = flow.scalar(span.start).min(room - flow.length(&span));
            let from = flow.byte(flow.scalar(span.start) - lead).max(first);
            span.start = start_after(flow, from, span.start);
        } else {
            let end = flow.byte(flow.scalar(span.start) + room);
            span.end = last_space(flow, span.end, end).unwrap_or(span.end);
        }
    }
    Part { cut_start: span.start > first, cut_end: span.end < last, range: span }
}

/// A span whose ends do not split a word.
fn snapped(flow: &Flow, span: &Range<usize>) -> Range<usize> {
    let head = |text: &str| text.len() - text.trim_start_matches(is_word_character).len();
    let is_in_word = |text: &str| text.ends_with(is_word_character);
    let (before, rest) = flow.text.split_at(span.start);
    let word = &before[before.trim_end_matches(is_word_character).len()..];
    // A mark that combines with nothing of the word does not begin it.
    let word = word.trim_start_matches(is_combining_mark);
    let start = if head(rest) > 0 { span.start - word.len() } else { span.start };
    let (inside, after) = flow.text.split_at(span.end);
    let end = if is_in_word(inside) { span.end + head(after) } else { span.end };
    start..end
}

fn is_word_character(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '\u{00ad}' | '\u{200c}' | '\u{200d}')
}

/// The first place from `from` on behind a space; `until`, if there is none before it.
fn start_after(flow: &Flow, from: usize, until: usize) -> usize {
    let behind_space = |at: usize| at == 0 || flow.text.as_bytes()[at - 1] == b' ';
    let combines = |at: usize| flow.text[at..].chars().next().is_some_and(is_combining_mark);
    (from..until)
        .find(|at| flow.text.is_char_boundary(*at) && behind_space(*at) && !combines(*at))
        .unwrap_or(until)
}

/// The last place before a space, or the end, from `from` to `until`.
fn last_space(flow: &Flow, from: usize, until: usize) -> Option<usize> {
    let bytes = flow.text.as_bytes();
    (from..=until).rev().find(|at| bytes.get(*at).is_none_or(|byte| *byte == b' '))
}

/// Where a text that begins at `start` is cut so that it ends at `until` at the latest: before a space; before the last word
/// that has begun; or, within one long word, between characters as a reader sees them.
fn end_before(flow: &Flow, start: usize, until: usize) -> usize {
    let part = &flow.text[start..until];
    last_space(flow, start + 1, until)
        .or_else(|| {
            let words = part.trim_end_matches(is_word_character);
            let between = if words.is_empty() { part } else { words };
            grapheme_before(between, &flow.text[start..]).map(|at| start + at)
        })
        .unwrap_or(until)
}

/// The last place between two characters as a reader sees them in a text whose beginning is `part`; `None` at its very start.
fn grapheme_before(part: &str, text: &str) -> Option<usize> {
    let mut cursor = GraphemeCursor::new(part.len(), text.len(), true);
    let boundary = match cursor.is_boundary(text, 0) {
        Ok(true) => Some(part.len()),
        Ok(false) => cursor.prev_boundary(text, 0).ok().flatten(),
        Err(_) => None,
    };
    boundary.filter(|at| *at > 0)
}
