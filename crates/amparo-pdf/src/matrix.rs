//! Affine maps of the plane, as content streams write them: six numbers, points as row vectors.

/// `[a b c d e f]`: takes (x, y) to (a·x + c·y + e, b·x + d·y + f).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix {
    pub a: f32,
    pub b: f32,
    pub c: f32,
    pub d: f32,
    pub e: f32,
    pub f: f32,
}

impl Matrix {
    /// The map that changes nothing.
    pub const IDENTITY: Self = Self { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    /// The map of six numbers.
    pub fn new(numbers: [f32; 6]) -> Self {
        let [a, b, c, d, ..] = numbers;
        Self { a, b, c, d, e: numbers[4], f: numbers[5] }
    }

    /// The map that applies `self` first, then `next`.
    #[inline]
    pub fn then(self, next: Self) -> Self {
        Self {
            a: self.a * next.a + self.b * next.c,
            b: self.a * next.b + self.b * next.d,
            c: self.c * next.a + self.d * next.c,
            d: self.c * next.b + self.d * next.d,
            e: self.e * next.a + self.f * next.c + next.e,
            f: self.e * next.b + self.f * next.d + next.f,
        }
    }

    /// `self` with a shift in its own space before it.
    #[inline]
    pub fn shifted(self, x: f32, y: f32) -> Self {
        Self { e: x * self.a + y * self.c + self.e, f: x * self.b + y * self.d + self.f, ..self }
    }

    /// Where a point goes.
    #[inline]
    pub fn point(self, x: f32, y: f32) -> (f32, f32) {
        (x * self.a + y * self.c + self.e, x * self.b + y * self.d + self.f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_apply_from_left_to_right() {
        let double = Matrix::new([2.0, 0.0, 0.0, 2.0, 0.0, 0.0]);
        let shift = Matrix::IDENTITY.shifted(10.0, 5.0);
        assert_eq!(double.then(shift).point(1.0, 1.0), (12.0, 7.0));
        assert_eq!(shift.then(double).point(1.0, 1.0), (22.0, 12.0));
        assert_eq!(double.shifted(10.0, 5.0), shift.then(double));
    }
}
