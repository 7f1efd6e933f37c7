//! What stands where in a file's bytes: the few rules of the syntax that repairs go by.

/// Where a pattern first stands.
pub(super) fn position(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    bytes.windows(pattern.len()).position(|window| window == pattern)
}

/// Whether a pattern stands anywhere.
pub(super) fn contains(bytes: &[u8], pattern: &[u8]) -> bool {
    bytes.windows(pattern.len()).any(|window| window == pattern)
}

/// Whether a byte goes on with a name (ISO 32000-1, 7.2.2).
pub(super) fn is_regular(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && byte != 0 && !b"()<>[]{}/%".contains(&byte)
}

/// The whole number written at `at`, and where it ends.
pub(super) fn number(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    let digits = bytes.get(at..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let text = std::str::from_utf8(&bytes[at..at + digits]).ok()?;
    Some((text.parse().ok()?, at + digits))
}

/// The first place from `at` on that is neither white space nor in a comment.
pub(super) fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    let mut comment = false;
    while let Some(&byte) = bytes.get(at) {
        comment = if comment { !b"\r\n".contains(&byte) } else { byte == b'%' };
        if !comment && !byte.is_ascii_whitespace() && byte != 0 {
            break;
        }
        at += 1;
    }
    at
}
