//! Where words stand, and what images cover.

use lopdf::{Dictionary, Object, Stream, dictionary};

use super::super::*;
use super::{Built, cmap, composite};

/// The words of a document, each with its left, bottom, right and top; lines parted by " / ".
fn words(built: &mut Built) -> String {
    let options = Options { words: true, ..Options::default() };
    let pdf = read(&built.bytes(), &options).unwrap();
    let mut lines = Vec::new();
    for paragraph in pdf.pages.iter().flat_map(|page| &page.paragraphs) {
        for line in &paragraph.lines {
            let word = |word: &Word| {
                let Rect { left, bottom, right, top } = word.bounds;
                let text = &paragraph.text[word.range.clone()];
                format!("{text}({left:.0} {bottom:.0} {right:.0} {top:.0})")
            };
            lines.push(line.words.iter().map(word).collect::<Vec<_>>().join(" "));
        }
    }
    lines.join(" / ")
}

/// The words of a page with this content and these entries.
#[track_caller]
fn check(content: &str, more: Dictionary, expected: &str) {
    let mut built = Built::new(&Dictionary::new());
    built.page(content, more);
    assert_eq!(words(&mut built), expected, "{content}");
}

#[test]
fn words_have_places_however_they_are_drawn() {
    let expected = "Two(50 698 69 708) words(72 698 98 708)";
    check("BT /F1 10 Tf 50 700 Td (Two words) Tj ET", Dictionary::new(), expected);
    check("BT /F1 10 Tf 50 700 Td [(T)20(wo)-298(wo)(rds)] TJ ET", Dictionary::new(), expected);
    check(
        "BT /F1 10 Tf 50 700 Td (Two) Tj 18.89 0 Td ( wo) Tj 15.56 0 Td (rds) Tj ET",
        Dictionary::new(),
        expected,
    );
}

#[test]
fn a_word_that_goes_on_in_bold_or_is_drawn_twice_is_one() {
    check(
        "BT /F1 10 Tf 50 700 Td (Bold) Tj 0.3 0 Td (Bold) Tj 30 0 Td (next) Tj ET",
        Dictionary::new(),
        "Bold(50 698 70 708) next(80 698 99 708)",
    );
    check(
        "BT /F1 10 Tf 50 700 Td (torture.) Tj /F1 6 Tf 4 Ts (12) Tj /F1 10 Tf 0 Ts ( It) Tj ET",
        Dictionary::new(),
        "torture.\u{b9}\u{b2}(50 698 88 709) It(91 698 97 708)",
    );
}

#[test]
fn a_broken_word_stands_on_two_lines() {
    check(
        "BT /F1 10 Tf 12 TL 50 700 Td (of the govern-) Tj T* (ment) Tj ET",
        Dictionary::new(),
        "of(50 698 58 708) the(61 698 75 708) govern(78 698 112 708) / ment(50 686 72 696)",
    );
}

#[test]
fn places_are_those_of_the_page_before_it_is_turned() {
    let crop = || vec![20.into(), 30.into(), 500.into(), 750.into()];
    for turn in [0, 90, 180, 270] {
        check(
            "BT /F1 10 Tf 50 700 Td (Two words) Tj ET",
            dictionary! { "Rotate" => turn, "CropBox" => crop() },
            "Two(50 698 69 708) words(72 698 98 708)",
        );
        check(
            "BT /F1 10 Tf 0 1 -1 0 100 100 Tm (Two words) Tj ET",
            dictionary! { "Rotate" => turn, "CropBox" => crop() },
            "Two(92 100 102 119) words(92 122 102 148)",
        );
    }
}

#[test]
fn signs_of_vertical_text_stand_below_one_another() {
    let mut built = Built::new(&Dictionary::new());
    let to_unicode = built.stream(Dictionary::new(), &cmap(&[("0001", "65E5"), ("0002", "672C")]));
    let font = composite("Identity-V", Some(to_unicode), &Dictionary::new());
    built.resources.set("Font", dictionary! { "F2" => font });
    built.page("BT /F2 10 Tf 50 700 Td <00010002> Tj ET", Dictionary::new());
    assert_eq!(words(&mut built), "日本(45 680 55 700)");
}

#[test]
fn what_stands_in_place_of_what_is_drawn_has_the_place_of_that() {
    check(
        "BT /F1 10 Tf 50 700 Td /Span <</ActualText (no more)>> BDC (XXXXXXX) Tj EMC ET",
        Dictionary::new(),
        "no(50 698 63 708) more(70 698 97 708)",
    );
}

#[test]
fn places_cost_nothing_unless_they_are_asked_for() {
    let mut built = Built::new(&Dictionary::new());
    built.page("BT /F1 10 Tf 50 700 Td (Two words) Tj ET", Dictionary::new());
    let pdf = read(&built.bytes(), &Options::default()).unwrap();
    assert_eq!(pdf.pages[0].paragraphs[0].lines, []);
    let Rect { left, bottom, right, top } = pdf.pages[0].bounds;
    assert_eq!([left, bottom, right, top].map(|side| side.round() as i32), [0, 0, 600, 800]);
}

#[test]
fn a_page_of_pictures_is_told_from_an_empty_one() {
    let mut built = Built::new(&Dictionary::new());
    let image = |width: i64| {
        let dict = dictionary! { "Subtype" => "Image", "Width" => width, "Height" => 100 };
        Object::from(Stream::new(dict, vec![0; 100]))
    };
    let (scan, line) = (built.doc.add_object(image(80)), built.doc.add_object(image(0)));
    built.resources.set("XObject", dictionary! { "S" => scan, "L" => line });
    for content in [
        "q 600 0 0 800 0 0 cm /S Do Q",
        "q 300 0 0 400 150 200 cm /S Do Q",
        "q 600 0 0 800 0 0 cm /L Do Q BT /F1 10 Tf 50 700 Td (Text) Tj ET",
        "",
        "q 300 0 0 800 0 0 cm BI /W 40 /H 40 /BPC 8 /CS /G ID \u{1}\u{2} EI Q",
        "q 300 0 0 800 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \u{1} EI Q",
    ] {
        built.page(content, Dictionary::new());
    }
    let pdf = read(&built.bytes(), &Options::default()).unwrap();
    let covers: Vec<f32> = pdf.pages.iter().map(|page| 100.0 * page.picture_cover).collect();
    assert_eq!(
        covers.iter().map(|cover| cover.round() as u32).collect::<Vec<_>>(),
        [100, 25, 0, 0, 50, 0]
    );
}
