//! How the whole of what matches is divided: documents and passages by country, violation, language, publisher, its
//! kind, and year.
//!
//! Selection passages in, counts out. What is counted under a country, violation, language or year is what a filter of that
//! value would leave. Beside each count stands how many publishers its documents come from: what one source says, another
//! should confirm.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use tantivy::SegmentReader;
use tantivy::columnar::StrColumn;

use super::matches::{DocumentMatches, PassageMatch, SegmentMatches};
use crate::document::DocumentId;
use crate::index::{Snapshot, field};

/// Counts by each kind of value, the largest first; years from the newest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
pub fn count(snapshot: &Snapshot, matches: &[SegmentMatches]) -> tantivy::Result<Facets> {
    let mut tallies = Tallies::default();
    let segments = snapshot.searcher().segment_readers().iter();
    let columns: Vec<FacetColumns> = segments
        .map(|segment| FacetColumns::of(segment, &mut tallies))
        .collect::<tantivy::Result<_>>()?;
    // By document, so that each is counted once, whichever segments its passages are in.
    let numbered = matches.iter().enumerate();
    let runs =
        numbered.flat_map(|(segment, found)| found.runs.iter().map(move |run| (segment, run)));
    let mut runs: Vec<(usize, &DocumentMatches)> = runs.collect();
    runs.sort_by_key(|(_, run)| run.document);
    for (segment, run) in runs {
        tallies.count(run, &matches[segment].all[run.matches.clone()], &columns[segment])?;
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
    /// Counts passages of one document.
    fn count(
        &mut self,
        run: &DocumentMatches,
        passages: &[PassageMatch],
        columns: &FacetColumns,
    ) -> tantivy::Result<()> {
        let Some(first) = passages.first().map(|first| first.doc) else { return Ok(()) };
        let publisher = columns.publisher.numbers(first).next();
        let counting = Counting { document: run.document, publisher };
        // What is known of the document is the same for each of its passages.
        let whole = |tally: &mut Tally, values: &Values| {
            for number in values.numbers(first) {
                tally.count(number, passages.len(), counting);
            }
        };
        whole(&mut self.publishers, &columns.publisher);
        whole(&mut self.kinds, &columns.kind);
        if let Some(day) = run.published {
            let number = self.years.number(&year(day / 10_000));
            self.years.count(number, passages.len(), counting);
        }
        let each = |tally: &mut Tally, values: &Values| {
            for number in passages.iter().flat_map(|passage| values.numbers(passage.doc)) {
                tally.count(number, 1, counting);
            }
        };
        each(&mut self.countries, &columns.countries);
        each(&mut self.violations, &columns.violations);
        each(&mut self.languages, &columns.languages);
        publisher.map_or(Ok(()), |number| self.write(number, columns, first))
    }

    /// Remembers how a publisher is written where it is met first.
    fn write(&mut self, publisher: u32, columns: &FacetColumns, doc: u32) -> tantivy::Result<()> {
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

/// What is counted: a document's passages.
#[derive(Clone, Copy, Debug)]
struct Counting {
    document: DocumentId,
    publisher: Option<u32>,
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

    /// Counts passages under a value; those of one document come one after another.
    fn count(&mut self, number: u32, passages: usize, of: Counting) {
        let counted = &mut self.counted[number as usize];
        counted.passages += passages;
        if counted.last != Some(of.document) {
            counted.last = Some(of.document);
            counted.documents += 1;
            counted.publishers.extend(of.publisher);
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
struct FacetColumns {
    countries: Values,
    violations: Values,
    languages: Values,
    publisher: Values,
    publisher_name: Option<StrColumn>,
    kind: Values,
}

/// A column of texts, each as its number in a tally.
#[derive(Debug, Default)]
struct Values {
    column: Option<StrColumn>,
    /// By the number that the segment gives to the text.
    numbers: Vec<u32>,
}

impl FacetColumns {
    fn of(segment: &SegmentReader, tallies: &mut Tallies) -> tantivy::Result<Self> {
        Ok(Self {
            countries: Values::of(segment, field::COUNTRIES_ABOUT, &mut tallies.countries)?,
            violations: Values::of(segment, field::VIOLATIONS_ABOUT, &mut tallies.violations)?,
            languages: Values::of(segment, field::LANGUAGES, &mut tallies.languages)?,
            publisher: Values::of(segment, field::PUBLISHER, &mut tallies.publishers)?,
            publisher_name: segment.fast_fields().str(field::PUBLISHER_NAME)?,
            kind: Values::of(segment, field::PUBLISHER_KIND, &mut tallies.kinds)?,
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
