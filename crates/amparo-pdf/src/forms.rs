//! Forms and annotations: what was filled in, what was noted, and what is drawn over the pages.
//!
//! In: a document and its pages in order; out: for each page the appearances to be read as part of it, the values of
//! fields that have none, and the text of notes. Does not read the appearances.

use std::collections::{HashMap, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::appearance::{Appearance, appearance};
use super::budget::Budget;
use super::fields::Field;
use super::text_string;
use super::xmp::unescaped;

/// Most annotations and fields of a document that are looked at.
const ANNOTATIONS: usize = 200_000;

/// Annotation flags (ISO 32000-1, 12.5.3): hidden, and not shown on a screen.
const HIDDEN: i64 = 1 << 1;
const NO_VIEW: i64 = 1 << 5;

/// What annotations add to a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Overlay {
    /// Values of form fields that no appearance shows: text, choices, the labels of checked boxes.
    pub(super) values: Vec<String>,
    /// Notes that readers attached, which are not on the page.
    pub(super) notes: Vec<String>,
    /// The forms that are drawn over the page, in order.
    pub(super) appearances: Vec<Appearance>,
}

/// What annotations add to each of `pages`.
pub(super) fn overlays(document: &Document, pages: &[ObjectId], budget: &Budget) -> Vec<Overlay> {
    let form = document
        .catalog()
        .and_then(|catalog| catalog.get_deref(b"AcroForm", document))
        .and_then(Object::as_dict);
    let stale = form.as_ref().is_ok_and(|form| {
        form.get_deref(b"NeedAppearances", document).and_then(Object::as_bool).unwrap_or(false)
    });
    let mut reader = Reader { document, stale, left: ANNOTATIONS };
    let mut seen: HashSet<ObjectId> = HashSet::new();
    let mut overlays: Vec<Overlay> =
        pages.iter().map(|&page| reader.page(page, &mut seen)).collect();
    // Widgets that name their page but that the page does not name.
    let numbers: HashMap<ObjectId, usize> =
        pages.iter().enumerate().map(|(index, &id)| (id, index)).collect();
    let fields =
        form.and_then(|form| form.get_deref(b"Fields", document)).and_then(Object::as_array);
    let mut open: Vec<&Object> =
        fields.map(|fields| fields.iter().rev().collect()).unwrap_or_default();
    while let Some(field) = open.pop() {
        let Ok(id) = field.as_reference() else { continue };
        let Ok(field) = document.get_dictionary(id) else { continue };
        if reader.left == 0 || !seen.insert(id) {
            continue;
        }
        let page =
            field.get(b"P").and_then(Object::as_reference).ok().and_then(|page| numbers.get(&page));
        if let Some(&page) = page {
            reader.annotation(field, &mut overlays[page]);
        }
        let kids = field.get_deref(b"Kids", document).and_then(Object::as_array);
        open.extend(kids.into_iter().flatten().rev());
    }
    if reader.left == 0 {
        budget.note("annotations");
    }
    overlays
}

/// Reads annotations, as long as the budget lasts.
struct Reader<'a> {
    document: &'a Document,
    /// The form asks its readers to draw the fields anew: their appearances may show old values.
    stale: bool,
    left: usize,
}

impl Reader<'_> {
    /// What the page's own annotations add to it; their ids are added to `seen`.
    fn page(&mut self, page: ObjectId, seen: &mut HashSet<ObjectId>) -> Overlay {
        let mut overlay = Overlay::default();
        let page = self.document.get_dictionary(page);
        let annotations = page
            .and_then(|page| page.get_deref(b"Annots", self.document))
            .and_then(Object::as_array);
        for annotation in annotations.into_iter().flatten() {
            let is_new = annotation.as_reference().map_or(true, |id| seen.insert(id));
            let Ok((_, Object::Dictionary(annotation))) = self.document.dereference(annotation)
            else {
                continue;
            };
            if is_new {
                self.annotation(annotation, &mut overlay);
            }
        }
        overlay
    }

    fn annotation(&mut self, annotation: &Dictionary, overlay: &mut Overlay) {
        let Some(left) = self.left.checked_sub(1) else { return };
        self.left = left;
        if self.integer(annotation, b"F") & (HIDDEN | NO_VIEW) != 0 {
            return;
        }
        let kind = self.name(annotation, b"Subtype").unwrap_or_default();
        let field = Field { document: self.document, dict: annotation };
        let appearance = appearance(self.document, annotation, kind, field.state());
        match kind {
            b"Widget" => {
                let value = field.value();
                match appearance {
                    // A drawn button keeps its drawing: its value is a mark, not a text.
                    Some(appearance) if value.is_none() || !self.stale || field.is_button() => {
                        overlay.appearances.push(appearance);
                    }
                    _ => overlay.values.extend(value),
                }
            }
            b"Link" | b"Popup" => {}
            // What a free text says is drawn; of the others the drawing is an icon or a mark, and the note is hidden.
            b"FreeText" | b"Stamp" | b"Watermark" => match appearance {
                Some(appearance) => overlay.appearances.push(appearance),
                None => overlay.notes.extend(self.note(annotation)),
            },
            _ => {
                overlay.appearances.extend(appearance);
                overlay.notes.extend(self.note(annotation));
            }
        }
    }

    /// The text of a note: plain, or else rich text without its tags.
    fn note(&self, annotation: &Dictionary) -> Option<String> {
        let plain = text_string::line(self.document, annotation, b"Contents");
        plain.or_else(|| without_tags(&text_string::text(self.document, annotation, b"RC")?))
    }

    fn integer(&self, dictionary: &Dictionary, key: &[u8]) -> i64 {
        dictionary.get_deref(key, self.document).and_then(Object::as_i64).unwrap_or(0)
    }

    fn name<'b>(&'b self, dictionary: &'b Dictionary, key: &[u8]) -> Option<&'b [u8]> {
        dictionary.get_deref(key, self.document).and_then(Object::as_name).ok()
    }
}

/// Rich text without its tags; paragraphs end with a space.
fn without_tags(rich: &str) -> Option<String> {
    let mut plain = String::new();
    for (index, piece) in rich.split('<').enumerate() {
        let text =
            if index == 0 { piece } else { piece.split_once('>').map_or("", |(_, text)| text) };
        if index > 0 && (piece.starts_with("/p") || piece.starts_with("br")) {
            plain.push(' ');
        }
        plain.push_str(text);
    }
    let line = text_string::one_line(&unescaped(&plain));
    (!line.is_empty()).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use lopdf::{Stream, dictionary};

    /// The overlay of a page with these annotations.
    fn overlay(annotations: Vec<Dictionary>, form: Dictionary) -> Overlay {
        let mut document = Document::new();
        let form_stream = dictionary! { "BBox" => vec![0.into(), 0.into(), 10.into(), 10.into()] };
        document.objects.insert((50, 0), Stream::new(form_stream, b"BT ET".to_vec()).into());
        let annotations: Vec<Object> = annotations.into_iter().map(Object::Dictionary).collect();
        document
            .objects
            .insert((1, 0), dictionary! { "Type" => "Page", "Annots" => annotations }.into());
        document.objects.insert((2, 0), dictionary! { "AcroForm" => form }.into());
        document.trailer.set("Root", Object::Reference((2, 0)));
        overlays(&document, &[(1, 0)], &Budget::new(&Limits::default())).remove(0)
    }

    fn string(text: &str) -> Object {
        Object::string_literal(text)
    }

    fn drawn() -> Object {
        dictionary! { "N" => Object::Reference((50, 0)) }.into()
    }

    fn rectangle() -> Object {
        vec![100.into(), 200.into(), 120.into(), 210.into()].into()
    }

    fn field(kind: &str, value: impl Into<Object>) -> Dictionary {
        dictionary! { "Subtype" => "Widget", "FT" => kind, "V" => value.into(), "Rect" => rectangle() }
    }

    #[track_caller]
    fn check_notes(annotation: Dictionary, expected: &[&str]) {
        assert_eq!(overlay(vec![annotation], dictionary! {}).notes, expected);
    }

    #[test]
    fn hidden_fields_are_not_listed() {
        let mut hidden = field("Tx", string("hidden"));
        assert_eq!(overlay(vec![hidden.clone()], dictionary! {}).values, ["hidden"]);
        hidden.set("F", HIDDEN);
        assert_eq!(overlay(vec![hidden], dictionary! {}), Overlay::default());
    }

    #[test]
    fn a_drawn_value_is_not_listed_twice() {
        let mut drawn_field = field("Tx", string("Ana"));
        drawn_field.set("AP", drawn());
        let found = overlay(vec![drawn_field.clone()], dictionary! {});
        assert_eq!((found.values.len(), found.appearances.len()), (0, 1));
        // Unless the drawing may be out of date.
        let found = overlay(vec![drawn_field], dictionary! { "NeedAppearances" => true });
        assert_eq!((found.values.len(), found.appearances.len()), (1, 0));
    }

    #[test]
    fn notes_are_read_plain_or_rich() {
        check_notes(
            dictionary! { "Subtype" => "Text", "Contents" => string("Check\rthis") },
            &["Check this"],
        );
        let rich = string("<body><p>Law &amp; <b>order</b></p><p>Two</p></body>");
        check_notes(dictionary! { "Subtype" => "Highlight", "RC" => rich }, &["Law & order Two"]);
        check_notes(dictionary! { "Subtype" => "Link", "Contents" => string("no") }, &[]);
        check_notes(
            dictionary! { "Subtype" => "FreeText", "AP" => drawn(), "Rect" => rectangle(), "Contents" => string("drawn") },
            &[],
        );
    }

    #[test]
    fn an_appearance_is_put_into_its_rectangle() {
        let mut annotation =
            dictionary! { "Subtype" => "Stamp", "AP" => drawn(), "Rect" => rectangle() };
        let found = overlay(vec![annotation.clone()], dictionary! {});
        assert_eq!(
            found.appearances,
            [Appearance { stream: (50, 0), placement: [2.0, 0.0, 0.0, 1.0, 100.0, 200.0] }]
        );
        let states = dictionary! { "On" => Object::Reference((50, 0)) };
        annotation.set("AP", dictionary! { "N" => states });
        annotation.set("AS", "Off");
        assert_eq!(overlay(vec![annotation.clone()], dictionary! {}).appearances, []);
        annotation.set("AS", "On");
        assert_eq!(overlay(vec![annotation], dictionary! {}).appearances.len(), 1);
    }

    #[test]
    fn forms_that_go_round_end() {
        let mut document = Document::new();
        let itself = Object::Reference((3, 0));
        let mut field = field("Tx", string("once"));
        field.set("Parent", itself.clone());
        field.set("Kids", vec![itself.clone(), itself.clone()]);
        field.set("P", Object::Reference((1, 0)));
        document.objects.insert((1, 0), dictionary! { "Type" => "Page" }.into());
        document.objects.insert(
            (2, 0),
            dictionary! { "AcroForm" => dictionary! { "Fields" => vec![itself] } }.into(),
        );
        document.objects.insert((3, 0), field.into());
        document.trailer.set("Root", Object::Reference((2, 0)));
        assert_eq!(
            overlays(&document, &[(1, 0)], &Budget::new(&Limits::default()))[0].values,
            ["once"]
        );
    }
}
