//! One text's violations: what the ends of phrases in it amount to.
//!
//! Ends of phrases in, in the text's order; mentions out, each an account or an instrument.

use std::ops::Range;

use super::super::near::NearState;
use super::overlap::{OverlapFilter, ViolationMention};
use super::{Entry, Found, Matcher, Named, Token, span};

/// How many words before a mention a word like `law` may stand to make it an instrument's: `the Law on the prevention of
/// domestic violence`.
const INSTRUMENT_BEFORE: usize = 4;

/// The same for words after it: `the domestic violence bill`.
const INSTRUMENT_AFTER: usize = 2;

/// What was met in a text so far.
#[derive(Debug, Default)]
pub(super) struct ViolationScan {
    near: NearState,
    /// What each violation has so far.
    filters: Vec<OverlapFilter>,
    /// Words that make mentions near them an instrument's, in order.
    instruments: Vec<u32>,
    /// Before this word nothing names an instrument.
    no_instrument: usize,
    mentions: Vec<ViolationMention>,
}

impl ViolationScan {
    /// Makes ready for a text.
    pub(super) fn begin(&mut self, matcher: &Matcher) {
        self.near.begin(matcher.rules.len());
        self.filters.clear();
        self.filters.resize(matcher.violation_count, OverlapFilter::default());
        self.instruments.clear();
        self.no_instrument = 0;
        self.mentions.clear();
    }

    /// Takes the end of a phrase into account.
    pub(super) fn meet(
        &mut self,
        matcher: &Matcher,
        entry: Entry,
        words: Range<usize>,
        text: &str,
        tokens: &[Token],
    ) {
        let mention = match entry {
            Entry::Term { violation, weak, instrument, capitals } => {
                if capitals && !is_capitals(text, span(tokens, words.clone())) {
                    return;
                }
                ViolationMention { violation, words, weak, instrument, spread: false }
            }
            Entry::Not(violation) => {
                self.filters[usize::from(violation.0)].block(words.end);
                return;
            }
            Entry::Part(part) => {
                let (violation, parts, weak) = matcher.rules[part.rule as usize];
                let sentence = tokens[words.start].sentence_start as usize;
                let Some(words) = self.near.meet(part, parts, words, sentence) else { return };
                ViolationMention { violation, words, weak, instrument: false, spread: true }
            }
            Entry::NotInstrument => {
                self.no_instrument = words.end;
                return;
            }
            Entry::Instrument { capital } => {
                let first = text[tokens[words.start].start as usize..].chars().next();
                let written = !capital || first.is_some_and(char::is_uppercase);
                if written && words.start >= self.no_instrument {
                    self.instruments.push(words.start as u32);
                }
                return;
            }
        };
        self.filters[usize::from(mention.violation.0)].add(mention, &mut self.mentions);
    }

    /// Appends the mentions to `found`.
    pub(super) fn finish(&mut self, tokens: &[Token], found: &mut Vec<Found>) {
        for mention in self.mentions.drain(..) {
            let instrument =
                mention.instrument || is_instrument(&mention, tokens, &self.instruments);
            found.push(Found {
                named: Named::Violation(mention.violation, instrument),
                sentence: tokens[mention.words.start].sentence,
                range: span(tokens, mention.words),
                weak: mention.weak,
            });
        }
    }
}

fn is_capitals(text: &str, range: Range<usize>) -> bool {
    !text[range].chars().any(char::is_lowercase)
}

/// Whether a law, a treaty or a body stands beside a mention, in its sentence, or between its words. One that is part of the
/// term itself does not count: an amnesty law is the harm.
fn is_instrument(mention: &ViolationMention, tokens: &[Token], instruments: &[u32]) -> bool {
    let words = &mention.words;
    let first = words.start.saturating_sub(INSTRUMENT_BEFORE);
    let next = instruments.partition_point(|at| (*at as usize) < first);
    let sentence = tokens[words.start].sentence;
    instruments[next..]
        .iter()
        .map(|at| *at as usize)
        .take_while(|at| *at < words.end + INSTRUMENT_AFTER)
        .any(|at| tokens[at].sentence == sentence && (mention.spread || !words.contains(&at)))
}
