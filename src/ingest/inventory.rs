//! Which files hold which document, kept in step with what the writer is given.
//!
//! Two rules hold at every commit: a document has its passages as long as a file holds it, and the record of each of those
//! files has the document as its passages describe it. Which file describes it may change as files come and go; the last
//! step, [`Inventory::settle`], describes anew what is described by another than the right one, from stored text.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::commit_policy::CommitPolicy;
use super::content::Content;
use super::describe::{Described, at_a_time, describe};
use super::read::{Outcome, Read};
use super::report::{Event, Report};
use super::state::{DocumentState, FileState, PassageOrigin};
use super::{Observer, readers, walk};
use crate::document::DocumentId;
use crate::index::record::{CatalogueRow, DocumentRecord, FileRecord, ReadBy};
use crate::index::{Error, Manifest, PassageDocument, Snapshot, Writer};

/// Files and documents of an index, as they will be after the next commit.
#[derive(Debug)]
pub(super) struct Inventory {
    files: HashMap<Arc<str>, FileState>,
    documents: HashMap<DocumentId, DocumentState>,
    /// Files that are gone. They hold their document until the end, so that a file that was moved finds it indexed, but do not
    /// describe it.
    gone: BTreeSet<Arc<str>>,
    /// Files that are gone, by what they hold, as long as nothing says that they were moved.
    unclaimed: HashMap<DocumentId, usize>,
    /// Where stored text is read.
    snapshot: Option<Snapshot>,
    /// The folder of the file at hand: most files share it.
    root: Arc<str>,
}

impl Inventory {
    /// What a snapshot has.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(snapshot: Option<Snapshot>) -> Result<Self, Error> {
        let mut files = HashMap::new();
        let mut documents: HashMap<DocumentId, DocumentState> = HashMap::new();
        let mut root: Arc<str> = "".into();
        let keep = |mut record: FileRecord| {
            let known = record.document.take();
            let mut file = FileState::of(record, &mut root, true);
            if let Some(known) = known {
                let document = documents.entry(known.id).or_default();
                document.hold(&file.path);
                document.describe(&known, PassageOrigin::Stored);
                file.document = Some(known.id);
            }
            files.insert(Arc::clone(&file.path), file);
        };
        snapshot.as_ref().map_or(Ok(()), |snapshot| snapshot.each_file(keep))?;
        let (gone, unclaimed) = (BTreeSet::new(), HashMap::new());
        Ok(Self { files, documents, gone, unclaimed, snapshot, root })
    }

    /// Notes that files are gone.
    pub fn miss(&mut self, gone: &[Arc<str>]) {
        for path in gone {
            if let Some(id) = self.files.get(path).and_then(|file| file.document) {
                *self.unclaimed.entry(id).or_default() += 1;
            }
        }
        self.gone.extend(gone.iter().cloned());
    }

    /// Its files by path.
    pub fn files(&self) -> &HashMap<Arc<str>, FileState> {
        &self.files
    }

    /// What the index it is read from says of itself; none without one.
    pub fn manifest(&self) -> Option<&Manifest> {
        self.snapshot.as_ref().map(Snapshot::manifest)
    }

    /// Whether a document is there with a text of this hash.
    pub fn has(&self, id: DocumentId, text_hash: u64) -> bool {
        self.documents.get(&id).is_some_and(|document| document.text_hash == text_hash)
    }

    /// Documents whose passages the index has as files are read today: who finds one of them need not take it out of its file.
    pub fn read_today(&self) -> HashSet<DocumentId> {
        let read_today = |document: &DocumentState| {
            let mut files = document.holders.iter().filter_map(|path| self.files.get(path));
            files.any(FileState::is_of_today)
        };
        let documents = self.documents.iter().filter(|(_, document)| read_today(document));
        documents.map(|(id, _)| *id).collect()
    }

    /// Gives a file another row of the catalogue.
    ///
    /// # Errors
    /// When the index cannot be read or written.
    pub fn relabel(
        &mut self,
        path: &str,
        row: Option<CatalogueRow>,
        writer: &Writer,
    ) -> Result<(), Error> {
        let Some(file) = self.files.get_mut(path) else { return Ok(()) };
        file.row = row.map(Box::new);
        let stored = file.document.map(|id| self.stored(id)).transpose()?.flatten();
        self.write_file(path, stored, writer)
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
        let known = self.files.contains_key(&*record.path);
        report.bytes += record.size;
        match outcome {
            Outcome::Vanished => {
                self.vanish(&record, known, writer, report);
                Ok(0)
            }
            Outcome::Failed => {
                report.failed += 1;
                if self.keep_as_it_was(&record, writer)? {
                    return Ok(0);
                }
                let path = self.hold(record, None, writer);
                self.write_file(&path, None, writer)?;
                Ok(0)
            }
            Outcome::Known(id) => {
                record.warnings = self.warnings(id);
                report.warned += usize::from(!record.warnings.is_empty());
                self.count_place(&record.path, id, known, report);
                let path = self.hold(record, Some(id), writer);
                self.write_known(id, &path, writer)?;
                Ok(0)
            }
            Outcome::Document { document, passages, text_bytes } => {
                report.text_bytes += text_bytes;
                report.warned += usize::from(!record.warnings.is_empty());
                self.count_place(&record.path, document.id, known, report);
                let (warnings, read_by) = (record.warnings.clone(), record.read_by.clone());
                let path = self.hold(record, Some(document.id), writer);
                self.note_reading(document.id, &warnings, read_by.as_ref());
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
        policy: &mut CommitPolicy,
        observe: &Observer<'_>,
    ) -> Result<usize, super::Error> {
        let unsettled = self.documents.iter().filter(|(_, one)| !self.is_described(one));
        let mut ids: Vec<DocumentId> = unsettled.map(|(id, _)| *id).collect();
        if ids.is_empty() {
            return Ok(0);
        }
        ids.sort_unstable();
        observe(Event::Redescribing { documents: ids.len() });
        if ids.iter().any(|id| self.documents[id].origin == PassageOrigin::Fresh) {
            writer.commit()?;
            self.snapshot = Some(writer.snapshot()?);
        }
        let pool = readers::pool(threads)?;
        let mut rest = ids.as_slice();
        while !rest.is_empty() {
            let count = |id| self.documents.get(id).map_or(0, |document| document.count);
            let (now, later) = rest.split_at(at_a_time(rest.iter().map(count)));
            rest = later;
            let described: Vec<Result<Option<Described>, Error>> =
                pool.install(|| now.par_iter().map(|id| self.describe_stored(*id)).collect());
            for (id, described) in now.iter().zip(described) {
                // A document whose text is lost, as only a damaged index has it, stays as it is.
                let Some((document, passages)) = described? else { continue };
                let count = passages.len();
                self.write(*id, &document, (passages, PassageOrigin::Described), writer)?;
                observe(Event::Redescribed);
                policy.after(count, writer)?;
            }
        }
        Ok(ids.len())
    }

    fn is_described(&self, document: &DocumentState) -> bool {
        let Some(file) = self.describing(document) else { return true };
        document.origin != PassageOrigin::None && document.described_by == file.fingerprint()
    }

    /// The file that describes a document: of those that are not gone the first that has a row in the catalogue, or the first.
    fn describing(&self, document: &DocumentState) -> Option<&FileState> {
        let there = || {
            let paths = document.holders.iter().filter(|path| !self.gone.contains(*path));
            paths.filter_map(|path| self.files.get(path))
        };
        there().find(|file| file.row.is_some()).or_else(|| there().next())
    }

    /// What the snapshot's records say of a document.
    fn stored(&self, id: DocumentId) -> Result<Option<DocumentRecord>, Error> {
        let Some(snapshot) = &self.snapshot else { return Ok(None) };
        Ok(snapshot.files_of(id)?.into_iter().find_map(|file| file.document))
    }

    /// A document described from the text that is stored of it.
    fn describe_stored(&self, id: DocumentId) -> Result<Option<Described>, Error> {
        let Some(file) = self.documents.get(&id).and_then(|one| self.describing(one)) else {
            return Ok(None);
        };
        let (Some(document), Some(snapshot)) = (self.stored(id)?, &self.snapshot) else {
            return Ok(None);
        };
        describe(Content::stored(snapshot, &document)?, &file.record(None)).map(Some)
    }

    /// Notes that a path holds a document, or none, in place of what it held; its path, to be shared.
    fn hold(&mut self, record: FileRecord, id: Option<DocumentId>, writer: &Writer) -> Arc<str> {
        let recorded = self.files.get(&*record.path).is_some_and(|known| known.recorded);
        self.release(&record.path, id, writer);
        let mut file = FileState::of(record, &mut self.root, recorded);
        file.document = id;
        let path = Arc::clone(&file.path);
        if let Some(id) = id {
            self.documents.entry(id).or_default().hold(&path);
        }
        self.files.insert(Arc::clone(&path), file);
        path
    }

    /// A path no longer holds what it held; passages of a document that no path holds any more are removed, unless it is
    /// `kept`.
    fn release(&mut self, path: &str, kept: Option<DocumentId>, writer: &Writer) {
        let Some(held) = self.files.remove(path).and_then(|file| file.document) else { return };
        if kept != Some(held)
            && let Some(document) = self.documents.get_mut(&held)
            && document.release(path)
        {
            self.documents.remove(&held);
            writer.remove_passages(held);
        }
    }

    /// The warnings about a document's content, which are those about every file that holds it.
    fn warnings(&self, id: DocumentId) -> Vec<String> {
        let holders = self.documents.get(&id).into_iter().flat_map(|one| &one.holders);
        let mut files = holders.filter_map(|path| self.files.get(path));
        files.next().map(|file| file.warnings.to_vec()).unwrap_or_default()
    }

    /// Notes what read a document for every file that holds it, also those that are not at hand to be read again.
    fn note_reading(&mut self, id: DocumentId, warnings: &[String], read_by: Option<&ReadBy>) {
        let holders = self.documents.get(&id).into_iter().flat_map(|one| &one.holders);
        for path in holders {
            if let Some(file) = self.files.get_mut(path) {
                file.warnings = warnings.into();
                file.read_by = read_by.cloned();
            }
        }
    }

    /// Keeps the document of a file that could be read before and cannot be now, though it is as it was: its text is better than
    /// none. It is not read again until it or its reader changes. Whether there was one.
    fn keep_as_it_was(&mut self, record: &FileRecord, writer: &Writer) -> Result<bool, Error> {
        let is_as_it_was = |file: &&mut FileState| {
            let same = (file.size, file.modified) == (record.size, record.modified);
            same && file.document.is_some() && !file.is_of_today()
        };
        let Some(file) = self.files.get_mut(&*record.path).filter(is_as_it_was) else {
            return Ok(false);
        };
        file.row = record.row.clone().map(Box::new);
        file.read_by.clone_from(&record.read_by);
        file.isolated = record.isolated;
        let failure = record.failure.as_deref().unwrap_or_default();
        file.warnings = [format!("its text is of an earlier reading; now: {failure}")].into();
        if let Some(id) = file.document {
            self.write_known(id, &record.path, writer)?;
        }
        Ok(true)
    }

    /// Writes a file whose document the index has.
    fn write_known(&mut self, id: DocumentId, path: &str, writer: &Writer) -> Result<(), Error> {
        let as_stored =
            self.documents.get(&id).is_some_and(|one| one.origin == PassageOrigin::Stored);
        if let Some(stored) = as_stored.then(|| self.stored(id)).transpose()?.flatten() {
            return self.write_file(path, Some(stored), writer);
        }
        // The last other file that held it has changed since it was read.
        if let Some((document, passages)) = self.describe_stored(id)? {
            return self.write(id, &document, (passages, PassageOrigin::Described), writer);
        }
        self.write_file(path, None, writer)
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
        let Some(state) = self.documents.get(&id) else { return Ok(0) };
        let (document, passages) = match self.describing(state) {
            Some(file) if *file.path != *path => {
                describe(Content::made(&document, &passages)?, &file.record(None))?
            }
            _ => (document, passages),
        };
        if state.origin == PassageOrigin::Fresh && self.is_described(state) {
            // A copy of what came out of another file already.
            self.write_file(path, Some(document), writer)?;
            return Ok(0);
        }
        let count = passages.len();
        self.write(id, &document, (passages, PassageOrigin::Fresh), writer)?;
        Ok(count)
    }

    /// Writes a document's passages and the record of each file that holds it.
    fn write(
        &mut self,
        id: DocumentId,
        document: &DocumentRecord,
        (passages, origin): (Vec<PassageDocument>, PassageOrigin),
        writer: &Writer,
    ) -> Result<(), Error> {
        let Some(state) = self.documents.get_mut(&id) else { return Ok(()) };
        if state.origin != PassageOrigin::None {
            writer.remove_passages(id);
        }
        writer.add_passages(passages)?;
        state.describe(document, origin);
        for path in state.holders.clone() {
            self.write_file(&path, Some(document.clone()), writer)?;
        }
        Ok(())
    }

    /// Writes a file's record, with what is known of the document in it.
    fn write_file(
        &mut self,
        path: &str,
        document: Option<DocumentRecord>,
        writer: &Writer,
    ) -> Result<(), Error> {
        let Some(file) = self.files.get_mut(path) else { return Ok(()) };
        if file.recorded {
            writer.remove_file(path);
        }
        file.recorded = true;
        writer.add_file(&file.record(document))
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
            document.holders.iter().any(|holder| **holder != *path && !self.gone.contains(holder))
        });
        report.copies += usize::from(others);
    }

    fn vanish(&mut self, record: &FileRecord, known: bool, writer: &Writer, report: &mut Report) {
        if known {
            let is_outdated = |file: &FileState| {
                !file.is_of_today() && (file.size, file.modified) == (record.size, record.modified)
            };
            let outdated =
                report.outdated > 0 && self.files.get(&*record.path).is_some_and(is_outdated);
            report.outdated -= usize::from(outdated);
            report.changed -= usize::from(!outdated);
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
