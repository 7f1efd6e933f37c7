//! Behaviours of HTML extraction as a whole.
use super::*;
use crate::document::{Locator, Role};

fn read(html: &[u8]) -> Extracted {
    extract(html, &Limits::default()).expect("a page is read")
}

fn lines(page: &Extracted) -> Vec<String> {
    page.passages.iter().flat_map(|p| p.paragraphs.iter().map(|p| p.text.clone())).collect()
}

#[track_caller]
fn check(html: &str, expected: &[&str]) {
    assert_eq!(lines(&read(html.as_bytes())), expected);
}

#[test]
fn blocks_become_paragraphs() {
    check("<p>One  two\n three</p><p>four</p>", &["One two three", "four"]);
    check("<p>Only one short paragraph.</p>", &["Only one short paragraph."]);
    check("<div>One<br><br>two<br>three</div>", &["One", "two three"]);
    check("<ul><li>One<li>two</ul>", &["One", "two"]);
    check("<table><tr><td>A<td>B<tr><td>C<td><p>D</p></table>", &["A | B", "C | D"]);
    check("<p>Sol<b>dier</b>s</p><pre>a\nb\n\nc</pre>", &["Soldiers", "a b", "c"]);
    check("<p>a\u{1}b</p><script>no</script><template>no</template>", &["ab"]);
}

#[test]
fn layout_tables_and_link_lists_of_plain_pages_lose_nothing() {
    let page = read(include_bytes!("../../../tests/data/html/old-layout.html"));
    let expected = include_str!("../../../tests/data/html/old-layout.txt");
    assert_eq!(lines(&page), expected.lines().collect::<Vec<_>>());
    assert_eq!(page.metadata.published.map(|date| date.to_string()).as_deref(), Some("1998-03-12"));
}

#[test]
fn menus_and_footers_are_left_out() {
    let text =
        "The court heard nine witnesses on the arrests, and all of them named the same unit. ";
    let body = format!(
        "<nav><a href=/>Home page</a></nav><main><h1>Hearing</h1><p>{}</p></main><footer>Imprint</footer>",
        text.repeat(9)
    );
    let found = lines(&read(body.as_bytes())).join(" ");
    assert!(found.contains("Hearing") && found.contains("nine witnesses"), "{found}");
    assert!(!found.contains("Home page") && !found.contains("Imprint"), "{found}");
}

#[test]
fn sections_carry_heading_anchor_and_paragraph_number() {
    let page = read(
        b"<p>Intro</p><h2 id=x>First</h2><p>a</p><p>b</p><h3><a name=y></a>Second</h3><p>c</p>",
    );
    let found: Vec<_> = page.passages.iter().map(|passage| passage.locator.clone()).collect();
    let section = |heading: Option<&str>, anchor: Option<&str>, paragraph| Locator::Section {
        heading: heading.map(str::to_owned),
        anchor: anchor.map(str::to_owned),
        paragraph,
    };
    let expected = [
        section(None, None, 1),
        section(Some("First"), Some("x"), 2),
        section(Some("Second"), Some("y"), 5),
    ];
    assert_eq!(found, expected);
    assert_eq!(page.passages[1].paragraphs[0].role, Role::Heading);
}

#[test]
fn long_sections_are_cut_at_paragraph_ends() {
    let paragraph = format!("<p>{}</p>", "word ".repeat(200));
    let page = read(format!("<h1>Long</h1>{}", paragraph.repeat(5)).as_bytes());
    let sizes: Vec<_> = page.passages.iter().map(|passage| passage.paragraphs.len()).collect();
    assert_eq!(sizes, [3, 2, 1]);
}

#[track_caller]
fn check_charset(bytes: &[u8], expected: &str, warned: bool) {
    let page = read(bytes);
    assert_eq!(lines(&page), [expected]);
    assert_eq!(!page.warnings.is_empty(), warned, "{:?}", page.warnings);
}

#[test]
fn encodings_are_told_by_the_bytes() {
    check_charset(
        b"<meta charset=utf-8><p lang=es>a\xf1o y detenci\xf3n</p>",
        "año y detención",
        true,
    );
    check_charset(b"<meta charset=iso-8859-1><p>\x93a\xf1o\x94</p>", "“año”", false);
    check_charset("<meta charset=iso-8859-1><p>año</p>".as_bytes(), "año", true);
    check_charset(b"<html lang=fr><p>d\xe9tenu</p>", "détenu", false);
    check_charset(b"\xff\xfe<\0p\0>\0a\0\xf1\0", "añ", false);
    check_charset(
        b"<?xml version='1.0' encoding='windows-1251'?><p>\xcc\xe8\xf0</p>",
        "Мир",
        false,
    );
}

#[test]
fn hostile_nesting_is_flattened() {
    for tag in ["div", "b", "font", "a", "table><tr><td", "li><dd", "svg><g", "h1", "span", "p><i"]
    {
        let page = read(format!("{}deep text", format!("<{tag}>").repeat(100_000)).as_bytes());
        assert!(lines(&page).concat().contains("deep text"), "{tag}");
    }
    let fonts: String = (0..5_000).map(|n| format!("<font size={n}></b>")).collect();
    let page = read(format!("{fonts}{}", "<p>x".repeat(5_000)).as_bytes());
    assert_eq!(page.warnings, [Warning::Limit("nesting")]);
    let attributes: String = (0..50_000).map(|n| format!(" a{n}=1")).collect();
    assert_eq!(lines(&read(format!("<p{attributes}>text").as_bytes())), ["text"]);
}

#[test]
fn the_head_gives_title_publisher_date_and_address() {
    let page = read(
        br#"<html lang="es-MX"><head><title>Informe anual - Observatorio</title>
        <meta property="og:site_name" content="Observatorio"><meta name=author content="A. Ruiz">
        <link rel=canonical href="https://example.org/a">
        <script type="application/ld+json">{"@graph":[{"@type":"Article","datePublished":"2019-03-05T10:00Z"}]}</script>
        </head><body><p>Texto</p></body></html>"#,
    );
    let metadata = page.metadata;
    assert_eq!(metadata.title.as_deref(), Some("Informe anual"));
    assert_eq!(metadata.publisher.as_deref(), Some("Observatorio"));
    assert_eq!(metadata.author.as_deref(), Some("A. Ruiz"));
    assert_eq!(metadata.published.map(|d| d.to_string()).as_deref(), Some("2019-03-05"));
    assert_eq!(metadata.language, Some(crate::document::Language::Es));
    assert_eq!(metadata.url.as_deref(), Some("https://example.org/a"));
}

#[track_caller]
fn check_date(text: &str, expected: &str) {
    let page = read(format!("<body><p>{text}</p>").as_bytes());
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
