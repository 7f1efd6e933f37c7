//! Which files hold which document, kept in step with what the writer is given.
//!
//! Two rules hold at every commit: a document has its passages as long as a file holds it, and the record of each of those
//! files has the document as its passages describe it. Which file describes it may change as files come and go; the last
//! step, [`Library::settle`], describes anew what is described by another than the right one, from stored text.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

use rayon::prelude::*;

use super::content::Content;
use super::describe::{Described, describe, described_by};
use super::pace::Pace;
use super::read::{Outcome, Read};
use super::report::{Event, Report};
use super::{Observer, readers, walk};
use crate::document::DocumentId;
use crate::index::record::{CatalogueRow, DocumentRecord, FileRecord};
use crate::index::{Error, PassageDocument, Snapshot, Writer};

/// Passages that are described at a time, when documents are described again: they are all in memory.
const PASSAGES_AT_A_TIME: u32 = 4_000;

/// Files and documents of an index, as they will be after the next commit.
#[derive(Debug)]
pub(super) struct Library {
    files: HashMap<String, FileRecord>,
    documents: HashMap<DocumentId, Document>,
    /// Files that are gone. They hold their document until the end, so that a file that was moved finds it indexed, but do not
    /// describe it.
    gone: BTreeSet<String>,
    /// Files that are gone, by what they hold, as long as nothing says that they were moved.
    unclaimed: HashMap<DocumentId, usize>,
    /// Where stored text is read.
    snapshot: Option<Snapshot>,
}

#[derive(Debug, Default)]
struct Document {
    /// Paths of the files that hold it; their records say how its passages describe it.
    holders: BTreeSet<String>,
    /// Its passages came out of a file in this run, so that the snapshot has none or older ones.
    fresh: bool,
}

impl Library {
    /// What a snapshot has, with what is gone since.
    pub fn new(
        files: HashMap<String, FileRecord>,
        gone: &[String],
        snapshot: Option<Snapshot>,
    ) -> Self {
        let mut documents: HashMap<DocumentId, Document> = HashMap::new();
        let mut unclaimed: HashMap<DocumentId, usize> = HashMap::new();
        let gone: BTreeSet<String> = gone.iter().cloned().collect();
        for record in files.values() {
            let Some(held) = &record.document else { continue };
            let document = documents.entry(held.id).or_default();
            document.holders.insert(record.path.clone());
            if gone.contains(&record.path) {
                *unclaimed.entry(held.id).or_default() += 1;
            }
        }
        Self { files, documents, gone, unclaimed, snapshot }
    }

    /// Documents whose passages the index has.
    pub fn known(&self) -> HashSet<DocumentId> {
        self.documents.keys().copied().collect()
    }

    /// Gives a file another row of the catalogue.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn relabel(
        &mut self,
        path: &str,
        row: Option<CatalogueRow>,
        writer: &Writer,
    ) -> Result<(), Error> {
        if let Some(record) = self.files.get_mut(path) {
            record.row = row;
            writer.put_file(record)?;
        }
        Ok(())
    }

    /// Gives a file that was read to the writer; the number of passages that went in.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn put(
        &mut self,
        read: Read,
        writer: &Writer,
        report: &mut Report,
    ) -> Result<usize, Error> {
        let Read { mut record, outcome } = read;
        let path = record.path.clone();
        let known = self.files.contains_key(&path);
        report.bytes += record.size;
        match outcome {
            Outcome::Vanished => {
                self.vanish(&record, known, writer, report);
                Ok(0)
            }
            Outcome::Failed => {
                report.failed += 1;
                self.hold(record, None, writer);
                self.write_file(&path, writer)?;
                Ok(0)
            }
            Outcome::Known(id) => {
                record.warnings = self.warnings(id);
                report.warned += usize::from(!record.warnings.is_empty());
                self.count_place(&path, id, known, report);
                self.hold(record, Some(id), writer);
                self.write_known(id, &path, writer)?;
                Ok(0)
            }
            Outcome::Document { document, passages, text_bytes } => {
                report.text_bytes += text_bytes;
                report.warned += usize::from(!record.warnings.is_empty());
                self.count_place(&path, document.id, known, report);
                self.hold(record, Some(document.id), writer);
                self.write_new(*document, passages, &path, writer)
            }
        }
    }

    /// Takes out what is gone. Last, so that a file that was moved finds its document still indexed.
    pub fn remove_gone(&mut self, writer: &Writer) {
        for path in std::mem::take(&mut self.gone) {
            writer.remove_file(&path);
            self.release(&path, None, writer);
        }
    }

    /// Whether a document is described by another file, row or taxonomy than is right once what is gone has left.
    pub fn is_settled(&self) -> bool {
        self.documents.values().all(|document| self.is_described(document))
    }

    /// Describes from stored text what is described by another file, row or taxonomy than is right; how many documents that
    /// were.
    ///
    /// # Errors
    /// When the index cannot be read or written.
    pub fn settle(
        &mut self,
        writer: &mut Writer,
        threads: usize,
        pace: &mut Pace,
        observe: &Observer<'_>,
    ) -> Result<usize, super::Error> {
        let unsettled = self.documents.iter().filter(|(_, one)| !self.is_described(one));
        let mut ids: Vec<DocumentId> = unsettled.map(|(id, _)| *id).collect();
        if ids.is_empty() {
            return Ok(0);
        }
        ids.sort_unstable();
        observe(Event::Redescribing { documents: ids.len() });
        if ids.iter().any(|id| self.documents[id].fresh) {
            writer.commit()?;
            self.snapshot = Some(writer.snapshot()?);
        }
        let pool = readers::pool(threads)?;
        let mut rest = ids.as_slice();
        while !rest.is_empty() {
            let (now, later) = rest.split_at(self.batch(rest));
            rest = later;
            let described: Vec<Result<Option<Described>, Error>> =
                pool.install(|| now.par_iter().map(|id| self.describe_stored(*id)).collect());
            for (id, described) in now.iter().zip(described) {
                // A document whose text is lost, as only a damaged index has it, stays as it is.
                let Some((document, passages)) = described? else { continue };
                let count = passages.len();
                self.write(*id, &document, passages, writer)?;
                observe(Event::Redescribed);
                pace.after(count, writer)?;
            }
        }
        Ok(ids.len())
    }

    /// How many of these documents are described at a time.
    fn batch(&self, ids: &[DocumentId]) -> usize {
        let mut passages = 0;
        let within = ids.iter().take_while(|id| {
            let written = self.documents.get(id).and_then(|one| self.written(one));
            passages += written.map_or(0, |document| document.passages);
            passages <= PASSAGES_AT_A_TIME
        });
        within.count().max(1)
    }

    fn is_described(&self, document: &Document) -> bool {
        let Some(file) = self.describing(document) else { return true };
        self.written(document).is_some_and(|written| written.described_by == described_by(file))
    }

    /// A document as its passages describe it, which every file that holds it says; `None` while it has none.
    fn written(&self, document: &Document) -> Option<&DocumentRecord> {
        let mut holders = document.holders.iter();
        holders.find_map(|path| self.files.get(path)?.document.as_ref())
    }

    /// The file that describes a document: of those that are not gone the first that has a row in the catalogue, or the first.
    fn describing(&self, document: &Document) -> Option<&FileRecord> {
        let there = || {
            let paths = document.holders.iter().filter(|path| !self.gone.contains(*path));
            paths.filter_map(|path| self.files.get(path))
        };
        there().find(|file| file.row.is_some()).or_else(|| there().next())
    }

    /// A document described from the text that is stored of it.
    fn describe_stored(&self, id: DocumentId) -> Result<Option<Described>, Error> {
        let Some(file) = self.documents.get(&id).and_then(|one| self.describing(one)) else {
            return Ok(None);
        };
        let Some(snapshot) = &self.snapshot else { return Ok(None) };
        let stored = snapshot.files_of(id)?.into_iter().find_map(|file| file.document);
        let Some(document) = stored else { return Ok(None) };
        describe(Content::stored(snapshot, &document)?, file).map(Some)
    }

    /// Notes that a path holds a document, or none, in place of what it held.
    fn hold(&mut self, mut record: FileRecord, id: Option<DocumentId>, writer: &Writer) {
        let held = self.files.get(&record.path).and_then(|known| known.document.as_ref());
        if let Some(held) = held.filter(|held| Some(held.id) == id) {
            record.document = Some(held.clone());
        }
        self.release(&record.path, id, writer);
        if let Some(id) = id {
            self.documents.entry(id).or_default().holders.insert(record.path.clone());
        }
        self.files.insert(record.path.clone(), record);
    }

    /// A path no longer holds what it held; passages of a document that no path holds any more are removed, unless it is
    /// `kept`.
    fn release(&mut self, path: &str, kept: Option<DocumentId>, writer: &Writer) {
        let Some(held) = self.files.remove(path).and_then(|record| record.document) else { return };
        if kept == Some(held.id) {
            return;
        }
        if let Some(document) = self.documents.get_mut(&held.id) {
            document.holders.remove(path);
            if document.holders.is_empty() {
                self.documents.remove(&held.id);
                writer.remove_passages(held.id);
            }
        }
    }

    /// The warnings about a document's content, which are those about every file that holds it.
    fn warnings(&self, id: DocumentId) -> Vec<String> {
        let holders = self.documents.get(&id).into_iter().flat_map(|one| &one.holders);
        let mut files = holders.filter_map(|path| self.files.get(path));
        files.next().map(|file| file.warnings.clone()).unwrap_or_default()
    }

    /// Writes a file whose document the index has.
    fn write_known(&mut self, id: DocumentId, path: &str, writer: &Writer) -> Result<(), Error> {
        let written = self.documents.get(&id).and_then(|document| self.written(document));
        if let Some(written) = written.cloned() {
            self.set_document(path, written);
            return self.write_file(path, writer);
        }
        // The last other file that held it has changed since it was read.
        if let Some((document, passages)) = self.describe_stored(id)? {
            return self.write(id, &document, passages, writer);
        }
        self.write_file(path, writer)
    }

    /// Writes a document that came out of a file, described by whichever file is the right one; how many passages.
    fn write_new(
        &mut self,
        document: DocumentRecord,
        passages: Vec<PassageDocument>,
        path: &str,
        writer: &Writer,
    ) -> Result<usize, Error> {
        let id = document.id;
        let count = passages.len();
        let Some(state) = self.documents.get(&id) else { return Ok(0) };
        let fresh = state.fresh && self.is_described(state);
        if let Some(written) = self.written(state).filter(|_| fresh).cloned() {
            self.set_document(path, written);
            self.write_file(path, writer)?;
            return Ok(0);
        }
        let (document, passages) = match self.describing(state) {
            Some(file) if file.path != path => {
                describe(Content::made(&document, &passages)?, file)?
            }
            _ => (document, passages),
        };
        self.write(id, &document, passages, writer)?;
        if let Some(state) = self.documents.get_mut(&id) {
            state.fresh = true;
        }
        Ok(count)
    }

    /// Writes a document's passages and the record of each file that holds it.
    fn write(
        &mut self,
        id: DocumentId,
        document: &DocumentRecord,
        passages: Vec<PassageDocument>,
        writer: &Writer,
    ) -> Result<(), Error> {
        writer.put_passages(id, passages)?;
        let Some(state) = self.documents.get(&id) else { return Ok(()) };
        for path in &state.holders {
            if let Some(record) = self.files.get_mut(path) {
                record.document = Some(document.clone());
                writer.put_file(record)?;
            }
        }
        Ok(())
    }

    fn set_document(&mut self, path: &str, document: DocumentRecord) {
        if let Some(record) = self.files.get_mut(path) {
            record.document = Some(document);
        }
    }

    fn write_file(&self, path: &str, writer: &Writer) -> Result<(), Error> {
        self.files.get(path).map_or(Ok(()), |record| writer.put_file(record))
    }

    /// Counts a file that holds a document as moved or as a copy, where it is one.
    fn count_place(&mut self, path: &str, id: DocumentId, known: bool, report: &mut Report) {
        if !known
            && let Some(left) = self.unclaimed.get_mut(&id)
            && *left > 0
        {
            *left -= 1;
            report.moved += 1;
            report.added -= 1;
            report.removed -= 1;
            return;
        }
        let others = self.documents.get(&id).is_some_and(|document| {
            document.holders.iter().any(|holder| holder != path && !self.gone.contains(holder))
        });
        report.copies += usize::from(others);
    }

    fn vanish(&mut self, record: &FileRecord, known: bool, writer: &Writer, report: &mut Report) {
        if known {
            report.changed -= 1;
            report.removed += 1;
        } else {
            report.added -= 1;
        }
        report.found -= 1;
        report.bytes -= record.size;
        report.skipped.push(walk::Skipped {
            path: Path::new(&record.path).to_owned(),
            reason: walk::VANISHED.to_owned(),
        });
        writer.remove_file(&record.path);
        self.release(&record.path, None, writer);
    }
}
