//! `/ToUnicode`: what a font itself says that its codes mean.

use hayro_cmap::{BfString, CMap, load_embedded};
use lopdf::{Dictionary, Document};

use super::clean::push_clean;
use crate::budget::Budget;
use crate::{objects, streams};

/// The most bytes of a `CMap` that are read: 65,536 codes one by one take less than two million.
pub(super) const LARGEST_CMAP: usize = 8 << 20;

/// The font's `/ToUnicode` `CMap`, where it has one that can be read.
pub(super) fn load(doc: &Document, font: &Dictionary, budget: &Budget) -> Option<CMap> {
    let stream = objects::stream(doc, font, b"ToUnicode")?;
    let bytes = streams::decode_up_to(doc, stream, budget, LARGEST_CMAP)?;
    // Parsing it costs more time and memory than its bytes.
    if !budget.decompress(3 * bytes.len()) {
        return None;
    }
    // Code spaces that mix lengths are malformed, but here nothing depends on them.
    CMap::parse(&bytes, load_embedded)
        .or_else(|| CMap::parse(&without_code_spaces(&bytes), load_embedded))
}

/// The bytes of a `CMap` with its code spaces blanked out.
fn without_code_spaces(bytes: &[u8]) -> Vec<u8> {
    const BEGIN: &[u8] = b"begincodespacerange";
    const END: &[u8] = b"endcodespacerange";
    let find = |from: usize, word: &[u8]| {
        bytes[from..].windows(word.len()).position(|window| window == word).map(|at| from + at)
    };
    let mut blanked = bytes.to_vec();
    let mut from = 0;
    while let Some(begin) = find(from, BEGIN) {
        let Some(end) = find(begin, END) else { break };
        blanked[begin + BEGIN.len()..end].fill(b' ');
        from = end;
    }
    blanked
}

/// Adds the text of a code in its plain form to `out`; whether it has any.
pub(super) fn push_text(cmap: &CMap, code: u32, out: &mut String) -> bool {
    let before = out.len();
    match cmap.lookup_bf_string(code) {
        Some(BfString::Char(character)) => push_clean(character, out),
        Some(BfString::String(text)) => {
            text.chars().for_each(|character| push_clean(character, out));
        }
        None => {}
    }
    out.len() > before
}
