//! Clauses: what a query is made of, evaluated over a segment one after another.
//!
//! Scores of a segment stand in one array, so that unions, intersections and exclusions are single loops, every match is
//! counted, and nothing is cut off.

use tantivy::query::{EnableScoring, Weight};
use tantivy::{Searcher, SegmentReader};

use super::scores::{NO_MATCH, ScoreBuffer};
use super::syntax::{Node, Term};
use super::terms::Terms;

/// A part of a query, ready to be evaluated.
pub enum Clause {
    /// A word, phrase or prefix: any of these, and a passage's score is that of the best.
    Leaf(Vec<Box<dyn Weight>>),
    /// All of these; a passage's score is their sum.
    All(Vec<Clause>),
    /// Any of these; a passage's score is the sum of those that match.
    Any(Vec<Clause>),
    /// Not this.
    Not(Box<Clause>),
    /// Nothing matches: a word of which nothing is left.
    Nothing,
}

impl std::fmt::Debug for Clause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Leaf(_) => f.write_str("Leaf"),
            Self::All(parts) => f.debug_tuple("All").field(parts).finish(),
            Self::Any(parts) => f.debug_tuple("Any").field(parts).finish(),
            Self::Not(part) => f.debug_tuple("Not").field(part).finish(),
            Self::Nothing => f.write_str("Nothing"),
        }
    }
}

impl Clause {
    /// The clause of one word, pattern or misspelling.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn term(
        term: &Term,
        terms: &mut Terms<'_>,
        searcher: &Searcher,
    ) -> tantivy::Result<Self> {
        let queries = match term {
            Term::Word(text) => terms.word(text)?,
            Term::Pattern(pattern) => vec![terms.pattern(pattern)?],
            Term::Fuzzy { word, distance } => vec![terms.fuzzy(word, *distance)],
        };
        Self::leaf(queries, searcher)
    }

    /// The clause of queries of the engine, of which any matches; none of them matches nothing.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn leaf(
        queries: impl IntoIterator<Item = Box<dyn tantivy::query::Query>>,
        searcher: &Searcher,
    ) -> tantivy::Result<Self> {
        let weights = queries
            .into_iter()
            .map(|query| query.weight(EnableScoring::enabled_from_searcher(searcher)))
            .collect::<tantivy::Result<Vec<_>>>()?;
        Ok(if weights.is_empty() { Self::Nothing } else { Self::Leaf(weights) })
    }

    /// The clause of a part of a query's syntax.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn of(
        node: &Node,
        terms: &mut Terms<'_>,
        searcher: &Searcher,
    ) -> tantivy::Result<Self> {
        let query = match node {
            Node::Term(term) => return Self::term(term, terms, searcher),
            Node::Phrase(phrase) => terms.phrase(phrase)?,
            Node::Field(field) => Some(terms.field(field)?),
            Node::Not(node) => {
                return Ok(Self::Not(Box::new(Self::of(node, terms, searcher)?)));
            }
            Node::All(nodes) | Node::Any(nodes) => {
                let parts: Vec<Self> = nodes
                    .iter()
                    .map(|node| Self::of(node, terms, searcher))
                    .collect::<tantivy::Result<_>>()?;
                let all = matches!(node, Node::All(_));
                return Ok(if all { Self::All(parts) } else { Self::Any(parts) });
            }
        };
        Self::leaf(query, searcher)
    }

    /// Writes the scores of the passages of a segment that match in an empty buffer.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn write(
        &self,
        segment: &SegmentReader,
        buffer: &mut ScoreBuffer,
    ) -> tantivy::Result<()> {
        if let Self::Leaf(weights) = self {
            // One after another: each term is its own loop over its postings.
            for weight in weights {
                weight.for_each(segment, &mut |doc, score| buffer.raise(doc, score))?;
            }
            return Ok(());
        }
        for (doc, score) in (0..).zip(self.scores(segment)?).filter(|(_, score)| *score >= 0.0) {
            buffer.write(doc, score);
        }
        Ok(())
    }

    /// The score of each passage of a segment, [`NO_MATCH`] where it does not match.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn scores(&self, segment: &SegmentReader) -> tantivy::Result<Vec<f32>> {
        let size = segment.max_doc() as usize;
        match self {
            Self::Nothing => Ok(vec![NO_MATCH; size]),
            Self::Leaf(weights) => {
                let mut scores = vec![NO_MATCH; size];
                // One after another: each term is its own loop over its postings.
                for weight in weights {
                    weight.for_each(segment, &mut |doc, score| {
                        let best = &mut scores[doc as usize];
                        *best = best.max(score);
                    })?;
                }
                Ok(scores)
            }
            Self::Not(part) => {
                let inner = part.scores(segment)?;
                Ok(inner
                    .into_iter()
                    .map(|score| if score < 0.0 { 0.0 } else { NO_MATCH })
                    .collect())
            }
            Self::All(parts) => {
                let both = |sum: f32, score: f32| {
                    if sum < 0.0 || score < 0.0 { NO_MATCH } else { sum + score }
                };
                Self::combined(parts, segment, 0.0, both)
            }
            Self::Any(parts) => {
                let either =
                    |sum: f32, score: f32| if score < 0.0 { sum } else { sum.max(0.0) + score };
                Self::combined(parts, segment, NO_MATCH, either)
            }
        }
    }

    fn combined(
        parts: &[Self],
        segment: &SegmentReader,
        start: f32,
        join: impl Fn(f32, f32) -> f32,
    ) -> tantivy::Result<Vec<f32>> {
        let mut sums = vec![start; segment.max_doc() as usize];
        for part in parts {
            for (sum, score) in sums.iter_mut().zip(part.scores(segment)?) {
                *sum = join(*sum, score);
            }
        }
        Ok(sums)
    }
}
