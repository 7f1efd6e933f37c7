//! tantivy's side of [`crate::analysis`]: texts reach the engine as lists of terms, which it only has to take apart.
//!
//! Whoever makes a passage ready folds and stems its words once, on a reading thread ([`Lexicon::list`]); here is what undoes
//! the list. Fields name their terms, so that the schema says what is in them.
//!
//! [`Lexicon::list`]: crate::analysis::Lexicon::list

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use crate::analysis::TERM_END;
use crate::document::Language;

/// Name of the analyzer of fields of folded words.
pub const WORDS: &str = "words";

/// Name of the analyzer of a field of a language's stems.
pub fn stems_name(language: Language) -> String {
    language.profile().map_or_else(|| WORDS.to_owned(), |profile| format!("stems_{}", profile.code))
}

/// Every analyzer that the schema names.
pub fn manager() -> TokenizerManager {
    // tantivy asks for its own "raw" and "default" even where a field is a number.
    let manager = TokenizerManager::default();
    for name in Language::ALL.map(stems_name) {
        manager.register(&name, TextAnalyzer::from(ListedTerms));
    }
    manager
}

/// Emits the terms of a list, each ended by [`TERM_END`].
#[derive(Clone, Debug, Default)]
struct ListedTerms;

impl Tokenizer for ListedTerms {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, list: &'a str) -> TermStream<'a> {
        TermStream { rest: list, token: Token::default() }
    }
}

/// Stream of [`ListedTerms`].
#[derive(Debug)]
struct TermStream<'a> {
    rest: &'a str,
    token: Token,
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        // Terms are short: looking at byte after byte is faster than a search.
        let end = self.rest.bytes().position(|byte| byte == TERM_END as u8);
        let Some(end) = end else { return false };
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text.clear();
        self.token.text.push_str(&self.rest[..end]);
        self.rest = &self.rest[end + 1..];
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_term_of_a_list_has_a_place() {
        let mut analyzer = manager().get("stems_en").unwrap();
        let mut found = Vec::new();
        let mut stream = analyzer.token_stream("one\n\ntwo\n");
        stream.process(&mut |token| found.push((token.position, token.text.clone())));
        assert_eq!(found, [(0, "one".to_owned()), (1, String::new()), (2, "two".to_owned())]);
    }
}
