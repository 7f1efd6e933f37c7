//! A segment's columns of tags: what scoring reads of a passage besides its words.

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

use super::criteria::Criteria;
use super::rank;
use crate::index::field;
use crate::index::packed_tags::PackedTag;

/// The tags of what was asked in a segment. What nothing was asked of is not read.
pub struct CriteriaTags<'a> {
    criteria: &'a Criteria,
    countries: Option<Column<u64>>,
    violations: Option<Column<u64>>,
    /// Room for the tags of a passage.
    room: Vec<u64>,
}

impl<'a> CriteriaTags<'a> {
    /// The tags of a segment.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn of(segment: &SegmentReader, criteria: &'a Criteria) -> tantivy::Result<Self> {
        let column = |asked: &[u16], name| {
            (!asked.is_empty()).then(|| segment.fast_fields().u64(name)).transpose()
        };
        Ok(Self {
            criteria,
            countries: column(&criteria.countries, field::COUNTRY_MARKS)?,
            violations: column(&criteria.violations, field::VIOLATION_MARKS)?,
            room: Vec::new(),
        })
    }

    /// The factors of a passage's score for the countries and for the violations that were asked.
    pub fn factors(&mut self, doc: DocId) -> TagFactors {
        let mut beside = false;
        let Self { criteria, countries, violations, room } = self;
        let country = countries.as_ref().map_or(1.0, |column| {
            let tags = tags_of(column, doc, &criteria.countries, room);
            to_the_power(rank::country(&criteria.countries, tags), criteria.country_share)
        });
        let violation = violations.as_ref().map_or(1.0, |column| {
            let tags: Vec<PackedTag> = tags_of(column, doc, &criteria.violations, room).collect();
            beside = criteria.must_show && !tags.iter().any(|tag| criteria.is_shown_by(tag));
            let factor = rank::violation(&criteria.violations, tags.into_iter());
            to_the_power(factor, criteria.violation_share)
        });
        TagFactors { country, violation, beside }
    }
}

/// What tags come to in a passage's score.
#[derive(Clone, Copy, Debug)]
pub struct TagFactors {
    /// The factor of the countries.
    pub country: f32,
    /// The factor of the violations.
    pub violation: f32,
    /// Whether the passage itself shows none of the violations that a filter asks for.
    pub beside: bool,
}

/// A passage's tags of what was asked.
pub fn tags_of<'r>(
    column: &Column<u64>,
    doc: DocId,
    asked: &'r [u16],
    room: &'r mut Vec<u64>,
) -> impl Iterator<Item = PackedTag> + use<'r> {
    let rows = column.index.value_row_ids(doc);
    room.clear();
    room.resize(rows.len(), 0);
    column.values.get_range(u64::from(rows.start), room);
    room.iter()
        .filter(|bits| asked.contains(&PackedTag::id_of(**bits)))
        .map(|bits| PackedTag::unpack(*bits))
}

/// Most factors count whole.
fn to_the_power(factor: f32, share: f32) -> f32 {
    if share < 1.0 { factor.powf(share) } else { factor }
}
