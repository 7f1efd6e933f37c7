//! An index that is written by two at once, or whose writer is killed: what was committed stays, and the next run mends the rest.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::place::{Place, about, same_state};
use crate::support::corpus;

#[test]
fn a_second_writer_is_told_who_holds_the_lock_while_readers_go_on() {
    let place = Place::new();
    place.write("one.html", about("lanterns"));
    place.ingest(&[]).ok();
    let writer = amparo::index::Writer::open(&place.index(), 1).unwrap();
    writer.remove_file(place.file("one.html").to_str().unwrap());
    place.write("two.html", about("umbrellas"));
    for refused in [place.ingest(&[]), place.amparo(&["forget", "library"])] {
        let said = format!("is being written by process {}, for ", std::process::id());
        assert_eq!(refused.status, 2);
        assert!(refused.stderr.contains(&said), "{}", refused.stderr);
    }
    assert_eq!(place.found(&["lanterns"]), ["one.html"], "readers see the last commit");
    assert!(place.amparo(&["status"]).ok().stdout.contains("in 1 file"));
    drop(writer);
    place.counts(&[], &[("found", 2), ("added", 1), ("unchanged", 1)]);
}

/// Asks that the state of a library's index must answer alike, whatever it went through.
fn answers(place: &Place) -> Vec<String> {
    let questions = [
        &["police", "-n0"][..],
        &["--country", "honduras", "--by", "passage", "-n0", "--explain"],
        &["--violation", "sexual-violence", "-n0", "--passages", "9"],
        &["desaparición", "--lang", "es", "-n0"],
    ];
    let ask = |question: &&[&str]| {
        place.amparo(&[&["search", "--format", "json"], *question].concat()).ok().stdout
    };
    questions.iter().map(ask).collect()
}

/// Numbers that look like chance and are the same in each run.
fn fractions(count: usize) -> impl Iterator<Item = f64> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    })
    .take(count)
}

fn start(place: &Place) -> Child {
    let mut command = place.command();
    command.args(["ingest", "--commit-passages", "8"]).arg(corpus());
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Kills ingests at so many moments, spread over the time that one takes. `AMPARO_KILLS` gives another number of them.
#[test]
fn an_ingest_killed_at_any_moment_is_completed_by_the_next() {
    let kills = std::env::var("AMPARO_KILLS").ok().and_then(|kills| kills.parse().ok());
    let undisturbed = Place::new();
    let begun = Instant::now();
    start(&undisturbed).wait().unwrap();
    let whole = begun.elapsed();
    let (expected, state) = (answers(&undisturbed), crate::place::state(&undisturbed.index()));
    let mut place = Place::new();
    let (mut killed, mut between) = (0, 0);
    for (number, fraction) in fractions(kills.unwrap_or(12)).enumerate() {
        let mut child = start(&place);
        std::thread::sleep(whole.mul_f64(fraction).max(Duration::from_millis(1)));
        killed += usize::from(child.try_wait().unwrap().is_none());
        let _ = child.kill();
        child.wait().unwrap();
        if !place.index().join("meta.json").exists() {
            continue;
        }
        // What was committed agrees with itself, and the index answers.
        let files = crate::place::state(&place.index()).len();
        between += usize::from(files > 0 && files < state.len());
        place.amparo(&["search", "police"]);
        // Every few kills one run is left to complete; then all begins anew.
        if number % 4 == 3 {
            assert!(start(&place).wait().unwrap().success());
            let when = format!("after kill {number}");
            same_state(&crate::place::state(&place.index()), &state, &when);
            assert_eq!(answers(&place), expected, "after kill {number}");
            place = Place::new();
        }
    }
    eprintln!("{killed} ingests killed on their way, {between} between commits");
    assert!(killed > 0, "no ingest was killed on its way");
}

/// A small disk that is mounted for as long as this lives.
#[cfg(target_os = "linux")]
struct Disk(std::path::PathBuf);

#[cfg(target_os = "linux")]
impl Disk {
    /// `None` where this user may not mount one.
    fn mounted(at: std::path::PathBuf, size: &str) -> Option<Self> {
        std::fs::create_dir(&at).unwrap();
        let mut mount = std::process::Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={size}"), "amparo-test"]).arg(&at);
        let mounted = mount.stderr(Stdio::null()).status().is_ok_and(|status| status.success());
        mounted.then_some(Self(at))
    }
}

#[cfg(target_os = "linux")]
impl Drop for Disk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_the_index_answers_as_before() {
    let place = Place::new();
    let Some(_disk) = Disk::mounted(place.index(), "1m") else {
        eprintln!("skipped: a full disk: this user may not mount one");
        return;
    };
    place.write("a.html", about("lanterns"));
    place.ingest(&[]).ok();
    place.write("b.html", about("umbrellas"));
    std::fs::write(place.index().join("ballast"), vec![0; 1 << 20]).unwrap_err();
    let output = place.ingest(&[]);
    assert_eq!((output.status, output.stdout.as_str()), (2, ""));
    assert!(output.stderr.contains("No space left on device"), "{}", output.stderr);
    assert!(!output.stderr.contains("panicked"), "{}", output.stderr);
    assert_eq!(place.found(&["lanterns"]), ["a.html"]);
    std::fs::remove_file(place.index().join("ballast")).unwrap();
    place.counts(&[], &[("found", 2), ("added", 1), ("unchanged", 1)]);
    place.state();
}
