//! An answer as JSON lines: what was found becomes the types of [`super::contract`].

use std::io::{self, Write};

use super::contract::{
    Count, CountryWeight, Detected, Document, Evidence, Explain, Facets, Hit, LanguageShare, Line,
    Locator, NearDuplicate, Passage, Snippet, Summary, Understood, ViolationWeight,
};
use super::part;
use crate::document::{self, Language};
use crate::index::record::{DocumentRecord, FileRecord};
use crate::query::{self, Answer, DocumentHit, PassageHit, facets};
use crate::taxonomy::Violations;

pub(super) fn write(out: &mut dyn Write, answer: &Answer, explain: bool) -> io::Result<()> {
    Line::Summary(Box::new(Summary::from(&answer.summary))).write(out)?;
    for hit in &answer.results {
        Line::Result(Box::new(result(hit, explain))).write(out)?;
    }
    Ok(())
}

impl From<&query::Summary> for Summary {
    fn from(summary: &query::Summary) -> Self {
        // Taken apart by name, so that what is added there is not forgotten here.
        let query::Summary {
            query,
            understood,
            expanded,
            documents,
            passages,
            meaning,
            by_meaning,
            unmeasured,
            beside,
            complete,
            folded,
            undated,
            relaxed,
            facets,
        } = summary;
        Self {
            query: query.clone(),
            understood: understood.into(),
            expanded: expanded.clone(),
            documents: *documents,
            passages: *passages,
            meaning: *meaning,
            by_meaning: *by_meaning,
            unmeasured: *unmeasured,
            beside: *beside,
            complete: *complete,
            folded: *folded,
            undated: *undated,
            relaxed: *relaxed,
            facets: facets.as_ref().map(Facets::from).unwrap_or_default(),
        }
    }
}

impl From<&query::Understood> for Understood {
    fn from(understood: &query::Understood) -> Self {
        let ids = understood.violations.iter();
        Self {
            countries: understood.countries.iter().map(ToString::to_string).collect(),
            violations: ids.map(|id| Violations::builtin().id(*id).to_owned()).collect(),
        }
    }
}

impl From<&facets::Facets> for Facets {
    fn from(facets: &facets::Facets) -> Self {
        let counts = |counts: &[facets::Count]| Some(counts.iter().map(Count::from).collect());
        Self {
            countries: counts(&facets.countries),
            violations: counts(&facets.violations),
            languages: counts(&facets.languages),
            publishers: counts(&facets.publishers),
            kinds: counts(&facets.kinds),
            years: counts(&facets.years),
        }
    }
}

impl From<&facets::Count> for Count {
    fn from(count: &facets::Count) -> Self {
        Self {
            value: count.value.clone(),
            documents: count.documents,
            passages: count.passages,
            publishers: count.publishers,
        }
    }
}

fn result(hit: &DocumentHit, explain: bool) -> Hit {
    Hit {
        rank: hit.rank,
        score: hit.score,
        near: hit.coverage,
        beside: hit.beside,
        document: Document::of(&hit.file, &hit.document, &hit.copies),
        matching: hit.matching,
        near_duplicates: hit.near_duplicates.iter().map(NearDuplicate::from).collect(),
        passages: hit.passages.iter().map(|hit| passage(hit, explain)).collect(),
    }
}

impl From<&FileRecord> for NearDuplicate {
    fn from(file: &FileRecord) -> Self {
        let document = file.document.as_ref();
        Self {
            id: document.map(|document| document.id),
            path: file.path.clone(),
            title: document.map(|document| document.title.clone()),
            publisher: document.and_then(|document| document.publisher.clone()),
            published: document.and_then(|document| document.published),
        }
    }
}

impl Document {
    /// A document as a file tells it, with the paths of its copies.
    pub fn of(file: &FileRecord, document: &DocumentRecord, copies: &[String]) -> Self {
        let shares = document.languages.iter();
        let countries = document.countries.iter();
        let violations = document.violations.iter();
        Self {
            id: document.id,
            hash: document.hash.clone(),
            path: file.path.clone(),
            title: document.title.clone(),
            author: document.author.clone(),
            publisher: document.publisher.clone(),
            kind: document.kind,
            published: document.published,
            symbols: document.symbols.clone(),
            format: document.format,
            url: document.url.clone(),
            languages: shares.clone().map(|share| share.language).collect(),
            needs_translation: shares.clone().any(|share| share.language != Language::En),
            language_shares: shares
                .map(|share| LanguageShare { language: share.language, share: share.share })
                .collect(),
            pages: document.format.has_pages().then(|| document.pages()),
            copies: copies.to_vec(),
            countries: countries
                .map(|tag| CountryWeight { code: tag.id.clone(), weight: tag.weight })
                .collect(),
            violations: violations
                .map(|tag| ViolationWeight { id: tag.id.clone(), weight: tag.weight })
                .collect(),
            catalogue: document.catalogue.iter().cloned().collect(),
            detected: Detected::from(document),
            warnings: file.warnings.clone(),
        }
    }
}

impl From<&DocumentRecord> for Detected {
    fn from(document: &DocumentRecord) -> Self {
        let publisher = &document.detected_publisher;
        let date = document.detected_date.as_ref();
        Self {
            title: document.own.title.clone(),
            publisher: publisher.name.clone(),
            kind: publisher.kind,
            publisher_evidence: publisher.evidence.as_ref().map(Evidence::from),
            published: date.map(|dated| dated.date),
            published_evidence: date.map(|dated| Evidence::from(&dated.evidence)),
        }
    }
}

impl From<&document::Evidence> for Evidence {
    fn from(evidence: &document::Evidence) -> Self {
        Self { text: evidence.text.clone(), place: evidence.place.clone() }
    }
}

fn passage(hit: &PassageHit, explain: bool) -> Passage {
    let factors = &hit.factors;
    Passage {
        locator: Locator::of_hit(hit),
        part: part::of(hit),
        language: hit.language,
        score: hit.score,
        by_meaning: hit.by_meaning,
        snippet: Snippet {
            text: hit.snippet.text.clone(),
            highlights: hit.snippet.highlights.clone(),
        },
        explain: explain.then_some(Explain {
            text: factors.text,
            meaning: factors.meaning,
            country: factors.country,
            violation: factors.violation,
            recency: factors.recency,
        }),
    }
}
