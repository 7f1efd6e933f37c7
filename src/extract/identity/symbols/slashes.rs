//! Symbols of parts with slashes between them: `A/HRC/19/19`, `AMR 37/007/2012`, `OEA/Ser.L/V/II Doc. 44/15`.
//!
//! A text in, symbols and where they begin out. Which of them are the document's own is not known here.

/// What stands first in symbols that are parted by slashes, and what may come second: anything where it is empty. `#` is a
/// number.
const ROOTS: &[(&str, &[&str])] = &[
    ("A", &["#", "HRC", "RES", "C.", "CONF.", "AC.", "INF", "S-", "ES-", "CN.", "DEC", "NGO"]),
    ("S", &["#", "RES", "PRST", "PV.", "AC.", "INF"]),
    (
        "E",
        &[
            "#", "CN.", "C.", "RES", "ICEF", "NGO", "AC.", "CONF.", "HLPF", "ECA", "ECE", "ESCWA",
            "ESCAP",
        ],
    ),
    ("TD", &[]),
    ("DP", &[]),
    ("FCCC", &[]),
    ("UNEP", &[]),
    ("CCPR", &[]),
    ("CAT", &[]),
    ("CEDAW", &[]),
    ("CERD", &[]),
    ("CRC", &[]),
    ("CMW", &[]),
    ("CRPD", &[]),
    ("CED", &[]),
    ("HRI", &[]),
    ("ST", &["SG", "AI", "HR", "ESA", "IC"]),
    ("HCR", &[]),
    ("OEA", &["Ser."]),
    ("CPT", &["Inf"]),
    // Amnesty International's indexes begin with a region and a country's number.
    ("AFR ", &["#"]),
    ("AMR ", &["#"]),
    ("ASA ", &["#"]),
    ("EUR ", &["#"]),
    ("MDE ", &["#"]),
    ("ACT ", &["#"]),
    ("POL ", &["#"]),
    ("IOR ", &["#"]),
];

/// Symbols made of parts with slashes between them, and where they begin.
pub(super) fn with_slashes(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(slash) = text[from..].find('/').map(|at| from + at) {
        from = slash + 1;
        let before = text[..slash].rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '.'));
        let mut start =
            before.map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        // The region before an index's number.
        if text[start..slash].bytes().all(|byte| byte.is_ascii_digit())
            && slash - start == 2
            && start >= 4
        {
            start = text.floor_char_boundary(start - 4);
        }
        let is_inside = text[..start].ends_with(['/', '_']);
        let rest = &text[start..];
        let root = ROOTS.iter().find(|(root, _)| {
            if root.ends_with(' ') {
                rest.starts_with(root) && start + 6 == slash
            } else {
                start + root.len() == slash && rest.starts_with(root)
            }
        });
        let Some((root, seconds)) = root.filter(|_| !is_inside) else { continue };
        let length = root.len() + length_of_parts(&rest[root.len()..]);
        let symbol = rest[..length].trim_end_matches(['.', '-', '/', '(']);
        from = from.max(start + symbol.len());
        let second = symbol[root.len()..].trim_start_matches('/');
        let fits = |wanted: &&str| match *wanted {
            "#" => second.starts_with(|c: char| c.is_ascii_digit()),
            // A whole part, unless it goes on after its point or hyphen.
            wanted => second.strip_prefix(wanted).is_some_and(|rest| {
                wanted.ends_with(['.', '-']) || rest.starts_with('/') || rest.is_empty()
            }),
        };
        let is_index = root.ends_with(' ');
        let parts = symbol.split('/').count();
        let has_number = symbol.contains(|c: char| c.is_ascii_digit());
        let is_series = *root == "OEA";
        if (seconds.is_empty() || seconds.iter().any(fits))
            && (parts >= 3 || parts == 2 && (*root == "CPT" || *root == "S" && second.len() > 3))
            && (has_number || is_series)
            && (!is_index || parts == 3 && symbol.ends_with(|c: char| c.is_ascii_digit()))
        {
            let document = if is_series { of_series(&rest[length..]) } else { String::new() };
            found.push((start, symbol.to_owned() + &document));
        }
    }
    found
}

/// The bytes of the parts of a symbol: capitals, digits, and the few words that are written in small letters.
fn length_of_parts(rest: &str) -> usize {
    const WORDS: [&str; 9] = ["Add", "Rev", "Corr", "Ser", "Res", "Inf", "Doc", "Amend", "Summary"];
    let mut length = 0;
    while let Some(c) = rest[length..].chars().next() {
        let word = WORDS.iter().find(|word| {
            rest[length..].starts_with(**word)
                && !rest[length + word.len()..].starts_with(|c: char| c.is_ascii_lowercase())
        });
        match word {
            Some(word) => length += word.len(),
            // A second symbol after a hyphen.
            None if c == '-' && is_root(&rest[length + 1..]) => break,
            None if c.is_ascii_uppercase() || c.is_ascii_digit() || "/.-".contains(c) => {
                length += 1;
            }
            None => break,
        }
    }
    // A capital before small letters begins a word of the text.
    if rest[length..].starts_with(|c: char| c.is_lowercase()) {
        length = rest[..length].trim_end_matches(|c: char| c.is_ascii_uppercase()).len();
    }
    length
}

/// Whether a text begins with the root of a symbol and its slash.
fn is_root(text: &str) -> bool {
    text.split_once('/').is_some_and(|(root, _)| ROOTS.iter().any(|(known, _)| *known == root))
}

/// The document's number after a series of the OAS: ` Doc. 44/15`.
fn of_series(rest: &str) -> String {
    let rest = rest.trim_start_matches(['.', ' ', ',']);
    let Some(number) = ["Doc.", "doc.", "Doc"].iter().find_map(|word| rest.strip_prefix(word))
    else {
        return String::new();
    };
    let number = number.trim_start();
    let end = number.find(|c: char| !(c.is_ascii_digit() || c == '/')).unwrap_or(number.len());
    let number = number[..end].trim_end_matches('/');
    if number.is_empty() { String::new() } else { format!(" Doc. {number}") }
}
