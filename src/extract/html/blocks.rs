//! A page's paragraphs, headings, list items and table rows, before anything is decided about them.
//!
//! In: a [`Page`]. Out: its [`Block`]s in document order, white space folded and control characters gone. It leaves out
//! nothing: which of the blocks are the article is for the `article` module.

use super::page::{Kind, Page};
use super::shown::{self, Part, is_shown, non_blank};
use super::tag::Tag;
use crate::document::Language;
use crate::extract::sections;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A paragraph, a cell by itself, loose text.
    Paragraph,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// An item of a list.
    Item,
    /// A row of a table, its cells joined.
    Row,
    /// A caption.
    Caption,
}

/// A paragraph's worth of a page.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// What it is.
    pub(super) shape: Shape,
    /// Its text on one line.
    pub(super) text: String,
    /// The `id` of its element, or of an anchor in it.
    pub(super) anchor: Option<String>,
    /// The element whose text it is.
    pub(super) element: usize,
    /// Its text nodes.
    pub(super) texts: Vec<usize>,
    /// The language that it is marked with.
    pub(super) marked: Option<Language>,
    /// Characters without white space.
    pub(super) chars: usize,
    /// Those of them in links.
    pub(super) link_chars: usize,
}

impl From<Block> for sections::Block {
    fn from(block: Block) -> Self {
        Self {
            is_heading: matches!(block.shape, Shape::Heading(_)),
            text: block.text,
            anchor: block.anchor,
            marked: block.marked,
        }
    }
}

impl Block {
    /// A paragraph that stands nowhere on the page.
    pub(super) fn of_text(text: &str) -> Self {
        let text: String = text.chars().filter(|c| is_shown(*c)).collect();
        let chars = non_blank(&text);
        Self {
            shape: Shape::Paragraph,
            text,
            anchor: None,
            element: 0,
            texts: Vec::new(),
            marked: None,
            chars,
            link_chars: 0,
        }
    }

    /// The share of its characters that are in links.
    pub(super) fn link_share(&self) -> f64 {
        self.link_chars as f64 / self.chars.max(1) as f64
    }
}

/// Between the cells of a row.
const CELL_SEPARATOR: &str = " | ";

/// The blocks of a page.
pub(super) fn blocks(page: &Page) -> Vec<Block> {
    let mut builder = Builder::default();
    let mut open: Vec<usize> = Vec::new();
    for place in 0..page.nodes.len() {
        while let Some(top) = open.pop_if(|top| page.nodes[*top].end <= place) {
            builder.leave(page, top);
        }
        if matches!(page.nodes[place].kind, Kind::Text { .. }) {
            builder.text(page, place);
        } else {
            builder.enter(page, place);
            open.push(place);
        }
    }
    while let Some(top) = open.pop() {
        builder.leave(page, top);
    }
    builder.flush();
    let mut blocks = builder.blocks;
    for block in &mut blocks {
        block.marked = marked(page, &block.texts);
    }
    blocks
}

/// The language with which all the texts of a block are marked.
fn marked(page: &Page, texts: &[usize]) -> Option<Language> {
    let mut languages = texts.iter().map(|text| page.nodes[*text].marked);
    let first = languages.next()??;
    languages.all(|other| other == Some(first)).then_some(first)
}

#[derive(Default)]
struct Builder {
    blocks: Vec<Block>,
    /// The block being read.
    text: String,
    texts: Vec<usize>,
    chars: usize,
    link_chars: usize,
    anchor: Option<String>,
    /// The block elements that are open, innermost last.
    elements: Vec<(usize, Tag)>,
    /// How many links are open.
    links: usize,
    /// The table row that is read as one block.
    row: Option<usize>,
    /// A space, a cell's end or line breaks have been read, and no text since.
    space: bool,
    cell: bool,
    breaks: u8,
    preformatted: usize,
}

impl Builder {
    fn enter(&mut self, page: &Page, place: usize) {
        let Kind::Element { tag, anchor } = &page.nodes[place].kind else { return };
        if tag.breaks() {
            self.boundary(*tag);
            self.elements.push((place, *tag));
        }
        match tag {
            Tag::Link => self.links += 1,
            Tag::Break => self.line_break(),
            Tag::Preformatted => self.preformatted += 1,
            Tag::Row if self.row.is_none() && is_data_row(page, place) => self.row = Some(place),
            Tag::Superscript if is_reference(page, place) => self.space = true,
            _ => {}
        }
        if self.anchor.is_none() && *tag != Tag::Body && (tag.breaks() || *tag == Tag::Link) {
            self.anchor.clone_from(anchor);
        }
    }

    fn leave(&mut self, page: &Page, place: usize) {
        let tag = page.nodes[place].tag();
        if self.row == Some(place) {
            self.flush();
            self.row = None;
        }
        match tag {
            Tag::Link => self.links -= 1,
            Tag::Preformatted => self.preformatted -= 1,
            _ => {}
        }
        if tag.breaks() {
            self.boundary(tag);
            self.elements.pop();
        }
    }

    /// A block element begins or ends.
    fn boundary(&mut self, tag: Tag) {
        if self.row.is_none() {
            self.flush();
        } else if tag == Tag::Cell {
            self.cell = true;
        } else {
            self.space = true;
        }
    }

    fn line_break(&mut self) {
        self.space = true;
        self.breaks += 1;
        if self.breaks > 1 && self.row.is_none() {
            let anchor = self.anchor.take();
            self.flush();
            self.anchor = anchor;
        }
    }

    fn text(&mut self, page: &Page, place: usize) {
        let text = page.text_of(place);
        if self.preformatted > 0 && self.row.is_none() {
            // A blank line in preformatted text is the only paragraph's end there is.
            for (number, part) in text.split("\n\n").enumerate() {
                if number > 0 {
                    self.flush();
                }
                self.push(part, place);
            }
        } else {
            self.push(text, place);
        }
    }

    fn push(&mut self, text: &str, place: usize) {
        let before = self.chars;
        for part in shown::parts(text) {
            match part {
                Part::Blank => self.space = true,
                Part::Run { text, chars } => {
                    self.separate();
                    self.text.push_str(text);
                    self.chars += chars;
                }
            }
        }
        if self.chars > before {
            self.texts.push(place);
            if self.links > 0 {
                self.link_chars += self.chars - before;
            }
        }
    }

    /// Puts what stands between the last character and the next.
    fn separate(&mut self) {
        if self.cell && !self.text.is_empty() {
            self.text.push_str(CELL_SEPARATOR);
        } else if self.space && !self.text.is_empty() {
            self.text.push(' ');
        }
        (self.space, self.cell, self.breaks) = (false, false, 0);
    }

    /// Ends the block being read.
    fn flush(&mut self) {
        (self.space, self.cell, self.breaks) = (false, false, 0);
        if self.text.is_empty() {
            return;
        }
        let innermost = self.elements.last().map(|(place, _)| *place);
        if matches!(self.shape(), Shape::Heading(_)) {
            // The mark of a link to the heading itself.
            let end = self.text.trim_end_matches(['¶', '#', ' ']).len();
            self.text.truncate(end);
        }
        self.blocks.push(Block {
            shape: self.shape(),
            text: std::mem::take(&mut self.text),
            anchor: self.anchor.take(),
            element: self.row.or(innermost).unwrap_or(0),
            texts: std::mem::take(&mut self.texts),
            marked: None,
            chars: std::mem::take(&mut self.chars),
            link_chars: std::mem::take(&mut self.link_chars),
        });
    }

    /// The shape of the block being read, from the elements it stands in.
    fn shape(&self) -> Shape {
        if self.row.is_some() {
            return Shape::Row;
        }
        let shapes = self.elements.iter().rev().map_while(|(_, tag)| match tag {
            Tag::Cell | Tag::Table | Tag::Content | Tag::Body => None,
            Tag::Heading(level) => Some(Some(Shape::Heading(*level))),
            Tag::Item => Some(Some(Shape::Item)),
            Tag::Caption => Some(Some(Shape::Caption)),
            _ => Some(None),
        });
        shapes.flatten().next().unwrap_or(Shape::Paragraph)
    }
}

/// Whether a row is one of a table of data, and not of one that only lays out the page: several cells, each with a
/// paragraph's worth at most.
fn is_data_row(page: &Page, row: usize) -> bool {
    let mut cells = 0;
    let mut blocks = 0;
    let mut place = row + 1;
    while place < page.nodes[row].end {
        match page.nodes[place].tag() {
            Tag::Cell => {
                cells += usize::from(page.nodes[place].chars > 0);
                blocks = 0;
                if page.nodes[place].chars > LONGEST_CELL {
                    return false;
                }
            }
            Tag::Table | Tag::Heading(_) | Tag::Content => return false,
            Tag::Paragraph | Tag::Block | Tag::Item | Tag::Preformatted => {
                blocks += usize::from(page.nodes[place].chars > 0);
                if blocks > 2 {
                    return false;
                }
            }
            _ => {}
        }
        place += 1;
    }
    cells > 1
}

/// A longer cell is text laid out in a table. In characters.
const LONGEST_CELL: usize = 1200;

/// Whether a raised text is a note's number rather than an ordinal's ending.
fn is_reference(page: &Page, place: usize) -> bool {
    let texts = place + 1..page.nodes[place].end;
    let text: String = texts.map(|node| page.text_of(node)).collect();
    let text = text.trim();
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || "[]()*†‡§,".contains(c))
}
