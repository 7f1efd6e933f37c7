//! Fonts with one byte for each code: Type 1, TrueType, Type 3.

use std::borrow::Cow;
use std::cell::OnceCell;

use lopdf::{Dictionary, Document, Object};
use rustc_hash::FxHashMap;

use super::encoding::{Encoding, Names};
use super::standard_widths::StandardFont;
use super::truetype::TrueType;
use super::{Codes, Font, Glyph, SimpleCodes, cff, clean, is_bold, to_unicode, type1};
use crate::budget::Budget;
use crate::{objects, streams};

/// The most bytes of a font program that are read: those of all Chinese take some twenty million.
pub(super) const LARGEST_PROGRAM: usize = 64 << 20;

/// Glyph names by code; empty where the code has none.
type CodeNames<'a> = [Cow<'a, [u8]>; 256];

/// The font of a dictionary without descendants.
pub(super) fn load(doc: &Document, dict: &Dictionary, is_type3: bool, budget: &Budget) -> Font {
    let descriptor = objects::dictionary(doc, dict, b"FontDescriptor");
    let base_font = objects::name(doc, dict, b"BaseFont").unwrap_or_default();
    let standard = StandardFont::of_name(base_font);
    let program = descriptor.and_then(|descriptor| program(doc, descriptor, budget));
    let truetype = program.as_ref().and_then(|program| match program {
        Program::TrueType(data) => TrueType::parse(data),
        _ => None,
    });
    let encoded = Encoded::new(
        doc,
        dict,
        standard,
        program.as_ref().map(Program::borrowed),
        truetype.as_ref(),
    );
    let to_unicode = to_unicode::load(doc, dict, budget);
    let scale = Scale::new(doc, dict, is_type3);
    let widths = widths(doc, dict, descriptor, standard, &encoded.names);

    let mut codes = Box::new(SimpleCodes { glyphs: [Glyph::default(); 256], long: Vec::new() });
    let mut text = String::new();
    for code in 0..=u8::MAX {
        text.clear();
        let told = to_unicode
            .as_ref()
            .is_some_and(|cmap| to_unicode::push_text(cmap, u32::from(code), &mut text));
        if !told {
            encoded.push_text(code, &mut text);
        }
        // Encodings that leave the space out still mean one by its code.
        if text.is_empty() && code == b' ' {
            text.push(' ');
        }
        let width = widths[usize::from(code)] * scale.width;
        codes.glyphs[usize::from(code)] = Glyph::new(width, spaced(&text), &mut codes.long);
    }
    Font {
        codes: Codes::Simple(codes),
        vertical: false,
        bold: is_bold(doc, dict, descriptor),
        em: scale.em,
    }
}

/// Text that is only white space is one space.
pub(super) fn spaced(text: &str) -> &str {
    if !text.is_empty() && text.trim().is_empty() { " " } else { text }
}

/// An embedded font program by its format.
enum Program<T> {
    Type1(T),
    TrueType(T),
    Cff(T),
}

impl Program<Cow<'_, [u8]>> {
    fn borrowed(&self) -> Program<&[u8]> {
        match self {
            Self::Type1(data) => Program::Type1(data),
            Self::TrueType(data) => Program::TrueType(data),
            Self::Cff(data) => Program::Cff(data),
        }
    }
}

/// The embedded program, told by its first bytes: the key it stands under is often wrong.
fn program<'a>(
    doc: &'a Document,
    descriptor: &'a Dictionary,
    budget: &Budget,
) -> Option<Program<Cow<'a, [u8]>>> {
    let keys: [&[u8]; 3] = [b"FontFile", b"FontFile2", b"FontFile3"];
    let stream = keys.iter().find_map(|key| objects::stream(doc, descriptor, key))?;
    let data = streams::decode_up_to(doc, stream, budget, LARGEST_PROGRAM)?;
    Some(match data.get(..4)? {
        b"OTTO" | b"true" | b"ttcf" | [0, 1, 0, 0] => Program::TrueType(data),
        [1, _, ..] => Program::Cff(data),
        _ => Program::Type1(data),
    })
}

/// What a font's encoding and program say about its codes.
struct Encoded<'a> {
    names: CodeNames<'a>,
    /// By code: what a TrueType program's character maps say, where no name does.
    characters: Vec<Option<char>>,
    /// What the program says by glyph number, for names like "g36".
    by_glyph: OnceCell<FxHashMap<u16, char>>,
    truetype: Option<&'a TrueType<'a>>,
    /// What the names are where nothing else says so.
    base: Encoding,
    base_names: &'static Names,
}

impl<'a> Encoded<'a> {
    fn new(
        doc: &'a Document,
        dict: &'a Dictionary,
        standard: Option<StandardFont>,
        program: Option<Program<&'a [u8]>>,
        truetype: Option<&'a TrueType<'a>>,
    ) -> Self {
        let encoding = objects::value(doc, dict, b"Encoding");
        let base = match encoding {
            Some(Object::Name(name)) => Encoding::of_name(name),
            Some(Object::Dictionary(dict)) => {
                objects::name(doc, dict, b"BaseEncoding").and_then(Encoding::of_name)
            }
            _ => None,
        };
        let own = match standard {
            Some(StandardFont::Symbol) => Encoding::Symbol,
            Some(StandardFont::ZapfDingbats) => Encoding::ZapfDingbats,
            _ => Encoding::Standard,
        };
        let (explicit, base) = (base.is_some(), base.unwrap_or(own));
        let base_names = base.names();
        let mut names: CodeNames = base_names.map(|name| name.as_bytes().into());
        let mut characters = Vec::new();
        if !explicit {
            let mut name = |code: u8, name: &[u8]| {
                names[usize::from(code)] = name.to_vec().into();
            };
            match (program, truetype) {
                (Some(Program::Type1(data)), _) => type1::encoding(data, &mut name),
                (Some(Program::Cff(data)), _) => cff::encoding(data, &mut name),
                (_, Some(truetype)) => match truetype.cff() {
                    Some(data) => cff::encoding(data, &mut name),
                    None => characters = characters_by_code(truetype, &mut names),
                },
                _ => {}
            }
        }
        if let Some(Object::Dictionary(dict)) = encoding {
            apply_differences(doc, dict, &mut names, &mut characters);
        }
        Self { names, characters, by_glyph: OnceCell::new(), truetype, base, base_names }
    }

    fn push_text(&self, code: u8, out: &mut String) {
        if let Some(Some(character)) = self.characters.get(usize::from(code)) {
            return clean::push_clean(*character, out);
        }
        let name = match &self.names[usize::from(code)] {
            Cow::Borrowed(name)
                if std::ptr::eq(*name, self.base_names[usize::from(code)].as_bytes()) =>
            {
                return out.push_str(&self.base.texts()[usize::from(code)]);
            }
            name => &name[..],
        };
        match self.base.text_of(name) {
            Some(text) => out.push_str(&text),
            None => out.extend(self.numbered(name, code)),
        }
    }

    /// The character of names that only number: "g36" is glyph 36 of the program, "C65" most likely code 65.
    fn numbered(&self, name: &[u8], code: u8) -> Option<char> {
        let name = std::str::from_utf8(name).ok()?;
        let digits = name.trim_start_matches(|character: char| !character.is_ascii_digit());
        let number: u16 = digits.parse().ok()?;
        let by_glyph = self
            .by_glyph
            .get_or_init(|| self.truetype.map(TrueType::characters).unwrap_or_default());
        let from_program = by_glyph.get(&number).copied();
        let same =
            number == u16::from(code) || u16::from_str_radix(digits, 16) == Ok(u16::from(code));
        from_program.or_else(|| (same && matches!(code, b' '..=b'~')).then_some(char::from(code)))
    }
}

/// By code, what a TrueType program's maps say; `names` takes the names of glyphs that have no character.
fn characters_by_code(truetype: &TrueType<'_>, names: &mut CodeNames<'_>) -> Vec<Option<char>> {
    let by_glyph = truetype.characters();
    let glyphs = truetype.codes();
    let mut codes: FxHashMap<u16, Vec<u8>> = FxHashMap::default();
    for (code, glyph) in (0..=u8::MAX).zip(glyphs) {
        codes.entry(glyph).or_default().push(code);
    }
    truetype.names(|glyph, name| {
        for code in codes.get(&glyph).into_iter().flatten() {
            names[usize::from(*code)] = name.to_vec().into();
        }
    });
    glyphs.iter().map(|glyph| by_glyph.get(glyph).copied()).collect()
}

fn apply_differences<'a>(
    doc: &'a Document,
    encoding: &'a Dictionary,
    names: &mut CodeNames<'a>,
    characters: &mut [Option<char>],
) {
    let mut code = 0_usize;
    for object in objects::array(doc, encoding, b"Differences").unwrap_or_default() {
        match objects::follow(doc, object) {
            Some(Object::Name(name)) => {
                if let Some(place) = names.get_mut(code) {
                    *place = name.as_slice().into();
                }
                if let Some(character) = characters.get_mut(code) {
                    *character = None;
                }
                code = code.saturating_add(1);
            }
            Some(Object::Integer(next)) => code = usize::try_from(*next).unwrap_or(usize::MAX),
            Some(Object::Real(next)) => code = *next as usize,
            _ => {}
        }
    }
}

/// From glyph space to a font size of 1.
struct Scale {
    width: f32,
    em: f32,
}

impl Scale {
    fn new(doc: &Document, dict: &Dictionary, is_type3: bool) -> Self {
        if !is_type3 {
            return Self { width: 0.001, em: 1.0 };
        }
        let matrix = objects::numbers(doc, dict, b"FontMatrix");
        let [a, b, _, d, ..]: [f32; 6] = matrix.unwrap_or([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]);
        let height = objects::numbers(doc, dict, b"FontBBox")
            .map_or(0.0, |[_, bottom, _, top]: [f32; 4]| (top - bottom).abs() * d.abs());
        let widths = objects::array(doc, dict, b"Widths").unwrap_or_default();
        let widths: Vec<f32> = widths
            .iter()
            .filter_map(|width| objects::as_number(doc, width))
            .filter(|width| *width != 0.0)
            .collect();
        let mean = widths.iter().sum::<f32>() / widths.len().max(1) as f32 * a.abs();
        // Some programs leave the box empty; letters are about half as wide as high.
        let em = if height > 0.0 && height < 20.0 * mean.max(0.01) { height } else { 2.0 * mean };
        Self {
            width: if a == 0.0 { b } else { a },
            em: if em > 0.0 && em.is_finite() { em } else { 1.0 },
        }
    }
}

/// The widths of all codes in glyph space.
fn widths(
    doc: &Document,
    dict: &Dictionary,
    descriptor: Option<&Dictionary>,
    standard: Option<StandardFont>,
    names: &CodeNames<'_>,
) -> [f32; 256] {
    let missing =
        descriptor.and_then(|descriptor| objects::number(doc, descriptor, b"MissingWidth"));
    let Some(listed) = objects::array(doc, dict, b"Widths") else {
        let known = standard.unwrap_or(StandardFont::Helvetica).widths_of(names);
        return known.map(|width| width.or(missing).unwrap_or(0.0));
    };
    let mut widths = [missing.unwrap_or(0.0); 256];
    let first = objects::integer(doc, dict, b"FirstChar").unwrap_or(0);
    let first = usize::try_from(first).unwrap_or(0);
    for (place, width) in widths.iter_mut().skip(first).zip(listed) {
        if let Some(width) = objects::as_number(doc, width) {
            *place = width;
        }
    }
    widths
}
