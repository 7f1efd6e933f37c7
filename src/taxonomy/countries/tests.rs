//! What the tables promise, and the hard cases of names.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

fn table() -> &'static Countries {
    Countries::builtin()
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let found =
        table().lookup(text).unwrap_or_else(|unknown| panic!("{unknown}: {:?}", unknown.nearest));
    let codes: Vec<_> = found.iter().map(CountryCode::as_str).collect();
    assert_eq!(codes.join(" "), expected, "{text}");
}

#[track_caller]
fn check_form(text: &str, meaning: Option<&str>, weak: bool, cased: bool) {
    let form = table()
        .forms()
        .find(|form| folded_words(form.text) == folded_words(text))
        .unwrap_or_else(|| panic!("no form {text}"));
    let code = form.meaning.map(|code| code.to_string());
    assert_eq!((code.as_deref(), form.weak, form.cased), (meaning, weak, cased), "{text}");
}

#[test]
fn every_line_is_a_row_and_they_are_sorted() {
    for (at, table) in TABLES.into_iter().enumerate() {
        let columns = at;
        let lines: Vec<_> = lines(table).skip(columns).collect();
        assert!(lines.windows(2).all(|pair| pair[0] < pair[1]), "table {at}");
    }
    assert_eq!(table().rows.len(), lines(TABLES[0]).count());
    assert_eq!(table().regions.len() + 1, lines(TABLES[1]).count());
}

#[test]
fn every_country_has_one_name_in_each_language() {
    assert_eq!(table().codes().count(), 250, "249 of ISO 3166-1 and Kosovo");
    let is_there = |own: &Language| table().rows.iter().any(|row| row.column == Some(*own));
    for language in Language::INDEXED.into_iter().filter(is_there) {
        for (code, names) in &table().names {
            assert!(!names[language.place()].is_empty(), "{code} in {language}");
        }
    }
    let named = table().rows.iter().filter(|row| row.form.kind == FormKind::Name);
    let pairs: BTreeSet<_> = named.clone().map(|row| (row.form.meaning, row.column)).collect();
    assert_eq!(pairs.len(), named.count(), "a language named twice");
    let codes: BTreeSet<_> = table().codes().collect();
    for row in &table().rows {
        for code in row.form.meaning.into_iter().chain(row.form.also) {
            assert!(codes.contains(&code), "{code}");
        }
    }
}

#[test]
fn no_form_is_claimed_twice() {
    let mut seen = BTreeMap::new();
    for form in table().forms() {
        let folded = folded_words(form.text);
        assert!(!folded.is_empty(), "'{}' has no word", form.text);
        if let Some(earlier) = seen.insert(folded, form.text) {
            panic!("'{earlier}' and '{}' are the same words", form.text);
        }
    }
}

#[test]
fn a_repeated_display_name_has_its_form_elsewhere() {
    let forms: BTreeSet<_> = table().forms().map(|form| folded_words(form.text)).collect();
    for row in table().rows.iter().filter(|row| row.repeated) {
        let folded = folded_words(row.form.text);
        let lookup_only = table()
            .rows
            .iter()
            .any(|other| other.lookup_only && folded_words(other.form.text) == folded);
        assert!(forms.contains(&folded) || lookup_only, "{}", row.form.text);
    }
}

#[test]
fn a_display_name_is_understood() {
    for (code, names) in &table().names {
        for name in names {
            assert_eq!(table().lookup(name).unwrap().first(), Some(code), "{name}");
        }
    }
}

#[test]
fn a_country_is_known_by_code_name_alias_and_demonym() {
    check("hn", "HN");
    check("HND", "HN");
    check("Honduras", "HN");
    check("hondureñas", "HN");
    check("haïtienne", "HT");
    check("HAITIANOS", "HT");
    check("Viet Nam", "VN");
    check("vietnam", "VN");
    check("turkey", "TR");
    check("Turkiye", "TR");
    check("Turquie", "TR");
    check("drc", "CD");
    check("RDC", "CD");
    check("Zaire", "CD");
    check("republique democratique du congo", "CD");
    check("République du Congo", "CG");
    check("Birmanie", "MM");
    check("Burma", "MM");
    check("Swaziland", "SZ");
    check("Cote d’Ivoire", "CI");
    check("l'Inde", "IN");
    check("the Gambia", "GM");
    check("le Salvador", "SV");
    check("EE. UU.", "US");
    check("eeuu", "US");
    check("u.s.a.", "US");
    check("UK", "GB");
    check("Bolivia (Plurinational State of)", "BO");
    check("Iran, Islamic Republic of", "IR");
    check("cisjordania", "PS");
    check("Trinidad & Tobago", "TT");
    check("reunión", "RE");
}

#[test]
fn a_name_of_two_countries_gives_both() {
    check("Congo", "CG CD");
    check("Korea", "KR KP");
    check("dominican", "DO DM");
    check("Corée du Nord", "KP");
    check("Guinea", "GN");
    check("guinea-bissau", "GW");
    check("Nigeria", "NG");
    check("Níger", "NE");
    check("nigérien", "NE");
    check("nigérian", "NG");
    check("Dominica", "DM");
    check("Sudán del Sur", "SS");
}

#[test]
fn a_region_gives_its_members() {
    check("northern-central-america", "GT HN SV");
    check("Triángulo Norte", "GT HN SV");
    check("norte de centroamérica", "GT HN SV");
    check("le Sahel", "BF ML MR NE TD");
    assert_eq!(table().lookup("European Union").unwrap().len(), 27);
    assert_eq!(table().region("Magreb").unwrap().name(Language::Fr), "Maghreb");
}

#[test]
fn regions_name_known_countries_in_order_and_no_name_twice() {
    let codes: BTreeSet<_> = table().codes().collect();
    let mut seen = BTreeMap::new();
    for region in table().regions() {
        assert!(region.codes.windows(2).all(|pair| pair[0] < pair[1]), "{}", region.id);
        assert!(region.codes.iter().all(|code| codes.contains(code)), "{}", region.id);
        for name in region.names() {
            let earlier = seen.insert(folded_words(name), region.id);
            assert!(
                earlier.is_none_or(|id| id == region.id),
                "{name}: {earlier:?} and {}",
                region.id
            );
            assert!(
                table()
                    .find_or_region(&folded_words(name))
                    .is_some_and(|found| found == region.codes),
                "{name} is a country's"
            );
        }
    }
}

#[test]
fn an_unknown_country_names_the_nearest() {
    let unknown = table().lookup("Hondurs").unwrap_err();
    assert_eq!(unknown.nearest.first().map(String::as_str), Some("Honduras"));
    assert!(table().lookup("").is_err());
    assert!(table().lookup("New Mexico").is_err());
    assert!(table().lookup("zz").is_err());
}

#[test]
fn names_are_shown_in_the_language_asked_for() {
    let name = |code, language| table().name(CountryCode::new(code).unwrap(), language);
    assert_eq!(name("CD", Language::En), "Democratic Republic of the Congo");
    assert_eq!(name("HT", Language::Fr), "Haïti");
    assert_eq!(name("US", Language::Es), "Estados Unidos");
    assert_eq!(name("HN", Language::Other), "Honduras");
    assert_eq!(name("ZZ", Language::En), "ZZ");
}

#[test]
fn words_that_only_hold_a_country_name_are_none() {
    for text in [
        "New Mexico",
        "Nuevo México",
        "Gulf of Mexico",
        "guinea pig",
        "Lake Chad",
        "Michael Jordan",
        "Atlanta, Georgia",
        "Indian Ocean",
        "American Convention",
        "Latin America",
        "Central American",
        "Geneva Conventions",
        "Rome Statute",
        "Istanbul Protocol",
        "Convención de Belém do Pará",
        "Paris Principles",
        "Vienna Declaration",
        "Organization of American States",
        "US dollars",
        "San José, Costa Rica",
        "Pacto de San José",
        "Prince of Wales",
        "Panama Papers",
        "South China Sea",
    ] {
        check_form(text, None, false, false);
    }
}

#[test]
fn longer_names_are_forms_of_their_own() {
    check_form("Papua New Guinea", Some("PG"), false, false);
    check_form("Guinea Ecuatorial", Some("GQ"), false, false);
    check_form("South Sudan", Some("SS"), false, false);
    check_form("Northern Ireland", Some("GB"), false, false);
    check_form("Republic of Ireland", Some("IE"), false, false);
    check_form("Estados Unidos Mexicanos", Some("MX"), false, false);
    check_form("British Honduras", Some("BZ"), false, false);
    check_form("Niger Delta", Some("NG"), false, false);
    check_form("Mexico City", Some("MX"), false, false);
    check_form("New South Wales", Some("AU"), false, false);
    check_form("Turkish Cypriots", Some("CY"), false, false);
}

#[test]
fn ambiguous_forms_are_weak_or_need_their_capital() {
    check_form("turkey", Some("TR"), false, true);
    check_form("Georgia", Some("GE"), true, true);
    check_form("Jordan", Some("JO"), true, true);
    check_form("Jordania", Some("JO"), false, false);
    check_form("Chad", Some("TD"), true, true);
    check_form("Tchad", Some("TD"), false, false);
    check_form("Grenade", Some("GD"), true, true);
    check_form("Grenada", Some("GD"), false, false);
    check_form("American", Some("US"), true, false);
    check_form("US", Some("US"), true, true);
    check_form("Polish", Some("PL"), false, true);
    check_form("dominicana", Some("DO"), true, false);
    check_form("Honduran", Some("HN"), false, false);
    check_form("Tegucigalpa", Some("HN"), true, true);
    check_form("San Salvador", Some("SV"), true, true);
    for never in ["Reunión", "HND", "América", "Washington", "Geneva", "La Paz", "Roma", "Male"] {
        assert!(
            !table().forms().any(|form| folded_words(form.text) == folded_words(never)),
            "{never}"
        );
    }
}

#[test]
fn every_language_has_demonyms_in_every_gender_and_number() {
    for text in [
        "hondureño",
        "hondureña",
        "hondureños",
        "hondureñas",
        "haïtien",
        "haïtienne",
        "haïtiens",
        "haïtiennes",
    ] {
        assert!(
            table().forms().any(|form| form.text == text && form.kind == FormKind::Demonym),
            "{text}"
        );
    }
}
