//! `forget`: documents leave the index, and their text its files, before the command ends.

use std::collections::BTreeSet;
use std::fs;

use crate::place::{Place, about, untitled};

/// Whether any file of the index, deleted documents included, holds these bytes as a part of a term, of a column or of stored
/// text; also when a file is no part of the index any more but still there.
fn index_holds(place: &Place, needle: &str) -> bool {
    let holds =
        |bytes: &[u8]| bytes.windows(needle.len()).any(|window| window == needle.as_bytes());
    let index = tantivy::Index::open_in_dir(place.index()).unwrap();
    let segments = index.searchable_segments().unwrap();
    let live: BTreeSet<String> = segments.iter().map(|one| one.id().uuid_string()).collect();
    for entry in fs::read_dir(place.index()).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let stem = name.split('.').next().unwrap();
        let of_segment = stem.len() == 32 && stem.bytes().all(|byte| byte.is_ascii_hexdigit());
        if (of_segment && !live.contains(stem)) || holds(&fs::read(entry.path()).unwrap()) {
            return true;
        }
    }
    segments.iter().any(|segment| {
        let reader = tantivy::SegmentReader::open(segment).unwrap();
        let store = reader.get_store_reader(1).unwrap();
        let stored = (0..reader.max_doc()).any(|id| {
            let document: tantivy::TantivyDocument = store.get(id).unwrap();
            document.field_values().any(|(_, value)| {
                use tantivy::schema::document::Value;
                value.as_str().is_some_and(|text| holds(text.as_bytes()))
                    || value.as_bytes().is_some_and(holds)
            })
        });
        let schema = index.schema();
        let indexed = schema.fields().filter(|(_, entry)| entry.is_indexed()).any(|(field, _)| {
            let inverted = reader.inverted_index(field).unwrap();
            let mut terms = inverted.terms().stream().unwrap();
            std::iter::from_fn(|| terms.advance().then(|| holds(terms.key()))).any(|held| held)
        });
        let in_columns = schema.fields().filter(|(_, entry)| entry.is_fast()).any(|(_, entry)| {
            let Ok(Some(column)) = reader.fast_fields().str(entry.name()) else { return false };
            let mut terms = column.dictionary().stream().unwrap();
            std::iter::from_fn(|| terms.advance().then(|| holds(terms.key()))).any(|held| held)
        });
        stored || indexed || in_columns
    })
}

#[test]
fn forgotten_text_leaves_the_files_of_the_index() {
    let place = Place::new();
    place.write("secret.html", about("quixotryx"));
    place.write("other.html", about("lanterns"));
    place.ingest(&[]).ok();
    assert!(index_holds(&place, "quixotryx"), "or the test would prove nothing");
    let secret = place.file("secret.html");
    fs::remove_file(&secret).unwrap();
    let forgotten = place.amparo(&["forget", secret.to_str().unwrap()]).ok();
    assert_eq!(forgotten.stdout, "1 file forgotten\n");
    assert!(!index_holds(&place, "quixotryx"));
    assert!(!index_holds(&place, "secret.html"), "its path is gone too");
    assert_eq!(place.found(&["lanterns"]), ["other.html"]);
    let again = place.amparo(&["forget", secret.to_str().unwrap()]);
    assert_eq!((again.status, again.stdout.as_str()), (1, "0 files forgotten\n"));
}

#[test]
fn a_copy_that_stays_is_described_by_itself() {
    let place = Place::new();
    place.write("a-client-called-quixotryx.html", untitled("lanterns"));
    place.write("b.html", untitled("lanterns"));
    place.write(
        "CATALOGUE.csv",
        "path,title,publisher,published,url,countries,shelf\n\
         a-client-called-quixotryx.html,Titlex,Pressex,2019,https://addressex/,HN,Shelvex\n",
    );
    place.ingest(&[]).ok();
    let words = ["quixotryx", "titlex", "pressex", "addressex", "Shelvex"];
    for word in words {
        assert!(index_holds(&place, word), "{word}: or the test would prove nothing");
    }
    assert_eq!(place.found(&["--publisher", "pressex", "lanterns"]).len(), 1);
    place.amparo(&["forget", "library/a-client-called-quixotryx.html"]).ok();
    for word in words {
        assert!(!index_holds(&place, word), "{word} is still there");
    }
    assert!(place.found(&["--publisher", "pressex", "lanterns"]).is_empty());
    assert!(place.found(&["--country", "HN", "lanterns"]).is_empty());
    let document = &place.search(&["lanterns"])[0];
    assert_eq!((&document["title"], &document["publisher"]), (&"b".into(), &().into()));
    assert_eq!(document["copies"], serde_json::json!([]));
    place.state();
}

#[test]
fn a_folder_is_forgotten_however_its_path_is_written() {
    for path in [
        "library/case",
        "./library/case/",
        "library/../library/case",
        "library/gone/../case",
        "link/case",
        "link/case/a.html",
    ] {
        let place = Place::new();
        place.write("case/a.html", about("quixotryx"));
        place.write("case/deep/b.html", about("quixotryx and more"));
        place.write("case-law.html", about("lanterns"));
        place.ingest(&[]).ok();
        #[cfg(unix)]
        std::os::unix::fs::symlink(place.library(), place.root().join("link")).unwrap();
        #[cfg(not(unix))]
        if path.starts_with("link") {
            continue;
        }
        for gone in [false, true] {
            if gone {
                place.ingest(&[]).ok();
                fs::remove_dir_all(place.file("case")).unwrap();
            }
            let forgotten = place.amparo(&["forget", path]);
            let expected =
                if path.ends_with("html") { "1 file forgotten\n" } else { "2 files forgotten\n" };
            assert_eq!((forgotten.status, forgotten.stdout.as_str()), (0, expected), "{path}");
            assert_eq!(index_holds(&place, "quixotryx"), path.ends_with("html"), "{path}");
            assert_eq!(place.found(&["lanterns"]), ["case-law.html"]);
        }
    }
}
