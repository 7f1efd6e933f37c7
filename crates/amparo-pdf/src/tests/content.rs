//! What content streams show.

use lopdf::{Dictionary, Stream, dictionary};

use super::{Built, check, font};

#[test]
fn words_are_told_by_their_places() {
    check("BT /F1 10 Tf 50 700 Td (Two words) Tj ET", "Two words");
    check("BT /F1 10 Tf 50 700 Td [(T)80(wo)-250(words)] TJ ET", "Two words");
    check("BT /F1 10 Tf 50 700 Td (Two) Tj 22 0 Td (words) Tj ET", "Two words");
    check("BT /F1 10 Tf 50 700 Td (W) Tj 9.44 0 Td (ord) Tj ET", "Word");
    check("BT /F1 10 Tf 3 Tw 50 700 Td (Two  words) Tj ET", "Two words");
    check("BT /F1 10 Tf 50 700 Td 12 TL (One) Tj (line) ' 1 2 (more) \" ET", "One line more");
}

#[test]
fn letters_set_wide_are_a_word_and_wide_spacing_taken_back_parts_words() {
    check("BT /F1 10 Tf 3 Tc 50 700 Td (WIDE) Tj ET", "WIDE");
    check("BT /F1 10 Tf 30 Tc 50 700 Td (123) Tj ET", "1 2 3");
    check("BT /F1 10 Tf 6 Tc 50 700 Td [(a3y4d)600(el)600(a)] TJ ET", "a 3 y 4 de la");
}

#[test]
fn rise_and_size_make_no_new_line() {
    check(
        "BT /F1 10 Tf 50 700 Td (the 21) Tj /F1 6 Tf 4 Ts (st) Tj /F1 10 Tf 0 Ts ( century) Tj ET",
        "the 21st century",
    );
    check(
        "BT /F1 10 Tf 50 700 Td (torture.) Tj /F1 6 Tf 4 Ts (12) Tj /F1 10 Tf 0 Ts ( It) Tj ET",
        "torture.\u{b9}\u{b2} It",
    );
}

#[test]
fn text_drawn_twice_at_one_place_is_read_once() {
    check(
        "BT /F1 10 Tf 50 700 Td (Bold) Tj 0.3 0 Td (Bold) Tj ET BT /F1 10 Tf 50.3 700.2 Td (Bold) Tj ET",
        "Bold",
    );
    check("BT /F1 10 Tf 50 700 Td (a) Tj 2.2 0 Td (l) Tj 2.22 0 Td (l) Tj ET", "all");
}

#[test]
fn hidden_text_of_scans_is_kept_and_marks_outside_the_page_are_not() {
    check("BT 3 Tr /F1 10 Tf 50 700 Td (Scanned) Tj ET", "Scanned");
    check("BT /F1 10 Tf 50 700 Td (In) Tj 0 300 Td (Out) Tj ET", "In");
}

#[test]
fn forms_are_drawn_with_their_matrix_and_never_draw_themselves() {
    let mut built = Built::new(&Dictionary::new());
    let form = built.doc.new_object_id();
    let dict = dictionary! {
        "Type" => "XObject", "Subtype" => "Form",
        "Matrix" => vec![1.into(), 0.into(), 0.into(), 1.into(), 0.into(), (-100).into()],
        "Resources" => dictionary! {
            "Font" => dictionary! { "G" => font("Courier") },
            "XObject" => dictionary! { "Me" => form },
        },
    };
    let content = b"BT /G 10 Tf 50 700 Td (in the form) Tj ET /Me Do".to_vec();
    built.doc.objects.insert(form, Stream::new(dict, content).into());
    built.resources.set("XObject", dictionary! { "X" => form });
    built.page("/X Do BT /F1 10 Tf 50 588 Td (and below it) Tj ET", Dictionary::new());
    assert_eq!(built.text(), "in the form and below it");
}

#[test]
fn replacement_text_is_read_instead() {
    check(
        "BT /F1 10 Tf 50 700 Td /Span <</ActualText <FEFF00660069>>> BDC (X) Tj EMC (ne) Tj ET",
        "fine",
    );
    check("BT /F1 10 Tf 50 700 Td (a) Tj /Span <</ActualText ()>> BDC (b) Tj EMC (c) Tj ET", "a c");
    check(
        "BT /F1 10 Tf 50 700 Td /Span <</ActualText (whole)>> BDC (w) Tj (h) Tj EMC EMC EMC (s) Tj ET",
        "wholes",
    );
}

#[test]
fn words_broken_at_a_line_end_are_joined() {
    check("BT /F1 10 Tf 12 TL 50 700 Td (of the govern-) Tj T* (ment) Tj ET", "of the government");
}
