//! How much of a page images cover.
//!
//! In: each image's place; out: one number. Images overlap and come in strips, so what they cover is marked on a grid. What
//! they show is not looked at.

use super::lexer::Operand;
use super::matrix::Matrix;

/// Cells of the grid in each direction: a row is a word of 64 bits.
const CELLS: usize = 64;
/// An image of fewer pixels is a colour or a line, and shows nothing.
const FEWEST_PIXELS: f32 = 64.0;

/// The cells of a page that images cover.
pub(super) struct Pictures {
    rows: [u64; CELLS],
    size: (f32, f32),
}

impl Default for Pictures {
    fn default() -> Self {
        Self { rows: [0; CELLS], size: (0.0, 0.0) }
    }
}

impl Pictures {
    /// None yet, on a page of that width and height.
    pub fn of(size: (f32, f32)) -> Self {
        Self { size, ..Self::default() }
    }

    /// Draws an image of so many pixels, if it says how many: it fills the unit square of a space.
    pub fn draw(&mut self, pixels: Option<f32>, to_page: Matrix) {
        if pixels.is_some_and(|pixels| pixels < FEWEST_PIXELS) {
            return;
        }
        let corners = [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)];
        let corners = corners.map(|(x, y)| to_page.point(x, y));
        let (left, right) = cells(corners.map(|(x, _)| x / self.size.0));
        let (bottom, top) = cells(corners.map(|(_, y)| y / self.size.1));
        let columns = ones(right) & !ones(left);
        for row in self.rows.get_mut(bottom..top).into_iter().flatten() {
            *row |= columns;
        }
    }

    /// Which share of the page they cover.
    pub fn cover(&self) -> f32 {
        let marked: u32 = self.rows.iter().map(|row| row.count_ones()).sum();
        marked as f32 / (CELLS * CELLS) as f32
    }
}

/// The cells whose centres lie between the least and the greatest of some places, which count from 0 to 1.
fn cells(places: [f32; 4]) -> (usize, usize) {
    let cell = |place: f32| (place * CELLS as f32 - 0.5).ceil().clamp(0.0, CELLS as f32) as usize;
    let least = places.into_iter().fold(f32::INFINITY, f32::min);
    let greatest = places.into_iter().fold(f32::NEG_INFINITY, f32::max);
    (cell(least), cell(greatest))
}

/// That many bits.
fn ones(count: usize) -> u64 {
    1_u64.checked_shl(count as u32).map_or(u64::MAX, |bit| bit - 1)
}

/// How many pixels an inline image has, by what stands before its data.
pub(super) fn inline_pixels(operands: &[Operand<'_>]) -> Option<f32> {
    let side = |short: &[u8], long: &[u8]| {
        operands.windows(2).find_map(|pair| match pair {
            [Operand::Name(name), Operand::Number(number)] if *name == short || *name == long => {
                Some(*number)
            }
            _ => None,
        })
    };
    Some(side(b"W", b"Width")? * side(b"H", b"Height")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What images at (left, bottom, width, height) cover of a page of 100 by 200, in hundredths.
    #[track_caller]
    fn check(images: &[[f32; 4]], expected: u32) {
        let mut pictures = Pictures::of((100.0, 200.0));
        for [left, bottom, width, height] in images {
            pictures.draw(None, Matrix::new([*width, 0.0, 0.0, *height, *left, *bottom]));
        }
        assert_eq!((100.0 * pictures.cover()).round() as u32, expected);
    }

    #[test]
    fn what_images_cover_counts_once() {
        check(&[[0.0, 0.0, 100.0, 200.0], [10.0, 10.0, 50.0, 50.0]], 100);
        check(&[[0.0, 0.0, 50.0, 100.0]], 25);
        check(&[], 0);
    }

    #[test]
    fn strips_add_up_and_what_lies_outside_does_not_count() {
        let strips: Vec<[f32; 4]> = (0..200).map(|row| [0.0, row as f32, 100.0, 1.0]).collect();
        check(&strips, 100);
        check(&[[-50.0, -100.0, 100.0, 200.0], [500.0, 0.0, 10.0, 10.0]], 25);
        check(&[[f32::NAN, 0.0, f32::INFINITY, 1.0]], 0);
    }

    #[test]
    fn images_may_be_mirrored() {
        check(&[[100.0, 200.0, -100.0, -100.0]], 50);
    }
}
