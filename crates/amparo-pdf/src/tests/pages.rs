//! What stands around the content of pages: their tree, their edges, what is drawn over them.

use lopdf::{Dictionary, Object, dictionary};

use super::super::*;
use super::{Built, text};

#[test]
fn marked_page_heads_are_furniture() {
    let mut built = Built::new(&Dictionary::new());
    built.page(
        "/Artifact <</Type /Pagination>> BDC BT /F1 10 Tf 50 770 Td (Head) Tj ET EMC BT /F1 10 Tf 50 700 Td (Text) Tj ET",
        Dictionary::new(),
    );
    let pdf = read(&built.bytes(), &Options::default()).unwrap();
    let roles: Vec<Role> = pdf.pages[0].paragraphs.iter().map(|one| one.role).collect();
    assert_eq!(roles, [Role::Furniture, Role::Body]);
}

#[test]
fn turned_pages_and_turned_text_are_read() {
    let mut built = Built::new(&Dictionary::new());
    let turned = built.doc.add_object(Object::Integer(90));
    let content = "BT /F1 10 Tf 0 1 -1 0 100 100 Tm (up the page) Tj ET \
        BT /F1 10 Tf 0 1 -1 0 112 100 Tm (in two lines) Tj ET";
    built.page(content, dictionary! { "Rotate" => turned });
    built.page(content, Dictionary::new());
    assert_eq!(built.text(), "up the page in two lines || up the page in two lines");
}

#[test]
fn annotations_that_show_text_are_read() {
    let mut built = Built::new(&Dictionary::new());
    let dict = dictionary! {
        "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 100.into(), 20.into()],
    };
    let form = built.stream(dict, b"BT /F1 10 Tf 2 5 Td (filled in) Tj ET");
    let field = |flags: i64| {
        dictionary! {
            "Type" => "Annot", "Subtype" => "Widget", "F" => flags,
            "Rect" => vec![50.into(), 600.into(), 150.into(), 620.into()],
            "AP" => dictionary! { "N" => form.clone() },
        }
    };
    let annotations = vec![field(4).into(), field(2).into()];
    built.page("BT /F1 10 Tf 50 700 Td (Name) Tj ET", dictionary! { "Annots" => annotations });
    assert_eq!(built.text(), "Name | filled in");
}

#[test]
fn every_physical_page_is_a_page_of_the_outcome() {
    let mut built = Built::new(&Dictionary::new());
    for content in ["", "BT /F1 10 Tf 50 700 Td (Second) Tj ET", "q 1 0 0 RG 0 0 9 9 re f Q"] {
        built.page(content, Dictionary::new());
    }
    let pdf = read(&built.bytes(), &Options::default()).unwrap();
    assert_eq!(text(&pdf), " || Second || ");
    let numbers: Vec<u32> = pdf.pages.iter().map(|page| page.number).collect();
    assert_eq!(numbers, [1, 2, 3]);
}

#[test]
fn page_trees_that_go_round_in_circles_end() {
    let mut built = Built::new(&Dictionary::new());
    built.page("BT /F1 10 Tf 50 700 Td (Once) Tj ET", Dictionary::new());
    built.kids.insert(0, built.tree.into());
    // A page whose object is missing keeps its place.
    built.kids.push((999, 0).into());
    assert_eq!(built.text(), "Once || ");
}
