//! The symbols and numbers under which a document is cited: `A/HRC/19/19`, `CAT/C/HND/CO/2`, `Serie C No. 498`,
//! `Application no. 12345/06`, `AMR 37/007/2012`.
//!
//! In: a document's opening, title, file name and address. Out: its own symbols, the most certain first. Documents are full of
//! others' symbols; one is a document's own where it stands alone on a line, in the letterhead, or on every page.

mod numbers;
mod slashes;

use super::opening::Opening;
use super::words::lists;
use crate::analysis::fold;
use numbers::with_numbers;
use slashes::with_slashes;

/// Symbols of a document that are kept.
const MOST: usize = 4;

/// A line with no more characters beside its symbols is about them.
const BESIDE: usize = 24;

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
    title.into_iter().flat_map(title_symbols).for_each(|symbol| found.add(symbol, 2));
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
    if symbols.is_empty() || is_note(line) {
        return Vec::new();
    }
    let length: usize = symbols.iter().map(|symbol| symbol.chars().count()).sum();
    let folded = fold(&line.to_lowercase());
    let is_letterhead = lists().symbol_lines.iter().any(|word| folded.contains(word.as_str()));
    let is_alone = line.chars().count() <= length + BESIDE;
    let is_of_others = !folded.contains("distr")
        && lists().of_others.iter().any(|word| folded.contains(word.as_str()));
    if (is_alone || is_letterhead) && !is_of_others {
        symbols.into_iter().filter(|symbol| !is_cited(line, symbol)).collect()
    } else {
        Vec::new()
    }
}

/// The symbols of a line that has nothing else on it but a mark or a page's number.
pub(super) fn alone(line: &str) -> Vec<String> {
    /// Characters of a page's number or a mark, beside the symbols.
    const MARK: usize = 8;
    let symbols = if line.len() > 80 { Vec::new() } else { in_text(line) };
    let length: usize = symbols.iter().map(|symbol| symbol.chars().count() + 1).sum();
    let is_alone = !is_note(line) && line.chars().count() <= length + MARK;
    symbols.into_iter().filter(|_| is_alone).collect()
}

/// The symbols of a line of a letterhead, which begins with its words: `United Nations A/HRC/16/10`.
pub(super) fn in_letterhead(line: &str) -> Vec<String> {
    let folded = if line.len() > 120 { String::new() } else { fold(&line.to_lowercase()) };
    let is_letterhead = lists().symbol_lines.iter().any(|word| folded.starts_with(word.as_str()));
    if is_letterhead { line_symbols(line) } else { Vec::new() }
}

/// Whether a line is a note at the foot of a page: `1 A/79/975.`
fn is_note(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_numeric());
    rest.len() < line.len() && rest.starts_with([' ', '/', '.']) && line.ends_with('.')
}

/// Whether a symbol with slashes stands in brackets: `(A/48/803)` is the report on which a resolution was adopted.
fn is_cited(line: &str, symbol: &str) -> bool {
    let opens = |at: usize| {
        let before = &line[..at];
        before.rfind(['(', '[']) > before.rfind([')', ']'])
    };
    let is_slashed =
        with_slashes(symbol).first().is_some_and(|(at, found)| *at == 0 && found == symbol);
    is_slashed && line.find(symbol).is_some_and(opens)
}

/// The symbols of a title that begins or ends with them; one in the middle is what the title is about.
fn title_symbols(title: &str) -> Vec<String> {
    let bare = title.trim_matches(|c: char| c.is_whitespace() || "()[]-–—:,.".contains(c));
    let stands_at_end =
        |symbol: &String| bare.starts_with(symbol.as_str()) || bare.ends_with(symbol.as_str());
    in_text(title).into_iter().filter(stands_at_end).collect()
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
    fn symbols_in_notes_and_brackets_are_others() {
        assert_eq!(line_symbols("A/HRC/19/19*"), ["A/HRC/19/19"]);
        assert_eq!(line_symbols("(Serie C No. 4)"), ["Serie C No. 4"]);
        assert!(line_symbols("1 A/79/975.").is_empty());
        assert!(line_symbols("Fifth Committee (A/48/803)]").is_empty());
    }

    #[test]
    fn a_title_has_its_symbol_at_an_end() {
        assert_eq!(
            title_symbols("Concluding observations on Honduras (CAT/C/HND/CO/2)"),
            ["CAT/C/HND/CO/2"]
        );
        assert_eq!(title_symbols("A/HRC/19/19 - Haiti"), ["A/HRC/19/19"]);
        assert!(title_symbols("A page that cites CAT/C/HND/CO/2 of the Committee").is_empty());
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
