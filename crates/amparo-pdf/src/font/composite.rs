//! Type 0 fonts: codes of one to four bytes, cut and mapped by a `CMap`.
//!
//! Glyphs are looked up when a code is first met and kept: a font may have 65,536 of them, a document shows a few hundred.

use std::cell::RefCell;

use hayro_cmap::{CMap, CMapName, CidFamily, WritingMode, load_embedded};
use lopdf::{Dictionary, Document, Object};
use rustc_hash::FxHashMap;

use super::clean::push_clean;
use super::simple::LARGEST_PROGRAM;
use super::simple::spaced;
use super::truetype::TrueType;
use super::{Codes, Font, Glyph, LongTexts, Shown, cff, glyph_names, is_bold, to_unicode};
use crate::budget::Budget;
use crate::lexer::{Lexer, Operand};
use crate::{objects, streams};

/// Cuts strings into codes and knows their glyphs.
pub(super) struct Composite {
    cutting: Cutting,
    meaning: Meaning,
    advances: Advances,
    known: RefCell<Known>,
}

/// How many bytes a code has.
enum Cutting {
    /// Always two.
    Pairs,
    /// As the `CMap`'s code space says: bytes, lowest and highest code.
    Spaces(Vec<(u8, u32, u32)>),
    /// As long as the `CMap` finds it.
    Probing,
}

/// What leads from a code to its text.
struct Meaning {
    cmap: Option<CMap>,
    to_unicode: Option<CMap>,
    /// From CID to text, by the character collection.
    collection: Option<CMap>,
    /// From CID to character, by the embedded program.
    program: FxHashMap<u16, char>,
    /// The `CMap`'s codes are themselves Unicode.
    unicode_codes: bool,
}

/// Glyphs met so far.
#[derive(Default)]
struct Known {
    /// By the high byte of codes up to 65,535: a page of 256, by the low byte.
    pages: Vec<Option<Box<Page>>>,
    /// All the other codes, and those of another length.
    others: FxHashMap<(u32, u8), Glyph>,
    long: LongTexts,
}

type Page = [Glyph; 256];

/// Codes of one file are kept up to this number; a hostile file must not fill the memory with them.
const MOST_OTHERS: usize = 1 << 17;

/// The font of a Type 0 dictionary and its descendant.
pub(super) fn load(
    doc: &Document,
    dict: &Dictionary,
    descendant: &Dictionary,
    budget: &Budget,
) -> Font {
    let encoding = objects::value(doc, dict, b"Encoding");
    let (cmap, cutting, cmap_name) = read_encoding(doc, encoding, budget);
    let vertical = match &cmap {
        Some(cmap) => cmap.metadata().writing_mode == Some(WritingMode::Vertical),
        None => cmap_name.ends_with(b"-V"),
    };
    let descriptor = objects::dictionary(doc, descendant, b"FontDescriptor");
    let to_unicode = to_unicode::load(doc, dict, budget);
    let collection = collection(doc, descendant);
    let program = match (&to_unicode, &collection, descriptor) {
        (None, None, Some(descriptor)) => {
            program_characters(doc, descendant, descriptor, budget).unwrap_or_default()
        }
        _ => FxHashMap::default(),
    };
    let unicode_codes = [&b"UCS2"[..], b"UTF16"]
        .iter()
        .any(|part| cmap_name.windows(part.len()).any(|window| window == *part));
    Font {
        codes: Codes::Composite(Box::new(Composite {
            cutting,
            meaning: Meaning { cmap, to_unicode, collection, program, unicode_codes },
            advances: if vertical {
                Advances::down(doc, descendant)
            } else {
                Advances::across(doc, descendant)
            },
            known: RefCell::default(),
        })),
        vertical,
        bold: is_bold(doc, descendant, descriptor),
        em: 1.0,
    }
}

/// The `CMap` of an /Encoding, how it cuts, and its name. No `CMap` means that codes are CIDs.
fn read_encoding<'a>(
    doc: &Document,
    encoding: Option<&'a Object>,
    budget: &Budget,
) -> (Option<CMap>, Cutting, &'a [u8]) {
    match encoding {
        Some(Object::Name(name)) if !name.starts_with(b"Identity") => {
            let embedded = load_embedded(CMapName::from_bytes(name));
            let cmap = embedded.and_then(|data| CMap::parse(data, load_embedded));
            let cutting = if cmap.is_some() { Cutting::Probing } else { Cutting::Pairs };
            (cmap, cutting, name)
        }
        Some(Object::Stream(stream)) => {
            let data = streams::decode_up_to(doc, stream, budget, to_unicode::LARGEST_CMAP);
            let cmap = data.as_deref().and_then(|data| CMap::parse(data, load_embedded));
            let spaces = data.as_deref().map(code_spaces).unwrap_or_default();
            let cutting = match (&cmap, spaces.is_empty()) {
                (_, false) => Cutting::Spaces(spaces),
                (Some(_), true) => Cutting::Probing,
                (None, true) => Cutting::Pairs,
            };
            (cmap, cutting, b"")
        }
        Some(Object::Name(name)) => (None, Cutting::Pairs, name),
        _ => (None, Cutting::Pairs, b""),
    }
}

/// The code spaces of an embedded `CMap`: a content lexer reads PostScript well enough for them.
fn code_spaces(cmap: &[u8]) -> Vec<(u8, u32, u32)> {
    let mut spaces = Vec::new();
    let mut lexer = Lexer::new(cmap);
    while let Some(operator) = lexer.next_operator() {
        if operator != b"endcodespacerange" {
            continue;
        }
        let texts: Vec<&[u8]> = lexer
            .operands()
            .iter()
            .filter(|operand| matches!(operand, Operand::Unescaped { .. }))
            .map(|operand| lexer.text(operand))
            .collect();
        for pair in texts.chunks_exact(2).take(256) {
            let [low, high] = [pair[0], pair[1]];
            if low.len() == high.len() && (1..=4).contains(&low.len()) {
                spaces.push((low.len() as u8, big_endian(low), big_endian(high)));
            }
        }
    }
    spaces
}

fn big_endian(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |code, byte| code << 8 | u32::from(*byte))
}

/// From CID to text for the character collections that Adobe published.
fn collection(doc: &Document, descendant: &Dictionary) -> Option<CMap> {
    let info = objects::dictionary(doc, descendant, b"CIDSystemInfo")?;
    let text = |key: &[u8]| objects::value(doc, info, key)?.as_str().ok();
    let family = CidFamily::from_registry_ordering(text(b"Registry")?, text(b"Ordering")?);
    CMap::parse(load_embedded(family.ucs2_cmap()?)?, load_embedded)
}

/// From CID to character by an embedded program, for fonts that say nothing else.
fn program_characters(
    doc: &Document,
    descendant: &Dictionary,
    descriptor: &Dictionary,
    budget: &Budget,
) -> Option<FxHashMap<u16, char>> {
    let keys: [&[u8]; 2] = [b"FontFile2", b"FontFile3"];
    let stream = keys.iter().find_map(|key| objects::stream(doc, descriptor, key))?;
    let data = streams::decode_up_to(doc, stream, budget, LARGEST_PROGRAM)?;
    let mut by_glyph = FxHashMap::default();
    let mut name = |glyph: u16, name: &[u8]| {
        let mut text = String::new();
        if glyph_names::push_text(name, &mut text) {
            by_glyph.extend(text.chars().next().map(|character| (glyph, character)));
        }
    };
    if data.starts_with(&[1, 0]) {
        cff::glyph_names(&data, name);
    } else {
        let truetype = TrueType::parse(&data)?;
        match truetype.cff() {
            Some(cff) => cff::glyph_names(cff, name),
            None => truetype.names(&mut name),
        }
        by_glyph.extend(truetype.characters());
    }
    let Some(map) = objects::stream(doc, descendant, b"CIDToGIDMap") else { return Some(by_glyph) };
    let map = streams::decode(doc, map, budget)?;
    let by_cid = map.chunks_exact(2).zip(0..=u16::MAX).filter_map(|(glyph, cid)| {
        let glyph = u16::from_be_bytes([glyph[0], glyph[1]]);
        by_glyph.get(&glyph).map(|character| (cid, *character))
    });
    Some(by_cid.collect())
}

impl Composite {
    /// Calls `each` for every glyph of a string.
    pub fn decode(&self, string: &[u8], mut each: impl FnMut(Shown<'_>)) {
        let mut known = self.known.borrow_mut();
        let mut rest = string;
        while !rest.is_empty() {
            let length = self.code_length(rest);
            let code = big_endian(&rest[..length]);
            rest = &rest[length..];
            let glyph = self.glyph(&mut known, code, length as u8);
            each(Shown { glyph, word_space: length == 1 && code == 32, long: &known.long });
        }
    }

    fn code_length(&self, rest: &[u8]) -> usize {
        let fits = |length: &usize| *length <= rest.len();
        let found = match &self.cutting {
            Cutting::Pairs => None,
            Cutting::Spaces(spaces) => (1..=4).filter(fits).find(|length| {
                let code = big_endian(&rest[..*length]);
                spaces.iter().any(|(bytes, low, high)| {
                    usize::from(*bytes) == *length && within(code, *low, *high)
                })
            }),
            Cutting::Probing => (1..=4).filter(fits).find(|length| {
                let code = big_endian(&rest[..*length]);
                let cmap = self.meaning.cmap.as_ref();
                cmap.is_some_and(|cmap| cmap.lookup_cid_code(code, *length as u8).is_some())
            }),
        };
        found.unwrap_or(2).min(rest.len())
    }

    fn glyph(&self, known: &mut Known, code: u32, length: u8) -> Glyph {
        if length == 2 {
            let [high, low] = (code as u16).to_be_bytes().map(usize::from);
            if known.pages.is_empty() {
                known.pages.resize_with(256, || None);
            }
            let page = known.pages[high].get_or_insert_with(|| Box::new([Glyph::UNKNOWN; 256]));
            let place = &mut page[low];
            if *place == Glyph::UNKNOWN {
                *place = self.look_up(&mut known.long, code, length);
            }
            return *place;
        }
        if let Some(glyph) = known.others.get(&(code, length)) {
            return *glyph;
        }
        let glyph = self.look_up(&mut known.long, code, length);
        if known.others.len() < MOST_OTHERS {
            known.others.insert((code, length), glyph);
        }
        glyph
    }

    fn look_up(&self, long: &mut LongTexts, code: u32, length: u8) -> Glyph {
        let cid = match &self.meaning.cmap {
            Some(cmap) => cmap.lookup_cid_code(code, length).unwrap_or(0),
            None => code,
        };
        let mut text = String::new();
        self.meaning.push_text(code, cid, &mut text);
        let advance = self.advances.of(cid as u16);
        Glyph::new(advance, spaced(&text), long)
    }
}

/// Code spaces are boxes: each byte lies between the bytes of the ends.
fn within(code: u32, low: u32, high: u32) -> bool {
    let bytes = code.to_be_bytes().into_iter();
    bytes
        .zip(low.to_be_bytes())
        .zip(high.to_be_bytes())
        .all(|((byte, low), high)| (low..=high).contains(&byte))
}

impl Meaning {
    fn push_text(&self, code: u32, cid: u32, out: &mut String) {
        let told = |cmap: &Option<CMap>, code, out: &mut String| {
            cmap.as_ref().is_some_and(|cmap| to_unicode::push_text(cmap, code, out))
        };
        if told(&self.to_unicode, code, out) || told(&self.collection, cid, out) {
            return;
        }
        if let Some(character) = self.program.get(&(cid as u16)) {
            push_clean(*character, out);
        } else if let Some(character) = char::from_u32(code).filter(|_| self.unicode_codes) {
            push_clean(character, out);
        }
    }
}

/// Advances by CID, where the font size is 1: to the right, or downwards in vertical writing.
struct Advances {
    /// Sorted by the first CID: first, last, advance.
    ranges: Vec<(u16, u16, f32)>,
    default: f32,
}

impl Advances {
    fn across(doc: &Document, descendant: &Dictionary) -> Self {
        let default = objects::number(doc, descendant, b"DW").unwrap_or(1000.0);
        Self { ranges: ranges(doc, descendant, b"W", 1), default: default / 1000.0 }
    }

    fn down(doc: &Document, descendant: &Dictionary) -> Self {
        let [_, default]: [f32; 2] =
            objects::numbers(doc, descendant, b"DW2").unwrap_or([880.0, -1000.0]);
        let mut ranges = ranges(doc, descendant, b"W2", 3);
        for (_, _, advance) in &mut ranges {
            *advance = -*advance;
        }
        Self { ranges, default: -default / 1000.0 }
    }

    fn of(&self, cid: u16) -> f32 {
        in_ranges(&self.ranges, cid).unwrap_or(self.default)
    }
}

fn in_ranges(ranges: &[(u16, u16, f32)], cid: u16) -> Option<f32> {
    let after = ranges.partition_point(|(first, _, _)| *first <= cid);
    let (_, last, width) = ranges.get(after.checked_sub(1)?)?;
    (cid <= *last).then_some(*width)
}

/// More entries than there are CIDs only repeat themselves.
const MOST_RANGES: usize = 1 << 16;

/// The entries of a /W or /W2 array: `c [w ...]` or `first last w`, where each `w` is the first of `each` numbers.
fn ranges(
    doc: &Document,
    descendant: &Dictionary,
    key: &[u8],
    each: usize,
) -> Vec<(u16, u16, f32)> {
    let mut ranges = Vec::new();
    let number = |object: Option<&Object>| objects::as_number(doc, object?);
    let mut objects = objects::array(doc, descendant, key).unwrap_or_default().iter();
    while let Some(first) = number(objects.next()).filter(|_| ranges.len() < MOST_RANGES) {
        let first = first as u16;
        let Some(second) = objects.next() else { break };
        if let Some(Object::Array(listed)) = self::objects::follow(doc, second) {
            let entries = listed.chunks(each).zip(first..=u16::MAX);
            ranges.extend(
                entries
                    .filter_map(|(entry, cid)| Some((cid, cid, number(entry.first())? / 1000.0))),
            );
        } else {
            let (Some(last), Some(width)) = (number(Some(second)), number(objects.next())) else {
                break;
            };
            for _ in 1..each {
                objects.next();
            }
            ranges.push((first, last as u16, width / 1000.0));
        }
    }
    ranges.sort_by_key(|(first, _, _)| *first);
    ranges
}
