//! Function words as votes for languages.
//!
//! A text in, [`Votes`] out: how many of its words are frequent function words of English, Spanish, French and of the other
//! languages that look like them. What a tie or too few votes mean is the caller's to say.

use std::cell::RefCell;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::analysis::{Lexicon, Word, words};
use crate::document::Language;

/// Function words looked at before deciding: more do not change a verdict, and a long page has thousands. Where there is no
/// verdict by then, twice as many are, and so on: to count is cheaper than to ask the trigram model.
const ENOUGH_VOTES: u32 = 24;

/// Share of the votes that the winner needs to be believed without asking the trigram model.
///
/// A judgement, not tuned: with it the labelled sentences that the tests read are told rightly in 0.995 of cases and more.
const CLEAR_SHARE: f32 = 0.75;

/// Votes of the winner's own words, those of no other language, that are believed although shared words blur its share.
const LEAST_OWN: u32 = 3;

/// Share of all such words that must be the winner's.
const OWN_SHARE: f32 = 0.8;

/// Words that none of the three languages has from which a text in another one is believed without asking the trigram model,
/// which knows so many languages that it is the better judge of less.
const CLEARLY_OTHER: u32 = 8;

/// Share of the words of one language alone that must then be of others.
const OTHERS_SHARE: f32 = 0.9;

/// Words that a language shares with others which are enough to take a text to be in it that comes after one in it.
const LEAST_SHARED: u32 = 3;

/// How many function words of each language a text holds. A word of several languages votes for each.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Votes {
    en: u32,
    es: u32,
    fr: u32,
    other: u32,
    /// Those of them that are of one language alone, in the order of the fields above.
    own: [u32; 4],
}

const EN: u8 = 1;
const ES: u8 = 2;
const FR: u8 = 4;
const OTHER: u8 = 8;

impl Votes {
    /// Counts the votes of a text's words, or of its first ones where these are enough.
    pub(super) fn of(text: &str) -> Self {
        WORD_VOTES.with_borrow_mut(|known| {
            Lexicon::of_thread(|lexicon| Self::count(text, |word| known.of(text, word, lexicon)))
        })
    }

    /// Counts the votes that `languages` tells of each word.
    fn count(text: &str, mut languages: impl FnMut(&Word<'_>) -> u8) -> Self {
        let mut votes = Self::default();
        let mut enough = ENOUGH_VOTES;
        for word in words(text) {
            // The "com" of an address is not Portuguese.
            if text[..word.start].ends_with(['.', '@', '/']) {
                continue;
            }
            let languages = languages(&word);
            votes.en += u32::from(languages & EN != 0);
            votes.es += u32::from(languages & ES != 0);
            votes.fr += u32::from(languages & FR != 0);
            votes.other += u32::from(languages & OTHER != 0);
            if languages.is_power_of_two() {
                votes.own[languages.trailing_zeros() as usize] += 1;
            }
            if votes.en.max(votes.es).max(votes.fr).max(votes.other) >= enough {
                if votes.verdict().is_some() {
                    break;
                }
                enough *= 2;
            }
        }
        votes
    }

    /// The languages by their votes, most first; at a tie the three come before the others.
    pub(super) fn ranked(&self) -> [(u32, Language); 4] {
        let mut ranked = [
            (self.en, Language::En),
            (self.es, Language::Es),
            (self.fr, Language::Fr),
            (self.other, Language::Other),
        ];
        ranked.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        ranked
    }

    /// The winner, where it is clear. One that is not of the three must have many words that none of them has: what has fewer
    /// is the model's to say.
    pub(super) fn verdict(&self) -> Option<Language> {
        let [(best, language), (second, _), ..] = self.ranked();
        let clear = best >= 3 && best as f32 / (best + second) as f32 >= CLEAR_SHARE;
        let clear = clear || best > second && self.is_own(language);
        match language {
            Language::Other => (best > second && self.is_clearly_other()).then_some(language),
            _ => clear.then_some(language),
        }
    }

    /// Whether words that only other languages have outnumber those that only one of the three has.
    pub(super) fn is_more_of_others(&self) -> bool {
        let [.., others] = self.own;
        others >= 2 && self.own.iter().filter(|own| **own >= others).count() == 1
    }

    /// Whether nothing speaks against a language, of which the text before is, and something for it: no language has more votes,
    /// and the words that are of one language alone are all its own. Words that it shares must be several, and say nothing of
    /// the others, with which Spanish shares most of its own.
    pub(super) fn lean_to(&self, language: Language) -> bool {
        let ranked = self.ranked();
        let best = ranked[0].0;
        let leads = ranked.contains(&(best, language));
        let own = self.own_votes(language);
        let shared = language != Language::Other && best >= LEAST_SHARED;
        leads && own == self.own.iter().sum::<u32>() && (own > 0 || shared)
    }

    /// Whether words that none of the three has are many, and nearly all of those that are of one language alone.
    fn is_clearly_other(&self) -> bool {
        let own = self.own_votes(Language::Other);
        own >= CLEARLY_OTHER && own as f32 / self.own.iter().sum::<u32>() as f32 >= OTHERS_SHARE
    }

    /// Votes of words that are of this language alone.
    fn own_votes(&self, language: Language) -> u32 {
        match language {
            Language::En => self.own[0],
            Language::Es => self.own[1],
            Language::Fr => self.own[2],
            Language::Other => self.own[3],
        }
    }

    /// Whether words that are of one language alone speak for this one. The Romance languages share so many that most of a
    /// Spanish text's words vote for Portuguese and Italian too.
    fn is_own(&self, language: Language) -> bool {
        let own = self.own_votes(language);
        own >= LEAST_OWN && own as f32 / self.own.iter().sum::<u32>() as f32 >= OWN_SHARE
    }
}

/// The languages for which each word speaks, as bits, by its place in the thread's lexicon; [`UNKNOWN`] where none was asked for.
#[derive(Debug, Default)]
struct WordVotes {
    languages: Vec<u8>,
    edition: u32,
}

const UNKNOWN: u8 = u8::MAX;

thread_local! {
    static WORD_VOTES: RefCell<WordVotes> = RefCell::default();
}

impl WordVotes {
    fn of(&mut self, text: &str, word: &Word<'_>, lexicon: &mut Lexicon) -> u8 {
        let place = lexicon.place(text, word);
        if self.edition != lexicon.edition() {
            self.languages.clear();
            self.edition = lexicon.edition();
        }
        if self.languages.len() <= place {
            self.languages.resize(place + 1, UNKNOWN);
        }
        let languages = &mut self.languages[place];
        if *languages == UNKNOWN {
            let lower: String = word.text.chars().flat_map(char::to_lowercase).collect();
            let number = word.text.starts_with(|c: char| c.is_ascii_digit());
            *languages = if number { 0 } else { function_word(&lower) | telling_letters(&lower) };
        }
        *languages
    }
}

/// The languages of which a lower-case word is a frequent function word, as bits; 0 for any other word.
fn function_word(word: &str) -> u8 {
    static BITS: LazyLock<FxHashMap<&'static str, u8>> = LazyLock::new(|| {
        let mut bits = FxHashMap::default();
        for (list, bit) in [(ENGLISH, EN), (SPANISH, ES), (FRENCH, FR), (OTHERS, OTHER)] {
            for word in list.split_whitespace() {
                *bits.entry(word).or_default() |= bit;
            }
        }
        bits
    });
    BITS.get(word).copied().unwrap_or(0)
}

/// The languages that write a word so, for letters and endings that few languages have; as bits.
fn telling_letters(word: &str) -> u8 {
    if word.is_ascii() {
        let spanish = word.len() > 6
            && (word.ends_with("ciones") || word.ends_with("idades") || word.ends_with("idad"));
        return if spanish { ES } else { 0 };
    }
    if word.contains("l·l") || word.ends_with("ció") || word.ends_with("cións") {
        return OTHER;
    }
    if word.contains('ñ') || word.ends_with("ción") || word.ends_with("sión") {
        return ES;
    }
    if word
        .contains(['ã', 'õ', 'ò', 'ì', 'ß', 'ø', 'å', 'ș', 'ț', 'ı', 'ğ', 'ż', 'ł', 'č', 'š', 'ě'])
    {
        return OTHER;
    }
    if word.contains(['œ', 'û']) || word.ends_with("ées") || word.ends_with("aître") {
        return FR;
    }
    0
}

// The lists serve to tell languages apart and are not complete: words that are as frequent in another of the three (a, no,
// me, on) are left out, and a word of several lists votes for each of them.

const ENGLISH: &str = "the of and to is that for was with are by from this which have has been were their its be not they \
    it his her who had you your we our will would can should than when there these those he she may but if any other \
    such into about how no what while where an all in at as or also could did do does more most must only out over said \
    so some them then don't doesn't can't isn't it's you're try make want your \
    through under until up upon us very against between because before after during both each";

const SPANISH: &str = "el los del las por con una al lo su sus más fue ha son pero han este esta está también entre sobre \
    como y ser hay muy sin sino hasta desde donde quien cuando porque durante nos uno dos todos todo ese esa eso estos \
    estas fueron había puede años año tiene según cual ya así qué cómo están era en la que de se es un para le les ante \
    contra otros otras cada sido esto parte dicha dicho unos unas e o si le ahora vamos no les usted ha he ni";

const FRENCH: &str = "le les des du et est une dans pour qui par sur au aux avec ce cette ces sont ont été pas plus ou où il \
    ils elle leur leurs mais nous vous votre être ainsi comme sans sous entre après contre dont fait aussi deux chez \
    selon très peut depuis était ne à la de en que se un son sa ses si y lors même toute tous toutes tout notamment ni";

/// Portuguese, Italian, Catalan, Galician, Romanian; Dutch, German, the Scandinavian languages; Haitian Creole, Turkish,
/// Indonesian, Swahili.
const OTHERS: &str = "de que se em o os as um uma não do da dos das no na nos nas ao aos pelo pela pelos são com seu sua \
    foi mais até você por para como entre sobre este esta ser todos todo desde durante era sem está es un en la del per \
    della dei delle degli che di non nel nella sono gli alla anche è il le si con una amb els dels és les és să din \
    pentru cu het een van voor met zijn niet der die und ist mit nicht auf ein eine den och att som av er og til på in is \
    também já às pelas foram isso seus suas num numa muito quando ainda têm era contra el al els pel quan és han ha hi ho com \
    aquest aquesta aquests aquestes seva seves seus pels amb això fins també havien havia són però perquè tots molt aquell \
    ningú segons després haver estan està cap mentre altres nou què dins després res només encara tota totes cada qualsevol \
    altre altra així pot poden unes uns unha unhas máis moi aínda pero cando onde polo pola polos polas ás súa súas seu \
    foron teñen isto mesmo outro outra outros outras tamén dúas dous xa coa cos coas nun nunha nan yo ak pou ki ve bir bu \
    için yang dan untuk dengan ya kwa wa ni au ce par";
