//! How far a document and its passages are about each violation.
//!
//! A survey in, tags out. What counts is how much of a passage deals with it: how many of its sentences, and whether it says
//! much else. Accounts and instruments count alike; a tag tells them apart.

use std::collections::BTreeMap;

use super::survey::{PassageSurvey, Survey};
use super::weights::{
    ASSERTED, SENTENCE_WORDS, SHORT_PASSAGE, VIOLATION_HALF, VIOLATION_HEADING,
    VIOLATION_SPREAD_HALF, VIOLATION_TITLE,
};
use super::{Annotation, Context, Tag, sort, together};
use crate::taxonomy::ViolationId;
use crate::taxonomy::matcher::{Found, Named};

/// What a passage says of one violation.
#[derive(Clone, Copy, Debug, Default)]
struct Amount {
    mentions: u32,
    instruments: u32,
    strong: u32,
    sentences: u32,
    heading: bool,
    /// The paragraph and sentence counted last, to count each once.
    last: Option<(usize, u32)>,
}

/// How strongly an asserted passage weight speaks, 0 to 1: what is left of it above [`ASSERTED`].
///
/// Made for ranking: a passage that only just names a violation has nearly 0, one that deals with nothing else nearly 1, and
/// several violations of a group can be put together without their common ground counting again and again.
pub fn strength(weight: f32) -> f32 {
    ((weight - ASSERTED) / (1.0 - ASSERTED)).max(0.0)
}

/// Adds the violations' tags to an annotation.
pub(super) fn weigh(survey: &Survey, context: &Context<'_>, annotation: &mut Annotation) {
    let title: Vec<ViolationId> = strong(&survey.title).collect();
    let mut document: BTreeMap<ViolationId, Tag<ViolationId>> = BTreeMap::new();
    let fresh = |id| Tag { id, weight: 0.0, mentions: 0, instruments: 0 };
    let mut read = 0.0_f32;
    for (passage, tags) in survey.passages.iter().zip(&mut annotation.passages) {
        let words: u32 = passage.paragraphs.iter().map(|one| one.extent.words).sum();
        read += f32::from(u8::from(words > 0));
        for (id, amount) in amounts(passage, &title) {
            let Amount { mentions, instruments, .. } = amount;
            let tag = Tag { id, weight: amount.weight(words), mentions, instruments };
            let whole = document.entry(id).or_insert_with(|| fresh(id));
            whole.weight += tag.weight;
            whole.mentions += mentions;
            whole.instruments += instruments;
            tags.violations.push(tag);
        }
        sort(&mut tags.violations);
    }
    for id in title.iter().chain(context.catalogue_violations) {
        document.entry(*id).or_insert_with(|| fresh(*id));
    }
    annotation.document.violations = document
        .into_values()
        .map(|mut tag| {
            let spread = tag.weight / read.max(1.0);
            let titled = if title.contains(&tag.id) { VIOLATION_TITLE } else { 0.0 };
            let listed = if context.catalogue_violations.contains(&tag.id) { 1.0 } else { 0.0 };
            tag.weight = together(&[spread / (spread + VIOLATION_SPREAD_HALF), titled, listed]);
            tag
        })
        .collect();
    sort(&mut annotation.document.violations);
    weigh_parts(survey, context, annotation);
}

/// How far each part is about violations, by the share of its passages that are.
fn weigh_parts(survey: &Survey, context: &Context<'_>, annotation: &mut Annotation) {
    for (part, tags) in context.parts.iter().zip(&mut annotation.parts) {
        let passages = part.range();
        let says = |passage: &&PassageSurvey| !passage.paragraphs.is_empty();
        let read = survey.passages[passages.clone()].iter().filter(says).count();
        let mut sums: BTreeMap<ViolationId, Tag<ViolationId>> = BTreeMap::new();
        for tag in annotation.passages[passages].iter().flat_map(|tags| &tags.violations) {
            let sum = sums.entry(tag.id).or_insert(Tag { weight: 0.0, ..*tag });
            sum.weight += tag.weight;
        }
        let weighed = sums.into_values().map(|tag| {
            let spread = tag.weight / (read as f32).max(1.0);
            Tag { weight: spread / (spread + VIOLATION_SPREAD_HALF), ..tag }
        });
        tags.violations.extend(weighed);
        sort(&mut tags.violations);
    }
}

impl Amount {
    /// The weight in a passage of so many words: asserted in any case, and the more, the more of the passage it is.
    fn weight(&self, words: u32) -> f32 {
        let sentences = self.sentences as f32;
        let share = sentences * SENTENCE_WORDS / (words as f32).max(SHORT_PASSAGE);
        let amount = sentences * share.sqrt();
        let heading = if self.heading { VIOLATION_HEADING } else { 0.0 };
        let strength = together(&[amount / (amount + VIOLATION_HALF), heading]);
        ASSERTED + (1.0 - ASSERTED) * strength
    }
}

fn strong(found: &[Found]) -> impl Iterator<Item = ViolationId> {
    found.iter().filter(|found| !found.weak).filter_map(|found| match found.named {
        Named::Violation(id, _) => Some(id),
        Named::Country(..) => None,
    })
}

/// What a passage says of each violation. Weak mentions alone, without a strong one in the passage, its section's title or the
/// document's, are none.
fn amounts(passage: &PassageSurvey, title: &[ViolationId]) -> BTreeMap<ViolationId, Amount> {
    let mut amounts: BTreeMap<ViolationId, Amount> = BTreeMap::new();
    for id in strong(&passage.section) {
        amounts.entry(id).or_default().heading = true;
    }
    for (at, paragraph) in passage.paragraphs.iter().enumerate() {
        for found in &paragraph.found {
            let Named::Violation(id, instrument) = found.named else { continue };
            let amount = amounts.entry(id).or_default();
            amount.mentions += 1;
            amount.instruments += u32::from(instrument);
            amount.strong += u32::from(!found.weak);
            amount.heading |= paragraph.heading.is_some() && !found.weak;
            let here = Some((at, found.sentence));
            if amount.last != here {
                amount.sentences += 1;
                amount.last = here;
            }
        }
    }
    amounts.retain(|id, amount| {
        amount.strong > 0 || amount.heading || (amount.mentions > 0 && title.contains(id))
    });
    amounts
}
