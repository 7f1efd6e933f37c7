//! What small documents, built here, read as: one test a feature.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::*;
use crate::document::Role;

/// A document in the making, with one font tree for all its pages.
struct Built {
    doc: Document,
    kids: Vec<Object>,
    tree: lopdf::ObjectId,
    resources: Dictionary,
}

impl Built {
    /// A document whose fonts are /F1 (Helvetica) and what `fonts` adds.
    fn new(fonts: &Dictionary) -> Self {
        let mut doc = Document::with_version("1.7");
        let tree = doc.new_object_id();
        let mut all = dictionary! { "F1" => font("Helvetica") };
        all.extend(fonts);
        Self { doc, kids: Vec::new(), tree, resources: dictionary! { "Font" => all } }
    }

    fn stream(&mut self, dict: Dictionary, content: &[u8]) -> Object {
        self.doc.add_object(Stream::new(dict, content.to_vec())).into()
    }

    fn page(&mut self, content: &str, more: Dictionary) -> &mut Self {
        let contents = self.stream(Dictionary::new(), content.as_bytes());
        let mut page = dictionary! {
            "Type" => "Page", "Parent" => self.tree, "Contents" => contents,
        };
        for (key, value) in more {
            page.set(key, value);
        }
        let page = self.doc.add_object(page);
        self.kids.push(page.into());
        self
    }

    fn bytes(&mut self) -> Vec<u8> {
        let tree = dictionary! {
            "Type" => "Pages", "Kids" => self.kids.clone(), "Count" => Object::Integer(self.kids.len().try_into().unwrap()),
            "MediaBox" => vec![0.into(), 0.into(), 600.into(), 800.into()],
            "Resources" => self.resources.clone(),
        };
        self.doc.objects.insert(self.tree, tree.into());
        let catalog =
            self.doc.add_object(dictionary! { "Type" => "Catalog", "Pages" => self.tree });
        self.doc.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        self.doc.save_to(&mut bytes).expect("a vector can be written to");
        bytes
    }

    /// The paragraphs of all pages, parted by " | ", pages by " || ".
    fn text(&mut self) -> String {
        let extracted = extract(&self.bytes(), &Limits::default()).expect("a document");
        text(&extracted)
    }
}

fn font(name: &str) -> Dictionary {
    dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => name, "Encoding" => "WinAnsiEncoding",
    }
}

fn text(extracted: &Extracted) -> String {
    let page = |passage: &Passage| {
        let texts: Vec<&str> =
            passage.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
        texts.join(" | ")
    };
    extracted.passages.iter().map(page).collect::<Vec<_>>().join(" || ")
}

/// The text of a page with this content.
#[track_caller]
fn check(content: &str, expected: &str) {
    check_with(content, &Dictionary::new(), expected);
}

/// The same with fonts besides /F1.
#[track_caller]
fn check_with(content: &str, fonts: &Dictionary, expected: &str) {
    assert_eq!(Built::new(fonts).page(content, Dictionary::new()).text(), expected, "{content}");
}

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
fn marked_page_heads_are_furniture() {
    let mut built = Built::new(&Dictionary::new());
    built.page(
        "/Artifact <</Type /Pagination>> BDC BT /F1 10 Tf 50 770 Td (Head) Tj ET EMC BT /F1 10 Tf 50 700 Td (Text) Tj ET",
        Dictionary::new(),
    );
    let extracted = extract(&built.bytes(), &Limits::default()).unwrap();
    let roles: Vec<Role> = extracted.passages[0].paragraphs.iter().map(|one| one.role).collect();
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
fn mirrored_fonts_are_read_forwards() {
    check("BT /F1 -10 Tf -1 0 0 -1 50 700 Tm [(Two)-300(wor)50(ds)] TJ ET", "Two words");
}

#[test]
fn words_broken_at_a_line_end_are_joined() {
    check("BT /F1 10 Tf 12 TL 50 700 Td (of the govern-) Tj T* (ment) Tj ET", "of the government");
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

/// A `CMap` from codes of that many hexadecimal digits to text.
fn cmap(pairs: &[(&str, &str)]) -> Vec<u8> {
    let chars: Vec<String> =
        pairs.iter().map(|(code, text)| format!("<{code}> <{text}>")).collect();
    let chars = chars.join(" ");
    format!("/CMapName /X def 1 begincodespacerange <00> <FF> endcodespacerange {} beginbfchar\n{chars} endbfchar", pairs.len())
        .into_bytes()
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

fn composite(encoding: &str, to_unicode: Option<Object>, more: &Dictionary) -> Dictionary {
    let mut descendant = dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "X", "DW" => 500,
        "W" => vec![1.into(), Object::Array(vec![500.into(), 600.into()]), 3.into(), 9.into(), 500.into()],
    };
    descendant.extend(more);
    let mut font = dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "X", "Encoding" => encoding,
        "DescendantFonts" => vec![descendant.into()],
    };
    if let Some(to_unicode) = to_unicode {
        font.set("ToUnicode", to_unicode);
    }
    font
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
fn every_physical_page_is_a_passage() {
    let mut built = Built::new(&Dictionary::new());
    for content in ["", "BT /F1 10 Tf 50 700 Td (Second) Tj ET", "q 1 0 0 RG 0 0 9 9 re f Q"] {
        built.page(content, Dictionary::new());
    }
    let extracted = extract(&built.bytes(), &Limits::default()).unwrap();
    assert_eq!(text(&extracted), " || Second || ");
    let numbers: Vec<Locator> =
        extracted.passages.into_iter().map(|passage| passage.locator).collect();
    assert_eq!(numbers, [1, 2, 3].map(|number| Locator::Page { number, label: None }));
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

#[test]
fn a_title_is_the_largest_text_of_the_first_page() {
    let mut built = Built::new(&Dictionary::new());
    built.page(
        "BT /F1 20 Tf 50 700 Td (Human rights in X) Tj /F1 10 Tf 0 -40 Td (Body) Tj ET",
        Dictionary::new(),
    );
    let extracted = extract(&built.bytes(), &Limits::default()).unwrap();
    assert_eq!(extracted.metadata.title.as_deref(), Some("Human rights in X"));
}

/// The warning and the text that a limit leaves of three pages.
#[track_caller]
fn check_limit(limits: Limits, expected: &str) {
    let mut built = Built::new(&Dictionary::new());
    let content = "BT /F1 10 Tf 50 700 Td (page) Tj ET ".repeat(40);
    for _ in 0..3 {
        built.page(&content, Dictionary::new());
    }
    let extracted = extract(&built.bytes(), &limits).unwrap();
    let warnings: Vec<String> = extracted.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(format!("{}: {}", warnings.join(", "), text(&extracted)), expected);
}

#[test]
fn a_limit_keeps_what_was_read() {
    let all = Limits::default();
    check_limit(all, ": page || page || page");
    check_limit(Limits { passages: 2, ..all }, "stopped at the limit of pages: page || page");
    check_limit(
        Limits { operations: 500, ..all },
        "stopped at the limit of operations: page || page || ",
    );
    check_limit(
        Limits { decompressed: 2000, ..all },
        "stopped at the limit of decompressed bytes: page ||  || ",
    );
}

#[test]
fn what_is_no_pdf_is_told_with_a_reason() {
    let error = extract(b"%PDF-1.7 nothing more", &Limits::default()).unwrap_err();
    assert!(matches!(error, Error::Broken { format: "PDF", .. }), "{error}");
}

/// A document with most of what this folder reads, to be damaged.
fn varied() -> Vec<u8> {
    let mut built = Built::new(&Dictionary::new());
    let pairs = [("0001", "0048"), ("0002", "00ED"), ("0003", "0020")];
    let to_unicode = built.stream(Dictionary::new(), &cmap(&pairs));
    let composite = composite("Identity-H", Some(to_unicode), &Dictionary::new());
    let mut named = font("Garamond");
    named.set("Encoding", dictionary! { "Differences" => vec![65.into(), "f_i".into()] });
    named.set("Widths", vec![Object::Integer(500); 60]);
    named.set("FirstChar", 32);
    let form =
        built.stream(dictionary! { "Subtype" => "Form" }, b"BT /F1 9 Tf 60 650 Td (form) Tj ET");
    built.resources.set("XObject", dictionary! { "X" => form });
    built
        .resources
        .set("Font", dictionary! { "F1" => font("Times-Roman"), "F2" => composite, "F3" => named });
    let content = "q 1 0 0 1 0 0 cm BT /F1 12 Tf 14 TL 50 700 Td [(W)80(ords)-300(and)] TJ T* \
        /F2 12 Tf <000100020003> Tj /F3 10 Tf 2 Ts (ABC) Tj (more) ' 1 2 (still) \" \
        /Span <</ActualText (x)>> BDC (y) Tj EMC ET /X Do Q BI /W 1 /H 1 ID \u{1} EI";
    for _ in 0..3 {
        built.page(content, dictionary! { "Rotate" => 90 });
    }
    built.bytes()
}

#[test]
fn damaged_documents_are_read_or_refused() {
    let whole = varied();
    let limits = Limits { operations: 100_000, ..Limits::default() };
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    let mut read = 0;
    for _ in 0..1500 {
        let mut bytes = whole.clone();
        for _ in 0..=random(8) {
            let at = random(bytes.len());
            match random(4) {
                0 => bytes[at] = random(256) as u8,
                1 => bytes[at] = b"0123456789-./<>[]()%"[random(20)],
                2 => drop(bytes.drain(at..(at + random(30)).min(bytes.len()))),
                _ => drop(bytes.splice(at..at, *b" 99999999999 ")),
            }
        }
        read += usize::from(extract(&bytes, &limits).is_ok());
    }
    assert!(read > 500, "only {read} could be read: the damage tests little");
}
