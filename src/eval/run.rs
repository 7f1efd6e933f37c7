//! Runs: the answers to the queries of a set, and the TREC format in which other tools score them.
//!
//! A line is `query<TAB>Q0<TAB>file#page<TAB>rank<TAB>score<TAB>amparo`; `#page` is left out for what has no page.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use super::Error;

/// The name of the system in a run's last column.
const SYSTEM: &str = "amparo";

/// One passage that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its file, relative to the ingested folder, with `/`.
    pub file: String,
    /// Its physical page from 1; `None` for an HTML page.
    pub page: Option<u32>,
    /// Its score; the hits' order is what counts.
    pub score: f64,
}

/// The hits of each query, best first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    hits: BTreeMap<String, Vec<Hit>>,
}

impl Run {
    /// Takes down the hits of a query, best first, in place of any it has.
    pub fn push(&mut self, query: &str, hits: Vec<Hit>) {
        self.hits.insert(query.to_owned(), hits);
    }

    /// The hits of a query, best first; none if it was not asked.
    pub fn hits(&self, query: &str) -> &[Hit] {
        self.hits.get(query).map_or(&[], Vec::as_slice)
    }

    /// Writes the run, queries in order of their ids. A tab or line break in a file's name becomes a blank.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write(&self, mut out: impl Write) -> io::Result<()> {
        for (query, hits) in &self.hits {
            for (at, hit) in hits.iter().enumerate() {
                let file = hit.file.replace(['\t', '\n', '\r'], " ");
                let page = hit.page.map(|page| format!("#{page}")).unwrap_or_default();
                writeln!(out, "{query}\tQ0\t{file}{page}\t{}\t{}\t{SYSTEM}", at + 1, hit.score)?;
            }
        }
        out.flush()
    }

    /// The run in a file, ours or another system's. Where no tab stands in a line, blanks part its columns.
    ///
    /// # Errors
    /// If it cannot be read or a line is not of the format.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| Error::Io { path: path.to_owned(), source })?;
        let mut ranked: BTreeMap<String, Vec<(u32, Hit)>> = BTreeMap::new();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let (query, rank, hit) = parse(line).ok_or_else(|| Error::Malformed {
                path: path.to_owned(),
                line: at + 1,
                problem: "not a line 'query Q0 file#page rank score system'".to_owned(),
            })?;
            ranked.entry(query.to_owned()).or_default().push((rank, hit));
        }
        let mut run = Self::default();
        for (query, mut hits) in ranked {
            hits.sort_by_key(|(rank, _)| *rank);
            run.hits.insert(query, hits.into_iter().map(|(_, hit)| hit).collect());
        }
        Ok(run)
    }
}

fn parse(line: &str) -> Option<(&str, u32, Hit)> {
    let columns: Vec<&str> = if line.contains('\t') {
        line.split('\t').collect()
    } else {
        line.split_whitespace().collect()
    };
    let [query, _, place, rank, score, _] = columns[..] else { return None };
    let numbered = place.rsplit_once('#').and_then(|(file, page)| Some((file, page.parse().ok()?)));
    let (file, page) = numbered.map_or((place, None), |(file, page)| (file, Some(page)));
    let hit = Hit { file: file.to_owned(), page, score: score.trim().parse().ok()? };
    Some((query, rank.trim().parse().ok()?, hit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(file: &str, page: Option<u32>, score: f64) -> Hit {
        Hit { file: file.to_owned(), page, score }
    }

    fn read(text: &str) -> Result<Run, Error> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run");
        std::fs::write(&path, text).unwrap();
        Run::read(&path)
    }

    #[test]
    fn a_run_reads_what_it_writes() {
        let mut run = Run::default();
        run.push("q2", vec![hit("en/a b.pdf", Some(12), 3.5), hit("x#y.html", None, 0.25)]);
        run.push("q1", vec![hit("c.pdf", Some(1), 1.0)]);
        let mut written = Vec::new();
        run.write(&mut written).unwrap();
        let written = String::from_utf8(written).unwrap();
        assert_eq!(
            written,
            "q1\tQ0\tc.pdf#1\t1\t1\tamparo\nq2\tQ0\ten/a b.pdf#12\t1\t3.5\tamparo\nq2\tQ0\tx#y.html\t2\t0.25\tamparo\n"
        );
        assert_eq!(read(&written).unwrap(), run);
    }

    #[test]
    fn ranks_order_a_run_that_is_not_sorted() {
        let run = read("q1 Q0 b.pdf#2 2 0.5 other\n\nq1 Q0 a.html 1 0.7 other\n").unwrap();
        assert_eq!(run.hits("q1"), [hit("a.html", None, 0.7), hit("b.pdf", Some(2), 0.5)]);
        assert_eq!(run.hits("q9"), []);
    }

    #[test]
    fn a_line_of_another_format_is_named() {
        let error = read("q1\tQ0\ta.pdf#1\t1\t0.5\tamparo\nq1 a.pdf 1\n").unwrap_err().to_string();
        assert!(
            error.ends_with("run:2: not a line 'query Q0 file#page rank score system'"),
            "{error}"
        );
    }
}
