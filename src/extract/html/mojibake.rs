//! Undoes one round of mojibake: UTF-8 that was read as windows-1252 and saved as UTF-8 again (`niÃ±a`, `lâ€™Ã‰tat`).
//!
//! In: text. Out: the repaired text, or nothing where the text is as it should be. It undoes one round only, and does
//! nothing about characters that were lost on the way.

/// Runs that decode are taken for mojibake when there are at least this many...
const FEWEST: usize = 3;

/// ...and not more than one in so many other runs of non-ASCII characters speaks against it.
const OTHERS: usize = 4;

/// The text with its mojibake undone; `None` where there is none, or where it is the exception.
pub(super) fn repair(text: &str) -> Option<String> {
    is_mojibake(text).then(|| undone(text))
}

/// The text with every run that decodes taken back.
pub(super) fn undone(text: &str) -> String {
    let mut output = String::with_capacity(text.len());
    let mut end = 0;
    for (start, run) in runs(text) {
        output.push_str(&text[end..start]);
        match decoded(run) {
            Some(decoded) => output.push_str(&decoded),
            None => output.push_str(run),
        }
        end = start + run.len();
    }
    output.push_str(&text[end..]);
    output
}

/// Whether mojibake is the rule among the runs of a text.
pub(super) fn is_mojibake(text: &str) -> bool {
    let (mut repaired, mut others) = (0, 0);
    for (_, run) in runs(text) {
        if decoded(run).is_some() {
            repaired += 1;
        } else {
            others += 1;
        }
    }
    repaired >= FEWEST
        && others * OTHERS <= repaired
        // Almost every sequence begins with one of these.
        && text.contains(['Ã', 'Â', 'â', 'Å', 'Ð', 'Ñ'])
}

/// The runs of non-ASCII characters in a text, and where they begin.
fn runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + non_ascii(&bytes[from..])?;
        let length = bytes[start..].iter().position(u8::is_ascii);
        from = length.map_or(bytes.len(), |length| start + length);
        Some((start, &text[start..from]))
    })
}

/// Where the first byte stands that is not ASCII.
fn non_ascii(bytes: &[u8]) -> Option<usize> {
    // Whole pieces of a text are told much faster than single bytes.
    let piece = bytes.chunks(32).position(|piece| !piece.is_ascii())? * 32;
    bytes[piece..].iter().position(|byte| !byte.is_ascii()).map(|place| piece + place)
}

/// A run of non-ASCII characters, taken back to windows-1252 bytes and read as UTF-8.
fn decoded(run: &str) -> Option<String> {
    // Two characters make one at least, and the first byte of a sequence is from 0xC2 to 0xF4.
    let mut chars = run.chars();
    if !chars.next().is_some_and(|c| ('Â'..='ô').contains(&c)) || chars.next().is_none() {
        return None;
    }
    let bytes: Option<Vec<u8>> = run.chars().map(windows_1252_byte).collect();
    String::from_utf8(bytes?).ok().filter(|text| text.chars().count() < run.chars().count())
}

/// The windows-1252 byte of a non-ASCII character; the controls stand for the five bytes that have no character.
fn windows_1252_byte(c: char) -> Option<u8> {
    // The characters of the bytes 0x80 to 0x9F, from the WHATWG index of windows-1252.
    const SPECIAL: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž',
        '\u{8F}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}',
        'ž', 'Ÿ',
    ];
    if ('\u{80}'..='\u{FF}').contains(&c) {
        return u8::try_from(u32::from(c)).ok();
    }
    let place = SPECIAL.iter().position(|special| *special == c)?;
    u8::try_from(0x80 + place).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(repair(text).as_deref(), expected);
    }

    #[test]
    fn text_that_was_encoded_twice_is_repaired() {
        check(
            "La niÃ±a de PotosÃ\u{AD} desapareciÃ³; lâ€™Ã‰tat nie.",
            Some("La niña de Potosí desapareció; l’État nie."),
        );
    }

    #[test]
    fn text_that_is_right_is_left_alone() {
        check("La niña de São Paulo, « Âge d’or », l’État", None);
        check("SÃO PAULO, AMANHÃ, NÃO, PÃES", None);
        check("", None);
    }

    #[test]
    fn a_page_that_only_quotes_mojibake_is_left_alone() {
        check(
            "Une page qui cite « dÃ©tenu » à côté d’un texte écrit sans faute, où tout va.",
            None,
        );
    }
}
