//! ConceptMatches that something is said of that a text names, in whatever language and words: the taxonomy found them when they were
//! indexed, so that *enforced disappearance* finds *desaparición forzada*.

use tantivy::query::{EnableScoring, Query as _, TermSetQuery, Weight};
use tantivy::{DocId, SegmentReader};

use super::tags::tags_of;
use super::understand::{Concept, NamedConcept};
use crate::annotate::ASSERTED;
use crate::index::{Snapshot, field};
use crate::taxonomy::Violations;

/// What a mention in other words weighs beside the words typed.
const EXPANDED: f32 = 0.5;

/// Saturation of mentions, as BM25's k1.
const SATURATION: f32 = 1.2;

/// Words that name something, and the passages that it is said of.
#[derive(Debug)]
pub struct ConceptMatches {
    /// The words, by their number in the text.
    pub words: std::ops::Range<usize>,
    /// Whether a passage that holds the words has it: see [`NamedConcept::by_words`].
    pub by_words: bool,
    /// For each segment, passages that mention it or whose document is about it, in order.
    pub said: Vec<Vec<ConceptMatch>>,
}

/// A passage that something is said of.
#[derive(Clone, Copy, Debug)]
pub struct ConceptMatch {
    /// Its number in its segment.
    pub doc: DocId,
    /// How much it says of it, as a weight of words.
    pub score: f32,
    /// It says so itself: not only its document is about it.
    pub own: bool,
    /// It need not say more: it is about a country, or mentions a violation.
    pub enough: bool,
}

impl ConceptMatches {
    /// The live passages that a name is said of.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn of(name: &NamedConcept, snapshot: &Snapshot) -> tantivy::Result<Self> {
        let (searcher, fields) = (snapshot.searcher(), snapshot.fields());
        let (terms, column, ids): (Vec<tantivy::Term>, &str, Vec<u16>) = match &name.concept {
            Concept::Countries(codes) => {
                let fields = [fields.countries_mentioned, fields.countries_about];
                let term = |field, code: &crate::taxonomy::CountryCode| {
                    tantivy::Term::from_field_text(field, code.as_str())
                };
                let terms = codes.iter().flat_map(|code| fields.map(|field| term(field, code)));
                (
                    terms.collect(),
                    field::COUNTRY_MARKS,
                    codes.iter().map(|code| code.to_u16()).collect(),
                )
            }
            Concept::Violations(ids) => {
                let name = |id| Violations::builtin().id(id);
                let field = fields.violations_mentioned;
                let terms = ids.iter().map(|id| tantivy::Term::from_field_text(field, name(*id)));
                (terms.collect(), field::VIOLATION_MARKS, ids.iter().map(|id| id.0).collect())
            }
        };
        let only_about = matches!(name.concept, Concept::Countries(_));
        let weight =
            TermSetQuery::new(terms).weight(EnableScoring::disabled_from_searcher(searcher))?;
        let mut said = snapshot
            .each_segment(|_, segment| passages(segment, &*weight, column, &ids, only_about))?;
        let passages: u64 =
            searcher.segment_readers().iter().map(|s| u64::from(s.num_docs())).sum();
        let holding = said.iter().map(Vec::len).sum::<usize>() as f32;
        let rarity = (1.0 + (passages as f32 - holding + 0.5).max(0.0) / (holding + 0.5)).ln();
        for ConceptMatch { score, .. } in said.iter_mut().flatten() {
            *score = EXPANDED * rarity * *score * (SATURATION + 1.0) / (*score + SATURATION);
        }
        Ok(Self { words: name.texts.clone(), by_words: name.by_words, said })
    }
}

/// The live passages of a segment that one of these is said of, each with the number of mentions for a score; 1 for those
/// that have none of their own.
fn passages(
    segment: &SegmentReader,
    weight: &dyn Weight,
    column: &str,
    ids: &[u16],
    only_about: bool,
) -> tantivy::Result<Vec<ConceptMatch>> {
    let tags = segment.fast_fields().u64(column)?;
    let alive = segment.alive_bitset();
    let (mut said, mut room) = (Vec::new(), Vec::new());
    weight.for_each_no_score(segment, &mut |docs| {
        for doc in docs.iter().filter(|doc| alive.is_none_or(|alive| alive.is_alive(**doc))) {
            let (mut mentions, mut about) = (0.0, 0.0f32);
            for tag in tags_of(&tags, *doc, ids, &mut room) {
                mentions += f32::from(tag.mentions);
                about = about.max(tag.passage).max(tag.document);
            }
            let enough = !only_about || about >= ASSERTED;
            let own = mentions > 0.0;
            said.push(ConceptMatch { doc: *doc, score: f32::max(mentions, 1.0), own, enough });
        }
    })?;
    Ok(said)
}
