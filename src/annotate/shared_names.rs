//! Which of two countries a name means that both bear: `Congo`, `Korean`, `Dominican`.
//!
//! Mentions of a whole document in, in order; the same mentions out, each with one country. A text on the one that the bare name
//! does not mean first says so outright (`Democratic Republic of the Congo`), and goes on with the short form.

use std::collections::BTreeMap;

use super::weights::{SHARED_NAME, SHARED_NAME_SURE};
use crate::taxonomy::CountryCode;
use crate::taxonomy::matcher::{Found, Named};

/// Where a name stands first, counted in mentions, and how often it stands.
#[derive(Clone, Copy, Debug)]
struct Uses {
    first: usize,
    mentions: u32,
}

/// Gives each shared name to one country, the same one for all names of the same two countries.
pub(super) fn settle(texts: &mut [&mut Vec<Found>]) {
    let mut own: BTreeMap<CountryCode, Uses> = BTreeMap::new();
    let mut shared: BTreeMap<(CountryCode, CountryCode), Uses> = BTreeMap::new();
    for (place, found) in texts.iter().flat_map(|found| found.iter()).enumerate() {
        let fresh = Uses { first: place, mentions: 0 };
        match found.named {
            Named::Country(code, None) => own.entry(code).or_insert(fresh).mentions += 1,
            Named::Country(code, Some(other)) => {
                shared.entry((code, other)).or_insert(fresh).mentions += 1;
            }
            Named::Violation(..) => {}
        }
    }
    if shared.is_empty() {
        return;
    }
    for found in texts.iter_mut().flat_map(|found| found.iter_mut()) {
        let Named::Country(code, Some(other)) = found.named else { continue };
        let (meant, sure) = meaning(code, other, &own, &shared);
        found.named = Named::Country(meant, None);
        // What made the form weak was that it could be the other country's.
        found.weak &= !sure;
    }
}

/// The country that the shared names of two mean, and whether that is sure.
fn meaning(
    code: CountryCode,
    other: CountryCode,
    own: &BTreeMap<CountryCode, Uses>,
    shared: &BTreeMap<(CountryCode, CountryCode), Uses>,
) -> (CountryCode, bool) {
    let uses = |first, second| shared.get(&(first, second)).copied();
    let both = [uses(code, other), uses(other, code)];
    let total: u32 = both.iter().flatten().map(|uses| uses.mentions).sum();
    let first = both.iter().flatten().map(|uses| uses.first).min().unwrap_or(0);
    let named = |code: CountryCode| own.get(&code).map_or(0, |uses| uses.mentions);
    for (one, rival) in [(code, other), (other, code)] {
        if let Some(uses) = own.get(&one)
            && uses.mentions > named(rival)
            && (uses.mentions * SHARED_NAME >= total || uses.first < first)
        {
            return (one, true);
        }
    }
    let mentions = |uses: Option<Uses>| uses.map_or(0, |uses| uses.mentions);
    let [mine, theirs] = both.map(mentions);
    // A tie must not depend on which of the two names is asked about.
    let meant = if theirs > mine || (theirs == mine && other < code) { other } else { code };
    (meant, total >= SHARED_NAME_SURE)
}

#[cfg(test)]
mod tests {
    use crate::annotate::{Annotator, Subject};
    use crate::document::Language;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mentions = Annotator::builtin().mentions(text, Language::En);
        let mut codes: Vec<String> = mentions
            .iter()
            .filter_map(|mention| match mention.subject {
                Subject::Country(code) => Some(code.to_string()),
                Subject::Violation(..) => None,
            })
            .collect();
        codes.dedup();
        assert_eq!(codes.join(" "), expected, "{text}");
    }

    #[test]
    fn a_short_form_means_the_country_that_is_named_outright() {
        check("The Democratic Republic of the Congo signed. Congo then withdrew.", "CD");
        check("Goma has fallen, and Congo asks for help.", "CD");
        check("Congo signed. The delegation of Congo left for Brazzaville.", "CG");
        check("Elections in the Dominican Republic: the Dominican president won.", "DO");
        check("Dominica held a vote. Every Dominican could take part.", "DM");
        check("In North Korea Korean families are watched.", "KP");
    }
}
