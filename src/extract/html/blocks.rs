//! A tree to blocks: the paragraphs, headings, list items and table rows of a page in reading order, white space folded.
//!
//! Walks by parent and sibling, so that depth costs no stack. Does not decide which part of a page is its article.

use dom_query::NodeRef;

/// A paragraph of a page before it is put into a section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// The text in one line.
    pub text: String,
    /// Bytes of it that are links.
    pub linked: usize,
    /// Whether it is a heading.
    pub heading: bool,
    /// The name by which the place can be linked to.
    pub anchor: Option<String>,
}

/// Longest heading; what is longer is text that only looks like one.
const HEADING_BYTES: usize = 300;

const SILENT: &[&str] = &[
    "script", "style", "template", "noscript", "head", "svg", "math", "iframe", "object", "embed",
    "canvas", "video", "audio", "select", "button", "input", "textarea", "dialog", "datalist",
];
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s",
    "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// The blocks below a node; elements for which `skip` holds are left out with all they contain.
pub(super) fn blocks(root: NodeRef<'_>, skip: impl Fn(&NodeRef<'_>, &str) -> bool) -> Vec<Block> {
    let mut walk = Walk::default();
    let mut node = root;
    loop {
        let name = node.node_name();
        let name = name.as_deref().unwrap_or_default();
        let entered = if node.is_text() {
            walk.text(&node.text());
            false
        } else {
            (name.is_empty() || !SILENT.contains(&name))
                && !node.is_comment()
                && (node.id == root.id || !skip(&node, name))
        };
        if entered && !name.is_empty() {
            walk.enter(&node, name);
        }
        if entered && let Some(child) = node.first_child() {
            node = child;
            continue;
        }
        if entered {
            walk.leave(name);
        }
        // Up until there is a next sibling; the root's own siblings are not walked.
        loop {
            if node.id == root.id {
                walk.flush();
                return walk.done;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else { return walk.done };
            node = parent;
            walk.leave(node.node_name().as_deref().unwrap_or_default());
        }
    }
}

#[derive(Default)]
struct Walk {
    done: Vec<Block>,
    current: Block,
    links: usize,
    breaks: usize,
    heading: bool,
    preformatted: usize,
    /// For each open table whether its rows are lines of data.
    tables: Vec<bool>,
    /// An anchor since the last text.
    anchor: Option<String>,
    space: bool,
    cell: bool,
}

impl Walk {
    fn enter(&mut self, node: &NodeRef<'_>, name: &str) {
        if let Some(anchor) = anchor(node, name) {
            self.anchor = Some(anchor);
        }
        match name {
            "a" => self.links += usize::from(node.has_attr("href")),
            "br" => {
                self.breaks += 1;
                self.space = true;
                if self.breaks > 1 {
                    self.break_block();
                }
            }
            "table" => {
                self.flush();
                self.tables.push(is_data(node));
            }
            "td" | "th" if self.in_row() => self.cell = true,
            "pre" => {
                self.flush();
                self.preformatted += 1;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if !self.in_row() => {
                self.flush();
                self.heading = true;
            }
            "tr" => self.flush(),
            _ if INLINE.contains(&name) => {}
            _ => self.break_block(),
        }
    }

    fn leave(&mut self, name: &str) {
        match name {
            "a" => self.links = self.links.saturating_sub(1),
            "table" => {
                self.flush();
                self.tables.pop();
            }
            "pre" => {
                self.flush();
                self.preformatted = self.preformatted.saturating_sub(1);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if !self.in_row() => {
                self.flush();
                self.heading = false;
            }
            "tr" => self.flush(),
            "" | "br" => {}
            _ if INLINE.contains(&name) => {}
            _ => self.break_block(),
        }
    }

    fn in_row(&self) -> bool {
        self.tables.last().copied().unwrap_or(false)
    }

    /// A block's edge; within a row of data or a heading it is only a space.
    fn break_block(&mut self) {
        if self.in_row() || self.heading {
            self.space = true;
        } else {
            self.flush();
        }
    }

    fn text(&mut self, text: &str) {
        let mut newlines = 0;
        for c in text.chars() {
            if c == '\n' && self.preformatted > 0 {
                newlines += 1;
                if newlines == 2 {
                    self.break_block();
                }
            }
            if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' {
                self.space |= c != '\u{200b}' && c != '\u{feff}';
            } else if !c.is_control() && c != '\u{ad}' && c != '\u{fffd}' {
                newlines = 0;
                self.push(c);
            }
        }
    }

    fn push(&mut self, c: char) {
        let before = self.current.text.len();
        if before == 0 {
            self.current.anchor = self.anchor.take();
        } else if self.cell {
            self.current.text.push_str(" | ");
        } else if self.space {
            self.current.text.push(' ');
        }
        (self.space, self.cell, self.breaks) = (false, false, 0);
        self.current.text.push(c);
        if self.links > 0 {
            self.current.linked += self.current.text.len() - before;
        }
    }

    fn flush(&mut self) {
        (self.space, self.cell, self.breaks) = (false, false, 0);
        let mut block = std::mem::take(&mut self.current);
        if !block.text.is_empty() {
            block.heading = self.heading && block.text.len() <= HEADING_BYTES;
            self.done.push(block);
        }
    }
}

/// A name to link to, of an element that marks a place rather than the page's layout.
fn anchor(node: &NodeRef<'_>, name: &str) -> Option<String> {
    let marks = matches!(name, "a" | "span" | "section" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    let id = if marks { node.attr("id") } else { None };
    let id = id.or_else(|| if name == "a" { node.attr("name") } else { None });
    id.filter(|id| !id.is_empty()).map(|id| id.to_string())
}

/// Whether a table holds data: tables that hold tables, headings or several paragraphs in a cell lay out a page.
fn is_data(table: &NodeRef<'_>) -> bool {
    let mut paragraphs = 0_usize;
    let mut cells = 0_usize;
    let mut bytes = 0_usize;
    for node in table.descendants_it() {
        if node.is_text() {
            bytes += node.text().trim().len();
            continue;
        }
        match node.node_name().as_deref() {
            Some("table" | "h1" | "h2" | "h3" | "h4" | "article" | "ul" | "ol") => return false,
            Some("p") => paragraphs += 1,
            Some("td" | "th") => cells += 1,
            _ => {}
        }
    }
    cells > 1 && paragraphs <= cells * 2 && bytes < cells * 600
}
