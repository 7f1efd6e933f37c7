//! What an element's name says of its text: whether it breaks a paragraph, is a heading, a cell, or no text at all.
//!
//! In: a tag name. Out: a [`Tag`]. It knows nothing of attributes: see the `boilerplate` module.

/// An element, as far as its name matters for its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// Runs along with the text around it.
    Inline,
    /// A link.
    Link,
    /// A raised number or ordinal ending.
    Superscript,
    /// A line break.
    Break,
    /// Begins and ends a paragraph, and means nothing else here.
    Block,
    /// A paragraph.
    Paragraph,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// An item of a list, a term or its definition.
    Item,
    /// A list.
    List,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell of a row.
    Cell,
    /// Text whose line breaks are its own.
    Preformatted,
    /// A caption of a figure.
    Caption,
    /// `article` or `main`.
    Content,
    /// `body`.
    Body,
    /// `header`.
    Header,
    /// `nav`, `footer`, `aside`: around the content, seldom part of it.
    Surrounding,
    /// Nothing a reader of the page's text sees: scripts, forms' fields, frames, pictures.
    NoText,
}

impl Tag {
    /// What the element of this name is.
    pub(super) fn of(name: &str) -> Self {
        match name {
            "a" => Self::Link,
            "sup" => Self::Superscript,
            "br" => Self::Break,
            "p" => Self::Paragraph,
            "h1" => Self::Heading(1),
            "h2" => Self::Heading(2),
            "h3" => Self::Heading(3),
            "h4" => Self::Heading(4),
            "h5" => Self::Heading(5),
            "h6" => Self::Heading(6),
            "li" | "dt" | "dd" => Self::Item,
            "ul" | "ol" | "dl" | "menu" | "dir" => Self::List,
            "table" => Self::Table,
            "tr" => Self::Row,
            "td" | "th" => Self::Cell,
            "pre" | "xmp" | "listing" | "plaintext" => Self::Preformatted,
            "figcaption" => Self::Caption,
            "article" | "main" => Self::Content,
            "body" => Self::Body,
            "header" => Self::Header,
            "nav" | "footer" | "aside" => Self::Surrounding,
            "head" | "script" | "style" | "template" | "noscript" | "noframes" | "noembed"
            | "iframe" | "frame" | "frameset" | "object" | "embed" | "applet" | "svg"
            | "canvas" | "audio" | "video" | "picture" | "img" | "map" | "input" | "select"
            | "option" | "datalist" | "textarea" | "button" | "label" | "progress" | "meter"
            | "dialog" | "title" | "meta" | "link" | "rp" => Self::NoText,
            "html" | "div" | "section" | "hgroup" | "address" | "blockquote" | "caption"
            | "center" | "details" | "summary" | "fieldset" | "legend" | "figure" | "form"
            | "hr" | "tbody" | "thead" | "tfoot" | "search" => Self::Block,
            // Elements of a page's own making are laid out as blocks more often than not.
            _ if name.contains('-') => Self::Block,
            _ => Self::Inline,
        }
    }

    /// Whether a paragraph ends where the element begins and where it ends.
    pub(super) fn breaks(self) -> bool {
        !matches!(self, Self::Inline | Self::Link | Self::Superscript | Self::Break | Self::NoText)
    }
}
