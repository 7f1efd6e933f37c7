//! TrueType and OpenType font programs: which code or character leads to which glyph, and glyphs' names.
//!
//! Reads the tables `cmap` and `post` only. Every offset is checked; a table that ends early is read as far as it goes.

use rustc_hash::FxHashMap;

/// A font program's tables that tell text.
pub(super) struct TrueType<'a> {
    data: &'a [u8],
    cmap: Option<&'a [u8]>,
    post: Option<&'a [u8]>,
    cff: Option<&'a [u8]>,
}

/// The most mappings of one character map that are read: as many as there are glyphs.
const MOST_MAPPINGS: usize = 1 << 17;

impl<'a> TrueType<'a> {
    /// The program's tables, where it has a table directory.
    pub fn parse(data: &'a [u8]) -> Option<Self> {
        let start = if data.starts_with(b"ttcf") { u32_at(data, 12)? as usize } else { 0 };
        let count = usize::from(u16_at(data, start + 4)?);
        let mut program = Self { data, cmap: None, post: None, cff: None };
        for index in 0..count {
            let record = data.get(start + 12 + index * 16..)?.get(..16)?;
            let offset = u32_at(record, 8)? as usize;
            let length = u32_at(record, 12)? as usize;
            let Some(rest) = program.data.get(offset..) else { continue };
            let table = Some(&rest[..length.min(rest.len())]);
            match &record[..4] {
                b"cmap" => program.cmap = table,
                b"post" => program.post = table,
                b"CFF " => program.cff = table,
                _ => {}
            }
        }
        Some(program)
    }

    /// The CFF program inside an OpenType font.
    pub fn cff(&self) -> Option<&'a [u8]> {
        self.cff
    }

    /// What each glyph means, by the first of its characters in the Unicode character map.
    pub fn characters(&self) -> FxHashMap<u16, char> {
        let mut characters = FxHashMap::default();
        let unicode = [(3, 10), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0)];
        let map = unicode.iter().find_map(|(platform, encoding)| self.map(*platform, *encoding));
        for_each_mapping(map.unwrap_or_default(), |code, glyph| {
            if let Some(character) = char::from_u32(code) {
                characters.entry(glyph).or_insert(character);
            }
        });
        characters
    }

    /// The glyph of each single-byte code, in a font without an encoding outside it.
    pub fn codes(&self) -> [u16; 256] {
        let mut glyphs = [0; 256];
        let map = self.map(3, 0).or_else(|| self.map(1, 0));
        for_each_mapping(map.unwrap_or_default(), |code, glyph| {
            // Symbol maps keep their codes at U+F000 or thereabouts.
            if code < 0x100 || (0xf000..0xf100).contains(&code) {
                glyphs[(code & 0xff) as usize] = glyph;
            }
        });
        glyphs
    }

    /// Calls `each` with every glyph and its name that the table `post` gives beyond the standard Macintosh order.
    pub fn names(&self, mut each: impl FnMut(u16, &[u8])) {
        let Some(post) = self.post.filter(|post| u32_at(post, 0) == Some(0x0002_0000)) else {
            return;
        };
        let count = usize::from(u16_at(post, 32).unwrap_or(0));
        let mut names = Vec::new();
        let mut rest = post.get(34 + count * 2..).unwrap_or_default();
        while let Some((length, after)) = rest.split_first() {
            let Some(name) = after.get(..usize::from(*length)) else { break };
            names.push(name);
            rest = &after[name.len()..];
        }
        for glyph in 0..count {
            let Some(index) = u16_at(post, 34 + glyph * 2) else { return };
            let name = usize::from(index).checked_sub(258).and_then(|own| names.get(own));
            if let Some(name) = name {
                each(glyph as u16, name);
            }
        }
    }

    fn map(&self, platform: u16, encoding: u16) -> Option<&'a [u8]> {
        let cmap = self.cmap?;
        (0..usize::from(u16_at(cmap, 2)?)).find_map(|index| {
            let record = 4 + index * 8;
            let found = u16_at(cmap, record)? == platform && u16_at(cmap, record + 2)? == encoding;
            found.then(|| cmap.get(u32_at(cmap, record + 4)? as usize..)).flatten()
        })
    }
}

fn for_each_mapping(map: &[u8], mut each: impl FnMut(u32, u16)) {
    let mut left = MOST_MAPPINGS;
    let mut each = |code: u32, glyph: u16| {
        if glyph != 0 {
            each(code, glyph);
        }
        left = left.saturating_sub(1);
        left > 0
    };
    // A table that ends early ends the reading; what was read stays.
    let _: Option<()> = match u16_at(map, 0) {
        Some(0) => (0..256)
            .try_for_each(|code| each(code, u16::from(*map.get(6 + code as usize)?)).then_some(())),
        Some(4) => segments(map, &mut each),
        Some(6) => {
            let first = u16_at(map, 6).unwrap_or(0);
            (0..u16_at(map, 8).unwrap_or(0)).try_for_each(|index| {
                let glyph = u16_at(map, 10 + usize::from(index) * 2)?;
                each(u32::from(first) + u32::from(index), glyph).then_some(())
            })
        }
        Some(12) => (0..u32_at(map, 12).unwrap_or(0) as usize).try_for_each(|group| {
            let group = map.get(16 + group * 12..)?;
            let (first, last) = (u32_at(group, 0)?, u32_at(group, 4)?);
            let start = u32_at(group, 8)?;
            (first..=last).try_for_each(|code| {
                each(code, start.wrapping_add(code - first) as u16).then_some(())
            })
        }),
        _ => None,
    };
}

/// Format 4: segments of codes, each with a shift or a stretch of a glyph array.
fn segments(map: &[u8], each: &mut impl FnMut(u32, u16) -> bool) -> Option<()> {
    let count = usize::from(u16_at(map, 6)?) / 2;
    let (ends, starts) = (14, 16 + count * 2);
    let (shifts, offsets) = (starts + count * 2, starts + count * 4);
    for segment in 0..count {
        let at = segment * 2;
        let (start, end) = (u16_at(map, starts + at)?, u16_at(map, ends + at)?);
        let (shift, offset) = (u16_at(map, shifts + at)?, u16_at(map, offsets + at)?);
        for code in start..=end {
            let glyph = if offset == 0 {
                code.wrapping_add(shift)
            } else {
                let place = offsets + at + usize::from(offset) + usize::from(code - start) * 2;
                match u16_at(map, place) {
                    Some(0) | None => 0,
                    Some(glyph) => glyph.wrapping_add(shift),
                }
            };
            if code != u16::MAX && !each(u32::from(code), glyph) {
                return None;
            }
        }
    }
    Some(())
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(data.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(data.get(at..at.checked_add(4)?)?.try_into().ok()?))
}
