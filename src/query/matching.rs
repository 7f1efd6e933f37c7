//! Which passages match a query, and how well: a query's parts are evaluated over a segment one after another.
//!
//! Scores of a segment stand in one array, so that unions, intersections and exclusions are single loops, every match is
//! counted, and nothing is cut off.

use tantivy::query::{EnableScoring, Weight};
use tantivy::{DocId, Searcher, SegmentReader};

use super::free_text::FreeText;
use super::sheet::Sheet;
use super::syntax::{Node, Query, Term};
use super::terms::Terms;
use super::understand::Interpretation;
use crate::index::Snapshot;

/// A query ready to be evaluated.
pub enum Plan {
    /// A word, phrase or prefix: any of these, and a passage's score is that of the best.
    Leaf(Vec<Box<dyn Weight>>),
    /// All of these; a passage's score is their sum.
    All(Vec<Plan>),
    /// Any of these; a passage's score is the sum of those that match.
    Any(Vec<Plan>),
    /// Not this.
    Not(Box<Plan>),
    /// Nothing matches: a word of which nothing is left.
    Nothing,
    /// Words without operators; only a whole query is one.
    FreeText(FreeText),
}

impl std::fmt::Debug for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Leaf(_) => f.write_str("Leaf"),
            Self::All(parts) => f.debug_tuple("All").field(parts).finish(),
            Self::Any(parts) => f.debug_tuple("Any").field(parts).finish(),
            Self::Not(part) => f.debug_tuple("Not").field(part).finish(),
            Self::Nothing => f.write_str("Nothing"),
            Self::FreeText(text) => text.fmt(f),
        }
    }
}

/// How well each passage of a segment matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// By number of the passage; negative where it does not match.
    pub text: Vec<f32>,
    /// Whether it has all that a query without operators asks for; empty for one with operators.
    pub complete: Vec<bool>,
    /// Whether only what is known of its document matches; empty for a query with operators.
    pub front_only: Vec<bool>,
    /// The best that each of its words comes to in a passage of the segment; empty for a query with operators.
    pub best: Vec<f32>,
}

impl Scores {
    /// Whether a passage has all that was asked.
    pub fn is_complete(&self, doc: DocId) -> bool {
        self.complete.get(doc as usize).copied().unwrap_or(true)
    }

    /// Whether only what is known of a passage's document matches.
    pub fn is_front_only(&self, doc: DocId) -> bool {
        self.front_only.get(doc as usize).copied().unwrap_or(false)
    }
}

/// Score of a passage that does not match.
pub(super) const NO_MATCH: f32 = -1.0;

impl Plan {
    /// The plan of a query; `None` for one without words.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn of(
        query: &Query,
        interpretation: &Interpretation,
        terms: &mut Terms<'_>,
        snapshot: &Snapshot,
    ) -> tantivy::Result<Option<Self>> {
        let Some(root) = &query.root else { return Ok(None) };
        if query.strict {
            return Self::node(root, terms, snapshot.searcher()).map(Some);
        }
        let text = FreeText::of(&query.texts(), interpretation, terms, snapshot)?;
        Ok(Some(Self::FreeText(text)))
    }

    /// The plan of one word, pattern or misspelling.
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

    /// The plan of queries of the engine, of which any matches; none of them matches nothing.
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

    fn node(node: &Node, terms: &mut Terms<'_>, searcher: &Searcher) -> tantivy::Result<Self> {
        let query = match node {
            Node::Term(term) => return Self::term(term, terms, searcher),
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
        Self::leaf(query, searcher)
    }

    /// Whether there is more to look for where nothing matches: see [`FreeText::can_relax`].
    pub fn can_relax(&self) -> bool {
        matches!(self, Self::FreeText(text) if text.can_relax())
    }

    /// Evaluates a query over the segment of this number.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn evaluate(
        &self,
        number: usize,
        segment: &SegmentReader,
        relaxed: bool,
    ) -> tantivy::Result<Scores> {
        match self {
            Self::FreeText(text) => text.evaluate(number, segment, relaxed),
            _ => Ok(Scores {
                text: self.scores(segment)?,
                complete: Vec::new(),
                front_only: Vec::new(),
                best: Vec::new(),
            }),
        }
    }

    /// Writes the scores of the passages of a segment that match on an empty sheet.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn write(&self, segment: &SegmentReader, sheet: &mut Sheet) -> tantivy::Result<()> {
        if let Self::Leaf(weights) = self {
            // One after another: each term is its own loop over its postings.
            for weight in weights {
                weight.for_each(segment, &mut |doc, score| sheet.raise(doc, score))?;
            }
            return Ok(());
        }
        for (doc, score) in (0..).zip(self.scores(segment)?).filter(|(_, score)| *score >= 0.0) {
            sheet.write(doc, score);
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
            Self::Nothing | Self::FreeText(_) => Ok(vec![NO_MATCH; size]),
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
