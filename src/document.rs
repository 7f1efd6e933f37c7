//! Plain data that every stage shares: what a document is, how a passage of it is cited, in which language it is.
//!
//! Values only: nothing here reads a file, and nothing here imports another module of the project but the list of languages.

mod part;
mod provenance;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use crate::profiles::Language;
pub use part::{Part, PartKind, pages};
pub use provenance::{Dated, DetectedPublisher, Evidence, PublisherKind};

/// A file format that Amparo takes text out of; what is known of each is in [`crate::extract::formats`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Portable Document Format; a passage is a page.
    Pdf,
    /// A saved web page; a passage is a section.
    Html,
}

/// A document's identity: the first 16 hexadecimal digits of the BLAKE3 of its bytes. Copies share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentId(pub u64);

impl DocumentId {
    /// The id of a document whose BLAKE3 begins with these bytes.
    pub fn from_hash(hash: &[u8; 32]) -> Self {
        let mut head = [0; 8];
        head.copy_from_slice(&hash[..8]);
        Self(u64::from_be_bytes(head))
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for DocumentId {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u64::from_str_radix(text, 16).map(Self)
    }
}

impl Serialize for DocumentId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DocumentId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// How a passage is cited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locator {
    /// A page of a PDF.
    Page {
        /// The physical page, from 1.
        number: u32,
        /// The number printed on it, where the PDF's page labels give one that differs.
        label: Option<String>,
    },
    /// A section of an HTML page.
    Section {
        /// The section's heading, where it has one.
        heading: Option<String>,
        /// The heading's `id`, to link to.
        anchor: Option<String>,
    },
}

/// What a paragraph is on its page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Running text.
    #[default]
    Body,
    /// A heading.
    Heading,
    /// A running head, foot or page number: searched, but not counted for language or aboutness.
    Furniture,
    /// A note that a reader attached to the page: searched, but not printed on it.
    Note,
}

/// A paragraph in reading order, its lines joined.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    /// The text, without line breaks.
    pub text: String,
    /// Its language.
    pub language: Language,
    /// What it is on its page.
    pub role: Role,
    /// Size of its font in points, where the format knows it.
    pub font_size: Option<f32>,
    /// The language that it is marked with, apart from its whole page: evidence where its text says too little.
    pub marked: Option<Language>,
    /// The number printed at its beginning, or at that of the paragraph it goes on; none where none is printed.
    pub number: Option<u32>,
}

impl Paragraph {
    /// A paragraph of running text whose language is not told yet.
    pub fn body(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            language: Language::Other,
            role: Role::Body,
            font_size: None,
            marked: None,
            number: None,
        }
    }
}

/// The printed numbers of the paragraphs in which a text stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbers {
    /// The number of the paragraph in which it begins; none where none is printed.
    pub first: Option<u32>,
    /// The number of the paragraph in which it ends, where that is a later one.
    pub last: Option<u32>,
    /// The number of an item within the paragraph, as printed, where it stands in one: `105.27`, or `12` of a list.
    pub item: Option<String>,
}

impl Numbers {
    /// The numbers of a text that stands in these paragraphs, given with their roles and texts. A heading before the first
    /// of them is passed over.
    pub fn of<'a>(paragraphs: impl IntoIterator<Item = (Option<u32>, Role, &'a str)>) -> Self {
        let mut texts = paragraphs.into_iter().skip_while(|(_, role, _)| *role == Role::Heading);
        let Some((Some(number), _, text)) = texts.next() else { return Self::default() };
        match texts.last() {
            None => Self { first: Some(number), last: None, item: item(number, text) },
            Some((last, ..)) => {
                let last = last.filter(|last| *last > number);
                Self { first: Some(number), last, item: None }
            }
        }
    }
}

/// The number that an item of a paragraph's list begins with: a decimal of the paragraph's own, or one followed by a full stop.
fn item(number: u32, text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let printed = text[..end].trim_end_matches('.');
    let (whole, decimals) = printed.split_once('.').unwrap_or((printed, ""));
    let is_own = whole.parse() == Ok(number);
    let is_decimal = is_own && !decimals.is_empty() && !decimals.contains('.');
    let is_listed = !is_own && decimals.is_empty() && printed.len() + 1 == end && printed.len() < 4;
    (is_decimal || is_listed).then(|| printed.to_owned())
}

impl fmt::Display for Numbers {
    /// `para. 105`, `paras. 105-107`, `para. 105.27` or `para. 105 (12)`; nothing where no number is printed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self { item: Some(item), .. } if item.contains('.') => write!(f, "para. {item}"),
            Self { first: Some(first), item: Some(item), .. } => {
                write!(f, "para. {first} ({item})")
            }
            Self { first: Some(first), last: Some(last), .. } => write!(f, "paras. {first}-{last}"),
            Self { first: Some(first), .. } => write!(f, "para. {first}"),
            Self { first: None, .. } => Ok(()),
        }
    }
}

/// Where a passage's text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Source {
    /// The text that the page itself has, as its producer wrote it.
    TextLayer,
    /// A picture of the page, read by a machine.
    Ocr,
    /// The elements of a web page.
    Markup,
}

impl Source {
    /// Where the text of passages that are cited in this way comes from, unless something else is known.
    pub fn usual(locator: &Locator) -> Self {
        match locator {
            Locator::Page { .. } => Self::TextLayer,
            Locator::Section { .. } => Self::Markup,
        }
    }
}

/// What a hit points to: one page of a PDF, one section of an HTML page.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// How it is cited.
    pub locator: Locator,
    /// The title of the section it stands in (a PDF's bookmark, an HTML heading), carried on to later passages.
    pub section: Option<String>,
    /// Its paragraphs in reading order; empty for a page without text.
    pub paragraphs: Vec<Paragraph>,
    /// Where its text comes from.
    pub source: Source,
    /// Whether pictures are all that it shows, or nearly: what they say is not in its text.
    pub pictures_only: bool,
}

impl Passage {
    /// A passage whose text comes from where that of its kind usually does.
    pub fn new(locator: Locator, section: Option<String>, paragraphs: Vec<Paragraph>) -> Self {
        let source = Source::usual(&locator);
        Self { locator, section, paragraphs, source, pictures_only: false }
    }
}

/// What a file says of itself, and what its first page shows; every field is as found, none is guaranteed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// The document's title.
    pub title: Option<String>,
    /// Its author.
    pub author: Option<String>,
    /// Who published it, in its own words.
    pub publisher: Option<String>,
    /// What kind of publisher it says that is.
    pub kind: Option<PublisherKind>,
    /// When it was published: the first of `dates`.
    pub published: Option<Date>,
    /// The dates on which it may have been published, the likeliest first.
    pub dates: Vec<Dated>,
    /// Under which symbols and numbers it is cited, its own first: `A/HRC/19/19`, `Serie C No. 498`.
    pub symbols: Vec<String>,
    /// The language it declares.
    pub language: Option<Language>,
    /// Where it was published, if the file says so.
    pub url: Option<String>,
}

impl Metadata {
    /// Takes the dates on which it may have been published; the first of them is the one.
    pub fn set_dates(&mut self, dates: Vec<Dated>) {
        self.published = dates.first().map(|dated| dated.date);
        self.dates = dates;
    }

    /// The likeliest of the dates that do not lie after the last day of `latest`.
    pub fn published_until(&self, latest: Option<Date>) -> Option<&Dated> {
        let is_possible =
            |date: Date| latest.is_none_or(|latest| date.first_day() <= latest.last_day());
        self.dates.iter().find(|dated| is_possible(dated.date))
    }
}

/// A calendar date known to the day, the month or the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    year: i16,
    month: u8,
    day: u8,
}

impl Date {
    /// A date to the precision of its arguments; `None` when there is no such date between the years 1 and 9999.
    pub fn new(year: i16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let last_day = match month {
            None if day.is_some() => return None,
            None => 0,
            Some(month) => time::Month::try_from(month).ok()?.length(i32::from(year)),
        };
        let valid =
            (1..=9999).contains(&year) && day.is_none_or(|day| (1..=last_day).contains(&day));
        valid.then(|| Self { year, month: month.unwrap_or(0), day: day.unwrap_or(0) })
    }

    /// The day of a number of seconds since the beginning of 1970; `None` after the year 9999.
    pub fn of_unix_time(seconds: u64) -> Option<Self> {
        let moment =
            time::OffsetDateTime::from_unix_timestamp(i64::try_from(seconds).ok()?).ok()?;
        Self::of_calendar(moment.date())
    }

    /// The day after, where the day is known.
    pub fn next_day(self) -> Option<Self> {
        let month = time::Month::try_from(self.month()?).ok()?;
        let day = time::Date::from_calendar_date(i32::from(self.year), month, self.day()?).ok()?;
        Self::of_calendar(day.next_day()?)
    }

    fn of_calendar(day: time::Date) -> Option<Self> {
        Self::new(i16::try_from(day.year()).ok()?, Some(day.month().into()), Some(day.day()))
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month from 1, where known.
    pub fn month(self) -> Option<u8> {
        (self.month > 0).then_some(self.month)
    }

    /// The day of the month from 1, where known.
    pub fn day(self) -> Option<u8> {
        (self.day > 0).then_some(self.day)
    }

    /// The first day it can mean, as the number `yyyymmdd`.
    pub fn first_day(self) -> u64 {
        self.number(1, 1)
    }

    /// The last day it can mean, as the number `yyyymmdd` (a month counts 31 days here: only the order matters).
    pub fn last_day(self) -> u64 {
        self.number(12, 31)
    }

    fn number(self, month: u8, day: u8) -> u64 {
        let known = |part: u8, otherwise: u8| u64::from(if part > 0 { part } else { otherwise });
        u64::from(self.year.unsigned_abs()) * 10_000
            + known(self.month, month) * 100
            + known(self.day, day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

/// A text is not a date of the form `2019`, `2019-03` or `2019-03-05`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a date like 2019, 2019-03 or 2019-03-05")]
pub struct InvalidDate(pub String);

impl FromStr for Date {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidDate(text.to_owned());
        let mut parts = text.trim().splitn(3, '-');
        let year = parts.next().filter(|year| year.len() == 4).ok_or_else(invalid)?;
        let mut part = || parts.next().map(str::parse::<u8>).transpose();
        let month = part().map_err(|_| invalid())?;
        let day = part().map_err(|_| invalid())?;
        Self::new(year.parse().map_err(|_| invalid())?, month, day).ok_or_else(invalid)
    }
}

impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_keep_their_precision() {
        for text in ["2019", "2019-03", "2020-02-29"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
        for text in ["", "19", "2019-13", "2019-02-29", "2019-03-05-01", "20190305", "2019-"] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_time_has_its_day() {
        for (seconds, expected) in [
            (0, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (951_868_799, "2000-02-29"),
            (951_868_800, "2000-03-01"),
            (1_798_675_200, "2026-12-31"),
            (4_107_542_400, "2100-03-01"),
        ] {
            assert_eq!(Date::of_unix_time(seconds).unwrap().to_string(), expected, "{seconds}");
        }
        assert_eq!(Date::of_unix_time(u64::MAX), None);
    }

    #[test]
    fn a_date_spans_the_days_it_can_mean() {
        let march: Date = "2019-03".parse().unwrap();
        assert_eq!((march.first_day(), march.last_day()), (20_190_301, 20_190_331));
        let year: Date = "2019".parse().unwrap();
        assert_eq!((year.first_day(), year.last_day()), (20_190_101, 20_191_231));
    }

    #[test]
    fn a_text_is_cited_by_the_numbers_it_stands_under() {
        let check = |paragraphs: &[(Option<u32>, Role, &str)], expected: &str| {
            assert_eq!(Numbers::of(paragraphs.iter().copied()).to_string(), expected);
        };
        let (body, heading) = (Role::Body, Role::Heading);
        check(&[(Some(105), body, "105. They were held.")], "para. 105");
        check(&[(Some(105), body, "held."), (Some(107), body, "107. He")], "paras. 105-107");
        check(&[(Some(105), body, "105.27 Ratify")], "para. 105.27");
        check(
            &[(Some(105), body, "105.27 Ratify"), (Some(105), body, "105.28 Adopt")],
            "para. 105",
        );
        check(&[(Some(105), body, "12. Ratify")], "para. 105 (12)");
        check(&[(Some(105), body, "2014. In May"), (Some(105), body, "1. It")], "para. 105");
        check(&[(None, heading, "Facts"), (Some(9), body, "9. In May")], "para. 9");
        check(&[(None, body, "Summary"), (Some(1), body, "1. In May")], "");
        check(&[(Some(200), body, "so decides"), (Some(1), body, "1. I concur")], "para. 200");
        check(&[], "");
    }

    #[test]
    fn a_document_id_reads_what_it_prints() {
        let id = DocumentId(0x00ab_cdef_0123_4567);
        assert_eq!(id.to_string(), "00abcdef01234567");
        assert_eq!(id.to_string().parse(), Ok(id));
    }
}
