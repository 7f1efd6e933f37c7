//! Articles, titles and dates of the judged web pages, where they are at hand, scored as their README says.

use std::collections::HashMap;
use std::path::Path;

use amparo::extract::{self, Extracted, Limits};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::support::evaluation;

/// What was counted over all pages.
#[derive(Debug, Default)]
struct Counts {
    /// Snippets that must be in the text: found, missed; and those that must not, found.
    found: f64,
    missed: f64,
    wrong: f64,
    /// The sum of the articles' scores, and how many there are.
    articles: (f64, f64),
    titles: (f64, f64),
    dates: (f64, f64),
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn words(text: &str) -> HashMap<String, f64> {
    let folded: String = text.nfkc().collect::<String>().to_lowercase();
    let mut words = HashMap::new();
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_owned()).or_default() += 1.0;
    }
    words
}

fn word_f1(expected: &str, text: &str) -> f64 {
    let (expected, found) = (words(expected), words(text));
    let common: f64 =
        expected.iter().map(|(word, count)| count.min(*found.get(word).unwrap_or(&0.0))).sum();
    let total = |words: &HashMap<String, f64>| words.values().sum::<f64>();
    2.0 * common / (total(&expected) + total(&found)).max(1.0)
}

/// A title as it is compared: quotation marks and letters' case apart.
fn title(text: &str) -> String {
    let text = on_one_line(&text.nfkc().collect::<String>()).to_lowercase();
    text.replace(['‘', '’'], "'").replace(['“', '”'], "\"")
}

/// Whether a title is the expected one: the same, or the same without what the site puts before or after it.
fn is_title(expected: &str, found: &str) -> bool {
    let (expected, found) = (title(expected), title(found));
    !found.is_empty()
        && (expected.starts_with(&found)
            || expected.ends_with(&found)
            || found.starts_with(&expected))
}

impl Counts {
    fn add(&mut self, expected: &Value, extracted: &Extracted) {
        let paragraphs = extracted.passages.iter().flat_map(|passage| &passage.paragraphs);
        let text: Vec<&str> = paragraphs.map(|paragraph| paragraph.text.as_str()).collect();
        let text = on_one_line(&text.join("\n"));
        let snippets = |name: &str| {
            let snippets = expected[name].as_array().cloned().unwrap_or_default().into_iter();
            snippets.map(|snippet| text.contains(&on_one_line(snippet.as_str().unwrap())))
        };
        for is_in in snippets("with") {
            *if is_in { &mut self.found } else { &mut self.missed } += 1.0;
        }
        self.wrong += snippets("without").filter(|is_in| *is_in).count() as f64;
        if let Some(article) = expected["expected"].as_str() {
            self.articles.0 += word_f1(article, &text);
            self.articles.1 += 1.0;
        }
        let metadata = &extracted.metadata;
        let wanted = expected["title"].as_str().filter(|title| !["", "Document"].contains(title));
        if let Some(wanted) = wanted {
            self.titles.0 += f64::from(is_title(wanted, metadata.title.as_deref().unwrap_or("")));
            self.titles.1 += 1.0;
        }
        if let Some(wanted) = expected["date"].as_str().filter(|date| !date.is_empty()) {
            let found = metadata.published.map(|date| date.to_string()).unwrap_or_default();
            self.dates.0 += f64::from(wanted[..wanted.len().min(10)] == found);
            self.dates.1 += 1.0;
        }
    }
}

#[track_caller]
fn at_least(what: &str, score: f64, least: f64) {
    eprintln!("{what}: {score:.4}");
    assert!(score >= least, "{what} is {score:.3}, not {least}");
}

#[test]
fn articles_titles_and_dates_of_web_pages_are_found() {
    let Some(folder) = evaluation("web pages") else { return };
    let folder: &Path = &folder.join("html");
    let table = std::fs::read_to_string(folder.join("expected.jsonl")).unwrap();
    let mut counts = Counts::default();
    for line in table.lines() {
        let expected: Value = serde_json::from_str(line).unwrap();
        let name = expected["file"].as_str().unwrap();
        let page = std::fs::read(folder.join("pages").join(name)).unwrap();
        let extracted = extract::extract(&page, name, &Limits::default()).unwrap();
        counts.add(&expected, &extracted);
    }
    let recall = counts.found / (counts.found + counts.missed);
    let precision = counts.found / (counts.found + counts.wrong);
    at_least("recall of snippets", recall, 0.96);
    at_least("F1 of snippets", 2.0 * precision * recall / (precision + recall), 0.92);
    at_least("F1 of articles", counts.articles.0 / counts.articles.1, 0.95);
    at_least("titles", counts.titles.0 / counts.titles.1, 0.95);
    at_least("dates", counts.dates.0 / counts.dates.1, 0.90);
}
