//! A page that no parser should be given whole: its text read window by window, with no tags but those that cannot nest.
//!
//! In: the pieces of a page. Out: its passages and what its beginning says of it. All of its text is kept, its layout goes:
//! paragraphs, headings and cells are told as long as there are not too many of them. What is held at a time is one window
//! and the passages so far. It does not look for the article.

use super::blocks::{Block, blocks};
use super::metadata;
use super::page::Page;
use super::pieces::{Piece, is_one_of};
use super::raw_tag::RawTag;
use super::tag::Tag;
use super::tree;
use crate::document::{Metadata, Passage};
use crate::extract::sections::Sections;
use crate::extract::{Limits, Warning};

/// Bytes of a window, and elements: a tree of as many takes some 10 MB.
const WINDOW: usize = 2 << 20;
const WINDOW_ELEMENTS: usize = 20_000;

/// Paragraphs and the like of one page; those behind them run together.
const MOST_ELEMENTS: usize = 250_000;

/// Bytes of text that are kept of one page: an ingest holds three times as many until it has written them.
const MOST_TEXT: usize = 64_000_000;

/// Bytes of a tag of metadata that is passed on.
const LONGEST_METADATA: usize = 2000;

/// A page being read in windows.
pub(super) struct FlatPage<'a> {
    address: Option<&'a str>,
    /// The window being filled, and its elements.
    window: String,
    window_elements: usize,
    elements: usize,
    most_elements: usize,
    text_bytes: usize,
    most_text: usize,
    most_passages: usize,
    sections: Sections,
    /// What the first window says of the page.
    metadata: Option<Metadata>,
    warnings: Vec<Warning>,
}

impl<'a> FlatPage<'a> {
    /// A page that was saved from an address, if that is known.
    pub(super) fn new(limits: &Limits, address: Option<&'a str>) -> Self {
        let elements = usize::try_from(limits.operations).unwrap_or(usize::MAX);
        Self {
            address,
            window: String::new(),
            window_elements: 0,
            elements: 0,
            most_elements: elements.min(MOST_ELEMENTS),
            text_bytes: 0,
            most_text: limits.characters.min(MOST_TEXT),
            most_passages: limits.passages,
            sections: Sections::default(),
            metadata: None,
            warnings: Vec::new(),
        }
    }

    /// Takes the next piece; whether more is wanted.
    pub(super) fn push(&mut self, piece: &Piece<'_>) -> bool {
        match piece {
            Piece::Text(text) | Piece::RawText { name: "xmp", text, .. } => self.push_text(text),
            Piece::CharacterData(data) => {
                self.push_text(&data.replace('&', "&amp;").replace('<', "&lt;"));
            }
            Piece::Bracket => self.window.push_str("&lt;"),
            Piece::Comment(_) | Piece::RawText { .. } => {}
            Piece::Tag(tag) if self.elements < self.most_elements => {
                let before = self.window.len();
                self.push_tag(tag);
                let is_element = self.window.len() > before;
                self.window_elements += usize::from(is_element);
                self.elements += usize::from(is_element);
                if self.elements == self.most_elements {
                    self.warnings.push(Warning::Plain("elements"));
                }
            }
            Piece::Tag(tag) => self.push_plainly(tag),
        }
        let is_full = self.window.len() >= WINDOW || self.window_elements >= WINDOW_ELEMENTS;
        !is_full || self.read_window()
    }

    /// The passages, what the page says of itself, and what could not be read or kept of it.
    pub(super) fn finish(mut self) -> (Vec<Passage>, Metadata, Vec<Warning>) {
        self.read_window();
        (self.sections.finish(), self.metadata.unwrap_or_default(), self.warnings)
    }

    fn push_text(&mut self, text: &str) {
        self.window.push_str(text);
    }

    /// A tag, or what is left of it.
    fn push_tag(&mut self, tag: &RawTag<'_>) {
        let window = &mut self.window;
        let name = tag.name.to_ascii_lowercase();
        match (Tag::of(&name), tag.closes) {
            (Tag::Heading(level), closes) => {
                window.push_str(if closes { "</h" } else { "<h" });
                window.push(char::from(b'0' + level));
                window.push('>');
            }
            (Tag::Cell, true) => window.push_str(" | "),
            (Tag::Cell, false) => {}
            (Tag::Break, _) => window.push_str("<br>"),
            (_, closes) if name == "title" => {
                window.push_str(if closes { "</title>" } else { "<title>" });
            }
            // Metadata stands in the head, and has no content.
            (_, false)
                if self.metadata.is_none()
                    && is_one_of(&name, &["meta", "link", "html"])
                    && tag.raw.len() < LONGEST_METADATA =>
            {
                window.push_str(tag.raw);
            }
            // One paragraph's beginning does for any number of them.
            (tag, _) if tag.breaks() && !window.trim_ascii_end().ends_with("<p>") => {
                window.push_str("<p>");
            }
            _ => {}
        }
    }

    /// What is left of a tag once there have been too many: a space, where it parts words.
    fn push_plainly(&mut self, tag: &RawTag<'_>) {
        let kind = Tag::of(&tag.name.to_ascii_lowercase());
        if (kind.breaks() || kind == Tag::Break) && !self.window.ends_with(' ') {
            self.window.push(' ');
        }
    }

    /// Takes the passages out of the window and empties it; whether more is wanted.
    fn read_window(&mut self) -> bool {
        let document = tree::parse(&self.window, &[]);
        self.window.clear();
        self.window_elements = 0;
        let declared = self.metadata.is_none().then(|| metadata::declared(&document, self.address));
        let page = Page::of(&document);
        drop(document);
        let blocks = blocks(&page);
        drop(page);
        if let Some(declared) = declared {
            self.metadata = Some(declared.metadata(&blocks, &vec![false; blocks.len()]));
        }
        blocks.into_iter().all(|block| self.add(block))
    }

    /// Adds a block to the passages; whether it still found room.
    fn add(&mut self, block: Block) -> bool {
        self.text_bytes += block.text.len();
        let limit = match &self.sections {
            sections if sections.count() >= self.most_passages => "sections",
            _ if self.text_bytes > self.most_text => "characters",
            _ => {
                self.sections.add(block.into());
                return true;
            }
        };
        let warning = Warning::Limit(limit);
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::super::pieces::Pieces;
    use super::*;

    /// The text of a page with this budget, a paragraph a line, the longest window on the way, and the warnings.
    fn read(page: &str, limits: &Limits) -> (String, usize, Vec<Warning>) {
        let mut flat = FlatPage::new(limits, None);
        let mut longest = 0;
        for piece in Pieces::of(page) {
            longest = longest.max(flat.window.len());
            if !flat.push(&piece) {
                break;
            }
        }
        let (passages, _, warnings) = flat.finish();
        let paragraphs = passages.into_iter().flat_map(|passage| passage.paragraphs);
        let text: Vec<String> = paragraphs.map(|paragraph| paragraph.text).collect();
        (text.join("\n"), longest, warnings)
    }

    #[test]
    fn nesting_is_flattened_and_the_text_kept() {
        let page = format!(
            "<title>T</title>{}<h2>Heading</h2>Deep{}",
            "<div>".repeat(100_000),
            "</div>".repeat(100_000)
        );
        let (text, longest, warnings) = read(&page, &Limits::default());
        assert_eq!((text.as_str(), warnings), ("Heading\nDeep", vec![]));
        assert!(longest < 100, "{longest}");
    }

    #[test]
    fn what_follows_too_many_elements_is_kept_as_plain_text() {
        let limits = Limits { operations: 100, ..Limits::default() };
        let (text, _, warnings) = read(&"<p>x".repeat(1000), &limits);
        assert_eq!(warnings, [Warning::Plain("elements")]);
        assert_eq!((text.lines().count(), text.matches('x').count()), (100, 1000));
    }

    #[test]
    fn a_long_page_is_read_in_windows_and_loses_nothing() {
        for unit in ["<p>x", "<i>x</i> ", "x ", "<b>x<h1>", "x&amp;<br>", "<tr><td>x<td>"] {
            let times = 2_500_000 / unit.len();
            let (text, longest, _) = read(&unit.repeat(times), &Limits::default());
            assert_eq!(text.matches('x').count(), times, "{unit}");
            assert!(longest <= 2_500_000, "{unit}: {longest}");
        }
        let (text, longest, warnings) =
            read(&"<p>some more words</p>".repeat(120_000), &Limits::default());
        assert_eq!((text.lines().count(), warnings), (120_000, vec![]));
        assert!(longest < WINDOW + 100, "{longest}");
    }
}
