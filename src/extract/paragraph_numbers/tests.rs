use super::*;
use crate::document::Locator;

/// A sentence with which a paragraph of a judgment may begin.
const SAID: &str = "The court heard three witnesses on the detention of the applicant in the camp, who \
                    agreed on the day and the place but not on who had given the order.";

fn page(paragraphs: Vec<Paragraph>) -> Passage {
    Passage::new(Locator::Page { number: 1, label: None }, None, paragraphs)
}

fn told(paragraphs: Vec<Paragraph>) -> Vec<Paragraph> {
    let mut passages = [page(paragraphs)];
    tell(&mut passages);
    let [passage] = passages;
    passage.paragraphs
}

/// The numbers that texts get, after twelve numbered paragraphs and before three more, which continue them.
#[track_caller]
fn check(texts: &[&str], expected: &[Option<u32>]) {
    let numbered = |numbers: std::ops::Range<u32>| {
        numbers.map(|number| Paragraph::body(format!("{number}. {SAID}")))
    };
    let middle = texts.iter().map(|text| Paragraph::body(*text));
    let told = told(numbered(1..13).chain(middle).chain(numbered(14..17)).collect());
    let numbers: Vec<_> = told.iter().map(|paragraph| paragraph.number).collect();
    assert_eq!(numbers[..12], (1..13).map(Some).collect::<Vec<_>>());
    assert_eq!(numbers[numbers.len() - 3..], [Some(14), Some(15), Some(16)]);
    assert_eq!(numbers[12..numbers.len() - 3], *expected);
}

#[test]
fn a_quoted_law_stands_in_the_paragraph_that_quotes_it() {
    let thirteen = format!("13. {SAID}");
    check(
        &[&thirteen, "1. Everyone is free.", "2. No one is held without a reason."],
        &[Some(13); 3],
    );
    check(&[&thirteen, "12. Quoted from another judgment.", "13. And more."], &[Some(13); 3]);
}

#[test]
fn sub_lists_decimals_and_years_are_no_paragraphs_of_their_own() {
    let thirteen = format!("13. {SAID}");
    check(&[&thirteen, "(a) the first;", "i) the second;", "13.2 Ratify it"], &[Some(13); 4]);
    check(&[&thirteen, "This was in May 2014. He left in 2015. Then"], &[Some(13); 2]);
}

#[test]
fn a_paragraph_that_begins_within_another_is_parted_from_it() {
    let joined = format!("So it is held. 13. {SAID}");
    check(&[&joined], &[Some(12), Some(13)]);
    let headed = format!("Considerations of the Court 13. {SAID}");
    check(&[&headed], &[Some(12), Some(13)]);
    let referred = format!("See judgment of 2011, para. 13. {SAID}");
    // Number 13 is not there, so that what follows paragraph 12 is under no number.
    check(&[&referred], &[None]);
}

#[test]
fn text_behind_a_heading_or_the_last_number_has_none() {
    let heading = Paragraph { role: Role::Heading, ..Paragraph::body("Annex") };
    let texts = (1..13).map(|number| Paragraph::body(format!("{number}. {SAID}")));
    let composed = Paragraph::body("The delegation had four members, who spoke in turn.");
    let told = told(texts.chain([heading, composed]).collect());
    let numbers: Vec<_> = told[11..].iter().map(|paragraph| paragraph.number).collect();
    assert_eq!(numbers, [Some(12), None, None]);
}

#[test]
fn a_sentence_goes_on_in_the_next_block() {
    let texts = (1..13).map(|number| Paragraph::body(format!("{number}. {SAID}")));
    let open = ["13. The court, having", "heard both sides, so decides.", "Done in two copies."];
    let told = told(texts.chain(open.map(Paragraph::body)).collect());
    let numbers: Vec<_> = told[12..].iter().map(|paragraph| paragraph.number).collect();
    assert_eq!(numbers, [Some(13), Some(13), None]);
}

#[test]
fn a_list_longer_than_the_paragraphs_is_a_list() {
    let listed = (1..40).map(|number| format!("{number}. Ratify the treaty on this and that, as said before, in the year to come and without delay (X);"));
    let before = (1..31).map(|number| format!("{number}. {SAID}"));
    let behind = (31..33).map(|number| format!("{number}. {SAID}"));
    let told = told(before.chain(listed).chain(behind).map(Paragraph::body).collect());
    assert!(told[29..69].iter().all(|paragraph| paragraph.number == Some(30)));
    assert_eq!([told[69].number, told[70].number], [Some(31), Some(32)]);
}

#[test]
fn what_is_no_sequence_of_paragraphs_has_no_numbers() {
    let none = |texts: Vec<String>| {
        let told = told(texts.into_iter().map(Paragraph::body).collect());
        assert!(told.iter().all(|paragraph| paragraph.number.is_none()), "{told:?}");
    };
    // Headings, a short list, the ten best of something with gaps, notes at the end.
    none((1..20).flat_map(|n| [format!("{n}. Introduction"), SAID.repeat(3)]).collect());
    none((1..8).map(|n| format!("{n}. {SAID}")).collect());
    none([1, 2, 4, 7, 9, 12, 13, 16, 19, 21].map(|n| format!("{n}. {SAID}")).to_vec());
    let article = (0..40).map(|_| SAID.repeat(2));
    none(
        article
            .chain((1..13).map(|n| format!("{n}. See the report on it, at page {n}.")))
            .collect(),
    );
}

#[test]
fn what_is_printed_small_at_a_pages_foot_is_no_paragraph() {
    let sized = |text: String, size| Paragraph { font_size: Some(size), ..Paragraph::body(text) };
    let pages = (1..21).flat_map(|n| {
        [sized(format!("{n}. {}", SAID.repeat(2)), 12.0), sized(format!("{}. {SAID}", n + 1), 9.0)]
    });
    let told = told(pages.collect());
    let numbers: Vec<_> = told.iter().map(|paragraph| paragraph.number).collect();
    assert_eq!(numbers[..4], [Some(1), None, Some(2), None]);
}

#[test]
fn a_lists_markup_prints_its_numbers() {
    let marked = (1..13).map(|number| Paragraph { number: Some(number), ..Paragraph::body(SAID) });
    let numbered = told(marked.collect());
    assert!((1..).zip(&numbered).all(|(number, paragraph)| paragraph.number == Some(number)));
    let short = (1..4).map(|number| Paragraph { number: Some(number), ..Paragraph::body(SAID) });
    assert!(told(short.collect()).iter().all(|one| one.number.is_none()));
}
