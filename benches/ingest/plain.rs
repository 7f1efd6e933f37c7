//! The ceiling: tantivy as it comes, given the same text for fields of the same kinds.
//!
//! Its `default` tokenizer (runs of letters and digits, lower case) stands in for every analyzer, so nothing is stemmed
//! and no accent folded; text is stored as one string, with the same compression. What Amparo's index stage costs beyond
//! this is its own doing.

use std::path::Path;

use amparo::annotate::Tag;
use amparo::document::Language;
use tantivy::schema::{
    FAST, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexSettings, TantivyDocument};

use crate::library::Ready;

/// The heap that [`amparo::index::Writer`] gives tantivy.
const HEAP: usize = 128 << 20;

/// Indexes, commits, and waits for merges to end.
pub fn index(folder: &Path, ready: Vec<Ready>, threads: usize) {
    let mut schema = Schema::builder();
    let text = |option| {
        let indexing = TextFieldIndexing::default().set_tokenizer("default");
        TextOptions::default().set_indexing_options(indexing.set_index_option(option))
    };
    let with_positions = text(IndexRecordOption::WithFreqsAndPositions);
    let kind = schema.add_text_field("kind", STRING);
    let document = schema.add_u64_field("document", INDEXED | FAST);
    let ordinal = schema.add_u64_field("ordinal", INDEXED | FAST);
    let bodies = Language::ALL.map(|code| {
        schema.add_text_field(&format!("body_{code}"), text(IndexRecordOption::WithFreqs))
    });
    let words = schema.add_text_field("words", with_positions.clone());
    let title = schema.add_text_field("title", with_positions);
    let languages = schema.add_text_field("languages", STRING | FAST);
    let tags = schema.add_text_field("tags", STRING);
    let marks = schema.add_u64_field("marks", FAST);
    let stored = schema.add_bytes_field("passage", STORED);
    let compression = Compressor::Zstd(ZstdCompressor { compression_level: Some(3) });
    let settings = IndexSettings { docstore_compression: compression, ..IndexSettings::default() };
    let index = Index::builder()
        .schema(schema.build())
        .settings(settings)
        .create_in_dir(folder)
        .expect("the folder is writable");
    let mut writer = index
        .writer_with_num_threads::<TantivyDocument>(threads, HEAP)
        .expect("the folder is writable");
    for Ready { record, extracted, annotation } in ready {
        for (number, passage) in extracted.passages.into_iter().enumerate() {
            let mut indexed = TantivyDocument::new();
            indexed.add_text(kind, "passage");
            indexed.add_u64(document, record.id.0);
            indexed.add_u64(ordinal, number as u64);
            indexed.add_text(title, &record.title);
            let mut whole = String::new();
            for paragraph in &passage.paragraphs {
                indexed.add_text(bodies[paragraph.language.place()], &paragraph.text);
                indexed.add_text(words, &paragraph.text);
                indexed.add_text(languages, paragraph.language.code());
                whole.push_str(&paragraph.text);
                whole.push('\n');
            }
            let own = &annotation.passages[number];
            for Tag { id, .. } in &own.countries {
                indexed.add_text(tags, id.as_str());
                indexed.add_u64(marks, u64::from(id.to_u16()));
            }
            for Tag { id, .. } in &own.violations {
                indexed.add_text(tags, id.0.to_string());
                indexed.add_u64(marks, u64::from(id.0));
            }
            indexed.add_bytes(stored, whole.as_bytes());
            writer.add_document(indexed).expect("the folder is writable");
        }
    }
    writer.commit().expect("the folder is writable");
    writer.wait_merging_threads().expect("merges end");
}
