//! How much of a text is in each language.
//!
//! Lengths in, the main language or shares out.

use crate::document::Language;

/// Bytes of text by language.
#[derive(Clone, Copy, Debug, Default)]
pub struct Letters([usize; Language::ALL.len()]);

impl Letters {
    /// Counts a text.
    pub fn add(&mut self, language: Language, text: &str) {
        self.0[language.place()] += text.len();
    }

    /// The language of most of it, of equals the first; `None` where there is no text.
    pub fn most(&self) -> Option<Language> {
        let counted = Language::ALL.into_iter().zip(self.0).rev();
        counted.max_by_key(|(_, bytes)| *bytes).filter(|(_, bytes)| *bytes > 0).map(|(own, _)| own)
    }

    /// Each language's share, in the order of [`Language::ALL`].
    pub fn shares(&self) -> impl Iterator<Item = (Language, f32)> {
        let total = self.0.iter().sum::<usize>().max(1) as f32;
        Language::ALL.into_iter().zip(self.0).map(move |(own, bytes)| (own, bytes as f32 / total))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_most_text_is_the_main_one() {
        let mut letters = Letters::default();
        assert_eq!(letters.most(), None);
        letters.add(Language::Other, "two");
        letters.add(Language::Es, "dos");
        assert_eq!(letters.most(), Some(Language::Es), "of equals the first of the table");
        letters.add(Language::Fr, "deux");
        assert_eq!(letters.most(), Some(Language::Fr));
    }
}
