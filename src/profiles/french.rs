//! French.

use super::{Dates, Ending, Profile, Sentences, Stems, Votes};

#[rustfmt::skip]
pub(super) static PROFILE: Profile = Profile {
    code: "fr",
    name: "french",
    names: &["fra", "fre", "french", "francés", "frances", "français", "francais"],
    model: whatlang::Lang::Fra,
    votes: Votes {
        words: "le les des du et est une dans pour qui par sur au aux avec ce cette ces sont ont été pas plus ou où il \
            ils elle leur leurs mais nous vous votre être ainsi comme sans sous entre après contre dont fait aussi \
            deux chez selon très peut depuis était ne à la de en que se un son sa ses si y lors même toute tous \
            toutes tout notamment ni",
        letters: &['œ', 'û'],
        endings: &["ées", "aître"],
        plain_endings: &[],
    },
    stems: Stems {
        algorithm: rust_stemmers::Algorithm::French,
        // Plurals in -oux, words in -ais that are no verbs, and *nier*, to deny, which is not *ni*.
        exceptions: &[
            ("beauvais", "beauvais"), ("bijoux", "bijou"), ("cailloux", "caillou"), ("calais", "calais"), ("choux", "chou"),
            ("epoux", "epou"), ("genoux", "genou"), ("hiboux", "hibou"), ("jaloux", "jalou"), ("joujoux", "joujou"),
            ("malais", "malais"), ("mauvais", "mauvais"), ("mauvaise", "mauvais"), ("mauvaises", "mauvais"),
            ("niais", "niais"), ("nie", "nie"), ("niee", "nie"), ("niees", "nie"),
            ("nient", "nie"), ("nier", "nie"), ("niera", "nie"), ("nierai", "nie"), ("nieraient", "nie"), ("nierais", "nie"),
            ("nierait", "nie"), ("nierez", "nie"), ("nierons", "nie"), ("nieront", "nie"), ("nies", "nie"), ("niez", "nie"),
            ("palais", "palais"), ("poux", "pou"), ("rabais", "rabais"),
        ],
        // The feminine of -ais. Shorter words are mostly others: malaise, fraise, mauvaise.
        endings: &[
            Ending { written: "aises", known: "ais", shortest: 9 },
            Ending { written: "aise", known: "ais", shortest: 9 },
        ],
        behind_diaeresis: Some(&["iqu", "ism", "ist", "ité"]),
    },
    stop_words: &[
        "a", "afin", "ai", "ainsi", "alors", "apres", "au", "aucun", "aucune", "aussi", "autre", "autres", "aux",
        "avaient", "avait", "avant", "avec", "avoir", "c", "ce", "cela", "celle", "celles", "celui", "ces", "cet",
        "cette", "ceux", "chaque", "chez", "combien", "comme", "comment", "contre", "d", "dans", "de", "depuis",
        "des", "donc", "dont", "du", "durant", "elle", "elles", "en", "entre", "est", "et", "etaient", "etait",
        "etant", "ete", "etre", "eu", "eux", "furent", "fut", "il", "ils", "j", "je", "l", "la", "laquelle", "le",
        "lequel", "les", "lesquelles", "lesquels", "leur", "leurs", "lors", "lorsque", "lui", "m", "ma", "mais",
        "me", "meme", "memes", "mes", "moi", "mon", "n", "ne", "ni", "nos", "notre", "nous", "on", "ont", "ou",
        "par", "parce", "pas", "pendant", "peu", "peut", "peuvent", "plus", "pour", "pourquoi", "puis", "qu",
        "quand", "que", "quel", "quelle", "quelles", "quelques", "quels", "qui", "quoi", "s", "sa", "sans", "se",
        "selon", "sera", "ses", "si", "soit", "son", "sont", "sous", "sur", "t", "ta", "te", "tes", "toi", "ton",
        "tous", "tout", "toute", "toutes", "tres", "tu", "un", "une", "vers", "voici", "voila", "vos", "votre",
        "vous", "y",
    ],
    articles: &["la", "le", "les"],
    elided: &[
        "c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu", "presqu",
        "entr",
    ],
    dates: Dates {
        months: [
            &["janvier", "janv"],
            &["fevrier", "fevr", "fev"],
            &["mars"],
            &["avril", "avr"],
            &["mai"],
            &["juin"],
            &["juillet", "juil"],
            &["aout"],
            &["septembre", "sept"],
            &["octobre", "oct"],
            &["novembre", "nov"],
            &["decembre", "dec"],
        ],
        not_months: &[],
        fillers: &["er", "d"],
        telling: &["publie", "publiee", "publication", "parution", "diffusion", "date"],
        referring: &["du", "de", "depuis", "le", "jusqu", "avant", "apres", "des", "entre", "au"],
        on: &["le"],
        after_place: &["le"],
        until: &["au", "et"],
        until_behind: &["au"],
        changed: &["mis à jour", "modifié"],
        day_first: true,
        month_first: &[],
    },
    sentences: Sentences {
        before_names: &["av", "capt", "cf", "col", "dr", "ed", "lt", "mgr", "mlle", "mm", "mme", "pr", "prof"],
        before_numbers: &["al", "ann", "art", "arts", "ch", "chap", "fig", "n", "p", "par", "pp", "prot", "vol"],
        openers: &["Dans", "De", "Elle", "En", "Il", "Ils", "L'", "La", "Le", "Les", "Selon", "Un"],
    },
};
