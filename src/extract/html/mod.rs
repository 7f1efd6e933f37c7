//! A saved web page: its article in sections, and what the page says of itself.
//!
//! In: the bytes of an HTML page. Out: [`Extracted`], one passage for each section. The steps stand in a file each, in this
//! order: `mhtml` and `transfer` (the page out of its message), `charset` (bytes to text), `xhtml` and `guard` (what no parser
//! should be given), `tree`, `metadata`, `page` and `blocks` (the tree as a list of paragraphs), `article` (which of them are
//! the article); their sections are passages. A page that is too long or too much for a parser goes through `stream` and `flat`
//! instead, which hold a part of it at a time. It does not render: text that a page's scripts would add is not there.

mod article;
mod blocks;
mod boilerplate;
mod charset;
mod flat;
mod guard;
mod json_ld;
mod metadata;
mod mhtml;
mod mojibake;
mod nesting;
mod page;
mod phrases;
mod pieces;
mod printed_date;
mod published;
mod raw_tag;
mod shown;
mod stream;
mod tag;
mod title;
mod transfer;
mod tree;
mod words;
mod xhtml;

use super::{Error, Extracted, Limits, Warning, sections};
use crate::document::Format;
use flat::FlatPage;
use page::Page;
use pieces::Pieces;
use stream::Stream;
use transfer::Transfer;

/// Tags by which a page is known.
const TAGS: [&[u8]; 9] = [
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<meta",
    b"<title",
    b"<article",
    b"<div",
    b"<p",
];

/// Whether a file that begins with these bytes is a page, or a message that holds one. Without the zero bytes a page in UTF-16
/// is one in ASCII.
pub(super) fn begins(head: &[u8]) -> bool {
    let head: Vec<u8> =
        head.iter().filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect();
    mhtml::is_mhtml(&head)
        || TAGS.iter().any(|tag| head.windows(tag.len()).any(|window| window == *tag))
}

/// The sections of an HTML page.
///
/// # Errors
/// [`Error::Empty`] when there are no bytes.
pub fn extract(bytes: &[u8], limits: &Limits) -> Result<Extracted, Error> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    let message = mhtml::page(bytes);
    let (body, transfer) =
        message.as_ref().map_or((bytes, Transfer::Plain), |page| (page.body, page.transfer));
    let outer = message.as_ref().and_then(|page| page.charset.as_deref());
    let address = message.as_ref().and_then(|page| page.address.as_deref());
    if body.len() > guard::longest(limits) {
        let (stream, warning) = Stream::of(body, transfer, outer);
        let mut page = FlatPage::new(limits, address);
        stream.pieces(|piece| page.push(piece));
        return Ok(extracted_flat(page, warning));
    }
    let bytes = transfer.decoded(body);
    let (text, warning) = charset::decode(&bytes, outer);
    let text = xhtml::as_html(text);
    let Some(without) = guard::left_out(&text, limits) else {
        let mut page = FlatPage::new(limits, address);
        let _ = Pieces::of(&text).all(|piece| page.push(&piece));
        return Ok(extracted_flat(page, warning));
    };
    let mut warnings: Vec<_> = warning.into_iter().collect();
    let document = tree::parse(&text, &without);
    drop(text);
    drop(bytes);
    let declared = metadata::declared(&document, address);
    let page = Page::of(&document);
    let mut blocks = blocks::blocks(&page);
    let junk = article::junk(&page, &blocks);
    let metadata = declared.metadata(&blocks, &junk);
    let kept = article::article(document, &page, &blocks, metadata.title.as_deref());
    let mut kept = kept.into_iter();
    blocks.retain(|_| kept.next().unwrap_or(false));
    declared.complete(&mut blocks);
    let (passages, complete) =
        sections::passages(blocks.into_iter().map(Into::into), limits.passages);
    if !complete {
        warnings.push(Warning::Limit("sections"));
    }
    Ok(Extracted { format: Format::Html, metadata, passages, warnings })
}

/// What came of a page that was read without its layout.
fn extracted_flat(page: FlatPage<'_>, warning: Option<Warning>) -> Extracted {
    let (passages, metadata, mut warnings) = page.finish();
    warnings.splice(0..0, warning);
    Extracted { format: Format::Html, metadata, passages, warnings }
}

#[cfg(test)]
mod tests;
