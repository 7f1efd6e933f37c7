//! Guards the tree builder: a linear look at a page's tags before any tree is built, and a flat page in its place.
//!
//! Parsers of HTML take time quadratic in the depth of open elements, so a page of 100,000 `<div>` must not reach them.
//! Does not parse: what it says of depth is an estimate that errs towards flattening.

use dom_query::Document;

/// Levels of elements that one level of the general depth limit stands for: real pages nest up to a hundred deep.
pub(super) const LEVELS_PER_DEPTH: usize = 8;
/// Attributes in one tag; parsers compare each with all.
const ATTRIBUTES: usize = 2_000;

/// Formatting elements open at once: each is built anew in every block that follows.
const UNCLOSED: usize = 32;

const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "basefont", "frame", "keygen", "bgsound",
];
const RAW: &[&str] = &["script", "style", "textarea", "title", "iframe", "xmp", "noembed"];
const FORMATTING: &[&str] =
    &["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "td",
    "th",
    "tr",
    "ul",
    "body",
    "main",
];

/// Whether building this page's tree would nest deeper than `limit` or otherwise cost too much.
pub(super) fn too_deep(html: &str, limit: usize) -> bool {
    let mut open: Vec<&str> = Vec::new();
    // Formatting that is never closed is opened again in every later block.
    let mut formatting = [0_usize; FORMATTING.len()];
    for piece in Pieces::new(html) {
        let Piece::Tag(tag) = piece else { continue };
        if tag.attributes > ATTRIBUTES {
            return true;
        }
        let is = |name: &&str| tag.name.eq_ignore_ascii_case(name);
        if let Some(at) = FORMATTING.iter().position(is) {
            let open = formatting[at];
            formatting[at] = if tag.closing { open.saturating_sub(1) } else { open + 1 };
        } else if tag.closing {
            let at = open.iter().rposition(|name| name.eq_ignore_ascii_case(tag.name));
            open.truncate(at.unwrap_or(open.len()));
        } else if !(VOID.iter().any(is) || tag.self_closing && in_drawing(&open)) {
            close_implied(&mut open, tag.name);
            open.push(tag.name);
        }
        if open.len() > limit || formatting.iter().sum::<usize>() > UNCLOSED {
            return true;
        }
    }
    false
}

/// Whether a built tree is deeper than `limit`.
pub(super) fn tree_too_deep(document: &Document, limit: usize) -> bool {
    let mut depth = 0_usize;
    let mut node = document.root();
    loop {
        if let Some(child) = node.first_child() {
            node = child;
            depth += 1;
            if depth > limit {
                return true;
            }
            continue;
        }
        loop {
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else { return false };
            node = parent;
            depth -= 1;
        }
    }
}

fn in_drawing(open: &[&str]) -> bool {
    open.iter().any(|name| name.eq_ignore_ascii_case("svg") || name.eq_ignore_ascii_case("math"))
}

/// Ends what a start tag ends without an end tag of its own: a paragraph at the next, an item at the next item.
fn close_implied(open: &mut Vec<&str>, name: &str) {
    let (family, scope): (&[&str], &[&str]) = match name.to_ascii_lowercase().as_str() {
        "p" => (&["p"], &["table", "td", "th", "button", "svg", "math"]),
        "li" => (&["li"], &["ul", "ol", "dd", "dt", "table", "td", "svg", "math"]),
        "dd" | "dt" => (&["dd", "dt"], &["dl", "li", "ul", "ol", "table", "td", "svg", "math"]),
        "td" | "th" => (&["td", "th"], &["table", "tr", "svg", "math"]),
        "tr" => (&["tr"], &["table", "svg", "math"]),
        "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table", "svg", "math"]),
        "option" | "optgroup" => (&["option"], &["select", "svg", "math"]),
        "a" => (&["a"], &["table", "td", "svg", "math"]),
        _ => return,
    };
    let any = |names: &[&str], open: &str| names.iter().any(|n| open.eq_ignore_ascii_case(n));
    for at in (0..open.len()).rev() {
        if any(family, open[at]) {
            open.truncate(at);
            return;
        }
        if any(scope, open[at]) {
            return;
        }
    }
}

/// The same page with its head, headings and paragraphs, and no other element.
pub(super) fn flatten(html: &str) -> String {
    let mut flat = String::with_capacity(html.len());
    for piece in Pieces::new(html) {
        match piece {
            Piece::Text(text) => flat.push_str(&text.replace('<', "&lt;")),
            Piece::Raw(name, content) if name.eq_ignore_ascii_case("title") => {
                flat.push_str("<title>");
                flat.push_str(content);
                flat.push_str("</title>");
            }
            Piece::Raw(..) => {}
            Piece::Tag(tag) => flatten_tag(&tag, &mut flat),
        }
    }
    flat
}

fn flatten_tag(tag: &Tag<'_>, flat: &mut String) {
    let name = tag.name.to_ascii_lowercase();
    let heading = matches!(name.as_bytes(), [b'h', b'1'..=b'6']);
    if heading && tag.closing {
        flat.push_str("</");
        flat.push_str(&name);
        flat.push_str("><p>");
    } else if heading || (name == "meta" && tag.attributes <= ATTRIBUTES) {
        flat.push_str(tag.source);
    } else if BLOCKS.contains(&name.as_str()) {
        flat.push_str("<p>");
    }
}

enum Piece<'h> {
    Text(&'h str),
    Raw(&'h str, &'h str),
    Tag(Tag<'h>),
}

struct Tag<'h> {
    name: &'h str,
    source: &'h str,
    closing: bool,
    self_closing: bool,
    attributes: usize,
}

/// A page's tags and the text between them, in one pass; comments and declarations are left out.
struct Pieces<'h> {
    rest: &'h str,
    raw: Option<&'h str>,
    /// Names whose end tag does not come any more: looking for it again each time would be quadratic.
    unended: Vec<&'static str>,
}

impl<'h> Pieces<'h> {
    fn new(html: &'h str) -> Self {
        Self { rest: html, raw: None, unended: Vec::new() }
    }

    fn take(&mut self, length: usize) -> &'h str {
        let (piece, rest) = self.rest.split_at(length);
        self.rest = rest;
        piece
    }
}

impl<'h> Iterator for Pieces<'h> {
    type Item = Piece<'h>;

    fn next(&mut self) -> Option<Piece<'h>> {
        if let Some(name) = self.raw.take() {
            let end = raw_end(self.rest, name).unwrap_or(self.rest.len());
            return Some(Piece::Raw(name, self.take(end)));
        }
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if !starts_markup(self.rest) {
                // A `<` that begins no markup is text too.
                let skipped = usize::from(self.rest.starts_with('<'));
                let end = self.rest[skipped..].find('<');
                let end = end.map_or(self.rest.len(), |at| at + skipped);
                return Some(Piece::Text(self.take(end)));
            }
            if self.rest.starts_with("<!--") {
                let end = self.rest[4..].find("-->").map_or(self.rest.len(), |at| at + 7);
                self.take(end);
                continue;
            }
            if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
                let end = self.rest.find('>').map_or(self.rest.len(), |at| at + 1);
                self.take(end);
                continue;
            }
            let (length, attributes) = tag_length(self.rest);
            let tag = read_tag(self.take(length), attributes);
            let raw = RAW.iter().copied().find(|name| tag.name.eq_ignore_ascii_case(name));
            if let Some(name) = raw.filter(|name| !tag.closing && !self.unended.contains(name)) {
                if raw_end(self.rest, name).is_some() {
                    self.raw = Some(name);
                } else {
                    self.unended.push(name);
                }
            }
            return Some(Piece::Tag(tag));
        }
    }
}

fn starts_markup(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes[0] == b'<'
        && bytes.get(1).is_some_and(|next| next.is_ascii_alphabetic() || b"/!?".contains(next))
}

/// Where the end tag of an element begins whose content is no markup.
fn raw_end(text: &str, name: &str) -> Option<usize> {
    text.match_indices("</").map(|(at, _)| at).find(|at| {
        let end = text.as_bytes().get(at + 2..at + 2 + name.len());
        end.is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()))
    })
}

/// The length in bytes of the tag at the text's start, and how many attributes it may have.
fn tag_length(text: &str) -> (usize, usize) {
    let (mut quote, mut attributes, mut previous) = (None, 0, 0);
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return (at + 1, attributes),
            (None, b'"' | b'\'') if previous == b'=' => quote = Some(byte),
            (None, b'/' | b' ' | b'\n' | b'\t') if previous != byte => attributes += 1,
            (Some(mark), _) if mark == byte => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() || previous != b'=' {
            previous = byte;
        }
    }
    (text.len(), attributes)
}

fn read_tag(source: &str, attributes: usize) -> Tag<'_> {
    let closing = source.starts_with("</");
    let name = &source[if closing { 2 } else { 1 }..];
    let end = name.find(|c: char| c.is_whitespace() || c == '/' || c == '>').unwrap_or(name.len());
    Tag { name: &name[..end], source, closing, self_closing: source.ends_with("/>"), attributes }
}
