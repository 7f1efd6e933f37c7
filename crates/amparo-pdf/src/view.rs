//! What is shown of a page, and how it is turned: between the page's own coordinates and those of its display.

use crate::Rect;
use crate::matrix::Matrix;

/// The visible part of a page.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct View {
    /// What is shown of it, in its own coordinates.
    pub bounds: Rect,
    /// Clockwise quarter turns for display, 0 to 3.
    pub turns: u8,
}

impl View {
    /// Width and height as it is displayed.
    pub fn size(&self) -> (f32, f32) {
        let Rect { left, bottom, right, top } = self.bounds;
        if self.turns.is_multiple_of(2) {
            (right - left, top - bottom)
        } else {
            (top - bottom, right - left)
        }
    }

    /// From the page's own coordinates to its display, whose origin is its lower left corner.
    pub fn to_display(self) -> Matrix {
        let Rect { left, bottom, right, top } = self.bounds;
        match self.turns {
            1 => Matrix::new([0.0, -1.0, 1.0, 0.0, -bottom, right]),
            2 => Matrix::new([-1.0, 0.0, 0.0, -1.0, right, top]),
            3 => Matrix::new([0.0, 1.0, -1.0, 0.0, top, -left]),
            _ => Matrix::new([1.0, 0.0, 0.0, 1.0, -left, -bottom]),
        }
    }

    /// The way back.
    fn inverse_of_display(self) -> Matrix {
        let Rect { left, bottom, right, top } = self.bounds;
        match self.turns {
            1 => Matrix::new([0.0, 1.0, -1.0, 0.0, right, bottom]),
            2 => Matrix::new([-1.0, 0.0, 0.0, -1.0, right, top]),
            3 => Matrix::new([0.0, -1.0, 1.0, 0.0, left, top]),
            _ => Matrix::new([1.0, 0.0, 0.0, 1.0, left, bottom]),
        }
    }

    /// The rectangle, in the page's own coordinates, around what stands along a baseline of that direction in degrees: from
    /// and to along it, low and high across it.
    pub fn rectangle(&self, angle: u16, [from, to]: [f32; 2], [low, high]: [f32; 2]) -> Rect {
        let (sin, cos) = f32::from(angle).to_radians().sin_cos();
        let back = self.inverse_of_display();
        let corners = [(from, low), (from, high), (to, low), (to, high)];
        let corners = corners.map(|(x, y)| back.point(x * cos - y * sin, x * sin + y * cos));
        Rect::around(corners).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_and_page_lead_back_to_each_other() {
        let bounds = Rect { left: 10.0, bottom: 20.0, right: 110.0, top: 220.0 };
        for turns in 0..4 {
            let view = View { bounds, turns };
            let there = view.to_display().point(30.0, 50.0);
            assert!(there.0 >= 0.0 && there.0 <= view.size().0, "{turns}");
            assert!(there.1 >= 0.0 && there.1 <= view.size().1, "{turns}");
            assert_eq!(view.inverse_of_display().point(there.0, there.1), (30.0, 50.0), "{turns}");
        }
    }
}
