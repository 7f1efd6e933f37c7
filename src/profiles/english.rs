//! English.

use super::{Dates, Ending, Profile, Sentences, Stems, Votes};

#[rustfmt::skip]
pub(super) static PROFILE: Profile = Profile {
    code: "en",
    name: "english",
    names: &["eng", "english", "inglés", "ingles", "anglais"],
    model: whatlang::Lang::Eng,
    votes: Votes {
        words: "the of and to is that for was with are by from this which have has been were their its be not they it \
            his her who had you your we our will would can should than when there these those he she may but if any \
            other such into about how no what while where an all in at as or also could did do does more most must \
            only out over said so some them then don't doesn't can't isn't it's you're try make want your through \
            under until up upon us very against between because before after during both each",
        letters: &[],
        endings: &[],
        plain_endings: &[],
    },
    stems: Stems {
        algorithm: rust_stemmers::Algorithm::English,
        exceptions: &[
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
        ],
        endings: &[
            Ending { written: "ologists", known: "ology", shortest: 0 },
            Ending { written: "ologist", known: "ology", shortest: 0 },
        ],
        behind_diaeresis: None,
    },
    stop_words: &[
        "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "before",
        "being", "between", "both", "but", "by", "can", "could", "did", "do", "does", "doing", "during", "each",
        "for", "from", "had", "has", "have", "having", "he", "her", "hers", "him", "his", "how", "i", "if", "in",
        "into", "is", "it", "its", "may", "me", "might", "more", "most", "must", "my", "no", "nor", "not", "of",
        "off", "on", "once", "only", "or", "other", "our", "ours", "out", "over", "own", "shall", "she", "should",
        "so", "some", "such", "than", "that", "the", "their", "theirs", "them", "then", "there", "these", "they",
        "this", "those", "through", "to", "too", "under", "until", "up", "upon", "very", "was", "we", "were",
        "what", "when", "where", "which", "while", "who", "whom", "whose", "why", "will", "with", "would", "you",
        "your", "yours",
    ],
    articles: &["the"],
    elided: &[],
    dates: Dates {
        months: [
            &["january", "jan"],
            &["february", "feb"],
            &["march", "mar"],
            &["april", "apr"],
            &["may"],
            &["june", "jun"],
            &["july", "jul"],
            &["august", "aug"],
            &["september", "sep", "sept"],
            &["october", "oct"],
            &["november", "nov"],
            &["december", "dec"],
        ],
        not_months: &["may", "march"],
        fillers: &["of", "st", "nd", "rd", "th", "the"],
        telling: &[
            "published", "publication", "issued", "released", "release", "date", "dated", "distr", "general",
            "limited", "restricted", "updated", "posted",
        ],
        referring: &[
            "of", "since", "on", "from", "until", "till", "before", "after", "by", "between", "through", "born",
        ],
        on: &["on"],
        after_place: &[],
        until: &["to", "and"],
        until_behind: &["to"],
        changed: &["updated", "modified", "edited"],
        day_first: false,
        month_first: &["us", "ph"],
    },
    sentences: Sentences {
        before_names: &[
            "adm", "capt", "cf", "col", "dr", "ed", "eds", "gen", "hon", "lt", "mr", "mrs", "ms", "prof", "rep",
            "rev", "sen", "sgt", "vs", "v",
        ],
        before_numbers: &[
            "ann", "apr", "approx", "art", "arts", "aug", "ca", "ch", "chap", "cl", "dec", "exh", "feb", "fig",
            "fols", "fol", "jan", "jul", "jun", "lit", "mar", "no", "nos", "nov", "oct", "p", "par", "para", "paras",
            "pp", "prot", "rec", "res", "sec", "secs", "sect", "sept", "vol",
        ],
        openers: &[
            "A", "After", "An", "As", "At", "Although", "But", "For", "He", "However", "In", "It", "On", "She",
            "Some", "The", "These", "They", "This", "When",
        ],
    },
};
