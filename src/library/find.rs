//! A document by what a person has of it: its id, the path of its file, or the symbol it is cited by.

use std::path::Path;

use super::{Error, Library};
use crate::analysis::folded_words;
use crate::document::{DocumentId, Locator};
use crate::index::Snapshot;
use crate::index::record::{DocumentRecord, FileRecord, PassageRecord, path_text};

/// A document that was found.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Found {
    /// The file that was asked for, or that describes the document.
    pub file: FileRecord,
    /// What is known of it.
    pub document: DocumentRecord,
    /// Paths of other files that are it too.
    pub copies: Vec<String>,
}

impl Library {
    /// The document of an id, a path (absolute, relative to here, or relative to the library), a file's name, or a symbol.
    ///
    /// # Errors
    /// When there is none, there are several, or its file could not be read.
    pub fn find(&self, asked: &Path) -> Result<Found, Error> {
        let name = path_text(asked);
        let mut files = files(&self.snapshot(), asked, &name)?.into_iter();
        let Some(file) = files.next() else { return Err(Error::NoDocument(name)) };
        let Some(document) = file.document.clone() else {
            let reason = file.failure.unwrap_or_else(|| "unknown reason".to_owned());
            return Err(Error::Unread { path: file.path, reason });
        };
        let others: Vec<FileRecord> = files.collect();
        let mut documents = vec![(document.id, file.path.clone())];
        for (id, other) in
            others.iter().filter_map(|other| Some((other.document.as_ref()?.id, other)))
        {
            if documents.iter().all(|(known, _)| *known != id) {
                documents.push((id, other.path.clone()));
            }
        }
        if documents.len() > 1 {
            return Err(Error::Ambiguous { asked: name, documents });
        }
        let copies = others.into_iter().map(|copy| copy.path).collect();
        Ok(Found { file, document, copies })
    }

    /// Files of nearly the same text as a document, one for each that there is.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn near_duplicates(&self, id: DocumentId) -> Result<Vec<FileRecord>, Error> {
        let snapshot = self.snapshot();
        let mut near = Vec::new();
        for other in snapshot.near_duplicates_of(id)? {
            near.extend(snapshot.files_of(other)?.into_iter().next());
        }
        Ok(near)
    }

    /// The passages of a document with their numbers from 0, or those of a page or section, counted from 1: a page on which one
    /// part ends and another begins is several passages.
    ///
    /// # Errors
    /// When there is no such page, or the index cannot be read.
    pub fn passages(
        &self,
        document: &DocumentRecord,
        page: Option<usize>,
    ) -> Result<Vec<(u64, PassageRecord)>, Error> {
        let snapshot = self.snapshot();
        let addresses = (0..).zip(snapshot.passages_of(document.id)?);
        let passages = addresses.map(|(at, address)| Ok((at, snapshot.passage(address)?)));
        let mut passages: Vec<(u64, PassageRecord)> = passages.collect::<Result<_, Error>>()?;
        let Some(page) = page else { return Ok(passages) };
        passages.retain(|(at, passage)| match passage.locator {
            Locator::Page { number, .. } => number as usize == page,
            Locator::Section { .. } => at + 1 == page as u64,
        });
        if passages.is_empty() {
            let (title, pages) = (document.title.clone(), document.pages());
            return Err(Error::NoPage { title, page, pages });
        }
        Ok(passages)
    }
}

/// The files that are meant, the one that is asked for first.
fn files(snapshot: &Snapshot, asked: &Path, name: &str) -> Result<Vec<FileRecord>, Error> {
    if let Ok(id) = name.parse::<DocumentId>()
        && name.len() == 16
    {
        return Ok(snapshot.files_of(id)?);
    }
    let absolute = std::fs::canonicalize(asked).or_else(|_| std::path::absolute(asked));
    if let Ok(absolute) = absolute
        && let Some(file) = snapshot.file(&path_text(&absolute))?
    {
        return Ok(vec![file]);
    }
    let symbol = folded_words(name);
    let (mut named, mut cited) = (Vec::new(), Vec::new());
    for file in snapshot.files()? {
        let symbols = file.document.iter().flat_map(|document| &document.symbols);
        if file.relative_path() == name || file.file_name() == name {
            named.push(file);
        } else if symbols.take(1).any(|own| folded_words(own) == symbol) {
            cited.push(file);
        }
    }
    Ok(if named.is_empty() { cited } else { named })
}
