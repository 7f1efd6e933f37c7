//! Finding by meaning: how near the windows of passages are to a question, and how that goes together with their words.
//!
//! An exact scan over the vectors of whatever passages the filters admit; nothing is approximated but the vectors themselves
//! (see [`crate::semantic::compact`]). Names of countries and violations are answered by what passages are about, in any
//! language; meaning counts for the rest of a text. Operators and quotes decide what may appear: a phrase is never answered by
//! what lacks it, unless it is nowhere and the answer says so.

use super::criteria::Dates;
use super::filters::Admitted;
use super::syntax::{Query, Text};
use super::understand::Interpretation;
use super::{Error, Request, Semantic, engine};
use crate::document::DocumentId;
use crate::index::vectors::{NearestWindow, Span, Vectors};
use crate::index::{DocumentRun, Meaning, PassageAddress, Snapshot};
use crate::semantic::compact::Question;
use crate::semantic::{DIMENSIONS, windows};

// Chosen with `amparo eval --semantic`: `docs/measurements.md` has the series. Scores are added up and not ranks (reciprocal rank
// fusion): a rank does not tell whether the best passage has all of the words or one.

/// What meaning weighs beside words, of which all together weigh 1. Half or twice as much does nearly as well.
const WEIGHT: f32 = 1.0;

/// Cosine of what has nothing to do with one another; above it a passage matches by meaning.
const NOTHING: f32 = 0.2;

/// Passages that match by meaning alone at most beside those that match by words: the nearest ones. Every passage is near to
/// some degree.
const NEAREST: usize = 100;

/// How near a passage is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Similarity {
    /// The cosine of its nearest window with the question.
    pub cosine: f32,
    /// That window.
    pub window: u32,
    /// Whether it is near enough to match whatever its words are.
    pub is_match: bool,
}

/// The nearest windows of passages, by segment and the passage's number in it.
type Windows = Vec<Vec<Option<NearestWindow>>>;

/// How near the passages of a snapshot are to what a request asks, and what that counts for.
#[derive(Debug)]
pub struct Similarities {
    segments: Windows,
    /// The least cosine with which a passage matches whatever its words are.
    least: f32,
    /// Passages that were admitted and have no vectors.
    pub unmeasured: usize,
    /// What meaning weighs beside words; `None` where words count for nothing.
    weight: Option<f32>,
    /// Whether passages match only if their words do.
    pub needs_words: bool,
}

/// Whether meaning counts in what a request asks, if the snapshot knows any.
pub fn is_asked(request: &Request, query: &Query, interpretation: &Interpretation) -> bool {
    let has_text = !request.text.trim().is_empty();
    match request.semantic {
        _ if request.similar.is_some() => true,
        Semantic::Off => false,
        Semantic::Only => has_text,
        Semantic::Auto => {
            let has_words = query.texts().iter().any(|text| matches!(text, Text::Term(_)));
            has_words && !query.strict && interpretation.share < 1.0
        }
    }
}

/// Whether words count for nothing in the order of what a request asks.
pub fn is_all(request: &Request) -> bool {
    request.semantic == Semantic::Only || request.similar.is_some()
}

/// Whether a query says what must be in a passage, whatever it means.
fn restricts(query: &Query) -> bool {
    query.strict || query.texts().iter().any(|text| matches!(text, Text::Phrase(_)))
}

impl Similarities {
    /// Measures every passage that is admitted; `None` where a request asks nothing of meaning, or words have to do.
    ///
    /// # Errors
    /// [`Error::NoMeaning`] or [`Error::NoText`] for a request that can be answered by meaning alone, and can't be here;
    /// [`Error::Model`] when the model is damaged; or when the index cannot be read.
    pub fn of(
        snapshot: &Snapshot,
        request: &Request,
        query: &Query,
        interpretation: &Interpretation,
        admitted: &[Admitted],
        dates: &Dates,
    ) -> Result<Option<Self>, Error> {
        if !is_asked(request, query, interpretation) {
            return Ok(None);
        }
        let only = is_all(request);
        let meaning = match snapshot.meaning() {
            Some(meaning) if !meaning.vectors.is_empty() => meaning,
            _ if only => return Err(Error::NoMeaning),
            _ => return Ok(None),
        };
        let question = match request.similar {
            Some(similar) => like(&meaning.vectors, similar.document, similar.passage)?,
            None => typed(meaning, &wanted(request, query))?,
        };
        let except = request.similar.map(|similar| similar.document);
        let scan = Scan { vectors: &meaning.vectors, question, except, dates };
        let (segments, unmeasured) = scan.all(snapshot, admitted)?;
        let mut similarities = Self {
            segments,
            least: NOTHING.next_up(),
            unmeasured,
            weight: (!only).then_some(WEIGHT * (1.0 - interpretation.share)),
            needs_words: restricts(query),
        };
        similarities.least = similarities.least_of_matches();
        Ok(Some(similarities))
    }

    /// The least cosine with which a passage matches whatever its words are.
    fn least_of_matches(&self) -> f32 {
        let near = self.segments.iter().flatten().flatten();
        let mut cosines: Vec<f32> =
            near.map(|near| near.cosine).filter(|cosine| *cosine >= self.least).collect();
        if self.is_all() || cosines.len() <= NEAREST {
            return self.least;
        }
        let (_, nearest, _) = cosines.select_nth_unstable_by(NEAREST, |a, b| b.total_cmp(a));
        // Equal ones match together or not at all.
        nearest.next_up()
    }

    /// How near a passage is, if it was admitted and has vectors.
    pub fn get(&self, address: PassageAddress) -> Option<Similarity> {
        let found = *self.segments.get(address.segment as usize)?.get(address.doc as usize)?;
        let NearestWindow { number: window, cosine } = found?;
        Some(Similarity { cosine, window, is_match: cosine >= self.least })
    }

    /// Whether words count for nothing in the order.
    pub fn is_all(&self) -> bool {
        self.weight.is_none()
    }

    /// The text's part of a passage's score: words, of which `ideal` are the best there could be, and meaning together.
    pub fn fuse(&self, words: Option<f32>, cosine: Option<f32>, ideal: f32) -> f32 {
        let meaning = cosine.map_or(0.0, rise);
        let words = || words.map_or(0.0, |words| words / ideal);
        self.weight.map_or(meaning, |weight| words() + weight * meaning)
    }
}

/// A scan over vectors.
struct Scan<'a> {
    vectors: &'a Vectors,
    question: Question,
    /// A document that is not an answer: the one that is asked about.
    except: Option<DocumentId>,
    dates: &'a Dates,
}

/// The passages of a segment that are compared.
struct Compared {
    docs: Vec<u32>,
    spans: Vec<Span>,
    /// Passages that were admitted and have no vectors.
    unmeasured: usize,
}

impl Scan<'_> {
    /// How near the admitted passages of a snapshot are, by segment, and how many of them have no vectors.
    fn all(&self, snapshot: &Snapshot, admitted: &[Admitted]) -> Result<(Windows, usize), Error> {
        let mut compared = snapshot.each_segment(|number, _| {
            let runs = snapshot.document_runs(number).map_err(engine)?;
            Ok::<_, Error>(self.compared(runs, &admitted[number]))
        })?;
        let unmeasured = compared.iter().map(|compared| compared.unmeasured).sum();
        let spans = compared.iter_mut().flat_map(|compared| std::mem::take(&mut compared.spans));
        let spans: Vec<Span> = spans.collect();
        let mut nearest = self.vectors.nearest(&spans, &self.question).into_iter();
        let mut segments = Vec::with_capacity(compared.len());
        for (segment, compared) in snapshot.searcher().segment_readers().iter().zip(&compared) {
            let mut near = vec![None; segment.max_doc() as usize];
            for (doc, window) in compared.docs.iter().zip(nearest.by_ref()) {
                near[*doc as usize] = Some(window);
            }
            segments.push(near);
        }
        Ok((segments, unmeasured))
    }

    /// The passages of a segment that are admitted, and their windows.
    fn compared(&self, runs: &[DocumentRun], admitted: &Admitted) -> Compared {
        let mut compared = Compared { docs: Vec::new(), spans: Vec::new(), unmeasured: 0 };
        for run in runs {
            if Some(run.document) == self.except || !self.dates.admit(run) {
                continue;
            }
            let document = self.vectors.windows_of(run.document);
            for doc in run.docs().filter(|doc| admitted.has(*doc)) {
                match document.and_then(|document| document.span(run.ordinal_of(doc))) {
                    Some(span) if !span.is_empty() => {
                        compared.docs.push(doc);
                        compared.spans.push(span);
                    }
                    Some(_) => {}
                    None => compared.unmeasured += 1,
                }
            }
        }
        compared
    }
}

/// What a cosine counts for, 0 to 1.
fn rise(cosine: f32) -> f32 {
    ((cosine - NOTHING) / (1.0 - NOTHING)).max(0.0)
}

/// What is wanted, as it was typed; without the operators of a text that has some.
fn wanted(request: &Request, query: &Query) -> String {
    if !restricts(query) {
        return request.text.trim().to_owned();
    }
    let mut words = Vec::new();
    for text in query.texts() {
        match text {
            Text::Term(term) => words.push(term.typed().to_owned()),
            Text::Phrase(phrase) => {
                words.extend(phrase.parts.iter().map(|term| term.typed().to_owned()));
            }
        }
    }
    words.join(" ")
}

/// The question that a text asks; of one that is longer than a window, the mean of its windows.
fn typed(meaning: &Meaning, text: &str) -> Result<Question, Error> {
    let vectors = meaning.encoder.encode(&windows([text]))?;
    let mut sum = [0.0; DIMENSIONS];
    for vector in vectors.chunks_exact(DIMENSIONS) {
        sum.iter_mut().zip(vector).for_each(|(sum, number)| *sum += number);
    }
    Ok(Question::new(&sum))
}

/// The question that a document asks, or one of its passages: the mean of its windows.
fn like(vectors: &Vectors, document: DocumentId, passage: Option<u64>) -> Result<Question, Error> {
    let mut sum = [0.0; DIMENSIONS];
    let mut windows = 0;
    let spans = vectors.spans(document).enumerate();
    for (_, span) in spans.filter(|(at, _)| passage.is_none_or(|passage| passage == *at as u64)) {
        vectors.add_up(&span, &mut sum);
        windows += span.len();
    }
    if windows == 0 { Err(Error::NoText) } else { Ok(Question::new(&sum)) }
}

/// What a text's words could come to, so that how well they match can be told from 0 to 1.
#[derive(Clone, Debug, Default)]
pub struct Ideal {
    /// The best that each of its words comes to in any passage; 0 for one that no passage has.
    best: Vec<f32>,
    /// Passages and records that there are.
    size: u32,
}

/// What BM25 gives a word at most, by the logarithm that tells how rare it is.
const SATURATED: f32 = 2.2;

impl Ideal {
    /// Takes in what each word comes to in another segment of so many passages.
    pub fn add(&mut self, best: &[f32], size: u32) {
        self.size += size;
        self.best.resize(best.len().max(self.best.len()), 0.0);
        for (most, best) in self.best.iter_mut().zip(best) {
            *most = most.max(*best);
        }
    }

    /// The score of words that all match as well as anywhere. A word that is nowhere would be the rarest.
    pub fn whole(&self) -> f32 {
        let rarest = SATURATED * (1.0 + (self.size as f32 + 0.5) / 0.5).ln();
        let best = self.best.iter().map(|best| if *best > 0.0 { *best } else { rarest });
        best.sum::<f32>().max(f32::MIN_POSITIVE)
    }
}
