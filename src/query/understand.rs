//! Countries and violations that the text of a query names: they count in ranking, and the output says so.

use serde::Serialize;

use super::Request;
use crate::annotate::{Annotator, Subject};
use crate::document::Language;
use crate::taxonomy::{CountryCode, ViolationId};

/// What the text was understood to name, each once, in order of its place.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Understood {
    /// Countries.
    #[serde(serialize_with = "codes")]
    pub countries: Vec<CountryCode>,
    /// Violations.
    #[serde(serialize_with = "ids")]
    pub violations: Vec<ViolationId>,
}

/// Finds countries and violations in a request's text, unless it is to be taken literally.
pub fn understand(request: &Request) -> Understood {
    let mut understood = Understood::default();
    if request.literal || request.text.trim().is_empty() {
        return understood;
    }
    for mention in Annotator::builtin().mentions(&request.text, Language::Other) {
        match mention.subject {
            _ if mention.weak => {}
            Subject::Country(code) if !understood.countries.contains(&code) => {
                understood.countries.push(code);
            }
            Subject::Violation(id, _) if !understood.violations.contains(&id) => {
                understood.violations.push(id);
            }
            _ => {}
        }
    }
    understood
}

fn codes<S: serde::Serializer>(codes: &[CountryCode], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(codes.iter().map(CountryCode::as_str))
}

fn ids<S: serde::Serializer>(ids: &[ViolationId], serializer: S) -> Result<S::Ok, S::Error> {
    let violations = crate::taxonomy::Violations::builtin();
    serializer.collect_seq(ids.iter().map(|id| violations.id(*id)))
}
