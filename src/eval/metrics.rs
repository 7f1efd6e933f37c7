//! Scores of a run against judgments: nDCG@10, condensed nDCG@10, MRR@10, recall@100, country precision@10.
//!
//! Gains are `2^grade - 1`, discounts `log2(rank + 1)`. Condensed nDCG (Sakai, SIGIR 2007) first drops from the ranking what nobody judged. A
//! place counts at its best rank: the sections of one HTML page are one place. Means are over the queries that anything answers.

use std::collections::BTreeSet;

use serde::Serialize;

use super::judgments::{Place, Query, RetrievalSet};
use super::run::{Hit, Run};

/// Depth of nDCG, MRR and country precision.
const TOP: usize = 10;

/// Depth of recall.
const DEPTH: usize = 100;

/// The scores of one query.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QueryScores {
    /// The query's id.
    pub query: String,
    /// nDCG@10 of the ranking as it is.
    pub ndcg_10: f64,
    /// nDCG@10 without what nobody judged; `None` if the judgments hold only right answers.
    pub condensed_ndcg_10: Option<f64>,
    /// One over the rank of the first right answer among ten, else 0.
    pub mrr_10: f64,
    /// The share of the right answers among the first hundred.
    pub recall_100: f64,
    /// The share of the first ten passages, or of all if fewer were found, that lie in a document of the country asked for; 0 if none was
    /// found, `None` if no country was asked for or the judgments do not say which documents are about which.
    pub country_precision_10: Option<f64>,
}

/// The mean scores of a run; for what each means see [`QueryScores`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RetrievalScores {
    /// How many queries were scored: those that anything answers. One that the run does not hold scores 0.
    pub queries: usize,
    /// Mean nDCG@10.
    pub ndcg_10: f64,
    /// Mean condensed nDCG@10.
    pub condensed_ndcg_10: Option<f64>,
    /// Mean reciprocal rank.
    pub mrr_10: f64,
    /// Mean recall@100.
    pub recall_100: f64,
    /// Mean country precision@10.
    pub country_precision_10: Option<f64>,
}

impl RetrievalSet {
    /// The mean scores of a run.
    pub fn score(&self, run: &Run) -> RetrievalScores {
        let scores = self.score_each(run);
        let of = |value: fn(&QueryScores) -> f64| mean(scores.iter().map(value)).unwrap_or(0.0);
        RetrievalScores {
            queries: scores.len(),
            ndcg_10: of(|score| score.ndcg_10),
            condensed_ndcg_10: mean(scores.iter().filter_map(|score| score.condensed_ndcg_10)),
            mrr_10: of(|score| score.mrr_10),
            recall_100: of(|score| score.recall_100),
            country_precision_10: mean(
                scores.iter().filter_map(|score| score.country_precision_10),
            ),
        }
    }

    /// The scores of each query that anything answers, in the queries' order.
    pub fn score_each(&self, run: &Run) -> Vec<QueryScores> {
        let answered =
            self.queries.iter().filter(|query| self.relevant(&query.id).next().is_some());
        answered.map(|query| self.score_query(query, run.hits(&query.id))).collect()
    }

    fn score_query(&self, query: &Query, hits: &[Hit]) -> QueryScores {
        let ranking = self.ranking(&query.id, hits);
        let grades = self.grades(&query.id);
        let grade =
            |place: &Place| grades.and_then(|grades| grades.get(place)).copied().unwrap_or(0);
        let ranked: Vec<u8> = ranking.iter().map(grade).collect();
        let judged = ranking.iter().filter(|place| self.is_judged(&query.id, place));
        let condensed: Vec<u8> = judged.map(grade).collect();
        let mut ideal: Vec<u8> = grades.into_iter().flatten().map(|(_, grade)| *grade).collect();
        ideal.sort_unstable_by(|a, b| b.cmp(a));
        QueryScores {
            query: query.id.clone(),
            ndcg_10: ndcg(&ranked, &ideal),
            condensed_ndcg_10: self.has_negatives().then(|| ndcg(&condensed, &ideal)),
            mrr_10: reciprocal_rank(&ranked),
            recall_100: recall(&ranked, &ideal),
            country_precision_10: self.country_precision(query, hits),
        }
    }

    /// The places of the hits in order, each once. A hit on a page of a file that was judged as a whole is a hit on the file.
    fn ranking(&self, query: &str, hits: &[Hit]) -> Vec<Place> {
        let mut seen = BTreeSet::new();
        let place = |hit: &Hit| {
            let whole = Place { file: hit.file.clone(), page: None };
            if self.is_judged(query, &whole) { whole } else { Place { page: hit.page, ..whole } }
        };
        hits.iter().map(place).filter(|place| seen.insert(place.clone())).collect()
    }

    fn country_precision(&self, query: &Query, hits: &[Hit]) -> Option<f64> {
        let country = query.country.filter(|_| self.knows_countries())?;
        let top = &hits[..hits.len().min(TOP)];
        let right = top.iter().filter(|hit| self.country(&hit.file) == Some(country)).count();
        Some(right as f64 / top.len().max(1) as f64)
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (count, sum) = values.fold((0_usize, 0.0), |(count, sum), value| (count + 1, sum + value));
    (count > 0).then(|| sum / count as f64)
}

fn dcg(grades: &[u8]) -> f64 {
    let gains = grades.iter().take(TOP).map(|grade| f64::from(*grade).exp2() - 1.0);
    gains.enumerate().map(|(at, gain)| gain / (at as f64 + 2.0).log2()).sum()
}

fn ndcg(ranked: &[u8], ideal: &[u8]) -> f64 {
    let best = dcg(ideal);
    if best > 0.0 { dcg(ranked) / best } else { 0.0 }
}

fn reciprocal_rank(ranked: &[u8]) -> f64 {
    let first = ranked.iter().take(TOP).position(|grade| *grade > 0);
    first.map_or(0.0, |at| 1.0 / (at as f64 + 1.0))
}

fn recall(ranked: &[u8], ideal: &[u8]) -> f64 {
    let right = |grades: &[u8]| grades.iter().filter(|grade| **grade > 0).count() as f64;
    let found = right(&ranked[..ranked.len().min(DEPTH)]);
    found / right(ideal).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A set of one query for Haiti and one for Honduras, read from files as any other.
    fn set(qrels: &str, pages: Option<&str>) -> RetrievalSet {
        let folder = tempfile::tempdir().unwrap();
        let write =
            |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        std::fs::create_dir(folder.path().join("pdf")).unwrap();
        write(
            "queries.tsv",
            "query\ttext\tcountry\tviolation\nq1\t\tHT\ttorture\nq2\t\tHN\ttorture\n",
        );
        write("qrels.tsv", &format!("query\tfile\tpage\tgrade\n{qrels}"));
        if let Some(pages) = pages {
            write("pages.tsv", &format!("file\tcountry\tpage\tviolations\n{pages}"));
        }
        RetrievalSet::read(folder.path()).unwrap()
    }

    fn run(hits: &[(&str, u32)]) -> Run {
        let hit = |(file, page): &(&str, u32)| Hit {
            file: (*file).to_owned(),
            page: (*page > 0).then_some(*page),
            score: 1.0,
        };
        let mut run = Run::default();
        run.push("q1", hits.iter().map(hit).collect());
        run
    }

    #[track_caller]
    fn check(score: f64, expected: f64) {
        assert!((score - expected).abs() < 1e-4, "{score} is not {expected}");
    }

    const PAGES: &str = "ht.pdf\tHT\t1\t\nht.pdf\tHT\t2\t\nht.pdf\tHT\t3\t\nhn.pdf\tHN\t1\t\n";

    #[test]
    fn ndcg_weighs_grades_by_rank() {
        let set = set("q1\tht.pdf\t1\t3\nq1\tht.pdf\t2\t1\n", Some(PAGES));
        // Gains 0, 1, 7 at ranks 1, 2, 3: 1/log2(3) + 7/2; ideal 7 + 1/log2(3).
        let scores = set.score(&run(&[("ht.pdf", 9), ("ht.pdf", 2), ("ht.pdf", 1)]));
        check(scores.ndcg_10, (0.63093 + 3.5) / (7.0 + 0.63093));
        check(scores.mrr_10, 0.5);
        check(scores.recall_100, 1.0);
        assert_eq!(scores.queries, 1, "nothing answers q2");
        check(set.score(&run(&[("ht.pdf", 1), ("ht.pdf", 2)])).ndcg_10, 1.0);
        check(set.score(&Run::default()).ndcg_10, 0.0);
    }

    #[test]
    fn condensed_drops_what_nobody_judged() {
        let set = set("q1\tht.pdf\t1\t1\n", Some(PAGES));
        // Page 9 was not judged; page 3 was, and does not answer.
        let scores = set.score(&run(&[("ht.pdf", 9), ("ht.pdf", 3), ("ht.pdf", 1)]));
        check(scores.ndcg_10, 0.5);
        check(scores.condensed_ndcg_10.unwrap(), 0.63093);
    }

    #[test]
    fn judgments_of_right_answers_alone_are_not_condensed() {
        let scores = set("q1\ta.html\t\t1\n", None).score(&run(&[("a.html", 0)]));
        assert_eq!((scores.condensed_ndcg_10, scores.country_precision_10), (None, None));
    }

    #[test]
    fn a_file_counts_once_at_its_best_rank() {
        let set = set("q1\tb.html\t\t1\n", None);
        // Three sections of a.html are one place, so b.html stands second.
        let scores = set.score(&run(&[("a.html", 0), ("a.html", 0), ("a.html", 0), ("b.html", 0)]));
        check(scores.mrr_10, 0.5);
        check(scores.ndcg_10, 0.63093);
        check(set.score(&run(&[("b.html", 4), ("b.html", 5)])).recall_100, 1.0);
    }

    #[test]
    fn only_the_top_counts() {
        let set = set("q1\tht.pdf\t1\t1\nq1\tht.pdf\t2\t1\n", Some(PAGES));
        let mut hits: Vec<(&str, u32)> = (100..110).map(|page| ("hn.pdf", page)).collect();
        hits.push(("ht.pdf", 1));
        hits.extend((200..289).map(|page| ("hn.pdf", page)));
        hits.push(("ht.pdf", 2));
        let scores = set.score(&run(&hits));
        assert_eq!(hits.len(), 101);
        check(scores.ndcg_10, 0.0);
        check(scores.mrr_10, 0.0);
        check(scores.recall_100, 0.5);
    }

    #[test]
    fn country_precision_is_the_share_in_reports_of_the_country() {
        let set = set("q1\tht.pdf\t1\t1\nq2\thn.pdf\t1\t1\n", Some(PAGES));
        let scores = set.score_each(&run(&[
            ("ht.pdf", 8),
            ("hn.pdf", 1),
            ("ht.pdf", 1),
            ("unknown.pdf", 1),
        ]));
        check(scores[0].country_precision_10.unwrap(), 0.5);
        check(scores[1].country_precision_10.unwrap(), 0.0);
    }

    #[test]
    fn scores_are_written_as_json() {
        let scores = set("q1\ta.html\t\t1\n", None).score(&run(&[("a.html", 0)]));
        assert_eq!(
            serde_json::to_string(&scores).unwrap(),
            r#"{"queries":1,"ndcg_10":1.0,"condensed_ndcg_10":null,"mrr_10":1.0,"recall_100":1.0,"country_precision_10":null}"#
        );
    }
}
