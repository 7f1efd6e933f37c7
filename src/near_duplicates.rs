//! Near duplicates: the same text in two files that are not the same bytes, told by a signature of its word sequences.
//!
//! Text in, a [`Signature`] out; two signatures give their texts' resemblance: of all sequences of [`SHINGLE`] words that stand
//! in either, the share that stands in both (Broder 1997). One hash function spreads the sequences over 128 bins, and each bin
//! keeps its least (one-permutation MinHash: Li, Owen, Zhang 2012), eight bits of it. Eight bins are one number, so that texts
//! that resemble each other share a number nearly always, and others nearly never: candidates are found without comparing
//! every pair. Arithmetic only; no I/O.

use rustc_hash::{FxBuildHasher, FxHashMap};

use serde::{Deserialize, Serialize};

use crate::analysis::TERM_END;

/// Words of a sequence.
const SHINGLE: usize = 4;

/// Texts are near duplicates from this resemblance: well above those that a reader would keep apart, well below a report beside
/// its conversion to HTML (`docs/measurements.md`). A web page printed with its menus and comments may have less: it stays apart.
pub const NEAR: f32 = 0.75;

/// Words below which a text has no signature: two covering letters that differ in a name are not one document.
const SHORTEST: usize = 50;

/// Bins of 128 that a text fills if it is not a short one; 200 words fill 101.
const FILLED: u32 = 96;

/// Texts that are compared of those that share a number. More share one only if they have a good part of their text in common,
/// as pages with the same menu do: then those that are nearly the same share others as well.
const CROWD: usize = 256;

/// Numbers of a signature.
pub const NUMBERS: usize = 16;

/// Bins in a number.
const BINS: usize = 8;

/// What remains of a text to compare it by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature(pub [u64; NUMBERS]);

/// A signature in the making: takes a text paragraph by paragraph, in reading order.
#[derive(Clone, Debug)]
pub struct Sketch {
    /// The least hash of each bin; `u64::MAX` for none.
    least: [u64; NUMBERS * BINS],
    /// The hashes of the last words, the newest last.
    last: [u64; SHINGLE],
    words: usize,
}

impl Default for Sketch {
    fn default() -> Self {
        Self { least: [u64::MAX; NUMBERS * BINS], last: [0; SHINGLE], words: 0 }
    }
}

impl Sketch {
    /// Adds the next paragraph, as the list of its folded words that [`Lexicon::list`](crate::analysis::Lexicon::list) makes.
    /// Its first words make sequences with the last ones of the paragraph before.
    pub fn add(&mut self, folded: &str) {
        folded.split_terminator(TERM_END).for_each(|word| self.add_word(word));
    }

    fn add_word(&mut self, folded: &str) {
        self.last.rotate_left(1);
        self.last[SHINGLE - 1] = hash(folded);
        self.words += 1;
        if self.words >= SHINGLE {
            let sequence = self.last.iter().fold(0, |all: u64, word| {
                (all.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
            });
            let sequence = mix(sequence);
            let bin = (sequence >> 57) as usize;
            self.least[bin] = self.least[bin].min(sequence & (u64::MAX >> 7));
        }
    }

    /// The signature; `None` for a text too short to be told from another.
    pub fn finish(&self) -> Option<Signature> {
        if self.words < SHORTEST {
            return None;
        }
        let bits = |least: &u64| if *least == u64::MAX { 0 } else { 1 + mix(*least) % 255 };
        let mut numbers = self
            .least
            .chunks(BINS)
            .map(|bins| bins.iter().fold(0, |number, least| number << 8 | bits(least)));
        Some(Signature(std::array::from_fn(|_| numbers.next().unwrap_or(0))))
    }
}

impl Signature {
    /// The resemblance of two texts, 0 to 1, give or take 0.04.
    pub fn resemblance(&self, other: &Self) -> f32 {
        let (mut same, mut filled) = (0, 0);
        for (one, other) in self.0.iter().zip(other.0) {
            // A bin that is empty in both says nothing.
            let empty = empty_bins(one | other);
            filled += BINS as u32 - empty;
            same += empty_bins(one ^ other) - empty;
        }
        same as f32 / filled.max(1) as f32
    }

    /// What two near duplicates share at least one of: the numbers with their places; of a short text, whose bins are not filled
    /// and whose numbers say little, all of them together, so that it resembles the same words only.
    fn keys(&self) -> impl Iterator<Item = (usize, u64)> {
        let empty: u32 = self.0.iter().map(|number| empty_bins(*number)).sum();
        let short = NUMBERS as u32 * BINS as u32 - empty < FILLED;
        let all = self.0.iter().fold(0, |all: u64, number| mix(all ^ number));
        let numbers = self.0.iter().copied().enumerate();
        numbers.filter(move |_| !short).chain(short.then_some((NUMBERS, all)))
    }
}

/// How many of a number's bins are empty: its bytes that are 0.
fn empty_bins(number: u64) -> u32 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    // The highest bit of a byte stays 0 only where no bit of the byte is set.
    let set = ((number & LOW) + LOW) | number | LOW;
    set.count_zeros()
}

/// Texts by what near duplicates share.
#[derive(Debug)]
struct Shelf<Id> {
    texts: FxHashMap<(usize, u64), Vec<(Id, Signature)>>,
}

impl<Id: Copy> Shelf<Id> {
    fn put(&mut self, id: Id, signature: &Signature) {
        for key in signature.keys() {
            let texts = self.texts.entry(key).or_default();
            if texts.len() < CROWD {
                texts.push((id, *signature));
            }
        }
    }

    /// The near duplicates of a text, some of them several times.
    fn near(&self, signature: &Signature) -> impl Iterator<Item = (Id, f32)> {
        let texts = signature.keys().filter_map(|key| self.texts.get(&key)).flatten();
        texts
            .map(|(id, other)| (*id, signature.resemblance(other)))
            .filter(|(_, resemblance)| *resemblance >= NEAR)
    }
}

/// Goes through a list, the best first, and folds each text under the most alike of those before it that were kept. No chain is
/// followed: what is folded resembles the one it is folded under itself.
#[derive(Debug)]
pub struct Folder<Id> {
    kept: Shelf<Id>,
}

impl<Id: Copy> Default for Folder<Id> {
    fn default() -> Self {
        Self { kept: Shelf { texts: FxHashMap::default() } }
    }
}

impl<Id: Copy> Folder<Id> {
    /// The one under which this one is folded, among those that `may` be, given their resemblance. Without one it is kept for
    /// those that follow.
    pub fn fold(
        &mut self,
        id: Id,
        signature: &Signature,
        may: impl Fn(Id, f32) -> bool,
    ) -> Option<Id> {
        let mut best: Option<(Id, f32)> = None;
        for (kept, resemblance) in self.kept.near(signature) {
            if best.is_none_or(|(_, most)| resemblance > most) && may(kept, resemblance) {
                best = Some((kept, resemblance));
            }
        }
        if best.is_none() {
            self.kept.put(id, signature);
        }
        best.map(|(kept, _)| kept)
    }
}

/// Those of many texts that have a near duplicate among them.
pub fn candidates<Id: Copy>(all: &[(Id, Signature)]) -> Vec<(Id, Signature)> {
    let mut holders = FxHashMap::with_capacity_and_hasher(all.len() * NUMBERS, FxBuildHasher);
    let mut crowded = vec![false; all.len()];
    for (index, (_, signature)) in all.iter().enumerate() {
        for key in signature.keys() {
            let holder = *holders.entry(key).or_insert(index);
            if holder != index {
                crowded[holder] = true;
                crowded[index] = true;
            }
        }
    }
    // Most share nothing with another, and are not compared at all.
    let mut shelf = Shelf { texts: FxHashMap::default() };
    let mut near = vec![false; all.len()];
    for (index, (_, signature)) in all.iter().enumerate().filter(|(index, _)| crowded[*index]) {
        if let Some((other, _)) = shelf.near(signature).next() {
            near[index] = true;
            near[other] = true;
        }
        shelf.put(index, signature);
    }
    all.iter().zip(near).filter(|(_, near)| *near).map(|(text, _)| *text).collect()
}

impl Serialize for Signature {
    /// As hexadecimal digits.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digits: String = self.0.iter().map(|number| format!("{number:016x}")).collect();
        serializer.serialize_str(&digits)
    }
}

impl<'de> Deserialize<'de> for Signature {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        let invalid = || serde::de::Error::custom("not a signature");
        let mut numbers = [0; NUMBERS];
        for (place, number) in numbers.iter_mut().enumerate() {
            let digits = digits.get(place * 16..(place + 1) * 16).ok_or_else(invalid)?;
            *number = u64::from_str_radix(digits, 16).map_err(|_| invalid())?;
        }
        Ok(Self(numbers))
    }
}

/// Hash of a folded word.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Spreads a hash over all its bits (the finalizer of MurmurHash3).
fn mix(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ hash >> 33
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Lexicon;
    use crate::document::Language;

    /// A text of so many different words, the same each time.
    fn text(seed: u64, count: u64) -> Vec<String> {
        (0..count).map(|number| format!("w{:x}", mix(seed << 32 | number))).collect()
    }

    fn add(sketch: &mut Sketch, text: &str) {
        let (mut folded, mut stems) = (String::new(), String::new());
        Lexicon::of_thread(|lexicon| lexicon.list(text, Language::Other, &mut folded, &mut stems));
        sketch.add(&folded);
    }

    fn signature(words: &[String]) -> Signature {
        let mut sketch = Sketch::default();
        words.chunks(37).for_each(|paragraph| add(&mut sketch, &paragraph.join(" ")));
        sketch.finish().expect("it is long enough")
    }

    /// The estimate beside the true resemblance, for texts that differ in every so many words.
    #[track_caller]
    fn check(length: u64, every: usize) {
        let original = text(1, length);
        let mut changed = original.clone();
        changed.iter_mut().step_by(every).for_each(|word| word.push('x'));
        let sequences = |words: &[String]| {
            words
                .windows(SHINGLE)
                .map(<[String]>::to_vec)
                .collect::<std::collections::BTreeSet<_>>()
        };
        let (one, other) = (sequences(&original), sequences(&changed));
        let truth = one.intersection(&other).count() as f32 / one.union(&other).count() as f32;
        let estimate = signature(&original).resemblance(&signature(&changed));
        assert!((estimate - truth).abs() < 0.13, "{length} {every}: {estimate} for {truth}");
    }

    #[test]
    fn the_estimate_is_near_the_truth() {
        for length in [300, 2_000, 20_000] {
            for every in [5, 8, 12, 20, 50, 200] {
                check(length, every);
            }
        }
    }

    #[test]
    fn case_accents_and_paragraphs_do_not_matter() {
        let paragraph = "La Policía detuvo a niños en el barrio, sin orden judicial. ".repeat(2)
            + &text(3, 60).join(" ");
        let (mut one, mut other) = (Sketch::default(), Sketch::default());
        add(&mut one, &paragraph);
        add(&mut other, "LA POLICIA DETUVO");
        let rest = paragraph.replace("ñ", "n\u{303}");
        add(&mut other, rest.strip_prefix("La Policía detuvo").unwrap());
        assert_eq!(one.finish(), other.finish());
    }

    #[test]
    fn short_texts_have_no_signature() {
        let mut sketch = Sketch::default();
        assert_eq!(sketch.finish(), None);
        add(&mut sketch, &text(1, SHORTEST as u64 - 1).join(" "));
        assert_eq!(sketch.finish(), None);
    }

    #[test]
    fn short_texts_are_near_duplicates_only_of_the_same_words() {
        let letter = text(1, 120);
        let mut other = letter.clone();
        other[60].push('x');
        let all = [(0, signature(&letter)), (1, signature(&other)), (2, signature(&letter))];
        let near: Vec<i32> = candidates(&all).iter().map(|(id, _)| *id).collect();
        assert_eq!(near, [0, 2]);
    }

    #[test]
    fn pages_with_the_same_menu_are_not_near_duplicates() {
        let menu = text(1, 350);
        let page = |number: u64| signature(&[&menu[..], &text(100 + number, 150)].concat());
        let mut all: Vec<(u64, Signature)> =
            (0..600).map(|number| (number, page(number))).collect();
        all.push((600, page(599)));
        let near: Vec<u64> = candidates(&all).iter().map(|(id, _)| *id).collect();
        assert_eq!(near, [599, 600]);
    }

    #[test]
    fn a_signature_reads_what_it_writes() {
        let signature = signature(&text(5, 400));
        let written = serde_json::to_string(&signature).unwrap();
        assert_eq!(serde_json::from_str::<Signature>(&written).unwrap(), signature);
        assert!(serde_json::from_str::<Signature>("\"é0\"").is_err());
    }

    #[test]
    fn the_best_is_kept_and_no_chain_is_followed() {
        let original = text(1, 1_000);
        // Each differs from the one before in a tenth of its words, in another part.
        let chain: Vec<Signature> = (0..4)
            .map(|link| [&text(9, 100 * link)[..], &original[100 * link as usize..]].concat())
            .map(|words| signature(&words))
            .collect();
        let other = signature(&text(2, 1_000));
        let all: Vec<(usize, Signature)> =
            chain.iter().chain([&other]).copied().enumerate().collect();
        let near = candidates(&all);
        assert_eq!(near.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [0, 1, 2, 3]);
        let mut folder = Folder::default();
        let folded: Vec<_> =
            near.iter().map(|(id, signature)| folder.fold(*id, signature, |_, _| true)).collect();
        assert_eq!(folded, [None, Some(0), None, Some(2)]);
        let mut folder = Folder::default();
        let folded: Vec<_> =
            near.iter().map(|(id, signature)| folder.fold(*id, signature, |_, _| false)).collect();
        assert_eq!(folded, [None; 4]);
    }
}
