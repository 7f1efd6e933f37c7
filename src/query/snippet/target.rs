//! What was searched, made ready once per query, and its marks in a text.
//!
//! A paragraph is analysed as the index does it; only words that can match are stemmed.

use rustc_hash::FxHashMap;

use super::Mark;
use super::form::{Form, Fuzzy, Pattern};
use crate::analysis::{self, Stemmer, fold, is_stop_word};
use crate::document::Language;
use crate::query::syntax::{Term, Text};

/// One thing that was searched: a word, or a phrase.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Its words in order; several are a phrase.
    pub forms: Vec<Form>,
    /// How many other words may stand between them; from 1 on their order does not matter.
    pub slop: u32,
    /// The one language it was searched in; `None` for all.
    pub language: Option<Language>,
    /// What it stands for: an expansion has the term of the words it was added to, or its own.
    pub term: u32,
    /// How much it says: more for what is rare.
    pub weight: f32,
}

impl Target {
    /// The target of a part of a query: a word by its stems, a compound by its stems in a row, a phrase as written.
    pub fn new(text: &Text, term: u32, weight: f32) -> Self {
        let (parts, slop, written) = match text {
            Text::Term(term) => (std::slice::from_ref(term), 0, false),
            Text::Phrase(phrase) => (phrase.parts.as_slice(), phrase.slop, true),
        };
        let mut forms = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Term::Word(word) => {
                    let form = if written { Form::Exact } else { Form::Stem };
                    forms.extend(analysis::words(word).map(|word| form(word.text.to_owned())));
                }
                Term::Pattern(pattern) => forms.push(Form::Pattern(pattern.clone())),
                Term::Fuzzy { word, distance } => {
                    forms.push(Form::Fuzzy { word: word.clone(), distance: *distance });
                }
            }
        }
        Self { forms, slop, language: None, term, weight }
    }

    /// Whether it is a word that is marked inside phrases only.
    fn is_stop_word(&self, language: Language) -> bool {
        match self.forms.as_slice() {
            [Form::Stem(word)] => is_stop_word(&fold(word), language),
            _ => false,
        }
    }
}

/// Everything that was searched. One per query and thread: it keeps stemmers with their caches.
#[derive(Debug)]
pub struct Targets {
    searched: Vec<Target>,
    /// By [`slot`] of the language.
    languages: [Matcher; Language::ALL.len()],
    /// Room for a folded word.
    folded: String,
    /// Words of the paragraph at hand that are part of a phrase, by target.
    parts: Vec<Vec<Part>>,
}

/// A word of a text that one form of a phrase matches.
#[derive(Clone, Copy, Debug)]
struct Part {
    /// Its number in the text.
    word: usize,
    /// The form's number in the phrase.
    form: usize,
    start: usize,
    end: usize,
}

/// A form of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct FormId {
    target: usize,
    form: usize,
}

/// The forms that can match in one language.
#[derive(Debug, Default)]
struct Matcher {
    stemmer: Option<Stemmer>,
    stems: FxHashMap<Box<str>, Vec<FormId>>,
    /// What a folded word must begin with to have one of the stems.
    beginnings: Vec<Box<str>>,
    exact: FxHashMap<Box<str>, Vec<FormId>>,
    patterns: Vec<(Pattern, FormId)>,
    fuzzy: Vec<(Fuzzy, FormId)>,
    /// The first bytes of folded words that can match.
    first_bytes: FirstBytes,
}

/// A set of bytes.
#[derive(Debug)]
struct FirstBytes([bool; 256]);

impl Default for FirstBytes {
    fn default() -> Self {
        Self([false; 256])
    }
}

impl Targets {
    /// The targets of a query. A query of stop words only has them marked.
    pub fn new(targets: impl IntoIterator<Item = Target>) -> Self {
        let targets: Vec<Target> = targets.into_iter().collect();
        let only_stop_words = targets.iter().all(|target| target.is_stop_word(Language::Other));
        let languages = Language::ALL.map(|language| {
            let mut matcher = Matcher { stemmer: Stemmer::new(language), ..Matcher::default() };
            for (index, target) in targets.iter().enumerate() {
                let elsewhere = target
                    .language
                    .is_some_and(|own| own != language && language != Language::Other);
                if elsewhere || (!only_stop_words && target.is_stop_word(language)) {
                    continue;
                }
                for (form, it) in target.forms.iter().enumerate() {
                    matcher.add(it, FormId { target: index, form });
                }
            }
            matcher
        });
        let parts = targets.iter().map(|_| Vec::new()).collect();
        Self { searched: targets, languages, folded: String::new(), parts }
    }

    /// The marks of a paragraph in order. A phrase as it stands is one mark; the words of a loose one are marked each.
    pub fn marks(&mut self, text: &str, language: Language) -> Vec<Mark> {
        let mut marks = Vec::new();
        let matcher = &mut self.languages[language.place()];
        if matcher.is_empty() {
            return marks;
        }
        let (targets, parts) = (&self.searched, &mut self.parts);
        for (number, word) in analysis::words(text).enumerate() {
            if !matcher.can_match(word.text) {
                continue;
            }
            self.folded.clear();
            analysis::fold_into(word.text, &mut self.folded);
            matcher.each_match(word.text, &self.folded, |id| {
                let target = &targets[id.target];
                let range = word.range();
                if target.forms.len() == 1 {
                    marks.push(Mark { range, term: target.term, weight: target.weight });
                } else {
                    let (start, end) = (range.start, range.end);
                    parts[id.target].push(Part { word: number, form: id.form, start, end });
                }
            });
        }
        for (target, parts) in targets.iter().zip(parts) {
            parts.sort_by_key(|part| (part.word, part.form));
            parts.dedup_by_key(|part| (part.word, part.form));
            phrases(target, parts, &mut marks);
            parts.clear();
        }
        marks.sort_by_key(|mark| (mark.range.start, mark.range.end, mark.term));
        marks.dedup_by(|one, other| one.range == other.range && one.term == other.term);
        marks
    }
}

impl Matcher {
    fn add(&mut self, form: &Form, id: FormId) {
        match form {
            Form::Stem(word) => {
                let stems = self.stemmer.as_mut().map(|stemmer| stemmer.stems(word).clone());
                match stems {
                    Some(stems) => stems.iter().for_each(|stem| self.add_stem(stem, id)),
                    None => self.add_exact(word, id),
                }
            }
            Form::Exact(word) => self.add_exact(word, id),
            Form::Pattern(pattern) => {
                let pattern = Pattern::new(pattern);
                self.first_bytes.add(pattern.first_byte());
                self.patterns.push((pattern, id));
            }
            Form::Fuzzy { word, distance } => {
                self.first_bytes.add(None);
                self.fuzzy.push((Fuzzy::new(word, *distance), id));
            }
        }
    }

    fn add_stem(&mut self, stem: &str, id: FormId) {
        let beginning = beginning(stem);
        self.first_bytes.add(beginning.bytes().next());
        if !self.beginnings.iter().any(|known| **known == *beginning) {
            self.beginnings.push(beginning.into());
        }
        self.stems.entry(stem.into()).or_default().push(id);
    }

    fn add_exact(&mut self, word: &str, id: FormId) {
        let folded = fold(word);
        self.first_bytes.add(folded.bytes().next());
        self.exact.entry(folded.into()).or_default().push(id);
    }

    fn is_empty(&self) -> bool {
        self.first_bytes.0.iter().all(|first| !first)
    }

    /// Whether a word as written may match; most do not, and this tells it of most of those.
    fn can_match(&self, word: &str) -> bool {
        let first = word.as_bytes().first().copied().unwrap_or_default();
        !first.is_ascii() || self.first_bytes.0[usize::from(first.to_ascii_lowercase())]
    }

    /// Calls `found` with every form that matches a word.
    fn each_match(&mut self, word: &str, folded: &str, mut found: impl FnMut(FormId)) {
        if let Some(ids) = self.exact.get(folded) {
            ids.iter().copied().for_each(&mut found);
        }
        if let Some(stemmer) = &mut self.stemmer
            && self.beginnings.iter().any(|beginning| folded.starts_with(&**beginning))
        {
            let ids = stemmer.stems(word).iter().filter_map(|stem| self.stems.get(stem));
            ids.flatten().copied().for_each(&mut found);
        }
        for (pattern, id) in &self.patterns {
            if pattern.matches(folded) {
                found(*id);
            }
        }
        for (fuzzy, id) in &self.fuzzy {
            if fuzzy.matches(folded) {
                found(*id);
            }
        }
    }
}

impl FirstBytes {
    /// Adds a byte, or all of them.
    fn add(&mut self, byte: Option<u8>) {
        match byte {
            Some(byte) => self.0[usize::from(byte)] = true,
            None => self.0 = [true; 256],
        }
    }
}

/// What every folded word with this stem begins with. Stemmers change a word's end; of a short word they may change all but its
/// first letter (`dying` has the stem `die`).
fn beginning(stem: &str) -> &str {
    let letters = if stem.chars().nth(3).is_none() { 1 } else { 3 };
    &stem[..stem.char_indices().nth(letters).map_or(stem.len(), |(at, _)| at)]
}

/// Appends the marks of a phrase, whose words were found at these places.
fn phrases(target: &Target, parts: &[Part], marks: &mut Vec<Mark>) {
    let length = target.forms.len();
    let mut mark = |start: usize, end: usize| {
        marks.push(Mark { range: start..end, term: target.term, weight: target.weight });
    };
    for (index, first) in parts.iter().enumerate() {
        if target.slop > 0 {
            for part in near(length, target.slop, &parts[index..]) {
                mark(part.start, part.end);
            }
        } else if first.form == 0 {
            let found = (1..length).try_fold(first.end, |_, form| {
                let place = (first.word + form, form);
                let part =
                    parts.binary_search_by_key(&place, |part| (part.word, part.form)).ok()?;
                Some(parts[part].end)
            });
            if let Some(end) = found {
                mark(first.start, end);
            }
        }
    }
}

/// The words of a loose phrase of `length` words of which the first of `parts` is the first in the text; none if there is no
/// such phrase.
fn near(length: usize, slop: u32, parts: &[Part]) -> Vec<Part> {
    let mut taken: Vec<Option<Part>> = vec![None; length];
    let mut last_word = None;
    let mut missing = length;
    let window = length + slop as usize;
    let within = |part: &&Part| part.word < parts[0].word + window;
    for part in parts.iter().take_while(within) {
        // One word of the text is one word of the phrase.
        if taken[part.form].is_none() && last_word != Some(part.word) {
            taken[part.form] = Some(*part);
            last_word = Some(part.word);
            missing -= 1;
            if missing == 0 {
                return taken.into_iter().flatten().collect();
            }
        }
    }
    Vec::new()
}
