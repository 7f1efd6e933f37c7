//! Folding: lower case and no accents, so that typing them or not finds the same.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text in lower case, compatibility-decomposed, without combining marks.
///
/// Idempotent. Letters that do not decompose but are typed without their stroke or ligature are spelled out
/// (`œ` as `oe`, `ł` as `l`). Apostrophes and dots inside a word are dropped: `U.S.` folds to `us`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Appends the folded text to `folded`: [`fold`] without a new allocation.
pub fn fold_into(text: &str, folded: &mut String) {
    for (index, byte) in text.bytes().enumerate() {
        if !byte.is_ascii() {
            fold_unicode(&text[index..], folded);
            return;
        }
        if !matches!(byte, b'\'' | b'.') {
            folded.push(char::from(byte.to_ascii_lowercase()));
        }
    }
}

/// The folded words of a text, a blank between them: spellings that differ in case, accents or punctuation are the same.
pub fn folded_words(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in super::words(text) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        fold_into(word.text, &mut folded);
    }
    folded
}

/// The slow path, from the first character that is not ASCII.
fn fold_unicode(text: &str, folded: &mut String) {
    for c in text.chars() {
        match c {
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'Á' | 'À' | 'Â' => folded.push('a'),
            'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => folded.push('e'),
            'í' | 'î' | 'ï' | 'ì' | 'Í' | 'Î' | 'Ï' => folded.push('i'),
            'ó' | 'ô' | 'ö' | 'ò' | 'õ' | 'Ó' | 'Ô' | 'Ö' => folded.push('o'),
            'ú' | 'û' | 'ü' | 'ù' | 'Ú' | 'Û' | 'Ü' | 'Ù' => folded.push('u'),
            'ñ' | 'Ñ' => folded.push('n'),
            'ç' | 'Ç' => folded.push('c'),
            '\'' | '.' | '\u{2019}' | '\u{02bc}' | '\u{00ad}' | '\u{200b}'..='\u{200d}' => {}
            c if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
            c => std::iter::once(c)
                .nfkd()
                .filter(|c| !is_combining_mark(*c))
                .flat_map(char::to_lowercase)
                .filter(|c| !is_combining_mark(*c))
                .for_each(|c| spell_out(c, folded)),
        }
    }
}

/// Letters that Unicode does not decompose, as they are typed on a keyboard without them.
fn spell_out(c: char, folded: &mut String) {
    match c {
        'œ' => folded.push_str("oe"),
        'æ' => folded.push_str("ae"),
        'ß' => folded.push_str("ss"),
        'þ' => folded.push_str("th"),
        'ø' => folded.push('o'),
        'ł' => folded.push('l'),
        'đ' | 'ð' => folded.push('d'),
        'ħ' => folded.push('h'),
        'ı' => folded.push('i'),
        c => folded.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(fold(text), expected);
        assert_eq!(fold(expected), expected, "folding is idempotent");
    }

    #[test]
    fn accents_ligatures_and_case_are_folded() {
        check("NIÑAS", "ninas");
        check("nin\u{303}as", "ninas");
        check("Œuvre", "oeuvre");
        check("Türkiye İstanbul", "turkiye istanbul");
        check("ﬁnancière", "financiere");
        check("Łódź", "lodz");
    }

    #[test]
    fn apostrophes_and_dots_inside_a_word_are_dropped() {
        check("U.S", "us");
        check("don’t", "dont");
        check("don't", "dont");
    }
}
