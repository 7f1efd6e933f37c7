//! Files on disk to a searchable index, in a process of its own, so that its CPU time and memory are nobody else's.

use std::path::Path;
use std::process::Command;

use amparo::ingest::{Options, Report, ingest};

use crate::meter::{Cost, cpu_seconds, peak_memory};

/// First argument of the process that does it; then the folder, the index, and the number of threads.
pub const COMMAND: &str = "--whole";

/// What the process says when it is done, in its order of words.
pub struct Outcome {
    /// What it cost.
    pub cost: Cost,
    /// Bytes of text that came out of the files.
    pub text: f64,
}

/// Ingests in this process and says what it cost.
pub fn child(folder: &str, index: &str, threads: &str) {
    let mut options = Options::new(vec![folder.into()], index.into());
    options.jobs = Some(threads.parse().expect("the parent gives a number"));
    let report: Report = ingest(&options, &|_| {}).expect("the library can be ingested");
    let Report { seconds, text_bytes, .. } = report;
    println!("{seconds} {} {} {text_bytes}", cpu_seconds(), peak_memory());
}

/// Runs [`child`] and reads what it says.
pub fn run(folder: &Path, index: &Path, threads: usize) -> Outcome {
    let program = std::env::current_exe().expect("a running program has a path");
    let output = Command::new(program)
        .arg(COMMAND)
        .args([folder, index])
        .arg(threads.to_string())
        .stderr(std::process::Stdio::inherit())
        .output()
        .expect("this program can be started again");
    let said = String::from_utf8_lossy(&output.stdout);
    let said: Vec<f64> = said.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [wall, cpu, memory, text] = said[..] else {
        panic!("the ingesting process failed: {}", output.status);
    };
    Outcome { cost: Cost { wall, cpu, memory }, text }
}

/// Ingests a folder into new indexes for at least so many seconds.
pub fn measure(folder: &Path, threads: usize, least: f64) -> Cost {
    let mut total = Cost::default();
    let mut passes = 0.0;
    while passes == 0.0 || total.wall < least {
        let index = tempfile::tempdir().expect("there is a folder for temporary files");
        let cost = run(folder, &index.path().join("index"), threads).cost;
        total.wall += cost.wall;
        total.cpu += cost.cpu;
        total.memory = total.memory.max(cost.memory);
        passes += 1.0;
    }
    Cost { wall: total.wall / passes, cpu: total.cpu / passes, memory: total.memory }
}
