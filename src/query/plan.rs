//! Which passages match a query, and how well: with operators by its clauses, without by its words.

use tantivy::SegmentReader;

use super::clause::Clause;
use super::free_text::FreeText;
use super::scores::Scores;
use super::syntax::Query;
use super::terms::Terms;
use super::understand::Interpretation;
use crate::index::Snapshot;

/// A query ready to be evaluated.
#[derive(Debug)]
pub enum Plan {
    /// With operators: a passage matches or it does not.
    Strict(Clause),
    /// Words without operators.
    FreeText(FreeText),
}

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
            let clause = Clause::of(root, terms, snapshot.searcher())?;
            return Ok(Some(Self::Strict(clause)));
        }
        let text = FreeText::of(&query.texts(), interpretation, terms, snapshot)?;
        Ok(Some(Self::FreeText(text)))
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
            Self::Strict(clause) => Ok(Scores {
                text: clause.scores(segment)?,
                complete: Vec::new(),
                front_only: Vec::new(),
                best: Vec::new(),
            }),
        }
    }
}
