//! A query as text that parses to the same query.
//!
//! Every alternative among wanted things gets its parentheses, so that a user sees how the text was understood.

use std::fmt::{self, Display, Formatter};

use super::ast::{Field, Node, Phrase, Query, Term, Text, Years};
use crate::analysis::begins_word;

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.root {
            None => Ok(()),
            Some(Node::All(nodes)) if !self.strict => join(f, nodes, " "),
            Some(node) => node.fmt(f),
        }
    }
}

/// As a part of a strict query.
impl Display for Node {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Term(term) => term.fmt(f),
            Self::Phrase(phrase) => phrase.fmt(f),
            Self::Field(field) => field.fmt(f),
            Self::All(nodes) => join(f, nodes, " AND "),
            Self::Any(nodes) => join(f, nodes, " OR "),
            Self::Not(node) => write!(f, "NOT {}", Grouped(node)),
        }
    }
}

/// A node among others: in parentheses if it joins several.
struct Grouped<'n>(&'n Node);

impl Display for Grouped<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Node::All(_) | Node::Any(_) => write!(f, "({})", self.0),
            node => node.fmt(f),
        }
    }
}

fn join(f: &mut Formatter<'_>, nodes: &[Node], separator: &str) -> fmt::Result {
    for (index, node) in nodes.iter().enumerate() {
        if index > 0 {
            f.write_str(separator)?;
        }
        Grouped(node).fmt(f)?;
    }
    Ok(())
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(text) | Self::Pattern(text) => f.write_str(text),
            Self::Fuzzy { word, distance } => write!(f, "{word}~{distance}"),
        }
    }
}

impl Display for Phrase {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for (index, part) in self.parts.iter().enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            part.fmt(f)?;
        }
        f.write_str("\"")?;
        if self.slop > 0 { write!(f, "~{}", self.slop) } else { Ok(()) }
    }
}

impl Display for Text {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Term(term) => term.fmt(f),
            Self::Phrase(phrase) => phrase.fmt(f),
        }
    }
}

impl Display for Field {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Title(text) => write!(f, "title:{text}"),
            Self::Publisher(text) => write!(f, "publisher:{text}"),
            Self::Country(value) => write!(f, "country:{}", Quoted(value)),
            Self::Violation(value) => write!(f, "violation:{}", Quoted(value)),
            Self::Lang(language) => write!(f, "lang:{language}"),
            Self::Year(years) => write!(f, "year:{years}"),
            Self::Symbol(value) => write!(f, "symbol:{}", Quoted(value)),
        }
    }
}

/// A value in quotes unless it is one plain word.
struct Quoted<'v>(&'v str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let ends = |c: char| c.is_ascii_alphanumeric();
        if self.0.starts_with(ends)
            && self.0.ends_with(ends)
            && self.0.chars().all(|c| begins_word(c) || c == '-')
        {
            f.write_str(self.0)
        } else {
            write!(f, "\"{}\"", self.0)
        }
    }
}

impl Display for Years {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let bound = |year: Option<i16>| year.map_or(String::new(), |year| format!("{year:04}"));
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(f, "{from:04}"),
            (from, to) => write!(f, "{}..{}", bound(from), bound(to)),
        }
    }
}
