//! Content streams to operands and operators, one pass over the bytes.
//!
//! Operands land on a flat stack that is reused: arrays and dictionaries are the operands between two marks, so nesting
//! costs no recursion. Strings without escapes and all names are borrowed from the content; the others are unescaped into
//! one scratch buffer. Nothing is rejected: what is no token is skipped, as every reader does.

mod inline_image;
mod number;
mod strings;

pub(super) use strings::plain_name;

/// One operand; brackets of arrays and dictionaries are operands of their own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Operand<'a> {
    /// A number.
    Number(f32),
    /// A name without its slash, `#xx` not undone (see [`plain_name`]).
    Name(&'a [u8]),
    /// A string that stands in the content as it is.
    Text(&'a [u8]),
    /// A string that had to be unescaped: a stretch of the scratch buffer.
    Unescaped {
        /// Where it starts.
        start: u32,
        /// Where it ends.
        end: u32,
    },
    /// `[`
    ArrayStart,
    /// `]`
    ArrayEnd,
    /// `<<`
    DictionaryStart,
    /// `>>`
    DictionaryEnd,
    /// `true`, `false` or `null`.
    Constant,
}

/// More operands than this before one operator are dropped: no real array is that long.
const MOST_OPERANDS: usize = 1 << 19;

/// A content stream and the place reached in it.
pub(super) struct Lexer<'a> {
    data: &'a [u8],
    at: usize,
    operands: Vec<Operand<'a>>,
    scratch: Vec<u8>,
}

/// What a byte is to the lexer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Space,
    Delimiter,
    Regular,
}

const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Regular; 256];
    let mut at = 0;
    while at < 256 {
        kinds[at] = match at as u8 {
            0 | b'\t' | b'\n' | 12 | b'\r' | b' ' => Kind::Space,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%' => Kind::Delimiter,
            _ => Kind::Regular,
        };
        at += 1;
    }
    kinds
};

fn kind(byte: u8) -> Kind {
    KINDS[usize::from(byte)]
}

impl<'a> Lexer<'a> {
    /// A lexer at the start of a content stream.
    pub fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0, operands: Vec::with_capacity(64), scratch: Vec::new() }
    }

    /// The next operator; its operands are [`Self::operands`] until the next call. `None` at the end.
    pub fn next_operator(&mut self) -> Option<&'a [u8]> {
        self.operands.clear();
        self.scratch.clear();
        loop {
            let byte = *self.data.get(self.at)?;
            match byte {
                b'0'..=b'9' | b'-' | b'.' | b'+' => self.number(),
                // White space, and brackets that nothing opened.
                0 | b'\t' | b'\n' | 12 | b'\r' | b' ' | b')' | b'{' | b'}' => self.at += 1,
                b'>' => self.closing_angle(),
                b'(' => self.literal(),
                b'/' => {
                    self.at += 1;
                    let name = self.regular();
                    self.push(Operand::Name(name));
                }
                b'[' => self.bracket(1, Operand::ArrayStart),
                b']' => self.bracket(1, Operand::ArrayEnd),
                b'<' if self.data.get(self.at + 1) == Some(&b'<') => {
                    self.bracket(2, Operand::DictionaryStart);
                }
                b'<' => self.hexadecimal(),
                b'%' => self.comment(),
                _ => match self.regular() {
                    b"true" | b"false" | b"null" => self.push(Operand::Constant),
                    operator => return Some(operator),
                },
            }
        }
    }

    /// The operands of the operator last returned.
    pub fn operands(&self) -> &[Operand<'a>] {
        &self.operands
    }

    /// The bytes of a string operand; empty for any other.
    pub fn text<'b>(&'b self, operand: &Operand<'b>) -> &'b [u8] {
        match *operand {
            Operand::Text(text) => text,
            Operand::Unescaped { start, end } => &self.scratch[start as usize..end as usize],
            _ => &[],
        }
    }

    fn push(&mut self, operand: Operand<'a>) {
        if self.operands.len() < MOST_OPERANDS {
            self.operands.push(operand);
        }
    }

    /// `>>`; a single one closes nothing here.
    fn closing_angle(&mut self) {
        if self.data.get(self.at + 1) == Some(&b'>') {
            self.bracket(2, Operand::DictionaryEnd);
        } else {
            self.at += 1;
        }
    }

    fn bracket(&mut self, length: usize, operand: Operand<'a>) {
        self.at += length;
        self.push(operand);
    }

    fn regular(&mut self) -> &'a [u8] {
        let rest = &self.data[self.at..];
        let length = rest.iter().position(|byte| kind(*byte) != Kind::Regular);
        let token = &rest[..length.unwrap_or(rest.len())];
        self.at += token.len();
        token
    }

    fn comment(&mut self) {
        let rest = &self.data[self.at..];
        let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        self.at += length.unwrap_or(rest.len());
    }

    fn number(&mut self) {
        let (number, end) = number::read(self.data, self.at);
        self.at = end;
        // What sticks to the number is no operator of its own ("1.2.3", "12-3", "1e5"), unless nothing was read of it.
        if self.data.get(end).is_some_and(|byte| matches!(byte, b'-' | b'.' | b'+')) {
            self.regular();
        }
        self.push(Operand::Number(number));
    }
}

#[cfg(test)]
mod tests;
