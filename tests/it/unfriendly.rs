//! Folders as they are: names that are no text, links, pipes, packed files, files that come and go, and very large ones.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use amparo::ingest::{Event, Options, ingest};

use crate::place::{Place, about, report};
use crate::support::output_of;

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_names_all_the_same() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let place = Place::new();
    let name = |bytes: &[u8]| place.library().join(OsStr::from_bytes(bytes));
    fs::write(name(b"informe-a\xf1o.html"), about("lanterns")).unwrap();
    fs::write(name(b"informe-a\xf2o.html"), about("umbrellas")).unwrap();
    fs::write(name("two\nlines \u{1b}[31m.html".as_bytes()), about("kettles")).unwrap();
    place.counts(&[], &[("found", 3), ("added", 3)]);
    place.counts(&[], &[("found", 3), ("unchanged", 3)]);
    assert_eq!(place.found(&["lanterns"]), ["informe-a\u{FFFD}f1o.html"]);
    let show = output_of(place.command().arg("show").arg(name(b"informe-a\xf2o.html"))).ok();
    assert!(show.stdout.contains("umbrellas"), "{}", show.stdout);
    let forget = output_of(place.command().arg("forget").arg(name(b"informe-a\xf1o.html"))).ok();
    assert_eq!(forget.stdout, "1 file forgotten\n");
    assert_eq!(place.found(&["umbrellas"]).len(), 1);
    fs::write(name(b"bad-\xff.pdf"), "").unwrap();
    let output = place.ingest(&["--rebuild"]).ok();
    assert!(output.stderr.contains("bad-\u{FFFD}ff.pdf: empty file"), "{}", output.stderr);
    let status = place.amparo(&["status"]).ok().stdout;
    assert!(!status.contains('\u{1b}') && status.contains("bad-\u{FFFD}ff.pdf"), "{status}");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_nothing_outside_is_read() {
    use std::os::unix::fs::symlink;
    let place = Place::new();
    place.write("deep/one.html", about("lanterns"));
    fs::write(place.root().join("outside.html"), about("umbrellas")).unwrap();
    fs::create_dir(place.root().join("elsewhere")).unwrap();
    fs::write(place.root().join("elsewhere/other.html"), about("umbrellas")).unwrap();
    symlink("..", place.file("deep/loop")).unwrap();
    symlink(place.file("self"), place.file("self")).unwrap();
    symlink(place.root().join("outside.html"), place.file("link.html")).unwrap();
    symlink(place.root().join("elsewhere"), place.file("folder")).unwrap();
    place.write("CATALOGUE.csv", "path,title\n../outside.html,Outside\n");
    let output = place.counts(&[], &[("found", 1), ("added", 1)]);
    for link in ["deep/loop", "self", "link.html", "folder"] {
        let said = format!("{link}: a symbolic link");
        assert!(output.stderr.contains(&said), "{said} in {}", output.stderr);
    }
    assert!(place.found(&["umbrellas"]).is_empty());
    // What is given is followed: it is what was meant.
    symlink(place.library(), place.root().join("given")).unwrap();
    let given = place.amparo(&["ingest", "given"]).ok().stdout;
    assert!(given.contains("1 unchanged"), "{given}");
}

#[test]
fn files_that_vanish_or_change_before_they_are_read_are_no_failure() {
    let place = Place::new();
    place.write("a.html", about("lanterns"));
    place.write("b.html", about("umbrellas"));
    place.ingest(&[]).ok();
    place.rewrite("b.html", about("teapots"));
    for name in ["new.html", "other.html"] {
        place.write(name, about("kettles"));
    }
    let change = |event: Event<'_>| {
        if matches!(event, Event::Planned { .. }) {
            place.remove("b.html");
            place.remove("new.html");
            fs::write(place.file("other.html"), about("saucers and plates")).unwrap();
            let later = SystemTime::now() + Duration::from_secs(9);
            File::options()
                .write(true)
                .open(place.file("other.html"))
                .unwrap()
                .set_modified(later)
                .unwrap();
        }
    };
    let report = ingest(&Options::new(vec![place.library()], place.index()), &change).unwrap();
    assert_eq!((report.found, report.added, report.changed), (2, 1, 0));
    assert_eq!((report.removed, report.failed, report.unchanged), (1, 0, 1));
    assert_eq!(report.skipped.len(), 2, "{:?}", report.skipped);
    assert!(place.found(&["umbrellas OR teapots OR kettles"]).is_empty());
    assert_eq!(place.found(&["saucers"]), ["other.html"]);
    place.counts(&[], &[("found", 2), ("unchanged", 2)]);
}

/// The command as somebody whom the permissions of files hold; `None` where there is nobody to be.
#[cfg(unix)]
fn as_nobody(place: &Place) -> Option<Command> {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let secret = place.write("secret", "");
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).unwrap();
    let held = File::open(&secret).is_err();
    fs::remove_file(secret).unwrap();
    let mut command = place.command();
    if !held {
        for folder in [place.root(), place.index()] {
            let _ = fs::create_dir(&folder);
            fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).unwrap();
        }
        command.uid(65_534);
    }
    let runs = command.arg("--version").output().is_ok_and(|output| output.status.success());
    let mut command = place.command();
    if !held {
        command.uid(65_534);
    }
    runs.then_some(command)
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_named_and_what_is_known_of_it_stays() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.write("open.html", about("lanterns"));
    place.write("closed.html", about("kettles"));
    place.write("folder/inside.html", about("umbrellas"));
    let close = |name: &str, mode| {
        fs::set_permissions(place.file(name), fs::Permissions::from_mode(mode)).unwrap();
    };
    let ingest = || {
        let mut command = as_nobody(&place)?;
        Some(output_of(command.args(["ingest", "--format", "json", "library"])))
    };
    let Some(first) = ingest() else {
        eprintln!("skipped: what may not be read: there is nobody whom permissions hold");
        return;
    };
    assert_eq!(report(&first.ok())["added"], 3);
    close("folder", 0o000);
    close("closed.html", 0o000);
    place.write("new.html", about("saucers"));
    close("new.html", 0o000);
    let output = ingest().unwrap().ok();
    for said in ["folder: Permission denied", "new.html: Permission denied"] {
        assert!(output.stderr.contains(said), "{said} in {}", output.stderr);
    }
    assert_eq!(report(&output)["removed"], 0);
    assert_eq!(place.found(&["umbrellas OR kettles"]).len(), 2, "they are not known to be gone");
    close("folder", 0o755);
}

#[test]
fn a_large_file_is_read_only_if_it_begins_as_a_document() {
    let place = Place::new();
    place.write("one.html", about("lanterns"));
    let sparse = |name: &str, head: &[u8], size: u64| {
        File::options().write(true).open(place.write(name, head)).unwrap().set_len(size).unwrap();
    };
    sparse("zeros.pdf", b"", 2 << 30);
    sparse("zeros.bin", b"", 2 << 30);
    sparse("zeros.html", b"", 100 << 20);
    sparse("headed.pdf", b"%PDF-1.7\n", 2 << 30);
    place.ingest(&[]).ok();
    for (name, said) in [
        ("zeros.pdf", "larger than 1024 MB"),
        ("headed.pdf", "larger than 1024 MB"),
        ("zeros.html", "neither PDF nor HTML"),
    ] {
        assert_eq!(place.trouble(name).as_deref(), Some(said), "{name}");
    }
    assert_eq!(place.found(&["lanterns"]), ["one.html"]);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let place = Place::new();
    place.write("one.html", about("lanterns"));
    let pipe = place.file("pipe.pdf");
    if !Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()) {
        eprintln!("skipped: a pipe is not waited for: no mkfifo");
        return;
    }
    let output = place.counts(&[], &[("found", 1), ("added", 1)]);
    assert!(output.stderr.contains("pipe.pdf: not a regular file"), "{}", output.stderr);
    let output = place.amparo(&["ingest", pipe.to_str().unwrap()]);
    assert_eq!(output.status, 2, "{}", output.stderr);
    // A file that is a pipe by the time it is read.
    let later = place.write("later.html", about("kettles"));
    let change = |event: Event<'_>| {
        if matches!(event, Event::Planned { .. }) {
            fs::remove_file(&later).unwrap();
            assert!(Command::new("mkfifo").arg(&later).status().unwrap().success());
        }
    };
    let report = ingest(&Options::new(vec![place.library()], place.index()), &change).unwrap();
    assert_eq!(report.failed, 1);
    assert_eq!(place.trouble("later.html").as_deref(), Some("not a regular file"));
}

#[test]
fn a_file_is_what_it_holds_whatever_it_is_called() {
    let place = Place::new();
    let pdf = "en/iran-women-and-protest-2023.pdf";
    place.sample(pdf, "report.html");
    place.sample(
        pdf.replace("iran-women-and-protest-2023", "eritrea-national-service-2016").as_str(),
        "report.txt",
    );
    place.write("page.pdf", about("lanterns"));
    place.write("page", about("umbrellas"));
    place.write("page.HTM", about("kettles"));
    place.write("mail.eml", "From: nobody\n\nlanterns and umbrellas");
    place.write("picture.pdf", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    place.write(".hidden.html", about("secrets"));
    place.ingest(&[]).ok();
    let format = |query: &str| place.search(&["--literal", query])[0]["format"].clone();
    assert_eq!(place.found(&["--country", "iran"]), ["report.html"]);
    assert_eq!(place.found(&["--country", "eritrea"]), ["report.txt"]);
    assert_eq!((format("mahsa"), format("lanterns")), ("pdf".into(), "html".into()));
    assert_eq!(place.found(&["lanterns"]), ["page.pdf"]);
    assert_eq!(place.found(&["umbrellas"]), ["page"]);
    assert_eq!(place.found(&["kettles"]), ["page.HTM"]);
    assert!(place.found(&["secrets"]).is_empty());
    assert!(place.trouble("picture.pdf").is_some_and(|said| said.contains("PDF")));
}

#[test]
fn packed_files_are_named() {
    let place = Place::new();
    place.write("one.html", about("lanterns"));
    place.write("report.pdf.gz", b"\x1f\x8b\x08\0\0\0\0\0");
    place.write("evidence.zip", b"PK\x03\x04\x14\0");
    let mut tar = vec![0; 1024];
    tar[257..262].copy_from_slice(b"ustar");
    place.write("old.tar", &tar);
    place.write("letter.docx", b"PK\x03\x04\x14\0");
    let output = place.ingest(&[]).ok();
    for name in ["report.pdf.gz", "evidence.zip", "old.tar"] {
        let said = format!("{name}: packed or compressed; unpack it to have it read");
        assert!(output.stderr.contains(&said), "{said} in {}", output.stderr);
    }
    assert!(output.stderr.contains("1 .docx: neither PDF nor HTML"), "{}", output.stderr);
    let skipped = report(&output)["skipped"].as_array().unwrap().len();
    assert_eq!(skipped, 4);
}

/// Takes a minute or two: `cargo test --release --test it -- --ignored a_hundred_thousand`.
#[test]
#[ignore = "slow"]
fn a_hundred_thousand_files_in_one_folder_are_read() {
    let place = Place::new();
    for number in 0..100_000 {
        place.write(
            &format!("{number:06}.html"),
            about(&format!("lanterns of the number n{number}")),
        );
    }
    place.counts(&[], &[("found", 100_000), ("added", 100_000)]);
    place.counts(&[], &[("found", 100_000), ("unchanged", 100_000)]);
    assert_eq!(place.found(&["n77777"]), ["077777.html"]);
    assert!(Path::new(&place.index()).is_dir());
}
