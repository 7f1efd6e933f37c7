//! Which of the candidates are the document's own count.
//!
//! In: candidates in reading order. Out: the chosen ones. The best chain of rising numbers wins, where each number is worth
//! something, one that is missing costs, and so does passing over candidates in between: a quoted law's "3." and "4." are
//! neighbours of each other, the paragraphs 3 and 4 around them are their own. A chain counts only if it is long, has few gaps
//! and its members are paragraphs rather than lines. What stands before and behind it is looked through in the same way:
//! opinions follow judgments, and count anew.

use super::candidates::{Candidate, Standing};

/// Most numbers that may be missing between two.
const WIDEST: u32 = 12;

/// What a missing number costs.
const MISSING: f32 = 0.5;

/// What it costs to pass over candidates.
const PASSING: f32 = 0.2;

/// What it costs, for each of the numbers before it there, to take a number out of a run of others: of a list that is longer
/// than the paragraphs are many.
const TAKING: f32 = 0.3;

/// So many candidates before another are its neighbours.
const NEAR: usize = 3;

/// What it costs to begin behind another number 1.
const LATE: f32 = 0.3;

/// What the beginning of a chain costs for each number before its first, and at most.
const FIRST: f32 = 0.3;
const FIRST_MOST: f32 = 5.0;

/// Numbers of a chain at least.
const SHORTEST: usize = 8;

/// Numbers from which a chain needs no other evidence, as opinions behind a long judgment, or lists in a long article.
const LONG: usize = 20;

/// Share of a document's text that a shorter chain must have.
const SHARE: f32 = 0.4;

/// Share of the numbers from the first to the last that must be there.
const DENSE: f32 = 0.8;

/// Letters that the middle one of a chain's paragraphs has at least, as found with its number.
const LETTERS: usize = 80;

/// The places of the candidates that are paragraphs' numbers, in order; `bytes` is the length of the document's text.
pub(super) fn paragraphs(all: &[Candidate], bytes: usize) -> Vec<usize> {
    let pool = (0..all.len()).filter(|place| all[*place].standing != Standing::Behind).collect();
    let mut chosen = Vec::new();
    // Parts still to look through, each with whether a long chain has been found beside it.
    let mut parts: Vec<(Vec<usize>, bool)> = vec![(pool, false)];
    while let Some((mut part, beside)) = parts.pop() {
        let mut chain = best_chain(all, &part);
        while let Some(around) = around(all, &part, &chain, bytes) {
            part.retain(|place| !chain.contains(place));
            chain = around;
        }
        chain.extend(missing(all, &chain));
        chain.sort_unstable();
        if !is_convincing(all, &chain, bytes, beside) {
            continue;
        }
        let beside = beside || chain.len() >= LONG;
        let (first, last) = (chain[0], chain[chain.len() - 1]);
        parts.push((part.iter().copied().filter(|place| *place < first).collect(), beside));
        parts.push((part.iter().copied().filter(|place| *place > last).collect(), beside));
        chosen.extend(chain);
    }
    chosen.sort_unstable();
    chosen
}

/// The chain around another that is a list within one of its paragraphs: it stands before it and goes on behind it.
fn around(all: &[Candidate], part: &[usize], inner: &[usize], bytes: usize) -> Option<Vec<usize>> {
    let (first, last) = (*inner.first()?, *inner.last()?);
    let before: Vec<usize> = part.iter().copied().filter(|place| *place < first).collect();
    let chain = best_chain(all, &before);
    if !is_convincing(all, &chain, bytes, true) {
        return None;
    }
    let reached = all[*chain.last()?].value;
    let behind: Vec<usize> = part.iter().copied().filter(|place| *place > last).collect();
    let next = behind.iter().position(|place| {
        let candidate = &all[*place];
        candidate.standing >= Standing::Heads
            && (1..=2).contains(&candidate.value.saturating_sub(reached))
    })?;
    // Not if it belongs to another count that has come as far.
    let counted = next
        .checked_sub(1)
        .is_some_and(|one| all[behind[one]].value + 1 == all[behind[next]].value);
    if counted || all[last].value + 1 == all[behind[next]].value {
        return None;
    }
    let rest: Vec<usize> = before.into_iter().chain(behind[next..].iter().copied()).collect();
    let whole = best_chain(all, &rest);
    (whole.len() > chain.len()).then_some(whole)
}

fn is_convincing(found: &[Candidate], chain: &[usize], bytes: usize, beside: bool) -> bool {
    let numbers = chain.len();
    if numbers < SHORTEST {
        return false;
    }
    let (first, last) = (&found[chain[0]], &found[chain[numbers - 1]]);
    let mut letters: Vec<usize> = chain.iter().map(|place| found[*place].letters).collect();
    letters.sort_unstable();
    let is_much = (last.before + last.letters - first.before) as f32 >= SHARE * bytes as f32;
    (first.value <= 3 || numbers >= LONG)
        && numbers as f32 >= DENSE * (last.value - first.value + 1) as f32
        && letters[numbers / 2] >= LETTERS
        && (numbers >= LONG || beside || is_much)
}

/// The numbers that a chain lacks and that stand, however they stand, where they must: once between its members.
fn missing(all: &[Candidate], chain: &[usize]) -> Vec<usize> {
    let mut filled = Vec::new();
    for pair in chain.windows(2) {
        let mut from = pair[0] + 1;
        for value in all[pair[0]].value + 1..all[pair[1]].value {
            let mut places = (from..pair[1]).filter(|place| all[*place].value == value);
            if let (Some(only), None) = (places.next(), places.next()) {
                filled.push(only);
                from = only + 1;
            }
        }
    }
    filled
}

/// A chain that ends with some candidate.
#[derive(Clone, Copy)]
struct Link {
    score: f32,
    before: Option<usize>,
}

/// The chain of rising numbers with the highest score among some of the candidates.
fn best_chain(all: &[Candidate], part: &[usize]) -> Vec<usize> {
    let highest = part.iter().map(|place| all[*place].value).max().unwrap_or(0) as usize;
    // The best chain so far that ends with each number.
    let mut ending: Vec<Option<usize>> = vec![None; highest + 1];
    let mut links: Vec<Link> = Vec::with_capacity(part.len());
    let mut runs: Vec<u32> = Vec::with_capacity(part.len());
    let mut one_seen = false;
    for (place, candidate) in part.iter().map(|place| &all[*place]).enumerate() {
        let value = candidate.value;
        let value_of = |place: usize| all[part[place]].value;
        // How many neighbours before it count up to it.
        let near = place.saturating_sub(NEAR)..place;
        let counted = near
            .filter(|near| (1..=2).contains(&value.saturating_sub(value_of(*near))))
            .map(|near| runs[near] + 1);
        runs.push(counted.max().unwrap_or(0));
        let taking = TAKING * runs[place] as f32;
        let late = if one_seen { LATE } else { 0.0 };
        one_seen |= value == 1 && candidate.standing == Standing::Begins;
        let start = Link { score: -late - first(value) - taking, before: None };
        let link = (value.saturating_sub(WIDEST + 1)..value)
            .filter_map(|before| ending[before as usize])
            .chain(place.checked_sub(1))
            .filter(|before| (1..=WIDEST + 1).contains(&value.saturating_sub(value_of(*before))))
            .map(|before| {
                let missing = (value - value_of(before) - 1) as f32 * MISSING;
                let passing = if place - before <= NEAR { 0.0 } else { PASSING + taking };
                let passing = if before + 1 == place { 0.0 } else { passing.max(PASSING) };
                Link { score: links[before].score - missing - passing, before: Some(before) }
            })
            .fold(start, |best, link| if link.score > best.score { link } else { best });
        links.push(Link { score: link.score + worth(candidate), ..link });
        let known = &mut ending[value as usize];
        if known.is_none_or(|known| links[known].score < links[place].score) {
            *known = Some(place);
        }
    }
    let best = (0..links.len()).max_by(|one, other| {
        links[*one].score.total_cmp(&links[*other].score).then(other.cmp(one))
    });
    let mut chain: Vec<usize> = std::iter::successors(best, |place| links[*place].before)
        .map(|place| part[place])
        .collect();
    chain.reverse();
    chain
}

fn first(value: u32) -> f32 {
    (value.saturating_sub(1) as f32 * FIRST).min(FIRST_MOST)
}

/// What a member is worth: more at a paragraph's beginning, and with a paragraph's worth of text.
fn worth(candidate: &Candidate) -> f32 {
    let place = match candidate.standing {
        Standing::Begins => 1.0,
        Standing::Within | Standing::Heads => 0.8,
        Standing::Behind => 0.5,
    };
    let text = (candidate.letters as f32 / 200.0).min(1.0);
    place * (0.7 + 0.3 * text)
}
