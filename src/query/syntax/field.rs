//! Fields: `title:`, `publisher:`, `country:`, `violation:`, `lang:`, `year:`, `symbol:`, and what each takes.

use super::ast::{Field, Text, Years};
use super::error::SyntaxError;
use super::quotes::is_quote;
use crate::analysis::{begins_word, is_word_character};
use crate::document::Language;

/// A field's name, before its value is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// Takes words to look for, with the operators of words.
    Text(TextName),
    /// Takes a name, a code or a number.
    Value(ValueName),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextName {
    Title,
    Publisher,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueName {
    Country,
    Violation,
    Lang,
    Year,
    Symbol,
}

/// A field's value that is not words.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value<'t> {
    /// As typed after the colon, with the punctuation that followed it.
    Bare(&'t str),
    /// What stood between quotes.
    Quoted(&'t str),
}

impl Name {
    const ALL: [Self; 7] = [
        Self::Text(TextName::Title),
        Self::Text(TextName::Publisher),
        Self::Value(ValueName::Country),
        Self::Value(ValueName::Violation),
        Self::Value(ValueName::Lang),
        Self::Value(ValueName::Year),
        Self::Value(ValueName::Symbol),
    ];

    /// The field of a name in lower case; nothing else is a field, so that `Title:` or `art:` in a pasted text is text.
    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == name)
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Text(TextName::Title) => "title",
            Self::Text(TextName::Publisher) => "publisher",
            Self::Value(ValueName::Country) => "country",
            Self::Value(ValueName::Violation) => "violation",
            Self::Value(ValueName::Lang) => "lang",
            Self::Value(ValueName::Year) => "year",
            Self::Value(ValueName::Symbol) => "symbol",
        }
    }

    fn example(self) -> &'static str {
        match self {
            Self::Text(TextName::Title) => "write title:torture or title:\"human rights\"",
            Self::Text(TextName::Publisher) => {
                "write publisher:amnesty or publisher:\"human rights watch\""
            }
            Self::Value(ValueName::Country) => "write country:hn or country:\"el salvador\"",
            Self::Value(ValueName::Violation) => {
                "write violation:torture or violation:\"enforced disappearance\""
            }
            Self::Value(ValueName::Lang) => "write lang:en, lang:es, lang:fr or lang:other",
            Self::Value(ValueName::Year) => {
                "write year:2019, year:2019..2023, year:2019.. or year:..2023"
            }
            Self::Value(ValueName::Symbol) => {
                "write symbol:A/HRC/19/19 or symbol:\"Serie C No. 4\""
            }
        }
    }

    /// The error of a field whose value is missing.
    pub(super) fn needs_value(self, offset: usize) -> SyntaxError {
        let message = format!("'{}:' needs a value", self.as_str());
        SyntaxError::new(message, offset, self.example())
    }

    /// The error of a field that is followed by a parenthesis.
    pub(super) fn takes_no_group(self, offset: usize) -> SyntaxError {
        let name = self.as_str();
        let message = format!("'{name}:' takes one value, not a group");
        SyntaxError::new(message, offset, format!("repeat it, as in ({name}:one OR {name}:two)"))
    }
}

impl TextName {
    /// The field of words to look for.
    pub(super) fn with(self, text: Text) -> Field {
        match self {
            Self::Title => Field::Title(text),
            Self::Publisher => Field::Publisher(text),
        }
    }
}

impl ValueName {
    /// The field of a value that stands at `offset`.
    pub(super) fn with(self, value: Value<'_>, offset: usize) -> Result<Field, SyntaxError> {
        let name = Name::Value(self);
        let value = value.tidy(self == Self::Year);
        if !value.contains(begins_word) {
            return Err(name.needs_value(offset));
        }
        let invalid =
            |what| SyntaxError::new(format!("'{value}' is not {what}"), offset, name.example());
        match self {
            Self::Country => Ok(Field::Country(value)),
            Self::Violation => Ok(Field::Violation(value)),
            Self::Symbol => Ok(Field::Symbol(value)),
            Self::Lang => Language::parse(&value)
                .map(Field::Lang)
                .ok_or_else(|| invalid("a language of the index")),
            Self::Year => {
                years(&value).map(Field::Year).ok_or_else(|| invalid("a year or a range of years"))
            }
        }
    }
}

impl Value<'_> {
    /// The value on one line, without quotation marks; a bare one also without the punctuation at its ends, but with operators
    /// of words, so that they are not lost in silence: the name will not be known, and the error shows it.
    fn tidy(self, is_year: bool) -> String {
        let trimmed = match self {
            Self::Quoted(value) => value,
            Self::Bare(value) => value.trim_matches(|c| {
                !(is_word_character(c) || matches!(c, '*' | '~') || is_year && c == '.')
            }),
        };
        let trimmed = match trimmed.strip_suffix('.') {
            // The period of the sentence, not the range of `2019..`.
            Some(sentence) if is_year && !sentence.ends_with('.') => sentence,
            _ => trimmed,
        };
        let plain = trimmed.replace(|c: char| is_quote(c) || c.is_control(), " ");
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn years(value: &str) -> Option<Years> {
    let year = |text: &str| {
        let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<i16>().ok()).flatten().filter(|year| *year > 0)
    };
    let Some((from, to)) = value.split_once("..") else {
        return year(value).map(|year| Years { from: Some(year), to: Some(year) });
    };
    let bound = |text: &str| if text.is_empty() { Some(None) } else { year(text).map(Some) };
    let years = Years { from: bound(from)?, to: bound(to)? };
    match (years.from, years.to) {
        (None, None) => None,
        (Some(from), Some(to)) if from > to => None,
        _ => Some(years),
    }
}
