//! From a word to the terms of the index: one field a language, each searched with that language's stemmer, and weights that
//! are comparable across languages.
//!
//! A word weighs as much as it is rare in the language in which it is most common. So an English word is not rare only
//! because a French report quotes it, and a Spanish one does not win only because the library holds little Spanish.

use tantivy::query::{
    Bm25StatisticsProvider, DisjunctionMaxQuery, EnableScoring, PhraseQuery, Query, TermQuery,
    Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use crate::analysis::{Stemmer, fold, words};
use crate::document::Language;
use crate::index::{FieldStatistics, Fields, FixedStatistics, live_frequency};

/// What turning words into queries needs; made once for each search.
pub struct Terms<'s> {
    searcher: &'s Searcher,
    fields: &'s Fields,
    stemmers: Vec<(Language, Stemmer)>,
    statistics: Vec<(Field, FieldStatistics)>,
}

impl<'s> Terms<'s> {
    /// Reads the statistics of every text field.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn new(searcher: &'s Searcher, fields: &'s Fields) -> tantivy::Result<Self> {
        let stemmers = Language::INDEXED
            .into_iter()
            .filter_map(|language| Some((language, Stemmer::new(language)?)));
        let bodies = fields.bodies.into_iter().chain([fields.body_other, fields.words]);
        let statistics = bodies.map(|field| Ok((field, FieldStatistics::of(searcher, field)?)));
        Ok(Self {
            searcher,
            fields,
            stemmers: stemmers.collect(),
            statistics: statistics.collect::<tantivy::Result<_>>()?,
        })
    }

    fn statistics(&self, field: Field) -> FieldStatistics {
        self.statistics
            .iter()
            .find(|(known, _)| *known == field)
            .map(|(_, counts)| *counts)
            .unwrap_or_default()
    }

    /// A query for a typed word in every language; a typed text that is several words for the index (`self-determination`)
    /// is a phrase. `None` when it holds no word.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn word(&mut self, typed: &str) -> tantivy::Result<Option<Box<dyn Query>>> {
        let parts: Vec<&str> = words(typed).map(|word| word.text).collect();
        match parts.as_slice() {
            [] => Ok(None),
            [word] => self.one_word(word).map(Some),
            _ => self.phrase(typed, 0),
        }
    }

    fn one_word(&mut self, word: &str) -> tantivy::Result<Box<dyn Query>> {
        let mut alternatives: Vec<(Field, Vec<Term>)> = Vec::new();
        for (language, stemmer) in &mut self.stemmers {
            let field = self.fields.body(*language);
            let stems = stemmer.stems(word);
            alternatives.push((
                field,
                stems.iter().map(|stem| Term::from_field_text(field, stem)).collect(),
            ));
        }
        let other = self.fields.body_other;
        alternatives.push((other, vec![Term::from_field_text(other, &fold(word))]));
        // The share of passages that hold the word, in the language in which it is most common.
        let mut share = 0.0f64;
        for (field, terms) in &alternatives {
            let passages = self.statistics(*field).passages;
            for term in terms {
                let frequency = live_frequency(self.searcher, term)?;
                if passages > 0 {
                    share = share.max(frequency as f64 / passages as f64);
                }
            }
        }
        let disjuncts = alternatives
            .into_iter()
            .flat_map(|(field, terms)| terms.into_iter().map(move |term| (field, term)))
            .map(|(field, term)| {
                let counts = self.statistics(field);
                let frequency = (share * counts.passages as f64).round() as u64;
                scored(TermQuery::new(term, IndexRecordOption::WithFreqs), counts, frequency)
            })
            .collect();
        Ok(Box::new(DisjunctionMaxQuery::new(disjuncts)))
    }

    /// A query for words one after another as written. `None` when the text holds no word.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn phrase(&self, text: &str, slop: u32) -> tantivy::Result<Option<Box<dyn Query>>> {
        let field = self.fields.words;
        let terms: Vec<Term> =
            words(text).map(|word| Term::from_field_text(field, &fold(word.text))).collect();
        let mut rarest = u64::MAX;
        for term in &terms {
            rarest = rarest.min(live_frequency(self.searcher, term)?);
        }
        let counts = self.statistics(field);
        Ok(match terms.len() {
            0 => None,
            1 => {
                let term = terms.into_iter().next().expect("there is one");
                Some(scored(TermQuery::new(term, IndexRecordOption::WithFreqs), counts, rarest))
            }
            _ => {
                let mut phrase = PhraseQuery::new(terms);
                phrase.set_slop(slop);
                Some(scored(phrase, counts, rarest))
            }
        })
    }

    /// A query for words that begin with these letters: every one of them, however many there are.
    pub fn prefix(&self, prefix: &str) -> Box<dyn Query> {
        let field = self.fields.words;
        let lower = Term::from_field_text(field, &fold(prefix));
        let mut upper = fold(prefix);
        upper.push(char::MAX);
        let upper = Term::from_field_text(field, &upper);
        let range = tantivy::query::RangeQuery::new(
            std::ops::Bound::Included(lower),
            std::ops::Bound::Excluded(upper),
        );
        Box::new(range)
    }
}

fn scored(query: impl Query, field: FieldStatistics, frequency: u64) -> Box<dyn Query> {
    Box::new(Scored { inner: Box::new(query), statistics: FixedStatistics { field, frequency } })
}

/// A query whose BM25 uses given statistics instead of the whole index's.
#[derive(Debug)]
struct Scored {
    inner: Box<dyn Query>,
    statistics: FixedStatistics,
}

impl Clone for Scored {
    fn clone(&self) -> Self {
        Self { inner: self.inner.box_clone(), statistics: self.statistics }
    }
}

impl Query for Scored {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        match scoring {
            EnableScoring::Enabled { searcher, .. } => {
                let statistics: &dyn Bm25StatisticsProvider = &self.statistics;
                self.inner
                    .weight(EnableScoring::enabled_from_statistics_provider(statistics, searcher))
            }
            disabled @ EnableScoring::Disabled { .. } => self.inner.weight(disabled),
        }
    }
}
