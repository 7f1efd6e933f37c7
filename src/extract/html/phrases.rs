//! Short texts that are the site's and not the article's, told by their words: pointers to other articles, calls to
//! subscribe or to follow, credits of pictures.
//!
//! In: a block. Out: yes or no. The phrases are our own collection in three languages. It judges short blocks only, so
//! that no paragraph is lost for quoting one.

use super::blocks::{Block, Shape};

/// A block of more characters is never taken for one of these.
const LONGEST: usize = 260;

/// Labels of a pointer to another article, before a colon or a link. "See also" is not among them: it introduces
/// citations.
const POINTERS: &[&str] = &[
    "read more",
    "read also",
    "also read",
    "read next",
    "read:",
    "related:",
    "related coverage",
    "related stories",
    "related articles",
    "related news",
    "more:",
    "more on this",
    "watch:",
    "don't miss",
    "you may also like",
    "you might also like",
    "recommended",
    "lea también",
    "lea tambien",
    "lea más",
    "lea mas",
    "lea:",
    "lee también",
    "lee tambien",
    "lee más",
    "lee:",
    "leer más",
    "leer también",
    "leé también",
    "vea también",
    "vea tambien",
    "vea más",
    "vea:",
    "ver también",
    "ver más",
    "mira:",
    "mira también",
    "mirá también",
    "mire:",
    "mire también",
    "le puede interesar",
    "te puede interesar",
    "puede interesarle",
    "te recomendamos",
    "le recomendamos",
    "puedes ver",
    "puede ver",
    "puede leer",
    "puedes leer",
    "además:",
    "también lee",
    "también lea",
    "notas relacionadas",
    "noticias relacionadas",
    "noticia relacionada",
    "temas relacionados",
    "artículos relacionados",
    "lire aussi",
    "à lire aussi",
    "à lire",
    "lire également",
    "voir aussi",
    "sur le même sujet",
    "articles liés",
    "à voir aussi",
    "en lire plus",
];

/// Calls and notices that stand in a paragraph of their own.
const NOTICES: &[&str] = &[
    "all rights reserved",
    "todos los derechos reservados",
    "tous droits réservés",
    "newsletter",
    "subscribe now",
    "subscribe to our",
    "subscribe today",
    "sign up for our",
    "sign up to our",
    "sign up here",
    "already a subscriber",
    "follow us on",
    "follow us @",
    "like us on facebook",
    "on facebook @",
    "join our",
    "download our app",
    "apps for ios",
    "click here to subscribe",
    "to view the full story",
    "to continue reading",
    "suscríbete",
    "suscribite",
    "suscríbase",
    "síguenos en",
    "síganos en",
    "seguinos en",
    "únete a nuestro",
    "únete desde",
    "nuestro canal de",
    "canal de telegram",
    "canal de whatsapp",
    "canal de youtube",
    "descarga la app",
    "regístrate para",
    "abonnez-vous",
    "inscrivez-vous à",
    "suivez-nous",
    "déjà abonné",
    "réservé aux abonnés",
    "téléchargez l'app",
    "valora esta noticia",
    "written permission must be obtained",
    "is not responsible for the opinions",
    "advertising disclosure",
    "advertising disclaimer",
    "advertisement",
    "publicidad",
    "publicité",
    "submit your letter",
    "letter to the editor",
    "letters to the editor via",
    "what you think about this article",
    "share this article",
    "comparte esta",
    "partager cet article",
    "make a gift today",
    "make a donation today",
    "donate today",
    "donate now",
    "haz una donación",
    "haga una donación",
    "dona ahora",
    "done ahora",
    "faites un don",
];

/// How a credit begins.
const CREDITS: &[&str] = &[
    "photograph by",
    "photo by",
    "photos by",
    "photo:",
    "photo credit",
    "image:",
    "image credit",
    "images:",
    "credit:",
    "crédit",
    "crédits",
    "credits:",
    "foto:",
    "fotos:",
    "fotografía:",
    "fotografía de",
    "imagen:",
    "imágenes:",
    "getty images",
    "reuters files",
    "file photo",
    "archivo",
];

/// Whether a block is the site's by its words.
pub(super) fn is_the_sites(block: &Block) -> bool {
    if block.chars > LONGEST || matches!(block.shape, Shape::Row) {
        return false;
    }
    let text = block.text.to_lowercase();
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    points_elsewhere(block, text)
        || (!matches!(block.shape, Shape::Heading(_))
            && NOTICES.iter().any(|notice| text.contains(notice)))
        || (block.chars < 80 && CREDITS.iter().any(|credit| text.starts_with(credit)))
        || is_reading_time(text)
}

/// A label of a pointer, alone or before a link.
fn points_elsewhere(block: &Block, text: &str) -> bool {
    POINTERS.iter().any(|label| {
        text.strip_prefix(label).is_some_and(|rest| {
            let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
            rest.is_empty() || block.link_share() > 0.4
        })
    })
}

/// "4 min read", "5 minutos de lectura".
fn is_reading_time(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let unit = rest.trim_start_matches([' ', '-']);
    rest.len() < text.len()
        && text.len() < 40
        && unit.starts_with("min")
        && ["read", "lectura", "lecture"].iter().any(|word| unit.contains(word))
}

/// Whether two texts have the same words, letters' case and punctuation apart, or one of more than two words is how the
/// other begins. A page's every block is asked, so it ends at the first word that differs.
pub(super) fn same_words(title: &str, heading: &str) -> bool {
    let (mut title, mut heading) = (words(title), words(heading));
    let mut common = 0;
    loop {
        match (title.next(), heading.next()) {
            (Some(one), Some(other)) if same_letters(one, other) => common += 1,
            (Some(_), Some(_)) => return false,
            (None, None) => return common > 0,
            _ => return common > 2,
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn same_letters(one: &str, other: &str) -> bool {
    one.chars().flat_map(char::to_lowercase).eq(other.chars().flat_map(char::to_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_the_same_in_any_case_and_when_one_goes_on() {
        for (title, heading, expected) in [
            ("Prisons in Honduras", "PRISONS IN HONDURAS!", true),
            ("Prisons in Honduras – The Shelter", "Prisons in Honduras", true),
            ("Prisons in Honduras", "Prisons in Honduras, a report", true),
            ("Prisons", "Prisons", true),
            ("Prisons in", "Prisons in Honduras", false),
            ("Prisons in Honduras", "Prisons in Haiti", false),
            ("Prisons in Honduras", "", false),
            ("", "", false),
        ] {
            assert_eq!(same_words(title, heading), expected, "{title:?} {heading:?}");
        }
    }
}
