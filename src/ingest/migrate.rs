//! An index of an earlier version made into one of this: every document described again from its stored text.
//!
//! The new index grows in a folder within the old one's and takes its place when it is whole. No file of the library is read,
//! so that nothing is lost of files that are gone or lie elsewhere; what lies where it did is read again after that, where an
//! earlier version read it. Languages are told again. Vectors stay: they go by what the text is.

#[cfg(test)]
mod tests;

use std::path::Path;

use rayon::prelude::*;

use super::commit_policy::CommitPolicy;
use super::content::Content;
use super::describe::{Described, at_a_time, describe};
use super::report::Event;
use super::{Error, Observer, Options, readers};
use crate::document::DocumentId;
use crate::index::record::FileRecord;
use crate::index::{self, Earlier, Snapshot, Writer, vectors};
use crate::language;

/// Name of the folder in which the new index grows.
const NEXT: &str = "next";

/// Makes the index of a folder, which has this earlier version, into one of today's; how many documents it has.
///
/// # Errors
/// [`index::Error::Unreadable`] where its records are of a form that is no longer understood; the old index then stands, as it
/// does when the new one cannot be written.
pub(super) fn migrate(
    index: &Path,
    version: u32,
    options: &Options,
    observe: &Observer<'_>,
) -> Result<usize, Error> {
    let earlier = Earlier::open(index, version)?;
    let next = index.join(NEXT);
    // Of a process that was killed.
    remove(&next)?;
    let taken = fill(&earlier, &next, options, observe).and_then(|documents| {
        let texts = Snapshot::open(&next)?.text_hashes()?;
        vectors::adopt(index, |id| texts.get(&id).copied())?;
        Ok(earlier.give_way(&next).map(|()| documents)?)
    });
    if taken.is_err() {
        // What cannot be removed now is by the next run.
        let _ = remove(&next);
        return taken;
    }
    // It deletes what is left of the old one.
    Writer::open(index, 1)?.close()?;
    taken
}

fn remove(folder: &Path) -> Result<(), Error> {
    match std::fs::remove_dir_all(folder) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::Path { path: folder.to_owned(), source })
        }
        _ => Ok(()),
    }
}

/// Writes all that an earlier index has into a new one; how many documents.
fn fill(
    earlier: &Earlier,
    next: &Path,
    options: &Options,
    observe: &Observer<'_>,
) -> Result<usize, Error> {
    let mut writer = Writer::open(next, options.threads())?;
    for root in earlier.roots() {
        writer.manifest.add_root(root);
    }
    let documents = documents(earlier, &writer)?;
    observe(Event::Migrating { documents: documents.len() });
    let pool = readers::pool(options.threads())?;
    let mut policy = CommitPolicy::every(options.commit_passages);
    let mut rest = documents.as_slice();
    while !rest.is_empty() {
        let (now, later) = rest.split_at(at_a_time(rest.iter().map(|(_, passages)| *passages)));
        rest = later;
        let described: Vec<Result<_, index::Error>> =
            pool.install(|| now.par_iter().map(|(id, _)| described(earlier, *id)).collect());
        for described in described {
            let Some((files, (document, passages))) = described? else { continue };
            let count = passages.len();
            writer.add_passages(passages)?;
            for file in files {
                writer.add_file(&FileRecord { document: Some(document.clone()), ..file })?;
            }
            observe(Event::Migrated);
            policy.after(count, &mut writer)?;
        }
    }
    writer.commit()?;
    writer.close()?;
    Ok(documents.len())
}

/// The documents, each with the number of its passages, in order; files that hold none are written at once.
fn documents(earlier: &Earlier, writer: &Writer) -> Result<Vec<(DocumentId, u32)>, Error> {
    let mut documents = Vec::new();
    let mut refused = Ok(());
    earlier.each_file(|file| match &file.document {
        Some(document) => documents.push((document.id, document.passages)),
        None if refused.is_ok() => refused = writer.add_file(&file),
        None => {}
    })?;
    refused?;
    documents.sort_unstable();
    documents.dedup();
    Ok(documents)
}

/// A document described from its stored text, and the files that hold it; `None` if there is none.
fn described(
    earlier: &Earlier,
    id: DocumentId,
) -> Result<Option<(Vec<FileRecord>, Described)>, index::Error> {
    let files = earlier.files_of(id)?;
    let first = files.first().and_then(|file| Some((file, file.document.as_ref()?)));
    let Some((file, document)) = first else { return Ok(None) };
    let mut content = Content::of(document, earlier.passages_of(id)?);
    language::tell_passages(&mut content.passages);
    let described = describe(content, file)?;
    Ok(Some((files, described)))
}
