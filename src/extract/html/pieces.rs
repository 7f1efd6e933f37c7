//! A page's texts and tags in one linear pass, for what is done before a parser sees it.
//!
//! In: the text of a page, whole or as far as it has been read. Out: its pieces, borrowed from it. It knows where tags end
//! and what is not markup; it builds no tree and decodes nothing.

use memchr::{memchr, memchr_iter, memmem};

use super::raw_tag::{RawTag, TagScan};

/// A piece of a page.
pub(super) enum Piece<'a> {
    /// What is no markup, character references as they are.
    Text(&'a str),
    /// An angle bracket that begins no tag.
    Bracket,
    /// A comment, declaration or processing instruction, or as much of it as has been read.
    Comment(&'a str),
    /// What stands in a CDATA section of XML, or a part of it.
    CharacterData(&'a str),
    /// The content of a script, a style or another element whose content is no markup, or a part of it.
    RawText {
        /// The element.
        name: &'static str,
        /// Its content.
        text: &'a str,
        /// Whether its end tag follows.
        ends: bool,
    },
    /// A tag.
    Tag(RawTag<'a>),
}

/// Elements whose content is no markup.
const RAW: [&str; 7] = ["script", "style", "textarea", "xmp", "iframe", "noembed", "noframes"];

/// Bytes of a tag that are waited for when not all of a page has been read.
const LONGEST_TAG: usize = 1 << 16;

/// Bytes that must be at hand for what is not a text, and those of a word that is not parted.
const SHORT: usize = 64;

/// What the next byte stands in.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Inside {
    /// Text and tags.
    #[default]
    Markup,
    /// A comment, or a declaration, which ends at any bracket.
    Comment { declaration: bool },
    /// A CDATA section.
    CharacterData,
    /// An element of this name, whose content is no markup.
    Raw(&'static str),
    /// A tag that was too long to be waited for.
    Tag(TagScan),
}

/// The pieces of a page.
pub(super) struct Pieces<'a> {
    rest: &'a str,
    length: usize,
    inside: Inside,
    /// Whether a tag can close itself, and CDATA sections are there.
    xml: bool,
    /// Whether the page ends with the text.
    is_all: bool,
}

impl<'a> Pieces<'a> {
    /// The pieces of a page.
    pub(super) fn of(text: &'a str) -> Self {
        Self::resumed(text, Inside::Markup, false, true)
    }

    /// The pieces of a page that is XML.
    pub(super) fn of_xml(text: &'a str) -> Self {
        Self::resumed(text, Inside::Markup, true, true)
    }

    /// The pieces of a page from some place on; unless that is all, they end before what may go on behind it.
    pub(super) fn resumed(text: &'a str, inside: Inside, xml: bool, is_all: bool) -> Self {
        Self { rest: text, length: text.len(), inside, xml, is_all }
    }

    /// Where the next piece begins, and what it stands in.
    pub(super) fn place(&self) -> (usize, Inside) {
        (self.length - self.rest.len(), self.inside)
    }

    /// Takes so many bytes off the rest.
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        taken
    }

    /// Takes what comes before an end of `longest` bytes, which `found` finds; where it does not, all that cannot be a
    /// part of it. Also whether it was found.
    fn take_until(
        &mut self,
        longest: usize,
        found: impl Fn(&[u8]) -> Option<usize>,
    ) -> (&'a str, bool) {
        let end = found(self.rest.as_bytes());
        let bytes = end.unwrap_or_else(|| {
            let kept = if self.is_all { 0 } else { longest };
            self.rest.floor_char_boundary(self.rest.len().saturating_sub(kept))
        });
        (self.take(bytes), end.is_some())
    }

    fn markup(&mut self) -> Option<Piece<'a>> {
        let Some(markup) = self.rest.strip_prefix('<') else {
            let end = memchr(b'<', self.rest.as_bytes());
            let end =
                end.unwrap_or_else(|| if self.is_all { self.rest.len() } else { self.safe_end() });
            return (end > 0).then(|| Piece::Text(self.take(end)));
        };
        if markup.len() < SHORT && !self.is_all {
            return None;
        }
        if let Some(comment) = markup.strip_prefix("!--") {
            let empty = ["->", ">"].iter().find(|end| comment.starts_with(**end));
            if let Some(end) = empty {
                return Some(Piece::Comment(self.take(4 + end.len())));
            }
            self.inside = Inside::Comment { declaration: false };
            return Some(self.comment(4, false));
        }
        if self.xml && markup.starts_with("![CDATA[") {
            self.take(9);
            self.inside = Inside::CharacterData;
            return Some(self.character_data());
        }
        if markup.starts_with(['!', '?']) {
            self.inside = Inside::Comment { declaration: true };
            return Some(self.comment(1, true));
        }
        let closes = markup.starts_with('/');
        let name = &markup[usize::from(closes)..];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.take(1);
            return Some(Piece::Bracket);
        }
        self.tag(closes, name)
    }

    /// How much of a text without markup can be taken when more of it may follow: not a part of a word or reference.
    fn safe_end(&self) -> usize {
        let text = self.rest;
        let near = text.floor_char_boundary(text.len().saturating_sub(SHORT));
        match text[near..].rfind([' ', '\n', '&']) {
            Some(place) if text.as_bytes()[near + place] == b'&' => near + place,
            Some(place) => near + place + 1,
            None if near == 0 => 0,
            None => text.len(),
        }
    }

    /// A comment whose first bytes are its mark.
    fn comment(&mut self, mark: usize, declaration: bool) -> Piece<'a> {
        let (comment, ends) = self.take_until(4, |bytes| {
            comment_end(bytes.get(mark..)?, declaration).map(|end| end + mark)
        });
        if ends || self.is_all {
            self.inside = Inside::Markup;
        }
        Piece::Comment(comment)
    }

    fn character_data(&mut self) -> Piece<'a> {
        let (data, ends) = self.take_until(3, |bytes| memmem::find(bytes, b"]]>"));
        if ends {
            self.take(3);
        }
        if ends || self.is_all {
            self.inside = Inside::Markup;
        }
        Piece::CharacterData(data)
    }

    fn raw_text(&mut self, name: &'static str) -> Piece<'a> {
        let (text, ends) = self.take_until(name.len() + 2, |bytes| {
            memmem::find_iter(bytes, b"</").find(|start| {
                let end_tag = bytes.get(start + 2..start + 2 + name.len());
                end_tag.is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()))
            })
        });
        if ends || self.is_all {
            self.inside = Inside::Markup;
        }
        Piece::RawText { name, text, ends }
    }

    /// The tag at the beginning; only its first bytes where it is too long to be waited for.
    fn tag(&mut self, closes: bool, name: &'a str) -> Option<Piece<'a>> {
        let end = name.bytes().position(|c| c.is_ascii_whitespace() || matches!(c, b'/' | b'>'));
        let name = &name[..end.unwrap_or(name.len())];
        let mut scan = TagScan::default();
        let behind_name = 1 + usize::from(closes) + name.len();
        let end = scan.end(&self.rest.as_bytes()[behind_name..]);
        if end.is_none() && !self.is_all {
            if self.rest.len() < LONGEST_TAG {
                return None;
            }
            self.inside = Inside::Tag(scan);
        }
        let raw = self.take(end.map_or(self.rest.len(), |end| behind_name + end));
        let is_empty = self.xml && raw.ends_with("/>");
        let raw_name = RAW.into_iter().find(|raw| name.eq_ignore_ascii_case(raw));
        if let Some(raw_name) = raw_name.filter(|_| !closes && !is_empty && end.is_some()) {
            self.inside = Inside::Raw(raw_name);
        }
        Some(Piece::Tag(RawTag { name, closes, raw, attributes: scan.attributes() }))
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let before = self.rest.len();
        let piece = match self.inside {
            Inside::Markup => self.markup(),
            Inside::Comment { declaration } => Some(self.comment(0, declaration)),
            Inside::CharacterData => Some(self.character_data()),
            Inside::Raw(name) => Some(self.raw_text(name)),
            Inside::Tag(mut scan) => {
                let end = scan.end(self.rest.as_bytes());
                self.take(end.unwrap_or(self.rest.len()));
                self.inside = if end.is_some() { Inside::Markup } else { Inside::Tag(scan) };
                return self.next();
            }
        };
        // Nothing is taken where more must be read first, or of an element that has no content.
        if self.rest.len() == before && !matches!(self.inside, Inside::Markup) {
            return None;
        }
        piece
    }
}

/// Where a comment ends, its mark's end included.
fn comment_end(bytes: &[u8], declaration: bool) -> Option<usize> {
    if declaration {
        return memchr(b'>', bytes).map(|end| end + 1);
    }
    memchr_iter(b'>', bytes).map(|bracket| bracket + 1).find(|end| {
        let comment = &bytes[..*end];
        comment.ends_with(b"-->") || comment.ends_with(b"--!>")
    })
}

/// Whether a name is one of these, letters' case apart.
pub(super) fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|other| name.eq_ignore_ascii_case(other))
}
