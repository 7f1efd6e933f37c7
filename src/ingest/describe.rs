//! A document's record from what its file says, what was told of its text, and what the catalogue says; the catalogue wins.

use super::catalogue::Row;
use crate::annotate::{ASSERTED, Tag, Tags};
use crate::document::{DocumentId, Language, Passage, Role};
use crate::extract::Extracted;
use crate::index::record::{DocumentRecord, LanguageShare, Weighted};
use crate::near_duplicates::{Signature, Sketch};
use crate::taxonomy::Violations;

/// Share of a document's letters below which a language is a quotation, not one of its languages.
const LEAST_SHARE: f32 = 0.05;

/// The title that a document goes by: the catalogue's, its own, or its file's name without the extension.
pub fn title(extracted: &Extracted, row: Option<&Row>, file_name: &str) -> String {
    let known = row.and_then(|row| row.title.clone()).or_else(|| extracted.metadata.title.clone());
    known.unwrap_or_else(|| {
        let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
        stem.replace(['_', '-'], " ")
    })
}

/// The record of a document.
pub fn describe(
    hash: &blake3::Hash,
    extracted: &Extracted,
    title: String,
    row: Option<&Row>,
    tags: &Tags,
) -> DocumentRecord {
    let metadata = &extracted.metadata;
    let violations = Violations::builtin();
    DocumentRecord {
        id: DocumentId::from_hash(hash.as_bytes()),
        hash: hash.to_hex().to_string(),
        format: extracted.format,
        title,
        author: metadata.author.clone(),
        publisher: row.and_then(|row| row.publisher.clone()).or_else(|| metadata.publisher.clone()),
        published: row.and_then(|row| row.published).or(metadata.published),
        url: metadata.url.clone(),
        passages: u32::try_from(extracted.passages.len()).unwrap_or(u32::MAX),
        signature: signature(&extracted.passages),
        languages: language_shares(&extracted.passages, row),
        countries: asserted(&tags.countries, |code| code.as_str().to_owned()),
        violations: asserted(&tags.violations, |violation| violations.id(violation).to_owned()),
        catalogue: row.map(|row| row.other.clone()).unwrap_or_default(),
    }
}

fn asserted<Id: Copy>(tags: &[Tag<Id>], name: impl Fn(Id) -> String) -> Vec<Weighted> {
    let strong = tags.iter().filter(|tag| tag.weight >= ASSERTED);
    strong.map(|tag| Weighted { id: name(tag.id), weight: tag.weight }).collect()
}

/// What the text is compared by: what stands on the pages, without their running heads and notes.
fn signature(passages: &[Passage]) -> Option<Signature> {
    let mut sketch = Sketch::default();
    for paragraph in passages.iter().flat_map(|passage| &passage.paragraphs) {
        if matches!(paragraph.role, Role::Body | Role::Heading) {
            sketch.add(&paragraph.text);
        }
    }
    sketch.finish()
}

/// Languages by their share of the letters; what the catalogue names comes in even where no paragraph was told so.
fn language_shares(passages: &[Passage], row: Option<&Row>) -> Vec<LanguageShare> {
    let all = [Language::En, Language::Es, Language::Fr, Language::Other];
    let mut letters = [0usize; 4];
    let paragraphs = passages.iter().flat_map(|passage| &passage.paragraphs);
    for paragraph in paragraphs.filter(|paragraph| paragraph.role != Role::Furniture) {
        let slot = all.iter().position(|language| *language == paragraph.language).unwrap_or(3);
        letters[slot] += paragraph.text.len();
    }
    let total = letters.iter().sum::<usize>().max(1) as f32;
    let mut shares: Vec<LanguageShare> = all
        .iter()
        .zip(letters)
        .map(|(language, letters)| LanguageShare {
            language: *language,
            share: letters as f32 / total,
        })
        .filter(|share| share.share >= LEAST_SHARE)
        .collect();
    shares.sort_by(|a, b| b.share.total_cmp(&a.share));
    for language in row.map(|row| row.languages.as_slice()).unwrap_or_default() {
        if !shares.iter().any(|share| share.language == *language) {
            shares.push(LanguageShare { language: *language, share: 0.0 });
        }
    }
    shares
}
