//! What is divided, and where.

use super::*;
use crate::document::PartKind::{Chapter, Matter};
use crate::document::{Locator, Paragraph, Role};

/// A paragraph: what it is, its size, its text.
type Line = (Role, f32, String);

fn head(text: &str) -> Line {
    (Role::Furniture, 8.0, text.to_owned())
}

fn title(text: &str) -> Line {
    (Role::Heading, 24.0, text.to_owned())
}

fn heading(text: &str) -> Line {
    (Role::Heading, 12.0, text.to_owned())
}

/// A paragraph that speaks of a country.
fn text(country: &str) -> Line {
    let text = format!(
        "The authorities of {country} held people without charge for weeks, and nobody was brought to account for it. Lawyers \
         were kept away from them, families learned of arrests from neighbours, and courts did not hear complaints."
    );
    (Role::Body, 10.0, text)
}

fn plain(text: &str) -> Line {
    (Role::Body, 10.0, text.to_owned())
}

fn book(pages: Vec<Vec<Line>>) -> Vec<Passage> {
    let paragraph = |(role, size, text): Line| Paragraph {
        role,
        font_size: Some(size),
        language: crate::document::Language::En,
        ..Paragraph::body(text)
    };
    (1..)
        .zip(pages)
        .map(|(number, lines)| {
            let locator = Locator::Page { number, label: None };
            Passage::new(locator, None, lines.into_iter().map(paragraph).collect())
        })
        .collect()
}

/// Each passage as its page and the countries of its part; `-` for what is no chapter.
#[track_caller]
fn check(pages: Vec<Vec<Line>>, expected: &str) {
    let (passages, parts) = divide(book(pages));
    let shown: Vec<String> = passages
        .iter()
        .enumerate()
        .map(|(number, passage)| {
            let Locator::Page { number: page, .. } = passage.locator else { return String::new() };
            let part = Part::of(&parts, number as u64);
            let countries = part.map(|part| part.countries.join("+")).unwrap_or_default();
            let what = if countries.is_empty() { "-" } else { &countries };
            format!("{page}:{what}")
        })
        .collect();
    assert_eq!(shown.join(" "), expected);
}

#[test]
fn chapters_begin_in_the_middle_of_pages() {
    check(
        vec![
            vec![title("The Year"), plain("What this book holds.")],
            vec![title("Angola"), text("Angola"), heading("Torture"), text("Angola")],
            vec![text("Angola"), title("Bolivia"), text("Bolivia")],
            vec![text("Bolivia"), title("Chad"), text("Chad"), title("Denmark"), text("Denmark")],
            vec![text("Denmark")],
        ],
        "1:- 2:AO 3:AO 3:BO 4:BO 4:TD 4:DK 5:DK",
    );
}

#[test]
fn names_in_capitals_have_the_official_name_below() {
    let chapter = |name: &str, official: &str, country: &str| {
        vec![
            title(name),
            heading(official),
            plain("Head of state and government: a president"),
            text(country),
        ]
    };
    let mut pages = vec![chapter("HONDURAS", "Republic of Honduras", "Honduras")];
    pages.push([vec![text("Honduras")], chapter("JAMAICA", "Jamaica", "Jamaica")].concat());
    pages.push([vec![text("Jamaica")], chapter("KENYA", "Republic of Kenya", "Kenya")].concat());
    check(pages, "1:HN 2:HN 2:JM 3:JM 3:KE");
}

#[test]
fn an_overview_of_a_region_and_an_annex_are_no_chapters() {
    check(
        vec![
            vec![title("Americas"), text("Peru and Haiti")],
            vec![title("Haiti"), text("Haiti"), text("Haiti"), title("Peru"), text("Peru")],
            vec![text("Peru"), title("Uruguay"), text("Uruguay"), text("Uruguay")],
            vec![title("Selected treaties"), text("Peru")],
        ],
        "1:- 2:HT 2:PE 3:PE 3:UY 4:-",
    );
}

#[test]
fn a_chapter_whose_heading_is_a_picture_is_told_by_running_heads() {
    let page = |country: &str| vec![head(country), text(country), text(country)];
    let begins = |country: &str| vec![head(country), title(country), text(country), text(country)];
    check(
        vec![
            begins("Ghana"),
            page("Ghana"),
            begins("Haiti"),
            page("Haiti"),
            begins("India"),
            page("India"),
            page("Jordan"),
            page("Jordan"),
            page("Jordan"),
        ],
        // Of the first page under the new head it isn't sure whether all of it is the new chapter's.
        "1:GH 2:GH 3:HT 4:HT 5:IN 6:IN 7:- 8:JO 9:JO",
    );
}

#[test]
fn names_in_the_size_of_the_text_head_chapters_where_there_are_many_in_order() {
    let countries = ["Albania", "Bolivia", "Chile", "Denmark", "Egypt", "France", "Ghana"];
    let pages = countries.map(|country| vec![plain(country), text(country), text(country)]);
    check(pages.to_vec(), "1:AL 2:BO 3:CL 4:DK 5:EG 6:FR 7:GH");
}

#[test]
fn contents_are_no_chapters() {
    let names = ["Angola", "Bolivia", "Chad", "Denmark"];
    let mut pages = vec![names.map(title).to_vec()];
    pages.extend(names.map(|name| vec![title(name), text(name)]));
    check(pages, "1:- 2:AO 3:BO 4:TD 5:DK");
}

#[test]
fn a_report_on_one_state_whose_sections_are_named_for_others_is_one_part() {
    let section = |country: &str| vec![title(country), text("Honduras"), text("Honduras")];
    let (passages, parts) = divide(book(vec![
        section("Norway"),
        section("Sweden"),
        section("Denmark"),
        section("Finland"),
    ]));
    assert_eq!((passages.len(), parts.len()), (4, 0));
}

#[test]
fn two_countries_may_have_a_chapter_together() {
    check(
        vec![
            vec![title("Iraq"), text("Iraq")],
            vec![title("Israel and the Occupied Palestinian Territories"), text("Israel")],
            vec![title("Italy"), text("Italy")],
        ],
        "1:IQ 2:IL+PS 3:IT",
    );
}

#[test]
fn a_passage_keeps_its_page_and_its_text() {
    let pages = vec![
        vec![head("The Year"), text("Angola"), title("Bolivia"), text("Bolivia")],
        vec![head("The Year"), text("Bolivia"), title("Chad"), text("Chad")],
        vec![head("The Year"), title("Denmark"), text("Denmark")],
    ];
    let whole: String = book(pages.clone()).iter().map(all_text).collect();
    let (passages, parts) = divide(book(pages));
    assert_eq!(passages.iter().map(all_text).collect::<String>(), whole);
    let kinds: Vec<_> = parts.iter().map(|part| (part.kind, part.first, part.end)).collect();
    assert_eq!(kinds, [(Matter, 0, 1), (Chapter, 1, 3), (Chapter, 3, 4), (Chapter, 4, 5)]);
    assert_eq!(passages[1].section.as_deref(), Some("Bolivia"));
}

fn all_text(passage: &Passage) -> String {
    passage.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect()
}

/// A page of a document that carries its symbol and its number.
fn page_of(symbol: &str, number: u32) -> Vec<Line> {
    vec![head(symbol), head(&number.to_string()), text("Honduras"), text("Honduras")]
}

/// A first page: the letterhead has the symbol, and no number.
fn first_page(symbol: &str) -> Vec<Line> {
    vec![
        plain(&format!("United Nations {symbol}")),
        plain("Distr.: General"),
        plain("4 January 2011"),
        plain("Original: English"),
        plain("Sixteenth session"),
        text("Honduras"),
        text("Honduras"),
        text("Honduras"),
        text("Honduras"),
    ]
}

#[track_caller]
fn check_members(pages: Vec<Vec<Line>>, expected: &[(&str, u32, u32)]) {
    let (_, parts) = divide(book(pages));
    let shown: Vec<_> = parts
        .iter()
        .map(|part| (part.symbols.first().map_or("-", String::as_str), part.first, part.end))
        .collect();
    assert_eq!(shown, expected);
}

#[test]
fn members_carry_their_own_symbols_and_count_their_own_pages() {
    let mut pages = vec![vec![plain("Dear Sir or Madam,"), text("Honduras")]];
    pages.push(first_page("A/HRC/16/10"));
    pages.extend((2..=4).map(|number| page_of("A/HRC/16/10", number)));
    pages.push(Vec::new());
    pages.push(first_page("A/HRC/15/4"));
    pages.extend((2..=3).map(|number| page_of("A/HRC/15/4", number)));
    check_members(pages, &[("-", 0, 1), ("A/HRC/16/10", 1, 5), ("-", 5, 6), ("A/HRC/15/4", 6, 9)]);
}

#[test]
fn a_report_that_cites_another_is_one_document() {
    let mut pages = vec![first_page("A/HRC/16/10")];
    pages.extend((2..=6).map(|number| page_of("A/HRC/16/10", number)));
    pages[3].push(plain("A/HRC/12/7"));
    check_members(pages, &[]);
}
