//! Fonts: what each character code of a string means and how wide it is.
//!
//! A font dictionary goes in, a [`Font`] that decodes strings comes out; nothing of a font is ever drawn. The text of a
//! code is told, in this order, by `/ToUnicode`, by /Encoding, by the embedded font program, by the standard encoding.

mod cff;
mod clean;
mod composite;
mod encoding;
mod glyph_names;
mod simple;
mod standard_widths;
mod to_unicode;
mod truetype;
mod type1;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use lopdf::{Dictionary, Document};
use rustc_hash::FxHashMap;

use super::budget::Budget;
use super::objects;
pub(super) use clean::push_clean;
use composite::Composite;

/// A font, ready to decode strings.
pub(super) struct Font {
    codes: Codes,
    /// Whether lines run downwards.
    pub vertical: bool,
    /// Whether it is a bold face.
    pub bold: bool,
    /// Height of its em where the font size is 1; differs from 1 in Type 3 fonts only.
    pub em: f32,
}

/// How a font's strings are cut into codes.
enum Codes {
    /// One byte each.
    Simple(Box<SimpleCodes>),
    /// By a `CMap`.
    Composite(Box<Composite>),
}

impl Codes {
    /// The most memory that the glyphs take once all codes were met.
    fn most_bytes(&self) -> usize {
        match self {
            Self::Simple(_) => size_of::<SimpleCodes>(),
            Self::Composite(_) => 65_536 * size_of::<Glyph>(),
        }
    }
}

/// The glyphs of a simple font by their code.
struct SimpleCodes {
    glyphs: [Glyph; 256],
    long: LongTexts,
}

/// The most bytes of text that a glyph holds itself.
const INLINE: usize = 11;
/// In place of a length: the text is one of the font's long ones.
const IS_LONG: u8 = u8::MAX;
/// In place of a length: the code was not looked up yet.
const IS_UNKNOWN: u8 = u8::MAX - 1;

/// What one code shows: sixteen bytes, because pages have thousands of them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Glyph {
    /// Its advance, where the font size is 1: to the right, or downwards in vertical writing.
    pub width: f32,
    length: u8,
    text: [u8; INLINE],
}

/// Texts of glyphs that are too long to be held inline.
type LongTexts = Vec<Box<str>>;

impl Glyph {
    /// In place of a glyph that was not looked up yet.
    const UNKNOWN: Self = Self { width: 0.0, length: IS_UNKNOWN, text: [0; INLINE] };

    fn new(width: f32, text: &str, long: &mut LongTexts) -> Self {
        let mut glyph = Self { width, ..Self::default() };
        if text.len() <= INLINE {
            glyph.text[..text.len()].copy_from_slice(text.as_bytes());
            glyph.length = text.len() as u8;
        } else {
            glyph.text[..4].copy_from_slice(&(long.len() as u32).to_le_bytes());
            glyph.length = IS_LONG;
            long.push(text.into());
        }
        glyph
    }

    /// Whether it shows a space.
    #[inline]
    pub fn is_space(&self) -> bool {
        self.length == 1 && self.text[0] == b' '
    }

    /// Whether nothing is known of its text.
    #[inline]
    pub fn is_blank(&self) -> bool {
        self.length == 0
    }

    /// Its text where it is one byte.
    #[inline]
    fn byte(&self) -> Option<u8> {
        (self.length == 1).then_some(self.text[0])
    }

    fn long_text<'a>(&self, long: &'a LongTexts) -> &'a str {
        let mut index = [0; 4];
        index.copy_from_slice(&self.text[..4]);
        long.get(u32::from_le_bytes(index) as usize).map_or("", |text| text)
    }

    /// Adds its UTF-8 to a buffer.
    #[inline]
    fn write(&self, long: &LongTexts, out: &mut Vec<u8>) {
        match self.byte() {
            Some(byte) => out.push(byte),
            None if self.length == IS_LONG => out.extend(self.long_text(long).as_bytes()),
            None => out.extend_from_slice(&self.text[..usize::from(self.length)]),
        }
    }
}

/// A glyph as it comes out of a string.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    /// The glyph.
    pub glyph: Glyph,
    /// Whether its code is the single byte 32, to which word spacing applies.
    pub word_space: bool,
    long: &'a LongTexts,
}

impl Shown<'_> {
    /// Adds the glyph's UTF-8 to a buffer.
    #[inline]
    pub fn write(&self, out: &mut Vec<u8>) {
        self.glyph.write(self.long, out);
    }
}

impl Font {
    /// The font of a dictionary; one that is broken decodes to what can be guessed.
    fn load(doc: &Document, dict: &Dictionary, budget: &Budget) -> Self {
        let subtype = objects::name(doc, dict, b"Subtype").unwrap_or_default();
        let descendant = objects::array(doc, dict, b"DescendantFonts")
            .and_then(|fonts| fonts.first())
            .or_else(|| objects::value(doc, dict, b"DescendantFonts"))
            .and_then(|font| objects::follow(doc, font))
            .and_then(objects::as_dictionary);
        match descendant {
            Some(descendant) => composite::load(doc, dict, descendant, budget),
            None => simple::load(doc, dict, subtype == b"Type3", budget),
        }
    }

    /// Calls `each` for every glyph of a string.
    #[inline]
    pub fn decode(&self, string: &[u8], mut each: impl FnMut(Shown<'_>)) {
        match &self.codes {
            Codes::Simple(codes) => {
                for &byte in string {
                    each(Shown {
                        glyph: codes.glyphs[usize::from(byte)],
                        word_space: byte == b' ',
                        long: &codes.long,
                    });
                }
            }
            Codes::Composite(composite) => composite.decode(string, each),
        }
    }
}

/// Whether a font's name or descriptor says that it is bold.
fn is_bold(doc: &Document, dict: &Dictionary, descriptor: Option<&Dictionary>) -> bool {
    const FORCE_BOLD: i64 = 1 << 18;
    let by_name = objects::name(doc, dict, b"BaseFont").is_some_and(|name| {
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        ["bold", "black", "heavy", "demi"].iter().any(|weight| name.contains(weight))
    });
    by_name
        || descriptor.is_some_and(|descriptor| {
            objects::number(doc, descriptor, b"FontWeight").is_some_and(|weight| weight >= 600.0)
                || objects::integer(doc, descriptor, b"Flags")
                    .is_some_and(|flags| flags & FORCE_BOLD != 0)
        })
}

/// Bytes of fonts that are kept at once, as far as can be told: hundreds of fonts of a real file.
const MOST_HELD: usize = 192 << 20;

/// The fonts of a document, each loaded once.
pub(super) struct Fonts {
    /// By the address of the dictionary: direct ones have no number.
    loaded: RefCell<FxHashMap<usize, Rc<Font>>>,
    /// Bytes that they may take.
    held: Cell<usize>,
    /// Bytes that they take at most.
    most: usize,
}

impl Default for Fonts {
    fn default() -> Self {
        Self::one_of(1)
    }
}

impl Fonts {
    /// Fonts that share the memory there is for them with others: as many as are read at once.
    pub fn one_of(readers: usize) -> Self {
        Self { loaded: RefCell::default(), held: Cell::new(0), most: MOST_HELD / readers }
    }

    /// The font of a dictionary of this document.
    pub fn get(&self, doc: &Document, dict: &Dictionary, budget: &Budget) -> Rc<Font> {
        let address = std::ptr::from_ref(dict).addr();
        if let Some(font) = self.loaded.borrow().get(&address) {
            return Rc::clone(font);
        }
        // Loading costs more than an operator.
        budget.operate(256);
        let before = budget.decompressed();
        let font = Rc::new(Font::load(doc, dict, budget));
        let mut loaded = self.loaded.borrow_mut();
        // What was decompressed for a font is about what its tables take; glyphs that are met come on top.
        let size = before - budget.decompressed() + font.codes.most_bytes();
        self.held.set(self.held.get() + size);
        if self.held.get() > self.most {
            loaded.clear();
            self.held.set(size);
        }
        loaded.insert(address, Rc::clone(&font));
        font
    }

    /// The font where none is named: Helvetica.
    pub fn fallback(&self, doc: &Document, budget: &Budget) -> Rc<Font> {
        let none = Dictionary::new();
        let mut loaded = self.loaded.borrow_mut();
        Rc::clone(loaded.entry(0).or_insert_with(|| Rc::new(Font::load(doc, &none, budget))))
    }
}

/// A string in `PDFDoc` encoding as text.
pub(super) fn pdf_doc_text(bytes: &[u8]) -> String {
    let names = encoding::Encoding::PdfDoc.names();
    let mut text = String::new();
    for &byte in bytes {
        if !glyph_names::push_text(names[usize::from(byte)].as_bytes(), &mut text)
            && byte.is_ascii_whitespace()
        {
            text.push(' ');
        }
    }
    text
}
