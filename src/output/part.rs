//! How a passage's part is written: a chapter by its heading, a member of a merged file by its own symbol and page.

use super::contract;
use super::style::clean;
use crate::document::{Locator, Part, PartKind};
use crate::index::record::{PartRecord, Weighted};
use crate::query::{DocumentHit, PassageHit};

/// A place with the part in which it lies: `Honduras, p. 164`, `p. 84 = A/HRC/16/10 p. 12`. Of a part whose identity isn't sure
/// nothing is said.
pub(super) fn around(place: String, hit: &PassageHit) -> String {
    let Some(part) = hit.part.as_ref().map(|part| &part.part) else { return place };
    match (part.kind, name(part), own_page(hit)) {
        (PartKind::Chapter, Some(name), _) => format!("{}, {place}", clean(name)),
        (PartKind::Member, Some(name), Some(page)) => {
            format!("{place} = {} p. {page}", clean(name))
        }
        _ => place,
    }
}

/// What a part goes by: a symbol before a title.
fn name(part: &Part) -> Option<&str> {
    part.symbols.first().or(part.title.as_ref()).map(String::as_str)
}

/// The page of the member on which a passage lies.
fn own_page(hit: &PassageHit) -> Option<u32> {
    let Locator::Page { number, .. } = hit.locator else { return None };
    hit.part.as_ref()?.part.own_page(number)
}

/// A passage's part as the contract has it; none where the document is one.
pub(super) fn of(hit: &PassageHit) -> Option<contract::Part> {
    let record = hit.part.as_ref()?;
    let part = &record.part;
    Some(contract::Part {
        kind: part.kind,
        title: part.title.clone(),
        symbols: part.symbols.clone(),
        published: part.published.as_ref().map(|dated| dated.date),
        page: own_page(hit),
        countries: record.about_countries.iter().map(|one| one.id.clone()).collect(),
    })
}

/// The countries and violations that a result's passages are about through their parts; `None` where its document is one.
pub(super) fn about(hit: &DocumentHit) -> Option<(Vec<String>, Vec<String>)> {
    let parts: Vec<&PartRecord> =
        hit.passages.iter().filter_map(|passage| passage.part.as_ref()).collect();
    let each = |about: fn(&PartRecord) -> &Vec<Weighted>| {
        let mut ids: Vec<String> = Vec::new();
        for tag in parts.iter().flat_map(|part| about(part)) {
            if !ids.contains(&tag.id) {
                ids.push(tag.id.clone());
            }
        }
        ids
    };
    let about = (each(|part| &part.about_countries), each(|part| &part.about_violations));
    (!parts.is_empty()).then_some(about)
}
