//! Content streams to operands and operators, one pass over the bytes.
//!
//! Operands land on a flat stack that is reused: arrays and dictionaries are the operands between two marks, so nesting
//! costs no recursion. Strings without escapes and all names are borrowed from the content; the others are unescaped into
//! one scratch buffer. Nothing is rejected: what is no token is skipped, as every reader does.

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

    /// Goes past an inline image: call it after `ID` was returned.
    pub fn skip_inline_image(&mut self) {
        // One white-space byte parts ID from the data.
        let data = self.data;
        let mut at = self.at + 1;
        while let Some(found) = data.get(at..).and_then(find_end_marker) {
            let end = at + found + 2;
            if looks_like_content(&data[end.min(data.len())..]) {
                self.at = end;
                return;
            }
            at = end;
        }
        self.at = data.len();
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

    /// A number as lenient readers take it: `--5` is -5, `1.2.3` is 1.2, `12-3` is 12.
    fn number(&mut self) {
        let data = self.data;
        let mut at = self.at;
        let mut negative = false;
        while let Some(sign @ (b'-' | b'+')) = data.get(at) {
            negative |= *sign == b'-';
            at += 1;
        }
        let mut whole = 0_u64;
        let mut digits = 0_u32;
        while let Some(digit @ b'0'..=b'9') = data.get(at) {
            if digits < 18 {
                whole = whole * 10 + u64::from(digit - b'0');
            }
            digits += 1;
            at += 1;
        }
        let mut number = whole as f32;
        if data.get(at) == Some(&b'.') {
            at += 1;
            let mut fraction = 0_u32;
            let mut places = 0_usize;
            while let Some(digit @ b'0'..=b'9') = data.get(at) {
                if places < 8 {
                    fraction = fraction * 10 + u32::from(digit - b'0');
                    places += 1;
                }
                at += 1;
            }
            number += fraction as f32 * PLACES[places];
        }
        self.at = at;
        // What sticks to the number is no operator of its own ("1.2.3", "12-3", "1e5"), unless nothing was read of it.
        if data.get(at).is_some_and(|byte| matches!(byte, b'-' | b'.' | b'+')) {
            self.regular();
        }
        self.push(Operand::Number(if negative { -number } else { number }));
    }

    fn literal(&mut self) {
        let data = self.data;
        let start = self.at + 1;
        let mut at = start;
        // Most strings end at the first parenthesis.
        while let Some(byte) = data.get(at) {
            match byte {
                b')' => {
                    self.at = at + 1;
                    return self.push(Operand::Text(&data[start..at]));
                }
                b'\\' | b'(' | b'\r' => break,
                _ => at += 1,
            }
        }
        let from = self.scratch.len() as u32;
        self.scratch.extend_from_slice(&data[start..at]);
        self.at = at;
        self.unescape();
        self.push(Operand::Unescaped { start: from, end: self.scratch.len() as u32 });
    }

    /// Goes to the end of a literal string, adding its bytes to the scratch buffer.
    fn unescape(&mut self) {
        let mut open = 1_usize;
        while let Some(&byte) = self.data.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.escape(),
                b'(' => {
                    open += 1;
                    self.scratch.push(byte);
                }
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return;
                    }
                    self.scratch.push(byte);
                }
                b'\r' => {
                    self.scratch.push(b'\n');
                    self.at += usize::from(self.data.get(self.at) == Some(&b'\n'));
                }
                _ => self.scratch.push(byte),
            }
        }
    }

    fn escape(&mut self) {
        let Some(&byte) = self.data.get(self.at) else { return };
        self.at += 1;
        let plain = match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.data.get(self.at) else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                code as u8
            }
            b'\n' => return,
            b'\r' => {
                self.at += usize::from(self.data.get(self.at) == Some(&b'\n'));
                return;
            }
            other => other,
        };
        self.scratch.push(plain);
    }

    fn hexadecimal(&mut self) {
        let from = self.scratch.len() as u32;
        self.at += 1;
        let mut high = None;
        while let Some(&byte) = self.data.get(self.at) {
            self.at += 1;
            let Some(digit) = hex_digit(byte) else {
                if byte == b'>' {
                    break;
                }
                continue;
            };
            match high.take() {
                Some(high) => self.scratch.push(high << 4 | digit),
                None => high = Some(digit),
            }
        }
        // An odd last digit has a zero after it.
        self.scratch.extend(high.map(|high| high << 4));
        self.push(Operand::Unescaped { start: from, end: self.scratch.len() as u32 });
    }
}

const PLACES: [f32; 9] = [1.0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8];

fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// A name with its `#xx` undone, as resource dictionaries know it.
pub(super) fn plain_name(name: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    if !name.contains(&b'#') {
        return name.into();
    }
    let mut plain = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some((&byte, after)) = rest.split_first() {
        let escaped = match after {
            [high, low, ..] if byte == b'#' => hex_digit(*high).zip(hex_digit(*low)),
            _ => None,
        };
        plain.push(escaped.map_or(byte, |(high, low)| high << 4 | low));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    plain.into()
}

/// Offset of an `EI` that stands between white space.
fn find_end_marker(data: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = data.get(at..)?.iter().position(|byte| *byte == b'E') {
        let here = at + found;
        let before = here == 0 || kind(data[here - 1]) == Kind::Space;
        let after = data.get(here + 2).is_none_or(|byte| kind(*byte) != Kind::Regular);
        if before && after && data.get(here + 1) == Some(&b'I') {
            return Some(here);
        }
        at = here + 1;
    }
    None
}

/// Whether what follows an `EI` can be content: image data soon has a byte that no operator has.
fn looks_like_content(data: &[u8]) -> bool {
    data.iter().take(24).all(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | 0 | b' '..=b'~'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Operators with their operands, as text.
    fn read(content: &[u8]) -> String {
        let mut lexer = Lexer::new(content);
        let mut out = String::new();
        while let Some(operator) = lexer.next_operator() {
            for operand in lexer.operands() {
                let shown = match operand {
                    Operand::Number(number) => format!("{number} "),
                    Operand::Name(name) => {
                        format!("/{} ", String::from_utf8_lossy(&plain_name(name)))
                    }
                    Operand::Text(_) | Operand::Unescaped { .. } => {
                        format!(
                            "({}) ",
                            String::from_utf8_lossy(lexer.text(operand)).escape_debug()
                        )
                    }
                    Operand::ArrayStart => "[ ".into(),
                    Operand::ArrayEnd => "] ".into(),
                    Operand::DictionaryStart => "<< ".into(),
                    Operand::DictionaryEnd => ">> ".into(),
                    Operand::Constant => "constant ".into(),
                };
                out.push_str(&shown);
            }
            out.push_str(&String::from_utf8_lossy(operator));
            out.push_str("; ");
            if operator == b"ID" {
                lexer.skip_inline_image();
            }
        }
        out.trim_end().to_owned()
    }

    #[track_caller]
    fn check(content: &str, expected: &str) {
        assert_eq!(read(content.as_bytes()), expected, "{content}");
    }

    #[test]
    fn operands_come_before_their_operator() {
        check("BT /F1 12 Tf (Hi)Tj ET", "BT; /F1 12 Tf; (Hi) Tj; ET;");
        check("[(a)-250(b)]TJ", "[ (a) -250 (b) ] TJ;");
        check("/Span<</MCID 0/A[1 2]>>BDC", "/Span << /MCID 0 /A [ 1 2 ] >> BDC;");
        check("true null /A false gs", "constant constant /A constant gs;");
        check("% note (x)\n1 w", "1 w;");
        check("T* q Q' \"", "T*; q; Q'; \";");
    }

    #[test]
    fn numbers_are_read_leniently() {
        check("1 -2 +3 .5 -.25 4. 00.1 x", "1 -2 3 0.5 -0.25 4 0.1 x;");
        check("--5 - 1.2.3 12-3 x", "-5 -0 1.2 12 x;");
        check("123456789012345678901234567890 0.250000000001 x", "123456790000000000 0.25 x;");
    }

    #[test]
    fn strings_are_unescaped() {
        check(r"(a(b)c)Tj", "(a(b)c) Tj;");
        check(
            r"(\(\)\\\n\101\7z\q)Tj",
            r"(()\\\n\u{41}\u{7}zq) Tj;".replace(r"\u{41}", "A").as_str(),
        );
        check("(a\\\nb\r\nc)Tj", r"(ab\nc) Tj;");
        check("<48 65 6C 6c 6F2>Tj", "(Hello ) Tj;");
        check("<4x8>Tj", "(H) Tj;");
    }

    #[test]
    fn names_lose_their_escapes() {
        check("/A#20B /C#4 /#zz /D#41 x", "/A B /C#4 /#zz /DA x;");
    }

    #[test]
    fn unfinished_tokens_end_with_the_content() {
        for content in
            ["(abc", "<41", "[1 2", "/", "<<", "(\\", "(\\1", "1.", "-", "%", "ID ", "ID"]
        {
            read(content.as_bytes());
        }
        check(")>}{ 1 x", "1 x;");
    }

    #[test]
    fn inline_images_are_skipped() {
        check("BI /W 1 ID \u{1}\u{2}EI x EI\u{7}\u{1} EI\nQ", "BI; /W 1 ID; Q;");
        check("BI ID abc", "BI; ID;");
        check("BI ID (Tj\nEI\n(after) Tj", "BI; ID; (after) Tj;");
    }

    #[test]
    fn endless_operands_do_not_grow_the_stack() {
        let content = [b"1 ".repeat(MOST_OPERANDS + 100), b"w".to_vec()].concat();
        let mut lexer = Lexer::new(&content);
        assert_eq!(lexer.next_operator(), Some(&b"w"[..]));
        assert_eq!(lexer.operands().len(), MOST_OPERANDS);
    }
}
