//! The pages of a document in order, with what they inherit.
//!
//! Walks the page tree without recursion: cycles, missing types and wrong counts do not matter to it. A tree without a
//! page falls back to the page objects that the file holds.

use std::sync::LazyLock;

use lopdf::{Dictionary, Document, Object, ObjectId};
use rustc_hash::FxHashSet;

use super::budget::Budget;
use super::objects;
use super::view::View;
use crate::Limits;
use crate::Rect;

/// One physical page.
#[derive(Clone, Copy)]
pub(super) struct PageObject<'a> {
    /// The page's own dictionary.
    pub dict: &'a Dictionary,
    /// Its object, where it has a number.
    pub id: Option<ObjectId>,
    /// Its resources, its own or inherited.
    pub resources: Option<&'a Dictionary>,
    /// What is shown of it.
    pub view: View,
}

/// The dictionary of a page whose object is missing.
static MISSING: LazyLock<Dictionary> = LazyLock::new(Dictionary::new);

/// What a node of the page tree hands down.
#[derive(Clone, Copy, Default)]
struct Inherited<'a> {
    resources: Option<&'a Dictionary>,
    media: Option<[f32; 4]>,
    crop: Option<[f32; 4]>,
    turns: u8,
}

impl<'a> Inherited<'a> {
    fn with(self, doc: &'a Document, dict: &'a Dictionary) -> Self {
        let turns = objects::number(doc, dict, b"Rotate");
        Self {
            resources: objects::dictionary(doc, dict, b"Resources").or(self.resources),
            media: rectangle(doc, dict, b"MediaBox").or(self.media),
            crop: rectangle(doc, dict, b"CropBox").or(self.crop),
            turns: turns
                .map_or(self.turns, |degrees| ((degrees / 90.0) as i64).rem_euclid(4) as u8),
        }
    }

    fn page(self, dict: &'a Dictionary, id: Option<ObjectId>) -> PageObject<'a> {
        // US letter, as other readers assume where no size is given.
        let media = self.media.unwrap_or([0.0, 0.0, 612.0, 792.0]);
        let [left, bottom, right, top] =
            self.crop.and_then(|crop| intersection(crop, media)).unwrap_or(media);
        let bounds = Rect { left, bottom, right, top };
        PageObject { dict, id, resources: self.resources, view: View { bounds, turns: self.turns } }
    }
}

/// The document's pages, at most `most`; the budget is told when there are more.
pub(super) fn list<'a>(doc: &'a Document, most: usize, budget: &Budget) -> Vec<PageObject<'a>> {
    let pages = tree(doc).map(|tree| walk(doc, tree, most, budget)).unwrap_or_default();
    if pages.is_empty() { scattered(doc, most, budget) } else { pages }
}

/// The object numbers of the pages that the page tree leads to, at most `most`: what loading judges a file by.
pub(super) fn in_tree(doc: &Document, most: usize) -> Vec<ObjectId> {
    let budget = Budget::new(&Limits::default());
    let pages = tree(doc).map(|tree| walk(doc, tree, most, &budget)).unwrap_or_default();
    pages.into_iter().filter_map(|page| page.id).collect()
}

fn tree(doc: &Document) -> Option<&Object> {
    let root = objects::follow(doc, doc.trailer.as_hashmap().get(b"Root".as_slice())?)?;
    objects::as_dictionary(root)?.as_hashmap().get(b"Pages".as_slice())
}

fn walk<'a>(
    doc: &'a Document,
    root: &'a Object,
    most: usize,
    budget: &Budget,
) -> Vec<PageObject<'a>> {
    let mut pages = Vec::new();
    let mut nodes_seen = FxHashSet::default();
    // Depth first, the next kid on top. A kid of a node that was seen is not looked at again, so this ends.
    let mut waiting = vec![(root, Inherited::default(), 0_usize)];
    while let Some((object, inherited, depth)) = waiting.pop() {
        let Some((id, object)) = objects::follow_with_id(doc, object) else {
            // A page whose object is missing keeps its place, so that the numbers of those after it stay right.
            if let Object::Reference(id) = object
                && pages.len() < most
            {
                pages.push(inherited.page(&MISSING, Some(*id)));
            }
            continue;
        };
        let Some(dict) = objects::as_dictionary(object) else { continue };
        let inherited = inherited.with(doc, dict);
        if let Some(kids) = objects::array(doc, dict, b"Kids") {
            if !nodes_seen.insert(std::ptr::from_ref(dict)) {
                continue;
            }
            if depth >= budget.depth() {
                budget.note("nesting");
            } else if budget.operate(kids.len() as u64) {
                waiting.extend(kids.iter().rev().map(|kid| (kid, inherited, depth + 1)));
            }
        } else if !dict.has_type(b"Pages") {
            if pages.len() >= most {
                budget.note("pages");
                break;
            }
            pages.push(inherited.page(dict, id));
        }
    }
    pages
}

/// Every object that calls itself a page, by its number: the order in which most programs write them.
fn scattered<'a>(doc: &'a Document, most: usize, budget: &Budget) -> Vec<PageObject<'a>> {
    let mut pages = Vec::new();
    for (id, object) in &doc.objects {
        let Object::Dictionary(dict) = object else { continue };
        if !dict.has_type(b"Page") {
            continue;
        }
        if pages.len() >= most {
            budget.note("pages");
            break;
        }
        let parent = objects::dictionary(doc, dict, b"Parent");
        let inherited = parent.map(|parent| Inherited::default().with(doc, parent));
        let inherited = inherited.unwrap_or_default().with(doc, dict);
        pages.push(inherited.page(dict, Some(*id)));
    }
    pages
}

/// A rectangle with its corners in order; `None` where it is empty.
fn rectangle(doc: &Document, dict: &Dictionary, key: &[u8]) -> Option<[f32; 4]> {
    let [x0, y0, x1, y1] = objects::numbers(doc, dict, key)?;
    let sorted = [x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)];
    (sorted[2] - sorted[0] > 1.0 && sorted[3] - sorted[1] > 1.0).then_some(sorted)
}

fn intersection(a: [f32; 4], b: [f32; 4]) -> Option<[f32; 4]> {
    let common = [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])];
    (common[2] > common[0] && common[3] > common[1]).then_some(common)
}
