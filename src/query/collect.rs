//! Every passage that matches, scored and in order: nothing is cut off before it is counted.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::asked::Asked;
use super::facets::{self, Facets};
use super::filters::Filters;
use super::matching::{Plan, Scores};
use super::meaning::{self, Ideal, Nearness};
use super::rank::{self, Parts};
use super::segment::Columns;
use super::syntax::Query;
use super::terms::Terms;
use super::{By, Error, MeaningUse, Request, Sort, Understood, fold};
use crate::document::DocumentId;
use crate::index::{PassageAddress, Snapshot};

/// A passage that matches.
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
    /// First day of its published date, `yyyymmdd`.
    pub published: Option<u64>,
    /// How well its words match; `None` where it was found by meaning alone.
    pub words: Option<f32>,
    /// Its window that is nearest in meaning, where that counts.
    pub window: Option<u32>,
    /// The parts of its score.
    pub parts: Parts,
    /// Its score.
    pub score: f32,
}

/// A result: one passage, or the passages of one document, the best first.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its passages that match, never none.
    pub hits: Vec<Hit>,
    /// Documents of nearly the same text that are folded under it.
    pub near: Vec<DocumentId>,
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
    /// Results that hold everything that was asked; the others come after them.
    pub complete: usize,
    /// Documents that match and are folded under a result of nearly the same text.
    pub folded: usize,
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
    understood: &Understood,
) -> Result<Found, Error> {
    let searcher = snapshot.searcher();
    let fields = snapshot.fields();
    let mut terms = Terms::new(snapshot)?;
    let plan = Plan::of(query, understood, &mut terms, searcher, fields)?;
    let filters = Filters::of(request, fields, searcher)?;
    let asked = Asked::of(request, query, understood);
    // A text of which no word is left asks nothing, and finds nothing.
    let wordless = plan.is_none() && !request.text.trim().is_empty();
    if wordless {
        return Ok(Found::default());
    }
    let segments = searcher.segment_readers().iter();
    let admitted: Vec<Vec<bool>> =
        segments.map(|segment| filters.admitted(segment)).collect::<tantivy::Result<_>>()?;
    let nearness = Nearness::of(snapshot, request, query, understood, &admitted, &asked.dates)?;
    let search = Search { snapshot, plan, admitted, nearness, asked };
    let Matches { mut hits, undated, ideal, relaxed } = search.run()?;
    let meaning = match &search.nearness {
        Some(_) => MeaningUse::Used,
        None if meaning::is_asked(request, query, understood) => MeaningUse::Missing,
        None => MeaningUse::Unasked,
    };
    search.score(&mut hits, &ideal);
    let mut found = Found {
        passages: hits.len(),
        meaning,
        by_meaning: hits.iter().filter(|hit| hit.words.is_none()).count(),
        unmeasured: search.nearness.as_ref().map_or(0, |nearness| nearness.unmeasured),
        undated,
        relaxed,
        facets: request.facets.then(|| facets::count(snapshot, &hits)).transpose()?,
        ..Found::default()
    };
    let mut groups = group(hits, request.by, &mut found.documents);
    if request.by == By::Document && !request.unfold {
        (groups, found.folded) = fold::fold(snapshot, groups, request)?;
    }
    found.complete = groups.iter().filter(|group| group.hits[0].complete).count();
    found.groups = order(snapshot, groups, request)?;
    Ok(found)
}

/// What is looked for.
struct Search<'a> {
    snapshot: &'a Snapshot,
    plan: Option<Plan>,
    /// Passages of each segment that the filters let in.
    admitted: Vec<Vec<bool>>,
    /// How near they are, where meaning counts.
    nearness: Option<Nearness>,
    asked: Asked,
}

/// The passages that match, in no order.
struct Matches {
    hits: Vec<Hit>,
    /// Undated documents that a date filter left out.
    undated: usize,
    /// What the words could come to.
    ideal: Ideal,
    /// Phrases were not found as written, and only looked for by their words.
    relaxed: bool,
}

impl Search<'_> {
    /// Every passage that matches; where there is none, those that match but for the phrases of a text that has other words.
    fn run(&self) -> Result<Matches, Error> {
        let matches = self.matches(false)?;
        if matches.hits.is_empty() && self.plan.as_ref().is_some_and(Plan::can_relax) {
            return self.matches(true);
        }
        Ok(matches)
    }

    /// Every passage that matches; `relaxed`, also without the phrases of a text that has other words.
    fn matches(&self, relaxed: bool) -> Result<Matches, Error> {
        let mut hits = Vec::new();
        let mut undated = rustc_hash::FxHashSet::default();
        let mut ideal = Ideal::default();
        for (ordinal, segment) in self.snapshot.searcher().segment_readers().iter().enumerate() {
            let evaluate = |plan: &Plan| plan.evaluate(ordinal, segment, relaxed);
            let scores = self.plan(relaxed).map(evaluate).transpose()?;
            if let Some(scores) = &scores {
                ideal.add(&scores.best, segment.num_docs());
            }
            let columns = Columns::of(segment)?;
            let admitted = &self.admitted[ordinal];
            for doc in (0..segment.max_doc()).filter(|doc| admitted[*doc as usize]) {
                let address = PassageAddress { segment: ordinal as u32, doc };
                let hit = self.hit(address, scores.as_ref(), &columns, relaxed);
                let Some(hit) = hit else { continue };
                if self.asked.dates.admit(&columns, doc) {
                    hits.push(hit);
                } else if hit.published.is_none() {
                    undated.insert(hit.document);
                }
            }
        }
        Ok(Matches { hits, undated: undated.len(), ideal, relaxed })
    }

    /// The words that are looked for: none where meaning is all, unless they say what may appear.
    fn plan(&self, relaxed: bool) -> Option<&Plan> {
        let idle = |near: &Nearness| near.is_all() && (relaxed || !near.needs_words);
        self.plan.as_ref().filter(|_| !self.nearness.as_ref().is_some_and(idle))
    }

    /// A passage, if it matches by its words or by meaning.
    fn hit(
        &self,
        address: PassageAddress,
        scores: Option<&Scores>,
        columns: &Columns,
        relaxed: bool,
    ) -> Option<Hit> {
        let doc = address.doc;
        let nearness = self.nearness.as_ref();
        let near = nearness.and_then(|nearness| nearness.near(address));
        let is_free = relaxed || nearness.is_some_and(|nearness| !nearness.needs_words);
        let is_near = is_free && near.is_some_and(|near| near.is_match);
        let words = match (scores, nearness) {
            (Some(scores), _) => Some(scores.text[doc as usize]).filter(|score| *score >= 0.0),
            (None, Some(_)) => None,
            (None, None) => Some(1.0),
        };
        if words.is_none() && !is_near {
            return None;
        }
        let ordinal = columns.ordinal(doc);
        // A document found by what is known of it is shown once, not with each of its pages.
        let front_only = scores.is_some_and(|scores| scores.is_front_only(doc));
        let words = words.filter(|_| ordinal == 0 || !front_only);
        if words.is_none() && !is_near {
            return None;
        }
        let mut parts = columns.parts(doc, &self.asked);
        // A query of fields and exclusions alone says nothing of how well a text matches.
        parts.text = words.filter(|score| *score > 0.0).unwrap_or(1.0);
        parts.meaning = near.map(|near| near.cosine);
        Some(Hit {
            document: columns.document(doc),
            ordinal,
            address,
            complete: scores.is_none_or(|scores| scores.is_complete(doc)),
            words,
            window: near.map(|near| near.window),
            published: columns.first_day(doc),
            parts,
            score: 0.0,
        })
    }

    /// Gives the hits their scores.
    fn score(&self, hits: &mut [Hit], ideal: &Ideal) {
        if let Some(nearness) = &self.nearness {
            nearness.fuse(hits, ideal);
        }
        // What is asked by meaning alone is ordered by it alone, and by what was asked of countries and violations.
        if !self.nearness.as_ref().is_some_and(Nearness::is_all) {
            weigh_recency(hits);
        }
        hits.iter_mut().for_each(|hit| hit.score = hit.parts.score());
    }
}

/// Recency is relative to the newest match, so that an answer does not depend on the day it is asked.
fn weigh_recency(hits: &mut [Hit]) {
    let year = |hit: &Hit| hit.published.and_then(|day| u16::try_from(day / 10_000).ok());
    let newest = hits.iter().filter_map(year).max();
    for hit in hits {
        hit.parts.recency = rank::recency(year(hit), newest);
    }
}

/// The better hit first; of equals the earlier passage.
fn better(a: &Hit, b: &Hit) -> std::cmp::Ordering {
    b.complete.cmp(&a.complete).then(b.score.total_cmp(&a.score)).then(a.ordinal.cmp(&b.ordinal))
}

fn group(hits: Vec<Hit>, by: By, documents: &mut usize) -> Vec<Group> {
    let mut places: FxHashMap<DocumentId, usize> = FxHashMap::default();
    let mut groups: Vec<Group> = Vec::new();
    for hit in hits {
        let next = places.len();
        let place = *places.entry(hit.document).or_insert(next);
        match by {
            By::Document if place < groups.len() => groups[place].hits.push(hit),
            _ => groups.push(Group { hits: vec![hit], near: Vec::new() }),
        }
    }
    *documents = places.len();
    for group in &mut groups {
        group.hits.sort_unstable_by(better);
    }
    groups
}

/// The better result first; ties are left.
pub(super) fn compare(sort: Sort, a: &Group, b: &Group) -> std::cmp::Ordering {
    let (a, b) = (&a.hits[0], &b.hits[0]);
    match sort {
        Sort::Relevance => b.complete.cmp(&a.complete).then(b.score.total_cmp(&a.score)),
        // Who wants the newest does not want it with one word of three.
        Sort::Date => b
            .complete
            .cmp(&a.complete)
            .then(Reverse(a.published).cmp(&Reverse(b.published)))
            .then(b.score.total_cmp(&a.score)),
    }
}

/// Sorts results and takes those asked for. Ties are broken by path, which is read only for results that tie with one of
/// them.
fn order(
    snapshot: &Snapshot,
    mut groups: Vec<Group>,
    request: &Request,
) -> Result<Vec<Group>, Error> {
    let compare = |a: &Group, b: &Group| compare(request.sort, a, b);
    groups.sort_by(compare);
    let start = request.offset.min(groups.len());
    let end =
        request.limit.map_or(groups.len(), |limit| start.saturating_add(limit).min(groups.len()));
    if start == end {
        return Ok(Vec::new());
    }
    let first_tie = groups[..start]
        .iter()
        .rposition(|group| compare(group, &groups[start]).is_ne())
        .map_or(0, |at| at + 1);
    let last_tie = groups[end..].iter().position(|group| compare(group, &groups[end - 1]).is_ne());
    let tied = first_tie..last_tie.map_or(groups.len(), |at| end + at);
    let paths = Paths::of(snapshot)?;
    let mut window: Vec<(String, Group)> =
        groups.drain(tied).map(|group| (paths.path(group.hits[0].address), group)).collect();
    window.sort_by(|(a_path, a), (b_path, b)| {
        compare(a, b)
            .then_with(|| a_path.cmp(b_path))
            .then(a.hits[0].ordinal.cmp(&b.hits[0].ordinal))
    });
    Ok(window
        .into_iter()
        .map(|(_, group)| group)
        .skip(start - first_tie)
        .take(end - start)
        .collect())
}

/// The paths of documents, from the column of each segment.
pub(super) struct Paths {
    columns: Vec<Option<tantivy::columnar::StrColumn>>,
}

impl Paths {
    pub(super) fn of(snapshot: &Snapshot) -> Result<Self, Error> {
        let segments = snapshot.searcher().segment_readers().iter();
        let columns = segments.map(|segment| segment.fast_fields().str("document_path"));
        Ok(Self { columns: columns.collect::<tantivy::Result<_>>()? })
    }

    pub(super) fn path(&self, address: PassageAddress) -> String {
        let mut path = String::new();
        if let Some(Some(column)) = self.columns.get(address.segment as usize)
            && let Some(ord) = column.term_ords(address.doc).next()
        {
            // A path that cannot be read leaves the tie to the passages' order.
            let _ = column.ord_to_str(ord, &mut path);
        }
        path
    }
}
