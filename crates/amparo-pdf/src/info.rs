//! What a PDF says of itself: its information dictionary, its XMP packet and its catalog, value by value.
//!
//! Does not judge what it finds: which title is one and which date means what, is for the caller to say.

use lopdf::{Dictionary, Document, Object};

use super::document::{Info, Property};
use super::text_string::{line, one_line};
use super::xmp;

/// Longest XMP packet after decompression.
const LONGEST_PACKET: usize = 16 << 20;

/// What a document says of itself.
pub(super) fn read(document: &Document) -> Info {
    let empty = Dictionary::new();
    let info =
        document.trailer.get_deref(b"Info", document).and_then(Object::as_dict).unwrap_or(&empty);
    let catalog = document.catalog().unwrap_or(&empty);
    Info {
        title: line(document, info, b"Title"),
        author: line(document, info, b"Author"),
        company: line(document, info, b"Company"),
        created: line(document, info, b"CreationDate"),
        language: line(document, catalog, b"Lang"),
        properties: properties(document, catalog),
    }
}

/// The properties of the document's XMP packet that have a value.
fn properties(document: &Document, catalog: &Dictionary) -> Vec<Property> {
    let stream = catalog.get_deref(b"Metadata", document).and_then(Object::as_stream);
    let bytes = stream.and_then(|stream| stream.get_plain_content_with_limit(LONGEST_PACKET));
    let mut properties = bytes.map(|bytes| xmp::properties(&bytes)).unwrap_or_default();
    for property in &mut properties {
        property.value = one_line(&property.value);
    }
    properties.retain(|property| !property.value.is_empty());
    properties
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::{Stream, dictionary};

    #[test]
    fn dictionary_catalog_and_packet_are_read() {
        let mut document = Document::new();
        let info = document.add_object(dictionary! {
            "Title" => Object::string_literal("The\nreport"),
            "CreationDate" => Object::string_literal("D:20150302101500"),
        });
        let packet =
            "<dc:title><rdf:Alt><rdf:li xml:lang='es'>El \n informe</rdf:li></rdf:Alt></dc:title>";
        let packet = document.add_object(Stream::new(dictionary! {}, packet.as_bytes().to_vec()));
        let catalog =
            dictionary! { "Metadata" => packet, "Lang" => Object::string_literal("es-HN") };
        let catalog = document.add_object(catalog);
        document.trailer.set("Info", info);
        document.trailer.set("Root", catalog);
        let title = Property {
            name: "dc:title".to_owned(),
            language: Some("es".to_owned()),
            value: "El informe".to_owned(),
        };
        let expected = Info {
            title: Some("The report".to_owned()),
            created: Some("D:20150302101500".to_owned()),
            language: Some("es-HN".to_owned()),
            properties: vec![title],
            ..Info::default()
        };
        assert_eq!(read(&document), expected);
    }

    #[test]
    fn nothing_known_is_nothing_said() {
        assert_eq!(read(&Document::new()), Info::default());
    }
}
