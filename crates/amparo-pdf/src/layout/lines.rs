//! Fragments to lines of text, in the order in which they were drawn.

use rustc_hash::FxHashMap;

use crate::fragments::{FRAGMENT_GAP, Fragment, Fragments, Piece, WORD_GAP};

/// The share of the em by which a fragment may lie above or below its line.
const SAME_BASELINE: f32 = 0.45;
/// The same for smaller text: super- and subscripts.
const SCRIPT_BASELINE: f32 = 0.62;
/// Text smaller than this share of its line's size is a super- or subscript.
const SCRIPT_SIZE: f32 = 0.85;
/// A gap of this many ems ends a line: what follows at the same height is another cell or column.
const LINE_GAP: f32 = 2.5;

/// Gaps from this many ems on are remembered.
const GUTTER: f32 = 0.9 * FRAGMENT_GAP;
/// More gaps than this in one line are those of a table.
const MOST_GAPS: usize = 8;

/// Text on one baseline without wide gaps.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// Its text, words parted by single spaces.
    pub text: String,
    /// Direction of the baseline in degrees counter-clockwise.
    pub angle: u16,
    /// Whether all of it is bold.
    pub bold: bool,
    /// Whether it stands to the right of the line before it, at the same height.
    pub same_row: bool,
    /// Place along the baseline where it starts.
    pub from: f32,
    /// Place along the baseline where it ends.
    pub to: f32,
    /// Place of the baseline, growing upwards.
    pub base: f32,
    /// Size of the em of most of it.
    pub size: f32,
    /// Whether it is a running head, foot or page number.
    pub furniture: bool,
    /// Gaps in it that may be those between columns.
    pub gaps: Vec<Gap>,
    /// Its words, where they are asked for: their ranges are those of its text.
    pub words: Vec<Piece>,
}

/// A gap in a line that is wider than a space.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Gap {
    /// Place along the baseline where it starts.
    pub from: f32,
    /// Place along the baseline where it ends.
    pub to: f32,
    /// Where it is in the line's text.
    pub at: usize,
}

impl Line {
    /// Whether `other` shares some of its stretch along the baseline.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from < other.to && other.from < self.to
    }

    /// Whether `other` stands at its height, as cells of one row do.
    pub fn is_level_with(&self, other: &Self) -> bool {
        (self.base - other.base).abs() < SAME_BASELINE * self.size.max(other.size)
    }
}

/// The lines of a page.
pub(super) fn build(fragments: &Fragments) -> Vec<Line> {
    let list = fragments.list();
    let copies = copies(fragments);
    let mut lines: Vec<Line> = Vec::with_capacity(list.len() / 2);
    // Characters of the largest run of one size in the open line: they tell the size of the line.
    let mut weight = 0;
    for (fragment, copied) in list.iter().zip(copies) {
        if copied {
            continue;
        }
        let text = fragments.text_of(fragment);
        if let Some(line) = lines.last_mut() {
            match place(line, fragment) {
                Place::Continues => {
                    append(line, fragments, fragment, &mut weight);
                    continue;
                }
                Place::SameRow => {
                    lines.push(start(fragments, fragment, true));
                    weight = text.len();
                    continue;
                }
                Place::Elsewhere => {}
            }
        }
        lines.push(start(fragments, fragment, false));
        weight = text.len();
    }
    lines
}

/// Where a fragment stands as seen from a line.
enum Place {
    Continues,
    SameRow,
    Elsewhere,
}

fn place(line: &Line, fragment: &Fragment) -> Place {
    let height = line.size.max(fragment.size);
    let is_script = line.size.min(fragment.size) < SCRIPT_SIZE * height;
    let shift = if is_script { SCRIPT_BASELINE } else { SAME_BASELINE };
    if line.angle != fragment.angle
        || line.furniture != fragment.furniture
        || (line.base - fragment.base).abs() > shift * height
    {
        return Place::Elsewhere;
    }
    let gap = fragment.from - line.to;
    if gap < -0.6 * height {
        Place::Elsewhere
    } else if gap > LINE_GAP * height {
        Place::SameRow
    } else {
        Place::Continues
    }
}

fn start(fragments: &Fragments, fragment: &Fragment, same_row: bool) -> Line {
    Line {
        text: fragments.text_of(fragment).to_owned(),
        angle: fragment.angle,
        bold: fragment.bold,
        same_row,
        from: fragment.from,
        to: fragment.to,
        base: fragment.base,
        size: fragment.size,
        furniture: fragment.furniture,
        gaps: Vec::new(),
        words: words(fragments, fragment, 0).collect(),
    }
}

/// The words of a fragment whose text begins there in its line.
fn words(fragments: &Fragments, fragment: &Fragment, at: usize) -> impl Iterator<Item = Piece> {
    let place = move |place: usize| place + at - fragment.start as usize;
    let pieces = fragments.pieces_of(fragment).iter();
    pieces.map(move |piece| Piece {
        range: place(piece.range.start)..place(piece.range.end),
        ..piece.clone()
    })
}

fn append(line: &mut Line, fragments: &Fragments, fragment: &Fragment, weight: &mut usize) {
    let text = fragments.text_of(fragment);
    let gap = fragment.from - line.to;
    // Beside a raised "th" the em is that of its line.
    if (fragment.spaced || gap > WORD_GAP * line.size.max(fragment.size))
        && !line.text.ends_with(' ')
    {
        line.text.push(' ');
    }
    if gap >= GUTTER * line.size && line.gaps.len() < MOST_GAPS {
        line.gaps.push(Gap { from: line.to, to: fragment.from, at: line.text.len() });
    }
    if is_superscript(line, fragment, text) {
        let at = line.text.len();
        line.text.extend(text.bytes().map(raised));
        let range = at..line.text.len();
        let pieces = fragments.pieces_of(fragment).iter();
        line.words.extend(pieces.map(|piece| Piece { range: range.clone(), ..piece.clone() }));
    } else {
        line.words.extend(words(fragments, fragment, line.text.len()));
        line.text.push_str(text);
    }
    line.to = line.to.max(fragment.to);
    line.bold &= fragment.bold;
    if text.len() > *weight {
        *weight = text.len();
        line.size = fragment.size;
        line.base = fragment.base;
    }
}

/// A note's number, or an exponent: kept apart from the word before it by its characters.
fn is_superscript(line: &Line, fragment: &Fragment, text: &str) -> bool {
    fragment.size < SCRIPT_SIZE * line.size
        && fragment.base > line.base + 0.15 * line.size
        && text.len() <= 4
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && line.text.ends_with(|before: char| !before.is_whitespace())
}

fn raised(digit: u8) -> char {
    match digit {
        b'1' => '\u{b9}',
        b'2' => '\u{b2}',
        b'3' => '\u{b3}',
        _ => char::from_u32(0x2070 + u32::from(digit - b'0')).unwrap_or('\u{2070}'),
    }
}

/// Which fragments only repeat an earlier one at the same place.
fn copies(fragments: &Fragments) -> Vec<bool> {
    /// Texts that stand more often on a page than this ("x", ".") are compared with the latest only.
    const MOST_PLACES: usize = 16;
    let mut seen: FxHashMap<&[u8], Vec<Fragment>> = FxHashMap::default();
    let mut copies = Vec::with_capacity(fragments.list().len());
    for fragment in fragments.list() {
        let places = seen.entry(fragments.bytes_of(fragment)).or_default();
        let repeated = places.iter().any(|place| place.covers(fragment));
        if !repeated {
            if places.len() == MOST_PLACES {
                places.remove(0);
            }
            places.push(*fragment);
        }
        copies.push(repeated);
    }
    copies
}
