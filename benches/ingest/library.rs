//! The folder that is measured: its files in memory, and what comes out of them.

use std::path::{Path, PathBuf};

use amparo::annotate::{Annotation, Annotator, Context};
use amparo::document::DocumentId;
use amparo::extract::{Extracted, Limits, extract};
use amparo::index::record::{DescribedBy, DocumentRecord};
use rayon::prelude::*;

/// A document whose languages are told and that is annotated: what the writer is given.
#[derive(Clone)]
pub struct Ready {
    /// What is known of it; only what costs an index something is filled in.
    pub record: DocumentRecord,
    /// Its passages with their annotation.
    pub extracted: Extracted,
    /// What it is about.
    pub annotation: Annotation,
}

/// A folder's documents at each stage of ingest, and the totals that rates are made of.
pub struct Library {
    /// Where it is.
    pub folder: PathBuf,
    /// Bytes of each readable file.
    pub files: Vec<Vec<u8>>,
    /// What came out of each.
    pub extracted: Vec<Extracted>,
    /// The same, annotated.
    pub ready: Vec<Ready>,
    /// Bytes of the files.
    pub bytes: usize,
    /// Pages and sections in them.
    pub passages: usize,
    /// Bytes of text in them.
    pub text: usize,
}

impl Library {
    /// Reads every PDF and HTML file of a folder. Files that can't be read are left out of every stage but the whole.
    pub fn read(folder: &Path) -> Self {
        let read = |path: &PathBuf| {
            let bytes = std::fs::read(path).expect("the library can be read");
            let extracted = extract(&bytes, "", &Limits::default()).ok()?;
            Some((bytes, extracted))
        };
        let (files, extracted): (Vec<_>, Vec<_>) =
            paths(folder).par_iter().filter_map(read).collect::<Vec<_>>().into_iter().unzip();
        let ready = extracted.par_iter().cloned().enumerate().map(annotate).collect();
        let passages = extracted.iter().flat_map(|document| &document.passages);
        let paragraphs = passages.clone().flat_map(|passage| &passage.paragraphs);
        Self {
            folder: folder.to_owned(),
            bytes: files.iter().map(Vec::len).sum(),
            passages: passages.count(),
            text: paragraphs.map(|paragraph| paragraph.text.len()).sum(),
            files,
            extracted,
            ready,
        }
    }

    /// One line: how much there is.
    pub fn summary(&self) -> String {
        format!(
            "{} files, {} pages and sections, {:.1} MB, {:.1} MB of text",
            self.files.len(),
            self.passages,
            self.bytes as f64 / 1e6,
            self.text as f64 / 1e6
        )
    }
}

/// Every PDF and HTML file under a folder, in order of path.
pub fn paths(folder: &Path) -> Vec<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    let mut paths = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder can be listed").flatten() {
            let path = entry.path();
            let extension = path.extension().and_then(std::ffi::OsStr::to_str);
            if path.is_dir() {
                folders.push(path);
            } else if matches!(extension, Some("pdf" | "html" | "htm")) {
                paths.push(path);
            }
        }
    }
    paths.sort();
    paths
}

/// Annotates, as ingest does.
pub fn annotate((number, extracted): (usize, Extracted)) -> Ready {
    let annotation = Annotator::builtin().annotate(&extracted.passages, &Context::default());
    let record = DocumentRecord {
        id: DocumentId(number as u64),
        hash: String::new(),
        format: extracted.format,
        title: extracted.metadata.title.clone().unwrap_or_default(),
        author: None,
        publisher: None,
        kind: None,
        symbols: Vec::new(),
        published: None,
        url: None,
        text_hash: 0,
        picture_pages: Vec::new(),
        signature: None,
        passages: extracted.passages.len() as u32,
        divided: 0,
        parts: Vec::new(),
        languages: Vec::new(),
        countries: Vec::new(),
        violations: Vec::new(),
        catalogue: Vec::new(),
        detected_publisher: amparo::document::DetectedPublisher::default(),
        detected_date: None,
        own: extracted.metadata.clone(),
        described_by: DescribedBy::default(),
    };
    Ready { record, extracted, annotation }
}
