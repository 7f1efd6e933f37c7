//! Files of vectors are added, and leave: what is of no document any more, what was left behind, what is damaged.
//!
//! A file is written beside its place and moved there, and never changed; what is to stay of an old one is written to a new
//! one before the old one is removed. So vectors are lost at no moment, and what stands twice in between counts once.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::file::{self, VectorFile};
use super::{DocumentVectors, EXTENSION, FOLDER, Identity, Vectors, number_of, paths};
use crate::document::DocumentId;
use crate::index::Error;

/// Windows that a file has when it is full: 25 MB. A document's are never parted.
const FULL: usize = 1 << 16;

/// Windows below which a file is small, and so many small files, from which they are made one.
const SMALL: (usize, usize) = (FULL / 8, 8);

/// Writes documents' vectors into a file of its own; its path.
///
/// # Errors
/// When the file system refuses.
pub fn append(
    index: &Path,
    identity: Identity,
    documents: &[(DocumentId, DocumentVectors)],
) -> Result<PathBuf, Error> {
    let last = paths(index).last().and_then(|path| number_of(path));
    let number = last.map_or(0, |last| last + 1);
    let path = index.join(FOLDER).join(format!("{number:08}{EXTENSION}"));
    match write(&path, &file::bytes(identity, documents)) {
        Ok(()) => Ok(path),
        Err(source) => Err(Error::Io { path, source }),
    }
}

/// Writes files of a version that did not say of which text a document's vectors are so that they do: of the text that has this
/// hash, or else they leave.
///
/// # Errors
/// When the file system refuses; nothing is lost by it.
pub fn adopt(index: &Path, text_hash: impl Fn(DocumentId) -> Option<u64>) -> Result<(), Error> {
    for path in paths(index) {
        let Some(file) = VectorFile::open(&path).ok().flatten() else { continue };
        if file.knows_texts() || !file.is_whole() {
            continue;
        }
        let (identity, mut first, mut documents) = (file.identity(), 0, Vec::new());
        for entry in file.documents() {
            let passages = first..first + entry.passages as usize;
            first = passages.end;
            let Some(text_hash) = text_hash(entry.id) else { continue };
            documents.push((entry.id, file.vectors(text_hash, passages)));
        }
        if !documents.is_empty() {
            append(index, identity, &documents)?;
        }
        remove(path)?;
    }
    Ok(())
}

/// Removes files of which a vector is not as it was written. Reads all of them.
///
/// # Errors
/// When the file system refuses.
pub fn drop_altered(index: &Path) -> Result<(), Error> {
    for path in paths(index) {
        let whole = VectorFile::open(&path).ok().flatten().is_some_and(|file| file.is_whole());
        if !whole {
            remove(path)?;
        }
    }
    Ok(())
}

/// Takes out of the files whatever is not of documents and texts that are alive, with other models' files if a model is given, files that
/// cannot be used, and what interrupted writers left; and makes many small files one.
///
/// # Errors
/// When the file system refuses; nothing is lost by it.
pub fn tidy(
    index: &Path,
    model: Option<Identity>,
    is_alive: impl Fn(DocumentId, u64) -> bool,
) -> Result<(), Error> {
    let opened = paths(index).into_iter().filter_map(|path| VectorFile::open(&path).ok().flatten());
    let mut models: Vec<Identity> = opened.map(|file| file.identity()).collect();
    models.retain(|own| model.is_none_or(|model| model == *own));
    models.sort_unstable();
    models.dedup();
    let mut kept = Vec::new();
    for model in models {
        kept.extend(tidy_model(index, model, &is_alive)?);
    }
    let entries = fs::read_dir(index.join(FOLDER)).into_iter().flatten();
    let there = entries.filter_map(|entry| Some(entry.ok()?.path()));
    there.filter(|path| !kept.contains(path)).try_for_each(remove)
}

/// Tidies the files of one model; those that are to stay.
fn tidy_model(
    index: &Path,
    model: Identity,
    is_alive: impl Fn(DocumentId, u64) -> bool,
) -> Result<Vec<PathBuf>, Error> {
    let vectors = Vectors::open(index, model);
    let mut living: Vec<Vec<DocumentId>> = vec![Vec::new(); vectors.files.len()];
    for (id, place) in &vectors.documents {
        if !is_alive(*id, place.text_hash) {
            continue;
        }
        living[place.file as usize].push(*id);
    }
    let is_small = |file: &VectorFile| file.windows() < SMALL.0;
    let many = vectors.files.iter().filter(|file| is_small(file)).count() >= SMALL.1;
    let (mut kept, mut moved) = (Vec::new(), Vec::new());
    for (file, living) in vectors.files.iter().zip(living) {
        if living.len() == file.documents().len() && !living.is_empty() && !(many && is_small(file))
        {
            kept.push(file.path().to_owned());
        } else {
            moved.extend(living);
        }
    }
    moved.sort_unstable();
    let (mut batch, mut windows) = (Vec::new(), 0);
    for (at, id) in moved.iter().enumerate() {
        let document = vectors.document(*id);
        windows += document.scales.len();
        batch.push((*id, document));
        if windows >= FULL || at + 1 == moved.len() {
            kept.push(append(index, model, &batch)?);
            (batch, windows) = (Vec::new(), 0);
        }
    }
    Ok(kept)
}

fn remove(path: PathBuf) -> Result<(), Error> {
    fs::remove_file(&path).map_err(|source| Error::Io { path, source })
}

/// Writes a file beside its place, brings it to the disk, then moves it there.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|refused| refused.error)?;
    // The name has to stay, too.
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    Ok(())
}
