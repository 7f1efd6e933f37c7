//! tantivy's side of [`crate::analysis`]: tokenizers that emit folded words, or stems.

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use crate::analysis::{Stemmer, Words, fold_into, words};
use crate::document::Language;

/// Name of the analyzer that emits folded words.
pub const WORDS: &str = "words";

/// Name of the analyzer that emits a language's stems.
pub fn stems_name(language: Language) -> &'static str {
    match language {
        Language::En => "stems_en",
        Language::Es => "stems_es",
        Language::Fr => "stems_fr",
        Language::Other => WORDS,
    }
}

/// Every analyzer that the schema names.
pub fn manager() -> TokenizerManager {
    // tantivy asks for its own "raw" and "default" even where a field is a number.
    let manager = TokenizerManager::default();
    manager.register(WORDS, TextAnalyzer::from(FoldedWords));
    for language in Language::INDEXED {
        if let Some(stems) = StemmedWords::new(language) {
            manager.register(stems_name(language), TextAnalyzer::from(stems));
        }
    }
    manager
}

/// Emits each word folded.
#[derive(Clone, Debug, Default)]
pub struct FoldedWords;

impl Tokenizer for FoldedWords {
    type TokenStream<'a> = FoldedStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FoldedStream<'a> {
        FoldedStream { words: words(text), token: Token::default() }
    }
}

/// Stream of [`FoldedWords`].
#[derive(Debug)]
pub struct FoldedStream<'a> {
    words: Words<'a>,
    token: Token,
}

impl TokenStream for FoldedStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        self.token.offset_from = word.start;
        self.token.offset_to = word.start + word.text.len();
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text.clear();
        fold_into(word.text, &mut self.token.text);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Emits each word's stem; where the stem of the folded word is another one, both at one position.
pub struct StemmedWords {
    language: Language,
    stemmer: Stemmer,
}

impl StemmedWords {
    fn new(language: Language) -> Option<Self> {
        Stemmer::new(language).map(|stemmer| Self { language, stemmer })
    }
}

impl Clone for StemmedWords {
    /// A tokenizer of the same language with a cache of its own.
    fn clone(&self) -> Self {
        Self::new(self.language)
            .expect("this language has a stemmer, or this value would not exist")
    }
}

impl Tokenizer for StemmedWords {
    type TokenStream<'a> = StemmedStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> StemmedStream<'a> {
        let token = Token::default();
        StemmedStream { words: words(text), stemmer: &mut self.stemmer, token, second: None }
    }
}

/// Stream of [`StemmedWords`].
#[derive(Debug)]
pub struct StemmedStream<'a> {
    words: Words<'a>,
    stemmer: &'a mut Stemmer,
    token: Token,
    second: Option<String>,
}

impl TokenStream for StemmedStream<'_> {
    fn advance(&mut self) -> bool {
        if let Some(second) = self.second.take() {
            self.token.text = second;
            return true;
        }
        let Some(word) = self.words.next() else { return false };
        self.token.offset_from = word.start;
        self.token.offset_to = word.start + word.text.len();
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text.clear();
        let stems = self.stemmer.stems(word.text);
        self.token.text.push_str(&stems.written);
        self.second = stems.folded.as_deref().map(str::to_owned);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
