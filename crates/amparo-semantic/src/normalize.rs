//! Text as SentencePiece sees it: characters unified by the model's own map (NFKC and a little more), spaces as `▁`.
//!
//! The map is a double-array trie of byte sequences (as Yata's darts-clone writes it: a unit's low byte is its label, bit 8
//! says that a value follows, the rest is an offset) whose values point into a list of replacements, each ended by a zero.

/// How a space is written in pieces.
const SPACE: &[u8] = "\u{2581}".as_bytes();

/// Normalises text.
#[derive(Debug)]
pub struct Normalizer {
    units: Vec<u32>,
    replacements: Vec<u8>,
}

impl Normalizer {
    /// Reads a compiled map; `None` when it is not one.
    pub fn read(map: &[u8]) -> Option<Self> {
        let (length, rest) = map.split_at_checked(4)?;
        let length = u32::from_le_bytes(length.try_into().ok()?) as usize;
        let (units, replacements) = rest.split_at_checked(length)?;
        let (units, _) = units.as_chunks::<4>();
        let units: Vec<u32> = units.iter().map(|unit| u32::from_le_bytes(*unit)).collect();
        (!units.is_empty()).then(|| Self { units, replacements: replacements.to_vec() })
    }

    /// Text in pieces' spelling: a space before it, none doubled, none at its ends; empty for text of spaces alone.
    pub fn normalize(&self, text: &str) -> String {
        let mut out = Vec::with_capacity(text.len() + text.len() / 4 + SPACE.len());
        // Spaces before the text are dropped like those after a space.
        let mut after_space = true;
        let mut rest = text;
        while !rest.is_empty() {
            let (mut piece, used) = self.longest(rest);
            rest = &rest[used..];
            while after_space && let Some(trimmed) = piece.strip_prefix(b" ") {
                piece = trimmed;
            }
            if piece.is_empty() {
                continue;
            }
            if out.is_empty() {
                out.extend_from_slice(SPACE);
            }
            for byte in piece {
                match byte {
                    b' ' => out.extend_from_slice(SPACE),
                    byte => out.push(*byte),
                }
            }
            after_space = piece.ends_with(b" ");
        }
        while out.ends_with(SPACE) {
            out.truncate(out.len() - SPACE.len());
        }
        // Replacements are whole characters.
        String::from_utf8(out)
            .unwrap_or_else(|broken| String::from_utf8_lossy(broken.as_bytes()).into_owned())
    }

    /// What the longest sequence at the beginning of a text that the map knows becomes, else its first character; and how
    /// many bytes of the text that is.
    fn longest<'a>(&'a self, text: &'a str) -> (&'a [u8], usize) {
        let unit = |place: usize| self.units.get(place).copied().unwrap_or(0);
        let offset = |unit: u32| ((unit >> 10) << ((unit & 0x200) >> 6)) as usize;
        let mut place = offset(unit(0));
        let mut found = None;
        for (at, byte) in text.bytes().enumerate() {
            place ^= usize::from(byte);
            let node = unit(place);
            if node & 0x8000_00FF != u32::from(byte) {
                break;
            }
            place ^= offset(node);
            if node & 0x100 != 0 {
                found = Some((unit(place) & 0x7FFF_FFFF, at + 1));
            }
        }
        let replacement = found.and_then(|(value, used)| {
            let rest = self.replacements.get(value as usize..)?;
            let end = rest.iter().position(|byte| *byte == 0)?;
            text.is_char_boundary(used).then_some((&rest[..end], used))
        });
        replacement.unwrap_or_else(|| {
            let length = text.chars().next().map_or(1, char::len_utf8);
            (&text.as_bytes()[..length], length)
        })
    }
}
