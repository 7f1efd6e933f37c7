//! Texts with the violations that each speaks of, and how well predicted ones agree.
//!
//! A table `country, violations, text` in, a [`LabelledSet`] out; predicted ids of violations in, precision, recall and F1 out.
//!
//! Rules: a label may be a group, and is found when any type of the group is predicted. Ids that no label uses are not counted. Where a
//! label gives both ids of an [`EQUIVALENT`] pair, predicting one of them finds both. Macro-F1 is the mean over ids that occur
//! [`FREQUENT`] times or more; micro counts pool every id in use.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::Error;
use super::table::Table;
use crate::taxonomy::{CountryCode, Violations};

/// Rarer ids say little and are left out of the macro mean.
const FREQUENT: usize = 5;

/// Pairs that the judges' own categories do not tell apart.
const EQUIVALENT: [[&str; 2]; 5] = [
    ["torture", "ill-treatment"],
    ["journalists", "expression"],
    ["religious-persecution", "blasphemy-apostasy"],
    ["lgbtq-violence", "lgbtq-criminalization"],
    ["prison-conditions", "arbitrary-detention"],
];

/// A text and what it is labelled with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledText {
    /// The country it is about, if known.
    pub country: Option<CountryCode>,
    /// Ids of violations or groups; empty if it speaks of none.
    pub violations: BTreeSet<String>,
    /// The text.
    pub text: String,
}

/// A table of labelled texts.
#[derive(Clone, Debug)]
pub struct LabelledSet {
    /// The table's file.
    pub path: PathBuf,
    /// Its texts in order.
    pub texts: Vec<LabelledText>,
}

/// Agreement on one id.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LabelScore {
    /// The id of a violation or a group.
    pub id: String,
    /// How many texts have it.
    pub support: usize,
    /// How many were predicted to.
    pub predicted: usize,
    /// How many of those have it.
    pub right: usize,
    /// `right / predicted`, 0 if nothing was predicted.
    pub precision: f64,
    /// `right / support`.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

/// Agreement on a whole table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LabelScores {
    /// How many texts were scored.
    pub texts: usize,
    /// Mean F1 over the frequent ids.
    pub macro_f1: f64,
    /// All ids in use pooled; its `id` is `micro`.
    pub micro: LabelScore,
    /// Each id in use, in order of name.
    pub ids: Vec<LabelScore>,
}

impl LabelledSet {
    /// The labelled texts of a table.
    ///
    /// # Errors
    /// If it cannot be read or a line is wrong.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let table = Table::read(path, &["country", "violations", "text"])?;
        let mut texts = Vec::new();
        for row in table.rows() {
            let row = row?;
            let violations = row.get("violations").unwrap_or_default();
            texts.push(LabelledText {
                country: row.country()?,
                violations: violations.split_whitespace().map(str::to_owned).collect(),
                text: row.require("text")?.to_owned(),
            });
        }
        Ok(Self { path: path.to_owned(), texts })
    }

    /// How well predicted violations agree, one set of type ids for each text in order; a missing set predicts nothing.
    pub fn score(&self, predictions: &[BTreeSet<String>]) -> LabelScores {
        let violations = Violations::builtin();
        let groups: BTreeMap<&str, &str> = violations
            .ids()
            .map(|violation| (violations.id(violation), violations.group(violation)))
            .collect();
        self.score_in_groups(predictions, &groups)
    }

    /// [`Self::score`] with the group of each type given.
    fn score_in_groups(
        &self,
        predictions: &[BTreeSet<String>],
        groups: &BTreeMap<&str, &str>,
    ) -> LabelScores {
        let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
        for id in self.texts.iter().flat_map(|text| &text.violations) {
            counts.entry(id).or_default().support += 1;
        }
        let none = BTreeSet::new();
        for (at, text) in self.texts.iter().enumerate() {
            for id in counted(predictions.get(at).unwrap_or(&none), &text.violations, groups) {
                let Some(count) = counts.get_mut(id) else { continue };
                count.predicted += 1;
                count.right += usize::from(text.violations.contains(id));
            }
        }
        let ids: Vec<LabelScore> = counts.iter().map(|(id, count)| count.score(id)).collect();
        let frequent: Vec<f64> =
            ids.iter().filter(|id| id.support >= FREQUENT).map(|id| id.f1).collect();
        LabelScores {
            texts: self.texts.len(),
            macro_f1: frequent.iter().sum::<f64>() / frequent.len().max(1) as f64,
            micro: counts.values().fold(Counts::default(), Counts::add).score("micro"),
            ids,
        }
    }
}

/// The ids that a prediction counts as: its own, the groups of its types, and the other of a pair that the label gives whole.
fn counted<'p>(
    predicted: &'p BTreeSet<String>,
    label: &BTreeSet<String>,
    groups: &BTreeMap<&str, &'p str>,
) -> BTreeSet<&'p str> {
    let mut ids: BTreeSet<&str> = predicted.iter().map(String::as_str).collect();
    ids.extend(predicted.iter().filter_map(|id| groups.get(id.as_str()).copied()));
    for pair in EQUIVALENT {
        if pair.iter().all(|id| label.contains(*id)) && pair.iter().any(|id| ids.contains(id)) {
            ids.extend(pair);
        }
    }
    ids
}

#[derive(Clone, Copy, Default)]
struct Counts {
    support: usize,
    predicted: usize,
    right: usize,
}

impl Counts {
    fn add(self, other: &Self) -> Self {
        Self {
            support: self.support + other.support,
            predicted: self.predicted + other.predicted,
            right: self.right + other.right,
        }
    }

    fn score(&self, id: &str) -> LabelScore {
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        LabelScore {
            id: id.to_owned(),
            support: self.support,
            predicted: self.predicted,
            right: self.right,
            precision: share(self.right, self.predicted),
            recall: share(self.right, self.support),
            f1: share(2 * self.right, self.predicted + self.support),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROUPS: [(&str, &str); 6] = [
        ("femicide", "gender"),
        ("fgm", "gender"),
        ("torture", "integrity"),
        ("ill-treatment", "integrity"),
        ("corruption", "protection"),
        ("impunity", "protection"),
    ];

    /// Lines of `label | prediction`, each some ids parted by blanks.
    fn score(lines: &[&str]) -> LabelScores {
        let ids = |text: &str| text.split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>();
        let (labels, predictions): (Vec<_>, Vec<_>) = lines
            .iter()
            .map(|line| line.split_once('|').expect("a bar parts label and prediction"))
            .map(|(label, prediction)| (ids(label), ids(prediction)))
            .unzip();
        let text = |violations| LabelledText { country: None, violations, text: String::new() };
        let set =
            LabelledSet { path: PathBuf::new(), texts: labels.into_iter().map(text).collect() };
        set.score_in_groups(&predictions, &BTreeMap::from(GROUPS))
    }

    /// Support, predicted and right of an id.
    #[track_caller]
    fn check(scores: &LabelScores, id: &str, expected: [usize; 3]) {
        let found = scores.ids.iter().chain([&scores.micro]).find(|score| score.id == id);
        let found = found.unwrap_or_else(|| panic!("no {id}"));
        assert_eq!([found.support, found.predicted, found.right], expected, "{id}");
    }

    #[test]
    fn right_and_wrong_are_counted_by_id() {
        let scores = score(&[
            "corruption | corruption",
            "corruption | ",
            " | corruption",
            "impunity | corruption impunity",
        ]);
        check(&scores, "corruption", [2, 3, 1]);
        check(&scores, "impunity", [1, 1, 1]);
        check(&scores, "micro", [3, 4, 2]);
        assert!((scores.micro.precision - 0.5).abs() < 1e-9);
        assert!((scores.micro.recall - 2.0 / 3.0).abs() < 1e-9);
        assert!((scores.micro.f1 - 4.0 / 7.0).abs() < 1e-9);
    }

    #[test]
    fn a_group_is_found_by_any_of_its_types() {
        let scores = score(&["gender | femicide", "gender | fgm femicide", " | fgm", "gender | "]);
        check(&scores, "gender", [3, 3, 2]);
        assert_eq!(scores.ids.len(), 1, "types that no label uses are not counted");
    }

    #[test]
    fn one_of_a_pair_is_enough_where_the_label_gives_both() {
        let scores =
            score(&["torture ill-treatment | torture", "torture | ill-treatment", " | torture"]);
        check(&scores, "torture", [2, 2, 1]);
        check(&scores, "ill-treatment", [1, 2, 1]);
    }

    #[test]
    fn rare_ids_are_left_out_of_the_macro_mean() {
        let mut lines = vec!["corruption | corruption"; 4];
        lines.push("corruption | ");
        lines.extend(["impunity | "; 4]);
        // Corruption occurs five times, precision 1, recall 4/5; impunity only four times.
        assert!((score(&lines).macro_f1 - 8.0 / 9.0).abs() < 1e-9);
        lines.push("impunity | ");
        assert!((score(&lines).macro_f1 - 4.0 / 9.0).abs() < 1e-9);
    }

    #[test]
    fn no_text_scores_nothing() {
        let scores = score(&[]);
        assert_eq!((scores.texts, scores.macro_f1, scores.micro.f1), (0, 0.0, 0.0));
    }

    #[test]
    fn a_table_is_read_with_its_quotes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("l.tsv");
        std::fs::write(
            &path,
            "country\tviolations\ttext\n\ttorture fgm\tHe said \"no\"\nHN\t\tx\n",
        )
        .unwrap();
        let set = LabelledSet::read(&path).unwrap();
        assert_eq!(set.texts[0].text, "He said \"no\"");
        assert_eq!(set.texts[0].violations.len(), 2);
        assert_eq!(set.texts[1].country, CountryCode::new("hn"));
        assert!(set.texts[1].violations.is_empty());
    }
}
