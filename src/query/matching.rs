//! Which passages match a query, and how well: a query's parts are evaluated over a segment one after another.
//!
//! Scores of a segment stand in one array, so that unions, intersections and exclusions are single loops, every match is
//! counted, and nothing is cut off.

use tantivy::query::{EnableScoring, Query as _, Weight};
use tantivy::{DocSet, Searcher, SegmentReader, TERMINATED};

use super::syntax::{Node, Query, Term};
use super::terms::Terms;

/// A query ready to be evaluated.
pub enum Plan {
    /// A word, phrase or prefix.
    Leaf(Box<dyn Weight>),
    /// All of these; a passage's score is their sum.
    All(Vec<Plan>),
    /// Any of these; a passage's score is the sum of those that match.
    Any(Vec<Plan>),
    /// Not this.
    Not(Box<Plan>),
    /// Nothing matches: a word of which nothing is left.
    Nothing,
}

impl std::fmt::Debug for Plan {
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

/// How well each passage of a segment matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// By number of the passage; negative where it does not match.
    pub scores: Vec<f32>,
    /// Whether it matches all of a query that is not strict; empty for a strict one.
    pub complete: Vec<bool>,
}

/// Score of a passage that does not match.
const NO_MATCH: f32 = -1.0;

impl Plan {
    /// The plan of a query; `None` for one without words.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn of(
        query: &Query,
        terms: &mut Terms<'_>,
        searcher: &Searcher,
    ) -> tantivy::Result<Option<Self>> {
        query.root.as_ref().map(|root| Self::node(root, terms, searcher)).transpose()
    }

    fn node(node: &Node, terms: &mut Terms<'_>, searcher: &Searcher) -> tantivy::Result<Self> {
        let query = match node {
            Node::Term(Term::Word(text)) => terms.word(text)?,
            Node::Term(Term::Pattern(pattern)) => Some(terms.pattern(pattern)?),
            Node::Term(Term::Fuzzy { word, distance }) => Some(terms.fuzzy(word, *distance)),
            Node::Phrase(phrase) => terms.phrase(phrase)?,
            Node::Field(field) => Some(terms.field(field)?),
            Node::Not(node) => {
                return Ok(Self::Not(Box::new(Self::node(node, terms, searcher)?)));
            }
            Node::All(nodes) | Node::Any(nodes) => {
                let parts: Vec<Self> = nodes
                    .iter()
                    .map(|node| Self::node(node, terms, searcher))
                    .collect::<tantivy::Result<_>>()?;
                let all = matches!(node, Node::All(_));
                return Ok(if all { Self::All(parts) } else { Self::Any(parts) });
            }
        };
        let Some(query) = query else { return Ok(Self::Nothing) };
        Ok(Self::Leaf(query.weight(EnableScoring::enabled_from_searcher(searcher))?))
    }

    /// Evaluates a query over a segment. Unless it is strict, passages with only some of its words match too.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn evaluate(&self, segment: &SegmentReader, strict: bool) -> tantivy::Result<Scores> {
        if let (Self::All(parts), false) = (self, strict) {
            return Self::evaluate_words(parts, segment);
        }
        Ok(Scores { scores: self.scores(segment)?, complete: Vec::new() })
    }

    /// The words of a query without operators: any of them matches, and which passages hold all is told.
    fn evaluate_words(parts: &[Self], segment: &SegmentReader) -> tantivy::Result<Scores> {
        let size = segment.max_doc() as usize;
        let mut sums = vec![NO_MATCH; size];
        let mut counts = vec![0usize; size];
        for part in parts {
            for (doc, score) in part.scores(segment)?.into_iter().enumerate() {
                if score >= 0.0 {
                    sums[doc] = sums[doc].max(0.0) + score;
                    counts[doc] += 1;
                }
            }
        }
        let complete = counts.into_iter().map(|count| count == parts.len()).collect();
        Ok(Scores { scores: sums, complete })
    }

    fn scores(&self, segment: &SegmentReader) -> tantivy::Result<Vec<f32>> {
        let size = segment.max_doc() as usize;
        match self {
            Self::Nothing => Ok(vec![NO_MATCH; size]),
            Self::Leaf(weight) => {
                let mut scores = vec![NO_MATCH; size];
                let mut scorer = weight.scorer(segment, 1.0)?;
                let mut doc = scorer.doc();
                while doc != TERMINATED {
                    scores[doc as usize] = scorer.score();
                    doc = scorer.advance();
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
                Self::fold(parts, segment, 0.0, both)
            }
            Self::Any(parts) => {
                let either =
                    |sum: f32, score: f32| if score < 0.0 { sum } else { sum.max(0.0) + score };
                Self::fold(parts, segment, NO_MATCH, either)
            }
        }
    }

    fn fold(
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
