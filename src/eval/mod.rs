//! Evaluation: how well rankings and tags agree with what others judged.
//!
//! Judgments and a caller's answers go in, scores come out. Nothing here searches or annotates: a caller asks each query of a set in
//! its own way, collects the answers in a [`Run`], and has it scored:
//!
//! ```no_run
//! use amparo::eval::{Hit, RetrievalSet, Run};
//!
//! # fn search(_: &amparo::eval::Query) -> Vec<Hit> { Vec::new() }
//! let set = RetrievalSet::read("eval/upr".as_ref())?;
//! let mut run = Run::default();
//! for query in &set.queries {
//!     run.push(&query.id, search(query));
//! }
//! println!("nDCG@10 {:.3}", set.score(&run).ndcg_10);
//! # Ok::<(), amparo::eval::Error>(())
//! ```

mod courts;
mod judgments;
mod labels;
mod latency;
mod metrics;
mod run;
mod table;

use std::io;
use std::path::{Path, PathBuf};

pub use courts::{CourtScores, CourtSet};
pub use judgments::{Place, Query, RetrievalSet};
pub use labels::{LabelScore, LabelScores, LabelledSet, LabelledText};
pub use latency::Latency;
pub use metrics::{QueryScores, RetrievalScores};
pub use run::{Hit, Run};

/// What kept judgments or a run from being read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("cannot read '{}'", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file does not say what its format asks for.
    #[error("{}:{line}: {problem}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// A folder holds none of the known kinds of judgments.
    #[error("no judgments in '{}': neither queries.tsv with qrels.tsv, nor labels.tsv, nor tables of labelled texts", .0.display())]
    Unrecognised(PathBuf),
}

/// The judgments in a folder, of whichever kind its files are.
#[derive(Debug)]
pub enum JudgedSet {
    /// `queries.tsv` and `qrels.tsv`: which passages answer a query.
    Retrieval(RetrievalSet),
    /// `labels.tsv`: the country that each document is about.
    Courts(CourtSet),
    /// Tables of texts with the violations that each speaks of, one set for each table, in order of name.
    Labelled(Vec<LabelledSet>),
}

impl JudgedSet {
    /// The judgments in a folder; a single table of labelled texts may be named as well.
    ///
    /// # Errors
    /// [`Error::Unrecognised`] if there are none, or what is wrong with them.
    pub fn read(path: &Path) -> Result<Self, Error> {
        if path.is_file() {
            return LabelledSet::read(path).map(|set| Self::Labelled(vec![set]));
        }
        if path.join("queries.tsv").is_file() {
            return RetrievalSet::read(path).map(Self::Retrieval);
        }
        if path.join("labels.tsv").is_file() {
            return CourtSet::read(path).map(Self::Courts);
        }
        let sets = tables(path)?
            .iter()
            .map(|table| LabelledSet::read(table))
            .collect::<Result<Vec<_>, _>>()?;
        if sets.is_empty() {
            Err(Error::Unrecognised(path.to_owned()))
        } else {
            Ok(Self::Labelled(sets))
        }
    }
}

/// The folder of a set's documents: `docs` or `pdf` inside it.
fn documents(folder: &Path) -> Result<PathBuf, Error> {
    let found =
        ["docs", "pdf"].map(|name| folder.join(name)).into_iter().find(|path| path.is_dir());
    found.ok_or_else(|| Error::Io {
        path: folder.join("docs"),
        source: io::Error::new(io::ErrorKind::NotFound, "neither docs nor pdf is a folder here"),
    })
}

/// The `.tsv` files of a folder in order of name.
fn tables(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let io = |source| Error::Io { path: folder.to_owned(), source };
    let entries =
        std::fs::read_dir(folder).map_err(io)?.collect::<Result<Vec<_>, _>>().map_err(io)?;
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "tsv"));
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(files: &[(&str, &str)], expected: &str) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("docs")).unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let kind = match JudgedSet::read(folder.path()) {
            Ok(JudgedSet::Retrieval(set)) => format!("retrieval {}", set.queries.len()),
            Ok(JudgedSet::Courts(set)) => format!("courts {}", set.documents.len()),
            Ok(JudgedSet::Labelled(sets)) => format!("labelled {}", sets.len()),
            Err(error) => error.to_string().replace(&folder.path().display().to_string(), "DIR"),
        };
        assert_eq!(kind, expected);
    }

    #[test]
    fn a_folder_is_recognised_by_its_files() {
        let queries = ("queries.tsv", "query\ttext\tcountry\tviolation\nq1\tx\t\t\n");
        check(
            &[queries, ("qrels.tsv", "query\tfile\tpage\tgrade\nq1\ta.html\t\t1\n")],
            "retrieval 1",
        );
        check(&[("labels.tsv", "file\tcountry\na.html\tHN\n")], "courts 1");
        let labelled = "country\tviolations\ttext\nHN\ttorture\tx\n";
        check(&[("b.tsv", labelled), ("a.tsv", labelled)], "labelled 2");
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        check(
            &[],
            "no judgments in 'DIR': neither queries.tsv with qrels.tsv, nor labels.tsv, nor tables of labelled texts",
        );
        check(
            &[("labels.tsv", "file\tcountry\na.html\tHND\n")],
            "DIR/labels.tsv:2: 'HND' is not a country code",
        );
        check(&[("labels.tsv", "file\n")], "DIR/labels.tsv:1: no column 'country'");
        check(
            &[("queries.tsv", "query\ttext\tcountry\tviolation\n")],
            "cannot read 'DIR/qrels.tsv'",
        );
    }

    /// The real sets, where they are at hand: they must read, and every judged file must be there.
    #[test]
    fn real_sets_are_read_whole() {
        let Some(root) = std::env::var_os("AMPARO_EVAL").map(PathBuf::from) else {
            eprintln!("skipped: AMPARO_EVAL names no folder of evaluation sets");
            return;
        };
        for name in
            ["upr", "parallel", "known-item/xquad-en", "known-item/xquad-es", "known-item/piaf-fr"]
        {
            let Ok(JudgedSet::Retrieval(set)) = JudgedSet::read(&root.join(name)) else {
                panic!("{name}")
            };
            for query in &set.queries {
                let places: Vec<_> = set.relevant(&query.id).collect();
                assert!(!places.is_empty(), "{name} {}", query.id);
                assert!(
                    places.iter().all(|place| set.root.join(&place.file).is_file()),
                    "{name} {}",
                    query.id
                );
            }
        }
        assert!(matches!(JudgedSet::read(&root.join("courts")), Ok(JudgedSet::Courts(_))));
        assert!(matches!(JudgedSet::read(&root.join("labelled")), Ok(JudgedSet::Labelled(_))));
    }
}
