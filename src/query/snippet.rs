//! The excerpt of a passage that shows why it was found, with the words that were found marked.
//!
//! Pure: a passage's paragraphs and what was searched go in, an excerpt with offsets comes out. The text is the document's
//! own but for white space.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_segmentation::UnicodeSegmentation;

use super::syntax::{Node, Query};
use crate::analysis::{Stemmer, fold, words};
use crate::document::Language;

/// An excerpt of a passage.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Snippet {
    /// The excerpt; an ellipsis stands where the passage goes on.
    pub text: String,
    /// Start and end of each mark, in Unicode scalar values of the text, in order and apart.
    pub highlights: Vec<(usize, usize)>,
}

/// A stretch of a paragraph that answers the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its place in the paragraph, in bytes.
    pub range: Range<usize>,
    /// Which part of the query it answers.
    pub term: usize,
}

/// What was searched, ready to be found again in a text.
pub struct Targets {
    stemmers: Vec<(Language, Stemmer)>,
    stems: Vec<FxHashMap<Box<str>, usize>>,
    phrases: Vec<(Vec<String>, u32, usize)>,
    folded: FxHashMap<String, usize>,
    prefixes: Vec<(String, usize)>,
}

impl std::fmt::Debug for Targets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Targets")
            .field("folded", &self.folded)
            .field("phrases", &self.phrases)
            .finish_non_exhaustive()
    }
}

impl Targets {
    /// The words, phrases and prefixes of a query; not those that it excludes.
    pub fn of(query: &Query) -> Self {
        let stemmers: Vec<_> = Language::INDEXED
            .into_iter()
            .filter_map(|language| Some((language, Stemmer::new(language)?)))
            .collect();
        let mut targets = Self {
            stems: vec![FxHashMap::default(); stemmers.len()],
            stemmers,
            phrases: Vec::new(),
            folded: FxHashMap::default(),
            prefixes: Vec::new(),
        };
        let mut terms = 0;
        if let Some(root) = &query.root {
            targets.add(root, &mut terms);
        }
        targets
    }

    fn add(&mut self, node: &Node, terms: &mut usize) {
        *terms += 1;
        let term = *terms;
        match node {
            Node::All(nodes) | Node::Any(nodes) => {
                nodes.iter().for_each(|node| self.add(node, terms));
            }
            Node::Not(_) => {}
            Node::Prefix(prefix) => self.prefixes.push((fold(prefix), term)),
            Node::Phrase { text, slop } => self.add_phrase(text, *slop, term),
            Node::Word(text) if words(text).count() > 1 => self.add_phrase(text, 0, term),
            Node::Word(text) => {
                for word in words(text).filter(|word| !is_stop_word(&fold(word.text))) {
                    for ((_, stemmer), stems) in self.stemmers.iter_mut().zip(&mut self.stems) {
                        for stem in stemmer.stems(word.text).iter() {
                            stems.insert(stem.into(), term);
                        }
                    }
                    self.folded.insert(fold(word.text), term);
                }
            }
        }
    }

    fn add_phrase(&mut self, text: &str, slop: u32, term: usize) {
        let folded: Vec<String> = words(text).map(|word| fold(word.text)).collect();
        if !folded.is_empty() {
            self.phrases.push((folded, slop, term));
        }
    }

    /// Whether there is nothing to be found.
    pub fn is_empty(&self) -> bool {
        self.folded.is_empty() && self.phrases.is_empty() && self.prefixes.is_empty()
    }

    /// Every stretch of a paragraph that answers the query, in order; they do not overlap.
    pub fn marks(&mut self, text: &str, language: Language) -> Vec<Mark> {
        let mut marks = Vec::new();
        let mut tokens: Vec<(Range<usize>, String)> = Vec::new();
        for word in words(text) {
            let folded = fold(word.text);
            if let Some(term) = self.term_of(word.text, &folded, language) {
                marks.push(Mark { range: word.range(), term });
            }
            tokens.push((word.range(), folded));
        }
        for (phrase, slop, term) in &self.phrases {
            marks.extend(
                find_phrase(&tokens, phrase, *slop).map(|range| Mark { range, term: *term }),
            );
        }
        apart(marks)
    }

    fn term_of(&mut self, word: &str, folded: &str, language: Language) -> Option<usize> {
        let slot = self.stemmers.iter().position(|(known, _)| *known == language);
        let by_stem = slot.and_then(|slot| {
            let stems = self.stemmers[slot].1.stems(word);
            stems.iter().find_map(|stem| self.stems[slot].get(stem).copied())
        });
        by_stem.or_else(|| self.folded.get(folded).copied()).or_else(|| {
            self.prefixes
                .iter()
                .find(|(prefix, _)| folded.starts_with(prefix.as_str()))
                .map(|(_, term)| *term)
        })
    }
}

/// Stretches that hold the words of a phrase in their order, with at most `slop` others between them.
fn find_phrase(
    tokens: &[(Range<usize>, String)],
    phrase: &[String],
    slop: u32,
) -> impl Iterator<Item = Range<usize>> {
    (0..tokens.len()).filter_map(move |start| {
        let mut at = start;
        let mut spare = slop as usize;
        for (number, wanted) in phrase.iter().enumerate() {
            while number > 0 && spare > 0 && tokens.get(at).is_some_and(|(_, word)| word != wanted)
            {
                at += 1;
                spare -= 1;
            }
            if tokens.get(at).is_none_or(|(_, word)| word != wanted) {
                return None;
            }
            at += 1;
        }
        Some(tokens[start].0.start..tokens[at - 1].0.end)
    })
}

/// Marks in order, those that touch or overlap joined.
pub fn apart(mut marks: Vec<Mark>) -> Vec<Mark> {
    marks.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
    let mut joined: Vec<Mark> = Vec::with_capacity(marks.len());
    for mark in marks {
        match joined.last_mut() {
            Some(last) if mark.range.start < last.range.end => {
                last.range.end = last.range.end.max(mark.range.end);
            }
            _ => joined.push(mark),
        }
    }
    joined
}

/// A sentence with its marks, as the unit that excerpts are made of.
struct Sentence<'t> {
    text: &'t str,
    marks: Vec<Mark>,
    paragraph: usize,
}

/// The stretch of whole sentences, `limit` characters long or so, that answers most of the query; the opening where nothing
/// is marked. A sentence longer than the limit is cut between words.
pub fn excerpt(paragraphs: &[(&str, Vec<Mark>)], limit: usize) -> Snippet {
    let sentences = sentences(paragraphs);
    let Some((first, last)) = best_window(&sentences, limit) else { return Snippet::default() };
    let mut excerpt = Builder::default();
    let chosen = &sentences[first..last];
    let cut = cut_to_fit(chosen, limit);
    if first > 0 || cut.as_ref().is_some_and(|cut| cut.start > 0) {
        excerpt.push_ellipsis();
    }
    for sentence in chosen {
        let range = cut.clone().unwrap_or(0..sentence.text.len());
        excerpt.push(&sentence.text[range.clone()], range.start, &sentence.marks);
    }
    let cut_short = cut.is_some_and(|cut| cut.end < chosen[0].text.trim_end().len());
    if cut_short || last < sentences.len() {
        excerpt.push_ellipsis();
    }
    excerpt.finish()
}

/// A whole text with its marks, white space folded: what a page looks like when it is shown.
pub fn whole(text: &str, marks: &[Mark]) -> Snippet {
    let mut builder = Builder::default();
    builder.push(text, 0, marks);
    builder.finish()
}

fn sentences<'t>(paragraphs: &[(&'t str, Vec<Mark>)]) -> Vec<Sentence<'t>> {
    let mut sentences: Vec<Sentence<'t>> = Vec::new();
    for (paragraph, (text, marks)) in paragraphs.iter().enumerate() {
        let mut start = 0;
        for end in sentence_ends(text) {
            // A bound right after an abbreviation is none, and none falls inside a mark.
            let inside = marks.iter().any(|mark| mark.range.start < end && end < mark.range.end);
            if (inside || ends_in_abbreviation(&text[start..end])) && end < text.len() {
                continue;
            }
            let within = |mark: &&Mark| start <= mark.range.start && mark.range.end <= end;
            let marks = marks.iter().filter(within).map(|mark| Mark {
                range: mark.range.start - start..mark.range.end - start,
                term: mark.term,
            });
            sentences.push(Sentence { text: &text[start..end], marks: marks.collect(), paragraph });
            start = end;
        }
    }
    sentences.retain(|sentence| !sentence.text.trim().is_empty());
    sentences
}

/// Bytes of a paragraph that are searched for sentence ends at a time: the search takes the square of its length on some
/// texts (`.)))`), and a paragraph longer than this is hardly ever one.
const STRETCH: usize = 2_000;

/// Where the sentences of a paragraph end, in bytes.
fn sentence_ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let end = if text.len() - start <= STRETCH {
            text.len()
        } else {
            word_edge(text, start + STRETCH)
        };
        // A single word that fills a stretch ends with it.
        let end = if end <= start { text.ceil_char_boundary(start + STRETCH) } else { end };
        ends.extend(
            text[start..end].split_sentence_bound_indices().skip(1).map(|(at, _)| start + at),
        );
        ends.push(end);
        start = end;
    }
    ends
}

fn ends_in_abbreviation(sentence: &str) -> bool {
    const ABBREVIATIONS: [&str; 17] = [
        "art", "arts", "no", "nos", "núm", "nº", "sr", "sra", "dr", "dra", "mr", "mrs", "ms", "m",
        "mme", "p", "para",
    ];
    let Some(before) = sentence.trim_end().strip_suffix('.') else { return false };
    let last = before.rsplit(|c: char| !c.is_alphanumeric() && c != 'º').next().unwrap_or_default();
    last.chars().count() == 1 || ABBREVIATIONS.contains(&last.to_lowercase().as_str())
}

/// The sentences, from and to, that hold most of the query's parts, then most marks, within the limit; the first of equals.
fn best_window(sentences: &[Sentence<'_>], limit: usize) -> Option<(usize, usize)> {
    let mut best: Option<((usize, usize), (usize, usize))> = None;
    for first in 0..sentences.len() {
        let mut length = 0;
        let mut terms = FxHashSet::default();
        let mut marks = 0;
        for (last, sentence) in sentences.iter().enumerate().skip(first) {
            length += sentence.text.len();
            let fits = last == first || length <= limit;
            if !fits || sentence.paragraph > sentences[first].paragraph + 1 {
                break;
            }
            terms.extend(sentence.marks.iter().map(|mark| mark.term));
            marks += sentence.marks.len();
            let worth = (terms.len(), marks);
            let grows = best.is_none_or(|(known, (known_first, _))| {
                worth > known || worth == known && known_first == first
            });
            if grows && (marks > 0 || first == 0) {
                best = Some((worth, (first, last + 1)));
            }
        }
    }
    best.map(|(_, window)| window)
}

/// Where a single sentence that is too long is cut: between words, around its marks.
fn cut_to_fit(chosen: &[Sentence<'_>], limit: usize) -> Option<Range<usize>> {
    let [Sentence { text, marks, .. }] = chosen else { return None };
    if text.len() <= limit + limit / 2 {
        return None;
    }
    let anchor = marks.first().map_or(0, |mark| mark.range.start);
    let start = if anchor < limit / 2 { 0 } else { anchor - limit / 3 };
    let start = if start == 0 { 0 } else { word_edge(text, start) };
    let end = word_edge(text, (start + limit).min(text.len()));
    Some(start..end.max(start))
}

/// The nearest start of a word at or before a place; never inside a character.
fn word_edge(text: &str, place: usize) -> usize {
    if place >= text.len() {
        return text.len();
    }
    let floor = text.floor_char_boundary(place);
    text[..floor]
        .rfind(char::is_whitespace)
        .map_or(floor, |at| at + text[at..].chars().next().map_or(1, char::len_utf8))
}

/// Puts an excerpt together: white space folded, control characters left out, marks carried along.
#[derive(Default)]
struct Builder {
    text: String,
    length: usize,
    highlights: Vec<(usize, usize)>,
}

impl Builder {
    fn push(&mut self, piece: &str, offset: usize, marks: &[Mark]) {
        let mut open = None;
        self.space();
        for (at, c) in piece.char_indices() {
            let place = offset + at;
            if open.is_none() && marks.iter().any(|mark| mark.range.start == place) {
                open = Some(self.length);
            }
            if let Some(start) = open
                && marks.iter().any(|mark| mark.range.end == place)
            {
                self.highlights.push((start, self.length));
                open = marks.iter().any(|mark| mark.range.start == place).then_some(self.length);
            }
            if c.is_whitespace() {
                self.space();
            } else if !c.is_control() {
                self.text.push(c);
                self.length += 1;
            }
        }
        if let Some(start) = open {
            self.highlights.push((start, self.length));
        }
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
            self.length += 1;
        }
    }

    fn push_ellipsis(&mut self) {
        if self.text.ends_with(' ') {
            self.text.pop();
            self.length -= 1;
        }
        let lead = if self.text.is_empty() { "… " } else { " …" };
        self.text.push_str(lead);
        self.length += 2;
    }

    fn finish(mut self) -> Snippet {
        let kept = self.text.trim_end().len();
        self.text.truncate(kept);
        let length = self.text.chars().count();
        self.highlights.retain_mut(|(start, end)| {
            *end = (*end).min(length);
            *start < *end
        });
        Snippet { text: self.text, highlights: self.highlights }
    }
}

/// Words too common to be marked on their own.
fn is_stop_word(folded: &str) -> bool {
    const STOP: &str = " a an the of and or to in on at by for is are was were be it as that this with from not no \
        el la los las un una unos unas de del y o u en que se es por con para al lo su sus no como mas \
        le les des du et ou est dans pour qui par sur au aux avec ce cette ces son sa ses ne pas plus il elle ";
    STOP.contains(&format!(" {folded} "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::syntax;

    #[track_caller]
    fn check(query: &str, text: &str, language: Language, expected: &str) {
        let mut targets = Targets::of(&syntax::parse(query).unwrap());
        let marks = targets.marks(text, language);
        let snippet = excerpt(&[(text, marks)], 80);
        let mut shown: Vec<char> = snippet.text.chars().collect();
        for (start, end) in snippet.highlights.iter().rev() {
            shown.insert(*end, ']');
            shown.insert(*start, '[');
        }
        assert_eq!(shown.into_iter().collect::<String>(), expected);
    }

    #[test]
    fn every_inflection_is_marked() {
        check(
            "torture",
            "He was tortured; tortures followed.",
            Language::En,
            "He was [tortured]; [tortures] followed.",
        );
        check("ninas", "Las niñas y la niña.", Language::Es, "Las [niñas] y la [niña].");
        check(
            "\"desaparicion forzada\"",
            "La desaparición\n forzada.",
            Language::Es,
            "La [desaparición forzada].",
        );
        check("detain*", "A detainee.", Language::En, "A [detainee].");
    }

    #[test]
    fn the_sentence_that_answers_most_is_shown() {
        let text = "Nothing here at all to see in this first sentence. The police beat him. The police took a bribe and beat others.";
        check(
            "police bribe",
            text,
            Language::En,
            "… The [police] beat him. The [police] took a [bribe] and beat others.",
        );
        check(
            "absent",
            text,
            Language::En,
            "Nothing here at all to see in this first sentence. The police beat him. …",
        );
    }

    #[test]
    fn a_long_sentence_is_cut_between_words() {
        let text = format!("{} torture {}", "word ".repeat(60), "word ".repeat(60));
        let mut targets = Targets::of(&syntax::parse("torture").unwrap());
        let marks = targets.marks(&text, Language::En);
        let snippet = excerpt(&[(&text, marks)], 80);
        assert!(
            snippet.text.starts_with("… word ") && snippet.text.ends_with("word …"),
            "{}",
            snippet.text
        );
        assert!(snippet.text.chars().count() < 100);
        let (start, end) = snippet.highlights[0];
        assert_eq!(
            snippet.text.chars().skip(start).take(end - start).collect::<String>(),
            "torture"
        );
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        check(
            "torture",
            "Under art. 3 torture is banned. Next.",
            Language::En,
            "Under art. 3 [torture] is banned. Next.",
        );
    }

    proptest::proptest! {
        #[test]
        fn a_snippet_is_a_stretch_of_the_passage(text in "[a-zñé .,\n]{0,400}", word in "[a-zñé]{1,8}") {
            let mut targets = Targets::of(&syntax::parse(&word).unwrap());
            let marks = targets.marks(&text, Language::Es);
            let snippet = excerpt(&[(&text, marks)], 60);
            let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let inner = snippet.text.trim_start_matches("… ").trim_end_matches(" …");
            proptest::prop_assert!(folded.contains(inner), "{inner:?} in {folded:?}");
            let length = snippet.text.chars().count();
            let mut last = 0;
            for (start, end) in snippet.highlights {
                proptest::prop_assert!(last <= start && start < end && end <= length);
                last = end;
            }
        }
    }
}
