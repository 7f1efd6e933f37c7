//! /ToUnicode: what a font itself says that its codes mean.

use hayro_cmap::{BfString, CMap, load_embedded};
use lopdf::{Dictionary, Document};

use super::clean::push_clean;
use crate::extract::pdf::budget::Budget;
use crate::extract::pdf::{objects, streams};

/// The font's /ToUnicode CMap, where it has one that can be read.
pub(super) fn load(doc: &Document, font: &Dictionary, budget: &Budget) -> Option<CMap> {
    let stream = objects::stream(doc, font, b"ToUnicode")?;
    let bytes = streams::decode(doc, stream, budget)?;
    CMap::parse(&bytes, load_embedded)
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
