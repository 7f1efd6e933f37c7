//! The text of a query: words, `"phrases"`, `-exclusions`, `OR`, `prefix*`, parentheses; text in, a [`Query`] out.
//!
//! Anything that is not an operator is text: a pasted sentence with odd quotes, brackets or colons is never an error. What
//! looks like an operator and cannot be one says so with its place.

use std::fmt;

/// Nesting of parentheses that is read; a deeper one is an error.
const MAX_DEPTH: usize = 32;

/// A query as understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Whether an operator was used: then every word is wanted. Without one, passages with fewer of the words follow.
    pub strict: bool,
    /// What is asked; nothing for a text without words.
    pub root: Option<Node>,
}

/// A part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A word in any of its inflections.
    Word(String),
    /// Words one after another as written, with up to `slop` others between them.
    Phrase {
        /// The text between the quotes.
        text: String,
        /// Words that may stand between.
        slop: u32,
    },
    /// Words that begin with these letters.
    Prefix(String),
    /// All of these.
    All(Vec<Node>),
    /// Any of these.
    Any(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
}

/// An operator that cannot be one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SyntaxError {
    /// What is wrong.
    pub message: String,
    /// Where, in bytes.
    pub offset: usize,
    /// What to write instead.
    pub hint: &'static str,
}

/// Reads a query.
///
/// # Errors
/// For a slop that is no number, an operator with nothing to work on, or parentheses nested too deep.
pub fn parse(text: &str) -> Result<Query, SyntaxError> {
    let tokens = tokens(text)?;
    let strict = tokens.iter().any(|(token, _)| !matches!(token, Token::Word(_)));
    let mut parser = Parser { tokens, at: 0, end: text.len() };
    let root = parser.any(0)?;
    if let Some((_, offset)) = parser.tokens.get(parser.at) {
        return Err(parser.error(
            "a ')' without its '('",
            *offset,
            "put it in quotes to search for it as text",
        ));
    }
    Ok(Query { strict, root })
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Phrase(String, u32),
    Prefix(String),
    Not,
    Or,
    And,
    Open,
    Close,
}

/// Tokens with their places. A parenthesis is an operator only where it stands at a word's edge and has its partner.
fn tokens(text: &str) -> Result<Vec<(Token, usize)>, SyntaxError> {
    let mut tokens = Vec::new();
    let groups = has_balanced_groups(text);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let width = c.len_utf8();
        if c.is_whitespace() {
            at += width;
        } else if let Some((inside, next)) = quoted(text, at) {
            let (slop, next) = slop(text, next)?;
            tokens.push((Token::Phrase(inside.to_owned(), slop), at));
            at = next;
        } else if groups && (c == '(' || c == ')') {
            tokens.push((if c == '(' { Token::Open } else { Token::Close }, at));
            at += width;
        } else if c == '-' && negates(text, at) {
            tokens.push((Token::Not, at));
            at += width;
        } else {
            let length = text[at..]
                .find(|c: char| {
                    c.is_whitespace() || is_quote(c) || groups && matches!(c, '(' | ')')
                })
                .unwrap_or(text.len() - at)
                .max(width);
            tokens.push((word(&text[at..at + length]), at));
            at += length;
        }
    }
    tokens.retain(|(token, _)| match token {
        Token::Word(text) | Token::Phrase(text, _) => crate::analysis::words(text).next().is_some(),
        _ => true,
    });
    Ok(tokens)
}

fn word(text: &str) -> Token {
    match text {
        "OR" => Token::Or,
        "AND" => Token::And,
        "NOT" => Token::Not,
        _ => match text.strip_suffix('*') {
            Some(prefix)
                if prefix.chars().count() >= 2 && prefix.chars().all(char::is_alphanumeric) =>
            {
                Token::Prefix(prefix.to_owned())
            }
            _ => Token::Word(text.to_owned()),
        },
    }
}

/// A minus excludes where it opens a word; `self-made` and ` - ` are text.
fn negates(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + 1..].chars().next();
    before.is_none_or(|c| c.is_whitespace() || c == '(')
        && after.is_some_and(|c| c.is_alphanumeric() || is_quote(c) || c == '(')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '«' | '»')
}

/// The text between the quote at `at` and its partner, and where it ends; `None` for a lone quote, which is text.
fn quoted(text: &str, at: usize) -> Option<(&str, usize)> {
    let open = text[at..].chars().next().filter(|c| is_quote(*c))?;
    let inside = &text[at + open.len_utf8()..];
    let (length, close) = inside.char_indices().find(|(_, c)| is_quote(*c))?;
    Some((&inside[..length], at + open.len_utf8() + length + close.len_utf8()))
}

/// The `~N` after a phrase.
fn slop(text: &str, at: usize) -> Result<(u32, usize), SyntaxError> {
    let Some(rest) = text[at..].strip_prefix('~') else { return Ok((0, at)) };
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match rest[..digits].parse::<u32>() {
        Ok(slop) if slop <= 1_000 => Ok((slop, at + 1 + digits)),
        _ => Err(SyntaxError {
            message: "'~' after a phrase needs a number of words up to 1000".to_owned(),
            offset: at,
            hint: "write \"police protection\"~5 for within five words",
        }),
    }
}

fn has_balanced_groups(text: &str) -> bool {
    let mut depth = 0i64;
    let mut operators = false;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
        operators |=
            depth > 0 && [" OR ", " AND ", " NOT "].iter().any(|word| text[at..].starts_with(word));
    }
    // Brackets around plain words, as in a pasted sentence, are text.
    depth == 0 && operators
}

struct Parser {
    tokens: Vec<(Token, usize)>,
    at: usize,
    end: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    fn error(&self, message: &str, offset: usize, hint: &'static str) -> SyntaxError {
        SyntaxError { message: message.to_owned(), offset: offset.min(self.end), hint }
    }

    fn any(&mut self, depth: usize) -> Result<Option<Node>, SyntaxError> {
        let mut parts: Vec<Node> = self.all(depth)?.into_iter().collect();
        while self.peek() == Some(&Token::Or) {
            let offset = self.tokens[self.at].1;
            self.at += 1;
            match self.all(depth)? {
                Some(part) if !parts.is_empty() => parts.push(part),
                _ => {
                    return Err(self.error(
                        "OR needs words on both sides",
                        offset,
                        "write torture OR tortura",
                    ));
                }
            }
        }
        Ok(if parts.len() > 1 { Some(Node::Any(parts)) } else { parts.pop() })
    }

    fn all(&mut self, depth: usize) -> Result<Option<Node>, SyntaxError> {
        let mut parts = Vec::new();
        loop {
            match self.peek() {
                Some(Token::And) => {
                    let offset = self.tokens[self.at].1;
                    self.at += 1;
                    let last =
                        matches!(self.peek(), None | Some(Token::Close | Token::Or | Token::And));
                    if parts.is_empty() || last {
                        return Err(self.error(
                            "AND needs words on both sides",
                            offset,
                            "leave it out: all words are wanted",
                        ));
                    }
                }
                None | Some(Token::Or | Token::Close) => break,
                Some(_) => parts.extend(self.one(depth)?),
            }
        }
        Ok(if parts.len() > 1 { Some(Node::All(parts)) } else { parts.pop() })
    }

    fn one(&mut self, depth: usize) -> Result<Option<Node>, SyntaxError> {
        let Some((token, offset)) = self.tokens.get(self.at).cloned() else { return Ok(None) };
        self.at += 1;
        Ok(match token {
            Token::Word(text) => Some(Node::Word(text)),
            Token::Phrase(text, slop) => Some(Node::Phrase { text, slop }),
            Token::Prefix(text) => Some(Node::Prefix(text)),
            Token::Not => match self.one(depth)? {
                Some(node) => Some(Node::Not(Box::new(node))),
                None => return Err(self.error("NOT needs a word after it", offset, "write -word")),
            },
            Token::Open if depth >= MAX_DEPTH => {
                return Err(self.error(
                    "parentheses nested too deep",
                    offset,
                    "simplify the query",
                ));
            }
            Token::Open => {
                let inside = self.any(depth + 1)?;
                self.at += usize::from(self.peek() == Some(&Token::Close));
                inside
            }
            Token::Close | Token::Or | Token::And => None,
        })
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.as_ref().map_or(Ok(()), |root| root.print(f, false))
    }
}

impl Node {
    fn print(&self, f: &mut fmt::Formatter<'_>, inside: bool) -> fmt::Result {
        match self {
            Self::Word(text) => f.write_str(text),
            Self::Phrase { text, slop: 0 } => write!(f, "\"{text}\""),
            Self::Phrase { text, slop } => write!(f, "\"{text}\"~{slop}"),
            Self::Prefix(text) => write!(f, "{text}*"),
            Self::Not(node) => {
                f.write_str("NOT ")?;
                node.print(f, true)
            }
            Self::All(nodes) | Self::Any(nodes) => {
                let joiner = if matches!(self, Self::All(_)) { " " } else { " OR " };
                f.write_str(if inside { "(" } else { "" })?;
                for (index, node) in nodes.iter().enumerate() {
                    f.write_str(if index > 0 { joiner } else { "" })?;
                    node.print(f, true)?;
                }
                f.write_str(if inside { ")" } else { "" })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, strict: bool, printed: &str) {
        let query = parse(text).unwrap();
        assert_eq!((query.strict, query.to_string().as_str()), (strict, printed), "{query:?}");
    }

    #[test]
    fn words_alone_are_not_strict() {
        check("police protection", false, "police protection");
        check("", false, "");
        check("  ¿? – ", false, "");
    }

    #[test]
    fn operators_make_a_query_strict() {
        check("\"state protection\" women", true, "\"state protection\" women");
        check("“state protection”~5", true, "\"state protection\"~5");
        check("torture -police", true, "torture NOT police");
        check("(torture OR tortura) AND cárcel", true, "(torture OR tortura) cárcel");
        check("detain* NOT \"at sea\"", true, "detain* NOT \"at sea\"");
    }

    #[test]
    fn pasted_text_is_never_an_error() {
        check(
            "see 8 C.F.R. 208.13 (a): \"well-founded",
            false,
            "see 8 C.F.R. 208.13 (a): well-founded",
        );
        check(
            "the court (see below) said: no - never",
            false,
            "the court (see below) said: no never",
        );
        check("(((", false, "");
    }

    #[test]
    fn a_broken_operator_says_where() {
        let error = parse("\"a b\"~x").unwrap_err();
        assert_eq!((error.offset, error.hint.is_empty()), (5, false));
        assert_eq!(parse("torture OR").unwrap_err().offset, 8);
        assert!(parse("AND torture").is_err());
    }
}
