//! Whole pages in, passages and metadata out. What one step does is tested beside it.

use super::*;
use crate::document::{Locator, Passage, Role};
use crate::extract::Warning;

mod long;

fn extracted(page: &str) -> Extracted {
    extract(page.as_bytes(), &Limits::default()).unwrap()
}

/// The paragraphs of all passages, a line each.
fn text(extracted: &Extracted) -> String {
    let paragraphs = extracted.passages.iter().flat_map(|passage| &passage.paragraphs);
    paragraphs.map(|paragraph| paragraph.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// Checks the text of a page's body.
#[track_caller]
fn check(body: &str, expected: &str) {
    assert_eq!(text(&extracted(&format!("<html><body>{body}</body></html>"))), expected);
}

/// A passage as golden files have it: its locator on a line, then its paragraphs, headings marked.
fn shown(passage: &Passage) -> String {
    let Locator::Section { heading, anchor } = &passage.locator else {
        unreachable!("a section of a page");
    };
    let mut lines = vec![format!("== {heading:?} {anchor:?}").replace("Some(", "(")];
    lines.extend(passage.paragraphs.iter().map(|paragraph| {
        let mark = if paragraph.role == Role::Heading { "# " } else { "" };
        format!("{mark}{}", paragraph.text)
    }));
    lines.join("\n")
}

/// Compares a page of tests/data/html with the golden file beside it; `AMPARO_BLESS=1` writes that file.
#[track_caller]
fn check_file(name: &str) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/html");
    let page = std::fs::read(format!("{folder}/{name}.html")).unwrap();
    let extracted = extract(&page, &Limits::default()).unwrap();
    let metadata = &extracted.metadata;
    let mut lines = vec![
        format!("title: {}", metadata.title.as_deref().unwrap_or_default()),
        format!("author: {}", metadata.author.as_deref().unwrap_or_default()),
        format!("publisher: {}", metadata.publisher.as_deref().unwrap_or_default()),
        format!("published: {}", metadata.published.map(|d| d.to_string()).unwrap_or_default()),
        format!("language: {}", metadata.language.map(|l| l.to_string()).unwrap_or_default()),
        format!("url: {}", metadata.url.as_deref().unwrap_or_default()),
    ];
    lines.extend(extracted.passages.iter().map(shown));
    let actual = lines.join("\n") + "\n";
    let golden = format!("{folder}/{name}.txt");
    if std::env::var_os("AMPARO_BLESS").is_some() {
        std::fs::write(&golden, &actual).unwrap();
    }
    assert_eq!(actual, std::fs::read_to_string(&golden).unwrap_or_default());
}

#[test]
fn a_press_article_is_found_in_its_site() {
    check_file("press");
}

#[test]
fn an_old_report_keeps_its_tables_lists_and_notes() {
    check_file("report");
}

#[test]
fn white_space_is_folded_and_controls_are_gone() {
    check("<p>  One\n\ttwo\u{A0}\u{1}three\u{AD}fold </p>\0<p></p>", "One two threefold");
    check("<p>a\u{200B}b\u{202E}c</p>", "abc");
}

#[test]
fn two_line_breaks_part_paragraphs_and_one_does_not() {
    check("one<br>two<br><br>three<br> <br/>four", "one two\nthree\nfour");
}

#[test]
fn what_is_no_text_is_left_out() {
    check(
        "<script>no</script><style>no</style><template><p>no</p></template><noscript>no</noscript>\
         <iframe src=x>no</iframe><svg><text>no</text></svg><p>yes</p><button>no</button>",
        "yes",
    );
    check("<p>yes</p><p hidden>no</p><p style='display: none'>no</p>", "yes");
}

#[test]
fn rows_of_data_are_a_paragraph_each_and_layout_is_not() {
    check("<table><tr><td>a<td>b<tr><td><p>c</p><td></table>", "a | b\nc");
    check("<table><tr><td><h2>H</h2><p>a</p></td><td><p>b</p></td></tr></table>", "H\na\nb");
}

#[test]
fn a_raised_number_is_a_note_and_raised_letters_are_not() {
    check("<p>en prison<sup>12</sup> le 1<sup>er</sup> mai", "en prison 12 le 1er mai");
}

#[test]
fn a_page_of_links_keeps_them() {
    let item = |number| format!("<li><a href=x>Country report {number}</a>");
    let items = (0..40).map(item).collect::<Vec<_>>().concat();
    let page = format!("<nav><a href=/>Home</a></nav><h1>Country reports</h1><ul>{items}</ul>");
    let text = text(&extracted(&page));
    assert_eq!(text.lines().count(), 41, "{text}");
}

#[test]
fn an_article_that_is_only_in_json_is_read_there() {
    let body = "A paragraph of the article that scripts would put on the page. ".repeat(12);
    let page = format!(
        r#"<html><head><script type="application/ld+json">{{"@type":"Article","headline":"A title","articleBody":"{body}\n{body}"}}</script></head><body><h1>A title</h1><p>Loading</p></body></html>"#
    );
    let extracted = extracted(&page);
    assert_eq!(text(&extracted), format!("A title\n{0}\n{0}", body.trim()));
}

#[test]
fn a_long_section_is_cut_at_paragraph_ends() {
    let paragraph = format!("<p>{}</p>", "word ".repeat(120));
    let page = format!("<h2 id=s>Heading</h2>{}", paragraph.repeat(9));
    let passages = extracted(&page).passages;
    let lengths: Vec<_> = passages.iter().map(|passage| passage.paragraphs.len()).collect();
    assert_eq!(lengths, [5, 4, 1]);
    let section =
        Locator::Section { heading: Some("Heading".to_owned()), anchor: Some("s".to_owned()) };
    assert!(passages.iter().all(|passage| passage.locator == section));
}

#[test]
fn a_paragraph_of_pages_is_cut_at_sentence_ends() {
    let page = format!("<p>{}", "La Corte considera que el Estado es responsable. ".repeat(400));
    let passages = extracted(&page).passages;
    assert_eq!(passages.len(), 7);
    assert!(passages.iter().all(|p| p.paragraphs[0].text.ends_with("responsable.")));
    assert_eq!(
        passages.iter().map(|p| p.paragraphs[0].text.split(' ').count()).sum::<usize>(),
        3200
    );
}

#[test]
fn hostile_pages_are_read_as_far_as_the_limits_go() {
    let deep = format!("{}deep{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    assert_eq!(text(&extracted(&deep)), "deep");
    assert_eq!(text(&extracted(&format!("{}deep", "<table><tr><td>".repeat(50_000)))), "deep");
    assert_eq!(text(&extracted(&"<".repeat(3_000_000))).trim_matches(['<', '\n']), "");
    let limits = Limits { passages: 2, ..Limits::default() };
    let many = extract("<h1>a</h1><p>b</p>".repeat(9).as_bytes(), &limits).unwrap();
    assert_eq!((many.passages.len(), many.warnings), (2, vec![Warning::Limit("sections")]));
}

#[test]
fn the_deepest_tree_that_is_parsed_fits_a_threads_stack() {
    let article =
        "<p>The article is long enough to be one, and says what it has to say.</p>".repeat(9);
    for (nest, times) in [("<table><tr><td>", 511), ("<ul><li>", 255), ("<div>", 511)] {
        let page = format!("<nav><a href=x>Home</a></nav>{}{article}", nest.repeat(times - 1));
        assert_eq!(text(&extracted(&page)).lines().count(), 9, "{nest}");
    }
}

#[test]
fn odd_addresses_of_videos_do_no_harm() {
    let article =
        "<p>The article is long enough to be one, and says what it has to say.</p>".repeat(9);
    for embed in ["iframe src", "embed src", "object data", "p id"] {
        let page = format!(
            "<nav><a href=x>Home</a></nav><article>{article}<{embed}='https:×/www.youtube.com/x'></article>"
        );
        assert_eq!(text(&extracted(&page)).lines().count(), 9, "{embed}");
    }
}

#[test]
fn pages_of_the_evaluation_sets_all_have_text() {
    let Some(folder) = std::env::var_os("AMPARO_EVAL").map(std::path::PathBuf::from) else {
        eprintln!("skipped: AMPARO_EVAL does not name the evaluation sets");
        return;
    };
    let mut folders = vec![folder.join("html/pages"), folder.join("parallel/docs")];
    folders.extend([folder.join("courts/docs"), folder.join("known-item")]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "html") {
                let page = std::fs::read(&path).unwrap();
                let extracted = extract(&page, &Limits::default()).unwrap();
                assert!(extracted.has_text(), "{}", path.display());
            }
        }
    }
}

/// Checks whether a `class` or `id` makes its element boilerplate, beside an article.
#[track_caller]
fn check_name(name: &str, is_boilerplate: bool) {
    let article =
        "<p>The article is long enough to be one, and says what it has to say.</p>".repeat(9);
    let aside = "The text whose element has the name, also a sentence of some length, not short.";
    let page =
        format!("<body><article>{article}<div class=\"{name}\"><p>{aside}</p></div></article>");
    assert_eq!(!text(&extracted(&page)).contains(aside), is_boilerplate, "{name}");
}

#[test]
fn names_tell_boilerplate_in_whole_words() {
    for name in
        ["cookie-banner", "shareButtons", "post_related", "wp-block newsletter", "entry-meta"]
    {
        check_name(name, true);
    }
    for name in ["shareholders", "has-sidebar", "no-comments", "md:footer", "content", "meta"] {
        check_name(name, false);
    }
}

#[test]
fn boilerplate_that_is_most_of_a_page_is_the_page() {
    let paragraph =
        "<p>A page whose only container has an unfortunate name is read all the same.</p>";
    let page = format!("<div class=widget><p><a href=x>Home</a></p>{}</div>", paragraph.repeat(5));
    assert_eq!(text(&extracted(&page)).matches("unfortunate").count(), 5);
}

/// Checks whether a paragraph among those of an article is taken for the site's.
#[track_caller]
fn check_phrase(paragraph: &str, is_the_sites: bool) {
    let article =
        "<p>The article is long enough to be one, and says what it has to say.</p>".repeat(5);
    let page = format!(
        "<nav><a href=x>Home</a></nav><article>{article}<p>{paragraph}</p>{article}</article>"
    );
    let plain = paragraph.replace("<a href=x>", "").replace("</a>", "");
    assert_eq!(!text(&extracted(&page)).contains(&plain), is_the_sites, "{paragraph}");
}

#[test]
fn pointers_and_calls_are_the_sites_and_sentences_are_not() {
    check_phrase("Lea también: <a href=x>Cerrada la casa de acogida</a>", true);
    check_phrase("Read more: <a href=x>Shelter closed</a>", true);
    check_phrase("À lire aussi : <a href=x>Le refuge est fermé</a>", true);
    check_phrase("Subscribe now for the full story.", true);
    check_phrase("Foto: Ana Paz", true);
    check_phrase(
        "Read more slowly, the judge told the witness, who had begun to cry at her statement.",
        false,
    );
    check_phrase(
        "See also: <a href=x>A. v. B., judgment of 4 May 2011</a>, paragraph 12, on the burden of proof.",
        false,
    );
}

#[test]
fn a_call_to_give_goes_with_its_heading_and_button() {
    let article =
        "<p>The article is long enough to be one, and says what it has to say.</p>".repeat(9);
    let page = format!(
        "<nav><a href=x>Home</a></nav><main><h1>Reports</h1><h2>Help us</h2><p>We rely on people like you. Make a gift \
         today!</p><a class=button href=x>Donate</a>{article}<h2>More</h2>{article}</main>"
    );
    let text = text(&extracted(&page));
    assert!(
        !text.contains("gift") && !text.contains("Help us") && !text.contains("Donate"),
        "{text}"
    );
    assert!(text.contains("Reports") && text.contains("More"), "{text}");
}

#[test]
fn xhtml_is_read_as_such() {
    let page = "<?xml version=\"1.0\" encoding=\"utf-8\"?><html xmlns=\"http://www.w3.org/1999/xhtml\">\
                <head><script src=\"a.js\"/><title>T</title></head><body><p>Text</p></body></html>";
    assert_eq!(text(&extracted(page)), "Text");
}

#[test]
fn an_old_page_laid_out_in_tables_loses_nothing() {
    check_file("old-layout");
}

#[test]
fn the_head_gives_title_publisher_date_and_address() {
    let metadata = extracted(
        r#"<html lang="es-MX"><head><title>Informe anual - Observatorio</title>
        <meta property="og:site_name" content="Observatorio"><meta name=author content="A. Ruiz">
        <link rel=canonical href="https://example.org/a">
        <script type="application/ld+json">{"@graph":[{"@type":"Article","datePublished":"2019-03-05T10:00Z"}]}</script>
        </head><body><p>Texto</p></body></html>"#,
    )
    .metadata;
    assert_eq!(metadata.title.as_deref(), Some("Informe anual"));
    assert_eq!(metadata.publisher.as_deref(), Some("Observatorio"));
    assert_eq!(metadata.author.as_deref(), Some("A. Ruiz"));
    assert_eq!(metadata.published.map(|d| d.to_string()).as_deref(), Some("2019-03-05"));
    assert_eq!(metadata.language, Some(crate::document::Language::Es));
    assert_eq!(metadata.url.as_deref(), Some("https://example.org/a"));
}

#[track_caller]
fn check_date(text: &str, expected: &str) {
    let page = extracted(&format!("<body><p>{text}</p>"));
    assert_eq!(page.metadata.published.map(|date| date.to_string()).unwrap_or_default(), expected);
}

#[test]
fn printed_dates_are_read_in_three_languages() {
    check_date("5 March 2019", "2019-03-05");
    check_date("Published March 5th, 2019", "2019-03-05");
    check_date("29 de julio de 1988", "1988-07-29");
    check_date("Le 1er août 2020", "2020-08-01");
    check_date("June 2021", "2021-06");
    check_date("You may 2 things", "");
}

#[test]
fn the_date_behind_the_title_goes_before_others() {
    let page = extracted(
        "<title>Case of A v. B</title><p>Case of A v. B Judgment of 3 May 2010 In the case of A, the court, \
         which sat with seven judges, delivers this judgment.<p>Note of 4 June 2012",
    );
    assert_eq!(page.metadata.published.unwrap().to_string(), "2010-05-03");
}

#[test]
fn no_nesting_is_too_deep() {
    for tag in [
        "div",
        "b",
        "font",
        "a",
        "table><tr><td",
        "li><dd",
        "h1",
        "span",
        "p><i",
        "ruby><rt",
        "select><option",
        "button",
        "x-y",
        "object><p",
    ] {
        let page = extracted(&format!("{}deep text", format!("<{tag}>").repeat(60_000)));
        let is_hidden = ["select", "button", "object"].iter().any(|name| tag.starts_with(name));
        assert!(is_hidden || text(&page).contains("deep text"), "{tag}");
    }
    // In drawings and formulas, names nest that do not elsewhere.
    for root in ["svg", "math"] {
        for tag in ["path", "tr", "td", "option", "a", "input", "link"] {
            let nest = format!("<{tag}>").repeat(60_000);
            let page = format!("<p>before</p><{root}>{nest}deep</{root}><p>after</p>");
            assert!(text(&extracted(&page)).contains("before"), "{root} {tag}");
        }
    }
}

#[test]
fn fonts_and_attributes_by_the_thousand_are_read() {
    let fonts: String = (0..5_000).map(|n| format!("<font size={n}></b>")).collect();
    let page = extracted(&format!("{fonts}{}", "<p>x".repeat(5_000)));
    assert_eq!(text(&page).lines().count(), 5_000);
    let attributes: String = (0..50_000).map(|n| format!(" a{n}=1")).collect();
    assert_eq!(text(&extracted(&format!("<p{attributes}>text"))), "text");
}
