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

use crate::document::{Date, Language, Part, PartKind, Passage};
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
    /// Its parts; none if it is one.
    pub parts: &'a [Part],
}

/// The tags of a document and of each of its passages, in the passages' order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotation {
    /// The document's.
    pub document: Tags,
    /// Each of its parts'.
    pub parts: Vec<Tags>,
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
        if context.parts.iter().any(|part| part.kind == PartKind::Member) {
            return self.members(passages, context);
        }
        let survey = SCRATCH
            .with_borrow_mut(|scratch| survey::read(&self.matcher, scratch, passages, context));
        let mut annotation = Annotation::default();
        annotation.passages.resize(passages.len(), Tags::default());
        countries::weigh(&survey, context, &mut annotation);
        violations::weigh(&survey, context, &mut annotation);
        annotation
    }

    /// Tags of a merged file: each member's as if it were a file of its own, and the whole is about what they are, each by its
    /// share of the passages.
    fn members(&self, passages: &[Passage], context: &Context<'_>) -> Annotation {
        let mut whole = Annotation::default();
        for part in context.parts {
            let title = part.title.as_deref();
            let own = Context { title, published: context.published, ..Context::default() };
            let member = self.annotate(&passages[part.range()], &own);
            let share = (part.end - part.first) as f32 / passages.len() as f32;
            add_share(&mut whole.document.countries, &member.document.countries, share);
            add_share(&mut whole.document.violations, &member.document.violations, share);
            whole.parts.push(member.document);
            whole.passages.extend(member.passages);
        }
        catalogued(&mut whole.document.countries, context.catalogue_countries);
        catalogued(&mut whole.document.violations, context.catalogue_violations);
        sort(&mut whole.document.countries);
        sort(&mut whole.document.violations);
        whole
    }
}

impl Annotation {
    /// What stands around a passage: the tags of its part, or of the document.
    pub fn around(&self, passage: usize, parts: &[Part]) -> &Tags {
        let part = parts.iter().position(|part| part.holds(passage as u64));
        part.and_then(|part| self.parts.get(part)).unwrap_or(&self.document)
    }
}

/// Adds a member's tags to those of its file, which it is a share of.
fn add_share<Id: Copy + PartialEq>(whole: &mut Vec<Tag<Id>>, member: &[Tag<Id>], share: f32) {
    for tag in member {
        let weight = share * tag.weight;
        match whole.iter_mut().find(|known| known.id == tag.id) {
            Some(known) => {
                known.weight += weight;
                known.mentions += tag.mentions;
                known.instruments += tag.instruments;
            }
            None => whole.push(Tag { weight, ..*tag }),
        }
    }
}

/// What a catalogue says that a document is about, it is about.
fn catalogued<Id: Copy + PartialEq>(tags: &mut Vec<Tag<Id>>, ids: &[Id]) {
    for id in ids {
        match tags.iter_mut().find(|tag| tag.id == *id) {
            Some(tag) => tag.weight = 1.0,
            None => tags.push(Tag { id: *id, weight: 1.0, mentions: 0, instruments: 0 }),
        }
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
