//! Every passage that matches, scored and in order: nothing is cut off before it is counted.

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::SegmentReader;

use super::candidates::{Candidate, candidates, page};
use super::collapse::{Collapsed, collapse};
use super::criteria::Criteria;
use super::facets::{self, Facets};
use super::filters::{Admitted, Filters};
use super::matches::{PassageMatch, Scoring, SegmentMatches, Selection, better, year};
use super::meaning::{self, Ideal, Similarities};
use super::plan::Plan;
use super::rank::Factors;
use super::scores::Scores;
use super::syntax::Query;
use super::tags::CriteriaTags;
use super::terms::Terms;
use super::understand::Interpretation;
use super::{By, Error, MeaningUse, Request, engine};
use crate::document::DocumentId;
use crate::index::{PassageAddress, Snapshot};

/// A passage that is shown.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// Its document.
    pub document: DocumentId,
    /// Its number within the document, from 0.
    pub ordinal: u64,
    /// Where it stands in the index.
    pub address: PassageAddress,
    /// Whether it holds everything that was asked.
    pub complete: bool,
    /// Whether it only stands beside what a filter asks for.
    pub beside: bool,
    /// Whether it was found by meaning alone.
    pub by_meaning: bool,
    /// Its window that is nearest in meaning, where that counts.
    pub window: Option<u32>,
    /// The factors of its score.
    pub factors: Factors,
    /// Its score.
    pub score: f32,
}

/// A result: one passage, or the best passages of one document, the best first.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its passages that are shown, never none.
    pub hits: Vec<Hit>,
    /// How many of its passages match.
    pub matching: usize,
    /// Documents of nearly the same text that are collapsed under it.
    pub near_duplicates: Vec<DocumentId>,
}

/// What matches.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The results asked for, in order.
    pub groups: Vec<Group>,
    /// Documents that match.
    pub documents: usize,
    /// Passages that match.
    pub passages: usize,
    /// Whether meaning counted.
    pub meaning: MeaningUse,
    /// Passages that match by meaning alone.
    pub by_meaning: usize,
    /// Passages that might match by meaning if they had vectors.
    pub unmeasured: usize,
    /// Passages that match and do not show themselves what a filter asks for; they come last.
    pub beside: usize,
    /// Results that hold everything that was asked; the others come after them.
    pub complete: usize,
    /// Documents that match and are collapsed under a result of nearly the same text.
    pub collapsed: usize,
    /// Undated documents that a date filter left out.
    pub undated: usize,
    /// No passage holds the phrases of the text: these hold its words.
    pub relaxed: bool,
    /// How what matches is divided, if that was asked.
    pub facets: Option<Facets>,
}

/// Finds, scores and orders what matches a request.
///
/// # Errors
/// When the index cannot be read.
pub fn collect(
    snapshot: &Snapshot,
    request: &Request,
    query: &Query,
    interpretation: &Interpretation,
) -> Result<Found, Error> {
    let searcher = snapshot.searcher();
    let fields = snapshot.fields();
    let mut terms = Terms::new(snapshot).map_err(engine)?;
    let plan = Plan::of(query, interpretation, &mut terms, snapshot).map_err(engine)?;
    let filters = Filters::of(request, fields, searcher)?;
    let criteria = Criteria::of(request, query, interpretation);
    // A text of which no word is left asks nothing, and finds nothing.
    let wordless = plan.is_none() && !request.text.trim().is_empty();
    if wordless {
        return Ok(Found::default());
    }
    let admitted = snapshot.each_segment(|_, segment| filters.admitted(segment)).map_err(engine)?;
    let is_asked = meaning::is_asked(request, query, interpretation);
    let measured =
        || Similarities::of(snapshot, request, query, interpretation, &admitted, &criteria.dates);
    let is_beside_words = is_asked && snapshot.meaning().is_some() && !meaning::is_all(request);
    let (similarities, scores) = match plan.as_ref().filter(|_| is_beside_words) {
        // Neither needs the other, and vectors come as slowly as memory gives them.
        Some(plan) => rayon::join(measured, || evaluated(snapshot, plan).map(Some)),
        None => (measured(), Ok(None)),
    };
    let (similarities, scores) = (similarities?, scores.map_err(engine)?);
    let meaning = match &similarities {
        Some(_) => MeaningUse::Used,
        None if is_asked => MeaningUse::Missing,
        None => MeaningUse::Unasked,
    };
    let unmeasured = similarities.as_ref().map_or(0, |similarities| similarities.unmeasured);
    let search = Search { snapshot, plan, scores, admitted, similarities, criteria };
    let matched = search.run()?;
    Ok(Found { meaning, unmeasured, ..search.found(request, &matched)? })
}

/// How well the words of a query match in each segment.
fn evaluated(snapshot: &Snapshot, plan: &Plan) -> tantivy::Result<Vec<Scores>> {
    snapshot.each_segment(|number, segment| plan.evaluate(number, segment, false))
}

/// What is looked for.
struct Search<'a> {
    snapshot: &'a Snapshot,
    plan: Option<Plan>,
    /// How well words match in each segment, where that was told beforehand.
    scores: Option<Vec<Scores>>,
    /// Passages of each segment that the filters let in.
    admitted: Vec<Admitted>,
    /// How near they are, where meaning counts.
    similarities: Option<Similarities>,
    criteria: Criteria,
}

/// Every passage that matches.
struct Matched<'a> {
    /// By segment.
    segments: Vec<SegmentMatches>,
    scoring: Scoring<'a>,
    /// Phrases were not found as written, and only looked for by their words.
    relaxed: bool,
}

impl Search<'_> {
    /// Every passage that matches; where there is none, those that match but for the phrases of a text that has other words.
    fn run(&self) -> Result<Matched<'_>, Error> {
        let matched = self.matched(false)?;
        let is_empty = matched.segments.iter().all(|matches| matches.all.is_empty());
        if is_empty && self.plan.as_ref().is_some_and(Plan::can_relax) {
            return self.matched(true);
        }
        Ok(matched)
    }

    /// Every passage that matches, with its score; `relaxed`, also without the phrases of a text that has other words.
    fn matched(&self, relaxed: bool) -> Result<Matched<'_>, Error> {
        let readers = self.snapshot.searcher().segment_readers();
        let segments = self
            .snapshot
            .each_segment(|number, segment| self.matches(number, segment, relaxed))
            .map_err(engine)?;
        let mut ideal = Ideal::default();
        for (matches, segment) in segments.iter().zip(readers) {
            ideal.add(&matches.best, segment.num_docs());
        }
        let runs = segments.iter().flat_map(|matches| &matches.runs);
        let scoring = Scoring {
            similarities: self.similarities.as_ref(),
            criteria: &self.criteria,
            ideal: ideal.whole(),
            newest: runs.filter_map(|run| year(run.published)).max(),
        };
        let segments = self
            .snapshot
            .each_segment_with(segments, |number, segment, mut matches| {
                scoring.score(number, segment, &mut matches).map(|()| matches)
            })
            .map_err(engine)?;
        Ok(Matched { segments, scoring, relaxed })
    }

    /// The passages of a segment that match, without their scores.
    fn matches(
        &self,
        number: usize,
        segment: &SegmentReader,
        relaxed: bool,
    ) -> tantivy::Result<SegmentMatches> {
        let evaluate = |plan: &Plan| plan.evaluate(number, segment, relaxed);
        let known = self.scores.as_ref().filter(|_| !relaxed).map(|scores| &scores[number]);
        let plan = self.plan(relaxed).filter(|_| known.is_none());
        let scores = plan.map(evaluate).transpose()?;
        let scores = known.or(scores.as_ref());
        let selection = Selection {
            number,
            scores,
            similarities: self.similarities.as_ref(),
            relaxed,
            admitted: &self.admitted[number],
            criteria: &self.criteria,
        };
        let matches = selection.matches(self.snapshot.document_runs(number)?);
        Ok(SegmentMatches {
            best: scores.map(|scores| scores.best.clone()).unwrap_or_default(),
            ..matches
        })
    }

    /// The words that are looked for: none where meaning is all, unless they say what may appear.
    fn plan(&self, relaxed: bool) -> Option<&Plan> {
        let idle = |meaning: &Similarities| meaning.is_all() && (relaxed || !meaning.needs_words);
        self.plan.as_ref().filter(|_| !self.similarities.as_ref().is_some_and(idle))
    }

    /// What a request gets of all that matches.
    fn found(&self, request: &Request, matched: &Matched<'_>) -> Result<Found, Error> {
        let segments = &matched.segments;
        let all = || segments.iter().flat_map(|matches| &matches.all);
        let undated = segments.iter().flat_map(|matches| &matches.undated);
        let facets = request
            .facets
            .then(|| facets::count(self.snapshot, segments))
            .transpose()
            .map_err(engine)?;
        let (mut results, documents) = candidates(segments, request.by);
        let mut collapsed = Collapsed::default();
        if request.by == By::Document && !request.unfold {
            (results, collapsed) = collapse(self.snapshot, results, request.sort)?;
        }
        let complete = results.iter().filter(|candidate| candidate.complete).count();
        let path = |candidate: &Candidate| self.snapshot.document_path(candidate.address);
        let page =
            page(results, request.sort, request.offset, request.limit, path).map_err(engine)?;
        Ok(Found {
            documents,
            passages: all().count(),
            by_meaning: all().filter(|found| found.words.is_none()).count(),
            complete,
            beside: all().filter(|found| found.beside).count(),
            collapsed: collapsed.values().map(Vec::len).sum(),
            undated: undated.collect::<FxHashSet<_>>().len(),
            relaxed: matched.relaxed,
            facets,
            groups: self.groups(request, matched, &page, collapsed)?,
            ..Found::default()
        })
    }

    /// The results of a page, each with its passages that are shown.
    fn groups(
        &self,
        request: &Request,
        matched: &Matched<'_>,
        page: &[Candidate],
        mut collapsed: Collapsed,
    ) -> Result<Vec<Group>, Error> {
        let by_passage = request.by == By::Passage;
        let wanted = page.iter().filter(|_| !by_passage).map(|candidate| candidate.document);
        let mut members = members(&matched.segments, wanted);
        let mut groups = Vec::with_capacity(page.len());
        for candidate in page {
            let document = candidate.document;
            let only = || vec![(candidate.segment, candidate.at)];
            let mut places = members.remove(&document).unwrap_or_else(only);
            let found = |(segment, at): (usize, usize)| &matched.segments[segment].all[at];
            places.sort_unstable_by(|a, b| better(found(*a), found(*b)));
            let matching = places.len();
            // What stands beside it is shown only where nothing else is.
            let shows = |place: &(usize, usize)| found(*place).beside == candidate.beside;
            places.retain(shows);
            places.truncate(request.passages.max(1));
            let shown = places.into_iter().map(|place| {
                self.hit(document, candidate.published, place.0, found(place), &matched.scoring)
            });
            let hits = shown.collect::<Result<_, Error>>()?;
            let near_duplicates = collapsed.remove(&document).unwrap_or_default();
            groups.push(Group { hits, matching, near_duplicates });
        }
        Ok(groups)
    }

    /// A match as it is shown, with the parts of its score.
    fn hit(
        &self,
        document: DocumentId,
        published: Option<u64>,
        segment: usize,
        found: &PassageMatch,
        scoring: &Scoring<'_>,
    ) -> Result<Hit, Error> {
        let reader = &self.snapshot.searcher().segment_readers()[segment];
        let address = PassageAddress { segment: segment as u32, doc: found.doc };
        let similarity =
            self.similarities.as_ref().and_then(|similarities| similarities.get(address));
        let mut tags = CriteriaTags::of(reader, &self.criteria).map_err(engine)?;
        let recency = scoring.recency(published);
        Ok(Hit {
            document,
            ordinal: found.ordinal,
            address,
            complete: found.complete,
            beside: found.beside,
            by_meaning: found.words.is_none(),
            window: similarity.map(|similarity| similarity.window),
            factors: scoring.factors(segment, found, recency, &mut tags).0,
            score: found.score,
        })
    }
}

/// Where the matches of these documents stand: the segment, and which of its matches.
fn members(
    segments: &[SegmentMatches],
    documents: impl Iterator<Item = DocumentId>,
) -> FxHashMap<DocumentId, Vec<(usize, usize)>> {
    let mut members: FxHashMap<DocumentId, Vec<(usize, usize)>> =
        documents.map(|document| (document, Vec::new())).collect();
    for (segment, matches) in segments.iter().enumerate() {
        for run in &matches.runs {
            if let Some(places) = members.get_mut(&run.document) {
                places.extend(run.matches.clone().map(|at| (segment, at)));
            }
        }
    }
    members
}
