//! The fields of the index: one tantivy document per passage, and one per file of the library.
//!
//! A passage carries what filters and ranking read of its document; everything else about a document stands once, in the
//! record of its file.

use std::sync::OnceLock;

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use super::analyzer;
use crate::analysis::fold;
use crate::document::Language;

/// Changes whenever an index of the version before cannot be read or would answer otherwise.
pub const SCHEMA_VERSION: u32 = 6;

/// Value of [`Fields::kind`] for a passage.
pub const KIND_PASSAGE: &str = "passage";

/// Value of [`Fields::kind`] for a file's record.
pub const KIND_FILE: &str = "file";

/// Names of the fields of [`Fields`]; a column is read by its name.
pub(crate) mod field {
    pub const KIND: &str = "kind";
    pub const DOCUMENT: &str = "document";
    pub const PATH: &str = "path";
    pub const DOCUMENT_PATH: &str = "document_path";
    pub const RECORD: &str = "record";
    pub const SIGNATURE: &str = "signature";
    pub const TEXT_HASH: &str = "text_hash";
    pub const ORDINAL: &str = "ordinal";
    pub const BODY_OTHER: &str = "body_other";
    pub const WORDS: &str = "words";
    pub const TITLE: &str = "title";
    pub const FRONT: &str = "front";
    pub const PUBLISHER: &str = "publisher";
    pub const PUBLISHER_NAME: &str = "publisher_name";
    pub const PUBLISHER_KIND: &str = "publisher_kind";
    pub const CELLS: &str = "cells";
    pub const SYMBOLS: &str = "symbols";
    pub const LANGUAGES: &str = "languages";
    pub const FORMAT: &str = "format";
    pub const PUBLISHED_FIRST: &str = "published_first";
    pub const PUBLISHED_LAST: &str = "published_last";
    pub const COUNTRIES_ABOUT: &str = "countries_about";
    pub const COUNTRIES_MENTIONED: &str = "countries_mentioned";
    pub const COUNTRY_MARKS: &str = "country_marks";
    pub const VIOLATIONS_ABOUT: &str = "violations_about";
    pub const VIOLATIONS_MENTIONED: &str = "violations_mentioned";
    pub const VIOLATION_MARKS: &str = "violation_marks";
    pub const PASSAGE: &str = "passage";
}

/// Handles of every field.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// [`KIND_PASSAGE`] or [`KIND_FILE`].
    pub kind: Field,
    /// The document's id as a number.
    pub document: Field,
    /// A file's path; only in file records.
    pub path: Field,
    /// The path of the file that describes the document; only in passages, to break ties.
    pub document_path: Field,
    /// A file's record as JSON; only in file records.
    pub record: Field,
    /// The numbers of the document's signature, in order; only in file records.
    pub signature: Field,
    /// Hash of the document's text, to tell which vectors are its: see [`super::record::text_hash`].
    pub text_hash: Field,
    /// The passage's number within its document, from 0.
    pub ordinal: Field,
    /// Stems of the paragraphs in each indexed language, in the order of [`Language::INDEXED`].
    pub bodies: [Field; Language::COUNT],
    /// Folded words of the paragraphs in other languages.
    pub body_other: Field,
    /// Folded words of every paragraph.
    pub words: Field,
    /// Folded words of the document's title.
    pub title: Field,
    /// Folded words of all that is known of the document: title, publisher, author.
    pub front: Field,
    /// The publisher, folded.
    pub publisher: Field,
    /// The publisher as it is written; only to be shown.
    pub publisher_name: Field,
    /// What kind of publisher it is: see [`crate::document::PublisherKind`].
    pub publisher_kind: Field,
    /// What the catalogue says of the document beyond the fields here: see [`cell`].
    pub cells: Field,
    /// The document's symbols, each its folded words: neither case nor what stands between them matters.
    pub symbols: Field,
    /// Codes of the passage's languages.
    pub languages: Field,
    /// `pdf` or `html`.
    pub format: Field,
    /// First day the published date can mean, `yyyymmdd`.
    pub published_first: Field,
    /// Last day it can mean.
    pub published_last: Field,
    /// Codes of the countries that the passage is about, itself or through its document.
    pub countries_about: Field,
    /// Codes of the countries that the passage mentions.
    pub countries_mentioned: Field,
    /// Packed [`super::packed_tags::PackedTag`]s of countries.
    pub country_marks: Field,
    /// Ids of the violations that the passage or its document is about.
    pub violations_about: Field,
    /// Ids of the violations that the passage mentions.
    pub violations_mentioned: Field,
    /// Packed [`super::packed_tags::PackedTag`]s of violations.
    pub violation_marks: Field,
    /// The passage's paragraphs and locator, as JSON.
    pub passage: Field,
}

impl Fields {
    /// The field in which text of a language is searched by words.
    pub fn body(&self, language: Language) -> Field {
        language.slot().map_or(self.body_other, |slot| self.bodies[slot])
    }
}

/// A value of a column of the catalogue as the term of [`Fields::cells`]: the column and the folded value, parted by a NUL.
pub fn cell(column: &str, value: &str) -> String {
    format!("{column}\0{}", fold(value))
}

/// The fields of the schema, which never change: a passage is made ready without building it again.
pub fn fields() -> Fields {
    static FIELDS: OnceLock<Fields> = OnceLock::new();
    *FIELDS.get_or_init(|| build().1)
}

/// The schema and its fields.
pub fn build() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let indexed = |tokenizer: &str, option| {
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer);
        TextOptions::default().set_indexing_options(indexing.set_index_option(option))
    };
    let text = |tokenizer| indexed(tokenizer, IndexRecordOption::WithFreqsAndPositions);
    // Phrases and proximity are asked of words as written; of stems only how many there are.
    let body = |tokenizer: &str| indexed(tokenizer, IndexRecordOption::WithFreqs);
    let fields = Fields {
        kind: schema.add_text_field(field::KIND, STRING),
        document: schema.add_u64_field(field::DOCUMENT, INDEXED | FAST),
        path: schema.add_text_field(field::PATH, STRING),
        document_path: schema.add_text_field(field::DOCUMENT_PATH, FAST),
        record: schema.add_bytes_field(field::RECORD, STORED),
        signature: schema.add_u64_field(field::SIGNATURE, FAST),
        text_hash: schema.add_u64_field(field::TEXT_HASH, FAST),
        ordinal: schema.add_u64_field(field::ORDINAL, INDEXED | FAST),
        bodies: Language::INDEXED.map(|language| {
            schema
                .add_text_field(&format!("body_{language}"), body(&analyzer::stems_name(language)))
        }),
        body_other: schema.add_text_field(field::BODY_OTHER, body(analyzer::WORDS)),
        words: schema.add_text_field(field::WORDS, text(analyzer::WORDS)),
        title: schema.add_text_field(field::TITLE, text(analyzer::WORDS)),
        front: schema.add_text_field(field::FRONT, text(analyzer::WORDS)),
        publisher: schema.add_text_field(field::PUBLISHER, STRING | FAST),
        publisher_name: schema.add_text_field(field::PUBLISHER_NAME, FAST),
        publisher_kind: schema.add_text_field(field::PUBLISHER_KIND, STRING | FAST),
        cells: schema.add_text_field(field::CELLS, STRING),
        symbols: schema.add_text_field(field::SYMBOLS, STRING),
        languages: schema.add_text_field(field::LANGUAGES, STRING | FAST),
        format: schema.add_text_field(field::FORMAT, STRING | FAST),
        published_first: schema.add_u64_field(field::PUBLISHED_FIRST, INDEXED | FAST),
        published_last: schema.add_u64_field(field::PUBLISHED_LAST, INDEXED | FAST),
        countries_about: schema.add_text_field(field::COUNTRIES_ABOUT, STRING | FAST),
        countries_mentioned: schema.add_text_field(field::COUNTRIES_MENTIONED, STRING),
        country_marks: schema.add_u64_field(field::COUNTRY_MARKS, FAST),
        violations_about: schema.add_text_field(field::VIOLATIONS_ABOUT, STRING | FAST),
        violations_mentioned: schema.add_text_field(field::VIOLATIONS_MENTIONED, STRING),
        violation_marks: schema.add_u64_field(field::VIOLATION_MARKS, FAST),
        passage: schema.add_bytes_field(field::PASSAGE, STORED),
    };
    (schema.build(), fields)
}
