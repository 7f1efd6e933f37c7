//! How the whole of what matches is divided: documents and passages by country, violation, language, publisher, its
//! kind, and year.
//!
//! Matching passages in, counts out. What is counted under a country, violation, language or year is what a filter of that
//! value would leave. Beside each count stands how many publishers its documents come from: what one source says, another
//! should confirm.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use tantivy::SegmentReader;
use tantivy::columnar::{Column, StrColumn};

use super::collect::Hit;
use crate::document::DocumentId;
use crate::index::Snapshot;

/// Counts by each kind of value, the largest first; years from the newest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// By the country that passages are about, as its code.
    pub countries: Vec<Count>,
    /// By the violation that passages are about, as its id.
    pub violations: Vec<Count>,
    /// By the language of passages, as its code.
    pub languages: Vec<Count>,
    /// By publisher, as its name is written. Names that differ in case or accents only are one.
    pub publishers: Vec<Count>,
    /// By the kind of publisher: `ngo`, `court`.
    pub kinds: Vec<Count>,
    /// By the year of publication.
    pub years: Vec<Count>,
}

/// What matches under one value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The value.
    pub value: String,
    /// Documents.
    pub documents: usize,
    /// Passages.
    pub passages: usize,
    /// Different publishers of those documents; an unknown one is none.
    pub publishers: usize,
}

/// Counts what matches.
///
/// # Errors
/// When the index cannot be read.
pub fn count(snapshot: &Snapshot, hits: &[Hit]) -> tantivy::Result<Facets> {
    let mut tallies = Tallies::default();
    let segments = snapshot.searcher().segment_readers().iter();
    let columns: Vec<Columns> = segments
        .map(|segment| Columns::of(segment, &mut tallies))
        .collect::<tantivy::Result<_>>()?;
    // By document, so that each is counted once, whichever segments its passages are in.
    let mut hits: Vec<&Hit> = hits.iter().collect();
    hits.sort_unstable_by_key(|hit| (hit.document, hit.address));
    for hit in hits {
        let Some(columns) = columns.get(hit.address.segment as usize) else { continue };
        let doc = hit.address.doc;
        let publisher = columns.publisher.numbers(doc).next();
        let count = |tally: &mut Tally, values: &Values| {
            for number in values.numbers(doc) {
                tally.count(number, hit.document, publisher);
            }
        };
        count(&mut tallies.countries, &columns.countries);
        count(&mut tallies.violations, &columns.violations);
        count(&mut tallies.languages, &columns.languages);
        count(&mut tallies.publishers, &columns.publisher);
        count(&mut tallies.kinds, &columns.kind);
        if let Some(first) = columns.published.first(doc) {
            let number = tallies.years.number(&year(first / 10_000));
            tallies.years.count(number, hit.document, publisher);
        }
        if let Some(number) = publisher {
            tallies.write(number, columns, doc)?;
        }
    }
    Ok(tallies.into_facets())
}

fn year(year: u64) -> String {
    format!("{year:04}")
}

/// The counts of every kind of value.
#[derive(Debug, Default)]
struct Tallies {
    countries: Tally,
    violations: Tally,
    languages: Tally,
    /// By the folded name.
    publishers: Tally,
    kinds: Tally,
    years: Tally,
    /// How publishers are written, by their number.
    written: FxHashMap<u32, String>,
}

impl Tallies {
    /// Remembers how a publisher is written where it is met first.
    fn write(&mut self, publisher: u32, columns: &Columns, doc: u32) -> tantivy::Result<()> {
        if let std::collections::hash_map::Entry::Vacant(entry) = self.written.entry(publisher)
            && let Some(names) = &columns.publisher_name
            && let Some(ord) = names.term_ords(doc).next()
        {
            let mut name = String::new();
            names.ord_to_str(ord, &mut name)?;
            entry.insert(name);
        }
        Ok(())
    }

    fn into_facets(mut self) -> Facets {
        for (number, written) in self.written {
            self.publishers.names[number as usize] = written;
        }
        let mut years = self.years.into_counts();
        years.sort_by(|a, b| b.value.cmp(&a.value));
        Facets {
            countries: self.countries.into_counts(),
            violations: self.violations.into_counts(),
            languages: self.languages.into_counts(),
            publishers: self.publishers.into_counts(),
            kinds: self.kinds.into_counts(),
            years,
        }
    }
}

/// The counts of one kind of value. A value's number is the same in every segment.
#[derive(Debug, Default)]
struct Tally {
    numbers: FxHashMap<String, u32>,
    names: Vec<String>,
    counted: Vec<Counted>,
}

#[derive(Debug, Default)]
struct Counted {
    documents: usize,
    passages: usize,
    publishers: FxHashSet<u32>,
    /// The document counted last.
    last: Option<DocumentId>,
}

impl Tally {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.numbers.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        self.counted.push(Counted::default());
        number
    }

    /// Counts a passage under a value; passages of one document come one after another.
    fn count(&mut self, number: u32, document: DocumentId, publisher: Option<u32>) {
        let counted = &mut self.counted[number as usize];
        counted.passages += 1;
        if counted.last != Some(document) {
            counted.last = Some(document);
            counted.documents += 1;
            counted.publishers.extend(publisher);
        }
    }

    fn into_counts(self) -> Vec<Count> {
        let counted = self.names.into_iter().zip(self.counted);
        let mut counts: Vec<Count> = counted
            .filter(|(_, counted)| counted.passages > 0)
            .map(|(value, counted)| Count {
                value,
                documents: counted.documents,
                passages: counted.passages,
                publishers: counted.publishers.len(),
            })
            .collect();
        let key = |count: &Count| std::cmp::Reverse((count.documents, count.passages));
        counts.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| a.value.cmp(&b.value)));
        counts
    }
}

/// The columns of a segment that are counted.
#[derive(Debug)]
struct Columns {
    countries: Values,
    violations: Values,
    languages: Values,
    publisher: Values,
    publisher_name: Option<StrColumn>,
    kind: Values,
    published: Column<u64>,
}

/// A column of texts, each as its number in a tally.
#[derive(Debug, Default)]
struct Values {
    column: Option<StrColumn>,
    /// By the number that the segment gives to the text.
    numbers: Vec<u32>,
}

impl Columns {
    fn of(segment: &SegmentReader, tallies: &mut Tallies) -> tantivy::Result<Self> {
        Ok(Self {
            countries: Values::of(segment, "countries_about", &mut tallies.countries)?,
            violations: Values::of(segment, "violations_about", &mut tallies.violations)?,
            languages: Values::of(segment, "languages", &mut tallies.languages)?,
            publisher: Values::of(segment, "publisher", &mut tallies.publishers)?,
            publisher_name: segment.fast_fields().str("publisher_name")?,
            kind: Values::of(segment, "publisher_kind", &mut tallies.kinds)?,
            published: segment.fast_fields().u64("published_first")?,
        })
    }
}

impl Values {
    fn of(segment: &SegmentReader, name: &str, tally: &mut Tally) -> tantivy::Result<Self> {
        let Some(column) = segment.fast_fields().str(name)? else { return Ok(Self::default()) };
        let mut numbers = Vec::with_capacity(column.num_terms());
        let mut texts = column.dictionary().stream()?;
        while texts.advance() {
            numbers.push(tally.number(&String::from_utf8_lossy(texts.key())));
        }
        Ok(Self { column: Some(column), numbers })
    }

    /// The numbers of a passage's values.
    fn numbers(&self, doc: u32) -> impl Iterator<Item = u32> {
        let ords = self.column.iter().flat_map(move |column| column.term_ords(doc));
        ords.filter_map(|ord| self.numbers.get(ord as usize).copied())
    }
}
