//! What an index stores of files and passages, found by the names of its fields: whatever else its schema has, and whichever
//! version wrote it.

use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, ReloadPolicy, Searcher, TantivyDocument, Term};

use super::record::{FileRecord, PassageRecord};
use super::{Error, KIND_FILE, KIND_PASSAGE, PassageAddress, engine, field};
use crate::document::DocumentId;

/// The stored records of a commit.
pub(super) struct Stored {
    /// tantivy's searcher over the commit.
    pub searcher: Searcher,
    kind: Field,
    document: Field,
    record: Field,
    passage: Field,
}

impl Stored {
    /// The records of an index's last commit.
    ///
    /// # Errors
    /// When it cannot be read, or has no field of such a name.
    pub fn of(index: &tantivy::Index) -> Result<Self, Error> {
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(engine)?;
        let schema = index.schema();
        Ok(Self {
            searcher: reader.searcher(),
            kind: schema.get_field(field::KIND).map_err(engine)?,
            document: schema.get_field(field::DOCUMENT).map_err(engine)?,
            record: schema.get_field(field::RECORD).map_err(engine)?,
            passage: schema.get_field(field::PASSAGE).map_err(engine)?,
        })
    }

    /// Gives every file's record to `take`, one after another, in no order.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn each_file(&self, take: impl FnMut(FileRecord)) -> Result<(), Error> {
        self.each_record(&term_query(Term::from_field_text(self.kind, KIND_FILE)), take)
    }

    /// Gives the record of every file that a query finds to `take`, one after another, in no order.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn each_record(
        &self,
        query: &dyn Query,
        mut take: impl FnMut(FileRecord),
    ) -> Result<(), Error> {
        let found =
            self.searcher.search(query, &tantivy::collector::DocSetCollector).map_err(engine)?;
        // In the order in which they are stored: several share a block, which is then taken apart once.
        let mut addresses: Vec<DocAddress> = found.into_iter().collect();
        addresses.sort_unstable();
        for address in addresses {
            take(serde_json::from_slice(&self.bytes(address, self.record)?)?);
        }
        Ok(())
    }

    /// The record of every file that a query finds, in order of path.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn files(&self, query: &dyn Query) -> Result<Vec<FileRecord>, Error> {
        let mut files = Vec::new();
        self.each_record(query, |record| files.push(record))?;
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }

    /// The records of every file that holds a document: first the one that describes it, then the others in order of path.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn files_of(&self, id: DocumentId) -> Result<Vec<FileRecord>, Error> {
        let query = both(
            Term::from_field_text(self.kind, KIND_FILE),
            Term::from_field_u64(self.document, id.0),
        );
        let mut files = self.files(&query)?;
        let describes = |file: &FileRecord| {
            file.document.as_ref().is_some_and(|document| document.described_by.path == file.path)
        };
        // Stable, so that the others stay in order.
        files.sort_by_key(|file| !describes(file));
        Ok(files)
    }

    /// Where the passages of a document stand, in their order.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn passages_of(&self, id: DocumentId) -> Result<Vec<PassageAddress>, Error> {
        let query = both(
            Term::from_field_text(self.kind, KIND_PASSAGE),
            Term::from_field_u64(self.document, id.0),
        );
        let mut found = Vec::new();
        for address in
            self.searcher.search(&query, &tantivy::collector::DocSetCollector).map_err(engine)?
        {
            let segment = self.searcher.segment_reader(address.segment_ord);
            let ordinal = segment
                .fast_fields()
                .u64(field::ORDINAL)
                .map_err(engine)?
                .first(address.doc_id)
                .unwrap_or(0);
            found.push((
                ordinal,
                PassageAddress { segment: address.segment_ord, doc: address.doc_id },
            ));
        }
        found.sort_unstable();
        Ok(found.into_iter().map(|(_, address)| address).collect())
    }

    /// A passage as it was stored.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn passage(&self, address: PassageAddress) -> Result<PassageRecord, Error> {
        let stored = self.bytes(DocAddress::new(address.segment, address.doc), self.passage)?;
        Ok(serde_json::from_slice(&stored)?)
    }

    fn bytes(&self, address: DocAddress, field: Field) -> Result<Vec<u8>, Error> {
        let document: TantivyDocument = self.searcher.doc(address).map_err(engine)?;
        let bytes =
            document.get_first(field).and_then(|value| value.as_bytes().map(<[u8]>::to_vec));
        Ok(bytes.unwrap_or_default())
    }
}

/// What has a term.
pub(super) fn term_query(term: Term) -> TermQuery {
    TermQuery::new(term, IndexRecordOption::Basic)
}

/// What has both of two terms.
fn both(one: Term, other: Term) -> BooleanQuery {
    let clause = |term| (Occur::Must, Box::new(term_query(term)) as Box<dyn Query>);
    BooleanQuery::new(vec![clause(one), clause(other)])
}
