//! Vectors through ingests, kills and damage.

use std::process::Stdio;
use std::time::Duration;

use amparo::index::record::FileRecord;

use super::{Alteration, Library, QUESTION, page};
use crate::place::age;
use crate::support::output_of;

#[test]
fn a_damaged_model_leaves_words_as_they_are() {
    let Some(library) = Library::ingested("a damaged model") else { return };
    let alterations: [(&str, Alteration); 4] = [
        ("in place of", |bytes| bytes.truncate(bytes.len() / 2)),
        ("is damaged", |bytes| {
            // The table of tokens, which is read word by word.
            let table = bytes.len() / 9..;
            bytes[table].iter_mut().for_each(|byte| *byte ^= 1);
        }),
        ("has version 9", |bytes| bytes[8] = 9),
        ("is not a model", |bytes| bytes.truncate(4)),
    ];
    for (said, alter) in alterations {
        let model = library.altered_model(alter);
        let run = |args: &[&str]| output_of(library.with(&model).args(args));
        let words = run(&["search", "maize harvest", "--format", "json"]).ok();
        assert_eq!(words.files()[0], "harvest.html");
        assert_eq!(words.stderr.matches("warning:").count(), 1, "{}", words.stderr);
        assert!(words.stderr.contains(said), "{}", words.stderr);
        assert_eq!(run(&["search", "maize", "--semantic", "off"]).ok().stderr, "");
        let only = run(&["search", "maize", "--semantic", "only"]);
        assert_eq!((only.status, only.stdout.as_str()), (2, ""));
        assert!(only.stderr.contains(said), "{}", only.stderr);
        assert!(only.stderr.contains("hint: make it anew"), "{}", only.stderr);
        library
            .place
            .write("new.html", page("en", "Kettles", &"Kettles are spoken of here. ".repeat(9)));
        let ingested = output_of(library.place.ingesting(&[]).env("AMPARO_MODEL", &model)).ok();
        assert!(ingested.stderr.contains(said), "{}", ingested.stderr);
        assert_eq!(library.place.found(&["kettles"]), ["new.html"]);
        library.place.remove("new.html");
    }
    assert_eq!(library.encoded(&[]), 0, "what was there is still there");
}

#[test]
fn damaged_vectors_are_said_and_made_anew() {
    let Some(library) = Library::ingested("damaged vectors") else { return };
    let [(path, whole)] = &library.vectors()[..] else { panic!("one file") };
    let alterations: [(bool, Alteration); 3] = [
        (true, |bytes| bytes.truncate(bytes.len() - 1)),
        (true, |bytes| bytes[80] ^= 1),
        // Only reading all of them would tell that a search reads an altered one.
        (false, |bytes| {
            let last = bytes.len() - 1;
            bytes[last / 2] ^= 1;
        }),
    ];
    for (is_told, alter) in alterations {
        let mut bytes = whole.clone();
        alter(&mut bytes);
        std::fs::write(path, bytes).unwrap();
        let words = library.search(&["maize harvest"]).ok();
        assert_eq!(words.files()[0], "harvest.html");
        assert_eq!(words.stderr.contains("warning: 1 file of vectors is damaged"), is_told);
        assert_eq!(library.status()["unusable"], u64::from(is_told));
        assert_eq!(library.encoded(&[]), 5);
        let [(_, again)] = &library.vectors()[..] else { panic!("one file") };
        assert_eq!(again, whole);
        assert_eq!(library.search(&["maize harvest"]).ok().stderr, "");
    }
}

#[test]
fn vectors_live_and_die_with_their_documents() {
    let Some(library) = Library::ingested("vectors through ingests") else { return };
    let documents = |library: &Library| library.status()["documents"].as_u64().unwrap();
    assert_eq!((documents(&library), library.encoded(&[])), (5, 0));
    // Left out, then said to be missing, then added.
    library
        .place
        .write("new.html", page("en", "Kettles", &"Kettles are spoken of here. ".repeat(9)));
    assert_eq!(library.encoded(&["--semantic", "off"]), 0);
    let found = library.search(&["kettles"]).ok();
    assert_eq!(found.files(), ["new.html"]);
    assert_eq!(found.json()[0]["unmeasured"], 1);
    assert!(found.stderr.contains("note: 1 passage has no vectors yet"), "{}", found.stderr);
    assert_eq!((library.encoded(&[]), documents(&library)), (1, 6));
    // A moved file is the same document; one that has changed is another, and one that is gone none.
    library.place.rename("new.html", "deep/moved.html");
    assert_eq!((library.encoded(&[]), documents(&library)), (0, 6));
    library
        .place
        .rewrite("cafe.html", page("es", "Té", &"El té se sirve aquí cada tarde. ".repeat(9)));
    assert_eq!((library.encoded(&[]), documents(&library)), (1, 6));
    assert_eq!(
        library.found(&["tea in the afternoon", "--semantic", "only", "-n1"]),
        ["cafe.html"]
    );
    let windows = library.status()["windows"].as_u64().unwrap();
    library.place.remove("deep/moved.html");
    library.ingest(&["--semantic", "off"]).ok();
    assert_eq!(documents(&library), 5);
    assert!(
        library.status()["windows"].as_u64().unwrap() < windows,
        "they leave without a model, too"
    );
    assert_eq!(library.encoded(&["--rebuild"]), 0, "the text is the same");
}

#[test]
fn forgotten_vectors_leave_the_disk() {
    let Some(library) = Library::new("forgotten vectors") else { return };
    library.ingest(&["--commit-passages", "1"]).ok();
    let before = library.vectors();
    library.place.amparo(&["forget", "library/prison.html"]).ok();
    let after = library.vectors();
    assert_eq!((before.len(), after.len()), (5, 4));
    let gone = before.iter().find(|file| !after.contains(file)).unwrap();
    let secret = &gone.1[gone.1.len() / 2..][..64];
    assert!(!after.iter().any(|(_, bytes)| bytes.windows(64).any(|bytes| bytes == secret)));
    assert!(
        !library.found(&["crowded cells", "--semantic", "only"]).contains(&"prison.html".into())
    );
    library.place.amparo(&["forget", "library"]).ok();
    assert!(library.vectors().is_empty());
}

#[test]
fn killed_while_vectors_are_added_nothing_is_lost_and_the_next_ingest_goes_on() {
    let Some(library) = Library::new("killed while adding vectors") else { return };
    let start = || {
        let mut command = library.place.ingesting(&["--commit-passages", "1", "--jobs", "1"]);
        command.env("AMPARO_MODEL", &library.model).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().unwrap()
    };
    let (mut kills, mut done) = (0, 0);
    while done < 5 {
        let mut child = start();
        // Until some more of them are there, or it has ended.
        while library.vectors().len() <= done && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        let killed = child.try_wait().unwrap().is_none();
        let _ = child.kill();
        child.wait().unwrap();
        let now = library.status()["documents"].as_u64().unwrap() as usize;
        assert!(now >= done, "what was added stays");
        assert_eq!(library.status()["unusable"], 0);
        kills += usize::from(killed);
        // Words were committed first, and are all there.
        for (name, text) in
            [("harvest.html", "maize harvest"), ("prison.html", "cells thirty people")]
        {
            assert_eq!(library.place.found(&[text, "--semantic", "off"])[0], name);
        }
        assert!(now > done || !killed, "it goes on");
        done = now;
    }
    assert!(kills > 0, "none was killed on its way");
    library.ingest(&[]).ok();
    let other = Library::ingested("killed").unwrap();
    let answer = |library: &Library| library.search(&[QUESTION, "--semantic", "only"]).ok().files();
    assert_eq!(answer(&library), answer(&other));
    assert_eq!(library.status()["windows"], other.status()["windows"]);
}

#[test]
fn what_is_read_again_to_another_text_has_new_vectors_and_else_keeps_them() {
    let Some(library) = Library::new("vectors of what is read again") else { return };
    let index = library.place.index();
    let unread = |file: &mut FileRecord| file.read_by = None;
    library.ingest(&["--semantic", "off"]).ok();
    age(&index, |_| {}, |text| text.replace("maize", "barley"));
    assert_eq!(library.encoded(&[]), 5);
    age(&index, unread, str::to_owned);
    assert_eq!(library.encoded(&["--semantic", "off"]), 0);
    assert_eq!(library.status()["documents"], 4, "those of another text do not count");
    let found = library.search(&["maize"]).ok();
    assert_eq!(found.json()[0]["unmeasured"], 1);
    assert_eq!((library.encoded(&[]), &library.status()["documents"]), (1, &5.into()));
    assert_eq!(library.found(&["maize harvest", "--semantic", "only", "-n1"]), ["harvest.html"]);
    let before = library.vectors();
    age(&index, unread, str::to_owned);
    assert_eq!(library.encoded(&[]), 0, "the text is the same");
    assert_eq!(library.vectors(), before);
}
