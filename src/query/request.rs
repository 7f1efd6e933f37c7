//! A question as a value: text, filters, and what is to be shown.

use serde::{Deserialize, Serialize};

use super::Cell;
use crate::document::{Date, DocumentId, Language, PublisherKind};
use crate::taxonomy::{CountryCode, ViolationId};

/// What is asked. It can travel: written down, it is read back the same, and what it leaves out is as [`Default`] has it. A field
/// that is not known is refused, since a filter that is passed over would let in what was not asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Request {
    /// Text as typed; empty for none.
    pub text: String,
    /// Countries that the passage or its document must be about: any of these.
    pub countries: Vec<CountryCode>,
    /// Violations that the passage or its document must be about: any of these.
    pub violations: Vec<ViolationId>,
    /// Countries and violations also admit passages that only mention them.
    pub mentions: bool,
    /// Languages that the passage must have text in: any of these.
    pub languages: Vec<Language>,
    /// Texts of which the publisher's name must hold one.
    pub publishers: Vec<String>,
    /// Kinds of publishers: any of these.
    pub kinds: Vec<PublisherKind>,
    /// What the document's row in the catalogue must say: of each column any of its values.
    pub cells: Vec<Cell>,
    /// What is left out: whatever a filter of these values would admit.
    pub not: Excluded,
    /// Published on or after the first day of this.
    pub since: Option<Date>,
    /// Published on or before the last day of this.
    pub until: Option<Date>,
    /// What a result is.
    pub by: By,
    /// The order of results.
    pub sort: Sort,
    /// Results at most; `None` for all.
    pub limit: Option<usize>,
    /// Results passed over first.
    pub offset: usize,
    /// Passages shown of a document at most.
    pub passages: usize,
    /// Results of documents, not folded: near duplicates each as a result of its own.
    pub unfold: bool,
    /// Count what matches by country, violation, language, publisher, its kind, and year.
    pub facets: bool,
    /// Whether passages are found by meaning beside words, where the snapshot can.
    pub semantic: Semantic,
    /// Passages like these are asked for, by meaning alone.
    pub similar: Option<Similar>,
    /// Don't understand countries and violations in the text.
    pub literal: bool,
    /// Results come without snippets: for evaluation, which wants only their order.
    pub bare: bool,
}

/// How text is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Semantic {
    /// By words, and by meaning too where the snapshot was given an encoder; text with operators by words.
    #[default]
    Auto,
    /// By words.
    Off,
    /// By meaning; where the text has operators or quotes, they say what may appear, and meaning orders it.
    Only,
}

/// What is to be resembled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Similar {
    /// A document. It is not among the answers.
    pub document: DocumentId,
    /// One of its passages by its number, from 0; `None` for any of them.
    pub passage: Option<u64>,
}

/// Values of filters that exclude.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Excluded {
    /// Countries.
    pub countries: Vec<CountryCode>,
    /// Violations.
    pub violations: Vec<ViolationId>,
    /// Languages.
    pub languages: Vec<Language>,
    /// Texts of publishers' names.
    pub publishers: Vec<String>,
    /// Kinds of publishers.
    pub kinds: Vec<PublisherKind>,
    /// Values of the catalogue's columns.
    pub cells: Vec<Cell>,
}

/// What a result is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// A document with its best passages.
    #[default]
    Document,
    /// A passage.
    Passage,
}

/// The order of results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// The best first.
    #[default]
    Relevance,
    /// The newest first; undated ones last. What holds only some of the words comes after what holds all.
    Date,
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::taxonomy::{Countries, Violations};

    fn countries() -> impl Strategy<Value = Vec<CountryCode>> {
        vec(select(Countries::builtin().codes().collect::<Vec<_>>()), 0..4)
    }

    fn violations() -> impl Strategy<Value = Vec<ViolationId>> {
        vec(select(Violations::builtin().ids().collect::<Vec<_>>()), 0..4)
    }

    fn languages() -> impl Strategy<Value = Vec<Language>> {
        vec(select(&Language::ALL[..]), 0..3)
    }

    fn kinds() -> impl Strategy<Value = Vec<PublisherKind>> {
        vec(select(PublisherKind::ALL.to_vec()), 0..3)
    }

    fn cells() -> impl Strategy<Value = Vec<Cell>> {
        vec((".*", ".*").prop_map(|(column, value)| Cell { column, value }), 0..3)
    }

    fn date() -> impl Strategy<Value = Option<Date>> {
        let day = (1i16..9999, 1u8..13, 1u8..29);
        option::of(day.prop_map(|(year, month, day)| {
            Date::new(year, (month > 2).then_some(month), (month > 6).then_some(day))
                .expect("every month has 28 days")
        }))
    }

    fn similar() -> impl Strategy<Value = Option<Similar>> {
        let similar = (any::<u64>(), option::of(any::<u64>()));
        option::of(
            similar.prop_map(|(document, passage)| Similar {
                document: DocumentId(document),
                passage,
            }),
        )
    }

    fn excluded() -> impl Strategy<Value = Excluded> {
        (countries(), violations(), languages(), vec(".*", 0..3), kinds(), cells()).prop_map(
            |(countries, violations, languages, publishers, kinds, cells)| Excluded {
                countries,
                violations,
                languages,
                publishers,
                kinds,
                cells,
            },
        )
    }

    fn shown() -> impl Strategy<Value = Request> {
        let numbers = (option::of(any::<usize>()), any::<usize>(), any::<usize>());
        let switches = any::<[bool; 5]>();
        let semantic = select(vec![Semantic::Auto, Semantic::Off, Semantic::Only]);
        (numbers, switches, semantic, similar(), any::<(bool, bool)>()).prop_map(
            |((limit, offset, passages), switches, semantic, similar, (by, sort))| {
                let [mentions, unfold, facets, literal, bare] = switches;
                Request {
                    mentions,
                    by: if by { By::Document } else { By::Passage },
                    sort: if sort { Sort::Relevance } else { Sort::Date },
                    limit,
                    offset,
                    passages,
                    unfold,
                    facets,
                    semantic,
                    similar,
                    literal,
                    bare,
                    ..Request::default()
                }
            },
        )
    }

    proptest! {
        #[test]
        fn a_request_that_travelled_asks_the_same(
            text in ".*",
            (countries, violations, languages) in (countries(), violations(), languages()),
            (publishers, kinds, cells) in (vec(".*", 0..3), kinds(), cells()),
            (since, until) in (date(), date()),
            not in excluded(),
            shown in shown(),
        ) {
            let request = Request {
                text, countries, violations, languages, publishers, kinds, cells, not, since, until,
                ..shown
            };
            let written = serde_json::to_string(&request).expect("a request can be written");
            let read: Request = serde_json::from_str(&written).expect("and read");
            prop_assert_eq!(read, request);
        }
    }

    #[test]
    fn countries_and_violations_travel_by_their_ids() {
        let request = Request {
            countries: vec![CountryCode::new("hn").expect("a code")],
            violations: Violations::builtin().lookup("torture").expect("a type"),
            ..Request::default()
        };
        let written = serde_json::to_value(&request).expect("a request can be written");
        assert_eq!(written["countries"], serde_json::json!(["HN"]));
        assert_eq!(written["violations"], serde_json::json!(["torture"]));
    }

    #[test]
    fn a_field_that_is_not_known_is_refused() {
        assert!(serde_json::from_str::<Request>(r#"{"text": "police"}"#).is_ok());
        assert!(serde_json::from_str::<Request>(r#"{"contry": ["HN"]}"#).is_err());
    }
}
