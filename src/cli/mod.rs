//! The command line: one file a subcommand. What was typed is turned into what is meant here, and nowhere else.
//!
//! stdout carries the answer, stderr everything else. Status 0: found or done; 1: nothing found; 2: error.

mod annotate;
mod eval;
mod extract;
mod failure;
mod filters;
mod forget;
mod ingest;
mod message;
mod model;
mod notes;
mod progress;
mod read_isolated;
mod search;
mod shell;
mod show;
mod shown;
mod similar;
mod status;
mod tables;

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::library::Library;
use crate::output::Style;
use failure::Failure;

/// Search country-conditions documents by country and violation, in English, Spanish and French, on your own machine.
#[derive(Debug, Parser)]
#[command(name = "amparo", version, max_term_width = 100, after_help = EXAMPLES)]
struct Args {
    /// Folder of the index [default: ./index if it exists, else the user's data folder]
    #[arg(long, global = true, env = "AMPARO_INDEX", value_name = "DIR")]
    index: Option<PathBuf>,

    /// Colour the output
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    color: ColorChoice,

    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  amparo ingest ~/library                                index a folder of PDFs and saved web pages
  amparo search --country honduras --violation femicide  the passages that show it, best first
  amparo search 'police will not protect women' --country HN --since 2019
  amparo show 3f2a9c0d11e4b870 --page 12                 the text of a page
  amparo status                                          what is indexed, and what could not be read";

#[derive(Debug, Subcommand)]
enum Command {
    /// Bring the index up to date with files and folders
    Ingest(ingest::Args),
    /// Find passages by text, country and violation
    Search(Box<search::Args>),
    /// Show a document: what is known of it, and the text of its passages
    Show(show::Args),
    /// Find passages like those of a document, in any language
    Similar(Box<similar::Args>),
    /// Print the text of files, without an index
    Extract(extract::Args),
    /// Countries that the index holds documents about, with counts
    Countries(tables::Args),
    /// Violations that the index holds documents about, with counts
    Violations(tables::Args),
    /// Publishers of the indexed documents, with counts
    Publishers(tables::PublisherArgs),
    /// Countries, violations and language of a text, and the words that led to them
    Annotate(annotate::Args),
    /// What is indexed, and what could not be read and why
    Status(status::Args),
    /// Score the index on judged queries, or the annotator on labelled texts
    Eval(eval::Args),
    /// Take documents out of the index, and their text out of its files, at once
    Forget(forget::Args),
    /// The multilingual sentence encoder, with which search finds by meaning: install it, or say what there is
    Model(model::Args),
    /// How to write the text of a query
    #[command(long_about = crate::query::syntax::SYNTAX_HELP)]
    Syntax,
    /// Print shell completions
    Completions(shell::CompletionArgs),
    /// Print the manual page
    Man,
    /// Read one file in a process of its own
    #[command(name = crate::ingest::ReadIsolated::COMMAND, hide = true)]
    ReadIsolated(read_isolated::Args),
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ColorChoice {
    Auto,
    Always,
    Never,
}

/// The form of output that most subcommands offer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

/// What came of a command that did what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// It found or did something.
    Found,
    /// There was nothing.
    Nothing,
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    quiet_reader_panics();
    let args = Args::parse();
    match run(args) {
        Ok(Outcome::Found) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        // Whoever read the output has seen enough.
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            message::tell(failure);
            ExitCode::from(2)
        }
    }
}

fn run(args: Args) -> Result<Outcome, Failure> {
    let place = Place { given: args.index };
    let style = style(args.color);
    match args.command {
        Command::Ingest(args) => ingest::run(&args, &place),
        Command::Search(args) => search::run(&args, &place, &style),
        Command::Show(args) => show::run(&args, &place, &style),
        Command::Similar(args) => similar::run(&args, &place, &style),
        Command::Extract(args) => extract::run(&args),
        Command::Countries(args) => tables::countries(&args, &place),
        Command::Violations(args) => tables::violations(&args, &place),
        Command::Publishers(args) => tables::publishers(&args, &place),
        Command::Annotate(args) => annotate::run(&args),
        Command::Status(args) => status::run(&args, &place, &style),
        Command::Eval(args) => eval::run(&args, &place),
        Command::Forget(args) => forget::run(&args, &place),
        Command::Model(args) => model::run(&args),
        Command::Syntax => shell::syntax(),
        Command::Completions(args) => shell::completions(&args),
        Command::Man => shell::man(),
        Command::ReadIsolated(args) => read_isolated::run(&args),
    }
}

/// Where the index is.
#[derive(Debug)]
struct Place {
    given: Option<PathBuf>,
}

impl Place {
    /// `--index` or `AMPARO_INDEX`, else `./index` if it exists, else the user's data folder.
    fn index(&self) -> Result<PathBuf, Failure> {
        if let Some(given) = &self.given {
            return Ok(given.clone());
        }
        Ok(Library::default_place()?)
    }
}

fn style(choice: ColorChoice) -> Style {
    let color = match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            io::stdout().is_terminal()
                && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty())
        }
    };
    Style { color, base: std::env::current_dir().ok().and_then(|here| here.canonicalize().ok()) }
}

/// A panic over one file is caught and reported as that file's failure; its message on the terminal would only confuse.
fn quiet_reader_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let thread = std::thread::current();
        if !thread.name().is_some_and(|name| name.starts_with(crate::ingest::READER_THREAD)) {
            usual(panic);
        }
    }));
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Args::command().debug_assert();
    }
}
