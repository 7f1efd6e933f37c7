//! Words near each other: rules such as `prison | jail + overcrowding`, met when each part stands within a window of one
//! sentence, in any order.
//!
//! Occurrences of parts go in, in the text's order; spans of words come out. Each occurrence costs its word's number of rules:
//! nothing is looked back at.

use std::ops::Range;

/// How many words a rule's parts may span: more find hardly more and are wrong more often (`docs/measurements.md`).
pub(super) const WINDOW: usize = 8;

/// Parts that a rule can have.
const PARTS: usize = 4;

/// A rule of the taxonomy, by its number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// The rule.
    pub(super) rule: u32,
    /// Which of its parts.
    pub(super) part: u8,
}

/// Where a rule's parts stood last.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// First word and the word after the last, from 1; 0 for a part not seen.
    parts: [(u32, u32); PARTS],
}

/// What was seen of the rules in one text.
#[derive(Debug, Default)]
pub(super) struct NearState {
    seen: Vec<Seen>,
    /// Rules that were touched, to clean up after the text.
    touched: Vec<u32>,
}

impl NearState {
    /// Makes ready for a text, with so many rules.
    pub(super) fn begin(&mut self, rules: usize) {
        for rule in self.touched.drain(..) {
            self.seen[rule as usize] = Seen::default();
        }
        self.seen.resize(rules, Seen::default());
    }

    /// Notes that a part stands at `words`; the whole rule's span if this completes it within the window and the sentence that
    /// begins with word `sentence`. `parts` is how many the rule has.
    pub(super) fn meet(
        &mut self,
        part: Part,
        parts: u8,
        words: Range<usize>,
        sentence: usize,
    ) -> Option<Range<usize>> {
        let seen = &mut self.seen[part.rule as usize];
        if seen.parts.iter().all(|place| place.1 == 0) {
            self.touched.push(part.rule);
        }
        // From 1, so that 0 can mean "not seen".
        let here = (words.start as u32 + 1, words.end as u32 + 1);
        seen.parts[usize::from(part.part)] = here;
        let mut span = here;
        for place in &seen.parts[..usize::from(parts)] {
            if place.1 == 0 {
                return None;
            }
            span = (span.0.min(place.0), span.1.max(place.1));
        }
        let span = span.0 as usize - 1..span.1 as usize - 1;
        if span.start < sentence || span.len() > WINDOW || self.overlaps(part.rule, parts) {
            return None;
        }
        // Its words are used up: the next mention needs words of its own.
        self.seen[part.rule as usize] = Seen::default();
        Some(span)
    }

    /// Whether two parts stand on the same word, as `child` in `child | children + child labour` would.
    fn overlaps(&self, rule: u32, parts: u8) -> bool {
        let places = &self.seen[rule as usize].parts[..usize::from(parts)];
        places.iter().enumerate().any(|(at, one)| {
            places[at + 1..].iter().any(|other| one.0 < other.1 && other.0 < one.1)
        })
    }
}

/// The parts of a rule as it is written in the taxonomy: each a list of words or phrases, any of which will do.
///
/// More parts than a rule can have are left out; a test reads the built-in rules.
pub(super) fn parts(rule: &str) -> Vec<Vec<&str>> {
    rule.split('+')
        .take(PARTS)
        .map(|part| part.split('|').map(str::trim).filter(|word| !word.is_empty()).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(occurrences: &[(u8, usize)], sentence: usize, expected: &[(usize, usize)]) {
        let mut state = NearState::default();
        state.begin(1);
        let found: Vec<_> = occurrences
            .iter()
            .filter_map(|(part, at)| {
                let part = Part { rule: 0, part: *part };
                state.meet(part, 2, *at..at + 1, sentence).map(|span| (span.start, span.end))
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn parts_are_met_in_any_order_within_the_window() {
        check(&[(0, 3), (1, 5)], 0, &[(3, 6)]);
        check(&[(1, 3), (0, 5)], 0, &[(3, 6)]);
        check(&[(0, 3), (1, 3 + WINDOW)], 0, &[]);
        check(&[(0, 3), (0, 30), (1, 31)], 0, &[(30, 32)]);
    }

    #[test]
    fn a_sentence_parts_them_and_words_are_used_once() {
        check(&[(0, 3), (1, 5)], 4, &[]);
        check(&[(0, 3), (1, 5), (1, 6)], 0, &[(3, 6)]);
        check(&[(0, 3), (1, 3)], 0, &[]);
    }

    #[test]
    fn a_rule_reads_as_it_is_written() {
        assert_eq!(parts("prison | jail + food"), [vec!["prison", "jail"], vec!["food"]]);
    }
}
