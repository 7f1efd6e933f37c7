//! What the codes of fonts mean.

use lopdf::{Dictionary, Object, dictionary};

use super::{Built, check, check_with, cmap, composite, font};

#[test]
fn accents_set_apart_join_their_letters() {
    let fonts = || {
        let mut tex = font("CMR10");
        tex.set("Widths", (0..=255).map(|_| 500.into()).collect::<Vec<Object>>());
        tex.set("FirstChar", 0);
        dictionary! { "F2" => tex }
    };
    check_with(
        "BT /F2 10 Tf 50 700 Td [(desaparici)(\\264)500(on)] TJ ET",
        &fonts(),
        "desaparición",
    );
    check_with("BT /F2 10 Tf 50 700 Td [(n)500(\\230)(o)] TJ ET", &fonts(), "ño");
}

#[test]
fn mirrored_fonts_are_read_forwards() {
    check("BT /F1 -10 Tf -1 0 0 -1 50 700 Tm [(Two)-300(wor)50(ds)] TJ ET", "Two words");
}

#[test]
fn encodings_and_glyph_names_tell_the_text() {
    check("BT /F1 10 Tf 50 700 Td (a\\361o \\223x\\224 \\200 co\\255op) Tj ET", "año “x” € co-op");
    let mut named = font("Garamond");
    let differences = vec![
        65.into(),
        "f_f_i".into(),
        "uni00E9".into(),
        "a.sc".into(),
        97.into(),
        "g97".into(),
        "fi".into(),
    ];
    named.set("Encoding", dictionary! { "Differences" => differences });
    check_with("BT /F2 10 Tf 50 700 Td (ABCab) Tj ET", &dictionary! { "F2" => named }, "ffiéaafi");
    let mut symbol = font("Symbol");
    symbol.remove(b"Encoding");
    check_with("BT /F2 10 Tf 50 700 Td (abc) Tj ET", &dictionary! { "F2" => symbol }, "αβχ");
}

#[test]
fn what_a_font_says_of_itself_comes_before_its_encoding() {
    let mut built = Built::new(&Dictionary::new());
    let to_unicode = built.stream(Dictionary::new(), &cmap(&[("41", "0062"), ("42", "FB01")]));
    let mut odd = font("Garamond");
    odd.set("ToUnicode", to_unicode);
    built.resources.set("Font", dictionary! { "F2" => odd });
    built.page("BT /F2 10 Tf 50 700 Td (ABC) Tj ET", Dictionary::new());
    assert_eq!(built.text(), "bfiC");
}

#[test]
fn composite_fonts_are_read_in_both_directions() {
    for encoding in ["Identity-H", "Identity-V"] {
        let mut built = Built::new(&Dictionary::new());
        let pairs = [("0001", "0048"), ("0002", "00ED"), ("0003", "0020"), ("0004", "D83DDE00")];
        let to_unicode = built.stream(Dictionary::new(), &cmap(&pairs));
        let font = composite(encoding, Some(to_unicode), &Dictionary::new());
        built.resources.set("Font", dictionary! { "F2" => font });
        built.page("BT /F2 10 Tf 50 700 Td <00010002> Tj <000300040001> Tj ET", Dictionary::new());
        assert_eq!(built.text(), "Hí \u{1f600}H", "{encoding}");
    }
}

#[test]
fn predefined_cmaps_and_collections_tell_the_text() {
    let info = dictionary! {
        "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("Japan1"),
        "Supplement" => 2,
    };
    let font = composite("90ms-RKSJ-H", None, &dictionary! { "CIDSystemInfo" => info });
    check_with("BT /F2 10 Tf 50 700 Td <93FA967B> Tj ET", &dictionary! { "F2" => font }, "日本");
}

#[test]
fn type_3_fonts_scale_by_their_own_matrix() {
    let type3 = dictionary! {
        "Type" => "Font", "Subtype" => "Type3", "FirstChar" => 97, "LastChar" => 98,
        "FontMatrix" => vec![0.1.into(), 0.into(), 0.into(), 0.1.into(), 0.into(), 0.into()],
        "FontBBox" => vec![0.into(), 0.into(), 5.into(), 10.into()],
        "Widths" => vec![5.into(), 5.into()],
        "Encoding" => dictionary! { "Differences" => vec![97.into(), "x".into(), "y".into()] },
    };
    check_with(
        "BT /F2 10 Tf 50 700 Td (ab) Tj 10 0 Td (a) Tj 8 0 Td (b) Tj ET",
        &dictionary! { "F2" => type3 },
        "xyx y",
    );
}
