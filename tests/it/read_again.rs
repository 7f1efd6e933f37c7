//! What an earlier version of the program read is read again, once, as far as it is at hand.

use std::fs;

use amparo::index::record::FileRecord;

use crate::place::{Place, about, age, report, untitled};

/// A library of two pages, one of which is gone, and one file of which nothing could be read.
fn ingested() -> Place {
    let place = Place::new();
    place.write("here.html", about("lanterns"));
    place.write("gone.html", about("umbrellas"));
    place.write("broken.pdf", "%PDF-1.4\nnothing");
    place.ingest(&[]).ok();
    place.remove("gone.html");
    place
}

fn unnoted(file: &mut FileRecord) {
    file.read_by = None;
}

fn by_an_earlier_extractor(file: &mut FileRecord) {
    file.read_by.as_mut().unwrap().extractor -= 1;
}

fn with_other_languages(file: &mut FileRecord) {
    file.read_by.as_mut().unwrap().languages -= 1;
}

#[test]
fn what_an_earlier_version_read_is_read_again_once() {
    for earlier in [unnoted, by_an_earlier_extractor, with_other_languages] {
        let place = ingested();
        let before = place.state();
        age(&place.index(), earlier, |text| text.replace("lanterns", "lantrens"));
        assert_eq!(place.found(&["lantrens"]), ["here.html"]);
        let status = place.amparo(&["status"]).ok().stdout;
        assert!(status.contains("3 files read by an earlier version"), "{status}");
        let outdated = [("found", 2), ("outdated", 2), ("missing", 1)];
        let dry = place.counts(&["--keep-missing", "--dry-run"], &outdated);
        assert_eq!(report(&dry)["dry_run"], true);
        assert_eq!(place.found(&["lantrens"]), ["here.html"], "nothing was done");
        place.counts(&["--keep-missing"], &[&outdated[..], &[("failed", 1)]].concat());
        assert_eq!(place.found(&["lantrens"]), [""; 0]);
        assert_eq!(place.found(&["lanterns"]), ["here.html"]);
        assert_eq!(place.found(&["umbrellas"]), ["gone.html"], "nothing of it is lost");
        let status = place.amparo(&["status", "--format", "json"]).ok().json();
        assert_eq!(status[0]["outdated"], 1, "what is gone cannot be read again");
        place.counts(&["--keep-missing"], &[("found", 2), ("unchanged", 2), ("missing", 1)]);
        place.write("gone.html", about("umbrellas"));
        place.ingest(&[]).ok();
        let state = |state: String| state.replace(&place.index().to_string_lossy()[..], "");
        assert_eq!(state(place.state()), state(before));
    }
}

#[test]
fn what_is_read_again_is_said() {
    let place = ingested();
    age(&place.index(), unnoted, str::to_owned);
    let said = place.amparo(&["ingest", "library", "--keep-missing", "--dry-run"]).ok().stdout;
    let expected = "would read 2 (0 new, 0 changed, 2 read by an earlier version), 0 unchanged";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn copies_are_read_again_as_one_document() {
    let place = Place::new();
    for name in ["a.html", "b.html", "c.html"] {
        place.write(name, untitled("lanterns"));
    }
    place.ingest(&[]).ok();
    let before = place.state();
    age(&place.index(), unnoted, |text| text.replace("lanterns", "lantrens"));
    place.counts(&[], &[("found", 3), ("outdated", 3), ("copies", 3)]);
    assert_eq!(place.state(), before);
    // A copy that is gone has what the others were read to.
    age(&place.index(), unnoted, str::to_owned);
    place.remove("a.html");
    place.counts(
        &["--keep-missing"],
        &[("found", 2), ("outdated", 2), ("missing", 1), ("copies", 2)],
    );
    let status = place.amparo(&["status", "--format", "json"]).ok().json();
    assert_eq!(status[0]["outdated"], 0);
}

#[test]
fn a_moved_file_that_an_earlier_version_read_is_read_again() {
    let place = Place::new();
    place.write("old.html", untitled("lanterns"));
    place.ingest(&[]).ok();
    age(&place.index(), unnoted, |text| text.replace("lanterns", "lantrens"));
    place.rename("old.html", "new.html");
    place.counts(&[], &[("found", 1), ("moved", 1)]);
    assert_eq!(place.found(&["lanterns"]), ["new.html"]);
    assert_eq!(place.found(&["lantrens"]), [""; 0]);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_again_keeps_its_text() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let path = place.write("one.html", about("lanterns"));
    place.ingest(&[]).ok();
    age(&place.index(), unnoted, str::to_owned);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::File::open(&path).is_ok() {
        // Whoever may read everything cannot be kept from it like that.
        return;
    }
    place.ingest(&[]);
    assert_eq!(place.found(&["lanterns"]), ["one.html"]);
    let said = place.trouble("one.html").unwrap();
    assert!(said.contains("its text is of an earlier reading"), "{said}");
    place.counts(&[], &[("found", 1), ("unchanged", 1)]);
}
