//! Colour and marks for a terminal, and what keeps a document's text from driving it.

/// Whether output is styled, and what paths are shown relative to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Use the terminal's colours.
    pub color: bool,
    /// Folder that paths are shown relative to.
    pub base: Option<std::path::PathBuf>,
}

impl Style {
    /// A title.
    pub fn strong(&self, text: &str) -> String {
        self.wrap(text, "1")
    }

    /// What is less important.
    pub fn faint(&self, text: &str) -> String {
        self.wrap(text, "2")
    }

    /// Words that were found: in colour, or between asterisks.
    pub fn found(&self, text: &str) -> String {
        if self.color { self.wrap(text, "1;33") } else { format!("**{text}**") }
    }

    fn wrap(&self, text: &str, code: &str) -> String {
        if self.color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// A path, relative to the base where it lies under it, without control characters.
    pub fn path(&self, path: &str) -> String {
        let relative =
            self.base.as_ref().and_then(|base| std::path::Path::new(path).strip_prefix(base).ok());
        let shown = relative.filter(|relative| !relative.as_os_str().is_empty());
        clean(&shown.map_or_else(|| path.to_owned(), |shown| shown.to_string_lossy().into_owned()))
    }

    /// A text with its highlights, given in Unicode scalar values.
    pub fn highlight(&self, text: &str, highlights: &[(usize, usize)]) -> String {
        let mut shown = String::with_capacity(text.len() + highlights.len() * 8);
        let mut characters = text.chars();
        let mut at = 0;
        for (start, end) in highlights {
            shown.extend(characters.by_ref().take(start - at));
            let found: String = characters.by_ref().take(end - start).collect();
            shown.push_str(&self.found(&found));
            at = *end;
        }
        shown.extend(characters);
        shown
    }
}

/// The text on one line, without control characters.
pub fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_never_reach_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\nc\u{9b}d"), "a [31mb c d");
    }

    #[test]
    fn highlights_count_characters_not_bytes() {
        let style = Style::default();
        assert_eq!(style.highlight("las niñas aquí", &[(4, 9)]), "las **niñas** aquí");
    }
}
