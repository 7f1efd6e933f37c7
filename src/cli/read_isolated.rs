//! The hidden command with which an ingest has one file read in a process of its own: limits first, then the file.

use std::io::{self, BufWriter};
use std::path::PathBuf;

use super::{Failure, Outcome};
use crate::ingest::{READER_THREAD, ReadIsolated, read_isolated};

/// Arguments of `read-apart`; what they mean is said in [`ReadIsolated`].
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    file: PathBuf,

    #[arg(long)]
    seconds: u64,

    #[arg(long)]
    memory: u64,
}

/// Stack of the thread that reads: as deep as that of an ingest's.
const STACK: usize = 32 << 20;

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    limit(args);
    let request =
        ReadIsolated { file: args.file.clone(), seconds: args.seconds, memory: args.memory };
    let thread = std::thread::Builder::new().name(format!("{READER_THREAD}-0")).stack_size(STACK);
    let reading =
        thread.spawn(move || read_isolated(&request, &mut BufWriter::new(io::stdout())))?;
    reading.join().map_err(|_| Failure::new("a stage after extraction failed"))??;
    Ok(Outcome::Found)
}

/// Whoever asked ends this process when it takes too long; its own limit on time is for when that one is gone.
#[cfg(unix)]
fn limit(args: &Args) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let at_most = |most| Rlimit { current: Some(most), maximum: Some(most) };
    // Not every system knows each limit; those it knows hold.
    let _ = setrlimit(Resource::As, at_most(args.memory));
    let _ = setrlimit(Resource::Cpu, at_most(args.seconds * 2 + 10));
    let _ = setrlimit(Resource::Core, at_most(0));
}

/// No limits here: only time, which whoever asked looks after.
#[cfg(not(unix))]
fn limit(_args: &Args) {}
