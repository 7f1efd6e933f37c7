//! What a library holds, counted, and the files that gave trouble.

use std::collections::{BTreeMap, BTreeSet};

use super::{Error, Library};
use crate::index::Snapshot;
use crate::index::record::FileRecord;
use crate::index::vectors::Vectors;
use crate::output::contract::{Meaning, PicturesWithoutText, Status, Trouble};
use crate::semantic::model::{self, ModelFile};

/// Share of a document's letters from which it counts as being in a language.
const SHARE: f32 = 0.05;

/// What a library holds.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Holdings {
    /// The counts.
    pub status: Status,
    /// The files that gave trouble, in order of path.
    pub troubles: Vec<Trouble>,
    /// The files of which pages show only pictures, unless that is all they have: then they are among the troubles.
    pub pictures: Vec<PicturesWithoutText>,
}

impl Library {
    /// What it holds.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn status(&self) -> Result<Holdings, Error> {
        let snapshot = self.snapshot();
        let files = snapshot.files()?;
        let mut documents = BTreeSet::new();
        let (mut formats, mut languages) = (BTreeMap::new(), BTreeMap::new());
        for document in files.iter().filter_map(|file| file.document.as_ref()) {
            if documents.insert(document.id) {
                *formats.entry(document.format.as_str().to_owned()).or_default() += 1;
                for share in document.languages.iter().filter(|share| share.share >= SHARE) {
                    *languages.entry(share.language.to_string()).or_default() += 1;
                }
            }
        }
        let status = Status {
            index: self.place().to_owned(),
            roots: snapshot.manifest().roots.clone(),
            files: files.len(),
            documents: documents.len(),
            passages: snapshot.passage_count()?,
            formats,
            languages,
            outdated: files.iter().filter(|file| !file.is_read_by_today()).count(),
            failed: files.iter().filter(|file| file.failure.is_some()).count(),
            warned: files.iter().filter(|file| !file.warnings.is_empty()).count(),
            meaning: self.meaning(&snapshot)?,
            taxonomy_current: snapshot.manifest().taxonomy == crate::taxonomy::hash(),
        };
        let pictures = files.iter().filter_map(pictures).collect();
        let troubles = files.into_iter().filter_map(trouble).collect();
        Ok(Holdings { status, troubles, pictures })
    }

    /// What can be found by meaning.
    fn meaning(&self, snapshot: &Snapshot) -> Result<Meaning, Error> {
        let model = model::place().and_then(|place| ModelFile::open(&place).ok());
        let Some(model) = model else { return Ok(Meaning::default()) };
        let vectors = Vectors::open(self.place(), model.identity());
        let documents = snapshot.text_hashes()?;
        Ok(Meaning {
            model: true,
            of: documents.len(),
            documents: documents.into_iter().filter(|(id, text)| vectors.has(*id, *text)).count(),
            windows: vectors.windows(),
            bytes: vectors.bytes(),
            unusable: vectors.unusable(),
        })
    }
}

/// A file of which some pages show only pictures.
fn pictures(file: &FileRecord) -> Option<PicturesWithoutText> {
    let document = file.document.as_ref()?;
    let pages = document.picture_pages.clone();
    let are_some = !pages.is_empty() && pages.len() < document.passages as usize;
    are_some.then(|| PicturesWithoutText { path: file.path.clone(), pages })
}

/// A file that gave trouble.
fn trouble(file: FileRecord) -> Option<Trouble> {
    let is_trouble = file.failure.is_some() || !file.warnings.is_empty();
    is_trouble.then_some(Trouble {
        path: file.path,
        failure: file.failure,
        warnings: file.warnings,
        left_alone: file.isolated,
    })
}
