//! What a document says, whatever its file is called: taken out of bytes, or as the index has it stored.

use serde::{Deserialize, Serialize};

use crate::document::{DocumentId, Format, Metadata, Part, PartKind, Passage};
use crate::extract::{self, Extracted, Limits};
use crate::index::record::{DocumentRecord, PassageRecord};
use crate::index::{self, PassageDocument, Snapshot};
use crate::parts;

/// A document's own words and what its file says of itself.
#[derive(Clone, Debug)]
pub(super) struct Content {
    /// BLAKE3 of the file's bytes in hexadecimal.
    pub hash: String,
    /// The document's id: the beginning of the hash.
    pub id: DocumentId,
    /// Its format.
    pub format: Format,
    /// What the file says of itself.
    pub metadata: Metadata,
    /// Its pages or sections, their languages told, divided where its parts begin.
    pub passages: Vec<Passage>,
    /// Its parts; none if it is one.
    pub parts: Vec<Part>,
}

/// What came out of a file: its content, and what could not be read of it.
#[derive(Clone, Debug)]
pub(super) struct ExtractedContent {
    /// The content.
    pub content: Content,
    /// The warnings, in words.
    pub warnings: Vec<String>,
}

impl ExtractedContent {
    /// Takes the content out of a file's bytes; `name` helps only where the bytes do not tell the format.
    pub fn from_bytes(
        bytes: &[u8],
        hash: &blake3::Hash,
        name: &str,
        limits: &Limits,
    ) -> Result<Self, extract::Error> {
        let Extracted { format, mut metadata, passages, warnings } =
            extract::extract(bytes, name, limits)?;
        let (passages, parts) = parts::divide(passages);
        if parts.iter().any(|part| part.kind == PartKind::Member) {
            // What the first pages show is the first member's.
            metadata = Metadata { language: metadata.language, ..Metadata::default() };
        }
        let content = Content {
            hash: hash.to_hex().to_string(),
            id: DocumentId::from_hash(hash.as_bytes()),
            format,
            metadata,
            passages,
            parts,
        };
        Ok(Self { content, warnings: warnings.iter().map(ToString::to_string).collect() })
    }
}

impl Content {
    /// The content of a document that a snapshot has, without its file.
    pub fn stored(snapshot: &Snapshot, document: &DocumentRecord) -> Result<Self, index::Error> {
        let addresses = snapshot.passages_of(document.id)?.into_iter();
        let records = addresses.map(|address| snapshot.passage(address));
        Ok(Self::of(document, records.collect::<Result<_, _>>()?))
    }

    /// The content of a document whose passages have been made ready already.
    pub fn made(
        document: &DocumentRecord,
        passages: &[PassageDocument],
    ) -> Result<Self, index::Error> {
        let records = passages.iter().map(PassageDocument::record);
        Ok(Self::of(document, records.collect::<Result<_, _>>()?))
    }

    /// The content of a document whose record and passages were read.
    pub fn of(document: &DocumentRecord, passages: Vec<PassageRecord>) -> Self {
        Self {
            hash: document.hash.clone(),
            id: document.id,
            format: document.format,
            metadata: document.own.clone(),
            passages: passages.into_iter().map(Passage::from).collect(),
            parts: document.parts.iter().map(|part| part.part.clone()).collect(),
        }
    }

    /// Bytes of its text.
    pub fn text_bytes(&self) -> u64 {
        let paragraphs = self.passages.iter().flat_map(|passage| &passage.paragraphs);
        paragraphs.map(|paragraph| paragraph.text.len() as u64).sum()
    }
}

/// [`ExtractedContent`] as it passes from one process to another.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Message {
    hash: String,
    format: Format,
    metadata: Metadata,
    passages: Vec<PassageRecord>,
    parts: Vec<Part>,
    warnings: Vec<String>,
}

impl From<ExtractedContent> for Message {
    fn from(ExtractedContent { content, warnings }: ExtractedContent) -> Self {
        Self {
            hash: content.hash,
            format: content.format,
            metadata: content.metadata,
            passages: content.passages.into_iter().map(PassageRecord::from).collect(),
            parts: content.parts,
            warnings,
        }
    }
}

impl Message {
    /// What was taken out of the file; `None` if the hash is none.
    pub fn taken(self) -> Option<ExtractedContent> {
        let id = self.hash.get(..16)?.parse().ok()?;
        let content = Content {
            id,
            hash: self.hash,
            format: self.format,
            metadata: self.metadata,
            passages: self.passages.into_iter().map(Passage::from).collect(),
            parts: self.parts,
        };
        Some(ExtractedContent { content, warnings: self.warnings })
    }
}
