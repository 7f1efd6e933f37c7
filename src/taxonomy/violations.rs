//! The violation taxonomy: 11 groups, 63 types, their labels in every language, and the terms that betray them.
//!
//! `violations.toml` goes in; ids, labels and [`Term`]s come out. Nothing here reads a text: finding terms in one is
//! [`super::matcher`]'s.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::sync::{LazyLock, OnceLock};

use rustc_hash::FxHashMap;
use serde::de::{Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::analysis::folded_words;
use crate::document::Language;
use crate::taxonomy::Unknown;

/// The taxonomy's file as it stands in the binary: whatever depends on it can be told by its hash.
pub const TABLE: &str = include_str!("violations.toml");

/// A violation type: its place in the taxonomy file, which is also its number in index columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ViolationId(pub u16);

/// As its id, which stays the same when types are added.
impl Serialize for ViolationId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(Violations::builtin().id(*self))
    }
}

impl<'de> Deserialize<'de> for ViolationId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let table = Violations::builtin();
        let found = table.ids().find(|id| table.id(*id) == text);
        found.ok_or_else(|| D::Error::custom(format!("'{text}' is no violation's id")))
    }
}

/// The taxonomy.
#[derive(Debug)]
pub struct Violations {
    file: File,
    /// What a filter may say, folded: ids and labels of types and groups. Made when first asked for.
    filters: OnceLock<FxHashMap<String, Vec<ViolationId>>>,
}

/// How a term must be met in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// Its words in order, each by its stem.
    Stems,
    /// Its words in order as written, but for case and accents.
    Exact,
    /// The same, and in capitals: an acronym (`CAT` is not a cat).
    Capitals,
    /// Its parts near each other in one sentence, in any order; a part is one of several words.
    Near,
    /// Like [`Match::Stems`], but it says that these words are *not* the violation.
    Not,
}

/// One entry of a violation's vocabulary in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term<'a> {
    /// As the file has it.
    pub text: &'a str,
    /// What it tells of.
    pub violation: ViolationId,
    /// The language of its words.
    pub language: Language,
    /// How it is to be met.
    pub matching: Match,
    /// Evidence only beside other evidence.
    pub weak: bool,
    /// It names a treaty or a body, not an act: `Convention against Torture`.
    pub instrument: bool,
}

impl Violations {
    /// The built-in taxonomy, read once.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Violations> = LazyLock::new(|| {
            let file = toml::from_str(TABLE).expect("a test reads the built-in file");
            Violations { file, filters: OnceLock::new() }
        });
        &BUILTIN
    }

    /// Every type in the file's order.
    pub fn ids(&self) -> impl Iterator<Item = ViolationId> + '_ {
        (0..self.file.types.len()).map(|at| ViolationId(at as u16))
    }

    /// The stable id, `enforced-disappearance`.
    pub fn id(&self, violation: ViolationId) -> &str {
        self.entry(violation).map_or("", |entry| &entry.id)
    }

    /// The label in a language ([`Language::Other`] gives English).
    pub fn label(&self, violation: ViolationId, language: Language) -> &str {
        self.entry(violation).map_or("", |entry| entry.labels.get(language))
    }

    /// The id of its group, `life`.
    pub fn group(&self, violation: ViolationId) -> &str {
        self.entry(violation).map_or("", |entry| &entry.group)
    }

    /// The groups in the file's order.
    pub fn groups(&self) -> impl Iterator<Item = &str> {
        self.file.groups.iter().map(|group| &*group.id)
    }

    /// The label of a group in a language ([`Language::Other`] gives English); its id if there is no such group.
    pub fn group_label<'a>(&'a self, group: &'a str, language: Language) -> &'a str {
        let found = self.file.groups.iter().find(|known| known.id == group);
        found.map_or(group, |found| found.labels.get(language))
    }

    /// The types whose id or label this text is, or their group's, in any language; `None` if it is none.
    pub fn find(&self, text: &str) -> Option<&[ViolationId]> {
        let filters = self.filters.get_or_init(|| self.filters());
        filters.get(&folded_words(text)).map(Vec::as_slice)
    }

    /// The types that a text names: a type's id or label, or a group's, in any language.
    ///
    /// # Errors
    /// [`Unknown`] with the nearest names.
    pub fn lookup(&self, text: &str) -> Result<Vec<ViolationId>, Unknown> {
        if let Some(found) = self.find(text) {
            return Ok(found.to_vec());
        }
        let ids = self.file.types.iter().map(|entry| (&entry.id, &entry.labels));
        let groups = self.file.groups.iter().map(|group| (&group.id, &group.labels));
        let known = ids.chain(groups).flat_map(|(id, labels)| labels.and(id));
        Err(Unknown::new("violation", text, known))
    }

    /// Every entry of every type's vocabulary, in the file's order.
    pub fn terms(&self) -> impl Iterator<Item = Term<'_>> {
        self.ids().zip(&self.file.types).flat_map(|(violation, entry)| {
            Language::INDEXED.into_iter().flat_map(move |language| entry.terms(violation, language))
        })
    }

    /// Phrases that hold such a word and name no instrument: `law enforcement`.
    pub fn not_instruments(&self, language: Language) -> &[String] {
        self.file.not_instruments.of(language)
    }

    /// The words that make a mention beside them one of an instrument, in one language.
    pub fn instruments(&self, language: Language) -> &[String] {
        self.file.instruments.of(language)
    }

    fn entry(&self, violation: ViolationId) -> Option<&Type> {
        self.file.types.get(usize::from(violation.0))
    }

    fn filters(&self) -> FxHashMap<String, Vec<ViolationId>> {
        let mut filters: FxHashMap<String, Vec<ViolationId>> = FxHashMap::default();
        for group in &self.file.groups {
            let members: Vec<_> =
                self.ids().filter(|violation| self.group(*violation) == group.id).collect();
            for name in group.labels.and(&group.id) {
                filters.entry(folded_words(name)).or_insert_with(|| members.clone());
            }
        }
        // A type wins over a group of the same name.
        for (violation, entry) in self.ids().zip(&self.file.types) {
            for name in entry.labels.and(&entry.id) {
                filters.insert(folded_words(name), vec![violation]);
            }
        }
        filters
    }
}

/// Whether a term is written in capitals: it is then looked for in capitals only.
fn is_acronym(text: &str) -> bool {
    text.chars().filter(|c| c.is_uppercase()).count() >= 2 && !text.chars().any(char::is_lowercase)
}

#[derive(Debug, Deserialize)]
struct File {
    instruments: Vocabulary,
    not_instruments: Vocabulary,
    #[serde(rename = "group")]
    groups: Vec<Group>,
    #[serde(rename = "type")]
    types: Vec<Type>,
}

#[derive(Debug, Deserialize)]
struct Group {
    id: String,
    #[serde(flatten)]
    labels: Labels,
}

#[derive(Debug, Deserialize)]
struct Type {
    id: String,
    group: String,
    #[serde(flatten)]
    labels: Labels,
    #[serde(default)]
    weak: Vec<String>,
    #[serde(default)]
    exact: Vec<String>,
    terms: Vocabulary,
    #[serde(default)]
    instruments: Vocabulary,
    #[serde(default)]
    near: Vocabulary,
    #[serde(default)]
    not: Vocabulary,
}

impl Type {
    fn terms(&self, violation: ViolationId, language: Language) -> impl Iterator<Item = Term<'_>> {
        let plain = |text: &str| match text {
            text if is_acronym(text) => Match::Capitals,
            text if self.exact.iter().any(|exact| exact == text) => Match::Exact,
            _ => Match::Stems,
        };
        let listed = [
            (&self.terms, None, false),
            (&self.instruments, None, true),
            (&self.near, Some(Match::Near), false),
            (&self.not, Some(Match::Not), false),
        ];
        listed.into_iter().flat_map(move |(vocabulary, matching, instrument)| {
            vocabulary.of(language).iter().map(move |text| Term {
                text,
                violation,
                language,
                matching: matching.unwrap_or_else(|| plain(text)),
                weak: self.weak.iter().any(|weak| weak == text),
                instrument,
            })
        })
    }
}

/// Labels by language, as far as the file has them.
#[derive(Debug)]
struct Labels(ByLanguage<String>);

impl Labels {
    fn get(&self, language: Language) -> &str {
        let own = language.slot().map_or("", |slot| &self.0[slot]);
        if own.is_empty() { &self.0[Language::En.place()] } else { own }
    }

    /// An id and every label.
    fn and<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a str> {
        let labels = self.0.iter().map(String::as_str).filter(|label| !label.is_empty());
        std::iter::once(id).chain(labels)
    }
}

/// Terms by language.
#[derive(Debug, Default)]
struct Vocabulary(ByLanguage<Vec<String>>);

impl Vocabulary {
    fn of(&self, language: Language) -> &[String] {
        language.slot().map_or(&[], |slot| &self.0[slot])
    }
}

/// A value for each indexed language.
type ByLanguage<T> = [T; Language::COUNT];

impl<'de> Deserialize<'de> for Labels {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OfLanguages(PhantomData)).map(Self)
    }
}

impl<'de> Deserialize<'de> for Vocabulary {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OfLanguages(PhantomData)).map(Self)
    }
}

/// Reads the keys of a table that are codes of indexed languages, and passes over the others.
struct OfLanguages<T>(PhantomData<T>);

impl<'de, T: Default + Deserialize<'de>> Visitor<'de> for OfLanguages<T> {
    type Value = ByLanguage<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table with codes of languages")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut values: Self::Value = std::array::from_fn(|_| T::default());
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            match Language::INDEXED.into_iter().position(|language| language.code() == key) {
                Some(slot) => values[slot] = map.next_value()?,
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::words;

    #[test]
    fn ids_are_unique_and_every_type_has_a_group_and_three_languages() {
        let violations = Violations::builtin();
        let mut ids: Vec<&str> = violations.ids().map(|id| violations.id(id)).collect();
        assert_eq!(ids.len(), 63);
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 63);
        for violation in violations.ids() {
            let group = violations.group(violation);
            assert!(violations.groups().any(|known| known == group), "{group}");
            let is_there = |own: &Language| violations.terms().any(|term| term.language == *own);
            for language in Language::INDEXED.into_iter().filter(is_there) {
                assert!(!violations.label(violation, language).is_empty());
                let has_terms = violations
                    .terms()
                    .any(|term| term.violation == violation && term.language == language);
                assert!(has_terms, "{} in {language}", violations.id(violation));
            }
        }
    }

    #[test]
    fn every_entry_can_be_met() {
        for term in Violations::builtin().terms() {
            let parts = super::super::near::parts(term.text);
            match term.matching {
                Match::Near => assert!((2..=4).contains(&parts.len()), "{}", term.text),
                _ => assert_eq!(parts.len(), 1, "{} looks like a rule", term.text),
            }
            for word in parts.into_iter().flatten() {
                assert!(words(word).next().is_some(), "no word in {}", term.text);
            }
        }
    }

    #[test]
    fn weak_and_exact_name_entries_that_there_are() {
        for entry in &Violations::builtin().file.types {
            let listed = Language::INDEXED.into_iter().flat_map(|language| {
                let near = entry.near.of(language).iter();
                entry.terms.of(language).iter().chain(entry.instruments.of(language)).chain(near)
            });
            let listed: Vec<&String> = listed.collect();
            for marked in entry.weak.iter().chain(&entry.exact) {
                assert!(listed.contains(&marked), "{marked} of {}", entry.id);
            }
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let violations = Violations::builtin();
        let found = violations.lookup(text).unwrap();
        let found: Vec<&str> = found.into_iter().map(|id| violations.id(id)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_type_is_known_by_its_id_and_its_labels() {
        check("enforced-disappearance", &["enforced-disappearance"]);
        check("Enforced Disappearance", &["enforced-disappearance"]);
        check("desaparicion forzada", &["enforced-disappearance"]);
        check("Peine de mort", &["death-penalty"]);
    }

    #[test]
    fn a_group_is_all_its_types() {
        let children =
            &["child-abuse", "child-labor", "child-recruitment", "child-sexual-exploitation"];
        check("children", children);
        check("Enfance", children);
    }

    #[test]
    fn an_unknown_name_gets_the_nearest() {
        let unknown = Violations::builtin().lookup("tortur").unwrap_err();
        assert_eq!(unknown.what, "violation");
        assert!(unknown.nearest.contains(&"torture".to_owned()), "{unknown:?}");
        assert!(Violations::builtin().lookup("").is_err());
    }
}
