//! The built-in encoding of Type 1 font programs, from their clear-text part.

use crate::lexer::{Lexer, Operand};

/// Calls `each` with every code and glyph name of the program's own encoding; nothing where it is the standard one.
pub(super) fn encoding(program: &[u8], mut each: impl FnMut(u8, &[u8])) {
    const START: &[u8] = b"/Encoding";
    let Some(start) = program.windows(START.len()).position(|window| window == START) else {
        return;
    };
    // "dup 65 /A put", in the language of content streams as in PostScript; "def" ends the array.
    let mut lexer = Lexer::new(&program[start + START.len()..]);
    while let Some(operator) = lexer.next_operator() {
        match (operator, lexer.operands()) {
            (b"put", [.., Operand::Number(code), Operand::Name(name)])
                if (0.0..256.0).contains(code) =>
            {
                each(*code as u8, name);
            }
            (b"def" | b"readonly" | b"StandardEncoding" | b"eexec", _) => return,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_array_of_names_is_read() {
        let program = b"%!PS-AdobeFont-1.0\n/FontName /X def /Encoding 256 array 0 1 255 {1 index exch /.notdef put} \
            for dup 65 /alpha put dup 300 /x put\ndup 66/beta put readonly def dup 67 /late put currentfile eexec";
        let mut read = Vec::new();
        encoding(program, |code, name| {
            read.push((code, String::from_utf8_lossy(name).into_owned()));
        });
        assert_eq!(read, [(65, "alpha".to_owned()), (66, "beta".to_owned())]);
    }

    #[test]
    fn the_standard_encoding_is_no_encoding_of_its_own() {
        encoding(b"/Encoding StandardEncoding def dup 65 /A put", |_, _| panic!("read a code"));
    }
}
