//! What an HTML parser should not be given: nesting without end, elements by the million, tags that multiply; nor what no
//! step after it looks at.
//!
//! In: the text of a page. Out: the ranges of it that are left out, the content of scripts, styles and comments; or nothing,
//! where it is to be read in windows, without its layout. All in one linear pass over its tags. It decodes nothing and
//! repairs nothing.

use std::ops::Range;

use super::nesting::Nesting;
use super::pieces::{Piece, Pieces, is_one_of};
use super::raw_tag::RawTag;
use crate::extract::Limits;

/// Open elements; browsers stop nesting at 512.
const DEEPEST: usize = 512;

/// Elements of one page that are parsed, counting four attributes as one. A tree of as many takes some 100 MB.
const MOST_ELEMENTS: usize = 500_000;

/// Attributes of one tag; a parser compares each with those before it.
const MOST_ATTRIBUTES: usize = 300;

/// Bytes that are parsed. Longer pages, which have pictures in their attributes, are flattened.
const LONGEST: usize = 32 << 20;

/// A shorter script or comment is no gain to leave out.
const SHORTEST: usize = 64;

/// Bytes of a page above which it is not even decoded as a whole.
pub(super) fn longest(limits: &Limits) -> usize {
    limits.characters.min(limits.decompressed).min(LONGEST)
}

/// What to leave out of a page when it is parsed; `None` where it should not be parsed.
pub(super) fn left_out(text: &str, limits: &Limits) -> Option<Vec<Range<usize>>> {
    let mut outline = Outline::default();
    let most = usize::try_from(limits.operations).unwrap_or(usize::MAX).min(MOST_ELEMENTS);
    let mut pieces = Pieces::of(text);
    if text.len() > longest(limits) {
        return None;
    }
    loop {
        let (start, _) = pieces.place();
        let Some(piece) = pieces.next() else { return Some(outline.ranges) };
        match piece {
            Piece::Tag(tag) => {
                if !outline.tag(&tag, most) {
                    return None;
                }
            }
            Piece::Comment(comment) => outline.comment(comment, start),
            Piece::RawText { name, text, ends } => outline.raw_text(name, text, ends, start),
            Piece::Text(_) | Piece::Bracket | Piece::CharacterData(_) => {}
        }
    }
}

/// A page as far as it has been looked at.
#[derive(Default)]
struct Outline {
    ranges: Vec<Range<usize>>,
    nesting: Nesting,
    elements: usize,
    /// Formatting elements that are open.
    formatting: usize,
    /// A title is open, whose content is not what it looks like.
    in_title: bool,
    /// The last tag is of a script that is data of the page.
    is_data: bool,
    /// Something was met that a parser may read in another way: from here on nothing is left out.
    is_unsure: bool,
}

impl Outline {
    /// Takes a tag; whether a parser can be given it with those before it.
    fn tag(&mut self, tag: &RawTag<'_>, most: usize) -> bool {
        let depth = self.nesting.after(tag);
        let formats = usize::from(is_formatting(tag.name));
        if is_one_of(tag.name, &["title"]) {
            self.in_title = !tag.closes;
        }
        if tag.closes {
            self.formatting = self.formatting.saturating_sub(formats);
            return true;
        }
        self.is_unsure |= is_one_of(tag.name, &["plaintext"]);
        self.is_data =
            is_one_of(tag.name, &["script"]) && tag.raw.to_ascii_lowercase().contains("ld+json");
        self.formatting += formats;
        // A parser opens the formatting elements that were not closed again in each block: they multiply.
        self.elements += 1 + tag.attributes / 4 + if formats == 0 { self.formatting } else { 0 };
        depth <= DEEPEST && self.elements <= most && tag.attributes <= MOST_ATTRIBUTES
    }

    /// Leaves out what stands in a comment. Its mark stays: it parts texts.
    fn comment(&mut self, comment: &str, start: usize) {
        self.is_unsure |= self.in_title;
        let is_whole = comment.starts_with("<!--") && comment.ends_with("-->");
        if is_whole && comment.len() >= SHORTEST {
            self.leave_out(start + 4..start + comment.len() - 3);
        }
    }

    /// Leaves out a script or style.
    fn raw_text(&mut self, name: &str, text: &str, ends: bool, start: usize) {
        // In a script, a comment with another script's tag hides the first end tag.
        let may_go_on = text.contains("<!--");
        let may_hide_end = may_go_on && text.to_ascii_lowercase().contains("<script");
        self.is_unsure |= !ends || self.in_title || may_hide_end;
        let is_wanted = self.is_data || !is_one_of(name, &["script", "style"]);
        if !is_wanted && !may_go_on && !self.nesting.is_foreign() && text.len() >= SHORTEST {
            self.leave_out(start..start + text.len());
        }
    }

    fn leave_out(&mut self, range: Range<usize>) {
        if !self.is_unsure {
            self.ranges.push(range);
        }
    }
}

fn is_formatting(name: &str) -> bool {
    let formatting = [
        "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
    ];
    is_one_of(name, &formatting)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(text: &str) -> bool {
        left_out(text, &Limits::default()).is_some()
    }

    /// Checks what a parser is given of a page.
    #[track_caller]
    fn check(page: &str, expected: &str) {
        let mut given = page.to_owned();
        for range in left_out(page, &Limits::default()).unwrap().into_iter().rev() {
            given.replace_range(range, "");
        }
        assert_eq!(given, expected);
    }

    #[test]
    fn ordinary_pages_are_passed_on() {
        assert!(passes("<html><body><div><p>Text <b>bold</b><p>More<ul><li>a<li>b</ul></div>"));
        assert!(passes(
            &"<p>A paragraph that is never closed, <i>with italics</i>.".repeat(10_000)
        ));
        assert!(passes(&"<div class=\"a > b\">x</div>".repeat(1000)));
        assert!(passes("<script>if (a < b) { '</div>' + '<div>'.repeat(9) }</script><p>Text"));
    }

    #[test]
    fn scripts_styles_and_comments_are_left_out() {
        let long = "long enough ".repeat(9);
        check(&format!("a<script>{long}</script>b"), "a<script></script>b");
        check(&format!("a<STYLE type=x>{long}</Style >b"), "a<STYLE type=x></Style >b");
        check(&format!("a<!--{long}-->b"), "a<!---->b");
    }

    #[test]
    fn what_a_parser_may_read_in_another_way_is_left_alone() {
        let long = "long enough ".repeat(9);
        for page in [
            format!("<script type='application/LD+json'>{long}</script>"),
            format!("<script><!-- <script>{long}</script> --></script>"),
            format!("<script><!-- <Script></script><style>{long}</style>"),
            format!("<title><!-- {long} --></title><style>{long}</style>"),
            format!("<svg><style>{long}</style></svg>"),
            format!("<plaintext><!-- {long} -->"),
            format!("<textarea>{long}</textarea>"),
            format!("<!-->{long}"),
            format!("<script>{long}"),
            format!("<!--{long}"),
        ] {
            check(&page, &page);
        }
    }

    #[test]
    fn unclosed_formatting_that_would_multiply_is_flattened() {
        let fonts = (0..300).map(|size| format!("<font size={size}>")).collect::<Vec<_>>().concat();
        assert!(!passes(&(fonts + &"<div>x</div>".repeat(10_000))));
    }

    #[test]
    fn a_tag_of_countless_attributes_is_flattened() {
        let attributes =
            (0..100_000).map(|number| format!(" a{number}=1")).collect::<Vec<_>>().concat();
        assert!(!passes(&format!("<p{attributes}>Text")));
    }

    #[test]
    fn too_many_elements_and_too_deep_ones_are_flattened() {
        let limits = Limits { operations: 100, ..Limits::default() };
        assert!(left_out(&"<p>x".repeat(100), &limits).is_some());
        assert!(left_out(&"<p>x".repeat(101), &limits).is_none());
        assert!(!passes(&"<div>".repeat(513)));
    }
}
