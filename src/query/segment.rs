//! A segment's columns of marks: what scoring reads of a passage besides its words.

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

use super::asked::Asked;
use super::rank;
use crate::index::marks::Mark;

/// The marks of what was asked in a segment. What nothing was asked of is not read.
pub struct Marks<'a> {
    asked: &'a Asked,
    countries: Option<Column<u64>>,
    violations: Option<Column<u64>>,
    /// Room for the marks of a passage.
    room: Vec<u64>,
}

impl<'a> Marks<'a> {
    /// The marks of a segment.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn of(segment: &SegmentReader, asked: &'a Asked) -> tantivy::Result<Self> {
        let column = |asked: &[u16], name| {
            (!asked.is_empty()).then(|| segment.fast_fields().u64(name)).transpose()
        };
        Ok(Self {
            asked,
            countries: column(&asked.countries, "country_marks")?,
            violations: column(&asked.violations, "violation_marks")?,
            room: Vec::new(),
        })
    }

    /// The factors of a passage's score for the countries and for the violations that were asked.
    pub fn factors(&mut self, doc: DocId) -> (f32, f32) {
        let Self { asked, countries, violations, room } = self;
        let country = countries.as_ref().map_or(1.0, |column| {
            let marks = marks_of(column, doc, &asked.countries, room);
            to_the_power(rank::country(&asked.countries, marks), asked.country_share)
        });
        let violation = violations.as_ref().map_or(1.0, |column| {
            let marks = marks_of(column, doc, &asked.violations, room);
            to_the_power(rank::violation(&asked.violations, marks), asked.violation_share)
        });
        (country, violation)
    }
}

/// A passage's marks of what was asked.
pub fn marks_of<'r>(
    column: &Column<u64>,
    doc: DocId,
    asked: &'r [u16],
    room: &'r mut Vec<u64>,
) -> impl Iterator<Item = Mark> + use<'r> {
    let rows = column.index.value_row_ids(doc);
    room.clear();
    room.resize(rows.len(), 0);
    column.values.get_range(u64::from(rows.start), room);
    room.iter().filter(|bits| asked.contains(&Mark::id_of(**bits))).map(|bits| Mark::unpack(*bits))
}

/// Most factors count whole.
fn to_the_power(factor: f32, share: f32) -> f32 {
    if share < 1.0 { factor.powf(share) } else { factor }
}
