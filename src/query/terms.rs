//! From a word to the terms of the index: one field a language, each searched with that language's stemmer, and weights that
//! are comparable across languages.
//!
//! A word weighs as much as it is rare in the language in which it is most common. So an English word is not rare only
//! because a French report quotes it, and a Spanish one does not win only because the library holds little Spanish.

use std::ops::Bound;

use rustc_hash::FxHashMap;
use tantivy::query::{
    Bm25StatisticsProvider, BooleanQuery, BoostQuery, ConstScoreQuery, EnableScoring,
    FuzzyTermQuery, Occur, PhraseQuery, Query, RangeQuery, RegexPhraseQuery, RegexQuery, TermQuery,
    TermSetQuery, Weight,
};
use tantivy::schema::{Field as IndexField, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::patterns::{self, regex_in_names, regex_of, regex_of_pattern};
use super::syntax::{Field, Phrase, Term as SyntaxTerm, Text, Years};
use crate::analysis::{Stemmer, fold, folded_words, words};
use crate::document::Language;
use crate::index::{FieldStatistics, Fields, FixedStatistics, Snapshot, live_frequency};
use crate::taxonomy::{Countries, Violations};

/// What turning words into queries needs; made once for each search.
pub struct Terms<'s> {
    searcher: &'s Searcher,
    fields: &'s Fields,
    stemmers: Vec<(Language, Stemmer)>,
    statistics: &'s [(IndexField, FieldStatistics)],
    /// Of words already asked for.
    frequencies: FxHashMap<String, u64>,
}

impl<'s> Terms<'s> {
    /// For one search over a snapshot.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn new(snapshot: &'s Snapshot) -> tantivy::Result<Self> {
        let stemmers = Language::INDEXED
            .into_iter()
            .filter_map(|language| Some((language, Stemmer::new(language)?)));
        Ok(Self {
            searcher: snapshot.searcher(),
            fields: snapshot.fields(),
            stemmers: stemmers.collect(),
            statistics: snapshot.statistics()?,
            frequencies: FxHashMap::default(),
        })
    }

    fn statistics(&self, field: IndexField) -> FieldStatistics {
        self.statistics
            .iter()
            .find(|(known, _)| *known == field)
            .map(|(_, counts)| *counts)
            .unwrap_or_default()
    }

    /// Queries for a typed word, one for each of its stems in each language: a passage scores by the best of them. A typed
    /// text that is several words for the index (`self-determination`) is a phrase. None when it holds no word.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn word(&mut self, typed: &str) -> tantivy::Result<Vec<Box<dyn Query>>> {
        let parts: Vec<&str> = words(typed).map(|word| word.text).collect();
        match parts.as_slice() {
            [] => Ok(Vec::new()),
            [word] => self.one_word(word),
            parts => Ok(self.plain_phrase(parts, 0)?.into_iter().collect()),
        }
    }

    fn one_word(&mut self, word: &str) -> tantivy::Result<Vec<Box<dyn Query>>> {
        let frequency = self.frequency(word)?;
        let terms = self.stems(word).into_iter().map(|term| {
            let counts = self.statistics(term.field()).scaled(self.largest());
            scored(TermQuery::new(term, IndexRecordOption::WithFreqs), counts, frequency)
        });
        Ok(terms.collect())
    }

    /// The terms of one word: its stems in each language.
    fn stems(&mut self, word: &str) -> Vec<Term> {
        let other = self.fields.body_other;
        let mut terms = vec![Term::from_field_text(other, &fold(word))];
        for (language, stemmer) in &mut self.stemmers {
            let field = self.fields.body(*language);
            let stems = stemmer.stems(word).iter();
            terms.extend(stems.map(|stem| Term::from_field_text(field, stem)));
        }
        terms
    }

    /// How many passages hold one word, as if the library held as much of each language as it holds of the one of which it
    /// has most: from the share of passages that hold it in the language in which it is most common.
    fn frequency(&mut self, word: &str) -> tantivy::Result<u64> {
        if let Some(known) = self.frequencies.get(word) {
            return Ok(*known);
        }
        let least = (self.largest() / 10).clamp(1, FEW);
        let mut share = 0.0f64;
        for term in self.stems(word) {
            let passages = self.statistics(term.field()).passages.max(least);
            share = share.max(live_frequency(self.searcher, &term)? as f64 / passages as f64);
        }
        let frequency = (share * self.largest() as f64).round() as u64;
        self.frequencies.insert(word.to_owned(), frequency);
        Ok(frequency)
    }

    /// Passages of the language of which the library has most. Weights are counted in a library of that size in every
    /// language, since BM25 smooths small counts more than large ones of the same share.
    fn largest(&self) -> u64 {
        let bodies = self.fields.bodies.into_iter().chain([self.fields.body_other]);
        bodies.map(|field| self.statistics(field).passages).max().unwrap_or_default()
    }

    /// Queries for a typed word in what is known of the document: title, publisher, author. One for each word that the index
    /// takes it for, all of which must be there; none when it holds no word.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn front(&self, typed: &str) -> tantivy::Result<Vec<Box<dyn Query>>> {
        let field = self.fields.front;
        let counts = self.statistics(field);
        let mut found: Vec<Box<dyn Query>> = Vec::new();
        for word in words(typed) {
            let term = Term::from_field_text(field, &fold(word.text));
            let frequency = live_frequency(self.searcher, &term)?;
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            found.push(Box::new(BoostQuery::new(scored(query, counts, frequency), FRONT)));
        }
        Ok(found)
    }

    /// A query for words one after another as written, or near each other; with patterns and misspellings among them.
    /// `None` when it holds no word.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn phrase(&mut self, phrase: &Phrase) -> tantivy::Result<Option<Box<dyn Query>>> {
        let words: Option<Vec<&str>> = phrase
            .parts
            .iter()
            .map(|part| if let SyntaxTerm::Word(word) = part { Some(word.as_str()) } else { None })
            .collect();
        if let Some(words) = words {
            return self.plain_phrase(&words, phrase.slop);
        }
        let field = self.fields.words;
        let parts = phrase
            .parts
            .iter()
            .map(|part| regex_of(part, field, self.searcher))
            .collect::<tantivy::Result<Vec<_>>>()?;
        if let [only] = parts.as_slice() {
            return Ok(Some(Box::new(RegexQuery::from_pattern(only, field)?)));
        }
        let mut query = RegexPhraseQuery::new(field, parts);
        query.set_slop(phrase.slop);
        query.set_max_expansions(MOST_EXPANSIONS);
        // A pattern's words are as rare as the rarest word beside them; the engine would count deleted passages too.
        let words = phrase.parts.iter().filter_map(|part| match part {
            SyntaxTerm::Word(word) => Some(word.as_str()),
            _ => None,
        });
        let rarest = self.rarest(words)?.unwrap_or_default();
        Ok(Some(scored(query, self.statistics(field).scaled(self.largest()), rarest)))
    }

    fn plain_phrase(
        &mut self,
        words: &[&str],
        slop: u32,
    ) -> tantivy::Result<Option<Box<dyn Query>>> {
        let field = self.fields.words;
        let terms: Vec<Term> =
            words.iter().map(|word| Term::from_field_text(field, &fold(word))).collect();
        let rarest = self.rarest(words.iter().copied())?.unwrap_or_default();
        let counts = self.statistics(field).scaled(self.largest());
        Ok(match terms.len() {
            0 => None,
            1 => {
                let term = terms.into_iter().next().expect("there is one");
                let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
                Some(scored(query, counts, rarest))
            }
            _ => {
                let mut phrase = PhraseQuery::new(terms);
                phrase.set_slop(slop);
                Some(scored(phrase, counts, rarest))
            }
        })
    }

    /// How many passages hold the rarest of these words; `None` for none.
    fn rarest<'w>(&mut self, words: impl Iterator<Item = &'w str>) -> tantivy::Result<Option<u64>> {
        let frequencies =
            words.map(|word| self.frequency(word)).collect::<tantivy::Result<Vec<_>>>()?;
        Ok(frequencies.into_iter().min())
    }

    /// A query for words that a pattern fits: every one of them, however many there are.
    ///
    /// # Errors
    /// When the pattern is too large for an automaton.
    pub fn pattern(&self, pattern: &str) -> tantivy::Result<Box<dyn Query>> {
        Ok(Box::new(RegexQuery::from_pattern(&regex_of_pattern(pattern), self.fields.words)?))
    }

    /// A query for a word or one misspelled from it.
    pub fn fuzzy(&self, word: &str, distance: u8) -> Box<dyn Query> {
        let term = Term::from_field_text(self.fields.words, &fold(word));
        Box::new(FuzzyTermQuery::new(term, distance, true))
    }

    /// A query for what a document must be. It says nothing of how well the text matches.
    ///
    /// # Errors
    /// When a pattern is too large for an automaton.
    pub fn field(&self, field: &Field) -> tantivy::Result<Box<dyn Query>> {
        let fields = self.fields;
        let any_of = |field, values: Vec<String>| -> Box<dyn Query> {
            Box::new(TermSetQuery::new(
                values.iter().map(|value| Term::from_field_text(field, value)),
            ))
        };
        let query: Box<dyn Query> = match field {
            Field::Title(text) => self.title(text)?,
            Field::Publisher(text) => {
                let words: Vec<String> = parts(text)
                    .iter()
                    .map(|part| regex_in_names(part, fields.publisher, self.searcher))
                    .collect::<tantivy::Result<_>>()?;
                let pattern = format!(".*{}.*", words.join("[^a-z0-9]+"));
                Box::new(RegexQuery::from_pattern(&pattern, fields.publisher)?)
            }
            // Names were checked when the text was read.
            Field::Country(name) => {
                let codes = Countries::builtin().lookup(name).unwrap_or_default();
                any_of(fields.countries_about, codes.iter().map(ToString::to_string).collect())
            }
            Field::Violation(name) => {
                let table = Violations::builtin();
                let ids = table.lookup(name).unwrap_or_default();
                any_of(
                    fields.violations_about,
                    ids.iter().map(|id| table.id(*id).to_owned()).collect(),
                )
            }
            Field::Lang(language) => any_of(fields.languages, vec![language.to_string()]),
            Field::Year(years) => self.years(*years),
            // With what is added to it: `A/HRC/22/53/Add.1`.
            Field::Symbol(symbol) => {
                let pattern = format!("{}( .*)?", patterns::escape(&folded_words(symbol)));
                Box::new(RegexQuery::from_pattern(&pattern, fields.symbols)?)
            }
        };
        Ok(Box::new(ConstScoreQuery::new(query, 0.0)))
    }

    /// Titles that hold the words of a text side by side.
    fn title(&self, text: &Text) -> tantivy::Result<Box<dyn Query>> {
        let field = self.fields.title;
        let parts: Vec<String> = parts(text)
            .iter()
            .map(|part| regex_of(part, field, self.searcher))
            .collect::<tantivy::Result<_>>()?;
        Ok(match parts.as_slice() {
            [only] => Box::new(RegexQuery::from_pattern(only, field)?),
            _ => Box::new(RegexPhraseQuery::new(field, parts)),
        })
    }

    /// Documents whose date can lie in these years.
    fn years(&self, years: Years) -> Box<dyn Query> {
        let day = |field, year: i16, day: u64| {
            Term::from_field_u64(field, u64::from(year.unsigned_abs()) * 10_000 + day)
        };
        let from = years.from.map(|year| {
            let lower = Bound::Included(day(self.fields.published_last, year, 0));
            RangeQuery::new(lower, Bound::Unbounded)
        });
        let to = years.to.map(|year| {
            let upper =
                Bound::Excluded(day(self.fields.published_first, year.saturating_add(1), 0));
            RangeQuery::new(Bound::Unbounded, upper)
        });
        let clauses: Vec<(Occur, Box<dyn Query>)> = from
            .into_iter()
            .chain(to)
            .map(|range| (Occur::Must, Box::new(range) as Box<dyn Query>))
            .collect();
        Box::new(BooleanQuery::new(clauses))
    }
}

/// Passages of a language that tell how common its words are. One that the library holds less of counts as if it held so many
/// (or a tenth of the largest): else an English word would weigh nothing because all three French passages quote it.
const FEW: u64 = 50;

/// What a word in the document's title, publisher or author weighs beside one in the passage: every page of it has it.
const FRONT: f32 = 0.2;

/// Words of a library that a pattern inside a phrase may stand for; beyond it the engine refuses the query, so that none is
/// left out silently.
const MOST_EXPANSIONS: u32 = 1 << 16;

/// The words of a field's value.
fn parts(text: &Text) -> Vec<SyntaxTerm> {
    match text {
        Text::Phrase(phrase) => phrase.parts.clone(),
        Text::Term(SyntaxTerm::Word(typed)) => {
            words(typed).map(|word| SyntaxTerm::Word(word.text.to_owned())).collect()
        }
        Text::Term(term) => vec![term.clone()],
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
