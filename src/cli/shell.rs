//! `amparo completions` and `amparo man`, from the same declarations as the command line itself.

use std::io::{self, Write};

use clap::CommandFactory;

use super::{Args, Failure, Outcome};

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
pub(super) struct CompletionArgs {
    /// The shell
    shell: clap_complete::Shell,
}

pub(super) fn completions(args: &CompletionArgs) -> Result<Outcome, Failure> {
    // Into memory first: clap_complete panics where the reader of its output has gone.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "amparo", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Outcome::Found)
}

pub(super) fn syntax() -> Result<Outcome, Failure> {
    writeln!(io::stdout(), "{}", crate::query::syntax::SYNTAX_HELP.trim_end())?;
    Ok(Outcome::Found)
}

pub(super) fn man() -> Result<Outcome, Failure> {
    let mut out = io::stdout().lock();
    let mut command = Args::command();
    command.build();
    clap_mangen::Man::new(command.clone()).render(&mut out)?;
    for subcommand in command.get_subcommands().filter(|command| !command.is_hide_set()) {
        clap_mangen::Man::new(subcommand.clone()).render_description_section(&mut out)?;
        clap_mangen::Man::new(subcommand.clone()).render_options_section(&mut out)?;
    }
    Ok(Outcome::Found)
}
