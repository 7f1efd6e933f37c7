//! A page's texts and tags in one linear pass, for what is done before a parser sees it.
//!
//! In: the text of a page. Out: its pieces, borrowed from it. It knows where tags end and what is not markup; it builds no
//! tree and decodes nothing.

/// A tag as it stands in the page.
pub(super) struct RawTag<'a> {
    pub(super) name: &'a str,
    /// Whether it is an end tag.
    pub(super) closes: bool,
    /// All of it, brackets included.
    pub(super) raw: &'a str,
}

impl RawTag<'_> {
    /// Its attributes, no fewer than a parser would find.
    pub(super) fn attributes(&self) -> usize {
        // Shorter tags cannot have enough of them to count.
        if self.raw.len() < 48 {
            return 0;
        }
        let mut quote = None;
        let mut attributes = 0;
        let mut separated = false;
        for byte in self.raw.bytes() {
            match (quote, byte) {
                (Some(open), _) if byte == open => (quote, separated) = (None, true),
                (Some(_), _) => {}
                (None, b'"' | b'\'') => quote = Some(byte),
                (None, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C' | b'/') => separated = true,
                (None, _) => {
                    attributes += usize::from(std::mem::take(&mut separated));
                }
            }
        }
        attributes
    }
}

/// A piece of a page.
pub(super) enum Piece<'a> {
    /// What is no markup, character references as they are.
    Text(&'a str),
    /// An angle bracket that begins no tag.
    Bracket,
    /// A comment, declaration or processing instruction.
    Comment(&'a str),
    /// A tag.
    Tag(RawTag<'a>),
}

impl Piece<'_> {
    /// The mistakes that a parser may note in it.
    pub(super) fn mistakes(&self) -> usize {
        match self {
            Self::Text(text) => text.bytes().filter(|byte| *byte == b'&').count(),
            Self::Bracket => 1,
            Self::Comment(comment) => comment.matches("<!--").count(),
            Self::Tag(tag) => tag.raw.bytes().filter(|byte| *byte == b'&').count(),
        }
    }
}

/// The texts and tags of a page; comments and the content of scripts and styles are passed over.
pub(super) struct Pieces<'a> {
    rest: &'a str,
    /// The element whose content is not markup, after its tag.
    raw_text: Option<&'a str>,
    /// Whether a tag can close itself, and CDATA sections are there.
    xml: bool,
}

impl<'a> Pieces<'a> {
    /// The pieces of a page.
    pub(super) fn of(text: &'a str) -> Self {
        Self { rest: text, raw_text: None, xml: false }
    }

    /// The pieces of a page that is XML.
    pub(super) fn of_xml(text: &'a str) -> Self {
        Self { xml: true, ..Self::of(text) }
    }

    /// Passes over the content of an element to its end tag.
    fn skip_raw_text(&mut self, name: &str) {
        let mut from = 0;
        while let Some(start) = self.rest[from..].find("</") {
            let end_tag = &self.rest[from + start + 2..];
            if end_tag.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)) {
                self.rest = &self.rest[from + start..];
                return;
            }
            from += start + 2;
        }
        self.rest = "";
    }

    /// Takes so many bytes off the rest.
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        taken
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if let Some(name) = self.raw_text.take() {
            self.skip_raw_text(name);
        }
        if self.rest.is_empty() {
            return None;
        }
        let Some(markup) = self.rest.strip_prefix('<') else {
            let end = self.rest.find('<').unwrap_or(self.rest.len());
            return Some(Piece::Text(self.take(end)));
        };
        if let Some(comment) = markup.strip_prefix("!--") {
            let end = comment.find("-->").map_or(comment.len(), |end| end + 3);
            return Some(Piece::Comment(self.take(4 + end)));
        }
        if self.xml && markup.starts_with("![CDATA[") {
            let end = markup.find("]]>").map_or(markup.len(), |end| end + 3);
            return Some(Piece::Comment(self.take(1 + end)));
        }
        if markup.starts_with(['!', '?']) {
            let end = markup.find('>').map_or(markup.len(), |end| end + 1);
            return Some(Piece::Comment(self.take(1 + end)));
        }
        let closes = markup.starts_with('/');
        let name = &markup[usize::from(closes)..];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.take(1);
            return Some(Piece::Bracket);
        }
        let end = name.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
        let name = &name[..end.unwrap_or(name.len())];
        let raw = self.take(tag_end(self.rest));
        let is_raw = ["script", "style", "textarea", "xmp", "iframe", "noembed", "noframes"];
        let is_empty = self.xml && raw.ends_with("/>");
        if !closes && !is_empty && is_one_of(name, &is_raw) {
            self.raw_text = Some(name);
        }
        Some(Piece::Tag(RawTag { name, closes, raw }))
    }
}

/// Where the tag at the beginning of a text ends: at the first `>` that is in no quotes.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    let mut value = false;
    for (place, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) | (None, b' ' | b'\t' | b'\n' | b'\r') => {}
            (None, b'>') => return place + 1,
            // A quote opens a value only after an equals sign.
            (None, b'"' | b'\'') if value => quote = Some(byte),
            (None, b'=') => value = true,
            (None, _) => value = false,
        }
    }
    text.len()
}

/// Whether a name is one of these, letters' case apart.
pub(super) fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|other| name.eq_ignore_ascii_case(other))
}
