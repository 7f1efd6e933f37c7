//! Every passage that matches, scored and in order: nothing is cut off before it is counted.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;
use tantivy::SegmentReader;
use tantivy::columnar::Column;

use super::facets::{self, Facets};
use super::filters::Filters;
use super::matching::Plan;
use super::rank::{self, Parts};
use super::syntax::{Field, Query};
use super::terms::Terms;
use super::{By, Error, Request, Sort, Understood, fold};
use crate::document::DocumentId;
use crate::index::marks::Mark;
use crate::index::{PassageAddress, Snapshot};
use crate::taxonomy::{Countries, CountryCode, ViolationId, Violations};

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
    let search = Search { snapshot, plan: plan.as_ref(), filters: &filters, asked: &asked };
    let mut matches = search.matches(false)?;
    let relaxed = matches.hits.is_empty() && plan.as_ref().is_some_and(Plan::can_relax);
    if relaxed {
        matches = search.matches(true)?;
    }
    let mut hits = matches.hits;
    let mut found =
        Found { undated: matches.undated, passages: hits.len(), relaxed, ..Found::default() };
    found.facets = request.facets.then(|| facets::count(snapshot, &hits)).transpose()?;
    finish_scores(&mut hits);
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
    plan: Option<&'a Plan>,
    filters: &'a Filters,
    asked: &'a Asked,
}

/// The passages that match, in no order.
struct Matches {
    hits: Vec<Hit>,
    /// Undated documents that a date filter left out.
    undated: usize,
}

impl Search<'_> {
    /// Every passage that matches; `relaxed`, also without the phrases of a text that has other words.
    fn matches(&self, relaxed: bool) -> Result<Matches, Error> {
        let mut hits = Vec::new();
        let mut undated = rustc_hash::FxHashSet::default();
        for (ordinal, segment) in self.snapshot.searcher().segment_readers().iter().enumerate() {
            let admitted = self.filters.admitted(segment)?;
            let evaluate = |plan: &Plan| plan.evaluate(ordinal, segment, relaxed);
            let scores = self.plan.map(evaluate).transpose()?;
            let columns = Columns::of(segment)?;
            for doc in (0..segment.max_doc()).filter(|doc| admitted[*doc as usize]) {
                let text = scores.as_ref().map_or(1.0, |scores| scores.text[doc as usize]);
                if text < 0.0 {
                    continue;
                }
                // A query of fields and exclusions alone says nothing of how well a text matches.
                let text = if text > 0.0 { text } else { 1.0 };
                let address = PassageAddress { segment: ordinal as u32, doc };
                let mut hit = columns.hit(doc, address, text, self.asked);
                // A document found by what is known of it is shown once, not with each of its pages.
                let front_only = scores.as_ref().is_some_and(|scores| scores.is_front_only(doc));
                if hit.ordinal > 0 && front_only {
                    continue;
                }
                if !self.asked.dates.admit(&columns, doc) {
                    if hit.published.is_none() {
                        undated.insert(hit.document);
                    }
                    continue;
                }
                hit.complete = scores.as_ref().is_none_or(|scores| scores.is_complete(doc));
                hits.push(hit);
            }
        }
        Ok(Matches { hits, undated: undated.len() })
    }
}

/// What was asked, as the numbers that columns hold.
#[derive(Debug)]
struct Asked {
    countries: Vec<u16>,
    violations: Vec<u16>,
    /// How much of what is asked the countries are, 0 to 1.
    country_share: f32,
    /// How much of what is asked the violations are, 0 to 1.
    violation_share: f32,
    dates: Dates,
}

#[derive(Debug)]
struct Dates {
    since: Option<u64>,
    until: Option<u64>,
}

impl Asked {
    /// A filter's values are what is asked; what the text names counts only where no filter says otherwise.
    fn of(request: &Request, query: &Query, understood: &Understood) -> Self {
        let mut countries: Vec<CountryCode> = request.countries.clone();
        let mut violations: Vec<ViolationId> = request.violations.clone();
        for condition in query.conditions() {
            match condition {
                Field::Country(name) => {
                    countries.extend(Countries::builtin().lookup(name).unwrap_or_default());
                }
                Field::Violation(name) => {
                    violations.extend(Violations::builtin().lookup(name).unwrap_or_default());
                }
                _ => {}
            }
        }
        let share = |asked: bool| if asked { 1.0 } else { understood.share };
        let (country_share, violation_share) =
            (share(!countries.is_empty()), share(!violations.is_empty()));
        if countries.is_empty() {
            countries.clone_from(&understood.countries);
        }
        if violations.is_empty() {
            violations.clone_from(&understood.violations);
        }
        Self {
            countries: countries.into_iter().map(CountryCode::to_u16).collect(),
            violations: violations.into_iter().map(|id| id.0).collect(),
            country_share,
            violation_share,
            dates: Dates {
                since: request.since.map(crate::document::Date::first_day),
                until: request.until.map(crate::document::Date::last_day),
            },
        }
    }
}

impl Dates {
    fn admit(&self, columns: &Columns, doc: u32) -> bool {
        self.since.is_none_or(|since| columns.last.first(doc).is_some_and(|last| last >= since))
            && self
                .until
                .is_none_or(|until| columns.first.first(doc).is_some_and(|first| first <= until))
    }
}

/// The columns of a segment that scoring reads.
struct Columns {
    document: Column<u64>,
    ordinal: Column<u64>,
    first: Column<u64>,
    last: Column<u64>,
    countries: Column<u64>,
    violations: Column<u64>,
}

impl Columns {
    fn of(segment: &SegmentReader) -> tantivy::Result<Self> {
        let fast = segment.fast_fields();
        Ok(Self {
            document: fast.u64("document")?,
            ordinal: fast.u64("ordinal")?,
            first: fast.u64("published_first")?,
            last: fast.u64("published_last")?,
            countries: fast.u64("country_marks")?,
            violations: fast.u64("violation_marks")?,
        })
    }

    fn hit(&self, doc: u32, address: PassageAddress, text: f32, asked: &Asked) -> Hit {
        let marks =
            |column: &Column<u64>| column.values_for_doc(doc).map(Mark::unpack).collect::<Vec<_>>();
        // Columns are read only for what was asked.
        let factor = |asked: &[u16], column, rank: fn(&[u16], std::vec::IntoIter<Mark>) -> f32| {
            if asked.is_empty() { 1.0 } else { rank(asked, marks(column).into_iter()) }
        };
        let parts = Parts {
            text,
            country: factor(&asked.countries, &self.countries, rank::country)
                .powf(asked.country_share),
            violation: factor(&asked.violations, &self.violations, rank::violation)
                .powf(asked.violation_share),
            recency: 1.0,
        };
        Hit {
            document: DocumentId(self.document.first(doc).unwrap_or(0)),
            ordinal: self.ordinal.first(doc).unwrap_or(0),
            address,
            complete: true,
            published: self.first.first(doc),
            parts,
            score: 0.0,
        }
    }
}

/// Recency is relative to the newest match, so that an answer does not depend on the day it is asked.
fn finish_scores(hits: &mut [Hit]) {
    let year = |hit: &Hit| hit.published.and_then(|day| u16::try_from(day / 10_000).ok());
    let newest = hits.iter().filter_map(year).max();
    for hit in hits {
        hit.parts.recency = rank::recency(year(hit), newest);
        hit.score = hit.parts.score();
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
