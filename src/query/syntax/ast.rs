//! What a query says, as a tree.
//!
//! Values only, without places in the text: two texts that mean the same are equal. The parser keeps the tree in a normal
//! form, so that printing it and parsing that gives the same tree; see [`Node`].

use crate::analysis;
use crate::document::Language;

/// A query as it was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Whether an operator other than quotes was used: then everything asked for is wanted. Otherwise the root is a word, a
    /// phrase or [`Node::All`] of these; passages must hold its phrases, and those that hold only some of its words are found
    /// too.
    pub strict: bool,
    /// What is asked for; `None` when the text holds no word at all.
    pub root: Option<Node>,
}

/// A part of a query.
///
/// Normal form: [`Node::All`] and [`Node::Any`] have two children or more, none of which is of their own kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A word, a wildcard pattern or a word with misspellings.
    Term(Term),
    /// Words in their order, or near each other.
    Phrase(Phrase),
    /// What the document must be, rather than what it must say.
    Field(Field),
    /// Every child is wanted (an exclusion among them: not wanted).
    All(Vec<Node>),
    /// One child at least is wanted.
    Any(Vec<Node>),
    /// The child must not be there. The whole query can be one; so can an alternative (`a OR NOT b`).
    Not(Box<Node>),
}

/// One word asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// A word as typed. Outside a phrase it can be a compound (`self-determination`, `A/HRC/19/19`): see [`Term::words`].
    Word(String),
    /// One index word with `*` (any letters, or none) and `?` (one letter). It begins with a letter or digit.
    Pattern(String),
    /// One index word, or any that is misspelled from it.
    Fuzzy {
        /// The word as typed.
        word: String,
        /// How many letters may differ: 1 or 2.
        distance: u8,
    },
}

/// Words as written, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// At least one; a [`Term::Word`] in it is exactly one index word.
    pub parts: Vec<Term>,
    /// How many other words may stand between them; 0 for the phrase as it is.
    pub slop: u32,
}

/// What can be asked of a document's title or publisher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// A word, a pattern, a misspelling.
    Term(Term),
    /// A phrase.
    Phrase(Phrase),
}

/// A condition on the document or its passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// `title:`
    Title(Text),
    /// `publisher:`
    Publisher(Text),
    /// `country:`, a code or a name; whether there is such a country is not known here.
    Country(String),
    /// `violation:`, an id or a label; whether there is such a violation is not known here.
    Violation(String),
    /// `lang:`
    Lang(Language),
    /// `year:`
    Year(Years),
    /// `symbol:`, under which the document is cited.
    Symbol(String),
}

/// Years from and to, both included. At least one is given, and they are in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Years {
    /// The first year; `None` for `..2023`.
    pub from: Option<i16>,
    /// The last year; `None` for `2019..`.
    pub to: Option<i16>,
}

impl Term {
    /// The word as typed.
    pub fn typed(&self) -> &str {
        match self {
            Self::Word(word) | Self::Pattern(word) | Self::Fuzzy { word, .. } => word,
        }
    }

    /// The index words of what was typed, in order: several for a compound, which then is to be treated as a phrase. A pattern
    /// has itself.
    pub fn words(&self) -> Vec<&str> {
        match self {
            Self::Word(word) => analysis::words(word).map(|word| word.text).collect(),
            Self::Pattern(pattern) => vec![pattern],
            Self::Fuzzy { word, .. } => vec![word],
        }
    }
}

impl Query {
    /// The conditions on documents that must hold, in the order typed: those that stand below no exclusion and no alternative.
    pub fn conditions(&self) -> Vec<&Field> {
        match &self.root {
            Some(Node::Field(field)) => vec![field],
            Some(Node::All(nodes)) => nodes
                .iter()
                .filter_map(|node| if let Node::Field(field) = node { Some(field) } else { None })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The words and phrases that are wanted, in the order typed: not those below an exclusion, not those of fields.
    pub fn texts(&self) -> Vec<Text> {
        let mut texts = Vec::new();
        if let Some(root) = &self.root {
            root.collect_texts(&mut texts);
        }
        texts
    }
}

impl Node {
    fn collect_texts(&self, texts: &mut Vec<Text>) {
        match self {
            Self::Term(term) => texts.push(Text::Term(term.clone())),
            Self::Phrase(phrase) => texts.push(Text::Phrase(phrase.clone())),
            Self::All(nodes) | Self::Any(nodes) => {
                for node in nodes {
                    node.collect_texts(texts);
                }
            }
            Self::Field(_) | Self::Not(_) => {}
        }
    }

    /// How many levels of [`Node::All`], [`Node::Any`] and [`Node::Not`] stand above its deepest leaf.
    pub fn depth(&self) -> usize {
        match self {
            Self::All(nodes) | Self::Any(nodes) => {
                1 + nodes.iter().map(Self::depth).max().unwrap_or(0)
            }
            Self::Not(node) => 1 + node.depth(),
            Self::Term(_) | Self::Phrase(_) | Self::Field(_) => 0,
        }
    }
}
