//! From a word to the terms of the index: one field a language, each searched with that language's stemmer, and weights that
//! are comparable across languages.
//!
//! A word weighs as much as it is rare in the language in which it is most common. So an English word is not rare only
//! because a French report quotes it, and a Spanish one does not win only because the library holds little Spanish.

use std::collections::BTreeSet;
use std::ops::Bound;

use tantivy::query::{
    Bm25StatisticsProvider, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery,
    EnableScoring, FuzzyTermQuery, Occur, PhraseQuery, Query, RangeQuery, RegexPhraseQuery,
    RegexQuery, TermQuery, TermSetQuery, Weight,
};
use tantivy::schema::{Field as Column, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::syntax::{Field, Phrase, Term as Typed, Text, Years};
use crate::analysis::{Stemmer, fold, words};
use crate::document::Language;
use crate::index::{FieldStatistics, Fields, FixedStatistics, live_frequency, symbol_key};
use crate::taxonomy::{Countries, Violations};

/// What turning words into queries needs; made once for each search.
pub struct Terms<'s> {
    searcher: &'s Searcher,
    fields: &'s Fields,
    stemmers: Vec<(Language, Stemmer)>,
    statistics: Vec<(Column, FieldStatistics)>,
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
        let bodies =
            fields.bodies.into_iter().chain([fields.body_other, fields.words, fields.front]);
        let statistics = bodies.map(|field| Ok((field, FieldStatistics::of(searcher, field)?)));
        Ok(Self {
            searcher,
            fields,
            stemmers: stemmers.collect(),
            statistics: statistics.collect::<tantivy::Result<_>>()?,
        })
    }

    fn statistics(&self, field: Column) -> FieldStatistics {
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
            parts => self.plain_phrase(parts, 0),
        }
    }

    fn one_word(&mut self, word: &str) -> tantivy::Result<Box<dyn Query>> {
        let mut alternatives: Vec<(Column, Vec<Term>)> = Vec::new();
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

    /// A query for a typed word in what is known of the document: title, publisher, author. `None` when it holds no word.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn front(&self, typed: &str) -> tantivy::Result<Option<Box<dyn Query>>> {
        let field = self.fields.front;
        let counts = self.statistics(field);
        let mut found: Vec<Box<dyn Query>> = Vec::new();
        for word in words(typed) {
            let term = Term::from_field_text(field, &fold(word.text));
            let frequency = live_frequency(self.searcher, &term)?;
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            found.push(scored(query, counts, frequency));
        }
        if found.is_empty() {
            return Ok(None);
        }
        let all = found.into_iter().map(|query| (Occur::Must, query)).collect::<Vec<_>>();
        Ok(Some(Box::new(BoostQuery::new(Box::new(BooleanQuery::new(all)), FRONT))))
    }

    /// A query for words one after another as written, or near each other; with patterns and misspellings among them.
    /// `None` when it holds no word.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn phrase(&self, phrase: &Phrase) -> tantivy::Result<Option<Box<dyn Query>>> {
        let words: Option<Vec<&str>> = phrase
            .parts
            .iter()
            .map(|part| if let Typed::Word(word) = part { Some(word.as_str()) } else { None })
            .collect();
        if let Some(words) = words {
            return self.plain_phrase(&words, phrase.slop);
        }
        let field = self.fields.words;
        let parts = phrase
            .parts
            .iter()
            .map(|part| self.regex(part))
            .collect::<tantivy::Result<Vec<_>>>()?;
        if let [only] = parts.as_slice() {
            return Ok(Some(Box::new(RegexQuery::from_pattern(only, field)?)));
        }
        let mut query = RegexPhraseQuery::new(field, parts);
        query.set_slop(phrase.slop);
        query.set_max_expansions(MOST_EXPANSIONS);
        Ok(Some(Box::new(query)))
    }

    fn plain_phrase(&self, words: &[&str], slop: u32) -> tantivy::Result<Option<Box<dyn Query>>> {
        let field = self.fields.words;
        let terms: Vec<Term> =
            words.iter().map(|word| Term::from_field_text(field, &fold(word))).collect();
        let mut rarest = u64::MAX;
        for term in &terms {
            rarest = rarest.min(live_frequency(self.searcher, term)?);
        }
        let counts = self.statistics(field);
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

    /// One part of a phrase as a regular expression over folded words.
    fn regex(&self, part: &Typed) -> tantivy::Result<String> {
        Ok(match part {
            Typed::Word(word) => escape(&fold(word)),
            Typed::Pattern(pattern) => regex_of_pattern(pattern),
            Typed::Fuzzy { word, distance } => {
                let known = self.misspelled(&fold(word), usize::from(*distance))?;
                format!("({})", known.iter().map(|word| escape(word)).collect::<Vec<_>>().join("|"))
            }
        })
    }

    /// The indexed words within a distance of one; itself among them.
    fn misspelled(&self, word: &str, distance: usize) -> tantivy::Result<BTreeSet<String>> {
        let mut found = BTreeSet::from([word.to_owned()]);
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.words)?;
            let mut known = inverted.terms().stream()?;
            while known.advance() {
                let Ok(known) = std::str::from_utf8(known.key()) else { continue };
                if known.len().abs_diff(word.len()) <= 2 * distance
                    && strsim::osa_distance(known, word) <= distance
                {
                    found.insert(known.to_owned());
                }
            }
        }
        Ok(found)
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
                let words: Vec<String> = parts(text).iter().map(regex_of_part).collect();
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
                let pattern = format!("{}( .*)?", escape(&symbol_key(symbol)));
                Box::new(RegexQuery::from_pattern(&pattern, fields.symbols)?)
            }
        };
        Ok(Box::new(ConstScoreQuery::new(query, 0.0)))
    }

    /// Titles that hold the words of a text side by side.
    fn title(&self, text: &Text) -> tantivy::Result<Box<dyn Query>> {
        let field = self.fields.title;
        let parts: Vec<String> = parts(text).iter().map(regex_of_part).collect();
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

/// What a word in the document's title, publisher or author weighs beside one in the passage: every page of it has it.
const FRONT: f32 = 0.2;

/// Words of a library that a pattern inside a phrase may stand for; beyond it the engine refuses the query, so that none is
/// left out silently.
const MOST_EXPANSIONS: u32 = 1 << 16;

/// The words of a field's value.
fn parts(text: &Text) -> Vec<Typed> {
    match text {
        Text::Phrase(phrase) => phrase.parts.clone(),
        Text::Term(Typed::Word(typed)) => {
            words(typed).map(|word| Typed::Word(word.text.to_owned())).collect()
        }
        Text::Term(term) => vec![term.clone()],
    }
}

/// A word or a pattern as a regular expression; a misspelling counts as the word that was typed.
fn regex_of_part(part: &Typed) -> String {
    match part {
        Typed::Word(word) | Typed::Fuzzy { word, .. } => escape(&fold(word)),
        Typed::Pattern(pattern) => regex_of_pattern(pattern),
    }
}

/// `*` for any letters or none, `?` for one.
fn regex_of_pattern(pattern: &str) -> String {
    let mut regex = String::new();
    for piece in pattern.split_inclusive(['*', '?']) {
        let letters = piece.trim_end_matches(['*', '?']);
        regex.push_str(&escape(&fold(letters)));
        regex.push_str(match piece.as_bytes().last() {
            Some(b'*') => ".*",
            Some(b'?') => ".",
            _ => "",
        });
    }
    regex
}

/// A folded word with what a regular expression would take for more than a letter escaped.
fn escape(word: &str) -> String {
    let mut escaped = String::with_capacity(word.len());
    for c in word.chars() {
        if c.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
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
