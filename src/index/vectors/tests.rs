//! What is added is there, what is dead leaves, and nothing that was altered is taken for vectors.

use std::collections::BTreeSet;
use std::fs;

use super::*;
use crate::semantic::DIMENSIONS;

const MODEL: Identity = [7; 16];

/// A document of passages with so many windows, each a vector that looks random.
fn document(id: u64, windows: &[u32]) -> (DocumentId, DocumentVectors) {
    let mut vectors = DocumentVectors { text_hash: id, ..DocumentVectors::default() };
    let mut state = id;
    for count in windows {
        for _ in 0..*count {
            let numbers: Vec<f32> = (0..DIMENSIONS)
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    (state >> 40) as f32 / (1 << 23) as f32 - 1.0
                })
                .collect();
            let mut packed = [0; compact::BYTES];
            vectors.scales.push(compact::pack(&numbers, &mut packed));
            vectors.packed.extend(packed);
        }
        vectors.ends.push(vectors.scales.len() as u32);
    }
    (DocumentId(id), vectors)
}

/// An index with a file for each of these lists of documents, each of two passages.
fn index(files: &[&[u64]]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for ids in files {
        let documents: Vec<_> = ids.iter().map(|id| document(*id, &[2, 1])).collect();
        append(folder.path(), MODEL, &documents).unwrap();
    }
    folder
}

fn ids(index: &Path) -> BTreeSet<u64> {
    Vectors::open(index, MODEL).documents().map(|(id, _)| id.0).collect()
}

fn names(index: &Path) -> Vec<String> {
    let name = |path: PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    paths(index).into_iter().map(name).collect()
}

/// Tidies so that these documents are alive; the names of the files then. Whatever is alive is as it was written.
#[track_caller]
fn check(files: &[&[u64]], alive: &[u64], expected: &[&str]) {
    let index = index(files);
    tidy(index.path(), Some(MODEL), |id, _| alive.contains(&id.0)).unwrap();
    assert_eq!(names(index.path()), expected);
    let vectors = Vectors::open(index.path(), MODEL);
    let written: BTreeSet<u64> = files.iter().copied().flatten().copied().collect();
    let there: BTreeSet<u64> = written.into_iter().filter(|id| alive.contains(id)).collect();
    assert_eq!(ids(index.path()), there);
    for id in there {
        assert_eq!(vectors.document(DocumentId(id)), document(id, &[2, 1]).1, "{id}");
    }
}

#[test]
fn what_was_added_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let written = [document(5, &[2, 0, 3]), document(9, &[]), document(6, &[1])];
    append(folder.path(), MODEL, &written).unwrap();
    let vectors = Vectors::open(folder.path(), MODEL);
    assert_eq!((vectors.windows(), vectors.unusable()), (6, 0));
    for (id, document) in &written {
        assert_eq!(&vectors.document(*id), document);
    }
    let lengths =
        |id: u64| vectors.spans(DocumentId(id)).map(|span| span.len()).collect::<Vec<_>>();
    assert_eq!((lengths(5), lengths(9), lengths(6)), (vec![2, 0, 3], vec![], vec![1]));
    assert!(vectors.has(DocumentId(9), 9) && !vectors.has(DocumentId(7), 7));
    assert_eq!(vectors.span(DocumentId(5), 3), None);
    assert!(Vectors::open(folder.path(), [8; 16]).is_empty(), "another model");
}

#[test]
fn the_dead_leave_and_the_living_stay() {
    check(&[], &[1], &[]);
    check(&[&[1, 2], &[3]], &[1, 2, 3, 4], &["00000000.vectors", "00000001.vectors"]);
    check(&[&[1, 2], &[3]], &[2, 3], &["00000001.vectors", "00000002.vectors"]);
    check(&[&[1, 2], &[3]], &[1, 2], &["00000000.vectors"]);
    check(&[&[1, 2], &[3]], &[], &[]);
    // As an interrupted tidying leaves it.
    check(&[&[1, 2], &[2]], &[1, 2], &["00000001.vectors", "00000002.vectors"]);
    check(&[&[1], &[2], &[3], &[4], &[5], &[6], &[7], &[8]], &[1, 8, 4], &["00000008.vectors"]);
}

#[test]
fn nothing_of_the_dead_is_left_on_the_disk() {
    let index = index(&[&[1, 2], &[3]]);
    fs::write(index.path().join("vectors/.tmpAbCdEf"), &document(2, &[2, 1]).1.packed).unwrap();
    let holds = || {
        let dead = &document(2, &[2, 1]).1.packed[..64];
        let mut entries = fs::read_dir(index.path().join("vectors")).unwrap();
        entries.any(|entry| {
            let bytes = fs::read(entry.unwrap().path()).unwrap();
            bytes.windows(dead.len()).any(|bytes| bytes == dead)
        })
    };
    assert!(holds(), "or the test would prove nothing");
    tidy(index.path(), None, |id, _| id.0 != 2).unwrap();
    assert!(!holds());
    assert_eq!(ids(index.path()), [1, 3].into());
}

#[test]
fn vectors_of_another_text_count_for_nothing_and_leave() {
    let index = index(&[&[1, 2]]);
    let (id, first) = document(1, &[2, 1]);
    let second = DocumentVectors { text_hash: 77, ..document(5, &[1]).1 };
    append(index.path(), MODEL, &[(id, second.clone())]).unwrap();
    let mut vectors = Vectors::open(index.path(), MODEL);
    assert!(vectors.has(id, 77) && !vectors.has(id, first.text_hash), "the last counts");
    vectors.keep(&[(id, first.text_hash), (DocumentId(2), 2)].into_iter().collect());
    assert!(vectors.windows_of(id).is_none() && vectors.windows_of(DocumentId(2)).is_some());
    tidy(index.path(), None, |id, text_hash| text_hash == 77 || id.0 == 2).unwrap();
    let vectors = Vectors::open(index.path(), MODEL);
    assert_eq!((vectors.document(id), vectors.windows()), (second, 4));
}

#[test]
fn files_that_do_not_say_of_which_text_they_are_are_told() {
    let index = tempfile::tempdir().unwrap();
    let documents = [document(1, &[2, 0, 1]), document(2, &[1]), document(3, &[1, 1])];
    let mut bytes = file::bytes(MODEL, &documents);
    file::as_earlier(&mut bytes);
    let folder = index.path().join("vectors");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("00000004.vectors"), bytes).unwrap();
    let vectors = Vectors::open(index.path(), MODEL);
    assert!(vectors.is_empty() && vectors.unusable() == 1);
    adopt(index.path(), |id| (id.0 != 2).then_some(id.0 * 10)).unwrap();
    assert_eq!(names(index.path()), ["00000005.vectors"]);
    let vectors = Vectors::open(index.path(), MODEL);
    for (id, document) in documents {
        let told = DocumentVectors { text_hash: id.0 * 10, ..document };
        let expected = if id.0 == 2 { DocumentVectors::default() } else { told };
        assert_eq!(vectors.document(id), expected);
    }
}

#[test]
fn another_models_files_leave_only_when_a_model_is_given() {
    let index = index(&[&[1]]);
    append(index.path(), [8; 16], &[document(1, &[1])]).unwrap();
    assert_eq!(Vectors::open(index.path(), MODEL).unusable(), 1);
    tidy(index.path(), None, |_, _| true).unwrap();
    assert_eq!(names(index.path()).len(), 2);
    tidy(index.path(), Some(MODEL), |_, _| true).unwrap();
    assert_eq!(names(index.path()), ["00000000.vectors"]);
}

#[test]
fn a_file_that_was_altered_is_not_taken_for_vectors() {
    let whole = index(&[&[1]]);
    let bytes = fs::read(&paths(whole.path())[0]).unwrap();
    let tables = 72..72 + 20 + 2 * 4;
    for place in (0..bytes.len()).step_by(7).chain(tables.clone()) {
        let index = index(&[&[1], &[2]]);
        let path = &paths(index.path())[0];
        let mut altered = bytes.clone();
        altered[place] ^= 64;
        fs::write(path, &altered).unwrap();
        // The vectors themselves are only checked when all of the file is read.
        let seen = Vectors::open(index.path(), MODEL);
        assert!(!seen.has(DocumentId(1), 1) || place >= 56, "{place}");
        assert!(seen.has(DocumentId(2), 2));
        drop_altered(index.path()).unwrap();
        assert_eq!(ids(index.path()), [2].into(), "{place}");
    }
    for length in [0, 7, 71, 72, 100, bytes.len() - 1] {
        let index = index(&[&[1]]);
        fs::write(&paths(index.path())[0], &bytes[..length]).unwrap();
        let vectors = Vectors::open(index.path(), MODEL);
        assert!(vectors.is_empty());
        assert_eq!(vectors.unusable(), 1, "{length}");
        tidy(index.path(), None, |_, _| true).unwrap();
        assert!(names(index.path()).is_empty());
    }
}
