//! How a passage's tags are packed into a column: what it mentions and how far it and its document are about it.

use crate::annotate::Tag;

/// A country's or a violation's place in a passage and its document, as 64 bits of a multi-valued column.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PackedTag {
    /// The country's or violation's number.
    pub id: u16,
    /// Mentions in the passage, at most 255.
    pub mentions: u8,
    /// Those of them that are an instrument's, at most 255.
    pub instruments: u8,
    /// The passage's own aboutness, 0 to 1.
    pub passage: f32,
    /// The document's aboutness, 0 to 1.
    pub document: f32,
}

const SCALE: f32 = 65_535.0;

impl PackedTag {
    /// How far a weight may be from what was packed.
    pub const STEP: f32 = 1.0 / SCALE;
}

impl PackedTag {
    /// The 64 bits: id, mentions, instruments, and both weights in 65,535ths.
    pub fn pack(self) -> u64 {
        let weight = |weight: f32| (weight.clamp(0.0, 1.0) * SCALE).round() as u64;
        u64::from(self.id) << 48
            | u64::from(self.mentions) << 40
            | u64::from(self.instruments) << 32
            | weight(self.passage) << 16
            | weight(self.document)
    }

    /// The tag of 64 bits that [`Self::pack`] made.
    pub fn unpack(bits: u64) -> Self {
        let weight = |bits: u64| (bits & 0xffff) as f32 / SCALE;
        Self {
            id: Self::id_of(bits),
            mentions: (bits >> 40) as u8,
            instruments: (bits >> 32) as u8,
            passage: weight(bits >> 16),
            document: weight(bits),
        }
    }

    /// The number of the country or violation of packed 64 bits.
    pub fn id_of(bits: u64) -> u16 {
        (bits >> 48) as u16
    }

    /// The tags of a passage: everything it mentions, and everything its document is about whether or not it says so.
    pub fn join<Id: Copy + PartialEq>(
        passage: &[Tag<Id>],
        document: &[Tag<Id>],
        number: impl Fn(Id) -> u16,
    ) -> Vec<Self> {
        let weight_in = |tags: &[Tag<Id>], id: Id| {
            tags.iter().find(|tag| tag.id == id).map_or(0.0, |tag| tag.weight)
        };
        let own = passage.iter().map(|tag| Self {
            id: number(tag.id),
            mentions: tag.mentions.min(255) as u8,
            instruments: tag.instruments.min(255) as u8,
            passage: tag.weight,
            document: weight_in(document, tag.id),
        });
        let inherited = document
            .iter()
            .filter(|tag| tag.weight > 0.0 && !passage.iter().any(|own| own.id == tag.id))
            .map(|tag| Self { id: number(tag.id), document: tag.weight, ..Self::default() });
        own.chain(inherited).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_survives_packing() {
        let tag =
            PackedTag { id: 18_510, mentions: 255, instruments: 3, passage: 1.0, document: 0.0 };
        assert_eq!(PackedTag::unpack(tag.pack()), tag);
        let back = PackedTag::unpack(PackedTag { passage: 0.3, document: 0.7, ..tag }.pack());
        assert!((back.passage - 0.3).abs() < 1e-4 && (back.document - 0.7).abs() < 1e-4);
    }

    #[test]
    fn a_passage_inherits_what_its_document_is_about() {
        let tag = |id: u16, weight| Tag { id, weight, mentions: 2, instruments: 0 };
        let tags =
            PackedTag::join(&[tag(1, 0.2), tag(2, 0.9)], &[tag(1, 0.8), tag(3, 0.5)], |id| id);
        let expected = [(1, 2, 0.2, 0.8), (2, 2, 0.9, 0.0), (3, 0, 0.0, 0.5)];
        let found: Vec<_> =
            tags.iter().map(|tag| (tag.id, tag.mentions, tag.passage, tag.document)).collect();
        assert_eq!(found, expected);
    }
}
