//! Makes the automaton out of the tables.
//!
//! Tables in, a [`Matcher`] out, once in a process. Nothing here reads a text.

use super::super::near::{Part, parts};
use super::super::trie::Trie;
use super::super::violations::Match;
use super::super::vocabulary::Vocabulary;
use super::{Entry, Matcher};
use crate::analysis::{Stemmer, words};
use crate::document::Language;
use crate::taxonomy::{Countries, Violations};

impl Matcher {
    /// The matcher over two tables.
    pub fn new(countries: &Countries, violations: &Violations) -> Self {
        let mut matcher = Self {
            vocabulary: Vocabulary::default(),
            countries: Trie::default(),
            violations: Default::default(),
            rules: Vec::new(),
            violation_count: violations.ids().count(),
            languages: [false; Language::COUNT],
        };
        for form in countries.forms() {
            let phrase: Vec<u32> =
                words(form.text).map(|word| matcher.vocabulary.add_surface(word.text)).collect();
            matcher.countries.insert(&phrase, form);
        }
        for (slot, language) in Language::INDEXED.into_iter().enumerate() {
            if let Some(mut stemmer) = Stemmer::new(language) {
                matcher.languages[slot] = violations.terms().any(|term| term.language == language);
                matcher.add_violations(violations, language, slot, &mut stemmer);
            }
        }
        matcher
    }

    fn add_violations(
        &mut self,
        violations: &Violations,
        language: Language,
        slot: usize,
        stemmer: &mut Stemmer,
    ) {
        for term in violations.terms().filter(|term| term.language == language) {
            let (violation, weak) = (term.violation, term.weak);
            match term.matching {
                Match::Exact | Match::Capitals => {
                    let phrase: Vec<u32> =
                        words(term.text).map(|w| self.vocabulary.add_surface(w.text)).collect();
                    let capitals = term.matching == Match::Capitals;
                    let instrument = term.instrument;
                    let entry = Entry::Term { violation, weak, instrument, capitals };
                    self.violations[slot].insert(&phrase, entry);
                }
                Match::Stems => {
                    let instrument = term.instrument;
                    let entry = Entry::Term { violation, weak, instrument, capitals: false };
                    self.add_stems(term.text, slot, stemmer, entry);
                }
                Match::Not => self.add_stems(term.text, slot, stemmer, Entry::Not(violation)),
                Match::Near => {
                    let parts = parts(term.text);
                    let rule = self.rules.len() as u32;
                    self.rules.push((violation, parts.len() as u8, weak));
                    for (part, alternatives) in parts.into_iter().enumerate() {
                        let entry = Entry::Part(Part { rule, part: part as u8 });
                        for phrase in alternatives {
                            self.add_part(phrase, slot, stemmer, entry);
                        }
                    }
                }
            }
        }
        for word in violations.instruments(language) {
            let capital = word.starts_with(char::is_uppercase);
            self.add_stems(word, slot, stemmer, Entry::Instrument { capital });
        }
        for phrase in violations.not_instruments(language) {
            self.add_stems(phrase, slot, stemmer, Entry::NotInstrument);
        }
    }

    fn add_stems(&mut self, phrase: &str, slot: usize, stemmer: &mut Stemmer, entry: Entry) {
        let phrase: Vec<u32> =
            words(phrase).map(|word| self.vocabulary.add_stem(word.text, slot, stemmer)).collect();
        self.violations[slot].insert(&phrase, entry);
    }

    /// A word of a rule: by its stem, or as written where it begins with `=`.
    fn add_part(&mut self, phrase: &str, slot: usize, stemmer: &mut Stemmer, entry: Entry) {
        match phrase.strip_prefix('=') {
            None => self.add_stems(phrase, slot, stemmer, entry),
            Some(exact) => {
                let phrase: Vec<u32> =
                    words(exact).map(|w| self.vocabulary.add_surface(w.text)).collect();
                self.violations[slot].insert(&phrase, entry);
            }
        }
    }
}
