//! Tokens to tree, by recursive descent.
//!
//! ```text
//! all     = any { [ "AND" ] any }
//! any     = not { "OR" not }
//! not     = { "NOT" | "-" } primary
//! primary = "(" all ")" | leaf
//! ```

use super::ast::{Node, Query, Term};
use super::error::SyntaxError;
use super::token::{Kind, Token};

/// Most levels of a query's tree. A tree prints with at most one parenthesis a level, so what is printed parses.
pub(super) const MAX_DEPTH: usize = 32;

/// Most parentheses around one place; some may be redundant. Bounds the recursion.
const MAX_PARENTHESES: usize = 128;

/// The query of these tokens.
pub(super) fn query(tokens: Vec<Token>) -> Result<Query, SyntaxError> {
    if tokens.is_empty() {
        return Ok(Query::default());
    }
    let strict = tokens.iter().any(|token| {
        !matches!(
            token.kind,
            Kind::Leaf(Node::Term(Term::Word(_)) | Node::Phrase(_)) | Kind::Open | Kind::Close
        )
    });
    let mut parser = Parser { tokens: tokens.into_iter().peekable(), last: None, open: 0 };
    let root = parser.all(0)?;
    // One word is one word: nothing else can be left out.
    let strict = strict && !matches!(root, Node::Term(Term::Word(_)) | Node::Phrase(_));
    Ok(Query { strict, root: Some(root) })
}

struct Parser {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    /// The operator that was read last, if no operand came after it.
    last: Option<(&'static str, usize)>,
    open: usize,
}

impl Parser {
    fn all(&mut self, offset: usize) -> Result<Node, SyntaxError> {
        let mut nodes = Vec::new();
        loop {
            match self.any()? {
                Node::All(inner) => nodes.extend(inner),
                node => nodes.push(node),
            }
            match self.tokens.peek().map(|token| &token.kind) {
                None | Some(Kind::Close) => return bounded(joined(nodes, Node::All), offset),
                Some(Kind::And) => self.operator("AND"),
                Some(_) => {}
            }
        }
    }

    fn any(&mut self) -> Result<Node, SyntaxError> {
        let mut nodes = Vec::new();
        loop {
            match self.not()? {
                Node::Any(inner) => nodes.extend(inner),
                node => nodes.push(node),
            }
            if !matches!(self.tokens.peek(), Some(Token { kind: Kind::Or, .. })) {
                return Ok(joined(nodes, Node::Any));
            }
            self.operator("OR");
        }
    }

    fn not(&mut self) -> Result<Node, SyntaxError> {
        let mut exclusions = 0;
        let offset = self.tokens.peek().map_or(0, |token| token.offset);
        while let Some(token) = self.tokens.peek() {
            match token.kind {
                Kind::Not => self.operator("NOT"),
                Kind::Minus => self.operator("-"),
                _ => break,
            }
            exclusions += 1;
            if exclusions > MAX_DEPTH {
                return Err(too_deep(offset));
            }
        }
        let mut node = self.primary()?;
        for _ in 0..exclusions {
            node = Node::Not(Box::new(node));
        }
        bounded(node, offset)
    }

    fn primary(&mut self) -> Result<Node, SyntaxError> {
        match self.tokens.next() {
            Some(Token { kind: Kind::Leaf(node), .. }) => {
                self.last = None;
                Ok(node)
            }
            Some(Token { kind: Kind::Open, offset }) => {
                self.last = None;
                self.open += 1;
                if self.open > MAX_PARENTHESES {
                    return Err(too_deep(offset));
                }
                let node = self.all(offset)?;
                self.open -= 1;
                // The lexer balanced the parentheses, so what ended the group is its own.
                self.tokens.next();
                Ok(node)
            }
            Some(Token { kind: Kind::And, offset }) => Err(dangling("AND", offset, "before")),
            Some(Token { kind: Kind::Or, offset }) => Err(dangling("OR", offset, "before")),
            _ => {
                let (name, offset) = self.last.unwrap_or(("an operator", 0));
                Err(dangling(name, offset, "after"))
            }
        }
    }

    /// Takes an operator.
    fn operator(&mut self, name: &'static str) {
        self.last = self.tokens.next().map(|token| (name, token.offset));
    }
}

/// The one node, or all of them in one.
fn joined(mut nodes: Vec<Node>, join: fn(Vec<Node>) -> Node) -> Node {
    match (nodes.len(), nodes.pop()) {
        (1, Some(node)) => node,
        (_, last) => {
            nodes.extend(last);
            join(nodes)
        }
    }
}

fn bounded(node: Node, offset: usize) -> Result<Node, SyntaxError> {
    if node.depth() > MAX_DEPTH { Err(too_deep(offset)) } else { Ok(node) }
}

fn too_deep(offset: usize) -> SyntaxError {
    let message = format!("the query is nested more than {MAX_DEPTH} levels deep");
    SyntaxError::new(message, offset, "leave out parentheses that are not needed")
}

fn dangling(name: &str, offset: usize, side: &str) -> SyntaxError {
    let message = format!("'{name}' has nothing {side} it");
    let hint = if name == "-" {
        "put the word to exclude right behind it".to_owned()
    } else {
        format!("to search for the word, write '{}'", name.to_lowercase())
    };
    SyntaxError::new(message, offset, hint)
}
