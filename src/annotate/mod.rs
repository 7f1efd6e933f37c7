//! What a text is about: mentions of countries and violations, and the aboutness that follows from where they stand.
//!
//! Text and taxonomy in, values out; no I/O. `survey` finds what stands where, `countries` and `violations` weigh it,
//! `weights` holds the constants.

mod countries;
mod inherited;
mod shared_names;
mod survey;
mod violations;
mod weights;

use std::cell::RefCell;
use std::ops::Range;
use std::sync::LazyLock;

use crate::document::{Date, Language, Passage};
use crate::taxonomy::matcher::{Found, Matcher, Named, Scratch};
use crate::taxonomy::{Countries, CountryCode, ViolationId, Violations};

pub use inherited::inherited_countries;
pub use violations::strength;
pub use weights::ASSERTED;

/// How a violation is spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// It happened, is alleged or is feared.
    Account,
    /// A law, a treaty, a body or a commitment names it.
    Instrument,
}

/// What a mention is a mention of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A country.
    Country(CountryCode),
    /// A violation.
    Violation(ViolationId, Kind),
}

/// One occurrence of a term in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// What the term stands for.
    pub subject: Subject,
    /// Where it stands in the text, in bytes.
    pub range: Range<usize>,
    /// A capital, a city, an ambiguous word: evidence only beside other evidence.
    pub weak: bool,
}

/// How far a text is about one country or violation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tag<Id> {
    /// The country or violation.
    pub id: Id,
    /// Aboutness, 0 to 1.
    pub weight: f32,
    /// Its mentions in the text.
    pub mentions: u32,
    /// How many of them are only an instrument's (always 0 for a country).
    pub instruments: u32,
}

/// The tags of a passage or a document, the strongest first; ties in order of id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tags {
    /// Countries.
    pub countries: Vec<Tag<CountryCode>>,
    /// Violations.
    pub violations: Vec<Tag<ViolationId>>,
}

/// What is known of a document besides its passages.
#[derive(Clone, Debug, Default)]
pub struct Context<'a> {
    /// Its title, if it has a real one.
    pub title: Option<&'a str>,
    /// Its file name.
    pub file_name: &'a str,
    /// Countries that the library's catalogue gives.
    pub catalogue_countries: &'a [CountryCode],
    /// Violations that the library's catalogue gives.
    pub catalogue_violations: &'a [ViolationId],
    /// When it was published.
    pub published: Option<Date>,
}

/// The tags of a document and of each of its passages, in the passages' order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotation {
    /// The document's.
    pub document: Tags,
    /// Each passage's own.
    pub passages: Vec<Tags>,
}

/// Finds mentions; built once, used by every thread at once through a scratch of its own.
#[derive(Debug)]
pub struct Annotator {
    matcher: Matcher,
}

thread_local! {
    /// A thread's scratch for the built-in annotator, the only one there is: its cached word numbers are that one's.
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

impl Annotator {
    /// The annotator over the built-in taxonomy.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Annotator> = LazyLock::new(|| Annotator {
            matcher: Matcher::new(Countries::builtin(), Violations::builtin()),
        });
        &BUILTIN
    }

    /// Every mention in a text of one language, in order of place.
    ///
    /// A text of [`Language::Other`] is searched for the terms of every language: a heading is often too short to tell.
    pub fn mentions(&self, text: &str, language: Language) -> Vec<Mention> {
        let mut found = Vec::new();
        SCRATCH.with_borrow_mut(|scratch| self.matcher.scan(text, language, scratch, &mut found));
        shared_names::settle(&mut [&mut found]);
        found.into_iter().map(Mention::from).collect()
    }

    /// Tags of a document and its passages.
    pub fn annotate(&self, passages: &[Passage], context: &Context<'_>) -> Annotation {
        let survey = SCRATCH
            .with_borrow_mut(|scratch| survey::read(&self.matcher, scratch, passages, context));
        let mut annotation = Annotation::default();
        annotation.passages.resize(passages.len(), Tags::default());
        countries::weigh(&survey, context, &mut annotation);
        violations::weigh(&survey, context, &mut annotation);
        annotation
    }
}

impl From<Found> for Mention {
    fn from(found: Found) -> Self {
        let subject = match found.named {
            Named::Country(code, _) => Subject::Country(code),
            Named::Violation(id, true) => Subject::Violation(id, Kind::Instrument),
            Named::Violation(id, false) => Subject::Violation(id, Kind::Account),
        };
        Self { subject, range: found.range, weak: found.weak }
    }
}

/// Tags in their order: the strongest first, ties in order of id.
fn sort<Id: Ord>(tags: &mut [Tag<Id>]) {
    tags.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.id.cmp(&b.id)));
}

/// What several independent pieces of evidence amount to, each 0 to 1.
fn together(evidence: &[f32]) -> f32 {
    1.0 - evidence.iter().map(|one| 1.0 - one.clamp(0.0, 1.0)).product::<f32>()
}

#[cfg(test)]
mod tests;
