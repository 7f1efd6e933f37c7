//! Tells titles and names from what programs write in their place: file names, placeholders, codes, login names.
//!
//! In: a metadata field; out: the field cleaned, if a reader would take it for a title or a name. Knows patterns of
//! English, Spanish and French programs; does not know which titles exist.

use super::placeholders::lists;

/// Longest title, in characters; longer ones are abstracts.
const TITLE: usize = 400;

/// The title if it is one: not a file's name, a program's placeholder or a number.
pub(super) fn real_title(title: &str) -> Option<String> {
    let title = one_line(title);
    let title = title.trim_matches(|c: char| c.is_whitespace() || "\"'“”«»_*".contains(c));
    let folded = title.to_lowercase();
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    let characters = title.chars().filter(|c| !c.is_whitespace()).count();
    let is_readable = letters >= 3 && letters * 2 >= characters && !title.contains('\u{fffd}');
    let is_title = is_readable
        && title.chars().count() <= TITLE
        && !is_file_name(&folded)
        && !is_placeholder(&folded)
        && !is_code(title);
    is_title.then(|| title.to_owned())
}

/// Whether a title is the name of a file: with an ending, a path, or after the name of the program that printed it.
fn is_file_name(title: &str) -> bool {
    let ending = title.rsplit_once('.').map(|(_, ending)| ending.trim());
    let has_ending =
        ending.is_some_and(|ending| lists().endings.iter().any(|known| known == ending));
    // "report.qxp:Layout 1", "C:\work\report", "file:///…"
    let is_within = [".qxp", ".qxd", ".indd", ".doc ", ".docx ", ":\\", "\\\\", "://", "about:"];
    has_ending
        || lists().printed_by.iter().any(|program| title.starts_with(program.as_str()))
        || is_within.iter().any(|part| title.contains(part))
}

/// Whether a title is what a program writes where no one gave one.
fn is_placeholder(title: &str) -> bool {
    let bare = title.trim_end_matches(|c: char| {
        c.is_ascii_digit() || c.is_whitespace() || "-_()[].#".contains(c)
    });
    lists().titles.iter().any(|known| known == bare || known == title)
}

/// Whether a title is one word that no one would write in a text: `G1012345`, `HRC_report`, `final-v2`.
fn is_code(title: &str) -> bool {
    let is_one_word = !title.contains(char::is_whitespace);
    is_one_word && title.contains(|c: char| c.is_ascii_digit() || "_.=~#@".contains(c))
}

/// A person's or an organisation's name, if it is not what a program writes in its place.
pub(super) fn real_name(name: &str) -> Option<String> {
    let name = one_line(name);
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    // A user's login name: one word without a capital.
    let is_login = !name.contains(|c: char| c.is_whitespace() || c.is_uppercase());
    let is_name = letters >= 2
        && !is_login
        && name.chars().count() <= TITLE
        && !name.contains('\u{fffd}')
        && !name.contains('@')
        && !lists().names.contains(&name.to_lowercase())
        && !is_code(&name);
    is_name.then_some(name)
}

/// The words of a text with one space between them and no control characters.
fn one_line(text: &str) -> String {
    let printable = text.replace(|c: char| c.is_control() || c == '\u{feff}', " ");
    printable.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_told_from_what_programs_write() {
        for title in [
            "Torture in Honduras",
            "Nicaragua: la represión continúa",
            "Rapport annuel 2012",
            "World Report 2015",
            "Etat",
            "Situation of human rights in Haiti (2010)",
            "1984",
            "Document of shame",
            "Page after page: censorship in Cuba",
        ] {
            let expected = (title != "1984").then(|| title.to_owned());
            assert_eq!(real_title(title), expected, "{title}");
        }
        for title in [
            "",
            "untitled",
            "Untitled-1",
            "Microsoft Word - report final.doc",
            "ENG2.indd",
            "Layout 1",
            "12345",
            "Document1",
            "sin título",
            "Sans titre",
            "C:\\work\\report",
            "G1012345",
            "AMR5100112008",
            "report_final",
            "Slide 1",
            "- 1 -",
            "HRW report.qxp:Layout 1",
            "Full page photo",
            "\u{fffd}\u{fffd}abc",
            "Microsoft PowerPoint - Charla",
            "informe.PDF",
            "\u{1}\u{2}\u{3}",
            "http://www.example.org/a b c",
            "Presentación de PowerPoint",
            "D",
            "Book 2",
        ] {
            assert_eq!(real_title(title), None, "{title}");
        }
    }

    #[test]
    fn titles_are_cleaned() {
        assert_eq!(real_title(" \"Two\r\n lines\" ").as_deref(), Some("Two lines"));
    }
}
