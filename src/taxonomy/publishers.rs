//! Publishers: their names in every language, their kind, and what tells them: domains and the beginnings of symbols.
//!
//! In: a name, an address or a document's symbol; out: the [`Publisher`]. The rows are those of `publishers.tsv`. Where no
//! row fits, [`Publishers::kind_of_name`] and [`Publishers::kind_of_address`] tell the kind of a publisher that is not known.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::analysis::folded_words;
use crate::document::Language;
use crate::document::PublisherKind;
use crate::taxonomy::columns::{ByLanguage, Row, in_language, lines, rows};
use crate::taxonomy::countries::is_article;

/// The table, as it is part of the binary.
pub(super) const TABLE: &str = include_str!("publishers.tsv");

/// An organisation that publishes, or a medium.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publisher {
    /// The name it is shown by.
    pub name: &'static str,
    /// What kind it is.
    pub kind: PublisherKind,
    names: ByLanguage,
    domains: &'static str,
    symbols: &'static str,
}

impl Publisher {
    /// The publisher of a row of the table; `None` if it is not one.
    fn parse(row: &Row) -> Option<Self> {
        let names = row.by_language();
        let name = in_language(&names, Language::En).split('|').next();
        let name = name.filter(|name| !name.is_empty())?;
        let kind = PublisherKind::parse(row.cell("kind")?)?;
        let (domains, symbols) = (row.cell("domains")?, row.cell("symbols")?);
        Some(Self { name, kind, names, domains, symbols })
    }

    /// All its names in every language, English first.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.names.into_iter().flat_map(|names| names.split('|')).filter(|name| !name.is_empty())
    }
}

/// The table of publishers.
#[derive(Debug)]
pub struct Publishers {
    rows: Vec<Publisher>,
    /// Rows by folded name.
    names: FxHashMap<String, usize>,
    /// Rows by domain.
    domains: FxHashMap<&'static str, usize>,
    /// Rows by the beginning of a symbol.
    symbols: Vec<(String, usize)>,
}

impl Publishers {
    /// The built-in table, read once.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Publishers> = LazyLock::new(|| Publishers::parse(TABLE));
        &BUILTIN
    }

    fn parse(table: &'static str) -> Self {
        let rows: Vec<Publisher> = rows(table).filter_map(|row| Publisher::parse(&row)).collect();
        let mut names = FxHashMap::default();
        let mut domains = FxHashMap::default();
        let mut symbols = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            for name in row.names() {
                names.entry(folded_words(name)).or_insert(at);
            }
            domains.extend(row.domains.split_whitespace().map(|domain| (domain, at)));
            symbols
                .extend(row.symbols.split_whitespace().map(|start| (start.replace('_', " "), at)));
        }
        symbols.sort_by_key(|(start, _)| std::cmp::Reverse(start.len()));
        Self { rows, names, domains, symbols }
    }

    /// Every publisher, in the order of the table.
    pub fn all(&self) -> impl Iterator<Item = &Publisher> {
        self.rows.iter()
    }

    /// The publisher of a name in any language; accents, case, punctuation and a leading article do not matter.
    pub fn by_name(&self, name: &str) -> Option<&Publisher> {
        let key = folded_words(name);
        let without_article = || {
            let (article, rest) = key.split_once(' ')?;
            is_article(article).then(|| self.names.get(rest))?
        };
        self.names.get(&key).or_else(without_article).map(|at| &self.rows[*at])
    }

    /// The publisher at whose domain, or a subdomain of it, an address is.
    pub fn by_address(&self, address: &str) -> Option<&Publisher> {
        let host = host(address)?;
        let mut rest = host.as_str();
        loop {
            if let Some(at) = self.domains.get(rest) {
                return Some(&self.rows[*at]);
            }
            rest = rest.split_once('.')?.1;
        }
    }

    /// The publisher of a document's symbol.
    pub fn by_symbol(&self, symbol: &str) -> Option<&Publisher> {
        let found = self.symbols.iter().find(|(start, _)| symbol.starts_with(start.as_str()));
        found.map(|(_, at)| &self.rows[*at])
    }

    /// What kind of publisher a name tells of by its words, where the table does not know it: `Universidad de …`.
    pub fn kind_of_name(name: &str) -> Option<PublisherKind> {
        let key = folded_words(name);
        let has = |word: &&str| key.split(' ').any(|own| own == *word);
        KIND_WORDS.iter().find(|(_, words)| words.iter().any(&has)).map(|(kind, _)| *kind)
    }

    /// What kind of publisher an address tells of by its domain: `.gob.mx`, `.edu`, `.int`.
    pub fn kind_of_address(address: &str) -> Option<PublisherKind> {
        let host = host(address)?;
        let labels: Vec<&str> = host.rsplit('.').take(3).collect();
        // The top of the domain, or what stands before a country's code: `gov`, `gob.mx`, `gouv.fr`, `gc.ca`, `ac.uk`.
        let country = labels.first().is_some_and(|top| top.len() == 2);
        let label = labels.get(usize::from(country)).copied()?;
        match label {
            "gov" | "gob" | "gouv" | "go" | "govt" | "mil" => Some(PublisherKind::Government),
            "gc" if labels[0] == "ca" => Some(PublisherKind::Government),
            "edu" => Some(PublisherKind::Academic),
            "ac" if country => Some(PublisherKind::Academic),
            "int" if !country => Some(PublisherKind::Intergovernmental),
            _ => None,
        }
    }
}

/// Words of a name, folded, that tell its kind; the first that fits counts.
static KIND_WORDS: LazyLock<Vec<(PublisherKind, Vec<&str>)>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let (kind, words) = line.split_once('\t')?;
        Some((PublisherKind::parse(kind)?, words.split(' ').collect()))
    };
    lines(include_str!("publisher-kinds.tsv")).filter_map(row).collect()
});

/// The host of an address, in lower case and without `www.`.
fn host(address: &str) -> Option<String> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.rsplit('@').next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    host.contains('.').then(|| host.trim_end_matches('.').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(publisher: Option<&Publisher>) -> &str {
        publisher.map_or("none", |publisher| publisher.name)
    }

    #[test]
    fn every_line_of_the_table_is_a_publisher() {
        let columns = 1;
        let lines = crate::taxonomy::columns::lines(TABLE).count();
        assert_eq!(Publishers::builtin().all().count() + columns, lines);
    }

    #[test]
    fn no_name_domain_or_symbol_is_claimed_twice() {
        let table = Publishers::builtin();
        let mut claims: FxHashMap<String, &str> = FxHashMap::default();
        for row in table.all() {
            let marks = row
                .names()
                .map(folded_words)
                .chain(row.domains.split_whitespace().map(str::to_owned));
            for mark in marks.chain(row.symbols.split_whitespace().map(str::to_owned)) {
                let before = claims.insert(mark.clone(), row.name);
                assert!(
                    before.is_none_or(|before| before == row.name),
                    "{mark}: {before:?}, {}",
                    row.name
                );
            }
        }
    }

    #[test]
    fn names_are_known_in_three_languages() {
        let table = Publishers::builtin();
        for (text, expected) in [
            ("Human Rights Watch", "Human Rights Watch"),
            ("AMNISTÍA INTERNACIONAL", "Amnesty International"),
            ("Cour interaméricaine des droits de l’homme", "Inter-American Court of Human Rights"),
            ("El Comité contra la Tortura", "UN Committee against Torture"),
            ("New York Times", "The New York Times"),
            ("Somebody else", "none"),
        ] {
            assert_eq!(name(table.by_name(text)), expected, "{text}");
        }
    }

    #[test]
    fn addresses_tell_publishers_by_the_longest_domain() {
        let table = Publishers::builtin();
        for (address, expected) in [
            ("https://www.hrw.org/report/2020/01", "Human Rights Watch"),
            ("http://hudoc.echr.coe.int/eng?i=1", "European Court of Human Rights"),
            ("https://rm.coe.int/x", "Council of Europe"),
            ("https://notrsf.org/x", "none"),
            ("nonsense", "none"),
        ] {
            assert_eq!(name(table.by_address(address)), expected, "{address}");
        }
    }

    #[test]
    fn symbols_tell_publishers_by_the_longest_beginning() {
        let table = Publishers::builtin();
        for (symbol, expected) in [
            ("A/HRC/19/19", "UN Human Rights Council"),
            ("A/68/456", "UN General Assembly"),
            ("CAT/OP/HND/1", "UN Subcommittee on Prevention of Torture"),
            ("CAT/C/HND/CO/2", "UN Committee against Torture"),
            ("Serie C No. 498", "Inter-American Court of Human Rights"),
            ("X/1", "none"),
        ] {
            assert_eq!(name(table.by_symbol(symbol)), expected, "{symbol}");
        }
    }

    #[test]
    fn kinds_are_told_where_the_publisher_is_not_known() {
        let by_name = Publishers::kind_of_name;
        assert_eq!(by_name("Universidad de Nowhere"), Some(PublisherKind::Academic));
        assert_eq!(by_name("Ministère de la Justice"), Some(PublisherKind::Government));
        assert_eq!(by_name("The Daily Shelter"), None);
        let by_address = Publishers::kind_of_address;
        assert_eq!(by_address("https://www.sre.gob.mx/x"), Some(PublisherKind::Government));
        assert_eq!(by_address("https://law.nowhere.edu"), Some(PublisherKind::Academic));
        assert_eq!(by_address("https://x.ac.uk/a"), Some(PublisherKind::Academic));
        assert_eq!(by_address("https://example.org"), None);
    }
}
