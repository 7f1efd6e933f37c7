//! What a request asks of countries, violations and dates, as the numbers that columns hold.

use super::Request;
use super::syntax::{Field, Query};
use super::understand::Interpretation;
use crate::annotate::ASSERTED;
use crate::index::DocumentRun;
use crate::index::packed_tags::PackedTag;
use crate::taxonomy::{Countries, CountryCode, ViolationId, Violations};

/// What was asked, as the numbers that columns hold.
#[derive(Debug)]
pub struct Criteria {
    /// Countries, of which any will do.
    pub countries: Vec<u16>,
    /// Violations.
    pub violations: Vec<u16>,
    /// A filter asks for the violations: a passage that only stands where they are spoken of is beside the question.
    pub must_show: bool,
    /// A passage that mentions them shows them.
    mentions: bool,
    /// How much of what is asked the countries are, 0 to 1.
    pub country_share: f32,
    /// How much of what is asked the violations are, 0 to 1.
    pub violation_share: f32,
    /// Dates.
    pub dates: Dates,
}

/// The days between which documents were published.
#[derive(Debug)]
pub struct Dates {
    since: Option<u64>,
    until: Option<u64>,
}

impl Criteria {
    /// A filter's values are what is asked; what the text names counts only where no filter says otherwise.
    pub fn of(request: &Request, query: &Query, interpretation: &Interpretation) -> Self {
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
        let share = |asked: bool| if asked { 1.0 } else { interpretation.share };
        let (country_share, violation_share) =
            (share(!countries.is_empty()), share(!violations.is_empty()));
        let must_show = !violations.is_empty();
        if countries.is_empty() {
            countries.clone_from(&interpretation.understood.countries);
        }
        if violations.is_empty() {
            violations.clone_from(&interpretation.understood.violations);
        }
        Self {
            countries: countries.into_iter().map(CountryCode::to_u16).collect(),
            violations: violations.into_iter().map(|id| id.0).collect(),
            must_show,
            mentions: request.mentions,
            country_share,
            violation_share,
            dates: Dates {
                since: request.since.map(crate::document::Date::first_day),
                until: request.until.map(crate::document::Date::last_day),
            },
        }
    }
}

impl Criteria {
    /// Whether a passage of this tag shows the violation, and not only its part or document.
    pub fn is_shown_by(&self, tag: &PackedTag) -> bool {
        tag.passage >= ASSERTED - PackedTag::STEP || self.mentions && tag.mentions > 0
    }
}

impl Dates {
    /// Whether the document of some passages may have been published then.
    pub fn admit(&self, passages: &DocumentRun) -> bool {
        let (first, last) = (passages.first_day, passages.last_day);
        self.since.is_none_or(|since| last.is_some_and(|last| last >= since))
            && self.until.is_none_or(|until| first.is_some_and(|first| first <= until))
    }
}
