//! Strings to fragments: where each glyph stands, and where a word ends.

use super::font::{Font, Shown};
use super::fragments::{FRAGMENT_GAP, Fragment, Fragments, Piece, WORD_GAP};
use super::marked::Replacement;
use super::matrix::Matrix;
use super::state::TextState;

/// A fragment in the making: the part of a string up to a wide gap.
#[derive(Clone, Copy)]
struct Open {
    start: u32,
    spaced: bool,
    from: f32,
}

/// How far letters reach below and above their baseline, in ems: more than most do, so that a mark laid over them covers
/// them.
const REACH: (f32, f32) = (-0.22, 0.8);
/// How far the signs of vertical text reach on both sides of theirs.
const VERTICAL_REACH: (f32, f32) = (-0.5, 0.5);

/// What a pen draws on.
pub(super) struct Paper<'a> {
    /// What the page has shown so far.
    pub fragments: &'a mut Fragments,
    /// The text that stands for what is drawn, where there is one.
    pub replacement: Option<&'a mut Replacement>,
    /// Whether a space was drawn since the last other glyph, also by an earlier operator.
    pub space: &'a mut bool,
    /// Whether what is drawn is a running head, foot or page number.
    pub furniture: bool,
    /// From text space to the page.
    pub to_page: Matrix,
    /// Width and height of the page.
    pub size: (f32, f32),
}

/// Draws one operator's strings; [`Pen::lift`] ends it.
pub(super) struct Pen<'a> {
    font: &'a Font,
    state: &'a TextState,
    paper: Paper<'a>,
    /// Where the next glyph stands, along the line.
    at: f32,
    /// Where the last glyph that is not a space ended.
    end: f32,
    open: Option<Open>,
    /// Where the word that is being drawn began, along the line.
    word_from: f32,
    /// Where its text starts.
    word_start: usize,
    em: f32,
    /// 1, or -1 where glyphs advance backwards in text space.
    forward: f32,
    /// What character spacing adds to where a glyph ends: all of it where it spreads letters.
    tracking: f32,
}

impl<'a> Pen<'a> {
    /// A pen at the start of a text-showing operator.
    pub fn new(font: &'a Font, state: &'a TextState, paper: Paper<'a>) -> Self {
        let stretch = if font.vertical { 1.0 } else { state.stretch };
        Self {
            font,
            state,
            paper,
            at: 0.0,
            end: 0.0,
            open: None,
            word_from: 0.0,
            word_start: 0,
            em: (state.size * font.em * stretch).abs(),
            forward: if state.size * stretch < 0.0 { -1.0 } else { 1.0 },
            tracking: if font.vertical { 0.0 } else { state.character_spacing * stretch },
        }
    }

    /// Tells the pen of the numbers among the operands. Where they take wide character spacing back between some glyphs,
    /// it parts words where they don't; and spacing of more than an em parts cells of a table. Other spacing spreads letters.
    pub fn expect(&mut self, mut kerns: impl Iterator<Item = f32>) {
        let wide = self.tracking > WORD_GAP * self.em;
        let spacing = self.state.character_spacing / self.state.size * 1000.0;
        let parts = self.tracking > self.em;
        if parts || wide && kerns.any(|kern| (kern - spacing).abs() < 0.25 * spacing.abs()) {
            self.tracking = 0.0;
        }
    }

    /// Draws a string.
    pub fn show(&mut self, string: &[u8]) {
        let font = self.font;
        font.decode(string, |shown| self.glyph(shown));
    }

    /// Moves back by thousandths of the em, as numbers in TJ arrays do.
    pub fn kern(&mut self, thousandths: f32) {
        let stretch = if self.font.vertical { 1.0 } else { self.state.stretch };
        let distance = thousandths * self.state.size * stretch / 1000.0;
        self.at += if self.font.vertical { distance } else { -distance };
    }

    /// Ends the operator; how far it moved along the line.
    pub fn lift(mut self) -> f32 {
        self.close();
        self.at
    }

    #[inline]
    fn glyph(&mut self, shown: Shown<'_>) {
        let state = self.state;
        let spacing =
            state.character_spacing + if shown.word_space { state.word_spacing } else { 0.0 };
        let advance = if self.font.vertical {
            shown.glyph.width * state.size - spacing
        } else {
            (shown.glyph.width * state.size + spacing) * state.stretch
        };
        if self.paper.replacement.is_some() {
            self.replace(advance);
        } else if shown.glyph.is_space() {
            *self.paper.space = true;
            self.at += advance;
        } else if shown.glyph.is_blank() {
            self.at += advance;
        } else {
            self.word(advance, spacing, shown);
        }
    }

    #[inline]
    fn word(&mut self, advance: f32, spacing: f32, shown: Shown<'_>) {
        // Mirrored fonts write towards smaller numbers.
        let gap = (self.at - self.end) * self.forward;
        if self.open.is_some() && (gap > FRAGMENT_GAP * self.em || gap < -self.em) {
            self.close();
            *self.paper.space |= gap > 0.0;
        }
        if self.open.is_none() {
            let start = self.paper.fragments.begin();
            self.open(start, *self.paper.space);
        } else if *self.paper.space || gap > WORD_GAP * self.em {
            self.end_word();
            self.paper.fragments.text().push(b' ');
            self.begin_word();
        } else if gap < -WORD_GAP * self.em && self.compose(shown) {
            self.at += advance;
            return;
        }
        *self.paper.space = false;
        shown.write(self.paper.fragments.text());
        self.at += advance;
        let spacing = if self.font.vertical { -spacing } else { spacing * self.state.stretch };
        self.end = self.at - spacing + self.tracking;
    }

    /// Begins a fragment whose text starts there.
    #[inline]
    fn open(&mut self, start: u32, spaced: bool) {
        self.open = Some(Open { start, spaced, from: self.at });
        self.word_from = self.at;
        self.word_start = start as usize;
    }

    #[inline]
    fn begin_word(&mut self) {
        self.word_from = self.at;
        self.word_start = self.paper.fragments.text().len();
    }

    /// Remembers the word that ends here, in text space until the fragment ends.
    #[inline]
    fn end_word(&mut self) {
        let range = self.word_start..self.paper.fragments.text().len();
        let Some(pieces) = self.paper.fragments.pieces() else { return };
        pieces.push(Piece { range, from: self.word_from, to: self.end, low: 0.0, high: 0.0 });
    }

    /// Puts an accent and the letter it is drawn over together, as TeX sets "é".
    fn compose(&mut self, shown: Shown<'_>) -> bool {
        let mut glyph = Vec::new();
        shown.write(&mut glyph);
        let text = self.paper.fragments.text();
        let mut from = text.len().saturating_sub(1);
        while from > 0 && text[from] & 0xc0 == 0x80 {
            from -= 1;
        }
        let character = |bytes: &[u8]| {
            let mut characters = std::str::from_utf8(bytes).ok()?.chars();
            characters.next().filter(|_| characters.next().is_none())
        };
        let (Some(before), Some(now)) = (character(&text[from..]), character(&glyph)) else {
            return false;
        };
        let composed = combining(before)
            .and_then(|accent| compose_pair(now, accent))
            .or_else(|| combining(now).and_then(|accent| compose_pair(before, accent)));
        let Some(composed) = composed else { return false };
        text.truncate(from);
        text.extend_from_slice(composed.encode_utf8(&mut [0; 4]).as_bytes());
        true
    }

    fn replace(&mut self, advance: f32) {
        let from = self.at;
        self.at += advance;
        self.end = self.at;
        let Some(replacement) = &mut self.paper.replacement else { return };
        if std::mem::replace(&mut replacement.written, true) {
            if self.open.is_none() {
                let end = self.place(self.at);
                self.paper.fragments.stretch(end.0, end.1);
            }
        } else if replacement.text.trim().is_empty() {
            *self.paper.space |= !replacement.text.is_empty();
        } else {
            let start = self.paper.fragments.begin();
            self.paper.fragments.text().extend_from_slice(replacement.text.trim().as_bytes());
            let spaced = *self.paper.space || replacement.text.starts_with(' ');
            *self.paper.space = replacement.text.ends_with(' ');
            self.open = Some(Open { start, spaced, from });
            (self.word_from, self.word_start) = (from, start as usize);
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        self.end_word();
        let (start, stop) = (self.page_point(open.from), self.page_point(self.end));
        let height = self.paper.to_page.c.hypot(self.paper.to_page.d);
        let width = self.paper.to_page.a.hypot(self.paper.to_page.b);
        let scale = if self.font.vertical { width } else { height };
        let size = (self.state.size * self.font.em).abs() * scale;
        let end = self.paper.fragments.text().len() as u32;
        if !size.is_finite() || size <= 0.0 || !self.on_page(start, stop, size) {
            return self.paper.fragments.take_back(open.start);
        }
        let angle = angle(start, stop);
        let (from, base) = along(start, angle);
        let (to, _) = along(stop, angle);
        self.place_words(open.start, angle, base, size);
        self.paper.fragments.push(Fragment {
            start: open.start,
            end,
            angle,
            bold: self.font.bold,
            spaced: open.spaced,
            furniture: self.paper.furniture,
            from,
            to,
            base,
            size,
        });
    }

    /// Takes the words of a fragment from text space to their places along its baseline.
    fn place_words(&mut self, start: u32, angle: u16, base: f32, size: f32) {
        let (low, high) = if self.font.vertical { VERTICAL_REACH } else { REACH };
        let (to_page, font, state) = (self.paper.to_page, self.font, self.state);
        let place = |at: f32| along(page_point(to_page, font, state, at), angle).0;
        for word in self.paper.fragments.pieces_since(start) {
            (word.from, word.to) = (place(word.from), place(word.to));
            (word.low, word.high) = (base + low * size, base + high * size);
        }
    }

    fn page_point(&self, at: f32) -> (f32, f32) {
        page_point(self.paper.to_page, self.font, self.state, at)
    }

    fn place(&self, at: f32) -> (f32, f32) {
        let (start, stop) = (self.page_point(0.0), self.page_point(at));
        along(stop, angle(start, stop))
    }

    /// Whether any of a fragment can be seen: printers' marks outside of the page are no text of it.
    fn on_page(&self, start: (f32, f32), stop: (f32, f32), size: f32) -> bool {
        let inside = |from: f32, to: f32, length: f32| {
            from.max(to) >= -size && from.min(to) <= length + size
        };
        inside(start.0, stop.0, self.paper.size.0) && inside(start.1, stop.1, self.paper.size.1)
    }
}

/// Where on the page a place along the line is.
fn page_point(to_page: Matrix, font: &Font, state: &TextState, at: f32) -> (f32, f32) {
    if font.vertical { to_page.point(0.0, -at) } else { to_page.point(at, state.rise) }
}

/// The direction from one point to another in whole degrees.
fn angle(start: (f32, f32), stop: (f32, f32)) -> u16 {
    let (x, y) = (stop.0 - start.0, stop.1 - start.1);
    if y.abs() < 0.01 * x || (x == 0.0 && y == 0.0) {
        return 0;
    }
    y.atan2(x).to_degrees().round().rem_euclid(360.0) as u16 % 360
}

/// A point's place along a baseline of that direction, and the baseline's own place.
fn along((x, y): (f32, f32), angle: u16) -> (f32, f32) {
    if angle == 0 {
        return (x, y);
    }
    let (sin, cos) = f32::from(angle).to_radians().sin_cos();
    (x * cos + y * sin, y * cos - x * sin)
}

/// The combining form of an accent that stands alone.
fn combining(accent: char) -> Option<char> {
    Some(match accent {
        '`' => '\u{300}',
        '\u{b4}' | '\'' => '\u{301}',
        '^' | '\u{2c6}' => '\u{302}',
        '~' | '\u{2dc}' => '\u{303}',
        '\u{af}' => '\u{304}',
        '\u{2d8}' => '\u{306}',
        '\u{2d9}' => '\u{307}',
        '\u{a8}' => '\u{308}',
        '\u{2da}' => '\u{30a}',
        '\u{2dd}' => '\u{30b}',
        '\u{2c7}' => '\u{30c}',
        '\u{b8}' => '\u{327}',
        '\u{2db}' => '\u{328}',
        _ => return None,
    })
}

fn compose_pair(letter: char, accent: char) -> Option<char> {
    let letter = match letter {
        '\u{131}' => 'i',
        '\u{237}' => 'j',
        other => other,
    };
    unicode_normalization::char::compose(letter, accent)
}
