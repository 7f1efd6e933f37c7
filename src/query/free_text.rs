//! Text without operators: passages with any of its words match, and it is told which have all that was asked. A quoted phrase
//! in it must be there; where no passage has it as written, its words are looked for, and no passage has all.
//!
//! Words that name a country or a violation (see [`super::understand`]) are satisfied by what a passage is about or mentions,
//! in whatever language and words: a page of the report on Guinea need not repeat the name, and a page that says
//! "Guinea Ecuatorial" does not say it. Words of the document's title, publisher and author count too, weakly.

use tantivy::{Searcher, SegmentReader};

use super::clause::Clause;
use super::concepts::ConceptMatches;
use super::scores::{NO_MATCH, Scores, TermScratch, greatest};
use super::syntax::{Phrase, Term, Text};
use super::terms::Terms;
use super::understand::{Interpretation, says_something};
use crate::index::Snapshot;

// Chosen with `amparo eval` over questions in three languages: `docs/measurements.md` has the series.

/// What a stop word weighs: a question's own words say little.
const STOP_WORD: f32 = 0.6;

/// Share of a word's weight that its form as typed has; the rest is its stem's.
const AS_WRITTEN: f32 = 0.4;

/// What two words weigh once more where they stand side by side as typed, with the stop words between them (`crisis del
/// agua`).
const PAIR: f32 = 0.1;

/// What a name weighs in a text that is nothing but names.
const NAMED: f32 = 1.0;

/// A text without operators, ready to be evaluated.
pub struct FreeText {
    parts: Vec<TextClause>,
    /// Words that were typed side by side, in this order.
    pairs: Vec<Clause>,
    concepts: Vec<ConceptMatches>,
    /// How much of the text is names.
    share: f32,
}

/// A word or a phrase of the text.
struct TextClause {
    /// Finds it in passages.
    body: Clause,
    /// Finds a word in the form typed.
    written: Option<Clause>,
    /// Any of the words of one that is several for the index (`dit-on`): a passage with these matches, but lacks the whole.
    pieces: Option<Clause>,
    /// Finds a word in what is known of their document.
    front: Option<Clause>,
    /// Whether a passage that has everything must have it: stop words need not be there.
    wanted: bool,
    /// Whether it is part of a name.
    named: bool,
    /// A phrase's words. A phrase must be in every match, unless no passage has it and only its words are looked for.
    words: Option<Clause>,
}

impl FreeText {
    /// The plan of the words and phrases of a text.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn of(
        texts: &[Text],
        interpretation: &Interpretation,
        terms: &mut Terms<'_>,
        snapshot: &Snapshot,
    ) -> tantivy::Result<Self> {
        let searcher = snapshot.searcher();
        let mut parts = Vec::with_capacity(texts.len());
        for (at, text) in texts.iter().enumerate() {
            let named = interpretation.is_named(at);
            parts.push(match text {
                Text::Term(term) => TextClause {
                    body: Clause::term(term, terms, searcher)?,
                    written: written(term, terms, searcher)?,
                    pieces: pieces(term, terms, searcher)?,
                    front: front(term, terms, searcher)?,
                    wanted: says_something(term.typed()),
                    named,
                    words: None,
                },
                Text::Phrase(phrase) => TextClause {
                    body: Clause::leaf(terms.phrase(phrase)?, searcher)?,
                    written: None,
                    pieces: None,
                    front: None,
                    wanted: true,
                    named,
                    words: Some(words_of(phrase, terms, searcher)?),
                },
            });
        }
        // A text of stop words alone wants them.
        if parts.iter().all(|part| !part.wanted) {
            parts.iter_mut().for_each(|part| part.wanted = true);
        }
        let pairs = pairs(texts, interpretation, terms, searcher)?;
        let concepts =
            interpretation.concepts.iter().map(|concept| ConceptMatches::of(concept, snapshot));
        let concepts = concepts.collect::<tantivy::Result<_>>()?;
        Ok(Self { parts, pairs, concepts, share: interpretation.share })
    }

    /// Whether there is more to look for where no passage has its phrases.
    pub fn can_relax(&self) -> bool {
        let phrases = self.parts.iter().filter(|part| part.words.is_some()).count();
        phrases > 0 && phrases < self.parts.len()
    }

    /// Evaluates the text over the segment of this number; `relaxed`, its phrases need not be there as written.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn evaluate(
        &self,
        number: usize,
        segment: &SegmentReader,
        relaxed: bool,
    ) -> tantivy::Result<Scores> {
        let size = segment.max_doc() as usize;
        let (mut scratch, mut whole) = (TermScratch::new(size), Tally::new(size));
        let mut best = Vec::with_capacity(self.parts.len());
        // Where each phrase stands that must be there.
        let mut required: Vec<Vec<bool>> = Vec::new();
        for part in &self.parts {
            let is_required = part.words.is_some() && !relaxed;
            if part.named && !is_required {
                continue;
            }
            part.find(segment, relaxed, &mut scratch)?;
            if is_required {
                required.push(scratch.holders(size));
            }
            if !part.named {
                best.push(scratch.greatest(segment));
                whole.add(&scratch, part.wanted);
            }
        }
        for name in &self.concepts {
            let (own, complete) = self.named(name, number, segment, relaxed, &mut scratch)?;
            best.push(greatest((0..).zip(own.scores.iter().copied()), segment));
            whole.join(&own, &complete);
        }
        self.add_pairs(segment, &mut scratch, &mut whole)?;
        for holders in &required {
            for (score, holds) in whole.scores.iter_mut().zip(holders) {
                *score = if *holds { *score } else { NO_MATCH };
            }
        }
        let wanted = self.wanted();
        Ok(Scores {
            complete: whole.complete.iter().map(|count| *count == wanted && !relaxed).collect(),
            text: whole.scores,
            front_only: whole.front_only,
            best,
        })
    }

    /// Adds what words weigh that stand side by side.
    fn add_pairs(
        &self,
        segment: &SegmentReader,
        scratch: &mut TermScratch,
        whole: &mut Tally,
    ) -> tantivy::Result<()> {
        for pair in &self.pairs {
            scratch.other.clear();
            pair.write(segment, &mut scratch.other)?;
            for doc in scratch.other.found() {
                let score = &mut whole.scores[*doc as usize];
                if *score >= 0.0 {
                    *score += PAIR * scratch.other.score(*doc);
                }
            }
        }
        Ok(())
    }

    /// The passages of a segment that have a name by its words or by what is said in them, and which of them need no more.
    fn named(
        &self,
        name: &ConceptMatches,
        number: usize,
        segment: &SegmentReader,
        relaxed: bool,
        scratch: &mut TermScratch,
    ) -> tantivy::Result<(Tally, Vec<bool>)> {
        let mut own = Tally::new(segment.max_doc() as usize);
        let mut wanted = 0;
        for part in self.parts.iter().take(name.words.end).skip(name.words.start) {
            wanted += u16::from(part.wanted);
            part.find(segment, relaxed, scratch)?;
            own.add(scratch, part.wanted);
        }
        let by_words = |count: &u16| *count == wanted && name.by_words;
        let mut complete: Vec<bool> = own.complete.iter().map(by_words).collect();
        let alone = self.wanted() == 1;
        for said in name.said.get(number).into_iter().flatten() {
            let doc = said.doc as usize;
            own.scores[doc] = own.scores[doc].max(said.score);
            // What a page's document is about does not make it a match, unless nothing else is asked.
            own.front_only[doc] &= !(said.own || alone);
            complete[doc] |= said.enough;
        }
        // What is understood ranks by aboutness; its words, the more of the text is not interpretation.
        for score in own.scores.iter_mut().filter(|score| **score >= 0.0) {
            *score = self.share * NAMED + (1.0 - self.share) * *score;
        }
        Ok((own, complete))
    }

    /// How many things a passage that has everything has: the wanted words outside of names, and the names.
    fn wanted(&self) -> u16 {
        let words = self.parts.iter().filter(|part| part.wanted && !part.named).count();
        u16::try_from(words + self.concepts.len()).unwrap_or(u16::MAX)
    }
}

/// A word in the form typed; `None` for what is already looked for as written.
fn written(
    term: &Term,
    terms: &mut Terms<'_>,
    searcher: &Searcher,
) -> tantivy::Result<Option<Clause>> {
    let Term::Word(_) = term else { return Ok(None) };
    let [word] = term.words()[..] else { return Ok(None) };
    let phrase = Phrase { parts: vec![Term::Word(word.to_owned())], slop: 0 };
    Clause::leaf(terms.phrase(&phrase)?, searcher).map(Some)
}

/// A word in what is known of a document. The words of one that is several for the index are added up as typed: the engine's
/// own conjunction adds them up as they are rare in a segment, so that a score would depend on how segments came about.
fn front(
    term: &Term,
    terms: &mut Terms<'_>,
    searcher: &Searcher,
) -> tantivy::Result<Option<Clause>> {
    let mut words = terms
        .front(term.typed())?
        .into_iter()
        .map(|word| Clause::leaf([word], searcher))
        .collect::<tantivy::Result<Vec<_>>>()?;
    Ok(if words.len() < 2 { words.pop() } else { Some(Clause::All(words)) })
}

/// Any of the words of one that is several for the index (`dit-on`). Not so the parts of a number or a symbol.
fn pieces(
    term: &Term,
    terms: &mut Terms<'_>,
    searcher: &Searcher,
) -> tantivy::Result<Option<Clause>> {
    let words = term.words();
    if words.len() < 2 || term.typed().contains(|c: char| c.is_ascii_digit()) {
        return Ok(None);
    }
    let any =
        words.into_iter().map(|word| Clause::term(&Term::Word(word.to_owned()), terms, searcher));
    Ok(Some(Clause::Any(any.collect::<tantivy::Result<_>>()?)))
}

/// Any of a phrase's words.
fn words_of(
    phrase: &Phrase,
    terms: &mut Terms<'_>,
    searcher: &Searcher,
) -> tantivy::Result<Clause> {
    let parts = phrase.parts.iter().filter(|part| says_something(part.typed()));
    let parts = parts.map(|part| Clause::term(part, terms, searcher));
    Ok(Clause::Any(parts.collect::<tantivy::Result<_>>()?))
}

/// Words that stand side by side in the text, as phrases: two that say something, and the stop words between them.
fn pairs(
    texts: &[Text],
    interpretation: &Interpretation,
    terms: &mut Terms<'_>,
    searcher: &Searcher,
) -> tantivy::Result<Vec<Clause>> {
    let mut pairs = Vec::new();
    let mut parts: Vec<Term> = Vec::new();
    let mut first = None;
    for (at, text) in texts.iter().enumerate() {
        let Text::Term(term) = text else {
            first = None;
            continue;
        };
        let words: Vec<Term> =
            term.words().into_iter().map(|word| Term::Word(word.to_owned())).collect();
        if !says_something(term.typed()) {
            parts.extend(words);
            continue;
        }
        // Names rank by aboutness.
        let names = first
            .is_some_and(|first| interpretation.is_named(first) && interpretation.is_named(at));
        if first.is_some() && !names {
            let parts = parts.iter().chain(&words).cloned().collect();
            pairs.push(Clause::leaf(terms.phrase(&Phrase { parts, slop: 0 })?, searcher)?);
        }
        (first, parts) = (Some(at), words);
    }
    Ok(pairs)
}

impl TextClause {
    /// Finds the word in the passages of a segment.
    fn find(
        &self,
        segment: &SegmentReader,
        relaxed: bool,
        scratch: &mut TermScratch,
    ) -> tantivy::Result<()> {
        scratch.clear();
        let body = self.words.as_ref().filter(|_| relaxed).unwrap_or(&self.body);
        body.write(segment, &mut scratch.found)?;
        if let Some(written) = &self.written {
            written.write(segment, &mut scratch.other)?;
            let other = &scratch.other;
            scratch.found.change(|doc, score| {
                let more = AS_WRITTEN * (other.score(doc).max(0.0) - score);
                if score > 0.0 { score + more } else { score }
            });
            scratch.other.clear();
        }
        if let Some(pieces) = &self.pieces {
            pieces.write(segment, &mut scratch.other)?;
            scratch.add_other(|doc, known, _, in_pieces| in_pieces[doc as usize] = !known);
        }
        if !self.wanted {
            scratch.found.change(|_, score| if score > 0.0 { score * STOP_WORD } else { score });
        }
        if let Some(front) = &self.front {
            front.write(segment, &mut scratch.other)?;
            scratch.add_other(|doc, known, front_only, in_pieces| {
                front_only[doc as usize] = !known;
                in_pieces[doc as usize] = false;
            });
        }
        Ok(())
    }
}

/// What has been found so far in each passage of a segment.
struct Tally {
    scores: Vec<f32>,
    /// Wanted things that are there.
    complete: Vec<u16>,
    /// Everything that is there was found in what is known of the document only.
    front_only: Vec<bool>,
}

impl Tally {
    fn new(size: usize) -> Self {
        Self { scores: vec![NO_MATCH; size], complete: vec![0; size], front_only: vec![true; size] }
    }

    fn add(&mut self, scratch: &TermScratch, wanted: bool) {
        for doc in scratch.found.found() {
            let (score, doc) = (scratch.found.score(*doc), *doc as usize);
            self.scores[doc] = self.scores[doc].max(0.0) + score;
            self.complete[doc] += u16::from(wanted && !scratch.in_pieces[doc]);
            self.front_only[doc] &= scratch.front_only[doc];
        }
    }

    fn join(&mut self, other: &Self, complete: &[bool]) {
        for (doc, score) in other.scores.iter().enumerate() {
            self.complete[doc] += u16::from(complete[doc]);
            if *score >= 0.0 {
                self.scores[doc] = self.scores[doc].max(0.0) + score;
                self.front_only[doc] &= other.front_only[doc];
            }
        }
    }
}

impl std::fmt::Debug for FreeText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FreeText")
            .field("words", &self.parts.len())
            .field("concepts", &self.concepts.len())
            .finish_non_exhaustive()
    }
}
