//! How deep a page's elements nest, told from its tags as an HTML parser would take them.
//!
//! In: tags in order. Out: the depth after each; a table's rows and cells are not counted, so that a parser's may be four
//! times as much. It builds no tree.

use super::pieces::is_one_of;
use super::raw_tag::RawTag;

/// The depth of the elements that are open.
#[derive(Default)]
pub(super) struct Nesting {
    /// Open elements that are neither lists nor items of one.
    others: usize,
    /// Open lists and items, innermost last.
    lists: Vec<ListPart>,
    /// Open lists among them.
    list_count: usize,
    /// Open drawings and formulas, in which every name nests.
    foreign: usize,
}

/// A list, or an item that a next one of its kind closes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ListPart {
    List,
    Item,
    TermOrDefinition,
}

impl ListPart {
    fn of(name: &str) -> Option<Self> {
        if is_one_of(name, &["li"]) {
            Some(Self::Item)
        } else if is_one_of(name, &["dt", "dd"]) {
            Some(Self::TermOrDefinition)
        } else if is_one_of(name, &["ul", "ol", "dl", "menu", "dir"]) {
            Some(Self::List)
        } else {
            None
        }
    }
}

impl Nesting {
    /// Whether a drawing or formula is open.
    pub(super) fn is_foreign(&self) -> bool {
        self.foreign > 0
    }

    /// Takes the next tag; returns the depth after it.
    pub(super) fn after(&mut self, tag: &RawTag<'_>) -> usize {
        let is_foreign = is_one_of(tag.name, &["svg", "math"]);
        if is_foreign && !tag.closes {
            self.foreign += 1;
        } else if is_foreign || (self.foreign > 0 && ends_foreign(tag.name)) {
            self.foreign = if is_foreign { self.foreign.saturating_sub(1) } else { 0 };
        }
        if let Some(part) = ListPart::of(tag.name) {
            self.list(part, tag.closes);
        } else if self.foreign > 0 && tag.raw.ends_with("/>") {
            // Closed in its own tag.
        } else if self.foreign > 0 || !closes_by_itself(tag.name) {
            let others =
                if tag.closes { self.others.checked_sub(1) } else { Some(self.others + 1) };
            self.others = others.unwrap_or(0);
        }
        self.others + self.lists.len()
    }

    fn list(&mut self, part: ListPart, closes: bool) {
        let is_list = part == ListPart::List;
        match (closes, self.lists.last()) {
            (false, last) if is_list || last != Some(&part) => {
                self.lists.push(part);
                self.list_count += usize::from(is_list);
            }
            (true, last) if !is_list && last == Some(&part) => {
                self.lists.pop();
            }
            (true, _) if is_list && self.list_count > 0 => {
                self.list_count -= 1;
                // With the items that were not closed in it.
                while self.lists.pop().is_some_and(|part| part != ListPart::List) {}
            }
            _ => {}
        }
    }
}

/// Elements that are never open inside each other outside of drawings and formulas, whether or not a page closes them.
fn closes_by_itself(name: &str) -> bool {
    let names = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr", "p", "option", "tr", "td", "th", "tbody", "thead", "tfoot", "a",
        "html", "head", "body", "path",
    ];
    is_one_of(name, &names)
}

/// Elements that end a drawing or formula that was not closed: the HTML standard's list, as far as pages have them.
fn ends_foreign(name: &str) -> bool {
    let names = [
        "b",
        "blockquote",
        "body",
        "br",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "hr",
        "i",
        "img",
        "li",
        "meta",
        "ol",
        "p",
        "pre",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "table",
        "u",
        "ul",
    ];
    is_one_of(name, &names)
}

#[cfg(test)]
mod tests {
    use super::super::pieces::{Piece, Pieces};
    use super::*;

    /// Checks the greatest depth on the way, and that at the end.
    #[track_caller]
    fn check(page: &str, greatest: usize, last: usize) {
        let mut nesting = Nesting::default();
        let tags = Pieces::of(page).filter_map(|piece| match piece {
            Piece::Tag(tag) => Some(nesting.after(&tag)),
            _ => None,
        });
        let depths: Vec<usize> = tags.collect();
        let found = (depths.iter().max().copied(), depths.last().copied());
        assert_eq!(found, (Some(greatest), Some(last)), "{page}");
    }

    #[test]
    fn elements_nest_until_they_are_closed() {
        check("<div><b>x</b><section></section></div>", 2, 0);
        check("<p>a<p>b<p>c<br>", 0, 0);
        check("</div></div><div>", 1, 1);
    }

    #[test]
    fn items_are_closed_by_the_next_of_their_kind_and_by_their_lists_end() {
        check(&"<ul><li>a<li>b</ul><dl><dt>c<dd>d</dl>".repeat(9), 2, 0);
        check("<ul><li>a</li><li>b</li></ul>", 2, 0);
        check("<ul><li><ul><li>a<li>b</ul><li>c</ul>", 4, 0);
        check(&"<li>a<li>b".repeat(9), 1, 1);
        check(&"<li><dd>".repeat(9), 18, 18);
    }

    #[test]
    fn in_a_drawing_every_name_nests() {
        check("<svg><path d='a'/><tr><tr><a></svg>", 4, 3);
        check("<math><td><td><p>x<td><td>", 3, 3);
    }
}
