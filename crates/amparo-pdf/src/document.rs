//! What a file is read into: plain values.

use crate::Warning;

/// What was read of a file.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Pdf {
    /// Its physical pages in order, also those without text.
    pub pages: Vec<Page>,
    /// Its bookmarks, in page order.
    pub bookmarks: Vec<Bookmark>,
    /// What it says of itself.
    pub info: Info,
    /// What went wrong on the way.
    pub warnings: Vec<Warning>,
}

/// One physical page.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Page {
    /// Its place in the file, from 1.
    pub number: u32,
    /// Its label by the file's table of labels, where it differs from its number.
    pub label: Option<String>,
    /// Its paragraphs in reading order.
    pub paragraphs: Vec<Paragraph>,
    /// What was filled into form fields that draw nothing on the page themselves.
    pub values: Vec<String>,
    /// Notes that readers attached, which are not printed on the page.
    pub notes: Vec<String>,
}

/// A paragraph, its lines joined.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Paragraph {
    /// Its text, without line breaks; words broken at the ends of lines are joined.
    pub text: String,
    /// What it is on its page.
    pub role: Role,
    /// Size of its font in points, to a tenth.
    pub font_size: f32,
}

/// What a paragraph is on its page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Role {
    /// Running text.
    #[default]
    Body,
    /// A heading: larger or bolder than the text.
    Heading,
    /// A running head, foot or page number.
    Furniture,
}

/// A section's title and where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Bookmark {
    /// The physical page, from 1.
    pub page: u32,
    /// The title, on one line.
    pub title: String,
    /// How deep it stands, from 0.
    pub level: u8,
}

/// What a file says of itself, each value as it is written there, on one line. Programs write much of it: titles may be
/// names of files, authors accounts, dates those of a conversion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Info {
    /// `Title` of its information dictionary.
    pub title: Option<String>,
    /// `Author` of its information dictionary.
    pub author: Option<String>,
    /// `Company` of its information dictionary, which word processors write.
    pub company: Option<String>,
    /// `CreationDate` of its information dictionary: `D:20150302101500+01'00'`, more or less.
    pub created: Option<String>,
    /// `Lang` of its catalog: the language of most of its text.
    pub language: Option<String>,
    /// The properties of its XMP packet, in order.
    pub properties: Vec<Property>,
}

/// A simple property of a document's XMP packet; each item of a list is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Property {
    /// Its name with the customary prefix: `dc:title`.
    pub name: String,
    /// `xml:lang` of this value: a language tag or `x-default`.
    pub language: Option<String>,
    /// Its value.
    pub value: String,
}
