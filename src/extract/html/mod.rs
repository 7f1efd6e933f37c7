//! A saved web page: its article in sections, and what the page says of itself.
//!
//! In: the bytes of an HTML page. Out: [`Extracted`], one passage for each section. The steps stand in a file each, in this
//! order: `mhtml` (the page out of its message), `charset` (bytes to text), `xhtml` and `guard` (what no parser should be
//! given), `metadata`, `page` and `blocks` (the tree as a list of paragraphs), `article` (which of them are the article),
//! `sections` (passages). It does not render: text that a page's scripts would add is not there.

mod article;
mod blocks;
mod boilerplate;
mod charset;
mod guard;
mod json_ld;
mod metadata;
pub(in crate::extract) mod mhtml;
mod mojibake;
mod nesting;
mod page;
mod phrases;
mod pieces;
mod printed_date;
mod published;
mod sections;
mod shown;
mod tag;
mod title;
mod xhtml;

use dom_query::Document;

use super::{Error, Extracted, Limits};
use crate::document::Format;
use page::Page;

/// The sections of an HTML page.
///
/// # Errors
/// [`Error::Empty`] when there are no bytes.
pub fn extract(bytes: &[u8], limits: &Limits) -> Result<Extracted, Error> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    let message = mhtml::page(bytes);
    let bytes = message.as_ref().map_or(bytes, |page| &page.bytes);
    let outer = message.as_ref().and_then(|page| page.charset.as_deref());
    let (text, warning) = charset::decode(bytes, outer);
    let mut warnings: Vec<_> = warning.into_iter().collect();
    let text = xhtml::as_html(text);
    let (text, cut) = guard::guarded(&text, limits);
    warnings.extend(cut);
    let document = Document::from(text.as_ref());
    let address = message.as_ref().and_then(|page| page.address.as_deref());
    let declared = metadata::declared(&document, address);
    let page = Page::of(&document);
    let mut blocks = blocks::blocks(&page);
    let junk = article::junk(&page, &blocks);
    let metadata = declared.metadata(&blocks, &junk);
    let kept = article::article(document, &page, &blocks, metadata.title.as_deref());
    let mut kept = kept.into_iter();
    blocks.retain(|_| kept.next().unwrap_or(false));
    declared.complete(&mut blocks);
    let (passages, complete) = sections::passages(blocks, limits.passages);
    if !complete {
        warnings.push(super::Warning::Limit("sections"));
    }
    Ok(Extracted { format: Format::Html, metadata, passages, warnings })
}

#[cfg(test)]
mod tests;
