//! Every constant of aboutness, together, each with what chose it.
//!
//! Nothing is computed here. Measured on 165 reports that are each on one state and name dozens of others ("reports"), on 108
//! judgments without their titles ("judgments"), and on 313 queries of a country and a violation over the reports' pages
//! ("queries": condensed nDCG@10). "Alien" pages are those of a report that are asserted to be about another country than its
//! own; most of them are mistakes, not all.

/// Tags below this weight are kept as mentions but not asserted: not listed, and not admitted by a filter.
///
/// The right country of every report has 0.67 or more in its document, of other countries none has 0.25.
pub const ASSERTED: f32 = 0.25;

/// A sentence that names this many countries is a list of speakers, signatories or destinations, and about none of them.
/// The lowest weight of a report's own country: 3: 0.68, 4: 0.68, 6: 0.57, never: 0.56.
pub(super) const LIST: usize = 4;

/// A country counts for the passages of a document that do not name it from this weight in the document. Below, the document
/// deals with it among others: of the judgments, their own State has 0.73 and more, one whose case law they cite up to 0.48; an
/// overview of eight countries has 0.34 for the one it names most.
pub(super) const INHERITED: f32 = 0.5;

/// A document that is mainly about so many countries is an overview: its passages are about what they say themselves. Three
/// are the countries of a region that reports like to treat together.
pub(super) const MANY_COUNTRIES: usize = 4;

/// A weak mention counts so much beside a strong one. Anything up to 1 gives the same on all three sets.
pub(super) const WEAK: f32 = 0.4;

/// A heading's mention counts as so many.
pub(super) const HEADING: f32 = 3.0;

/// So many mentions make half the weight that a passage's share of mentions gives its country: one mention is not much, though
/// a passage that names one country once and no other is about it (0.59). Alien pages: 0: 161, 0.7: 76, 2: 30.
pub(super) const COUNTRY_HALF: f32 = 0.7;

/// A document whose mentions are all of one country counts as so many more of it on each of its passages, so that a page that
/// names another once is not about that one. Alien pages: 0: 120, 1: 89, 2: 76, 4: 48. A chapter on one country counts so, too.
pub(super) const MAIN_COUNTRY: f32 = 2.0;

/// A document is on one country, and its headings do not begin chapters on others, if that one has this share of its mentions.
pub(super) const ONE_COUNTRY: f32 = 0.7;

/// A name that two countries share is the one's that is named outright at least once for so many uses of it. Without such a rule
/// 163 reports get their country, with 1 or 3 all 165.
pub(super) const SHARED_NAME: u32 = 3;

/// A document that uses shared names so often, and the full names hardly, means the country that bears them first.
pub(super) const SHARED_NAME_SURE: u32 = 5;

/// How far a passage is about the country that its chapter's heading names.
pub(super) const CHAPTER: f32 = 0.8;

/// How far a part is about the country that heads it; where it is asserted, no other country is of its passages.
pub(super) const PART: f32 = 0.9;

/// A heading is a chapter's if its country's name is at least so much of its words.
pub(super) const CHAPTER_SHARE: f32 = 0.25;

/// Words from a document's beginning that count as its opening. 1,000 words assert a country too many.
pub(super) const OPENING_WORDS: u32 = 300;

/// How far each kind of evidence alone makes a document about a country.
pub(super) const TITLE: f32 = 0.75;
/// The opening's share of mentions. Without it the lowest weight of a report's own country is 0.35, and 105 judgments are right;
/// with it 0.68 and 107.
pub(super) const OPENING: f32 = 0.5;
/// The share of all mentions. Without it the lowest weight is 0.58.
pub(super) const SHARE: f32 = 0.8;
/// The share of passages that are about it. Without it the lowest weight is 0.58.
pub(super) const SPREAD: f32 = 0.8;
/// The file's name. No report and no judgment needs it.
pub(super) const FILE_NAME: f32 = 0.5;

/// A sentence of so many words that names a violation is taken to deal with it from its first word to its last.
pub(super) const SENTENCE_WORDS: f32 = 30.0;

/// Passages below so many words are not taken to be the more about what they name: a title page, a line of contents.
pub(super) const SHORT_PASSAGE: f32 = 200.0;

/// So many sentences, on a passage that deals with nothing else, make half of the strength that a weight can have.
/// Queries, in brackets uncondensed: 3: 0.879 (0.765), 10: 0.881 (0.773), 30: 0.881 (0.775); without the share of the passage
/// that the sentences are: 0.865 (0.714); mentions added to sentences: 0.865 (0.713); an instrument for half: 0.852 (0.696).
pub(super) const VIOLATION_HALF: f32 = 10.0;

/// A heading or a section's title that names the violation adds so much strength.
pub(super) const VIOLATION_HEADING: f32 = 0.5;

/// A document is about a violation by the share of its passages that are; this share makes half the weight.
pub(super) const VIOLATION_SPREAD_HALF: f32 = 0.15;

/// A title that names a violation.
pub(super) const VIOLATION_TITLE: f32 = 0.7;
