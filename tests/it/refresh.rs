//! A snapshot that is brought up to date in place answers like one that is opened anew.

use amparo::query::{Request, search};

use crate::library::Library;

#[test]
fn a_refreshed_snapshot_answers_like_a_new_one() {
    let library = Library::of(&[("one", "The police came at night."), ("two", "Nobody came.")]);
    let request = Request { text: "police night".to_owned(), facets: true, ..Request::default() };
    let mut snapshot = library.snapshot();
    let before = search(&snapshot, &request).unwrap();
    assert!(!snapshot.refresh().unwrap(), "nothing was committed");

    library.write(&[("three", "At night the police took three men.")]);
    library.remove("two");
    library.ingest();
    assert_eq!(search(&snapshot, &request).unwrap(), before, "it does not change by itself");
    assert!(snapshot.refresh().unwrap());
    let after = search(&snapshot, &request).unwrap();
    assert_eq!(after.summary.documents, 2);
    assert_eq!(after, library.answer(&request));
    assert!(!snapshot.refresh().unwrap());
}
