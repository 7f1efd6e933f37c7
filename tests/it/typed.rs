//! What is typed is found as it stands in the text: citations, acronyms, numbers, dates, accents, words of every kind.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::library::Library;

/// Each page holds one thing to be found, among words that look like it.
static PAGES: LazyLock<Library> = LazyLock::new(|| {
    Library::of(&[
        (
            "cfr",
            "An applicant bears the burden of proof under 8 C.F.R. § 208.13(b)(1) and 8 U.S.C. § 1158.",
        ),
        (
            "cfr-plain",
            "The presumption of past persecution in 8 CFR 208.13 was not rebutted by the government.",
        ),
        (
            "other-rule",
            "The judge applied 8 C.F.R. 1003.1 and found 208 applicants and 13 witnesses credible.",
        ),
        (
            "article-19",
            "El artículo 19 de la Convención protege la libertad de las personas que informan.",
        ),
        (
            "article-5",
            "El artículo 5º prohíbe los tratos crueles, según la sentencia N.º 20 de la Corte.",
        ),
        (
            "article-8",
            "El artículo 8 de la Convención fue invocado por 19 personas ante la misma comisión.",
        ),
        (
            "cedh",
            "La Cour a conclu à une violation de l’art. 3 CEDH, lu avec l'article 13 de la Convention.",
        ),
        (
            "other-cedh",
            "La Cour rappelle que 3 requérants ont saisi la CEDH, et que tout art. en dispose.",
        ),
        (
            "hrc",
            "The Special Rapporteur said so in her report (A/HRC/19/19), and again in A/HRC/19/44.",
        ),
        (
            "usa",
            "She was deported from the U.S. with her two children after the hearing on her claim.",
        ),
        (
            "eeuu",
            "El informe de EE.UU. sobre DD.HH. fue criticado por las organizaciones de la sociedad.",
        ),
        (
            "onu",
            "Le rapport des N.U. sur la situation des droits de l'homme décrit des exactions graves.",
        ),
        (
            "numbers",
            "Some 3,000 people fled on 12 March 2019; 45.7 per cent were children, said the agency.",
        ),
        (
            "date",
            "The hearing took place on 2019-03-12 and the order was signed on 14/03/2019 by the judge.",
        ),
        (
            "being",
            "Whether to be or not to be heard is the question that the court put to the witnesses.",
        ),
        (
            "accents",
            "Las niñas y el niño indígenas huyeron; según Núñez, la agresión ocurrió en el país.",
        ),
        (
            "french",
            "Des exécutions sommaires à Haïti: l'œuvre de milices naïves, dénoncée par les évêques.",
        ),
    ])
});

/// Checks that a text finds these pages, with all of its words, and no others.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found: BTreeSet<String> = PAGES.finds(text).into_iter().collect();
    assert_eq!(found, expected.iter().map(ToString::to_string).collect(), "{text}");
}

#[test]
fn law_citations_are_found_with_and_without_dots() {
    for text in ["8 C.F.R. 208.13", "8 CFR 208.13", "8 c.f.r. §208.13", "\"8 C.F.R. § 208.13\""] {
        check(text, &["cfr", "cfr-plain"]);
    }
    check("8 C.F.R. § 208.13(b)(1)", &["cfr"]);
    check("\"C.F.R. 1003.1\"", &["other-rule"]);
    for text in ["§ 1158", "§1158", "U.S.C. 1158", "8 USC § 1158", "\"8 U.S.C. § 1158\""] {
        check(text, &["cfr"]);
    }
}

#[test]
fn articles_are_found_by_their_number() {
    check("\"artículo 19\"", &["article-19"]);
    check("artículo 19", &["article-19", "article-8"]);
    for text in ["artículo 5", "articulo 5º", "\"articulo 5\"", "N.º 20", "nº 20"] {
        check(text, &["article-5"]);
    }
    check("art. 3 CEDH", &["cedh", "other-cedh"]);
    check("\"art. 3 CEDH\"", &["cedh"]);
    check("“l’art. 3 CEDH”", &["cedh"]);
}

#[test]
fn document_symbols_are_found() {
    check("A/HRC/19/19", &["hrc"]);
    check("(A/HRC/19/44)", &["hrc"]);
    check("A/HRC/44/19", &[]);
}

#[test]
fn acronyms_are_found_with_and_without_dots() {
    for text in
        ["U.S. deported", "US deported", "u.s. deported", "\"the U.S. with\"", "\"the US with\""]
    {
        check(text, &["usa"]);
    }
    for text in ["EE.UU.", "EEUU", "ee.uu.", "DD.HH.", "DDHH", "\"informe de EE.UU.\""] {
        check(text, &["eeuu"]);
    }
    for text in ["N.U.", "NU", "\"des N.U.\""] {
        check(text, &["onu"]);
    }
}

#[test]
fn numbers_and_dates_are_found() {
    for text in ["3,000", "45.7", "12 March 2019", "\"12 March 2019\"", "\"45.7 per cent\""] {
        check(text, &["numbers"]);
    }
    for text in ["2019-03-12", "14/03/2019", "\"2019-03-12\""] {
        check(text, &["date"]);
    }
    check("3,001", &[]);
    check("2019", &["numbers", "date"]);
}

#[test]
fn stop_words_are_found_in_phrases() {
    check("\"to be or not to be\"", &["being"]);
    check("\"be to\"", &[]);
    check("\"de la Corte\"", &["article-5"]);
    check("\"à une violation de l'art\"", &["cedh"]);
}

#[test]
fn accents_do_not_matter() {
    for text in [
        "niñas",
        "ninas",
        "NIÑAS",
        "nin\u{303}as",
        "indigena",
        "agresion",
        "agresiones",
        "país",
        "PAIS",
    ] {
        check(text, &["accents"]);
    }
    for text in ["\"Núñez, la agresión\"", "\"nunez la AGRESION\"", "agres*", "nunes~1"] {
        check(text, &["accents"]);
    }
    for text in [
        "exécution",
        "execution sommaire",
        "HAITI",
        "Haïti",
        "œuvre",
        "oeuvres",
        "naïve",
        "naif OR naive",
        "eveque",
        "évêque",
    ] {
        check(text, &["french"]);
    }
}
