//! What small documents, built here, read as: one test a feature.

mod content;
mod fonts;
mod limits;
mod pages;
mod words;

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::*;

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
        let pdf = read(&self.bytes(), &Options::default()).expect("a document");
        text(&pdf)
    }
}

fn font(name: &str) -> Dictionary {
    dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => name, "Encoding" => "WinAnsiEncoding",
    }
}

fn text(pdf: &Pdf) -> String {
    let page = |page: &Page| {
        let paragraphs = page.paragraphs.iter().map(|paragraph| paragraph.text.as_str());
        let values = page.values.iter().map(String::as_str);
        paragraphs.chain(values).collect::<Vec<_>>().join(" | ")
    };
    pdf.pages.iter().map(page).collect::<Vec<_>>().join(" || ")
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

/// A `CMap` from codes of that many hexadecimal digits to text.
fn cmap(pairs: &[(&str, &str)]) -> Vec<u8> {
    let chars: Vec<String> =
        pairs.iter().map(|(code, text)| format!("<{code}> <{text}>")).collect();
    let chars = chars.join(" ");
    format!("/CMapName /X def 1 begincodespacerange <00> <FF> endcodespacerange {} beginbfchar\n{chars} endbfchar", pairs.len())
        .into_bytes()
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
