//! Inline images: where their data end, which nothing says for sure.

use super::{Kind, Lexer, kind};

impl Lexer<'_> {
    /// Goes past an inline image: call it after `ID` was returned.
    pub fn skip_inline_image(&mut self) {
        // One white-space byte parts ID from the data.
        let data = self.data;
        let mut at = self.at + 1;
        while let Some(found) = data.get(at..).and_then(find_end_marker) {
            let end = at + found + 2;
            if looks_like_content(&data[end.min(data.len())..]) {
                self.at = end;
                return;
            }
            at = end;
        }
        self.at = data.len();
    }
}

/// Offset of an `EI` that stands between white space.
fn find_end_marker(data: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = data.get(at..)?.iter().position(|byte| *byte == b'E') {
        let here = at + found;
        let before = here == 0 || kind(data[here - 1]) == Kind::Space;
        let after = data.get(here + 2).is_none_or(|byte| kind(*byte) != Kind::Regular);
        if before && after && data.get(here + 1) == Some(&b'I') {
            return Some(here);
        }
        at = here + 1;
    }
    None
}

/// Whether what follows an `EI` can be content: image data soon has a byte that no operator has.
fn looks_like_content(data: &[u8]) -> bool {
    data.iter().take(24).all(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | 0 | b' '..=b'~'))
}
