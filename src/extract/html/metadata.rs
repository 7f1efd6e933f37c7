//! What a page says of itself: title, author, publisher, date, language and address, from its head, its JSON-LD and,
//! for the date, the first lines printed on it.
//!
//! Every field is as found; nothing is looked up.

use super::dates;
use crate::document::{Date, Language, Metadata};
use dom_query::{Document, NodeRef};
use serde_json::Value;

/// Bytes of a page's beginning in which a printed date is taken for its own.
const DATELINE: usize = 600;
const SEPARATORS: [&str; 8] = [" | ", " - ", " – ", " — ", " » ", " :: ", " · ", " • "];

/// The page's metadata.
pub(super) fn read(document: &Document) -> Metadata {
    let metas = metas(document);
    let linked = linked_data(document);
    let get = |names: &[&str]| names.iter().find_map(|name| find(&metas, name));
    let publisher = get(&[
        "og:site_name",
        "application-name",
        "dc.publisher",
        "dcterms.publisher",
        "citation_publisher",
    ])
    .or_else(|| linked.as_ref().and_then(|data| name_of(&data["publisher"])));
    let title = title(document, &get, linked.as_ref(), publisher.as_deref());
    let author = get(&[
        "author",
        "dc.creator",
        "dcterms.creator",
        "citation_author",
        "article:author",
        "parsely-author",
    ])
    .filter(|author| !author.starts_with("http"))
    .or_else(|| linked.as_ref().and_then(|data| name_of(&data["author"])));
    let date = published(document, &get, linked.as_ref(), title.as_deref());
    let language = language(document, &get);
    let canonical = attribute(document, "link[rel=canonical]", "href");
    let url =
        canonical.or_else(|| get(&["og:url", "twitter:url"])).filter(|url| url.starts_with("http"));
    Metadata { title, author, publisher, published: date, language, url }
}

/// The meta elements' names in lower case, with what they hold.
fn metas(document: &Document) -> Vec<(String, String)> {
    let named = |node: &NodeRef<'_>| {
        ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| node.attr(key))
    };
    let metas = document.select("meta[content]");
    let pairs = metas.nodes().iter().filter_map(|node| {
        let content = fold(&node.attr("content")?);
        (!content.is_empty()).then_some((named(node)?.to_lowercase(), content))
    });
    pairs.collect()
}

fn find(metas: &[(String, String)], name: &str) -> Option<String> {
    metas.iter().find(|(key, _)| key == name).map(|(_, content)| content.clone())
}

fn attribute(document: &Document, selector: &str, name: &str) -> Option<String> {
    let value = document.select_single(selector).attr(name)?;
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

fn fold(text: &str) -> String {
    let clean = text.replace(|c: char| c.is_control(), " ");
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text(document: &Document, selector: &str) -> Option<String> {
    let text = fold(&document.select_single(selector).text());
    (!text.is_empty()).then_some(text)
}

/// The first article-like object of the page's JSON-LD.
fn linked_data(document: &Document) -> Option<Value> {
    let scripts = document.select("script[type='application/ld+json']");
    let mut open: Vec<Value> = Vec::new();
    for script in scripts.nodes() {
        // The parser itself refuses what is nested deeper than it can hold.
        open.extend(serde_json::from_str::<Value>(&script.text()).ok());
    }
    open.reverse();
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items.into_iter().rev()),
            Value::Object(_)
                if value["headline"].is_string() || value["datePublished"].is_string() =>
            {
                return Some(value);
            }
            Value::Object(mut fields) => open.extend(fields.remove("@graph")),
            _ => {}
        }
    }
    None
}

fn name_of(value: &Value) -> Option<String> {
    let value = value.get(0).unwrap_or(value);
    let name = value.as_str().or_else(|| value["name"].as_str()).map(fold)?;
    (!name.is_empty() && !name.starts_with("http")).then_some(name)
}

fn title(
    document: &Document,
    get: &impl Fn(&[&str]) -> Option<String>,
    linked: Option<&Value>,
    site: Option<&str>,
) -> Option<String> {
    let heading = text(document, "h1");
    let clean = |title: String| without_site(&title, site, heading.as_deref());
    get(&["og:title", "dc.title", "dcterms.title", "citation_title", "twitter:title"])
        .map(clean)
        .or_else(|| linked.and_then(|data| data["headline"].as_str()).map(fold))
        .or_else(|| text(document, "head > title").map(clean))
        .filter(|title| !title.is_empty())
        .or_else(|| heading.clone())
}

/// A title without the site's name before or after it.
fn without_site(title: &str, site: Option<&str>, heading: Option<&str>) -> String {
    if heading.is_some_and(|heading| heading == title) {
        return title.to_owned();
    }
    let same = |part: &str, other: Option<&str>| {
        other.is_some_and(|other| part.trim().to_lowercase() == other.to_lowercase())
    };
    for separator in SEPARATORS {
        let (Some(first), Some(last)) = (title.split_once(separator), title.rsplit_once(separator))
        else {
            continue;
        };
        if same(last.0, heading) || same(last.1, site) {
            return last.0.trim().to_owned();
        }
        if same(first.1, heading) || same(first.0, site) {
            return first.1.trim().to_owned();
        }
        if same(first.0, heading) {
            return first.0.trim().to_owned();
        }
        // Without a name to compare with, a short end behind a long beginning is the site's.
        let words = |part: &str| part.split_whitespace().count();
        if site.is_none() && heading.is_none() && words(last.1) <= 3 && words(last.0) >= 4 {
            return last.0.trim().to_owned();
        }
    }
    title.to_owned()
}

fn published(
    document: &Document,
    get: &impl Fn(&[&str]) -> Option<String>,
    linked: Option<&Value>,
    title: Option<&str>,
) -> Option<Date> {
    const NAMES: [&str; 14] = [
        "article:published_time",
        "og:article:published_time",
        "datepublished",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.date",
        "dc.date",
        "dcterms.created",
        "citation_publication_date",
        "citation_date",
        "pubdate",
        "publishdate",
        "parsely-pub-date",
        "date",
    ];
    let linked = linked.and_then(|data| data["datePublished"].as_str()).and_then(dates::machine);
    linked
        .or_else(|| NAMES.iter().find_map(|name| get(&[name]).as_deref().and_then(dates::machine)))
        .or_else(|| {
            let stamp = attribute(document, "[itemprop=datePublished]", "datetime");
            stamp
                .or_else(|| attribute(document, "time[datetime]", "datetime"))
                .as_deref()
                .and_then(dates::machine)
        })
        .or_else(|| text(document, "time").as_deref().and_then(dates::printed))
        .or_else(|| title.and_then(dates::printed))
        .or_else(|| dates::printed(&beginning(document)))
}

/// The first text of the page's main part.
fn beginning(document: &Document) -> String {
    let main = document.select_single("main, article");
    let root = main.nodes().first().copied().or_else(|| document.body());
    let Some(root) = root else { return String::new() };
    let mut text = String::new();
    for node in root.descendants_it() {
        let silent = |parent: NodeRef<'_>| {
            ["script", "style", "noscript"].iter().any(|name| parent.has_name(name))
        };
        if node.is_text() && !node.parent().is_some_and(silent) {
            text.push(' ');
            text.push_str(&fold(&node.text()));
        }
        if text.len() > DATELINE {
            break;
        }
    }
    let end = (0..=DATELINE.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    text.truncate(end.unwrap_or(0));
    text
}

fn language(document: &Document, get: &impl Fn(&[&str]) -> Option<String>) -> Option<Language> {
    let html = document.select_single("html");
    let tag = html.attr("lang").or_else(|| html.attr("xml:lang")).map(|tag| tag.to_string());
    let tag = tag.filter(|tag| !tag.trim().is_empty());
    let tag =
        tag.or_else(|| get(&["content-language", "dc.language", "dcterms.language", "og:locale"]))?;
    Some(Language::parse(&tag).unwrap_or(Language::Other))
}
