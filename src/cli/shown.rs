//! How an answer is shown, as it is typed: the options that `search` and `similar` share.

use clap::ValueEnum;

use crate::output::Form;
use crate::query::{By, Request, Semantic};

/// Options of how an answer is shown.
#[derive(Debug, clap::Args)]
pub(super) struct Shown {
    /// What a result is
    #[arg(long, value_enum, default_value_t = ByChoice::Document, value_name = "WHAT")]
    by: ByChoice,

    /// Results at most; 0 for all
    #[arg(long, short = 'n', default_value_t = 10, value_name = "N")]
    limit: usize,

    /// Results to pass over first
    #[arg(long, default_value_t = 0, value_name = "N")]
    offset: usize,

    /// Passages shown of each document at most; 0 for all
    #[arg(long, default_value_t = 3, value_name = "N")]
    passages: usize,

    /// Show the parts of each score
    #[arg(long)]
    pub(super) explain: bool,

    /// Form of the answer
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    pub(super) format: FormChoice,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ByChoice {
    Document,
    Passage,
}

/// The form of an answer, as it is typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum FormChoice {
    /// For people
    #[default]
    Text,
    /// JSON lines, a stable contract
    Json,
    /// A line a passage, with all that citing it needs
    Csv,
    /// An entry for each document
    Bibtex,
    /// An item for each document, for citation managers
    CslJson,
}

impl Shown {
    /// A request for this part of its answer.
    pub(super) fn of(&self, request: Request) -> Request {
        Request {
            by: match self.by {
                ByChoice::Document => By::Document,
                ByChoice::Passage => By::Passage,
            },
            limit: (self.limit > 0).then_some(self.limit),
            offset: self.offset,
            passages: if self.passages == 0 { usize::MAX } else { self.passages },
            ..request
        }
    }
}

impl FormChoice {
    /// What is meant.
    pub(super) fn form(self) -> Form {
        match self {
            Self::Text => Form::Text,
            Self::Json => Form::Json,
            Self::Csv => Form::Csv,
            Self::Bibtex => Form::Bibtex,
            Self::CslJson => Form::CslJson,
        }
    }
}

/// How text is looked for, as it is typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum SemanticChoice {
    /// By words, and by meaning too where there are a model and vectors; text with operators by words
    #[default]
    Auto,
    /// By words
    Off,
    /// By meaning; operators and quotes say what may appear, and meaning orders it
    Only,
}

impl SemanticChoice {
    /// What is meant.
    pub(super) fn meant(self) -> Semantic {
        match self {
            Self::Auto => Semantic::Auto,
            Self::Off => Semantic::Off,
            Self::Only => Semantic::Only,
        }
    }
}
