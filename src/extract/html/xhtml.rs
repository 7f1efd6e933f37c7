//! XHTML as HTML: what XML allows and an HTML parser takes for something else.
//!
//! In: the text of a page. Out: the same, but that elements closed in their own tag are closed (`<script src="x"/>` would
//! swallow the page) and CDATA sections are text. Other pages pass as they are. It does not check that the XML is
//! well-formed.

use std::borrow::Cow;

use super::pieces::{Piece, Pieces, is_one_of};

/// Elements that HTML closes by itself.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// A page as an HTML parser should be given it.
pub(super) fn as_html(text: Cow<'_, str>) -> Cow<'_, str> {
    if !is_xml(&text) {
        return text;
    }
    let mut html = String::with_capacity(text.len() + text.len() / 16);
    for piece in Pieces::of_xml(&text) {
        match piece {
            Piece::Text(text) => html.push_str(text),
            Piece::Bracket => html.push('<'),
            Piece::Comment(_) | Piece::RawText { .. } => {}
            Piece::CharacterData(data) => {
                html.push_str(&data.replace('&', "&amp;").replace('<', "&lt;"));
            }
            Piece::Tag(tag) => {
                html.push_str(tag.raw);
                if tag.raw.ends_with("/>") && !is_one_of(tag.name, &VOID) {
                    html.extend(["</", tag.name, ">"]);
                }
            }
        }
    }
    Cow::Owned(html)
}

/// Whether a page begins as XML does.
pub(super) fn is_xml(text: &str) -> bool {
    text.trim_start_matches('\u{FEFF}').trim_start().starts_with("<?xml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(as_html(Cow::Borrowed(text)), expected);
    }

    #[test]
    fn elements_closed_in_their_own_tag_are_closed() {
        check(
            "<?xml version='1.0'?><head><script src='a'/><title/></head><p>a<br/>b</p>",
            "<head><script src='a'/></script><title/></title></head><p>a<br/>b</p>",
        );
    }

    #[test]
    fn character_data_is_text() {
        check("<?xml?><p><![CDATA[a < b & c > d]]></p>", "<p>a &lt; b &amp; c > d</p>");
    }

    #[test]
    fn html_passes() {
        check("<!DOCTYPE html><div/><p>a", "<!DOCTYPE html><div/><p>a");
    }
}
