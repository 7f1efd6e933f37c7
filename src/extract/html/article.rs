//! Which of a page's blocks are the article.
//!
//! In: the tree, the page made of it, its blocks. Out: for each block whether it is kept. `dom_smoothie` (Mozilla's
//! Readability) proposes; what it lost is put back, what it left standing of the site is taken out. It does not change
//! any text.

use dom_query::{Document, NodeId, NodeRef};
use dom_smoothie::{Config, Readability};
use rustc_hash::FxHashSet;

use super::blocks::{Block, Shape};
use super::page::Page;
use super::phrases;

/// Trees whose nodes' depths add up to more are judged by our own rules alone: `dom_smoothie` copies the tree up to four
/// times, and looks at each node once for each element around it. A page of 5,000 nodes comes to some 100,000.
const MOST_WORK: usize = 3_000_000;

/// Up to this share of links, and with no boilerplate, a page is a document put on line as it is: nothing of it is left out.
const LINKS_OF_A_BARE_PAGE: f64 = 0.5;

/// A proposal with less of the page's sound text than this has missed the article...
const LEAST_PROPOSED: f64 = 0.1;

/// ...and one with less than half of it, if it has no more characters than this.
const SMALL_PROPOSAL: usize = 600;

/// How far before the article its heading stands at most, in blocks, if it is not called like the page.
const NEAR_ARTICLE: usize = 40;

/// Boilerplate of more characters that are in no link is the article if it was proposed.
const LARGE_BOILERPLATE: usize = 600;

/// One in so many characters of what is not boilerplate must be kept.
const LEAST_KEPT: usize = 12;

/// And one in two, where fewer characters than this are kept.
const LEAST_ARTICLE: usize = 250;

/// The blocks that are the article: as many values as blocks, in their order.
pub(super) fn article(
    document: Document,
    page: &Page,
    blocks: &[Block],
    title: Option<&str>,
) -> Vec<bool> {
    let junk = junk(page, blocks);
    if is_bare(blocks, &junk) {
        return junk.iter().map(|junk| !junk).collect();
    }
    let proposed = if page.depths > MOST_WORK { FxHashSet::default() } else { proposed(document) };
    let mut choice = Choice::of(page, blocks, junk, title, &proposed);
    choice.mend_proposal();
    let first = choice.first();
    choice.put_back();
    choice.leave_other_articles(first);
    choice.take_out();
    choice.kept
}

/// For each block whether all of its text is boilerplate.
pub(super) fn junk(page: &Page, blocks: &[Block]) -> Vec<bool> {
    let is_junk = |block: &Block| block.texts.iter().all(|text| page.nodes[*text].junk);
    blocks.iter().map(is_junk).collect()
}

/// The text nodes of the article that `dom_smoothie` finds; none where it fails. It moves nodes about but keeps their ids.
fn proposed(document: Document) -> FxHashSet<NodeId> {
    // It panics on some addresses of embedded videos, which we have no use for.
    document.select("object, embed, iframe").remove();
    let config = Config { disable_json_ld: true, ..Config::default() };
    let find = || {
        let mut readability = Readability::with_document(document, None, Some(config)).ok()?;
        readability.parse().ok()?;
        let article = readability.doc.select("#readability-page-1");
        let nodes = article.nodes().iter().flat_map(NodeRef::descendants_it);
        Some(nodes.map(|node| node.id).collect())
    };
    // Should it panic on something else, our own rules do.
    let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(find));
    found.ok().flatten().unwrap_or_default()
}

/// Whether a block reads like running text or a table's row: not mostly links, not a word or two.
fn is_sound(block: &Block) -> bool {
    match block.shape {
        Shape::Heading(_) => block.link_share() < 0.9,
        Shape::Paragraph | Shape::Caption => block.chars >= 60 && block.link_share() < 0.3,
        Shape::Item => {
            block.chars >= 40 && block.link_share() < 0.3
                || block.chars >= 80 && block.link_share() < 0.5
        }
        Shape::Row => block.link_share() < 0.5,
    }
}

/// Whether a page has hardly any links and nothing around its text.
fn is_bare(blocks: &[Block], junk: &[bool]) -> bool {
    let all: usize = blocks.iter().map(|block| block.chars).sum();
    let links: usize = blocks.iter().map(|block| block.link_chars).sum();
    !junk.contains(&true) && (links as f64) < all as f64 * LINKS_OF_A_BARE_PAGE
}

/// What is kept of a page, while it is being decided. All lists are as long as the blocks.
struct Choice<'a> {
    page: &'a Page,
    blocks: &'a [Block],
    title: Option<&'a str>,
    junk: Vec<bool>,
    /// Blocks that read like an article's and are not boilerplate.
    sound: Vec<bool>,
    kept: Vec<bool>,
}

impl<'a> Choice<'a> {
    fn of(
        page: &'a Page,
        blocks: &'a [Block],
        junk: Vec<bool>,
        title: Option<&'a str>,
        proposed: &FxHashSet<NodeId>,
    ) -> Self {
        let is_proposed = |block: &Block| {
            let texts = block.texts.iter();
            let count = texts.filter(|text| proposed.contains(&page.nodes[**text].id)).count();
            count * 2 > block.texts.len()
        };
        let kept = blocks.iter().map(is_proposed).collect();
        let sound =
            blocks.iter().zip(&junk).map(|(block, junk)| !junk && is_sound(block)).collect();
        Self { page, blocks, title, junk, sound, kept }
    }

    /// The first block that is kept.
    fn first(&self) -> usize {
        self.kept.iter().position(|kept| *kept).unwrap_or(0)
    }

    /// Replaces a proposal that has missed the article: by what is declared to be its text, or else by all that is sound.
    fn mend_proposal(&mut self) {
        let declared = self.declared(usize::MAX);
        if self.has_missed(&declared) {
            self.kept = declared;
        } else if self.page.declared_body.is_some() {
            // What lies further down may be a gallery or a box.
            let right_in_it = self.declared(3);
            self.kept.iter_mut().zip(right_in_it).for_each(|(kept, declared)| *kept |= declared);
        } else if self.has_missed(&self.sound) {
            self.kept.clone_from(&self.sound);
        }
    }

    /// The sound blocks in the element that is declared to be the article's text, up to so many elements deep.
    fn declared(&self, depth: usize) -> Vec<bool> {
        let is_in = |block: &Block| {
            let mut outwards = self.page.outwards(block.element).take(depth);
            self.page.declared_body.is_some_and(|body| outwards.any(|node| node == body))
        };
        self.blocks.iter().zip(&self.sound).map(|(block, sound)| *sound && is_in(block)).collect()
    }

    /// Whether so little of the expected text is kept that the article must be elsewhere.
    fn has_missed(&self, expected: &[bool]) -> bool {
        let (mut all, mut part) = (0, 0);
        for ((block, kept), expected) in self.blocks.iter().zip(&self.kept).zip(expected) {
            if *expected && !matches!(block.shape, Shape::Heading(_)) {
                all += block.chars;
                part += if *kept { block.chars } else { 0 };
            }
        }
        (part as f64) < all as f64 * LEAST_PROPOSED || (part < SMALL_PROPOSAL && part * 2 < all)
    }

    /// Puts back sound blocks: those from the page's title to the proposal, and those that stand beside blocks of text
    /// that are kept.
    fn put_back(&mut self) {
        let Some(last) = self.kept.iter().rposition(|kept| *kept) else { return };
        let first = self.first();
        let around = self.containers();
        let title = self.title_before(first).unwrap_or(first);
        self.kept[title] = true;
        // The caption of a picture above the title.
        let is_caption =
            |place: &usize| self.sound[*place] && self.blocks[*place].shape == Shape::Caption;
        let start = (title.saturating_sub(3)..title).find(is_caption).unwrap_or(title);
        for place in start..=last {
            let container = self.container(place);
            let beside =
                around.contains(&container) || around.contains(&self.page.nodes[container].parent);
            let fits = self.sound[place] || (beside && self.is_short_item(place));
            self.kept[place] |= fits && (place < first || beside);
        }
        self.fill_gaps(first, last);
        // After the proposal only what continues it.
        for place in last + 1..self.blocks.len() {
            if !around.contains(&self.container(place)) {
                break;
            }
            let is_heading = matches!(self.blocks[place].shape, Shape::Heading(_));
            self.kept[place] |= self.sound[place] && !is_heading;
        }
    }

    /// Puts back single short blocks between two that are kept and stand in the same element: what a page has for a
    /// heading, a name, a date.
    fn fill_gaps(&mut self, first: usize, last: usize) {
        for place in first + 1..last {
            let around = [place - 1, place + 1];
            let fits = !self.junk[place] && self.blocks[place].link_share() < 0.3;
            let inside = |other: &usize| {
                self.kept[*other] && self.container(*other) == self.container(place)
            };
            self.kept[place] |= fits && around.iter().all(inside);
        }
    }

    /// The elements around the blocks of text that are kept, two for each.
    fn containers(&self) -> FxHashSet<usize> {
        (0..self.blocks.len())
            .filter(|place| self.kept[*place])
            .filter(|place| {
                self.blocks[*place].chars >= 80 && self.blocks[*place].link_share() < 0.3
            })
            .map(|place| self.container(place))
            .flat_map(|container| [container, self.page.nodes[container].parent])
            .collect()
    }

    fn container(&self, place: usize) -> usize {
        self.page.nodes[self.blocks[place].element].parent
    }

    /// Whether a block is an item of a list, of names or keywords, and no link.
    fn is_short_item(&self, place: usize) -> bool {
        let block = &self.blocks[place];
        !self.junk[place] && block.shape == Shape::Item && block.link_share() < 0.3
    }

    /// The heading before the article that is the page's title.
    fn title_before(&self, first: usize) -> Option<usize> {
        let headings = |level: u8| {
            let wanted = Shape::Heading(level);
            let is_wanted =
                move |place: &usize| self.sound[*place] && self.blocks[*place].shape == wanted;
            (0..first).rev().filter(is_wanted)
        };
        let named = |place: &usize| self.is_called_like_page(*place);
        let near = |place: &usize| first - place <= NEAR_ARTICLE;
        headings(1)
            .find(named)
            .or_else(|| headings(2).find(named))
            .or_else(|| headings(1).find(near))
    }

    fn is_called_like_page(&self, place: usize) -> bool {
        self.title.is_some_and(|title| phrases::same_words(title, &self.blocks[place].text))
    }

    /// Ends the article where another begins, on pages that have the next ones below it and of which one of those was
    /// proposed: a first heading called like the page, text, and another first heading before the proposal's `first` block.
    fn leave_other_articles(&mut self, first: usize) {
        let is_level_1 =
            |place: &usize| self.sound[*place] && self.blocks[*place].shape == Shape::Heading(1);
        let mut headings = (0..self.blocks.len()).filter(is_level_1);
        let (Some(own), Some(next)) = (headings.next(), headings.next()) else { return };
        let between = (own + 1..next).filter(|place| self.kept[*place]);
        let text: usize = between.map(|place| self.blocks[place].chars).sum();
        if self.is_called_like_page(own) && next < first && text >= SMALL_PROPOSAL {
            self.kept[next..].fill(false);
        }
    }

    /// Takes out what is the site's though it stands among the article's paragraphs; unless hardly anything is left: then
    /// a list of links is what the page is there for, and stays.
    fn take_out(&mut self) {
        for (place, block) in self.blocks.iter().enumerate() {
            let is_junk = self.junk[place] && self.is_in_small_boilerplate(block);
            let is_the_sites = phrases::is_the_sites(block);
            if is_the_sites && self.is_all_below_heading(place) {
                self.kept[place - 1] = false;
            }
            self.kept[place] &= !(is_junk || is_the_sites);
        }
        let chars = |chosen: &dyn Fn(usize) -> bool| -> usize {
            (0..self.blocks.len()).filter(|p| chosen(*p)).map(|p| self.blocks[p].chars).sum()
        };
        let (kept, all) = (chars(&|place| self.kept[place]), chars(&|place| !self.junk[place]));
        if kept * LEAST_KEPT < all || (kept < LEAST_ARTICLE && kept * 2 < all) {
            self.kept = self.junk.iter().map(|junk| !junk).collect();
        }
    }

    /// Whether a block is all that stands between a heading below the first level and boilerplate, a button for instance, or
    /// the next heading: the heading then is its own.
    fn is_all_below_heading(&self, place: usize) -> bool {
        let is_heading = |place: usize, levels: std::ops::RangeInclusive<u8>| matches!(self.blocks[place].shape, Shape::Heading(level) if levels.contains(&level));
        let next = place + 1;
        !is_heading(place, 1..=6)
            && place > 0
            && is_heading(place - 1, 2..=6)
            && self.blocks.get(next).is_none_or(|_| self.junk[next] || is_heading(next, 1..=6))
    }

    /// Whether the outermost boilerplate around a block is small. A large one that was proposed is the article after all:
    /// a section whose `id` is its heading, `sharing-the-land`.
    fn is_in_small_boilerplate(&self, block: &Block) -> bool {
        let inner = block.texts.first().copied().unwrap_or(block.element);
        let junk = self.page.outwards(inner).take_while(|node| self.page.nodes[*node].junk);
        junk.last().is_none_or(|outermost| {
            let node = &self.page.nodes[outermost];
            node.chars - node.link_chars < LARGE_BOILERPLATE
        })
    }
}
