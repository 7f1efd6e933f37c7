//! How text becomes terms: Unicode words, folded or stemmed. Index, query and taxonomy share it, so that what one of them
//! writes another one finds.
//!
//! Pure functions over text. tantivy's side of it is in [`crate::index`].

mod exceptions;
mod fold;
mod lexicon;
mod stem;
mod stop_words;
mod words;

pub use fold::{fold, fold_into, folded_words};
pub use lexicon::{Lexicon, TERM_END};
pub use stem::{Stemmer, Stems};
pub use stop_words::is_stop_word;
pub use words::{Word, Words, begins_word, is_word_character, words};
