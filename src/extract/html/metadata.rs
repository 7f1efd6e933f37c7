//! What a page says of itself: title, author, publisher, date, language, address.
//!
//! In: the tree, then the blocks of its body. Out: [`Metadata`]. Each value is taken from where pages tell it most
//! truthfully first: JSON-LD, then `meta`, then what stands on the page. It does not know publishers: that a domain
//! belongs to a newspaper is for a later stage.

use dom_query::{Document, Element, NodeData, NodeRef, local_name};

use super::blocks::{Block, Shape};
use super::json_ld::{self, Item};
use super::title;
use crate::document::{Language, Metadata, PublisherKind};

const AUTHOR: &[&str] = &[
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "parsely-author",
    "byl",
    "sailthru.author",
];

const PUBLISHER: &[&str] = &[
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "citation_publisher",
    "application-name",
    "copyright",
];

/// Characters of an element's text that are read for its date.
const LONGEST_DATE: usize = 100;

/// Scripts, dates and the like of one page that are read.
const MOST: usize = 50;

/// What the tree declares, before its text is looked at.
#[derive(Debug, Default)]
pub(super) struct Declared {
    language: Option<String>,
    title: Option<String>,
    metas: Vec<(String, String)>,
    canonical: Option<String>,
    /// Dates of elements that are marked as the date of publication, then of `time` elements.
    pub(super) marked_dates: Vec<String>,
    pub(super) times: Vec<String>,
    pub(super) item: Item,
}

/// What a document's elements declare; `address` is where it was saved from, if that is known and it says nothing else.
pub(super) fn declared(document: &Document, address: Option<&str>) -> Declared {
    let mut declared = Declared::default();
    let mut scripts = Vec::new();
    for node in document.root().descendants_it() {
        let wanted = node.query_or(false, |node| match &node.data {
            NodeData::Element(element) => declared.element(element),
            _ => false,
        });
        if !wanted {
            continue;
        }
        if node.has_name("script") {
            if scripts.len() < MOST {
                scripts.push(node.text().to_string());
            }
        } else if node.has_name("title") {
            declared.title = folded(&node.text());
        } else {
            let text = first_text(&node);
            let dates = if node.has_name("time") {
                &mut declared.times
            } else {
                &mut declared.marked_dates
            };
            dates.push(text);
        }
    }
    declared.item = json_ld::read(&scripts);
    declared.canonical = declared.canonical.or_else(|| address.map(str::to_owned));
    declared
}

impl Declared {
    /// Notes an element's attributes; whether its text is wanted, too.
    fn element(&mut self, element: &Element) -> bool {
        let attribute =
            |name| element.attr_ref(name).map(str::trim).filter(|value| !value.is_empty());
        match element.name.local {
            local_name!("html") => {
                let xml =
                    || element.attrs.iter().find(|attribute| &*attribute.name.local == "xml:lang");
                let language =
                    attribute(local_name!("lang")).or_else(|| xml().map(|xml| &*xml.value));
                self.language = language.map(str::to_owned);
                false
            }
            local_name!("meta") => {
                self.meta(element);
                false
            }
            local_name!("link") => {
                if attribute(local_name!("rel")) == Some("canonical") && self.canonical.is_none() {
                    self.canonical = attribute(local_name!("href")).map(str::to_owned);
                }
                false
            }
            local_name!("script") => attribute(local_name!("type"))
                .is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json")),
            local_name!("title") => self.title.is_none(),
            _ => self.date(element),
        }
    }

    fn meta(&mut self, element: &Element) {
        let Some(content) = element.attr_ref(local_name!("content")).and_then(folded) else {
            return;
        };
        for attribute in &element.attrs {
            if matches!(
                attribute.name.local.as_ref(),
                "name" | "property" | "itemprop" | "http-equiv"
            ) {
                for name in attribute.value.split_ascii_whitespace() {
                    self.metas.push((plain_name(name), content.clone()));
                }
            }
        }
    }

    /// Notes the date of a `time` element or of one marked as the date of publication.
    fn date(&mut self, element: &Element) -> bool {
        let is_time = element.name.local == local_name!("time");
        let marked = element.attrs.iter().any(|attribute| match attribute.name.local {
            local_name!("itemprop") => attribute.value.contains("datePublished"),
            local_name!("class") => {
                attribute.value.contains("published") && !attribute.value.contains("updated")
            }
            _ => &*attribute.name.local == "pubdate",
        });
        let dates = if marked { &mut self.marked_dates } else { &mut self.times };
        if !(is_time || marked) || dates.len() >= MOST {
            return false;
        }
        let value = ["datetime", "content", "title"]
            .into_iter()
            .find_map(|name| element.attrs.iter().find(|attribute| &*attribute.name.local == name));
        if let Some(value) = value {
            dates.push(value.value.to_string());
        }
        value.is_none()
    }

    pub(super) fn named(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            self.metas.iter().find(|meta| meta.0 == *name).map(|meta| meta.1.as_str())
        })
    }

    /// Replaces the blocks of an article of which the page itself shows only the beginning, by the text that its JSON-LD
    /// has of it.
    pub(super) fn complete(&self, blocks: &mut Vec<Block>) {
        let Some(body) = &self.item.body else { return };
        let shown: usize = blocks.iter().map(|block| block.chars).sum();
        let whole = body.chars().filter(|c| !c.is_whitespace()).count();
        if whole > 2 * shown && whole > shown + 500 && !body.contains("</") {
            blocks.retain(|block| matches!(block.shape, Shape::Heading(1)));
            blocks.extend(body.split('\n').filter_map(folded).map(|text| Block::of_text(&text)));
        }
    }

    /// The metadata of a page with these blocks, of which `junk` are the site's.
    pub(super) fn metadata(&self, blocks: &[Block], junk: &[bool]) -> Metadata {
        let publisher =
            self.item.publisher.clone().or_else(|| self.named(PUBLISHER).map(str::to_owned));
        let url = self.canonical.clone().or_else(|| self.named(&["og:url"]).map(str::to_owned));
        let own: Vec<&Block> =
            blocks.iter().zip(junk).filter(|(_, junk)| !**junk).map(|(block, _)| block).collect();
        let title = title::choose(&title::Sources {
            headline: self.item.headline.as_deref(),
            social: self.named(&[
                "dc.title",
                "dcterms.title",
                "citation_title",
                "og:title",
                "twitter:title",
            ]),
            title: self.title.as_deref(),
            site: publisher.as_deref().into_iter().chain(self.named(&["og:site_name"])).collect(),
            headings: own
                .iter()
                .filter(|block| matches!(block.shape, Shape::Heading(1 | 2)))
                .map(|block| (block.shape == Shape::Heading(1), block.text.as_str()))
                .take(20)
                .collect(),
            first: own.first().map(|block| block.text.as_str()),
        });
        let author = self.item.author.clone().or_else(|| self.named(AUTHOR).map(str::to_owned));
        let dates = self.published(blocks, title.as_deref(), url.as_deref());
        let mut metadata = Metadata {
            title,
            author: author
                .and_then(|author| folded(&author))
                .filter(|name| !name.starts_with("http")),
            publisher: publisher
                .and_then(|publisher| folded(&publisher))
                .filter(|name| !name.starts_with("http")),
            kind: self.item.is_news.then_some(PublisherKind::Media),
            language: self.language_tag().and_then(Language::parse),
            url: url.filter(|url| url.starts_with("http")),
            ..Metadata::default()
        };
        metadata.set_dates(dates);
        metadata
    }

    pub(super) fn language_tag(&self) -> Option<&str> {
        let names =
            ["content-language", "og:locale", "dc.language", "dcterms.language", "language"];
        self.language.as_deref().or_else(|| self.named(&names))
    }
}

/// A name of a `meta` element in lower case; Dublin Core's are written with points, colons or a different prefix.
fn plain_name(name: &str) -> String {
    let name = name.to_lowercase();
    match name.split_once([':', '.']) {
        Some(("dc", name)) => format!("dc.{name}"),
        Some(("dcterm" | "dcterms", name)) => format!("dcterms.{name}"),
        _ => name,
    }
}

/// The first characters of an element's text.
fn first_text(node: &NodeRef<'_>) -> String {
    let mut text = String::new();
    for inner in node.descendants_it() {
        inner.query(|inner| {
            if let NodeData::Text { contents } = &inner.data {
                text.extend(contents.chars().take(LONGEST_DATE));
            }
        });
        if text.len() >= LONGEST_DATE {
            break;
        }
    }
    text
}

/// A text with its white space folded and without control characters, unless it has nothing else.
fn folded(text: &str) -> Option<String> {
    let text = text.replace(|c: char| c.is_control() && !c.is_whitespace(), "");
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!folded.is_empty()).then_some(folded)
}
