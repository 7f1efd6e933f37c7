//! Which part of a page is its article: Readability's answer, checked against all the text that is not boilerplate.
//!
//! Readability drops tables, lists and short pages now and then; a report's text must not be lost for a tidy page. What
//! comes out are blocks; nothing is rewritten.

use super::blocks::{Block, blocks};
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

/// Share of the page's prose that the found article must hold; below it the whole page less its boilerplate is taken.
const ENOUGH: f64 = 0.6;
/// Share of text in links up to which a page has no menus worth leaving out.
const FEW_LINKS: f64 = 0.05;

const BOILERPLATE: &[&str] = &["nav", "footer", "aside", "form", "menu"];
const MARKS: &[&str] = &[
    "cookie",
    "gdpr",
    "consent-",
    "related",
    "sidebar",
    "breadcrumb",
    "navbar",
    "newsletter",
    "share-",
    "sharing",
    "social-",
    "menu-",
    "skip-link",
    "comments",
    "disqus",
    "advert",
];

/// The article's blocks; `plain` pages, which hold no structure, are taken whole.
pub(super) fn find(document: Document, plain: bool) -> Vec<Block> {
    let whole = whole(&document);
    if plain || is_bare(&document, &whole) {
        return whole;
    }
    let config = Config { disable_json_ld: true, ..Config::default() };
    let Ok(mut reader) = Readability::with_document(document, None, Some(config)) else {
        return whole;
    };
    let Ok(article) = reader.parse() else { return whole };
    let content = Document::from(article.content);
    let found = blocks(content.root(), |_, _| false);
    if (prose(&found) as f64) < ENOUGH * prose(&whole) as f64 || found.is_empty() {
        return whole;
    }
    with_title(found, whole)
}

/// Readability takes the heading that repeats the title away; it is the first section's heading and belongs to it.
fn with_title(found: Vec<Block>, whole: Vec<Block>) -> Vec<Block> {
    let first = whole.into_iter().find(|block| block.heading);
    match first {
        Some(title) if !found.iter().any(|block| block.text == title.text) => {
            std::iter::once(title).chain(found).collect()
        }
        _ => found,
    }
}

/// Everything in the main part of the page that is not boilerplate.
fn whole(document: &Document) -> Vec<Block> {
    let body = document.body().unwrap_or_else(|| document.root());
    let all = blocks(body, is_boilerplate);
    for name in ["main", "[role=main]", "article"] {
        let parts = document.select(name);
        let [part] = parts.nodes() else { continue };
        let part = blocks(*part, is_boilerplate);
        if prose(&part) as f64 >= ENOUGH * prose(&all) as f64 && !part.is_empty() {
            return part;
        }
    }
    // Boilerplate that holds everything is none.
    if all.is_empty() { blocks(body, |_, _| false) } else { all }
}

/// Whether the page is text and hardly anything else: no menu marked as such, and few links or neither script nor style.
fn is_bare(document: &Document, whole: &[Block]) -> bool {
    let total: usize = whole.iter().map(|block| block.text.len()).sum();
    let linked: usize = whole.iter().map(|block| block.linked).sum();
    let few_links = linked as f64 <= FEW_LINKS * total as f64;
    let machinery = document.select("script, style, link[rel=stylesheet]").length();
    (machinery == 0 || (few_links && machinery < 3))
        && !document.select("nav, footer, aside, [role=navigation], iframe, form").exists()
}

fn is_boilerplate(node: &NodeRef<'_>, name: &str) -> bool {
    if matches!(name, "html" | "body" | "main" | "article") {
        return false;
    }
    if BOILERPLATE.contains(&name) && !(name == "form" && holds_text(node)) {
        return true;
    }
    if name == "header" {
        return !node.descendants_it().any(|inner| inner.has_name("h1"));
    }
    if node.has_attr("hidden") || node.attr("aria-hidden").as_deref() == Some("true") {
        return true;
    }
    if node.attr("style").is_some_and(|style| style.replace(' ', "").contains("display:none")) {
        return true;
    }
    let role = node.attr("role");
    if matches!(
        role.as_deref(),
        Some("navigation" | "banner" | "contentinfo" | "search" | "dialog")
    ) {
        return true;
    }
    let marked = |value: &str| {
        let value = value.to_ascii_lowercase();
        MARKS.iter().any(|mark| value.contains(mark))
    };
    let marked = node.class().is_some_and(|class| marked(&class))
        || node.id_attr().is_some_and(|id| marked(&id));
    marked && !holds_text(node)
}

/// Some sites put the whole page into one form or one marked element.
fn holds_text(node: &NodeRef<'_>) -> bool {
    node.descendants_it().any(|inner| inner.has_name("main") || inner.has_name("article"))
        || node.descendants_it().filter(|inner| inner.has_name("p")).nth(10).is_some()
}

/// Bytes of running text: blocks of some length that are not mostly links.
fn prose(blocks: &[Block]) -> usize {
    let running = |block: &&Block| block.text.len() > 80 && block.linked * 2 < block.text.len();
    blocks.iter().filter(running).map(|block| block.text.len()).sum()
}
