//! What a file is read into: plain values.

use std::ops::Range;

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
///
/// Places on it are given in its own coordinates, which are those of the file ("default user space"): points of 1/72 inch,
/// from an origin at the lower left of its media box, x to the right and y upwards, before the page is turned for display.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Page {
    /// Its place in the file, from 1.
    pub number: u32,
    /// Its label by the file's table of labels, where it differs from its number.
    pub label: Option<String>,
    /// What is shown of it, in its own coordinates: its crop box.
    pub bounds: Rect,
    /// By how many quarter turns clockwise it is turned for display, 0 to 3.
    pub turns: u8,
    /// Which share of it images cover, from 0 to 1, to about a hundredth. What is drawn over or cut off an image counts;
    /// drawings and images of a few pixels do not. A page without text of which much is covered is most likely a scan.
    pub picture_cover: f32,
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
    /// Where its lines stand, if [`Options::words`](crate::Options) asks for it.
    pub lines: Vec<Line>,
}

/// A line of a paragraph: text on one baseline without wide gaps. Cells of a table's row are lines of their own.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Line {
    /// The smallest rectangle around its words.
    pub bounds: Rect,
    /// Its words in order.
    pub words: Vec<Word>,
}

/// A word, as far as it stands on one line: a word broken at the end of a line is two.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Word {
    /// Which bytes of the paragraph's text it is. A hyphen at a line's end belongs to it only if the text keeps it.
    pub range: Range<usize>,
    /// The smallest upright rectangle around it. Its height is that of the font's size, not of the letters in it.
    pub bounds: Rect,
}

/// An upright rectangle in the coordinates of its page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Where it starts, from the left.
    pub left: f32,
    /// Where it starts, from below.
    pub bottom: f32,
    /// Where it ends, from the left.
    pub right: f32,
    /// Where it ends, from below.
    pub top: f32,
}

impl Rect {
    /// The smallest rectangle that holds some points.
    pub(crate) fn around(points: impl IntoIterator<Item = (f32, f32)>) -> Option<Self> {
        let point = |(x, y)| Self { left: x, bottom: y, right: x, top: y };
        points.into_iter().map(point).reduce(Self::with)
    }

    /// The smallest rectangle that holds this one and another.
    pub(crate) fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            bottom: self.bottom.min(other.bottom),
            right: self.right.max(other.right),
            top: self.top.max(other.top),
        }
    }
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
