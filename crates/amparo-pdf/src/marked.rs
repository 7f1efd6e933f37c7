//! Marked content: text that stands for what is drawn, and what the file itself calls running heads and page numbers.

use lopdf::Document;

use super::font::{pdf_doc_text, push_clean};
use super::lexer::{Lexer, Operand};
use super::objects;
use super::state::Run;

/// More open pieces than this are not kept: real files nest a dozen.
const MOST_OPEN: usize = 1024;

/// The marked content that is open.
#[derive(Default)]
pub(super) struct MarkedContent {
    open: Vec<Marked>,
    /// How much of it has a text of its own.
    replaced: usize,
    /// How much of it is there because there are pages.
    pagination: usize,
}

/// What one piece of marked content says of the text in it.
enum Marked {
    Plain,
    /// A text of its own: `/ActualText`.
    Replaced(Replacement),
    /// An `/Artifact` of type `/Pagination`.
    Pagination,
}

/// What replaces the text of the glyphs that follow.
pub(super) struct Replacement {
    /// The text, in its plain form.
    pub text: String,
    /// Whether it was written: with the first of the glyphs.
    pub written: bool,
}

impl MarkedContent {
    /// How many pieces are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// Whether what is drawn is a running head, foot or page number.
    pub fn is_pagination(&self) -> bool {
        self.pagination > 0
    }

    /// The text that replaces what is drawn: the outermost one replaces those inside it.
    pub fn replacement(&mut self) -> Option<&mut Replacement> {
        if self.replaced == 0 {
            return None;
        }
        self.open.iter_mut().find_map(|marked| match marked {
            Marked::Replaced(replacement) => Some(replacement),
            _ => None,
        })
    }

    /// Opens a piece by the operands of `BMC` or `BDC`.
    pub fn begin(&mut self, doc: &Document, run: &Run<'_>, lexer: &Lexer<'_>) {
        if self.open.len() >= MOST_OPEN {
            return;
        }
        let marked = read(doc, run, lexer);
        self.replaced += usize::from(matches!(marked, Marked::Replaced(_)));
        self.pagination += usize::from(matches!(marked, Marked::Pagination));
        self.open.push(marked);
    }

    /// Ends pieces until only `depth` are open.
    pub fn end_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            match self.open.pop() {
                Some(Marked::Replaced(_)) => self.replaced -= 1,
                Some(Marked::Pagination) => self.pagination -= 1,
                _ => {}
            }
        }
    }
}

/// What the operands say, or the property list that they name.
fn read(doc: &Document, run: &Run<'_>, lexer: &Lexer<'_>) -> Marked {
    let operands = lexer.operands();
    let list = match operands {
        [.., Operand::Name(_), Operand::Name(name)] => {
            run.resource(doc, b"Properties", name).and_then(objects::as_dictionary)
        }
        _ => None,
    };
    if matches!(operands.first(), Some(Operand::Name(b"Artifact"))) {
        let named = list.and_then(|list| objects::name(doc, list, b"Type"));
        let inline = operands.contains(&Operand::Name(b"Pagination"));
        let is_pagination = inline || named == Some(b"Pagination");
        return if is_pagination { Marked::Pagination } else { Marked::Plain };
    }
    let text = match list {
        Some(list) => objects::value(doc, list, b"ActualText").and_then(|text| text.as_str().ok()),
        None => operands.windows(2).find_map(|pair| match pair {
            [Operand::Name(b"ActualText"), text] => Some(lexer.text(text)),
            _ => None,
        }),
    };
    match text {
        Some(text) => Marked::Replaced(Replacement { text: text_string(text), written: false }),
        None => Marked::Plain,
    }
}

/// A text string of the file (UTF-16, UTF-8 or `PDFDoc`) in its plain form.
fn text_string(bytes: &[u8]) -> String {
    let utf16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units.collect::<Vec<_>>()).flatten().collect()
    };
    let text: String = match bytes {
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => pdf_doc_text(bytes),
    };
    let mut plain = String::new();
    text.chars().for_each(|character| push_clean(character, &mut plain));
    plain
}
