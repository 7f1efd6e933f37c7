//! The symbols and numbers under which a document is cited: `A/HRC/19/19`, `CAT/C/HND/CO/2`, `Serie C No. 498`,
//! `Application no. 12345/06`, `AMR 37/007/2012`.
//!
//! In: a document's opening, title, file name and address. Out: its own symbols, the most certain first. Documents are full of
//! others' symbols; one is a document's own where it stands alone on a line, in the letterhead, or on every page.

use super::opening::Opening;
use crate::analysis::fold;

/// Symbols of a document that are kept.
const MOST: usize = 4;

/// A line with no more characters beside its symbols is about them.
const BESIDE: usize = 24;

/// Words of a letterhead's line, folded: such a line may be longer.
const LETTERHEAD: &[&str] =
    &["distr", "united nations", "naciones unidas", "nations unies", "original:", "oea/ser"];

/// Words that tell that a symbol is another document's, folded.
const OF_OTHERS: &[&str] = &[
    "previously",
    "issued",
    "anteriormente",
    "publicado",
    "precedemment",
    "publie sous",
    "see ",
    "vease",
    "voir ",
    "cf.",
    "pursuant",
    "resolution",
    "de conformidad",
];

/// A document's own symbols.
pub(super) fn own(
    opening: &Opening<'_>,
    title: Option<&str>,
    file_name: &str,
    url: Option<&str>,
) -> Vec<String> {
    let mut found = Weighed::default();
    for line in &opening.lines {
        line_symbols(line.text).into_iter().for_each(|symbol| found.add(symbol, 3));
    }
    // A head that is on one page only is a quotation's.
    let mut heads: Vec<String> = opening.heads.iter().flat_map(|head| in_text(head)).collect();
    heads.sort_unstable();
    for same in heads.chunk_by(|a, b| a == b).filter(|same| same.len() > 1) {
        found.add(same[0].clone(), 6);
    }
    title.into_iter().flat_map(in_text).for_each(|symbol| found.add(symbol, 2));
    if found.0.is_empty() {
        let names = [Some(file_name), url].into_iter().flatten().filter_map(in_name);
        names.for_each(|symbol| found.add(symbol, 1));
    }
    found.0.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    found.0.into_iter().take(MOST).map(|(_, symbol)| symbol).collect()
}

/// Symbols with how well they are attested.
#[derive(Default)]
struct Weighed(Vec<(u32, String)>);

impl Weighed {
    fn add(&mut self, symbol: String, weight: u32) {
        match self.0.iter_mut().find(|(_, known)| *known == symbol) {
            Some((known, _)) => *known += weight,
            None => self.0.push((weight, symbol)),
        }
    }
}

/// The symbols of a line that is about them, and not about other documents.
fn line_symbols(line: &str) -> Vec<String> {
    let symbols = in_text(line);
    if symbols.is_empty() {
        return symbols;
    }
    let length: usize = symbols.iter().map(|symbol| symbol.chars().count()).sum();
    let folded = fold(&line.to_lowercase());
    let is_letterhead = LETTERHEAD.iter().any(|word| folded.contains(word));
    let is_alone = line.chars().count() <= length + BESIDE;
    let is_of_others =
        !folded.contains("distr") && OF_OTHERS.iter().any(|word| folded.contains(word));
    if (is_alone || is_letterhead) && !is_of_others { symbols } else { Vec::new() }
}

/// Every symbol in a text, each once, in order.
pub(super) fn in_text(text: &str) -> Vec<String> {
    let mut found: Vec<(usize, String)> = with_slashes(text);
    found.extend(with_numbers(text));
    found.sort_by_key(|(at, _)| *at);
    let mut symbols: Vec<String> = Vec::new();
    for (_, symbol) in found {
        if !symbols.contains(&symbol) {
            symbols.push(symbol);
        }
    }
    symbols
}

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
fn with_slashes(text: &str) -> Vec<(usize, String)> {
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

/// What is cited by a word and a number: the words as they stand folded in a text, and the symbol's beginning.
const NUMBERED: &[(&[&str], &str)] = &[
    (&["serie c", "series c"], "Serie C No. "),
    (&["serie a", "series a"], "Serie A No. "),
    (&["serie e", "series e"], "Serie E No. "),
    (&["application", "applications", "requete", "requetes", "demanda"], "Application no. "),
    (&["communication", "comunicacion"], "Communication No. "),
];

/// Symbols made of words and a number, and where they begin.
fn with_numbers(text: &str) -> Vec<(usize, String)> {
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

/// The symbol in a file's name or an address: `A_HRC_19_19`, `seriec_498_esp`.
fn in_name(name: &str) -> Option<String> {
    let name = name.rsplit(['/', '\\']).next()?;
    let lower = name.to_lowercase();
    for (start, series) in [("seriec_", "Serie C No. "), ("seriea_", "Serie A No. ")] {
        if let Some(rest) = lower.strip_prefix(start) {
            let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
            let number = number.trim_start_matches('0');
            return (!number.is_empty()).then(|| format!("{series}{number}"));
        }
    }
    let slashed = name.replace('_', "/");
    let mut found = with_slashes(&slashed);
    // The language at the end of a name is none of the symbol's.
    found.pop().map(|(_, symbol)| {
        let end = ["-EN", "-ES", "-FR", "-E", "-S", "-F", "/EN", "/ES", "/FR"];
        end.iter().find_map(|end| symbol.strip_suffix(end)).unwrap_or(&symbol).to_owned()
    })
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(in_text(text), expected, "{text}");
    }

    #[test]
    fn symbols_of_the_united_nations_are_read() {
        check("A/HRC/19/19", &["A/HRC/19/19"]);
        check("United Nations A/HRC/11/25* Distr.: General", &["A/HRC/11/25"]);
        check(
            "CAT/C/HND/CO/2, CCPR/C/HND/CO/1 and CEDAW/C/HND/7-8.",
            &["CAT/C/HND/CO/2", "CCPR/C/HND/CO/1", "CEDAW/C/HND/7-8"],
        );
        check("S/2014/158", &["S/2014/158"]);
        check("A/HRC/22/53/Add.1/Corr.2", &["A/HRC/22/53/Add.1/Corr.2"]);
        check("E/CN.4/2006/6/Add.4", &["E/CN.4/2006/6/Add.4"]);
        check("A/70/95–S/2015/446", &["A/70/95", "S/2015/446"]);
        check("A/HRC/WG.6/9/L.3", &["A/HRC/WG.6/9/L.3"]);
        check("A/42/521-S/19085, annex", &["A/42/521", "S/19085"]);
        check("(A/68/456)The report", &["A/68/456"]);
    }

    #[test]
    fn what_only_looks_like_a_symbol_is_none() {
        check("N/A and/or w/o 12/13/2020, A/B, A/HRC23/4, S/he, E/mail, CAT/scan", &[]);
        check("https://example.org/A/HRC", &[]);
        check("A/Xx/9", &[]);
        check("", &[]);
        check("/// é/é/1 A/", &[]);
    }

    #[test]
    fn other_bodies_numbers_are_read() {
        check("Corte IDH. Serie C No. 498", &["Serie C No. 498"]);
        check("(Série C n° 4)", &["Serie C No. 4"]);
        check("OEA/Ser.L/V/II. Doc. 44/15", &["OEA/Ser.L/V/II Doc. 44/15"]);
        check("(Application no. 12345/06)", &["Application no. 12345/06"]);
        check("Applications nos. 1/00 and 2/01", &["Application no. 1/00", "Application no. 2/01"]);
        check("Requête no 30696/09", &["Application no. 30696/09"]);
        check("Matter of A-B-, 27 I&N Dec. 316 (A.G. 2018)", &["I&N Dec. 27:316"]);
        check("Index: AMR 37/007/2012", &["AMR 37/007/2012"]);
        check("ECLI:EU:C:2019:218.", &["ECLI:EU:C:2019:218"]);
        check("the application of the law", &[]);
        check("Communication No. 123/2010", &["Communication No. 123/2010"]);
    }

    #[test]
    fn file_names_have_symbols() {
        let named = |name: &str| in_name(name);
        assert_eq!(named("docs/seriec_04_esp.html").as_deref(), Some("Serie C No. 4"));
        assert_eq!(named("A_HRC_19_19-EN.pdf").as_deref(), Some("A/HRC/19/19"));
        assert_eq!(named("un-A_47_435.en.pdf").as_deref(), Some("A/47/435"));
        assert_eq!(named("haiti2011.pdf"), None);
    }
}
