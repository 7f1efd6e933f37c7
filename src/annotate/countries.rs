//! How far a document and its passages are about each country.
//!
//! A survey in, tags out. A mention in a list counts for nothing; a weak one only where the country is also named outright.

use std::collections::BTreeMap;

use super::survey::{ParagraphSurvey, PassageSurvey, Survey};
use super::weights::{
    ASSERTED, CHAPTER, CHAPTER_SHARE, COUNTRY_HALF, FILE_NAME, HEADING, MAIN_COUNTRY, ONE_COUNTRY,
    OPENING, PART, SHARE, SPREAD, TITLE, WEAK,
};
use super::{Annotation, Context, Tag, Tags, sort, together};
use crate::document::Part;
use crate::taxonomy::CountryCode;
use crate::taxonomy::matcher::{Found, Named};

/// Amounts of evidence by country; ordered, so that sums come out the same every time.
type Amounts = BTreeMap<CountryCode, f32>;

/// How far a passage is about each country, from the amounts of its mentions. Where a document is mostly about one country, its
/// passages are taken to be so too unless they say enough of another; where they stand in a chapter on one, so are they.
fn passage_weights(
    own: &Amounts,
    main: Option<(CountryCode, f32)>,
    chapters: &[CountryCode],
) -> Amounts {
    let sum: f32 = own.values().sum();
    let weigh = |code: CountryCode, amount: f32| {
        let of_main = main.filter(|(main, _)| *main != code).map_or(0.0, |(_, share)| share);
        let of_chapter = f32::from(u8::from(!chapters.is_empty() && !chapters.contains(&code)));
        let of_another = of_main.max(of_chapter);
        amount / (sum + MAIN_COUNTRY * of_another) * amount / (amount + COUNTRY_HALF)
    };
    own.iter().map(|(code, amount)| (*code, weigh(*code, *amount))).collect()
}

/// The country that most mentions of a document are of, with its share of them.
fn main_country(survey: &Survey, known: &[CountryCode]) -> Option<(CountryCode, f32)> {
    let mut all = Evidence::default();
    for paragraph in survey.passages.iter().flat_map(|passage| &passage.paragraphs) {
        all.count(paragraph, known);
    }
    normalized(&all.amounts).into_iter().max_by(|a, b| a.1.total_cmp(&b.1))
}

/// Adds the countries' tags to an annotation.
pub(super) fn weigh(survey: &Survey, context: &Context<'_>, annotation: &mut Annotation) {
    let known = named_outright(survey, context);
    let main = main_country(survey, &known);
    let mut chapter = Chapter { main, ..Chapter::default() };
    let mut whole = Whole::default();
    for (at, (passage, tags)) in survey.passages.iter().zip(&mut annotation.passages).enumerate() {
        let part = Part::of(context.parts, at as u64);
        let chapters = part.map_or_else(|| chapter.read(passage), heads);
        let mut own = Evidence::default();
        for paragraph in &passage.paragraphs {
            own.count(paragraph, &known);
            if paragraph.opening {
                whole.opening.count(paragraph, &known);
            }
        }
        let mut weights = passage_weights(&own.amounts, main, &chapters);
        for code in chapters {
            let weight = weights.entry(code).or_default();
            *weight = together(&[*weight, CHAPTER]);
        }
        if let Some(part) = part {
            leave_to(part, &mut weights);
        }
        whole.add(passage, &own, &weights);
        tags.countries.extend(weights.into_iter().map(|(id, weight)| own.tag(id, weight)));
        sort(&mut tags.countries);
    }
    weigh_document(survey, context, &whole, annotation);
    annotation.parts = context.parts.iter().map(of_part).collect();
}

/// The countries that head a part.
fn heads(part: &Part) -> Vec<CountryCode> {
    part.countries.iter().filter_map(|code| CountryCode::new(code)).collect()
}

/// In a country's chapter another country is mentioned, and no passage is about it.
fn leave_to(part: &Part, weights: &mut Amounts) {
    let own = heads(part);
    if own.is_empty() {
        return;
    }
    for (code, weight) in weights {
        if !own.contains(code) {
            *weight = weight.min(0.9 * ASSERTED);
        }
    }
}

/// What a part is about by its heading.
fn of_part(part: &Part) -> Tags {
    let tag = |id| Tag { id, weight: PART, mentions: 0, instruments: 0 };
    Tags { countries: heads(part).into_iter().map(tag).collect(), violations: Vec::new() }
}

/// Mentions of countries: how many, and what they amount to.
#[derive(Debug, Default)]
struct Evidence {
    amounts: Amounts,
    mentions: BTreeMap<CountryCode, u32>,
}

impl Evidence {
    fn count(&mut self, paragraph: &ParagraphSurvey, known: &[CountryCode]) {
        for (found, listed) in paragraph.found.iter().zip(&paragraph.listed) {
            let Some(code) = country(found) else { continue };
            if found.weak && known.binary_search(&code).is_err() {
                continue;
            }
            *self.mentions.entry(code).or_default() += 1;
            if *listed {
                continue;
            }
            let amount = match found.weak {
                true => WEAK,
                false if paragraph.heading.is_some() => HEADING,
                false => 1.0,
            };
            *self.amounts.entry(code).or_default() += amount;
        }
    }

    fn tag(&self, id: CountryCode, weight: f32) -> Tag<CountryCode> {
        let mentions = self.mentions.get(&id).copied().unwrap_or(0);
        Tag { id, weight, mentions, instruments: 0 }
    }
}

/// What the passages of a document come to.
#[derive(Debug, Default)]
struct Whole {
    all: Evidence,
    opening: Evidence,
    /// The sum of the passages' weights.
    about: Amounts,
    /// Passages that have text.
    read: f32,
}

impl Whole {
    fn add(&mut self, passage: &PassageSurvey, own: &Evidence, weights: &Amounts) {
        self.read += f32::from(u8::from(!passage.paragraphs.is_empty()));
        for (code, weight) in weights {
            *self.about.entry(*code).or_default() += weight;
        }
        for (code, amount) in &own.amounts {
            *self.all.amounts.entry(*code).or_default() += amount;
        }
        for (code, mentions) in &own.mentions {
            *self.all.mentions.entry(*code).or_default() += mentions;
        }
    }
}

fn weigh_document(
    survey: &Survey,
    context: &Context<'_>,
    whole: &Whole,
    annotation: &mut Annotation,
) {
    let title = shares(&survey.title);
    let file_name = shares(&survey.file_name);
    let share = normalized(&whole.all.amounts);
    let opening = normalized(&whole.opening.amounts);
    let evidence = [&title, &file_name, &share, &whole.about];
    let mut codes: Vec<CountryCode> =
        evidence.iter().flat_map(|amounts| amounts.keys().copied()).collect();
    codes.extend(context.catalogue_countries);
    codes.sort_unstable();
    codes.dedup();
    let tags = codes.into_iter().map(|code| {
        let of = |amounts: &Amounts| amounts.get(&code).copied().unwrap_or(0.0);
        let listed = context.catalogue_countries.contains(&code);
        let weight = together(&[
            f32::from(u8::from(listed)),
            TITLE * of(&title),
            FILE_NAME * of(&file_name),
            OPENING * of(&opening),
            SHARE * of(&share),
            SPREAD * of(&whole.about) / whole.read.max(1.0),
        ]);
        whole.all.tag(code, weight)
    });
    annotation.document.countries = tags.collect();
    sort(&mut annotation.document.countries);
}

/// The countries that a document names by a strong form anywhere, or that its catalogue gives.
fn named_outright(survey: &Survey, context: &Context<'_>) -> Vec<CountryCode> {
    let paragraphs = survey.passages.iter().flat_map(|passage| {
        let texts = passage.paragraphs.iter().map(|paragraph| &paragraph.found);
        texts.chain(std::iter::once(&passage.section))
    });
    let mut codes: Vec<CountryCode> = paragraphs
        .chain([&survey.title, &survey.file_name])
        .flatten()
        .filter(|found| !found.weak)
        .filter_map(country)
        .chain(context.catalogue_countries.iter().copied())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn country(found: &Found) -> Option<CountryCode> {
    match found.named {
        Named::Country(code, _) => Some(code),
        Named::Violation(..) => None,
    }
}

/// Each country's share of the strong mentions of a short text.
fn shares(found: &[Found]) -> Amounts {
    let mut amounts = Amounts::new();
    for code in found.iter().filter(|found| !found.weak).filter_map(country) {
        *amounts.entry(code).or_default() += 1.0;
    }
    normalized(&amounts)
}

fn normalized(amounts: &Amounts) -> Amounts {
    let sum: f32 = amounts.values().sum();
    amounts.iter().map(|(code, amount)| (*code, amount / sum)).collect()
}

/// The chapter that a passage stands in, as far as its heading names a country.
#[derive(Debug, Default)]
struct Chapter {
    /// The country of most of the document's mentions, with its share.
    main: Option<(CountryCode, f32)>,
    countries: Vec<CountryCode>,
    /// The heading's size; 0 where it is not known.
    size: f32,
}

impl Chapter {
    /// The countries of the chapters that a passage stands in or begins.
    fn read(&mut self, passage: &PassageSurvey) -> Vec<CountryCode> {
        // A section's title that names a country begins a chapter; another title leaves things as they are.
        self.open(outright(&passage.section), 0.0);
        let mut countries = self.countries.clone();
        for (at, paragraph) in passage.paragraphs.iter().enumerate() {
            if self.begins(paragraph) {
                // What stands above the heading still belongs to the chapter before.
                if at == 0 {
                    countries.clear();
                }
                countries.extend(&self.countries);
            }
        }
        countries.sort_unstable();
        countries.dedup();
        countries
    }

    /// Whether this paragraph begins a chapter. A heading that names no country ends one only if it is larger than the chapter's.
    fn begins(&mut self, paragraph: &ParagraphSurvey) -> bool {
        let Some(size) = paragraph.heading else { return false };
        let codes = outright(&paragraph.found);
        let much = 1.0 >= CHAPTER_SHARE * paragraph.extent.words as f32;
        if much && self.open(codes, size) {
            return true;
        }
        if self.size > 0.0 && size > self.size {
            self.countries.clear();
            self.size = 0.0;
        }
        false
    }

    /// Begins the chapter of one country. A report on one country has no chapters on others: its heading "Aid from Norway" says
    /// nothing of the pages that follow.
    fn open(&mut self, codes: Vec<CountryCode>, size: f32) -> bool {
        let &[code] = &*codes else { return false };
        let alien = |(main, share)| main != code && share >= ONE_COUNTRY;
        if self.main.is_some_and(alien) {
            return false;
        }
        self.countries = codes;
        self.size = size;
        true
    }
}

fn outright(found: &[Found]) -> Vec<CountryCode> {
    let mut codes: Vec<_> = found.iter().filter(|found| !found.weak).filter_map(country).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}
