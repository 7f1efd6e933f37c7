//! `amparo forget`: documents leave the index, and their text its files, before the command ends.

use std::io::{self, Write};
use std::path::PathBuf;

use super::message::counted;
use super::{Failure, Outcome, Place};
use crate::ingest;

/// Arguments of `forget`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files, or folders with all that was ingested under them; they need not exist any more
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

pub(super) fn run(args: &Args, place: &Place) -> Result<Outcome, Failure> {
    let forgotten = ingest::forget(&place.index()?, &args.paths)?;
    let said = counted(forgotten, "file", "files");
    writeln!(io::stdout(), "{said} forgotten")?;
    Ok(if forgotten > 0 { Outcome::Found } else { Outcome::Nothing })
}
