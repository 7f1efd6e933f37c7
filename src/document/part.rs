//! A part: a stretch of a document with an identity of its own.

use serde::{Deserialize, Serialize};

use super::{Dated, Locator, Passage};

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PartKind {
    /// A country's chapter in a book on many.
    Chapter,
    /// What stands between the chapters: a preface, a region's overview, an annex; or a page of which it isn't sure to which
    /// chapter it belongs.
    Matter,
    /// A document of its own in a merged file.
    Member,
}

/// A stretch of a document's passages with an identity of its own. No passage belongs to two.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// The number of its first passage, from 0.
    pub first: u32,
    /// The number after its last one's.
    pub end: u32,
    /// Its heading, or a member's title.
    pub title: Option<String>,
    /// Codes of the countries that its heading names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
    /// Symbols under which a member is cited, its own first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub symbols: Vec<String>,
    /// When a member was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Dated>,
    /// The physical page of the file on which a member begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_page: Option<u32>,
}

impl Part {
    /// A part of which only the extent is known.
    pub fn new(kind: PartKind, first: u32, end: u32) -> Self {
        Self {
            kind,
            first,
            end,
            title: None,
            countries: Vec::new(),
            symbols: Vec::new(),
            published: None,
            first_page: None,
        }
    }

    /// Whether a passage of this number, from 0, belongs to it.
    pub fn holds(&self, passage: u64) -> bool {
        (u64::from(self.first)..u64::from(self.end)).contains(&passage)
    }

    /// The passages that it consists of.
    pub fn range(&self) -> std::ops::Range<usize> {
        self.first as usize..self.end as usize
    }

    /// The part to which a passage belongs.
    pub fn of(parts: &[Self], passage: u64) -> Option<&Self> {
        let at = parts.partition_point(|part| u64::from(part.end) <= passage);
        parts.get(at).filter(|part| part.holds(passage))
    }

    /// The page of a member on which a physical page of the file lies, from 1.
    pub fn own_page(&self, physical: u32) -> Option<u32> {
        let first = self.first_page.filter(|_| self.kind == PartKind::Member)?;
        physical.checked_sub(first).map(|page| page + 1)
    }
}

/// How many pages or sections passages are: those into which the parts of a document divide a page are one.
pub fn pages(passages: &[Passage]) -> usize {
    let number = |passage: &Passage| match passage.locator {
        Locator::Page { number, .. } => Some(number),
        Locator::Section { .. } => None,
    };
    let again = passages.windows(2).filter(|two| {
        let (one, other) = (number(&two[0]), number(&two[1]));
        one.is_some() && one == other
    });
    passages.len() - again.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_belongs_to_the_part_that_holds_it() {
        let parts = [
            Part::new(PartKind::Matter, 0, 2),
            Part { first_page: Some(3), ..Part::new(PartKind::Member, 2, 5) },
        ];
        assert_eq!(Part::of(&parts, 1), Some(&parts[0]));
        assert_eq!(Part::of(&parts, 2), Some(&parts[1]));
        assert_eq!(Part::of(&parts, 5), None);
        assert_eq!(parts[1].own_page(5), Some(3));
        assert_eq!(parts[0].own_page(5), None);
    }

    #[test]
    fn a_page_that_is_divided_is_one() {
        let page = |number| Passage::new(Locator::Page { number, label: None }, None, Vec::new());
        assert_eq!(pages(&[page(1), page(2), page(2), page(3)]), 3);
        assert_eq!(pages(&[]), 0);
    }
}
