//! Quotation marks: which ones enclose a phrase, and which are only text.

use crate::analysis::begins_word;

/// The quotation marks of a text and where each kind stands last, so that looking for a missing partner costs nothing.
#[derive(Debug)]
pub(super) struct Quotes<'t> {
    text: &'t str,
    last: [Option<usize>; MARKS.len()],
}

/// Straight, English, German low, French; a closing English mark is also what some programs open with.
const MARKS: [char; 6] = ['"', '“', '”', '„', '«', '»'];

/// Whether this is a quotation mark. Apostrophes and single quotes are not: they stand inside words.
pub(super) fn is_quote(c: char) -> bool {
    MARKS.contains(&c)
}

/// What closes a phrase that this mark opens: its proper partners, and what careless typing puts there.
fn partners(mark: char) -> [&'static [char]; 2] {
    match mark {
        '"' => [&['"'], &['”']],
        '“' => [&['”'], &['"']],
        '”' => [&['”'], &[]],
        '„' => [&['“', '”'], &['"']],
        '«' => [&['»'], &[]],
        '»' => [&['«'], &[]],
        _ => [&[], &[]],
    }
}

impl<'t> Quotes<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, last: MARKS.map(|mark| text.rfind(mark)) }
    }

    /// The place of the mark that closes a phrase opened by the mark at `open`; `None` where that one is only text: it is glued
    /// to a word before it (`5"`), or nothing closes it.
    pub(super) fn closer(&self, open: usize) -> Option<usize> {
        let mark = self.text[open..].chars().next()?;
        if self.text[..open].chars().next_back().is_some_and(begins_word) {
            return None;
        }
        let after = open + mark.len_utf8();
        partners(mark).iter().find_map(|partners| {
            let exists = |partner: &char| {
                MARKS
                    .iter()
                    .position(|mark| mark == partner)
                    .is_some_and(|kind| self.last[kind].is_some_and(|last| last >= after))
            };
            // The search always succeeds: a partner stands further on.
            partners
                .iter()
                .any(exists)
                .then(|| self.text[after..].find(*partners).map(|found| after + found))?
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Quotes;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let quotes = Quotes::new(text);
        let open = text.find(super::is_quote).unwrap();
        let inside = quotes.closer(open).map(|close| {
            let mark = text[open..].chars().next().unwrap().len_utf8();
            &text[open + mark..close]
        });
        assert_eq!(inside, expected);
    }

    #[test]
    fn marks_find_their_partner() {
        check(r#"a "b c" d"#, Some("b c"));
        check("“b c” d”", Some("b c"));
        check("„b c“", Some("b c"));
        check("« b c »", Some(" b c "));
        check("“he said \"no\"”", Some("he said \"no\""));
        check("“b c\"", Some("b c"));
        check("\"b c”", Some("b c"));
    }

    #[test]
    fn a_lone_mark_is_text() {
        check("a \"b c", None);
        check("« b c", None);
        check("5\" and 6\"", None);
        check("b c”", None);
    }
}
