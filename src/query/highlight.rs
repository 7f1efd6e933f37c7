//! Where a text would be found in a page that is shown whole: what a search for it matches, and what it names.
//!
//! A text to search for in, marks of paragraphs out; finds nothing itself and reads no index.

use super::snippet::{Mark, Targets};
use super::syntax::{self, SyntaxError};
use super::understand::interpret;
use super::{Request, Understood, targets};
use crate::annotate::{Annotator, Subject};
use crate::document::Language;
use crate::taxonomy::{CountryCode, ViolationId};

/// The words of a text that name one of these countries or violations.
pub fn mentions(
    text: &str,
    language: Language,
    countries: &[CountryCode],
    violations: &[ViolationId],
) -> Vec<Mark> {
    if violations.is_empty() && countries.is_empty() {
        return Vec::new();
    }
    let found = Annotator::builtin().mentions(text, language).into_iter();
    // The terms of a query's text are numbered from 1.
    let marked = found.filter_map(|mention| match mention.subject {
        Subject::Violation(id, _) if violations.contains(&id) => {
            // A snippet shows first what says it outright.
            let weight = if mention.weak { 0.3 } else { 1.0 };
            Some(Mark { range: mention.range, term: 0, weight })
        }
        Subject::Country(code) if countries.contains(&code) && !mention.weak => {
            Some(Mark { range: mention.range, term: u32::MAX, weight: 0.5 })
        }
        _ => None,
    });
    marked.collect()
}

/// CriteriaTags what a search for a text would match: its words by their stems, its phrases as written, its patterns, and the countries
/// and violations it names, by their terms in the language of the page.
#[derive(Debug)]
pub struct Highlighter {
    targets: Targets,
    understood: Understood,
}

impl Highlighter {
    /// For a text as typed; one without words marks nothing.
    ///
    /// # Errors
    /// When the text has a broken operator.
    pub fn new(text: &str) -> Result<Self, SyntaxError> {
        let query = syntax::parse_with(text, super::check)?;
        let request = Request { text: text.to_owned(), ..Request::default() };
        Ok(Self { targets: targets(&query), understood: interpret(&request, &query).understood })
    }

    /// The marks of a paragraph, in order.
    pub fn marks(&mut self, text: &str, language: Language) -> Vec<Mark> {
        let mut marks = self.targets.marks(text, language);
        let Understood { countries, violations } = &self.understood;
        marks.extend(mentions(text, language, countries, violations));
        marks.sort_by_key(|mark| (mark.range.start, mark.range.end));
        marks
    }
}
