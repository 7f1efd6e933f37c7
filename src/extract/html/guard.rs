//! What an HTML parser should not be given: nesting without end, elements by the million, tags that multiply.
//!
//! In: the text of a page. Out: the text to parse, with a warning where it is not all of it. A page within bounds is passed
//! on as it is, after one linear pass over its tags. Of any other, only tags that cannot nest are left: its text stays,
//! its layout goes. It decodes nothing and repairs nothing.

use std::borrow::Cow;

use super::nesting::Nesting;
use super::pieces::{Piece, Pieces, RawTag, is_one_of};
use super::tag::Tag;
use crate::extract::{Limits, Warning};

/// Open elements; browsers stop nesting at 512.
const DEEPEST: usize = 512;

/// Elements of one page that are parsed, counting four attributes as one. A tree of as many takes some 100 MB.
const MOST_ELEMENTS: usize = 500_000;

/// Attributes of one tag; a parser compares each with those before it.
const MOST_ATTRIBUTES: usize = 300;

/// Bytes that are parsed. Longer pages, which have pictures in their attributes, are flattened first.
const LONGEST: usize = 32 << 20;

/// Ampersands, and angle brackets that begin no tag: a parser takes a note of each mistake.
const MOST_MISTAKES: usize = 1_000_000;

/// The text to parse of a page, and a warning where that is not all of its text.
pub(super) fn guarded<'a>(text: &'a str, limits: &Limits) -> (Cow<'a, str>, Option<Warning>) {
    let most =
        usize::try_from(limits.operations).map_or(MOST_ELEMENTS, |most| most.min(MOST_ELEMENTS));
    let longest = limits.characters.min(limits.decompressed).min(LONGEST);
    if text.len() <= longest && is_within_bounds(text, most) {
        return (Cow::Borrowed(text), None);
    }
    let mut flat = Flat { text: String::new(), elements: 0, mistakes: 0 };
    for piece in Pieces::of(text) {
        flat.push(&piece);
        let limit = match &flat {
            flat if flat.text.len() >= longest => "characters",
            flat if flat.elements >= most => "elements",
            flat if flat.mistakes >= MOST_MISTAKES => "entities",
            _ => continue,
        };
        flat.text.truncate(boundary(&flat.text, longest));
        return (Cow::Owned(flat.text), Some(Warning::Limit(limit)));
    }
    (Cow::Owned(flat.text), None)
}

fn boundary(text: &str, end: usize) -> usize {
    (0..=end.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0)
}

/// Whether a parser can be given a page.
fn is_within_bounds(text: &str, most: usize) -> bool {
    let (mut formatting, mut elements) = (0_usize, 0_usize);
    let mut nesting = Nesting::default();
    let mut mistakes = 0;
    for piece in Pieces::of(text) {
        mistakes += piece.mistakes();
        if mistakes > MOST_MISTAKES {
            return false;
        }
        let Piece::Tag(tag) = piece else { continue };
        let depth = nesting.after(&tag);
        let formats = usize::from(is_formatting(tag.name));
        if tag.closes {
            formatting = formatting.saturating_sub(formats);
            continue;
        }
        formatting += formats;
        // A parser opens the formatting elements that were not closed again in each block: they multiply.
        let attributes = tag.attributes();
        elements += 1 + attributes / 4 + if formats == 0 { formatting } else { 0 };
        if depth > DEEPEST || elements > most || attributes > MOST_ATTRIBUTES {
            return false;
        }
    }
    true
}

fn is_formatting(name: &str) -> bool {
    let formatting = [
        "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
    ];
    is_one_of(name, &formatting)
}

/// A page's text with no tags but those that cannot nest.
struct Flat {
    text: String,
    elements: usize,
    mistakes: usize,
}

impl Flat {
    fn push(&mut self, piece: &Piece<'_>) {
        self.mistakes += piece.mistakes();
        match piece {
            Piece::Text(text) => self.text.push_str(text),
            Piece::Bracket => self.text.push_str("&lt;"),
            Piece::Comment(_) => {}
            Piece::Tag(tag) => {
                let before = self.text.len();
                self.push_tag(tag);
                self.elements += usize::from(self.text.len() > before);
            }
        }
    }

    /// A tag, or what is left of it.
    fn push_tag(&mut self, tag: &RawTag<'_>) {
        let flat = &mut self.text;
        let name = tag.name.to_ascii_lowercase();
        match (Tag::of(&name), tag.closes) {
            (Tag::Heading(level), closes) => {
                flat.push_str(if closes { "</h" } else { "<h" });
                flat.push(char::from(b'0' + level));
                flat.push('>');
            }
            (Tag::Cell, true) => flat.push_str(" | "),
            (Tag::Cell, false) => {}
            (Tag::Break, _) => flat.push_str("<br>"),
            (_, closes) if name == "title" => {
                flat.push_str(if closes { "</title>" } else { "<title>" });
            }
            // Metadata stands in the head, and has no content.
            (_, false)
                if is_one_of(&name, &["meta", "link", "html"])
                    && tag.raw.len() < LONGEST_METADATA =>
            {
                flat.push_str(tag.raw);
            }
            // One paragraph's beginning does for any number of them.
            (tag, _) if tag.breaks() && !flat.trim_ascii_end().ends_with("<p>") => {
                flat.push_str("<p>");
            }
            _ => {}
        }
    }
}

/// Bytes of a tag of metadata that is passed on.
const LONGEST_METADATA: usize = 2000;

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(text: &str) -> bool {
        matches!(guarded(text, &Limits::default()), (Cow::Borrowed(_), None))
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
    fn nesting_is_flattened_and_the_text_kept() {
        let page = format!(
            "<title>T</title>{}<h2>Heading</h2>Deep{}",
            "<div>".repeat(100_000),
            "</div>".repeat(100_000)
        );
        let (flat, warning) = guarded(&page, &Limits::default());
        assert_eq!(flat, "<title>T</title><p><h2>Heading</h2>Deep<p>");
        assert_eq!(warning, None);
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
    fn a_page_of_too_many_elements_is_cut_and_says_so() {
        let limits = Limits { operations: 100, ..Limits::default() };
        let page = "<p>x".repeat(1000);
        let (flat, warning) = guarded(&page, &limits);
        assert_eq!(warning, Some(Warning::Limit("elements")));
        assert_eq!(flat.matches("<p>").count(), 100);
    }

    #[test]
    fn unfinished_markup_ends_the_page() {
        for page in ["text <!-- no end", "text <a href=\"no end", "text <script> no end", "text <"]
        {
            assert!(guarded(page, &Limits::default()).0.starts_with("text"));
        }
    }
}
