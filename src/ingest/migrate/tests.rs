//! An index of another schema becomes one of today's, whatever happens on the way.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tantivy::schema::{FAST, INDEXED, STORED, STRING, Schema, TEXT};

use super::super::tests::state;
use super::super::{Error, Options, Report, ingest};
use crate::document::Format;
use crate::index::faults::{Fault, give, take_back};
use crate::index::record::ReadBy;
use crate::index::{self, KIND_FILE, KIND_PASSAGE, SCHEMA_VERSION, Snapshot};

/// A library of which a file is gone and another cannot be read, and its index.
struct Indexed {
    folder: tempfile::TempDir,
}

impl Indexed {
    fn new() -> Self {
        let indexed = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(indexed.library()).unwrap();
        for name in ["stays", "goes"] {
            let text = format!("<p>Of {name} this page speaks, in Honduras and elsewhere.</p>");
            let page = format!("<html><title>{name}</title><h1>{name}</h1>{}", text.repeat(4));
            fs::write(indexed.library().join(format!("{name}.html")), page).unwrap();
        }
        fs::copy(indexed.library().join("stays.html"), indexed.library().join("copy.html"))
            .unwrap();
        fs::write(indexed.library().join("damaged.pdf"), "%PDF-1.4\nnothing").unwrap();
        indexed.ingest(&indexed.path("index"), &|_| {}).unwrap();
        fs::remove_file(indexed.library().join("goes.html")).unwrap();
        indexed
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn library(&self) -> PathBuf {
        self.path("library")
    }

    fn ingest(&self, index: &Path, set: &dyn Fn(&mut Options)) -> Result<Report, Error> {
        let mut options = Options::new(vec![self.library()], index.to_owned());
        options.keep_missing = true;
        options.jobs = Some(1);
        set(&mut options);
        ingest(&options, &|_| {})
    }

    /// The same as the index, as a schema with other fields in another order would have it, its records changed.
    fn of_version(&self, name: &str, version: u32, record: &dyn Fn(Vec<u8>) -> Vec<u8>) -> PathBuf {
        let folder = self.path(name);
        fs::create_dir(&folder).unwrap();
        let mut schema = Schema::builder();
        schema.add_text_field("forgotten", TEXT);
        let records = schema.add_bytes_field("record", STORED);
        let passages = schema.add_bytes_field("passage", STORED);
        let ordinal = schema.add_u64_field("ordinal", FAST);
        let document = schema.add_u64_field("document", INDEXED | FAST);
        let kind = schema.add_text_field("kind", STRING);
        let index = tantivy::Index::create_in_dir(&folder, schema.build()).unwrap();
        let mut writer = index.writer_with_num_threads(1, 16 << 20).unwrap();
        let now = Snapshot::open(&self.path("index")).unwrap();
        for file in now.files().unwrap() {
            let mut indexed = tantivy::TantivyDocument::new();
            indexed.add_text(kind, KIND_FILE);
            if let Some(known) = &file.document {
                indexed.add_u64(document, known.id.0);
            }
            indexed.add_bytes(records, &record(serde_json::to_vec(&file).unwrap()));
            writer.add_document(indexed).unwrap();
        }
        for id in now.documents().unwrap() {
            for (number, address) in now.passages_of(id).unwrap().into_iter().enumerate().rev() {
                let mut indexed = tantivy::TantivyDocument::new();
                indexed.add_text(kind, KIND_PASSAGE);
                indexed.add_u64(document, id.0);
                indexed.add_u64(ordinal, number as u64);
                let stored = serde_json::to_vec(&now.passage(address).unwrap()).unwrap();
                indexed.add_bytes(passages, &stored);
                writer.add_document(indexed).unwrap();
            }
        }
        let mut manifest = now.manifest().clone();
        manifest.schema_version = version;
        let mut prepared = writer.prepare_commit().unwrap();
        prepared.set_payload(&serde_json::to_string(&manifest).unwrap());
        prepared.commit().unwrap();
        folder
    }

    fn earlier(&self, name: &str) -> PathBuf {
        self.of_version(name, SCHEMA_VERSION - 1, &|record| record)
    }
}

fn names(folder: &Path) -> BTreeSet<std::ffi::OsString> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect()
}

#[track_caller]
fn is_of_version(index: &Path, version: u32) {
    match Snapshot::open(index) {
        Err(index::Error::Version { found, .. }) => assert_eq!(found, version),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_earlier_index_becomes_one_of_today_without_its_files() {
    let indexed = Indexed::new();
    let expected = state(&indexed.path("index"));
    let earlier = indexed.earlier("earlier");
    let segments: Vec<_> = names(&earlier).into_iter().filter(|name| name.len() > 20).collect();
    assert!(segments.len() > 3);
    is_of_version(&earlier, SCHEMA_VERSION - 1);
    let dry = indexed.ingest(&earlier, &|options| options.dry_run = true);
    assert!(matches!(dry, Err(Error::Index(index::Error::Version { .. }))));
    let report = indexed.ingest(&earlier, &|_| {}).unwrap();
    assert_eq!((report.migrated, report.unchanged, report.missing), (2, 3, 1));
    assert_eq!(report.added + report.changed + report.passages + report.redescribed, 0);
    assert_eq!(state(&earlier), expected);
    let left = names(&earlier);
    assert!(segments.iter().all(|segment| !left.contains(segment)), "{left:?}");
    assert!(!left.contains(std::ffi::OsStr::new(super::NEXT)));
    assert_eq!(indexed.ingest(&earlier, &|_| {}).unwrap().migrated, 0);
}

/// A record as the last release wrote it, without what has come since.
fn of_the_last_release(record: &[u8]) -> Vec<u8> {
    let mut record: serde_json::Value = serde_json::from_slice(record).unwrap();
    record.as_object_mut().unwrap().remove("read_by").unwrap();
    if let Some(document) = record["document"].as_object_mut() {
        document.remove("text_hash").unwrap();
    }
    serde_json::to_vec(&record).unwrap()
}

#[test]
fn what_an_earlier_version_read_is_read_again_once_it_is_taken_over() {
    let indexed = Indexed::new();
    let expected = state(&indexed.path("index"));
    let earlier =
        indexed.of_version("earlier", SCHEMA_VERSION - 1, &|record| of_the_last_release(&record));
    let report = indexed.ingest(&earlier, &|_| {}).unwrap();
    assert_eq!((report.migrated, report.outdated, report.missing), (2, 3, 1));
    assert_eq!((report.added, report.changed, report.unchanged), (0, 0, 0));
    // What is gone is as it was taken over, so only that is not known of it.
    let read_by = Some(ReadBy::today(Some(Format::Html)));
    assert_eq!(
        state(&earlier).replace("read_by: None", &format!("read_by: {read_by:?}")),
        expected
    );
    let report = indexed.ingest(&earlier, &|_| {}).unwrap();
    assert_eq!((report.migrated, report.outdated, report.unchanged), (0, 0, 3));
}

#[test]
fn whatever_fails_on_the_way_the_earlier_index_stands() {
    let indexed = Indexed::new();
    let expected = state(&indexed.path("index"));
    let all = {
        let index = indexed.earlier("counted");
        let fate = give(&index.join(super::NEXT), Fault::None, usize::MAX);
        indexed.ingest(&index, &|_| {}).unwrap();
        take_back(&index.join(super::NEXT));
        fate.operations()
    };
    assert!(all > 10);
    for fault in [Fault::Full, Fault::Once, Fault::Power] {
        for at in (0..all).step_by(all.div_ceil(8)) {
            let index = indexed.earlier(&format!("{fault:?} at {at}"));
            give(&index.join(super::NEXT), fault, at);
            let failed = indexed.ingest(&index, &|_| {}).is_err();
            take_back(&index.join(super::NEXT));
            if failed {
                is_of_version(&index, SCHEMA_VERSION - 1);
                indexed.ingest(&index, &|_| {}).unwrap();
            }
            assert_eq!(state(&index), expected, "{fault:?} at {at}");
        }
    }
}

#[test]
fn what_a_crash_left_of_a_new_index_is_begun_again() {
    let indexed = Indexed::new();
    let expected = state(&indexed.path("index"));
    let index = indexed.earlier("earlier");
    fs::create_dir(index.join(super::NEXT)).unwrap();
    fs::write(index.join(super::NEXT).join("meta.json"), "half").unwrap();
    indexed.ingest(&index, &|_| {}).unwrap();
    assert_eq!(state(&index), expected);
}

#[test]
fn records_that_are_not_understood_are_left_alone_unless_all_is_read_again() {
    let indexed = Indexed::new();
    let index = indexed.of_version("earlier", SCHEMA_VERSION - 1, &|_| b"{}".to_vec());
    let refused = indexed.ingest(&index, &|_| {});
    assert!(matches!(refused, Err(Error::Index(index::Error::Unreadable(_)))), "{refused:?}");
    is_of_version(&index, SCHEMA_VERSION - 1);
    let report = indexed.ingest(&index, &|options| options.rebuild = true).unwrap();
    assert_eq!((report.migrated, report.added), (0, 3));
}

#[test]
fn a_newer_index_is_not_taken_over() {
    let indexed = Indexed::new();
    let index = indexed.of_version("newer", SCHEMA_VERSION + 1, &|record| record);
    let refused = indexed.ingest(&index, &|_| {});
    assert!(matches!(refused, Err(Error::Index(index::Error::Version { .. }))), "{refused:?}");
    is_of_version(&index, SCHEMA_VERSION + 1);
}
