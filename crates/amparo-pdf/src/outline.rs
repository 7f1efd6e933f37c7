//! Bookmarks: the titles of a document's sections and the pages on which they begin.
//!
//! In: a document and its pages in order; out: bookmarks in page order. Bookmarks that lead to another file or nowhere
//! are left out. Does not decide which title a page carries on.

use std::collections::{HashMap, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::budget::Budget;
use super::document::Bookmark;
use super::text_string;

/// Most bookmarks and destinations that are read.
const ITEMS: usize = 100_000;

/// Deepest level that is followed.
const LEVELS: u8 = 32;

/// Longest title, in characters: longer ones are paragraphs that a word processor took for headings.
const TITLE: usize = 200;

/// The bookmarks that lead to one of `pages`, in page order; those of one page in the outline's order.
pub(super) fn bookmarks(document: &Document, pages: &[ObjectId], budget: &Budget) -> Vec<Bookmark> {
    let Ok(catalog) = document.catalog() else { return Vec::new() };
    let Ok(outline) = catalog.get_deref(b"Outlines", document).and_then(Object::as_dict) else {
        return Vec::new();
    };
    let destinations = Destinations::read(document, catalog, pages);
    let mut bookmarks = Vec::new();
    let mut seen: HashSet<ObjectId> = HashSet::new();
    let first = |item: &Dictionary, key: &[u8]| item.get(key).and_then(Object::as_reference).ok();
    let mut open: Vec<(ObjectId, u8)> =
        first(outline, b"First").map(|id| (id, 0)).into_iter().collect();
    while let Some((id, level)) = open.pop() {
        if seen.len() >= ITEMS {
            budget.note("bookmarks");
            break;
        }
        if !seen.insert(id) {
            continue;
        }
        let Ok(item) = document.get_dictionary(id) else { continue };
        let title = text_string::line(document, item, b"Title");
        let title = title.filter(|title| title.chars().count() <= TITLE);
        if let (Some(title), Some(page)) = (title, destinations.page_of(item)) {
            bookmarks.push(Bookmark { page, title, level });
        }
        // The next one is put below the first child, so that an item's children come before its sibling.
        open.extend(first(item, b"Next").map(|next| (next, level)));
        if level < LEVELS {
            open.extend(first(item, b"First").map(|child| (child, level + 1)));
        }
    }
    bookmarks.sort_by_key(|bookmark| bookmark.page);
    bookmarks
}

/// Where destinations lead.
struct Destinations<'a> {
    document: &'a Document,
    numbers: HashMap<ObjectId, u32>,
    count: usize,
    /// The destinations that have a name.
    named: HashMap<&'a [u8], &'a Object>,
}

impl<'a> Destinations<'a> {
    fn read(document: &'a Document, catalog: &'a Dictionary, pages: &[ObjectId]) -> Self {
        let mut page_numbers = HashMap::new();
        for (&id, number) in pages.iter().zip(1..) {
            // A page that stands in the tree twice is found at its first place.
            page_numbers.entry(id).or_insert(number);
        }
        let mut named = HashMap::new();
        // PDF 1.1 keeps them in a dictionary, later versions in a name tree.
        if let Ok(old) = catalog.get_deref(b"Dests", document).and_then(Object::as_dict) {
            named.extend(
                old.iter().take(ITEMS).map(|(name, destination)| (name.as_slice(), destination)),
            );
        }
        let trees = catalog.get_deref(b"Names", document).and_then(Object::as_dict);
        if let Ok(root) = trees.and_then(|trees| trees.get_deref(b"Dests", document)) {
            read_names(document, root, &mut named);
        }
        Self { document, numbers: page_numbers, count: pages.len(), named }
    }

    /// The page that a bookmark leads to.
    fn page_of(&self, item: &Dictionary) -> Option<u32> {
        if let Ok(destination) = item.get(b"Dest") {
            return self.page(destination);
        }
        let action = item.get_deref(b"A", self.document).and_then(Object::as_dict).ok()?;
        let kind = action.get_deref(b"S", self.document).and_then(Object::as_name).ok()?;
        if kind == b"GoTo" { self.page(action.get(b"D").ok()?) } else { None }
    }

    fn page(&self, destination: &Object) -> Option<u32> {
        let mut destination = destination;
        // A name leads to an array, maybe by way of a dictionary; names that lead to names are not followed for long.
        for _ in 0..4 {
            destination = match self.document.dereference(destination).ok()?.1 {
                Object::Array(parts) => return self.physical(parts.first()?),
                Object::Name(name) | Object::String(name, _) => self.named.get(name.as_slice())?,
                Object::Dictionary(dictionary) => dictionary.get(b"D").ok()?,
                _ => return None,
            };
        }
        None
    }

    /// The physical number of a page given by reference, or wrongly but often by its index.
    fn physical(&self, page: &Object) -> Option<u32> {
        match page {
            Object::Reference(id) => self.numbers.get(id).copied(),
            Object::Integer(index) => {
                let number = u32::try_from(*index).ok()?.checked_add(1)?;
                (number as usize <= self.count).then_some(number)
            }
            _ => None,
        }
    }
}

/// Adds what a name tree holds to `named`.
fn read_names<'a>(
    document: &'a Document,
    root: &'a Object,
    named: &mut HashMap<&'a [u8], &'a Object>,
) {
    let mut seen: HashSet<ObjectId> = HashSet::new();
    let mut nodes = vec![root];
    while let Some(node) = nodes.pop() {
        let Ok(node) = node.as_dict() else { continue };
        if let Ok(pairs) = node.get_deref(b"Names", document).and_then(Object::as_array) {
            for pair in pairs.chunks_exact(2) {
                if let (Ok((_, Object::String(name, _))), true) =
                    (document.dereference(&pair[0]), named.len() < ITEMS)
                {
                    named.entry(name.as_slice()).or_insert(&pair[1]);
                }
            }
        }
        let kids = node.get_deref(b"Kids", document).and_then(Object::as_array);
        for id in kids.into_iter().flatten().filter_map(|kid| kid.as_reference().ok()) {
            if seen.len() < ITEMS && seen.insert(id) {
                nodes.extend(document.get_object(id).ok());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use lopdf::dictionary;

    /// A document with three pages and an outline of the given items, whose `Next` and `First` name the index of another.
    fn document(items: Vec<Dictionary>, catalog: Dictionary) -> (Document, Vec<ObjectId>) {
        let mut document = Document::new();
        for number in 1..=3 {
            document.objects.insert((number, 0), dictionary! { "Type" => "Page" }.into());
        }
        for (index, mut item) in items.into_iter().enumerate() {
            for key in ["Next", "First"] {
                if let Ok(other) = item.get(key.as_bytes()).and_then(Object::as_i64) {
                    item.set(key, Object::Reference((10 + other as u32, 0)));
                }
            }
            document.objects.insert((10 + index as u32, 0), item.into());
        }
        let mut catalog = catalog;
        catalog.set("Outlines", dictionary! { "First" => Object::Reference((10, 0)) });
        document.objects.insert((100, 0), catalog.into());
        document.trailer.set("Root", Object::Reference((100, 0)));
        (document, vec![(1, 0), (2, 0), (3, 0)])
    }

    fn item(title: &str, destination: impl Into<Object>) -> Dictionary {
        dictionary! { "Title" => Object::string_literal(title), "Dest" => destination.into() }
    }

    fn to(page: u32) -> Object {
        vec![Object::Reference((page, 0)), "Fit".into()].into()
    }

    fn linked(mut item: Dictionary, key: &str, other: i64) -> Dictionary {
        item.set(key, other);
        item
    }

    #[track_caller]
    fn check(items: Vec<Dictionary>, catalog: Dictionary, expected: &[(u32, &str, u8)]) {
        let (document, pages) = document(items, catalog);
        let found = bookmarks(&document, &pages, &Budget::new(&Limits::default()));
        let found: Vec<_> =
            found.iter().map(|mark| (mark.page, mark.title.as_str(), mark.level)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn bookmarks_come_in_page_order_with_their_levels() {
        let items = vec![
            linked(linked(item("One", to(1)), "Next", 1), "First", 2),
            item("Three", to(3)),
            item("One a", to(2)),
        ];
        check(items, dictionary! {}, &[(1, "One", 0), (2, "One a", 1), (3, "Three", 0)]);
    }

    #[test]
    fn named_destinations_are_found_in_both_places() {
        let items =
            vec![linked(item("Old", "old"), "Next", 1), item("New", Object::string_literal("new"))];
        let leaf = dictionary! { "Names" => vec![Object::string_literal("new"), dictionary! { "D" => to(2) }.into()] };
        let catalog = dictionary! {
            "Dests" => dictionary! { "old" => to(3) },
            "Names" => dictionary! { "Dests" => leaf },
        };
        check(items, catalog, &[(2, "New", 0), (3, "Old", 0)]);
    }

    #[test]
    fn actions_lead_to_pages_of_this_file_only() {
        let action = |kind: &str| {
            let action = dictionary! { "S" => kind, "D" => vec![Object::Integer(1), "Fit".into()] };
            dictionary! { "Title" => Object::string_literal(kind), "A" => action }
        };
        let items = vec![linked(action("GoTo"), "Next", 1), action("GoToR")];
        check(items, dictionary! {}, &[(2, "GoTo", 0)]);
    }

    #[test]
    fn bookmarks_that_lead_nowhere_are_left_out() {
        let items = vec![
            linked(item("Gone", to(77)), "Next", 1),
            linked(item("Unnamed", "nobody"), "Next", 2),
            item("", to(1)),
        ];
        check(items, dictionary! {}, &[]);
    }

    #[test]
    fn outlines_and_names_that_go_round_end() {
        let items = vec![linked(linked(item("One", to(1)), "Next", 0), "First", 0)];
        check(items, dictionary! {}, &[(1, "One", 0)]);
        let itself = dictionary! { "Dests" => dictionary! { "a" => "a" } };
        check(vec![item("Round", "a")], itself, &[]);
    }
}
