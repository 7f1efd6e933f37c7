//! Text to tokens: operators, parentheses and what stands between them.
//!
//! What is text rather than an operator is decided here and in [`super::term`]; the parser sees operators only. One pass, and
//! no place of the text is looked at more than a few times.

use rustc_hash::FxHashSet;

use super::ast::{Field, Node, Phrase, Text};
use super::error::SyntaxError;
use super::field::{Name, Value};
use super::quotes::{Quotes, is_quote};
use super::{Refusal, term};
use crate::analysis::{begins_word, is_word_character};

/// Most words that `"a phrase"~n` lets stand between its words.
const MAX_SLOP: u32 = 255;

/// A token and its place in bytes.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) offset: usize,
}

#[derive(Debug)]
pub(super) enum Kind {
    And,
    Or,
    /// `NOT`
    Not,
    /// `-` before a word, phrase, field or group
    Minus,
    Open,
    Close,
    Leaf(Node),
}

/// The tokens of a query. Parentheses are among them only if the text has an operator that gives them a meaning, and then they
/// are balanced. `check` may refuse a field.
pub(super) fn tokens(
    text: &str,
    check: &mut dyn FnMut(&Field) -> Result<(), Refusal>,
) -> Result<Vec<Token>, SyntaxError> {
    let mut lexer = Lexer {
        text,
        quotes: Quotes::new(text),
        dashes: dashes(text),
        tokens: Vec::new(),
        parentheses: Parentheses::default(),
        check,
        at: 0,
    };
    while let Some(c) = text[lexer.at..].chars().next() {
        lexer.step(c)?;
    }
    lexer.finish()
}

struct Lexer<'t, 'c> {
    text: &'t str,
    quotes: Quotes<'t>,
    dashes: FxHashSet<usize>,
    tokens: Vec<Token>,
    parentheses: Parentheses,
    check: &'c mut dyn FnMut(&Field) -> Result<(), Refusal>,
    at: usize,
}

/// Parentheses that are open: a group's place, or `None` for one glued to a word (`art. 3(2)`), which is text.
#[derive(Default)]
struct Parentheses {
    open: Vec<Option<usize>>,
    /// The first `)` without a `(`.
    stray: Option<usize>,
}

impl Lexer<'_, '_> {
    fn step(&mut self, c: char) -> Result<(), SyntaxError> {
        let at = self.at;
        if is_space(c) {
            self.at += c.len_utf8();
        } else if is_quote(c) {
            match self.quotes.closer(at) {
                Some(close) => self.quoted_leaf(close)?,
                None => self.at += c.len_utf8(),
            }
        } else if c == '(' {
            self.open();
        } else if c == ')' {
            self.close();
        } else if c == '-' && self.is_minus() {
            self.push(Kind::Minus, at);
            self.at += 1;
        } else {
            let end = self.chunk_end(at);
            self.chunk(end)?;
        }
        Ok(())
    }

    fn push(&mut self, kind: Kind, offset: usize) {
        self.tokens.push(Token { kind, offset });
    }

    fn previous_char(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    /// The end of the run of characters from `from` that are neither white space, quotes nor parentheses.
    fn chunk_end(&self, from: usize) -> usize {
        let ends = |c: char| is_space(c) || is_quote(c) || matches!(c, '(' | ')');
        self.text[from..].find(ends).map_or(self.text.len(), |length| from + length)
    }

    /// Whether the hyphen here excludes what follows: it begins a word, phrase or group, and is not a dash.
    fn is_minus(&self) -> bool {
        let mut following = self.text[self.at + 1..].chars();
        let next = following.next();
        begins(self.previous_char())
            && !self.dashes.contains(&self.at)
            && next.is_some_and(|c| {
                begins_word(c)
                    || c == '(' && following.next().is_some_and(|c| !is_space(c))
                    || is_quote(c) && self.quotes.closer(self.at + 1).is_some()
            })
    }

    /// An opening parenthesis: of a group, unless it is glued to a word that is not an operator.
    fn open(&mut self) {
        let after_operator = self.tokens.last().is_some_and(|token| {
            let operator = &self.text[token.offset..self.at];
            !matches!(token.kind, Kind::Leaf(_)) && matches!(operator, "AND" | "OR" | "NOT")
        });
        let glued = self.previous_char().is_some_and(is_word_character) && !after_operator;
        self.parentheses.open.push((!glued).then_some(self.at));
        if !glued {
            self.push(Kind::Open, self.at);
        }
        self.at += 1;
    }

    fn close(&mut self) {
        match self.parentheses.open.pop() {
            Some(Some(_)) if matches!(self.tokens.last(), Some(Token { kind: Kind::Open, .. })) => {
                self.tokens.pop();
                self.drop_minus();
            }
            Some(Some(_)) => self.push(Kind::Close, self.at),
            Some(None) => {}
            None => self.parentheses.stray = self.parentheses.stray.or(Some(self.at)),
        }
        self.at += 1;
    }

    /// Takes back a hyphen that turned out to stand before nothing.
    fn drop_minus(&mut self) {
        if matches!(self.tokens.last(), Some(Token { kind: Kind::Minus, .. })) {
            self.tokens.pop();
        }
    }

    /// A phrase that begins here and whose closing quote is at `close`.
    fn quoted_leaf(&mut self, close: usize) -> Result<(), SyntaxError> {
        let offset = self.at;
        match self.phrase(close)? {
            Some(phrase) => self.push(Kind::Leaf(Node::Phrase(phrase)), offset),
            None => self.drop_minus(),
        }
        Ok(())
    }

    /// Reads a phrase with its `~n`; `None` if it holds no word.
    fn phrase(&mut self, close: usize) -> Result<Option<Phrase>, SyntaxError> {
        let mut parts = Vec::new();
        let mut at = self.after_quote(self.at);
        while at < close {
            let rest = &self.text[at..close];
            let length = rest.find(|c| is_space(c) || is_quote(c)).unwrap_or(rest.len());
            term::phrase_parts(&rest[..length], at, &mut parts)?;
            at += length + rest[length..].chars().next().map_or(0, char::len_utf8);
        }
        self.at = self.after_quote(close);
        let slop = self.slop()?;
        Ok((!parts.is_empty()).then_some(Phrase { parts, slop }))
    }

    /// The place after the quotation mark at `quote`.
    fn after_quote(&self, quote: usize) -> usize {
        quote + self.text[quote..].chars().next().map_or(0, char::len_utf8)
    }

    /// Reads `~n` after a closing quote; 0 if there is none.
    fn slop(&mut self) -> Result<u32, SyntaxError> {
        let rest = &self.text[self.at..];
        if rest.starts_with('*') && !rest.starts_with("**") {
            let hint = "put it inside the quotes: \"forced disappear*\"";
            return Err(SyntaxError::new("a wildcard cannot follow a phrase", self.at, hint));
        }
        let Some(rest) = rest.strip_prefix('~') else { return Ok(0) };
        let end = self.chunk_end(self.at);
        let typed = &rest[..end - self.at - 1];
        let number = typed.trim_end_matches(|c: char| !begins_word(c));
        let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let slop = number.parse().ok().filter(|slop| digits && *slop <= MAX_SLOP);
        let slop = slop.ok_or_else(|| {
            let message = format!("'~' after a phrase needs a number of words, 0 to {MAX_SLOP}");
            SyntaxError::new(message, self.at, "write \"police torture\"~5")
        })?;
        self.at = end;
        Ok(slop)
    }

    /// A chunk from here to `end`: an operator, a field or text.
    fn chunk(&mut self, end: usize) -> Result<(), SyntaxError> {
        let offset = self.at;
        let chunk = &self.text[offset..end];
        let after_minus = matches!(self.tokens.last(), Some(token) if matches!(token.kind, Kind::Minus))
            && offset > 0
            && self.text[..offset].ends_with('-');
        match chunk {
            "AND" if !after_minus => self.push(Kind::And, offset),
            "OR" if !after_minus => self.push(Kind::Or, offset),
            "NOT" if !after_minus => self.push(Kind::Not, offset),
            _ => {
                if let Some((name, value)) = field_name(chunk)
                    && self.field(name, offset + value, end)?
                {
                    return Ok(());
                }
                match term::text(chunk, offset)? {
                    Some(Text::Term(term)) => self.push(Kind::Leaf(Node::Term(term)), offset),
                    Some(Text::Phrase(phrase)) => {
                        self.push(Kind::Leaf(Node::Phrase(phrase)), offset);
                    }
                    None => {}
                }
            }
        }
        self.at = end;
        Ok(())
    }

    /// Reads the value of a field from `start`; `false` if there is none, and the name is text.
    fn field(&mut self, name: Name, start: usize, end: usize) -> Result<bool, SyntaxError> {
        let bare = &self.text[start..end];
        let next = self.text[end..].chars().next();
        let quoted = if bare.is_empty() && next.is_some_and(is_quote) {
            self.quotes.closer(end)
        } else {
            None
        };
        if bare.is_empty() && next == Some('(') {
            return Err(name.takes_no_group(end));
        }
        if quoted.is_none() && !bare.contains(begins_word) {
            return Ok(false);
        }
        let offset = self.at;
        self.at = end;
        let field = match (name, quoted) {
            (Name::Text(name), Some(close)) => {
                self.phrase(close)?.map(|phrase| name.with(Text::Phrase(phrase)))
            }
            (Name::Text(name), None) => term::text(bare, start)?.map(|text| name.with(text)),
            (Name::Value(name), Some(close)) => {
                let value = Value::Quoted(&self.text[self.after_quote(end)..close]);
                self.at = self.after_quote(close);
                Some(name.with(value, start)?)
            }
            (Name::Value(name), None) => Some(name.with(Value::Bare(bare), start)?),
        };
        let field = field.ok_or_else(|| name.needs_value(start))?;
        (self.check)(&field)
            .map_err(|refusal| SyntaxError::new(refusal.message, start, refusal.hint))?;
        self.push(Kind::Leaf(Node::Field(field)), offset);
        Ok(true)
    }

    /// Decides about the parentheses, now that the operators are known.
    fn finish(mut self) -> Result<Vec<Token>, SyntaxError> {
        let grouping = self.tokens.iter().enumerate().any(|(index, token)| match token.kind {
            Kind::And | Kind::Or | Kind::Not => true,
            Kind::Minus => {
                matches!(self.tokens.get(index + 1), Some(Token { kind: Kind::Open, .. }))
            }
            Kind::Open | Kind::Close | Kind::Leaf(_) => false,
        });
        if !grouping {
            self.tokens.retain(|token| !matches!(token.kind, Kind::Open | Kind::Close));
            return Ok(self.tokens);
        }
        let open = self.parentheses.open.iter().rev().find_map(|open| *open);
        let (offset, what) = match (self.parentheses.stray, open) {
            (Some(stray), _) => (stray, "opened"),
            (None, Some(open)) => (open, "closed"),
            (None, None) => return Ok(self.tokens),
        };
        let message = format!("this parenthesis is not {what}");
        Err(SyntaxError::new(message, offset, "beside AND, OR and NOT, parentheses must pair up"))
    }
}

/// The field that a chunk names, and the place of its value in the chunk.
fn field_name(chunk: &str) -> Option<(Name, usize)> {
    let start = chunk.find(begins_word)?;
    let (name, _) = chunk[start..].split_once(':')?;
    Some((Name::parse(name)?, start + name.len() + 1))
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Whether an operator can stand after this character.
fn begins(previous: Option<char>) -> bool {
    previous.is_none_or(|c| is_space(c) || c == '(')
}

/// The hyphens that open a parenthetical between dashes, which Spanish and French texts often type as hyphens:
/// `el Estado -a través de sus agentes- lo sabía` excludes nothing.
fn dashes(text: &str) -> FxHashSet<usize> {
    let mut dashes = FxHashSet::default();
    let mut opener = None;
    for (at, _) in text.match_indices('-') {
        let previous = text[..at].chars().next_back();
        let next = text[at + 1..].chars().next();
        if begins(previous) && next.is_some_and(|c| begins_word(c) || is_quote(c) || c == '(') {
            opener = Some(at);
        } else if previous.is_some_and(|c| begins_word(c) || is_quote(c) || c == ')')
            && next
                .is_none_or(|c| is_space(c) || matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | ')'))
        {
            dashes.extend(opener.take());
        }
    }
    dashes
}
