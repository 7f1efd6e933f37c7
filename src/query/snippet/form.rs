//! One word of what was searched, and which words of a text it matches: by its stem, as written, by a pattern, or nearly.

use crate::analysis::fold;

/// How one word is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Any word with the same stem in the paragraph's language; where that has no stemmer, the word itself.
    Stem(String),
    /// The word as written, but for case and accents.
    Exact(String),
    /// `*` for any letters or none, `?` for one letter; case and accents do not matter.
    Pattern(String),
    /// The word, or one that differs by so many letters at most: wrong, missing, added, or swapped with the next one.
    Fuzzy {
        /// The word.
        word: String,
        /// The number of letters.
        distance: u8,
    },
}

/// Words longer than this are not searched nearly: nobody types them, and they bound the table of the comparison.
const LONGEST_FUZZY: usize = 40;

/// A pattern over folded words.
#[derive(Debug)]
pub(super) struct Pattern(Vec<u8>);

impl Pattern {
    pub(super) fn new(pattern: &str) -> Self {
        Self(fold(pattern).into_bytes())
    }

    /// The byte that every match begins with; `None` if the pattern begins with a wildcard.
    pub(super) fn first_byte(&self) -> Option<u8> {
        self.0.first().copied().filter(|byte| !matches!(byte, b'*' | b'?'))
    }

    /// Whether it matches the whole of a folded word. Time is bounded by the product of both lengths.
    pub(super) fn matches(&self, word: &str) -> bool {
        let (pattern, word) = (&self.0, word.as_bytes());
        let (mut p, mut w) = (0, 0);
        // The last star, and how far into the word it reaches: on a mismatch it takes one character more.
        let mut star = None;
        while w < word.len() {
            match pattern.get(p) {
                Some(b'*') => {
                    p += 1;
                    star = Some((p, w));
                    continue;
                }
                Some(b'?') => {
                    p += 1;
                    w += character(word, w);
                    continue;
                }
                Some(byte) if *byte == word[w] => {
                    p += 1;
                    w += 1;
                    continue;
                }
                _ => {}
            }
            let Some((after, reach)) = star else { return false };
            let reach = reach + character(word, reach);
            (p, w, star) = (after, reach, Some((after, reach)));
        }
        pattern[p..].iter().all(|byte| *byte == b'*')
    }
}

/// The length of the character of several bytes, or one, that begins here.
fn character(word: &[u8], at: usize) -> usize {
    1 + word[at + 1..].iter().take_while(|byte| (**byte & 0xc0) == 0x80).count()
}

/// A word looked for nearly.
#[derive(Debug)]
pub(super) struct Fuzzy {
    letters: Vec<char>,
    distance: usize,
}

impl Fuzzy {
    pub(super) fn new(word: &str, distance: u8) -> Self {
        Self { letters: fold(word).chars().collect(), distance: usize::from(distance) }
    }

    /// Whether a folded word is within the distance, a swap of neighbours counting as one (optimal string alignment).
    pub(super) fn matches(&self, word: &str) -> bool {
        let length = self.letters.len();
        if length > LONGEST_FUZZY || word.len() > 4 * (LONGEST_FUZZY + self.distance) {
            return self.letters.iter().copied().eq(word.chars());
        }
        let count = if word.is_ascii() { word.len() } else { word.chars().count() };
        count.abs_diff(length) <= self.distance && self.distance_to(word) <= self.distance
    }

    /// The distance, or more than allowed where it is more than allowed.
    fn distance_to(&self, word: &str) -> usize {
        let length = self.letters.len();
        // Three rows of the table: distances of the word's beginnings to the letters' beginnings.
        let mut rows = [[0_usize; LONGEST_FUZZY + 1]; 3];
        for (column, cell) in rows[0].iter_mut().enumerate() {
            *cell = column;
        }
        let mut previous = None;
        for (index, c) in word.chars().enumerate() {
            let [before, last, row] = [(index + 2) % 3, index % 3, (index + 1) % 3];
            rows[row][0] = index + 1;
            let mut nearest = index + 1;
            for column in 1..=length {
                let letter = self.letters[column - 1];
                let mut cell = (rows[last][column - 1] + usize::from(letter != c))
                    .min(rows[last][column] + 1)
                    .min(rows[row][column - 1] + 1);
                if column > 1 && previous == Some(letter) && self.letters[column - 2] == c {
                    cell = cell.min(rows[before][column - 2] + 1);
                }
                rows[row][column] = cell;
                nearest = nearest.min(cell);
            }
            // A swap may lead back from the row before, by one at most.
            if nearest > self.distance + 1 {
                return nearest;
            }
            previous = Some(c);
        }
        rows[word.chars().count() % 3][length]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_pattern(pattern: &str, matching: &str, others: &str) {
        let compiled = Pattern::new(pattern);
        for (words, expected) in [(matching, true), (others, false)] {
            for word in words.split_whitespace() {
                assert_eq!(compiled.matches(&fold(word)), expected, "{pattern} {word}");
            }
        }
    }

    #[test]
    fn patterns_match_whole_words() {
        check_pattern("tortur*", "tortur tortura Torturados", "tortu atortur");
        check_pattern("wom?n", "woman women WOMEN", "womn womaan womens");
        check_pattern("d*ar*d", "disappeared desaparecid dard", "disappear ard");
        check_pattern("ni?a", "niña nin\u{303}a ni人a", "nia ninna");
        check_pattern("a*人?b*", "a人人b ax人yb", "a人b");
        assert!(!Pattern::new(&("a*".repeat(50) + "b")).matches(&"a".repeat(20_000)));
    }

    #[track_caller]
    fn check_fuzzy(word: &str, distance: u8, matching: &str, others: &str) {
        let compiled = Fuzzy::new(word, distance);
        for (words, expected) in [(matching, true), (others, false)] {
            for other in words.split_whitespace() {
                assert_eq!(compiled.matches(&fold(other)), expected, "{word}~{distance} {other}");
            }
        }
    }

    #[test]
    fn misspellings_match_within_the_distance() {
        check_fuzzy(
            "tortura",
            1,
            "tortura torturas totrura ortura totura turtura",
            "torturado trotua tor",
        );
        check_fuzzy("tortura", 2, "torturado totruras trtra", "tor torturadora");
        check_fuzzy("ñandú", 1, "nandu nandus andu 人andu", "ndu");
        check_fuzzy("ab", 2, "ba a b abcd cd", "abcde");
        check_fuzzy(&"a".repeat(50), 2, &"a".repeat(50), &"a".repeat(49));
    }
}
