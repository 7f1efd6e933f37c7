//! Spanish.

use super::{Dates, Ending, Profile, Sentences, Stems, Votes};

#[rustfmt::skip]
pub(super) static PROFILE: Profile = Profile {
    code: "es",
    name: "spanish",
    names: &["spa", "spanish", "español", "espanol", "castellano", "espagnol"],
    model: whatlang::Lang::Spa,
    votes: Votes {
        words: "el los del las por con una al lo su sus más fue ha son pero han este esta está también entre sobre como \
            y ser hay muy sin sino hasta desde donde quien cuando porque durante nos uno dos todos todo ese esa eso \
            estos estas fueron había puede años año tiene según cual ya así qué cómo están era en la que de se es un \
            para le les ante contra otros otras cada sido esto parte dicha dicho unos unas e o si le ahora vamos no \
            les usted ha he ni",
        letters: &['ñ'],
        endings: &["ción", "sión"],
        plain_endings: &["ciones", "idades", "idad"],
    },
    stems: Stems {
        algorithm: rust_stemmers::Algorithm::Spanish,
        exceptions: &[],
        // Typed without its accent.
        endings: &[
            Ending { written: "cion", known: "ción", shortest: 0 },
        ],
        behind_diaeresis: None,
    },
    stop_words: &[
        "a", "ademas", "al", "algo", "algun", "alguna", "algunas", "alguno", "algunos", "ante", "antes", "aquel",
        "aquella", "aquellas", "aquellos", "asi", "aun", "aunque", "bajo", "cada", "como", "con", "contra",
        "cual", "cuales", "cuando", "cuanta", "cuantas", "cuanto", "cuantos", "cuya", "cuyas", "cuyo", "cuyos",
        "de", "del", "desde", "donde", "durante", "e", "el", "ella", "ellas", "ellos", "en", "entre", "era",
        "eran", "es", "esa", "esas", "ese", "eso", "esos", "esta", "estaba", "estaban", "estan", "estar", "estas",
        "este", "esto", "estos", "fue", "fueron", "ha", "haber", "habia", "habian", "han", "hasta", "hay", "he",
        "la", "las", "le", "les", "lo", "los", "mas", "me", "mi", "mientras", "mis", "muy", "ni", "no", "nos",
        "nosotros", "o", "os", "otra", "otras", "otro", "otros", "para", "pero", "por", "porque", "que", "quien",
        "quienes", "se", "sea", "sean", "segun", "ser", "si", "sido", "sin", "sobre", "son", "su", "sus", "tal",
        "tales", "tambien", "tan", "tanto", "te", "tiene", "tienen", "toda", "todas", "todo", "todos", "tras",
        "tu", "tus", "u", "un", "una", "unas", "uno", "unos", "y", "ya", "yo",
    ],
    articles: &["el", "la", "los", "las"],
    elided: &[],
    dates: Dates {
        months: [
            &["enero", "ene"],
            &["febrero", "feb"],
            &["marzo", "mar"],
            &["abril", "abr"],
            &["mayo"],
            &["junio", "jun"],
            &["julio", "jul"],
            &["agosto", "ago"],
            &["septiembre", "setiembre", "sep", "sept"],
            &["octubre", "oct"],
            &["noviembre", "nov"],
            &["diciembre", "dic"],
        ],
        not_months: &["mar"],
        fillers: &["de", "del", "ero", "º", "o"],
        telling: &["publicado", "publicada", "publicacion", "fecha", "emitido"],
        referring: &["del", "de", "desde", "hasta", "el", "entre", "antes", "tras", "al"],
        on: &["el"],
        after_place: &[],
        until: &["al", "a", "y"],
        until_behind: &["al"],
        changed: &["actualiza", "modifica"],
        day_first: true,
        month_first: &["us"],
    },
    sentences: Sentences {
        before_names: &[
            "atte", "av", "cap", "cf", "cnel", "col", "dr", "dra", "dña", "ed", "eds", "gral", "ing", "lic", "mons",
            "mtro", "prof", "sen", "sgt", "sr", "sra", "sres", "srta",
        ],
        before_numbers: &[
            "apdo", "apartado", "art", "arts", "cap", "exp", "fig", "fols", "fol", "inc", "n", "núm", "núms", "p",
            "pág", "págs", "par", "párr", "párrs", "pp", "sec", "secs", "tit", "vol",
        ],
        openers: &["A", "De", "El", "En", "La", "Las", "Los", "Según", "Un"],
    },
};
