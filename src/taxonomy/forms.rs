//! The forms under which texts name countries: the rows of `countries.tsv`, as the matcher wants them.
//!
//! A row in, a [`Form`] out. Finding forms in a text is the matcher's work: it splits [`Form::text`] into folded words, takes the
//! longest form at each place, and asks [`Form::admits`] whether the capitals are right. A `$` after `US` it must see for itself.

use crate::analysis::words;
use crate::document::Language;
use crate::taxonomy::CountryCode;

/// What a form is to its country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FormKind {
    /// The display name; exactly one for each country and language.
    Name,
    /// The full name of the state.
    Official,
    /// Another spelling or name in use today.
    Alias,
    /// A name of the past.
    Former,
    /// An adjective or the name of its people, in every gender and number.
    Demonym,
    /// Its capital.
    Capital,
    /// A large city, a province or a place that reports name alone.
    City,
    /// Its ISO 3166-1 alpha-3 code: for filters, never looked for in a text.
    Alpha3,
    /// Words that hold a country's name and name none (`New Mexico`): where they stand, the name inside is not one.
    Not,
}

impl FormKind {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "name" => Self::Name,
            "official" => Self::Official,
            "alias" => Self::Alias,
            "former" => Self::Former,
            "demonym" => Self::Demonym,
            "capital" => Self::Capital,
            "city" => Self::City,
            "alpha3" => Self::Alpha3,
            "not" => Self::Not,
            _ => return None,
        })
    }
}

/// Words that name a country, or that must not be taken for one.
///
/// No two forms have the same folded words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form<'t> {
    /// The form as it is written.
    pub text: &'t str,
    /// The country it names; `None` where the words name none and keep a shorter form inside them from counting.
    pub meaning: Option<CountryCode>,
    /// Another country it may name: it is that one's where a text names that one outright (`Congo` beside `DRC`).
    pub also: Option<CountryCode>,
    /// Evidence only beside other evidence: a city, a language, a name that people or other places bear too.
    pub weak: bool,
    /// Counts only with the capitals of [`Self::text`]; see [`Self::admits`]. What a person types into a search box has none, so
    /// a query's words need not be asked.
    pub cased: bool,
    /// The language it belongs to, `None` if several.
    pub language: Option<Language>,
    /// What it is to its country.
    pub kind: FormKind,
}

impl Form<'_> {
    /// Whether these words of a text, which fold to the form's, may be it: always if the form is not cased; else each word that has
    /// a capital in the form must have one too, and one that is all capitals must be all capitals (`US`, not `us` or `Us`).
    pub fn admits(&self, written: &str) -> bool {
        !self.cased
            || words(self.text)
                .zip(words(written))
                .all(|(form, word)| capitals_suit(form.text, word.text))
    }
}

fn capitals_suit(form: &str, written: &str) -> bool {
    let begins_large = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let all_large = |word: &str| !word.chars().any(char::is_lowercase);
    if !begins_large(form) {
        return true;
    }
    let acronym = all_large(form) && form.chars().count() > 1;
    begins_large(written) && (!acronym || all_large(written))
}

/// A row of the table: a form, and what else the table says of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) form: Form<'static>,
    /// For filters only: in a text the words mean something else too often (`reunión`).
    pub(super) lookup_only: bool,
    /// A display name whose folded words an earlier row has already.
    pub(super) repeated: bool,
    /// The row's own language column, which [`Form::language`] is not where several languages share the form.
    pub(super) column: Option<Language>,
}

impl Row {
    /// The row of a line `code<TAB>kind<TAB>language<TAB>form[<TAB>flags[<TAB>also]]`; `None` if it is not one.
    pub(super) fn parse(line: &'static str) -> Option<Self> {
        let mut fields = line.split('\t');
        let code = fields.next()?;
        let kind = FormKind::parse(fields.next()?)?;
        let language = fields.next()?;
        let text = fields.next()?;
        let flags = fields.next().unwrap_or_default();
        let flag = |name: &str| !flags.is_empty() && flags.split(',').any(|flag| flag == name);
        let column = Language::INDEXED.into_iter().find(|known| known.code() == language);
        let form = Form {
            text,
            meaning: CountryCode::new(code),
            also: fields.next().and_then(CountryCode::new),
            weak: flag("weak"),
            cased: flag("cased"),
            language: column.filter(|_| !flag("shared")),
            kind,
        };
        let valid = !text.is_empty()
            && (column.is_some() || language == "*")
            && (form.meaning.is_none() == (kind == FormKind::Not));
        valid.then(|| Self { form, lookup_only: flag("lookup"), repeated: flag("same"), column })
    }

    /// Whether the matcher gets it.
    pub(super) fn is_for_texts(&self) -> bool {
        !self.lookup_only && !self.repeated && self.form.kind != FormKind::Alpha3
    }

    /// Whether a filter may name the country so: cities are places in it, not names of it.
    pub(super) fn is_for_filters(&self) -> bool {
        !matches!(self.form.kind, FormKind::Capital | FormKind::City | FormKind::Not)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(form: &str, written: &str, expected: bool) {
        let line: &'static str = format!("XX\talias\t*\t{form}\tcased").leak();
        let row = Row::parse(line).unwrap();
        assert_eq!(row.form.admits(written), expected, "{form} for {written}");
    }

    #[test]
    fn capitals_of_a_cased_form_must_be_there() {
        check("Turkey", "Turkey", true);
        check("Turkey", "TURKEY", true);
        check("Turkey", "turkey", false);
        check("la Grenade", "La Grenade", true);
        check("la Grenade", "la grenade", false);
    }

    #[test]
    fn an_acronym_is_all_capitals() {
        check("US", "US", true);
        check("US", "U.S.", true);
        check("US", "Us", false);
        check("U.S.", "us", false);
    }
}
