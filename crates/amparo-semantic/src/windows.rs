//! A passage cut into windows: whole sentences, thirty to forty-five words together.
//!
//! A window is what has a vector: short enough to be about one thing, long enough to say what. The same paragraphs are always
//! cut the same way, so that a window is found again by its number.
//!
//! Shorter and longer ones find worse (`docs/measurements.md`).

use unicode_segmentation::UnicodeSegmentation;

/// Words from which a window is full.
const FULL: usize = 30;

/// Words that a window has at most, where sentences let it.
const MOST: usize = 45;

/// Words below which what is left at a passage's end goes to the window before it, if there is room.
const LEAST: usize = 12;

/// Bytes of a window at most, so that text without spaces is cut too.
const BYTES: usize = 800;

/// The windows of a passage's paragraphs, in order.
pub fn windows<'a>(paragraphs: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut cut = Cut::default();
    for paragraph in paragraphs {
        for sentence in paragraph.split_sentence_bounds() {
            cut.sentence(sentence);
        }
    }
    cut.end()
}

/// Windows as they are filled.
#[derive(Default)]
struct Cut {
    done: Vec<String>,
    text: String,
    words: usize,
    /// Words of the window before.
    before: usize,
}

impl Cut {
    fn sentence(&mut self, sentence: &str) {
        let words: Vec<&str> = sentence.split_whitespace().flat_map(pieces).collect();
        let bytes = words.iter().map(|word| word.len() + 1).sum::<usize>();
        if self.words + words.len() > MOST || self.text.len() + bytes > BYTES {
            self.close();
        }
        for word in words {
            if self.words >= MOST || self.text.len() + word.len() >= BYTES {
                self.close();
            }
            if !self.text.is_empty() {
                self.text.push(' ');
            }
            self.text.push_str(word);
            self.words += 1;
        }
        if self.words >= FULL {
            self.close();
        }
    }

    fn close(&mut self) {
        if self.words > 0 {
            self.before = std::mem::take(&mut self.words);
            self.done.push(std::mem::take(&mut self.text));
        }
    }

    fn end(mut self) -> Vec<String> {
        if self.words < LEAST
            && self.before + self.words <= MOST
            && let Some(last) = self.done.last_mut()
            && last.len() + self.text.len() < BYTES
            && !self.text.is_empty()
        {
            last.push(' ');
            last.push_str(&self.text);
            return self.done;
        }
        self.close();
        self.done
    }
}

/// A word, cut where it is too long for a window.
fn pieces(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (piece, after) = rest.split_at(rest.floor_char_boundary(BYTES / 2));
        rest = after;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(paragraphs: &[&str], expected: &[usize]) {
        let windows = windows(paragraphs.iter().copied());
        let words: Vec<usize> = windows.iter().map(|w| w.split_whitespace().count()).collect();
        assert_eq!(words, expected, "{windows:?}");
        let typed: Vec<&str> = paragraphs.iter().flat_map(|text| text.split_whitespace()).collect();
        assert_eq!(windows.join(" "), typed.join(" "));
    }

    #[test]
    fn windows_are_whole_sentences_of_about_forty_words() {
        let ten = "Every one of these sentences has ten words in it. ";
        check(&[], &[]);
        check(&["", "  "], &[]);
        check(&["Heading"], &[1]);
        check(&[&ten.repeat(3)], &[30]);
        check(&[&ten.repeat(3), "The end."], &[32]);
        check(&[&ten.repeat(7)], &[30, 40]);
        check(&["Heading", &ten.repeat(8)], &[31, 30, 20]);
    }

    #[test]
    fn a_sentence_that_is_too_long_is_cut_between_words() {
        check(&[&"word ".repeat(100)], &[45, 45, 10]);
    }

    #[test]
    fn text_without_spaces_is_cut_between_characters() {
        let long = "é".repeat(3000);
        let windows = windows([long.as_str()]);
        assert!(windows.iter().all(|window| window.len() <= BYTES));
        assert_eq!(windows.concat().replace(' ', ""), long);
    }
}
