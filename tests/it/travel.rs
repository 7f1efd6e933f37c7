//! Questions and answers as values that can travel: written down and read back they are the same.

use amparo::index::Snapshot;
use amparo::ingest::{Options, ingest};
use amparo::query::{Answer, By, Request, search};

use crate::support::corpus;

#[test]
fn an_answer_that_travelled_says_the_same() {
    let folder = tempfile::tempdir().unwrap();
    ingest(&Options::new(vec![corpus()], folder.path().to_owned()), &|_| {}).unwrap();
    let snapshot = Snapshot::open(folder.path()).unwrap();
    for text in ["torture in Honduras", "la policía no protege", "\"police officers\"", "zzz", ""]
    {
        for by in [By::Document, By::Passage] {
            let text = text.to_owned();
            let request = Request { text, by, passages: 3, facets: true, ..Request::default() };
            let answer = search(&snapshot, &request).unwrap();
            let written = serde_json::to_string(&answer).unwrap();
            let read: Answer = serde_json::from_str(&written).unwrap();
            assert_eq!(read, answer, "{request:?}");
        }
    }
}
