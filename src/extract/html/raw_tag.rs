//! A tag as it stands in a page: where it ends, and how many attributes it has.
//!
//! In: a tag's bytes after its name, all at once or a part at a time. Out: its end, as the HTML standard's tokenizer has it.
//! It reads no attribute.

/// A tag as it stands in the page.
pub(super) struct RawTag<'a> {
    pub(super) name: &'a str,
    /// Whether it is an end tag.
    pub(super) closes: bool,
    /// All of it, brackets included; of a tag that is too long to be waited for only the beginning.
    pub(super) raw: &'a str,
    /// Its attributes, as far as it has been read.
    pub(super) attributes: usize,
}

/// A tag being read: the standard's states, as far as they tell where it ends.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TagScan {
    state: State,
    attributes: usize,
}

#[derive(Clone, Copy, Debug, Default)]
enum State {
    #[default]
    BeforeName,
    Name,
    AfterName,
    BeforeValue,
    Value,
    Quoted(u8),
}

impl TagScan {
    /// Attributes that have begun.
    pub(super) fn attributes(&self) -> usize {
        self.attributes
    }

    /// Reads on; returns where the tag ends, bracket included, if it does.
    pub(super) fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut place = 0;
        while let Some(byte) = bytes.get(place) {
            if let State::Quoted(quote) = self.state {
                place += memchr::memchr(quote, &bytes[place..])? + 1;
                self.state = State::BeforeName;
                continue;
            }
            place += 1;
            self.state = match (self.state, byte) {
                (_, b'>') => return Some(place),
                (State::BeforeValue, b'"' | b'\'') => State::Quoted(*byte),
                (state, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C') => match state {
                    State::Name => State::AfterName,
                    State::Value => State::BeforeName,
                    state => state,
                },
                (State::BeforeValue | State::Value, _) => State::Value,
                (State::Name | State::AfterName, b'=') => State::BeforeValue,
                (_, b'/') => State::BeforeName,
                (State::Name, _) => State::Name,
                (State::BeforeName | State::AfterName, _) => {
                    self.attributes += 1;
                    State::Name
                }
                (State::Quoted(_), _) => self.state,
            };
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks where a tag ends, what follows its name being given, and its attributes.
    #[track_caller]
    fn check(rest: &str, attributes: usize, behind: &str) {
        let mut scan = TagScan::default();
        let end = scan.end(rest.as_bytes()).unwrap_or(rest.len());
        assert_eq!((scan.attributes(), &rest[end..]), (attributes, behind), "{rest}");
        let mut scan = TagScan::default();
        let mut steps = rest.bytes().map(|byte| scan.end(&[byte]).is_some());
        let end = steps.position(|ends| ends).map_or(rest.len(), |place| place + 1);
        assert_eq!(&rest[end..], behind, "a byte at a time: {rest}");
    }

    #[test]
    fn a_tag_ends_at_a_bracket_that_is_in_no_quotes() {
        check(">x", 0, "x");
        check(" a='>' b=\">\"c>x", 3, "x");
        check(" a = '>'>x", 1, "x");
        check(" a/b / >x", 2, "x");
        check(" a", 1, "");
    }

    #[test]
    fn quotes_mean_nothing_where_no_value_begins() {
        check(" href=\"a\"\">x", 2, "x");
        check(" href=a\">x\">", 1, "x\">");
        check(" a==\">x\">", 1, "x\">");
        check(" a?b=\"c>d\">x", 1, "x");
        check(" it's>x", 1, "x");
    }
}
