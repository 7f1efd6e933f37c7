//! A parsed page as a flat list of its elements and texts in document order, which is what every later step walks.
//!
//! In: the tree of `dom_query`. Out: a [`Page`], from which everything without text is left out, and whose hidden
//! elements and boilerplate are marked. It does not decide what the article is.

use dom_query::{Document, Element, NodeData, NodeId, local_name};

use super::boilerplate::{Verdict, is_article_body, judge};
use super::shown::non_blank;
use super::tag::Tag;
use crate::document::Language;

/// The elements and texts of a page's body in document order.
pub(super) struct Page {
    /// Each node's subtree follows it and ends before `end`.
    pub(super) nodes: Vec<Node>,
    /// The element that is declared to be the article's text, the largest if several are.
    pub(super) declared_body: Option<usize>,
    /// The sum of all nodes' depths.
    pub(super) depths: usize,
    /// The characters of all texts, one after the other.
    text: String,
}

/// An element or a text.
pub(super) struct Node {
    /// Its place in the tree that was parsed.
    pub(super) id: NodeId,
    /// The element it stands in; the first node is its own parent.
    pub(super) parent: usize,
    /// The first node after its subtree.
    pub(super) end: usize,
    /// What it is.
    pub(super) kind: Kind,
    /// Characters in it, without white space.
    pub(super) chars: usize,
    /// Those of them that are in links.
    pub(super) link_chars: usize,
    /// The language that it, or an element around it, is marked with.
    pub(super) marked: Option<Language>,
    /// What it is by its own name and attributes.
    verdict: Verdict,
    /// Whether it is declared to be the article's text.
    declared: bool,
    /// Whether it is boilerplate, or stands in it.
    pub(super) junk: bool,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// A text: its bytes in the page's text.
    Text { start: usize, end: usize },
    /// An element, and its `id` if it has one.
    Element { tag: Tag, anchor: Option<String> },
}

impl Node {
    /// The element's tag; a text counts as inline.
    pub(super) fn tag(&self) -> Tag {
        match self.kind {
            Kind::Element { tag, .. } => tag,
            Kind::Text { .. } => Tag::Inline,
        }
    }
}

impl Page {
    /// The page of a document's body, or of all of it where the body is missing.
    pub(super) fn of(document: &Document) -> Self {
        let root = document.body().unwrap_or_else(|| document.root());
        let mut page =
            Self { nodes: Vec::new(), declared_body: None, depths: 0, text: String::new() };
        page.walk(document, root.id);
        page.count();
        page.mark_junk();
        page.choose_body();
        page
    }

    /// A text node's characters; nothing for an element.
    pub(super) fn text_of(&self, node: usize) -> &str {
        match self.nodes[node].kind {
            Kind::Text { start, end } => &self.text[start..end],
            Kind::Element { .. } => "",
        }
    }

    /// A node and those it stands in, outwards.
    pub(super) fn outwards(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(node), |node| Some(self.nodes[*node].parent))
            .scan(None, |last, node| (last.replace(node) != Some(node)).then_some(node))
    }

    /// Walks the tree without recursion: its depth is the page's to choose.
    fn walk(&mut self, document: &Document, root: NodeId) {
        let mut depth = 0;
        let mut next = Some(root);
        let mut parent = 0;
        while let Some(id) = next {
            let entered = self.enter(document, id, parent);
            let (child, mut sibling, up) = document
                .tree
                .query_node(&id, |node| (node.first_child, node.next_sibling, node.parent))
                .unwrap_or_default();
            if let Some(child) = child.filter(|_| entered.is_some()) {
                next = Some(child);
                depth += 1;
                self.depths += depth;
                parent = entered.unwrap_or(parent);
                continue;
            }
            if let Some(node) = entered {
                self.nodes[node].end = self.nodes.len();
            }
            let (mut here, mut above) = (id, up);
            while sibling.is_none() && here != root {
                let Some(id) = above else { break };
                here = id;
                depth = depth.saturating_sub(1);
                self.nodes[parent].end = self.nodes.len();
                parent = self.nodes[parent].parent;
                (sibling, above) = document
                    .tree
                    .query_node(&id, |node| (node.next_sibling, node.parent))
                    .unwrap_or_default();
            }
            self.depths += depth;
            next = sibling.filter(|_| here != root);
        }
    }

    /// Appends a node of the tree, unless it and all that is in it is left out.
    fn enter(&mut self, document: &Document, id: NodeId, parent: usize) -> Option<usize> {
        let in_heading =
            self.nodes.get(parent).is_some_and(|node| matches!(node.tag(), Tag::Heading(_)));
        let text = &mut self.text;
        let found = document.tree.query_node(&id, |node| match &node.data {
            NodeData::Text { contents } => {
                let start = text.len();
                text.push_str(contents);
                Some((Kind::Text { start, end: text.len() }, Verdict::Content, false, None))
            }
            NodeData::Element(element) => {
                let name = element.name.local.as_ref();
                let tag = match Tag::of(name) {
                    // Headings that unfold a section wrap their text in a button.
                    Tag::NoText if in_heading && name == "button" => Tag::Inline,
                    tag => tag,
                };
                if tag == Tag::NoText {
                    return None;
                }
                let verdict = judge(element, tag);
                let name =
                    if tag == Tag::Link { element.attr_ref(local_name!("name")) } else { None };
                let anchor = element.attr_ref(local_name!("id")).or(name);
                let anchor = anchor.filter(|anchor| !anchor.is_empty()).map(str::to_owned);
                let kind = Kind::Element { tag, anchor };
                Some((kind, verdict, is_article_body(element), marked_language(element)))
            }
            NodeData::Document | NodeData::Fragment => {
                let kind = Kind::Element { tag: Tag::Block, anchor: None };
                Some((kind, Verdict::Content, false, None))
            }
            _ => None,
        });
        let (kind, verdict, declared, marked) = found.flatten()?;
        let marked = marked.or_else(|| self.nodes.get(parent)?.marked);
        let place = self.nodes.len();
        self.nodes.push(Node {
            id,
            parent,
            end: place + 1,
            kind,
            chars: 0,
            link_chars: 0,
            marked,
            verdict,
            declared,
            junk: false,
        });
        Some(place)
    }

    /// Counts each element's characters from the last node to the first.
    fn count(&mut self) {
        for place in (0..self.nodes.len()).rev() {
            let own = non_blank(self.text_of(place));
            let node = &mut self.nodes[place];
            node.chars += own;
            if node.tag() == Tag::Link {
                node.link_chars = node.chars;
            }
            let (parent, chars, link_chars) = (node.parent, node.chars, node.link_chars);
            if parent != place {
                self.nodes[parent].chars += chars;
                self.nodes[parent].link_chars += link_chars;
            }
        }
    }

    fn choose_body(&mut self) {
        let declared = (0..self.nodes.len())
            .filter(|place| self.nodes[*place].declared && !self.nodes[*place].junk);
        self.declared_body = declared.max_by_key(|place| self.nodes[*place].chars);
    }

    /// Marks boilerplate and all that stands in it. An element that holds too much of the page's text to be boilerplate is
    /// not: a `body` of class `has-sidebar`, an article inside `<div class="widget">`, a page that scripts would unveil.
    fn mark_junk(&mut self) {
        let all = self.nodes.first().map_or(0, |body| body.chars - body.link_chars);
        for place in 0..self.nodes.len() {
            let node = &self.nodes[place];
            let share = (node.chars - node.link_chars) as f64 / all.max(1) as f64;
            let junk = match node.verdict {
                Verdict::Content => false,
                Verdict::Boilerplate => share <= LARGEST_BOILERPLATE,
                Verdict::Apart => share <= LARGEST_APART,
            };
            let parent = node.parent;
            self.nodes[place].junk = junk || (parent != place && self.nodes[parent].junk);
        }
    }
}

/// The language of an element's `lang` attribute; one that is none of the indexed three is [`Language::Other`].
fn marked_language(element: &Element) -> Option<Language> {
    let is_lang = |name: &str| matches!(name, "lang" | "xml:lang");
    let attribute = element.attrs.iter().find(|attribute| is_lang(&attribute.name.local))?;
    let tag = attribute.value.trim();
    (!tag.is_empty()).then(|| Language::parse(tag).unwrap_or(Language::Other))
}

/// Share of a page's text, without its links, above which no name makes an element boilerplate.
const LARGEST_BOILERPLATE: f64 = 0.4;

/// The same for elements that are not shown, and for comments.
const LARGEST_APART: f64 = 0.8;
