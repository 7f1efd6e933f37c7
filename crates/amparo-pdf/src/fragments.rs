//! Stretches of text with their place on the page: what the interpreter hands to the layout.
//!
//! Strings that go on where the last one ended are put together here, and a string that is drawn twice at one place (fake
//! bold, shadows) is kept once, so that the layout sees some hundred fragments a page and not thousands of glyphs.

use std::ops::Range;

/// A gap between two glyphs of this share of the em or more parts words. Real spaces are a fifth to a third of the em,
/// kerning stays under a tenth; other readers take between 0.1 and 0.2.
pub(super) const WORD_GAP: f32 = 0.15;
/// A gap of this many ems or more ends a fragment: beyond it may lie another column.
pub(super) const FRAGMENT_GAP: f32 = 1.2;
/// A copy lies less than this share of the em away from what it copies.
const COPY_SHIFT: f32 = 0.25;

/// Text in one style on one baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fragment {
    /// Where its text starts in [`Fragments::text`].
    pub start: u32,
    /// Where its text ends.
    pub end: u32,
    /// Direction of the baseline, in degrees counter-clockwise from rightwards, 0 to 359.
    pub angle: u16,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// Whether the file marks it as a running head, foot or page number.
    pub furniture: bool,
    /// Place along the baseline where it starts.
    pub from: f32,
    /// Place along the baseline where it ends.
    pub to: f32,
    /// Place of the baseline, growing upwards as seen by a reader of it.
    pub base: f32,
    /// Size of its em.
    pub size: f32,
}

impl Fragment {
    fn width(&self) -> f32 {
        self.to - self.from
    }

    /// Whether `other` lies where this one lies, but for a shift that a reader sees as bold or a shadow.
    pub fn covers(&self, other: &Self) -> bool {
        // A narrow letter may well stand twice side by side: "ll".
        let shift = (COPY_SHIFT * self.size).min(0.45 * self.width().abs());
        self.angle == other.angle
            && (self.from - other.from).abs() < shift
            && (self.base - other.base).abs() < COPY_SHIFT * self.size
            && (self.size - other.size).abs() < 0.1 * self.size
    }

    /// Whether `next` goes on where this one ends, in the same style: then the gap between them.
    fn gap_to(&self, next: &Self) -> Option<f32> {
        let same_style = self.angle == next.angle
            && self.bold == next.bold
            && self.furniture == next.furniture
            && (self.base - next.base).abs() < 0.02 * self.size
            && (self.size - next.size).abs() < 0.02 * self.size;
        let gap = next.from - self.to;
        (same_style && gap > -WORD_GAP * self.size && gap < FRAGMENT_GAP * self.size).then_some(gap)
    }
}

/// A word of a fragment, or what of it was drawn without a gap: which text it is, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// Its text among that of the fragments or of the line that holds it.
    pub range: Range<usize>,
    /// Place along the baseline where it starts.
    pub from: f32,
    /// Place along the baseline where it ends.
    pub to: f32,
    /// Its lower edge, across the baseline.
    pub low: f32,
    /// Its upper edge.
    pub high: f32,
}

/// A page's fragments in the order in which they were drawn.
pub(super) struct Fragments {
    /// Their text one after the other, UTF-8, with a space before each.
    text: Vec<u8>,
    list: Vec<Fragment>,
    /// The string drawn last, before it was put together with others.
    last: Option<Fragment>,
    /// The words of all of them, where they are asked for.
    pieces: Option<Vec<Piece>>,
}

impl Fragments {
    /// None yet; `words` says whether their words are to be remembered.
    pub fn new(words: bool) -> Self {
        let pieces = words.then(Vec::new);
        Self { text: Vec::new(), list: Vec::new(), last: None, pieces }
    }

    /// The words of the fragment that is being written, its own and those of earlier ones; `None` if nobody asks.
    pub fn pieces(&mut self) -> Option<&mut Vec<Piece>> {
        self.pieces.as_mut()
    }

    /// The words whose text was written from a place on.
    pub fn pieces_since(&mut self, start: u32) -> &mut [Piece] {
        since(&mut self.pieces, start)
    }

    /// The words of a fragment.
    pub fn pieces_of(&self, fragment: &Fragment) -> &[Piece] {
        let pieces = self.pieces.as_deref().unwrap_or_default();
        let before =
            |place: u32| pieces.partition_point(|piece| piece.range.start < place as usize);
        &pieces[before(fragment.start)..before(fragment.end)]
    }

    /// The buffer to which the text of the next fragment is added.
    pub fn text(&mut self) -> &mut Vec<u8> {
        &mut self.text
    }

    /// Where the text of a new fragment starts: the space before it is written by this.
    pub fn begin(&mut self) -> u32 {
        self.text.push(b' ');
        self.text.len() as u32
    }

    /// The fragments.
    pub fn list(&self) -> &[Fragment] {
        &self.list
    }

    /// A fragment's text.
    pub fn text_of(&self, fragment: &Fragment) -> &str {
        // The buffer is written in whole characters only.
        std::str::from_utf8(self.bytes_of(fragment)).unwrap_or_default()
    }

    /// A fragment's text as bytes.
    pub fn bytes_of(&self, fragment: &Fragment) -> &[u8] {
        &self.text[fragment.start as usize..fragment.end as usize]
    }

    /// Forgets the page.
    pub fn clear(&mut self) {
        self.text.clear();
        self.list.clear();
        self.last = None;
        self.pieces.iter_mut().for_each(Vec::clear);
    }

    /// Takes a fragment whose text was written since [`Self::begin`].
    pub fn push(&mut self, new: Fragment) {
        let copied = self
            .last
            .is_some_and(|last| last.covers(&new) && self.bytes_of(&last) == self.bytes_of(&new));
        if copied {
            return self.take_back(new.start);
        }
        self.last = Some(new);
        if let Some(before) = self.list.last_mut().filter(|before| before.end + 1 == new.start)
            && let Some(gap) = before.gap_to(&new)
        {
            before.to = new.to;
            before.end = new.end;
            if !new.spaced && gap < WORD_GAP * new.size {
                self.text.remove(new.start as usize - 1);
                before.end -= 1;
                for piece in since(&mut self.pieces, new.start) {
                    piece.range = piece.range.start - 1..piece.range.end - 1;
                }
                self.last = Some(Fragment { start: new.start - 1, end: new.end - 1, ..new });
            }
            return;
        }
        self.list.push(new);
    }

    /// Takes back what was written from a place on, and the space before it.
    pub fn take_back(&mut self, start: u32) {
        self.text.truncate(start as usize - 1);
        if let Some(pieces) = &mut self.pieces {
            pieces.truncate(pieces.partition_point(|piece| piece.range.start < start as usize));
        }
    }

    /// Lengthens the fragment drawn last: more glyphs of the same replacement text.
    pub fn stretch(&mut self, to: f32, base: f32) {
        if let Some(last) = self.list.last_mut()
            && (last.base - base).abs() < last.size
        {
            last.to = last.to.max(to);
            if let Some(piece) = self.pieces.as_mut().and_then(|pieces| pieces.last_mut()) {
                piece.to = last.to;
            }
        }
    }
}

fn since(pieces: &mut Option<Vec<Piece>>, start: u32) -> &mut [Piece] {
    let pieces = pieces.as_deref_mut().unwrap_or_default();
    let first = pieces.partition_point(|piece| piece.range.start < start as usize);
    &mut pieces[first..]
}
