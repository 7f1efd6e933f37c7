//! Symbols of words and a number: `Serie C No. 498`, `Application no. 12345/06`, `I&N Dec. 26:388`, `ECLI:...`.
//!
//! A text in, symbols and where they begin out. Which of them are the document's own is not known here.

use crate::analysis::fold;

/// What is cited by a word and a number: the words as they stand folded in a text, and the symbol's beginning.
const NUMBERED: &[(&[&str], &str)] = &[
    (&["serie c", "series c"], "Serie C No. "),
    (&["serie a", "series a"], "Serie A No. "),
    (&["serie e", "series e"], "Serie E No. "),
    (&["application", "applications", "requete", "requetes", "demanda"], "Application no. "),
    (&["communication", "comunicacion"], "Communication No. "),
];

/// Symbols made of words and a number, and where they begin.
pub(super) fn with_numbers(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let lower = text.to_lowercase();
    // Most texts have none of these, and folding is not done for them.
    if !["serie", "série", "applic", "requ", "deman", "comm", "comun", "ecli:", "i&n"]
        .iter()
        .any(|word| lower.contains(word))
    {
        return found;
    }
    let folded = fold(&lower);
    for (names, start) in NUMBERED {
        for name in *names {
            for (at, _) in folded.match_indices(name) {
                let before = folded[..at].ends_with(|c: char| c.is_alphanumeric());
                let after = &folded[at + name.len()..];
                if !before {
                    found.extend(
                        numbers(after).into_iter().map(|number| (at, format!("{start}{number}"))),
                    );
                }
            }
        }
    }
    found.extend(folded.find("i&n dec").and_then(|at| {
        let volume = folded[..at].trim_end().rsplit(' ').next().filter(|text| is_digits(text))?;
        let page = folded[at..].trim_start_matches("i&n dec").trim_start_matches(['.', ' ']);
        let page: String = page.chars().take_while(char::is_ascii_digit).collect();
        (!page.is_empty()).then(|| (at, format!("I&N Dec. {volume}:{page}")))
    }));
    found.extend(lower.find("ecli:").filter(|at| text.is_char_boundary(*at)).and_then(|at| {
        let symbol = text
            .get(at..)?
            .split(|c: char| !(c.is_ascii_alphanumeric() || ":.".contains(c)))
            .next()?;
        (symbol.split(':').count() == 5).then(|| (at, symbol.trim_end_matches('.').to_uppercase()))
    }));
    found
}

/// The numbers after a word: ` no. 12345/06`, `s nos. 1/00 and 2/01`, ` Nº 498`.
fn numbers(after: &str) -> Vec<String> {
    const SIGNS: [&str; 9] =
        ["numbers", "number", "numero", "num", "nums", "nos", "no", "n", "nro"];
    let rest = after.trim_start();
    let Some(sign) = SIGNS.iter().find(|sign| {
        rest.strip_prefix(**sign)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphabetic() && c != 'º'))
    }) else {
        return Vec::new();
    };
    let rest =
        rest[sign.len()..].trim_start_matches(|c: char| ".º°o".contains(c) || c.is_whitespace());
    let mut numbers = Vec::new();
    for piece in rest.split([',', ' ', '\u{a0}']) {
        let number = piece.trim_matches(|c: char| ".;:()".contains(c));
        if number.starts_with(|c: char| c.is_ascii_digit())
            && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'/')
        {
            numbers.push(number.to_owned());
        } else if !matches!(number, "" | "and" | "et" | "y" | "&") {
            break;
        }
    }
    numbers
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
