//! The characters of a page that its reader sees: counted, and taken a run at a time.
//!
//! In: a text as it stands in the page. Out: how many characters it has, or its runs and the white space between them. Most
//! of a page's bytes pass through here several times, so that a run is found byte by byte and copied as a whole. It folds
//! nothing and keeps nothing.

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// White space other than single spaces inside of a run.
    Blank,
    /// Characters that are shown, with single spaces between them but not at its ends.
    Run {
        /// The run.
        text: &'a str,
        /// Its characters without the spaces.
        chars: usize,
    },
}

/// The parts of a text in order; what is neither shown nor white space is left out.
pub(super) fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        while let Some(first) = rest.chars().next() {
            let run = plain_run(rest.as_bytes());
            let (taken, after) = rest.split_at(run.max(first.len_utf8()));
            rest = after;
            if run > 0 {
                return Some(Part::Run { text: taken, chars: non_blank(taken) });
            }
            if first.is_whitespace() {
                return Some(Part::Blank);
            }
            if is_shown(first) {
                return Some(Part::Run { text: taken, chars: 1 });
            }
        }
        None
    })
}

/// How many characters of a text are no white space, shown or not.
pub(super) fn non_blank(text: &str) -> usize {
    // Sums of a byte each, over pieces that cannot overflow them, are what a processor adds up sixteen at a time.
    let (mut counted, mut wide) = (0, 0);
    for piece in text.as_bytes().chunks(128) {
        let (mut begins, mut blank, mut may_be_blank) = (0_u8, 0_u8, 0_u8);
        for byte in piece {
            begins += u8::from(byte & 0xC0 != 0x80);
            blank += u8::from(*byte == b' ') + u8::from(byte.wrapping_sub(9) < 5);
            may_be_blank += u8::from(may_begin_blank(*byte));
        }
        counted += usize::from(begins) - usize::from(blank);
        wide += usize::from(may_be_blank);
    }
    counted - if wide == 0 { 0 } else { wide_blank(text) }
}

/// Whether a character is part of a text: no controls, no marks that only steer its layout.
pub(super) fn is_shown(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFC}')
}

/// Whether white space beyond ASCII may begin with a byte in UTF-8.
fn may_begin_blank(byte: u8) -> bool {
    matches!(byte, 0xC2 | 0xE1..=0xE3)
}

/// How many characters are white space beyond ASCII.
fn wide_blank(text: &str) -> usize {
    let begins = text.bytes().enumerate().filter(|(_, byte)| may_begin_blank(*byte));
    begins.filter(|(place, _)| text[*place..].starts_with(char::is_whitespace)).count()
}

/// What a byte is in UTF-8, as far as it tells alone whether its character is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// In a character that is shown, or not its first byte.
    Plain,
    Space,
    /// To be looked at as a character.
    Other,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    classes[b' ' as usize] = Class::Space;
    let mut byte = 0x21;
    while byte < 0xE0 {
        // 0xC3 to 0xDF begin the letters from À on, of which none steers layout.
        if byte < 0x7F || (byte >= 0x80 && byte < 0xC0) || byte >= 0xC3 {
            classes[byte] = Class::Plain;
        }
        byte += 1;
    }
    classes
};

/// Bytes of the run at the beginning of a text whose bytes tell that they are shown.
fn plain_run(bytes: &[u8]) -> usize {
    let class = |place: usize| bytes.get(place).map(|byte| CLASSES[usize::from(*byte)]);
    let mut end = 0;
    loop {
        match class(end) {
            Some(Class::Plain) => end += 1,
            Some(Class::Space) if end > 0 && class(end + 1) == Some(Class::Plain) => end += 2,
            _ => return end,
        }
        while bytes.get(end..end + STEP + 1).is_some_and(is_plain_ascii) {
            end += STEP;
        }
    }
}

/// Bytes that are looked at together.
const STEP: usize = 16;

/// Whether all bytes but the last are ASCII that is shown, and behind each space among them stands such a one.
fn is_plain_ascii(bytes: &[u8]) -> bool {
    let is_shown = |byte: u8| byte.wrapping_sub(0x21) < 0x7F - 0x21;
    let pairs = bytes.iter().zip(&bytes[1..]);
    pairs.fold(true, |all, (byte, next)| {
        all & (is_shown(*byte) | ((*byte == b' ') & is_shown(*next)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the parts of a text, blanks as `_`.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let parts: Vec<Part<'_>> = parts(text).collect();
        let shown: Vec<&str> = parts
            .iter()
            .map(|part| match part {
                Part::Blank => "_",
                Part::Run { text, .. } => *text,
            })
            .collect();
        assert_eq!(shown, expected);
        let counted: usize = parts
            .iter()
            .map(|part| if let Part::Run { chars, .. } = part { *chars } else { 0 })
            .sum();
        let expected = text.chars().filter(|c| !c.is_whitespace() && is_shown(*c)).count();
        assert_eq!(counted, expected);
    }

    #[test]
    fn runs_keep_single_spaces_and_end_at_other_white_space() {
        check("La niña desapareció", &["La niña desapareció"]);
        check(" a  b\n", &["_", "a", "_", "_", "b", "_"]);
        check("a\u{A0}b \u{2003}c", &["a", "_", "b", "_", "_", "c"]);
    }

    #[test]
    fn what_is_not_shown_is_left_out_without_parting_words() {
        check("re\u{AD}port\u{1}s\u{FEFF}", &["re", "port", "s"]);
        check("“a” — 中文", &["“", "a", "”", "_", "—", "_", "中", "文"]);
        check("\u{200B}\u{7F}\u{85}", &["_"]);
    }

    #[test]
    fn every_character_is_counted_as_one() {
        for c in (0..=0x3100).filter_map(char::from_u32).chain(['\u{FEFF}', '\u{FFFC}', '😀']) {
            let text = format!("a{c} b");
            let slowly = text.chars().filter(|c| !c.is_whitespace()).count();
            assert_eq!(non_blank(&text), slowly, "{c:?}");
            let joined: String = parts(&text)
                .map(|part| if let Part::Run { text, .. } = part { text } else { "" })
                .collect();
            let slowly = text.chars().filter(|c| !c.is_whitespace() && is_shown(*c));
            assert_eq!(joined.replace(' ', ""), slowly.collect::<String>(), "{c:?}");
        }
    }
}
