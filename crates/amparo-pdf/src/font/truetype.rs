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

#[cfg(test)]
mod tests {
    use super::*;

    fn shorts(numbers: &[u16]) -> Vec<u8> {
        numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
    }

    /// A font program of these tables.
    fn program(tables: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
        let mut head = vec![0, 1, 0, 0];
        head.extend(shorts(&[tables.len() as u16, 0, 0, 0]));
        let mut at = 12 + 16 * tables.len() as u32;
        let mut body = Vec::new();
        for (tag, table) in tables {
            head.extend_from_slice(*tag);
            for number in [0, at, table.len() as u32] {
                head.extend(number.to_be_bytes());
            }
            at += table.len() as u32;
            body.extend_from_slice(table);
        }
        [head, body].concat()
    }

    /// A `cmap` with one map.
    fn cmap(platform: u16, encoding: u16, map: &[u16]) -> Vec<u8> {
        [shorts(&[0, 1, platform, encoding, 0, 12]), shorts(map)].concat()
    }

    #[track_caller]
    fn check_characters(map: &[u16], expected: &[(u16, char)]) {
        let data = program(&[(b"cmap", cmap(3, 1, map))]);
        let characters = TrueType::parse(&data).unwrap().characters();
        let mut characters: Vec<_> = characters.into_iter().collect();
        characters.sort_unstable();
        assert_eq!(characters, expected, "{map:?}");
    }

    #[test]
    fn character_maps_of_every_format_are_read() {
        // Segments A to C with a shift, and the end mark.
        let ends = [4, 0, 0, 4, 0, 0, 0, 67, 0xffff, 0, 65, 0xffff, 0xffc2, 1, 0, 0];
        check_characters(&ends, &[(3, 'A'), (4, 'B'), (5, 'C')]);
        check_characters(&[6, 0, 0, 65, 2, 7, 8], &[(7, 'A'), (8, 'B')]);
        check_characters(&[12, 0, 0, 0, 0, 0, 0, 1, 0, 65, 0, 66, 0, 9], &[(9, 'A'), (10, 'B')]);
        check_characters(&[12, 0, 0, 0, 0, 0, 0xffff, 0xffff, 0, 65, 0xffff], &[]);
        check_characters(&[4, 0, 0, 0xfffe], &[]);
    }

    #[test]
    fn symbol_maps_keep_their_codes_high() {
        let data = program(&[(b"cmap", cmap(3, 0, &[6, 0, 0, 0xf041, 1, 12]))]);
        assert_eq!(TrueType::parse(&data).unwrap().codes()[0x41], 12);
    }

    #[test]
    fn glyphs_have_the_names_of_the_post_table() {
        let mut post = shorts(&[2, 0]);
        post.resize(32, 0);
        post.extend(shorts(&[2, 0, 258]));
        post.extend(b"\x06eacute");
        let data = program(&[(b"post", post)]);
        let mut names = Vec::new();
        TrueType::parse(&data).unwrap().names(|glyph, name| names.push((glyph, name.to_vec())));
        assert_eq!(names, [(1, b"eacute".to_vec())]);
    }

    #[test]
    fn programs_that_end_early_are_read_as_far_as_they_go() {
        let whole = program(&[(b"cmap", cmap(3, 1, &[6, 0, 0, 65, 2, 7, 8]))]);
        for length in 0..whole.len() {
            if let Some(program) = TrueType::parse(&whole[..length]) {
                assert!(program.characters().len() < 2);
            }
        }
    }
}
