//! Words so common that they say nothing alone: they are not wanted of a passage, and marked inside a phrase only.
//!
//! Small lists of our own: articles, pronouns, question words, prepositions, conjunctions and auxiliary verbs; folded, in order.

use crate::document::Language;

/// Whether a folded word is a stop word of a language; of any of the three where the language is another.
pub fn is_stop_word(folded: &str, language: Language) -> bool {
    let holds = |list: &[&str]| list.binary_search(&folded).is_ok();
    match language {
        Language::En => holds(&ENGLISH),
        Language::Es => holds(&SPANISH),
        Language::Fr => holds(&FRENCH),
        Language::Other => holds(&ENGLISH) || holds(&SPANISH) || holds(&FRENCH),
    }
}

/// English.
#[rustfmt::skip]
const ENGLISH: [&str; 113] = [
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "before",
    "being", "between", "both", "but", "by", "can", "could", "did", "do", "does", "doing", "during", "each",
    "for", "from", "had", "has", "have", "having", "he", "her", "hers", "him", "his", "how", "i", "if", "in",
    "into", "is", "it", "its", "may", "me", "might", "more", "most", "must", "my", "no", "nor", "not", "of",
    "off", "on", "once", "only", "or", "other", "our", "ours", "out", "over", "own", "shall", "she", "should",
    "so", "some", "such", "than", "that", "the", "their", "theirs", "them", "then", "there", "these", "they",
    "this", "those", "through", "to", "too", "under", "until", "up", "upon", "very", "was", "we", "were",
    "what", "when", "where", "which", "while", "who", "whom", "whose", "why", "will", "with", "would", "you",
    "your", "yours",
];

/// Spanish.
#[rustfmt::skip]
const SPANISH: [&str; 138] = [
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
];

/// French.
#[rustfmt::skip]
const FRENCH: [&str; 148] = [
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
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_folded_and_in_order() {
        for list in [&ENGLISH[..], &SPANISH, &FRENCH] {
            assert!(list.is_sorted_by(|one, next| one < next), "{list:?}");
            for word in list {
                assert_eq!(*word, crate::analysis::fold(word));
            }
        }
    }

    #[test]
    fn a_stop_word_is_one_in_its_language() {
        assert!(is_stop_word("son", Language::Fr) && !is_stop_word("son", Language::En));
        assert!(is_stop_word("the", Language::Other) && !is_stop_word("police", Language::Other));
    }
}
