//! Content as text: operators with their operands.

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
                    format!("({}) ", String::from_utf8_lossy(lexer.text(operand)).escape_debug())
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
    check(r"(\(\)\\\n\101\7z\q)Tj", r"(()\\\n\u{41}\u{7}zq) Tj;".replace(r"\u{41}", "A").as_str());
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
    for content in ["(abc", "<41", "[1 2", "/", "<<", "(\\", "(\\1", "1.", "-", "%", "ID ", "ID"] {
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
