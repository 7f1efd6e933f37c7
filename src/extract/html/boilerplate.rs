//! What an element's attributes say of its text: hidden, or the site's rather than the article's.
//!
//! In: an element. Out: a [`Verdict`]. The words, in `words.toml`, are our own collection of what content management systems call the parts
//! of a page; a name that holds much of a page's text is overruled by the `page` module. It does not look at text.

use std::sync::LazyLock;

use dom_query::{Element, local_name};
use rustc_hash::FxHashMap;

use super::tag::Tag;
use super::words::lists;

/// What an element is by its tag and attributes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    /// Nothing speaks against its being content.
    #[default]
    Content,
    /// Called like a part of the site, or marked as hidden from some readers.
    Boilerplate,
    /// Not shown, or the comments of readers, which may be longer than what they comment on.
    Apart,
}

/// What an element is by its tag and attributes.
pub(super) fn judge(element: &Element, tag: Tag) -> Verdict {
    let mut verdict = match tag {
        Tag::Surrounding => Verdict::Boilerplate,
        _ => Verdict::Content,
    };
    for attribute in &element.attrs {
        let value = attribute.value.as_ref();
        let boilerplate = match attribute.name.local {
            local_name!("hidden") if value != "until-found" => return Verdict::Apart,
            local_name!("style") if hides(value) => return Verdict::Apart,
            // The words stand on the whole page, or on an article among others, for what is beside it.
            _ if matches!(tag, Tag::Body | Tag::Content) => false,
            local_name!("aria-hidden") => value == "true",
            local_name!("role") => is_surrounding(value),
            local_name!("class") | local_name!("id") => match told(value) {
                Verdict::Apart => return Verdict::Apart,
                verdict => verdict == Verdict::Boilerplate,
            },
            _ => false,
        };
        if boilerplate {
            verdict = Verdict::Boilerplate;
        }
    }
    verdict
}

/// Whether an element is declared to be an article's text, in schema.org's words.
pub(super) fn is_article_body(element: &Element) -> bool {
    element.attr_ref(local_name!("itemprop")).is_some_and(|names| names.contains("articleBody"))
}

fn is_surrounding(role: &str) -> bool {
    matches!(
        role,
        "navigation"
            | "button"
            | "menu"
            | "menubar"
            | "banner"
            | "contentinfo"
            | "complementary"
            | "search"
            | "dialog"
            | "alertdialog"
            | "alert"
            | "toolbar"
            | "tablist"
            | "tooltip"
    )
}

/// Whether a `style` attribute hides its element.
fn hides(style: &str) -> bool {
    style.split(';').any(|declaration| {
        let Some((property, value)) = declaration.split_once(':') else { return false };
        let value = value.trim();
        let value = value.strip_suffix("!important").unwrap_or(value).trim_end();
        let property = property.trim();
        (property.eq_ignore_ascii_case("display") && value.eq_ignore_ascii_case("none"))
            || (property.eq_ignore_ascii_case("visibility") && value.eq_ignore_ascii_case("hidden"))
    })
}

/// What the names in a `class` or `id` tell of their element.
fn told(value: &str) -> Verdict {
    // Longer values are generated, and the list of words is not made for them.
    if value.len() > 400 {
        return Verdict::Content;
    }
    let verdicts = value.split_ascii_whitespace().map(told_by_name);
    verdicts.max().unwrap_or_default()
}

/// What a name tells. Of its words that tell of comments only the first counts, and so of the others; a pair counts as the
/// word that ends it.
fn told_by_name(name: &str) -> Verdict {
    // Classes like `md:hidden` or `[&>nav]:mt-2` style for a case; they do not say what the element is.
    if name.contains([':', '[', '@']) {
        return Verdict::Content;
    }
    let (mut comments, mut sites) = (None, None);
    let mut last = String::new();
    let mut word = String::new();
    let mut previous = ' ';
    for c in name.chars().chain([' ']) {
        let boundary = !c.is_alphanumeric() || (c.is_uppercase() && previous.is_lowercase());
        if boundary && !word.is_empty() {
            let telling = TELLING.get(word.as_str()).copied().unwrap_or_default();
            if telling.comments {
                comments.get_or_insert_with(|| !negated(&last));
            }
            if telling.site
                || (telling.ends_pair
                    && lists()
                        .boilerplate_pairs
                        .iter()
                        .any(|pair| *pair == [last.as_str(), word.as_str()]))
            {
                sites.get_or_insert_with(|| !negated(&last));
            }
            std::mem::swap(&mut last, &mut word);
            word.clear();
        }
        if c.is_ascii() {
            word.extend(c.is_ascii_alphanumeric().then(|| c.to_ascii_lowercase()));
        } else if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        previous = c;
    }
    match (comments, sites) {
        (Some(true), _) => Verdict::Apart,
        (_, Some(true)) => Verdict::Boilerplate,
        _ => Verdict::Content,
    }
}

/// In which of the lists a word stands.
#[derive(Clone, Copy, Debug, Default)]
struct Telling {
    site: bool,
    comments: bool,
    ends_pair: bool,
}

/// The words of all lists: a page has thousands of names, and nearly none of their words is in any.
static TELLING: LazyLock<FxHashMap<&str, Telling>> = LazyLock::new(|| {
    let lists = lists();
    let mut telling: FxHashMap<&str, Telling> = FxHashMap::default();
    for word in &lists.boilerplate {
        telling.entry(word).or_default().site = true;
    }
    for word in &lists.comments {
        telling.entry(word).or_default().comments = true;
    }
    for [_, last] in &lists.boilerplate_pairs {
        telling.entry(last).or_default().ends_pair = true;
    }
    telling
});

/// `has-sidebar`, `no-comments`, `with-ads` say what is beside the element, not what it is.
fn negated(word: &str) -> bool {
    matches!(word, "has" | "no" | "with" | "without" | "hide" | "is" | "not")
}
