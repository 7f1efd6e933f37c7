//! Strings and names: escapes undone.

use super::{Lexer, Operand};

impl Lexer<'_> {
    pub(super) fn literal(&mut self) {
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

    pub(super) fn hexadecimal(&mut self) {
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

fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// A name with its `#xx` undone, as resource dictionaries know it.
pub(crate) fn plain_name(name: &[u8]) -> std::borrow::Cow<'_, [u8]> {
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
