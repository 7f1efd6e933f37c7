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
    // Each sequence begins with one of these; most pages have none and are not looked at further.
    if !text.contains(['Ã', 'Â', 'â', 'Å', 'Ð', 'Ñ']) {
        return None;
    }
    let (mut repaired, mut others) = (0, 0);
    let mut output = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| !c.is_ascii()) {
        output.push_str(&rest[..start]);
        let run = &rest[start..];
        let end = run.find(|c: char| c.is_ascii()).unwrap_or(run.len());
        rest = &run[end..];
        let run = &run[..end];
        if let Some(decoded) = decoded(run) {
            output.push_str(&decoded);
            repaired += 1;
        } else {
            output.push_str(run);
            others += 1;
        }
    }
    output.push_str(rest);
    (repaired >= FEWEST && others * OTHERS <= repaired).then_some(output)
}

/// A run of non-ASCII characters, taken back to windows-1252 bytes and read as UTF-8.
fn decoded(run: &str) -> Option<String> {
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
