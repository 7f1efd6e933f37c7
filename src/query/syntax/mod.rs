//! The text of a query, and what it means: our own small grammar.
//!
//! Text in, [`Query`] out; a query prints back to a text that parses to the same query. Nothing here knows the index, which
//! countries there are, or how a word is stemmed.
//!
//! # What is an operator, and what is text
//!
//! Whatever is pasted in is searched as text. Only a well-marked operator is one, and only a malformed operator is an error.
//!
//! | written | is | is text when |
//! |---|---|---|
//! | `"a b"`, `“a b”`, `„a b“`, `«a b»` | a phrase | nothing closes it, or it is glued to a word before it (`5"`) |
//! | `"a b"~5` | words near each other | never: `~` right behind a closing quote needs a number of 0 to 255 |
//! | `AND`, `OR`, `NOT` | operators, in capitals and alone between spaces, parentheses or quotes | in any other case, or with punctuation (`AND,`); without an operand they are an error |
//! | `-word`, `-"a b"`, `-(…)`, `-title:…` | an exclusion, after a space or an opening parenthesis | a space follows it or its parenthesis, or it is closed like a dash: `-a través de sus agentes-` |
//! | `( … )` | a group, if the text has `AND`, `OR`, `NOT` or `-(`: then they must pair up | there is no such operator, since then they change nothing; or glued to a word: `3(2)` |
//! | `tortur*` | any ending; also within a word | after punctuation or alone (footnotes), two or more in a row (`**`), in a web address. Beginning a word, it is an error |
//! | `wom?n` | one letter, inside a word | at the end of a word, or in a web address |
//! | `word~1`, `word~2` | up to so many letters differ | no letter stands before it (`10~20`), or letters follow it (`a~b`). Without a number, or with another one, it is an error |
//! | `title:`, `publisher:`, `country:`, `violation:`, `lang:`, `year:` | fields, in lower case, right before their value or its quote | in another case, or followed by a space. A value that cannot be one (`year:abc`, `lang:xx`) and a group behind the colon are errors |
//!
//! `OR` joins its neighbours before `AND` and spaces do, as in Recoll and the legal databases: `police torture OR rape` wants
//! *police* and one of the others. Printing a query shows this by parentheses.
//!
//! A chunk such as `self-determination` or `A/HRC/19/19` is one [`Term::Word`] with its typed text; with an operator in it
//! (`self-determin*`) it is a phrase. Control characters count as white space.

mod ast;
mod error;
mod field;
mod help;
mod parser;
mod print;
mod quotes;
mod term;
#[cfg(test)]
mod tests;
mod token;

pub use ast::{Field, Node, Phrase, Query, Term, Text, Years};
pub use error::SyntaxError;
pub use help::SYNTAX_HELP;

/// Why a field's value is refused by who knows the countries, violations or publishers; see [`parse_with`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong, as in [`SyntaxError::message`].
    pub message: String,
    /// What to write instead.
    pub hint: String,
}

/// The query that a text means.
///
/// # Errors
/// A malformed operator, with its place. Text without operators is never an error.
pub fn parse(text: &str) -> Result<Query, SyntaxError> {
    parse_with(text, |_| Ok(()))
}

/// The query that a text means, where `check` has a say about each field's value: what it refuses is an error at that place.
///
/// # Errors
/// A malformed operator or a refused value, with its place.
pub fn parse_with(
    text: &str,
    mut check: impl FnMut(&Field) -> Result<(), Refusal>,
) -> Result<Query, SyntaxError> {
    parser::query(token::tokens(text, &mut check)?)
}
