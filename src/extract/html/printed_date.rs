//! The date of publication as a reader finds it on the page: in the title, on a date line, on a cover, at the foot.
//!
//! In: the blocks of a page and its title. Out: a date and the words it stands in. It reads no markup: see `metadata` for what
//! a page declares.

use super::blocks::{Block, Shape};
use super::phrases::same_words;
use crate::document::{Dated, Language};
use crate::extract::dates::{self, Order};

/// How far from the title a date of publication stands, in blocks.
const NEAR_TITLE: usize = 12;

/// Dates that a reader of the page sees.
pub(super) struct OnPage<'a> {
    pub(super) blocks: &'a [Block],
    pub(super) title: Option<&'a str>,
    pub(super) order: Option<Order>,
}

impl OnPage<'_> {
    fn read(&self, text: &str, place: &str) -> Option<Dated> {
        dates::in_text(text, self.order).map(|printed| printed.dated(text, place))
    }

    /// The date that stands in the title, about it, or at the page's end: a date line, a document's cover or its foot.
    pub(super) fn date(&self) -> Option<Dated> {
        let in_title = self.title.and_then(|title| self.read(title, "title"));
        let exact = |dated: &Dated| dated.date.day().is_some();
        let beginnings = self.after_title().iter().take(3).map(|block| beginning(&block.text));
        let end = self.blocks.iter().rev().take(NEAR_TITLE).filter(|block| block.chars < SHORT);
        in_title
            .clone()
            .filter(exact)
            .or_else(|| self.behind_title().filter(exact))
            .or_else(|| self.near_title())
            .or_else(|| beginnings.filter_map(|text| self.read(text, "beginning")).find(exact))
            .or_else(|| {
                end.filter_map(|block| self.read(&block.text, "end of the page")).find(exact)
            })
            .or(in_title)
            .or_else(|| {
                self.about_title().take(4).find_map(|text| self.read(text, "about the title"))
            })
    }

    /// The date that follows the title in its own block, where a document's head is one paragraph: "Case of A v. B, judgment
    /// of 3 May 2010".
    fn behind_title(&self) -> Option<Dated> {
        let title = self.title?;
        let head = self.blocks.iter().take(NEAR_TITLE).find_map(|block| {
            let (start, rest) = block.text.split_at_checked(title.len())?;
            (start.to_lowercase() == title.to_lowercase() && !rest.is_empty()).then_some(rest)
        })?;
        self.read(beginning(head), "behind the title")
    }

    /// The day in a short block about the title.
    pub(super) fn near_title(&self) -> Option<Dated> {
        let is_change = |text: &str| {
            let text = text.to_lowercase();
            let mut words = Language::profiles().flat_map(|profile| profile.dates.changed);
            words.any(|word| text.contains(word))
        };
        self.about_title()
            .filter(|text| !is_change(text))
            .filter_map(|text| self.read(text, "about the title"))
            .find(|dated| dated.date.day().is_some())
    }

    /// The short blocks about the title: from it on, then back from it.
    fn about_title(&self) -> impl Iterator<Item = &str> {
        let before = &self.blocks[..self.blocks.len() - self.after_title().len()];
        let about = self.after_title().iter().take(NEAR_TITLE).chain(before.iter().rev().take(4));
        about.filter(|block| block.chars < SHORT).map(|block| block.text.as_str())
    }

    /// The blocks from the title on; all of them where it stands nowhere.
    fn after_title(&self) -> &[Block] {
        let is_title =
            |block: &Block| self.title.is_some_and(|title| same_words(title, &block.text));
        let is_heading = |block: &Block| matches!(block.shape, Shape::Heading(1 | 2));
        let place = self
            .blocks
            .iter()
            .rposition(|block| is_heading(block) && is_title(block))
            .or_else(|| self.blocks.iter().position(is_title));
        &self.blocks[place.unwrap_or(0)..]
    }
}

/// A block of fewer characters may be a date line.
const SHORT: usize = 200;

/// The first characters of a paragraph: a date further in is one of those that it tells of.
fn beginning(text: &str) -> &str {
    let end = text.char_indices().nth(200).map_or(text.len(), |(place, _)| place);
    &text[..end]
}
