//! Agreement with other engines over the evaluation sets, where they are at hand (`AMPARO_EVAL`).

use std::collections::HashMap;
use std::hash::Hash;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use unicode_normalization::UnicodeNormalization;

use super::*;

/// The folder `pdf` of the evaluation sets; says so where there is none.
fn sets() -> Option<PathBuf> {
    let folder = std::env::var_os("AMPARO_EVAL").map(|folder| Path::new(&folder).join("pdf"));
    if folder.is_none() {
        eprintln!("skipped: AMPARO_EVAL does not name the evaluation sets");
    }
    folder
}

/// The words of a text as the sets' own description counts them.
fn words(text: &str) -> Vec<String> {
    let folded: String = text.nfkc().collect::<String>().to_lowercase();
    let mut joined = String::new();
    for line in folded.lines() {
        let line = line.trim();
        match line.strip_suffix(['-', '\u{ad}', '\u{2010}']) {
            Some(head) => joined.push_str(head),
            None => joined.extend([line, "\n"]),
        }
    }
    let is_word = |character: char| character.is_alphanumeric();
    let words = joined.split(|character| !is_word(character)).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Items in both, in the reference, in ours.
#[derive(Clone, Copy, Default)]
struct Overlap {
    both: usize,
    reference: usize,
    ours: usize,
}

impl Overlap {
    fn of<T: Eq + Hash>(reference: Vec<T>, ours: Vec<T>) -> Self {
        let (of_reference, of_ours) = (reference.len(), ours.len());
        let mut counts: HashMap<T, usize> = HashMap::new();
        for item in reference {
            *counts.entry(item).or_default() += 1;
        }
        let mut both = 0;
        for item in ours {
            if let Some(left) = counts.get_mut(&item).filter(|left| **left > 0) {
                *left -= 1;
                both += 1;
            }
        }
        Self { both, reference: of_reference, ours: of_ours }
    }

    fn add(&mut self, other: Self) {
        self.both += other.both;
        self.reference += other.reference;
        self.ours += other.ours;
    }

    fn f1(self) -> f64 {
        2.0 * self.both as f64 / (self.reference + self.ours).max(1) as f64
    }
}

fn pairs(words: &[String]) -> Vec<(String, String)> {
    words.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect()
}

#[test]
fn words_and_their_order_agree_with_other_engines() {
    let Some(sets) = sets() else { return };
    let (mut single, mut paired) = (Overlap::default(), Overlap::default());
    for entry in std::fs::read_dir(sets.join("reference")).unwrap() {
        let reference = entry.unwrap().path();
        let file = sets.join("real").join(reference.file_stem().unwrap());
        let pdf = read(&std::fs::read(&file).unwrap(), &Options::default()).unwrap();
        for line in std::fs::read_to_string(&reference).unwrap().lines() {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            let index = line["page"].as_u64().unwrap() as usize - 1;
            let paragraphs = &pdf.pages[index].paragraphs;
            let ours: Vec<&str> = paragraphs.iter().map(|one| one.text.as_str()).collect();
            let (theirs, ours) = (words(line["text"].as_str().unwrap()), words(&ours.join("\n")));
            paired.add(Overlap::of(pairs(&theirs), pairs(&ours)));
            let page = Overlap::of(theirs, ours);
            assert!(page.f1() >= 0.5, "{} page {}: {}", file.display(), index + 1, page.f1());
            single.add(page);
        }
    }
    eprintln!("words {:.5}, pairs {:.5}", single.f1(), paired.f1());
    assert!(single.f1() >= 0.998 && paired.f1() >= 0.997);
}

#[test]
fn hostile_files_end_soon() {
    let Some(sets) = sets() else { return };
    for entry in std::fs::read_dir(sets.join("hostile")).unwrap() {
        let path = entry.unwrap().path();
        let start = Instant::now();
        // Text or a reason: both are answers.
        let _ = read(&std::fs::read(&path).unwrap(), &Options::default());
        assert!(start.elapsed() < Duration::from_secs(10), "{}", path.display());
    }
}
