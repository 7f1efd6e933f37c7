//! Whole documents in, their identity out.

use super::*;
use crate::document::{Format, Locator, Metadata, Paragraph, Passage, PublisherKind, Role};

#[test]
fn a_report_of_a_council_is_known_by_its_first_page() {
    let lines = [
        "Human Rights Council",
        "Nineteenth session",
        "Agenda item 6",
        "Universal Periodic Review",
        "Report of the Working Group on the Universal Periodic Review* Haiti",
        "* Previously issued as A/HRC/WG.6/12/L.2.",
        "United Nations",
        "A/HRC/19/19",
        "General Assembly Distr.: General",
        "8 December 2011",
    ];
    let paragraphs = lines.into_iter().map(Paragraph::body).collect();
    let head = Paragraph { role: Role::Furniture, ..Paragraph::body("A/HRC/19/19") };
    let page =
        |number, paragraphs| Passage::new(Locator::Page { number, label: None }, None, paragraphs);
    let mut extracted = Extracted {
        format: Format::Pdf,
        metadata: Metadata { title: Some("General Assembly".to_owned()), ..Metadata::default() },
        passages: vec![page(1, paragraphs), page(2, vec![head.clone()]), page(3, vec![head])],
        warnings: Vec::new(),
    };
    complete(&mut extracted, "haiti.pdf");
    let metadata = extracted.metadata;
    let told = publisher(&metadata, &extracted.passages);
    assert_eq!(metadata.symbols, ["A/HRC/19/19"]);
    assert_eq!(told.name.as_deref(), Some("UN Human Rights Council"));
    assert_eq!(told.kind, Some(PublisherKind::Intergovernmental));
    assert_eq!(
        metadata.title.as_deref(),
        Some("Report of the Working Group on the Universal Periodic Review: Haiti")
    );
}
