//! Numbers, as lenient readers take them: `--5` is -5, `1.2.3` is 1.2, `12-3` is 12.

/// Digits that fit a whole number, and that a fraction is read to.
const WHOLE: u32 = 18;
const FRACTION: u32 = 8;

const PLACES: [f32; 9] = [1.0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8];

/// The number that starts at `at`, and where it ends.
#[inline]
pub(super) fn read(data: &[u8], mut at: usize) -> (f32, usize) {
    let mut negative = false;
    while let Some(sign @ (b'-' | b'+')) = data.get(at) {
        negative |= *sign == b'-';
        at += 1;
    }
    let (whole, _, mut at) = digits(data, at, WHOLE);
    let mut number = whole as f32;
    if data.get(at) == Some(&b'.') {
        let (fraction, places, end) = digits(data, at + 1, FRACTION);
        number += fraction as f32 * PLACES[places as usize];
        at = end;
    }
    (if negative { -number } else { number }, at)
}

/// The value of the first `most` digits from `at` on, how many these are, and where all of them end.
#[inline]
fn digits(data: &[u8], mut at: usize, most: u32) -> (u64, u32, usize) {
    let (mut value, mut count) = (0, 0);
    while let Some(digit @ b'0'..=b'9') = data.get(at) {
        if count < most {
            value = value * 10 + u64::from(digit - b'0');
            count += 1;
        }
        at += 1;
    }
    (value, count, at)
}
