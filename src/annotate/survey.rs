//! What a document names, and where: the evidence that aboutness is weighed from.
//!
//! Passages in, a [`Survey`] out. Running heads are not read. Decides nothing but which mentions are a list's.

use std::ops::Range;

use super::weights::{LIST, OPENING_WORDS};
use super::{Context, shared_names};
use crate::document::{Language, Paragraph, Passage, Role};
use crate::language::Letters;
use crate::taxonomy::matcher::{Extent, Found, Matcher, Named, Scratch};

/// What a document names.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// In its title.
    pub(super) title: Vec<Found>,
    /// In its file's name.
    pub(super) file_name: Vec<Found>,
    /// In each passage.
    pub(super) passages: Vec<PassageSurvey>,
}

/// What a passage names.
#[derive(Debug, Default)]
pub(super) struct PassageSurvey {
    /// In the title of its section.
    pub(super) section: Vec<Found>,
    /// In its paragraphs, in order.
    pub(super) paragraphs: Vec<ParagraphSurvey>,
}

/// What a paragraph names.
#[derive(Debug, Default)]
pub(super) struct ParagraphSurvey {
    /// Its mentions, in order of place.
    pub(super) found: Vec<Found>,
    /// Which of them only stand in a list, or in parentheses after what somebody said.
    pub(super) listed: Vec<bool>,
    /// Its length.
    pub(super) extent: Extent,
    /// Whether it is a heading, and how large.
    pub(super) heading: Option<f32>,
    /// Whether it belongs to the document's opening.
    pub(super) opening: bool,
}

/// Texts below this many bytes are too short for their language to be told: they are taken for the document's.
const SHORT: usize = 200;

/// How far from a name the parentheses may be, in bytes, that make it a speaker or a place; in longer ones stands text.
const PARENTHESES: usize = 60;

/// Reads a document.
pub(super) fn read(
    matcher: &Matcher,
    scratch: &mut Scratch,
    passages: &[Passage],
    context: &Context<'_>,
) -> Survey {
    let main = main_language(passages);
    let mut survey = Survey::default();
    if let Some(title) = context.title {
        matcher.scan(title, main, scratch, &mut survey.title);
    }
    let name = spaced(context.file_name);
    matcher.scan(&name, Language::Other, scratch, &mut survey.file_name);
    let mut words_before = 0;
    for passage in passages {
        let mut seen = PassageSurvey::default();
        if let Some(section) = &passage.section {
            matcher.scan(section, main, scratch, &mut seen.section);
        }
        for paragraph in passage.paragraphs.iter().filter(|one| one.role != Role::Furniture) {
            let opening = words_before < OPENING_WORDS;
            let paragraph = read_paragraph(matcher, scratch, paragraph, main, opening);
            words_before += paragraph.extent.words;
            seen.paragraphs.push(paragraph);
        }
        survey.passages.push(seen);
    }
    let mut all: Vec<&mut Vec<Found>> = vec![&mut survey.title, &mut survey.file_name];
    for passage in &mut survey.passages {
        all.push(&mut passage.section);
        all.extend(passage.paragraphs.iter_mut().map(|paragraph| &mut paragraph.found));
    }
    shared_names::settle(&mut all);
    survey
}

fn read_paragraph(
    matcher: &Matcher,
    scratch: &mut Scratch,
    paragraph: &Paragraph,
    main: Language,
    opening: bool,
) -> ParagraphSurvey {
    let text = &*paragraph.text;
    let language = match paragraph.language {
        Language::Other if text.len() < SHORT => main,
        told => told,
    };
    let mut found = Vec::new();
    let extent = matcher.scan(text, language, scratch, &mut found);
    let listed = listed(text, &found);
    let heading = (paragraph.role == Role::Heading).then(|| paragraph.font_size.unwrap_or(0.0));
    ParagraphSurvey { found, listed, extent, heading, opening }
}

/// The language of most of a document's text.
fn main_language(passages: &[Passage]) -> Language {
    let mut letters = Letters::default();
    for paragraph in passages.iter().flat_map(|passage| &passage.paragraphs) {
        letters.add(paragraph.language, &paragraph.text);
    }
    letters.most().unwrap_or(Language::En)
}

/// A file's name as words: `albania2010_final.pdf` is "albania final".
fn spaced(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.chars().map(|c| if c.is_alphabetic() || c == '\'' { c } else { ' ' }).collect()
}

/// Which country mentions only stand in a list of countries, or alone in parentheses as the speaker of what precedes.
fn listed(text: &str, found: &[Found]) -> Vec<bool> {
    let mut listed = vec![false; found.len()];
    let mut start = 0;
    while start < found.len() {
        let sentence = found[start].sentence;
        let end = found[start..]
            .iter()
            .position(|one| one.sentence != sentence)
            .map_or(found.len(), |length| start + length);
        let is_list = distinct_countries(&found[start..end]) >= LIST;
        for at in start..end {
            listed[at] = is_list || in_parentheses(text, &found[at].range);
        }
        start = end;
    }
    listed
}

fn distinct_countries(found: &[Found]) -> usize {
    let mut codes: Vec<_> = found
        .iter()
        .filter_map(|one| match one.named {
            Named::Country(code, _) => Some(code),
            Named::Violation(..) => None,
        })
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes.len()
}

/// Whether a mention stands within parentheses that hold hardly more than names.
fn in_parentheses(text: &str, range: &Range<usize>) -> bool {
    let begin = text.floor_char_boundary(range.start.saturating_sub(PARENTHESES));
    let end = text.floor_char_boundary((range.end + PARENTHESES).min(text.len()));
    let before = text[begin..range.start].rfind(['(', ')', '[', ']']).map(|at| at + begin);
    let after = text[range.end..end].find(['(', ')', '[', ']']).map(|at| at + range.end);
    before.zip(after).is_some_and(|(open, close)| {
        text[open..].starts_with(['(', '[']) && text[close..].starts_with([')', ']'])
    })
}
