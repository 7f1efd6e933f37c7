//! Words whose stems rust-stemmers' older Snowball algorithms get wrong, where that joins words that have nothing to do with
//! each other: *international* and *interned*, *organization* and *organ*, *nier* and *ni*.
//!
//! A folded word in, its stem out. What follows a rule rather than being one word is in [`complete`]. The stems are those that
//! today's Snowball gives; the tables are our own and kept short.

use crate::document::Language;

/// The stem of a folded word that is an exception.
pub(super) fn exception(word: &str, language: Language) -> Option<&'static str> {
    let table: &[(&str, &str)] = match language {
        Language::En => &ENGLISH,
        Language::Fr => &FRENCH,
        Language::Es | Language::Other => return None,
    };
    table.binary_search_by_key(&word, |(word, _)| word).ok().map(|at| table[at].1)
}

/// The word with the ending under which the stemmer knows it: Spanish `-cion` typed without its accent, the French feminine
/// of `-ais`, English `-ologist`. In lower case, composed or folded.
pub(super) fn complete(mut word: String, language: Language) -> String {
    match language {
        Language::Es if word.ends_with("cion") => {
            word.truncate(word.len() - "on".len());
            word.push_str("ón");
        }
        // Shorter ones are mostly other words: malaise, fraise, mauvaise.
        Language::Fr if word.chars().count() >= FEMININE => {
            let feminine = ["aises", "aise"].into_iter().find(|ending| word.ends_with(ending));
            if let Some(ending) = feminine {
                word.truncate(word.len() - ending.len() + "ais".len());
            }
        }
        Language::En => {
            let profession = ["ologists", "ologist"].into_iter().find(|end| word.ends_with(end));
            if let Some(ending) = profession {
                word.truncate(word.len() - ending.len());
                word.push_str("ology");
            }
        }
        _ => {}
    }
    word
}

/// Letters of the shortest French word in `-aise` that is taken for a feminine.
const FEMININE: usize = 9;

/// English, in order.
#[rustfmt::skip]
const ENGLISH: [(&str, &str); 54] = [
    ("added", "add"), ("adding", "add"), ("ebbed", "ebb"), ("ebbing", "ebb"), ("emergencies", "emergenc"),
    ("emergency", "emergenc"), ("erred", "err"), ("erring", "err"), ("evening", "evening"), ("evenings", "evening"),
    ("hying", "hie"), ("interfere", "interfer"), ("interfered", "interfer"), ("interferes", "interfer"),
    ("interfering", "interfer"), ("internal", "internal"), ("internality", "internal"), ("internalization", "internal"),
    ("internalize", "internal"), ("internalized", "internal"), ("internalizes", "internal"),
    ("internalizing", "internal"), ("internally", "internal"), ("internalness", "internal"),
    ("international", "internat"), ("internationally", "internat"), ("internationals", "internat"),
    ("internment", "internment"), ("internments", "internment"), ("interval", "interval"), ("intervals", "interval"),
    ("lateral", "lateral"), ("laterally", "lateral"), ("offing", "off"), ("organic", "organic"),
    ("organically", "organic"), ("organism", "organism"), ("organisms", "organism"), ("organization", "organiz"),
    ("organizations", "organiz"), ("organize", "organiz"), ("organized", "organiz"), ("organizer", "organiz"),
    ("organizers", "organiz"), ("organizes", "organiz"), ("organizing", "organiz"), ("paste", "paste"),
    ("pasted", "paste"), ("pasting", "paste"), ("universal", "universal"), ("universally", "universal"),
    ("universities", "universiti"), ("university", "universiti"), ("vying", "vie"),
];

/// French, in order: plurals in `-oux`, words in `-ais` that are no verbs, and *nier*, to deny, which is not *ni*.
#[rustfmt::skip]
const FRENCH: [(&str, &str); 33] = [
    ("beauvais", "beauvais"), ("bijoux", "bijou"), ("cailloux", "caillou"), ("calais", "calais"), ("choux", "chou"),
    ("epoux", "epou"), ("genoux", "genou"), ("hiboux", "hibou"), ("jaloux", "jalou"), ("joujoux", "joujou"),
    ("malais", "malais"), ("mauvais", "mauvais"), ("mauvaise", "mauvais"), ("mauvaises", "mauvais"), ("niais", "niais"), ("nie", "nie"), ("niee", "nie"), ("niees", "nie"),
    ("nient", "nie"), ("nier", "nie"), ("niera", "nie"), ("nierai", "nie"), ("nieraient", "nie"), ("nierais", "nie"),
    ("nierait", "nie"), ("nierez", "nie"), ("nierons", "nie"), ("nieront", "nie"), ("nies", "nie"), ("niez", "nie"),
    ("palais", "palais"), ("poux", "pou"), ("rabais", "rabais"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_folded_and_in_order() {
        for table in [&ENGLISH[..], &FRENCH] {
            assert!(table.is_sorted_by(|one, next| one.0 < next.0), "{table:?}");
            for (word, _) in table {
                assert_eq!(*word, crate::analysis::fold(word));
            }
        }
    }

    #[track_caller]
    fn check(word: &str, language: Language, expected: &str) {
        assert_eq!(complete(word.to_owned(), language), expected);
    }

    #[test]
    fn endings_are_those_that_the_stemmer_knows() {
        check("desaparicion", Language::Es, "desaparición");
        check("desapariciones", Language::Es, "desapariciones");
        check("camerounaises", Language::Fr, "camerounais");
        check("malaise", Language::Fr, "malaise");
        check("psychologists", Language::En, "psychology");
    }
}
