//! HTML to sections: a saved web page's bytes in, its article as passages out, with what the page says of itself.
//!
//! The stages are one file each: [`charset`] decodes, [`nesting`] refuses trees that would cost too much and flattens
//! them, [`article`] finds the article, [`blocks`] walks it, [`sections`] cuts it, [`metadata`] reads the page's head.
//! Nothing is fetched, no script is run and no style sheet is read.

mod article;
mod blocks;
mod charset;
mod dates;
mod metadata;
mod nesting;
mod sections;

use super::{Error, Extracted, Limits, Warning};
use crate::document::Format;
use dom_query::Document;

/// The page's passages in order, with its metadata; a page without text has no passages and [`Warning::NoText`].
///
/// # Errors
/// [`Error::Empty`] when there are no bytes.
pub fn extract(bytes: &[u8], limits: &Limits) -> Result<Extracted, Error> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    let mut warnings = Vec::new();
    let bytes = if bytes.len() > limits.decompressed {
        warnings.push(Warning::Limit("bytes"));
        &bytes[..limits.decompressed]
    } else {
        bytes
    };
    let (text, wrong) = charset::decode(bytes);
    warnings.extend(wrong);
    let (document, flattened) = parse(&text, limits);
    if flattened {
        warnings.push(Warning::Limit("nesting"));
    }
    let metadata = metadata::read(&document);
    let blocks = article::find(document, flattened);
    let (passages, cut) = sections::cut(blocks, limits);
    warnings.extend(cut.map(Warning::Limit));
    if passages.is_empty() {
        warnings.push(Warning::NoText);
    }
    Ok(Extracted { format: Format::Html, metadata, passages, warnings })
}

/// The page's tree, and whether it had to be flattened first.
fn parse(text: &str, limits: &Limits) -> (Document, bool) {
    let depth = limits.depth.saturating_mul(nesting::LEVELS_PER_DEPTH);
    if nesting::too_deep(text, depth) {
        return (Document::from(nesting::flatten(text)), true);
    }
    let document = Document::from(text);
    // The scan follows the parser's rules only roughly; the tree itself has the last word.
    if nesting::tree_too_deep(&document, depth) {
        return (Document::from(nesting::flatten(text)), true);
    }
    (document, false)
}

#[cfg(test)]
mod tests;
