//! Relevance on the judged sets, where they are at hand.

use crate::support::{amparo, evaluation};

#[track_caller]
fn scores(set: &str, documents: Option<&str>) -> Option<Vec<serde_json::Value>> {
    let folder = evaluation(set)?.join(set);
    let index = tempfile::tempdir().unwrap();
    if let Some(documents) = documents {
        amparo(index.path(), &["ingest", folder.join(documents).to_str().unwrap()]).ok();
    }
    Some(amparo(index.path(), &["eval", folder.to_str().unwrap(), "--format", "json"]).ok().json())
}

#[track_caller]
fn at_least(scores: &serde_json::Value, name: &str, least: f64) {
    let score = scores[name].as_f64().unwrap_or(0.0);
    assert!(score >= least, "{name} is {score}, not {least}");
}

#[test]
fn country_and_violation_find_the_right_pages_of_the_right_report() {
    let Some(scores) = scores("upr", Some("pdf")) else { return };
    at_least(&scores[0], "country_precision_10", 0.99);
    at_least(&scores[0], "condensed_ndcg_10", 0.84);
    at_least(&scores[0], "ndcg_10", 0.64);
}

#[test]
fn violations_are_recognised_in_short_texts() {
    let Some(scores) = scores("labelled", None) else { return };
    // In order of file name: the Spanish cases, then the English recommendations.
    at_least(&scores[0], "macro_f1", 0.77);
    at_least(&scores[1], "macro_f1", 0.80);
}

#[test]
fn the_respondent_state_of_a_long_judgment_is_found() {
    let Some(scores) = scores("courts", Some("docs")) else { return };
    at_least(&scores[0], "accuracy", 106.0 / 108.0);
}
