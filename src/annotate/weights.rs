//! Every constant of aboutness, together, each with what chose it.
//!
//! Nothing is computed here. The figures are in `docs/measurements.md`: `amparo eval` over reports on one state each, judgments,
//! and queries of a country and a violation.

/// Tags below this weight are kept as mentions but not asserted: not listed, and not admitted by a filter.
/// Every report's own country lies well above.
pub const ASSERTED: f32 = 0.25;

/// A sentence that names this many countries is a list of speakers, signatories or destinations, and about none of them.
pub(super) const LIST: usize = 4;

/// A country counts for the passages of a document that do not name it from this weight in the document. Below, the document
/// deals with it among others: a judgment with States whose case law it cites, an overview with each of its countries.
pub(super) const INHERITED: f32 = 0.5;

/// A document that is mainly about so many countries is an overview: its passages are about what they say themselves. Three
/// are the countries of a region that reports like to treat together.
pub(super) const MANY_COUNTRIES: usize = 4;

/// A weak mention counts so much beside a strong one. Anything up to 1 gives the same.
pub(super) const WEAK: f32 = 0.4;

/// A heading's mention counts as so many.
pub(super) const HEADING: f32 = 3.0;

/// So many mentions make half the weight that a passage's share of mentions gives its country: one mention is not much, though
/// a passage that names one country once and no other is about it.
pub(super) const COUNTRY_HALF: f32 = 0.7;

/// A document whose mentions are all of one country counts as so many more of it on each of its passages, so that a page that
/// names another once is not about that one. A chapter on one country counts so, too.
pub(super) const MAIN_COUNTRY: f32 = 2.0;

/// A document is on one country, and its headings do not begin chapters on others, if that one has this share of its mentions.
pub(super) const ONE_COUNTRY: f32 = 0.7;

/// A name that two countries share is the one's that is named outright at least once for so many uses of it.
pub(super) const SHARED_NAME: u32 = 3;

/// A document that uses shared names so often, and the full names hardly, means the country that bears them first.
pub(super) const SHARED_NAME_SURE: u32 = 5;

/// How far a passage is about the country that its chapter's heading names.
pub(super) const CHAPTER: f32 = 0.8;

/// How far a part is about the country that heads it; where it is asserted, no other country is of its passages.
pub(super) const PART: f32 = 0.9;

/// A heading is a chapter's if its country's name is at least so much of its words.
pub(super) const CHAPTER_SHARE: f32 = 0.25;

/// Words from a document's beginning that count as its opening.
pub(super) const OPENING_WORDS: u32 = 300;

/// How far each kind of evidence alone makes a document about a country.
pub(super) const TITLE: f32 = 0.75;
/// The opening's share of mentions.
pub(super) const OPENING: f32 = 0.5;
/// The share of all mentions.
pub(super) const SHARE: f32 = 0.8;
/// The share of passages that are about it.
pub(super) const SPREAD: f32 = 0.8;
/// The file's name. No report and no judgment needs it.
pub(super) const FILE_NAME: f32 = 0.5;

/// A sentence of so many words that names a violation is taken to deal with it from its first word to its last.
pub(super) const SENTENCE_WORDS: f32 = 30.0;

/// Passages below so many words are not taken to be the more about what they name: a title page, a line of contents.
pub(super) const SHORT_PASSAGE: f32 = 200.0;

/// So many sentences, on a passage that deals with nothing else, make half of the strength that a weight can have.
pub(super) const VIOLATION_HALF: f32 = 10.0;

/// A heading or a section's title that names the violation adds so much strength.
pub(super) const VIOLATION_HEADING: f32 = 0.5;

/// A document is about a violation by the share of its passages that are; this share makes half the weight.
pub(super) const VIOLATION_SPREAD_HALF: f32 = 0.15;

/// A title that names a violation.
pub(super) const VIOLATION_TITLE: f32 = 0.7;
