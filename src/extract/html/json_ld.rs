//! What a page says of itself as JSON-LD: headline, date, author, publisher of the article it is.
//!
//! In: the texts of its `application/ld+json` scripts. Out: an [`Item`]. Broken JSON is passed over. It reads nothing that
//! `metadata` has no use for.

use serde_json::Value;

/// Values nested deeper are not looked at; `serde_json` itself stops at 128.
const DEEPEST: usize = 8;

/// What is known of the article of a page.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) author: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) body: Option<String>,
    /// Whether it is a piece of news.
    pub(super) is_news: bool,
}

/// The first article, report or page described in a page's JSON-LD; what the first leaves open is taken from the next.
pub(super) fn read(scripts: &[String]) -> Item {
    let mut articles = Vec::new();
    let mut pages = Vec::new();
    let values: Vec<Value> = scripts.iter().filter_map(|script| parse(script)).collect();
    for value in &values {
        collect(value, DEEPEST, &mut articles, &mut pages);
    }
    let mut item = Item::default();
    for object in articles {
        item.is_news |= has_type(object, |name| name.ends_with("NewsArticle"));
        item.headline =
            item.headline.or_else(|| text(&object["headline"]).or_else(|| text(&object["name"])));
        item.body = item.body.or_else(|| text(&object["articleBody"]));
        fill(&mut item, object);
    }
    for object in pages {
        fill(&mut item, object);
    }
    item
}

fn fill(item: &mut Item, object: &Value) {
    let date = || text(&object["datePublished"]).or_else(|| text(&object["dateCreated"]));
    if item.published.is_none() {
        item.published = date();
    }
    if item.author.is_none() {
        item.author = names(&object["author"]);
    }
    if item.publisher.is_none() {
        item.publisher = names(&object["publisher"]);
    }
}

/// JSON as pages have it: in a CDATA section or a comment, with bare line breaks in strings, with a semicolon after it.
fn parse(script: &str) -> Option<Value> {
    let script =
        script.trim_start().trim_start_matches("<!--").trim_start_matches("//").trim_start();
    let script = script.strip_prefix("<![CDATA[").unwrap_or(script);
    let script = script.trim_end().trim_end_matches("//").trim_end().trim_end_matches("]]>");
    let start = script.find(['{', '['])?;
    let end = script.rfind(['}', ']'])?;
    let json = script.get(start..=end)?;
    serde_json::from_str(json).ok().or_else(|| {
        let spaced: String = json.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&spaced).ok()
    })
}

fn collect<'a>(
    value: &'a Value,
    depth: usize,
    articles: &mut Vec<&'a Value>,
    pages: &mut Vec<&'a Value>,
) {
    if depth == 0 {
        return;
    }
    match value {
        Value::Array(values) => {
            for value in values {
                collect(value, depth - 1, articles, pages);
            }
        }
        Value::Object(object) => {
            let is = |test| has_type(value, test);
            if is(|name| {
                name.ends_with("Article")
                    || matches!(name, "BlogPosting" | "Report" | "Legislation" | "LiveBlogPosting")
            }) {
                articles.push(value);
            } else if is(|name| name.ends_with("Page") || name == "CreativeWork") {
                pages.push(value);
            }
            for name in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = object.get(name) {
                    collect(inner, depth - 1, articles, pages);
                }
            }
        }
        _ => {}
    }
}

/// Whether one of an object's types passes a test.
fn has_type(object: &Value, test: fn(&str) -> bool) -> bool {
    match &object["@type"] {
        Value::String(name) => test(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(test),
        _ => false,
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(decoded(text.trim())).filter(|text| !text.is_empty()),
        Value::Array(values) => values.first().and_then(text),
        _ => None,
    }
}

/// A text without the entities that some put into JSON, where they mean nothing.
fn decoded(text: &str) -> String {
    if text.contains('&') && !text.contains('<') {
        dom_query::Document::fragment(text).text().trim().to_owned()
    } else {
        text.to_owned()
    }
}

/// A person's or organisation's name, or the names of several.
fn names(value: &Value) -> Option<String> {
    match value {
        Value::Array(values) => {
            let names: Vec<String> = values.iter().filter_map(names).collect();
            Some(names.join(", ")).filter(|names| !names.is_empty())
        }
        Value::Object(object) => object.get("name").and_then(names),
        // Some have an address here.
        Value::String(name) if name.starts_with("http") => None,
        _ => text(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_found_wherever_it_stands() {
        for script in [
            r#"{"@type":"NewsArticle","headline":"Una marcha","datePublished":"2021-03-08"}"#,
            r#"[{"@type":"WebSite","name":"Diario"},{"@type":["Article"],"headline":"Una marcha","datePublished":"2021-03-08"}]"#,
            r#"{"@graph":[{"@type":"BreadcrumbList"},{"@type":"Article","headline":"Una marcha","datePublished":"2021-03-08"}]}"#,
            "\n<![CDATA[\n{\"@type\":\"Article\",\"headline\":\"Una marcha\",\"datePublished\":\"2021-03-08\"}\n]]>\n",
            "<!-- {\"@type\":\"Article\",\"headline\":\"Una\nmarcha\",\"datePublished\":\"2021-03-08\"}; -->",
        ] {
            let item = read(&[script.to_owned()]);
            assert_eq!(item.headline.as_deref(), Some("Una marcha"), "{script}");
            assert_eq!(item.published.as_deref(), Some("2021-03-08"), "{script}");
        }
    }

    #[test]
    fn people_and_organisations_have_names() {
        let script = r#"{"@type":"Article","author":[{"name":"Ana"},{"name":"Luis"}],"publisher":{"name":"Diario"}}"#;
        let item = read(&[script.to_owned()]);
        assert_eq!(item.author.as_deref(), Some("Ana, Luis"));
        assert_eq!(item.publisher.as_deref(), Some("Diario"));
    }

    #[test]
    fn broken_json_is_passed_over() {
        let item = read(&["{\"@type\":".to_owned(), "[".repeat(100_000), "}{".to_owned()]);
        assert!(item.headline.is_none());
    }
}
