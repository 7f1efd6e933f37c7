//! The JSON that the program prints, as types: a stable contract. Each line is one [`Line`], told by its `type`.
//!
//! Fields may be added; none is renamed, leaves or changes its meaning. The JSON Schema made of these types is kept in
//! `docs/schema/lines.json`, and a test fails where it is stale. What is not known is null or an empty list, except where a
//! field says that it is left out. Offsets count Unicode scalar values. Nothing is computed here.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::document::{
    self, Date, DocumentId, Format, Language, PartKind, PublisherKind, Role, Source,
};
use crate::index::record::PassageRecord;
use crate::query::{Coverage, MeaningUse, PassageHit};

/// A line of output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "lowercase")]
#[non_exhaustive]
pub enum Line {
    /// About an answer as a whole: the first line of `search` and `similar`.
    Summary(Box<Summary>),
    /// A result of `search` or `similar`.
    Result(Box<Hit>),
    /// What `show` prints.
    Document(Box<Shown>),
    /// What the index holds: the first line of `status`.
    Status(Box<Status>),
    /// A file that gave trouble: a line of `status`.
    Trouble(Trouble),
    /// A file of which some pages show only pictures: a line of `status`.
    #[serde(rename = "pictures_without_text")]
    PicturesWithoutText(PicturesWithoutText),
    /// A country: a line of `countries`.
    Code(CountryLine),
    /// A violation: a line of `violations`.
    Id(ViolationLine),
    /// A publisher: a line of `publishers`.
    Publisher(PublisherLine),
    /// What a text is about: a line of `annotate`.
    Annotation(Annotation),
    /// The text of a file: a line of `extract`.
    Extracted(Box<Extracted>),
    /// What an ingest did.
    Ingest(Box<Ingest>),
    /// What there is of a model.
    Model(Model),
    /// Scores of an evaluation, by their names.
    Scores(BTreeMap<String, serde_json::Value>),
    /// A line of a log of searches.
    Search(Box<Logged>),
}

impl Line {
    /// Writes it as a line of JSON, its fields in alphabetical order.
    ///
    /// # Errors
    /// When the stream refuses.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", serde_json::to_value(self)?)
    }
}

/// About an answer as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Summary {
    /// The query as it was understood, printed.
    pub query: String,
    /// What its text was understood to name.
    pub understood: Understood,
    /// What was searched beside the words typed.
    pub expanded: Vec<String>,
    /// Documents that match.
    pub documents: usize,
    /// Passages that match.
    pub passages: usize,
    /// `used`, `missing` (it would have been, with a model and vectors) or `unasked`.
    #[cfg_attr(test, schemars(with = "String"))]
    pub meaning: MeaningUse,
    /// Passages that match by meaning alone.
    pub by_meaning: usize,
    /// Passages that have no vectors yet, and so were left out of finding by meaning.
    pub unmeasured: usize,
    /// Passages that match and do not show themselves what a filter asks for: they stand in the same chapter, or in a document
    /// about it, and come last.
    pub beside: usize,
    /// Results that have all that was asked; they come first.
    pub complete: usize,
    /// Near duplicates that are folded under a result, among the documents that match.
    pub folded: usize,
    /// Undated documents that a date filter left out.
    pub undated: usize,
    /// No passage holds a phrase of the text as written: these hold its words.
    pub relaxed: bool,
    /// Counts by kinds of values; empty unless they were asked for.
    pub facets: Facets,
}

/// What a text was understood to name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Understood {
    /// Codes of countries.
    pub countries: Vec<String>,
    /// Ids of violations.
    pub violations: Vec<String>,
}

/// How what matches is divided. The largest count first, years from the newest.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Facets {
    /// By code of the country that passages are about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub countries: Option<Vec<Count>>,
    /// By id of the violation that passages are about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub violations: Option<Vec<Count>>,
    /// By language of passages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub languages: Option<Vec<Count>>,
    /// By publisher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publishers: Option<Vec<Count>>,
    /// By kind of publisher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kinds: Option<Vec<Count>>,
    /// By year of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<Vec<Count>>,
}

/// What matches under one value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Count {
    /// A code, an id or a name.
    pub value: String,
    /// Documents.
    pub documents: usize,
    /// Passages.
    pub passages: usize,
    /// Publishers that the documents come from.
    pub publishers: usize,
}

/// A result: a document with its best passages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Hit {
    /// Its place among all results, from 1.
    pub rank: usize,
    /// The score of its best passage.
    pub score: f32,
    /// `all` if its best passage has all that was asked, else `some`.
    #[cfg_attr(test, schemars(with = "String"))]
    pub near: Coverage,
    /// Its passages show nothing of what a filter asks for, and only stand in a chapter or a document about it.
    pub beside: bool,
    /// The document.
    pub document: Document,
    /// How many of its passages match.
    pub matching: usize,
    /// Documents of nearly the same text that are folded under this one.
    pub near_duplicates: Vec<NearDuplicate>,
    /// The best of its passages.
    pub passages: Vec<Passage>,
}

/// A document: what is known of it, in every output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Document {
    /// Its id: the first 16 digits of its hash.
    #[cfg_attr(test, schemars(with = "String"))]
    pub id: DocumentId,
    /// BLAKE3 of its bytes in hexadecimal.
    pub hash: String,
    /// The file that describes it.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its author.
    pub author: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// What kind of publisher that is.
    pub kind: Option<PublisherKind>,
    /// When: a year, a month or a day.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub published: Option<Date>,
    /// What it is cited by (`A/HRC/19/19`), its own first.
    pub symbols: Vec<String>,
    /// `pdf` or `html`.
    pub format: Format,
    /// Where it was published.
    pub url: Option<String>,
    /// Its languages, the largest first.
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub languages: Vec<Language>,
    /// The same, with their share of its letters.
    pub language_shares: Vec<LanguageShare>,
    /// Pages of a PDF; null of what has none.
    pub pages: Option<u32>,
    /// Whether it has text that a court wants translated.
    pub needs_translation: bool,
    /// Other files with the same content.
    pub copies: Vec<String>,
    /// Countries it is about, the strongest first.
    pub countries: Vec<CountryWeight>,
    /// Violations it is about, the strongest first.
    pub violations: Vec<ViolationWeight>,
    /// Other columns of the catalogue.
    pub catalogue: BTreeMap<String, String>,
    /// What the document itself tells, where a catalogue's value may stand above.
    pub detected: Detected,
    /// What could not be read of it.
    pub warnings: Vec<String>,
}

/// A language and its share of a document's letters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LanguageShare {
    /// The language.
    #[cfg_attr(test, schemars(with = "String"))]
    pub language: Language,
    /// 0 to 1.
    pub share: f32,
}

/// How far something is about a country.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CountryWeight {
    /// The country's code.
    pub code: String,
    /// 0 to 1.
    pub weight: f32,
}

/// How far something is about a violation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ViolationWeight {
    /// The violation's id.
    pub id: String,
    /// 0 to 1.
    pub weight: f32,
}

/// What a document itself tells, and the words that tell it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Detected {
    /// Its title.
    pub title: Option<String>,
    /// Its publisher.
    pub publisher: Option<String>,
    /// The publisher's kind.
    pub kind: Option<PublisherKind>,
    /// What tells the publisher.
    pub publisher_evidence: Option<Evidence>,
    /// Its date.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub published: Option<Date>,
    /// What tells the date.
    pub published_evidence: Option<Evidence>,
}

/// Words that tell something, and where they stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Evidence {
    /// The words.
    pub text: String,
    /// Where: `page 1`, `symbol`, the name of a field.
    pub place: String,
}

/// A document of nearly the same text as another one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NearDuplicate {
    /// Its id.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub id: Option<DocumentId>,
    /// Its file.
    pub path: String,
    /// Its title.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub published: Option<Date>,
}

/// How a passage is cited: the same fields wherever one is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Locator {
    /// Its number among the document's passages, from 1.
    pub passage: u64,
    /// The page of a PDF, from 1.
    pub page: Option<u32>,
    /// The number printed on that page, where it differs.
    pub label: Option<String>,
    /// The heading it stands under.
    pub section: Option<String>,
    /// The heading's `id` on a web page, to link to.
    pub anchor: Option<String>,
    /// The number printed of the paragraph in which it begins; null where none is printed.
    pub paragraph: Option<u32>,
    /// The number of the paragraph in which it ends, where that is a later one.
    pub paragraph_end: Option<u32>,
    /// The number of an item within the paragraph, as printed: `105.27`, or `12` of a list.
    pub paragraph_item: Option<String>,
    /// Where its text comes from: `text-layer`, `ocr` or `markup`.
    #[cfg_attr(test, schemars(with = "String"))]
    pub source: Source,
}

impl Locator {
    /// That of a passage: its number from 0 among the document's, the title of the section around it, and the numbers printed
    /// of its paragraphs.
    pub fn of(
        ordinal: u64,
        locator: &document::Locator,
        around: Option<&str>,
        numbers: document::Numbers,
        source: Source,
    ) -> Self {
        let around = around.map(str::to_owned);
        let mut place = Self {
            passage: ordinal + 1,
            page: None,
            label: None,
            section: None,
            anchor: None,
            paragraph: numbers.first,
            paragraph_end: numbers.last,
            paragraph_item: numbers.item,
            source,
        };
        match locator {
            document::Locator::Page { number, label } => {
                place.page = Some(*number);
                place.label.clone_from(label);
                place.section = around;
            }
            document::Locator::Section { heading, anchor } => {
                place.section = heading.clone().or(around);
                place.anchor.clone_from(anchor);
            }
        }
        place
    }

    /// That of a passage of an answer.
    pub(super) fn of_hit(hit: &PassageHit) -> Self {
        let (section, numbers) = (hit.section.as_deref(), hit.numbers.clone());
        Self::of(hit.ordinal, &hit.locator, section, numbers, hit.source)
    }

    /// That of a passage as the index has it.
    pub fn of_record(ordinal: u64, passage: &PassageRecord) -> Self {
        let section = passage.section.as_deref();
        Self::of(ordinal, &passage.locator, section, passage.numbers(), passage.source())
    }
}

/// A passage of a result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Passage {
    /// How it is cited.
    #[serde(flatten)]
    pub locator: Locator,
    /// The part of a document that is several; null where it is one.
    pub part: Option<Part>,
    /// The language of most of it.
    #[cfg_attr(test, schemars(with = "String"))]
    pub language: Language,
    /// Its score.
    pub score: f32,
    /// It was found by meaning alone, and its snippet is the window that is nearest.
    pub by_meaning: bool,
    /// Its excerpt.
    pub snippet: Snippet,
    /// The parts of its score; left out unless asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explain: Option<Explain>,
}

/// A part of a document that is several.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Part {
    /// A `chapter` on countries, a `member` of a merged file, or the `matter` between.
    #[cfg_attr(test, schemars(with = "String"))]
    pub kind: PartKind,
    /// Its title.
    pub title: Option<String>,
    /// What it is cited by.
    pub symbols: Vec<String>,
    /// When it was published.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub published: Option<Date>,
    /// The member's own page.
    pub page: Option<u32>,
    /// Codes of the countries it is about.
    pub countries: Vec<String>,
}

/// An excerpt with what was found marked in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Snippet {
    /// The text; `…` where a sentence is cut.
    pub text: String,
    /// Start and end of each place to mark.
    pub highlights: Vec<(usize, usize)>,
}

/// The parts of a score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Explain {
    /// How well the text matches; where meaning counts too, by both.
    pub text: f32,
    /// The cosine of the nearest window; left out where meaning doesn't count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meaning: Option<f32>,
    /// How far it is about the countries asked for.
    pub country: f32,
    /// How far it is about the violations asked for.
    pub violation: f32,
    /// How recent it is.
    pub recency: f32,
}

/// A document with its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Shown {
    /// The document.
    pub document: Document,
    /// Files of nearly the same text.
    pub near_duplicates: Vec<String>,
    /// Its passages in order.
    pub passages: Vec<ShownPassage>,
}

/// A passage with its whole text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ShownPassage {
    /// How it is cited.
    #[serde(flatten)]
    pub locator: Locator,
    /// The language of most of it; null of a language that is not searched by its stems.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub language: Option<Language>,
    /// Whether pictures are all that it shows, or nearly.
    pub pictures_only: bool,
    /// Its paragraphs in order.
    pub paragraphs: Vec<ShownParagraph>,
}

/// A paragraph as it was taken from the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ShownParagraph {
    /// The text.
    pub text: String,
    /// The number printed at its beginning, or at that of the paragraph it goes on.
    pub number: Option<u32>,
    /// Its language.
    #[cfg_attr(test, schemars(with = "String"))]
    pub language: Language,
    /// What it is on its page.
    #[cfg_attr(test, schemars(with = "String"))]
    pub role: Role,
    /// Start and end of each place to mark.
    pub highlights: Vec<(usize, usize)>,
}

/// What an index holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Status {
    /// Where it is.
    pub index: PathBuf,
    /// The folders that were ingested.
    pub roots: Vec<String>,
    /// Files.
    pub files: usize,
    /// Documents.
    pub documents: usize,
    /// Passages.
    pub passages: usize,
    /// Documents by format.
    pub formats: BTreeMap<String, usize>,
    /// Documents by language of at least a twentieth of them.
    pub languages: BTreeMap<String, usize>,
    /// Files that were read by what reads them otherwise today.
    pub outdated: usize,
    /// Files of which nothing could be read.
    pub failed: usize,
    /// Files of which parts could not be read.
    pub warned: usize,
    /// What can be found by meaning.
    pub meaning: Meaning,
    /// Whether documents are described by the taxonomy of this program.
    pub taxonomy_current: bool,
}

/// What can be found by meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Meaning {
    /// Whether a model is installed that can be read.
    pub model: bool,
    /// Documents that have vectors of it.
    pub documents: usize,
    /// Documents that could.
    pub of: usize,
    /// Vectors.
    pub windows: usize,
    /// Their bytes.
    pub bytes: usize,
    /// Files of vectors that are damaged, or of another model.
    pub unusable: usize,
}

/// A file that gave trouble.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Trouble {
    /// The file.
    pub path: String,
    /// Why nothing could be read of it.
    pub failure: Option<String>,
    /// What could not be read of it.
    pub warnings: Vec<String>,
    /// It is not read again until it changes.
    pub left_alone: bool,
}

/// A file of which some pages show only pictures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PicturesWithoutText {
    /// The file.
    pub path: String,
    /// Those pages, from 1.
    pub pages: Vec<u32>,
}

/// Names in the languages that are searched by stems.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Names {
    /// By a language's code; left out where there is none.
    #[serde(flatten)]
    pub by_language: BTreeMap<String, String>,
}

/// A country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CountryLine {
    /// Its code.
    pub code: String,
    /// Documents about it; left out of a list of all that are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documents: Option<usize>,
    /// Its names: `en`, `es`, `fr`.
    #[serde(flatten)]
    pub names: Names,
}

/// A violation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ViolationLine {
    /// Its id.
    pub id: String,
    /// Documents about it; left out of a list of all that are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documents: Option<usize>,
    /// Its labels: `en`, `es`, `fr`.
    #[serde(flatten)]
    pub names: Names,
}

/// A publisher.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PublisherLine {
    /// Its name.
    pub publisher: String,
    /// What kind it is.
    pub kind: Option<PublisherKind>,
    /// Documents it published.
    pub documents: usize,
}

/// What a text is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Annotation {
    /// Its language.
    #[cfg_attr(test, schemars(with = "String"))]
    pub language: Language,
    /// Countries.
    pub countries: Vec<AnnotatedCountry>,
    /// Violations.
    pub violations: Vec<AnnotatedViolation>,
}

/// A country that a text is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AnnotatedCountry {
    /// Its code.
    pub code: String,
    /// 0 to 1.
    pub weight: f32,
    /// How often it is named.
    pub mentions: u32,
    /// By which words.
    pub terms: Vec<Term>,
}

/// A violation that a text is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AnnotatedViolation {
    /// Its id.
    pub id: String,
    /// `account`, or `instrument` if only laws and treaties name it.
    pub kind: String,
    /// 0 to 1.
    pub weight: f32,
    /// How often it is named.
    pub mentions: u32,
    /// By which words.
    pub terms: Vec<Term>,
}

/// Words of a text that name something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Term {
    /// The words.
    pub text: String,
    /// Where they begin.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// `name`, `account` or `instrument`.
    pub kind: String,
    /// Whether they count only beside stronger ones.
    pub weak: bool,
}

/// The text of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Extracted {
    /// The file.
    pub path: String,
    /// `pdf` or `html`.
    pub format: Format,
    /// What the file says of itself, as it was found.
    #[cfg_attr(test, schemars(with = "serde_json::Value"))]
    pub metadata: document::Metadata,
    /// Who published it, and what tells it.
    pub publisher: Told,
    /// What could not be read.
    pub warnings: Vec<String>,
    /// The parts of a document that is several.
    #[cfg_attr(test, schemars(with = "Vec<serde_json::Value>"))]
    pub parts: Vec<document::Part>,
    /// Its passages in order.
    pub passages: Vec<ExtractedPassage>,
}

/// Who published a document, as it tells itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Told {
    /// The name.
    pub name: Option<String>,
    /// What kind it is.
    pub kind: Option<PublisherKind>,
    /// What tells it.
    pub evidence: Option<Evidence>,
}

/// A passage as it was extracted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ExtractedPassage {
    /// How it is cited.
    #[serde(flatten)]
    pub locator: Locator,
    /// Whether pictures are all that it shows, or nearly.
    pub pictures_only: bool,
    /// Its paragraphs in order.
    pub paragraphs: Vec<ExtractedParagraph>,
}

/// A paragraph as it was extracted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ExtractedParagraph {
    /// The text.
    pub text: String,
    /// The number printed at its beginning, or at that of the paragraph it goes on.
    pub number: Option<u32>,
    /// Its language.
    #[cfg_attr(test, schemars(with = "String"))]
    pub language: Language,
    /// What it is on its page.
    #[cfg_attr(test, schemars(with = "String"))]
    pub role: Role,
    /// Size of its font in points, where the format knows it.
    pub font_size: Option<f32>,
}

/// What an ingest did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Ingest {
    /// What became of the files, by the names of the counts.
    #[serde(flatten)]
    pub report: BTreeMap<String, serde_json::Value>,
    /// Passages that were given vectors.
    pub encoded: usize,
}

/// What there is of a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Model {
    /// Where it is, or would be.
    pub path: PathBuf,
    /// Whether it is there.
    pub installed: bool,
    /// What it is made of. This and what follows is left out where there is none.
    #[serde(flatten, default, skip_serializing_if = "Option::is_none")]
    pub made: Option<ModelFile>,
}

/// A model that is installed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ModelFile {
    /// The package that it is made of.
    pub package: String,
    /// Its version.
    pub package_version: String,
    /// What tells it from other models.
    pub identity: String,
    /// Its size.
    pub bytes: u64,
}

/// A search as it is logged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Logged {
    /// When, in UTC.
    pub date: String,
    /// The program's version.
    pub version: String,
    /// The index.
    pub index: String,
    /// The text as typed.
    pub text: String,
    /// The query as it was understood, printed.
    pub query: String,
    /// What its text was understood to name.
    pub understood: Understood,
    /// The filters that were set, by the names of their options.
    pub filters: BTreeMap<String, Vec<String>>,
    /// `document` or `passage`.
    pub by: String,
    /// `relevance` or `date`.
    pub sort: String,
    /// Results passed over first.
    pub offset: usize,
    /// Results shown.
    pub shown: usize,
    /// Documents that match.
    pub documents: usize,
    /// Passages that match.
    pub passages: usize,
    /// Whether meaning counted.
    #[cfg_attr(test, schemars(with = "String"))]
    pub meaning: MeaningUse,
    /// Passages that match by meaning alone.
    pub by_meaning: usize,
    /// Results that have all that was asked.
    pub complete: usize,
    /// Near duplicates folded.
    pub folded: usize,
    /// Undated documents that a date filter left out.
    pub undated: usize,
}

#[cfg(test)]
mod tests {
    use super::Line;

    /// The schema that is kept is the one of today's types.
    #[test]
    fn the_schema_is_of_these_types() {
        let place = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schema/lines.json");
        let schema = serde_json::to_string_pretty(&schemars::schema_for!(Line)).unwrap() + "\n";
        if std::env::var_os("AMPARO_BLESS").is_some() {
            std::fs::write(place, &schema).unwrap();
        }
        let kept = std::fs::read_to_string(place).unwrap_or_default();
        assert!(kept == schema, "docs/schema/lines.json is stale: AMPARO_BLESS=1 writes it anew");
    }
}
