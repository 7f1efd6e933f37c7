//! XMP packets: the properties of a document's metadata stream.
//!
//! In: the packet's bytes; out: its simple properties in order, each with its name as written (`dc:title`) and the
//! language that it is said to be in. A reader of tags, not of XML in general: no entities of its own, no namespaces;
//! the prefixes are the customary ones. A damaged packet yields what could be read.

use super::document::Property;

/// Longest packet that is read: real ones are a few kilobytes.
const PACKET: usize = 4 << 20;

/// Deepest nesting and most properties that are followed.
const DEPTH: usize = 32;
const PROPERTIES: usize = 2_000;

/// The simple properties in a packet; those of a list each on their own.
pub(super) fn properties(packet: &[u8]) -> Vec<Property> {
    let packet = &packet[..packet.len().min(PACKET)];
    let (text, _, _) = match encoding_rs::Encoding::for_bom(packet) {
        Some((encoding, _)) => encoding.decode(packet),
        None => encoding_rs::UTF_8.decode(packet),
    };
    let mut reader = Reader { open: Vec::new(), found: Vec::new() };
    let mut rest = text.as_ref();
    while let Some(at) = rest.find('<') {
        reader.text(&rest[..at]);
        rest = &rest[at..];
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|at| at + 3)
        } else {
            rest.find('>').map(|at| at + 1)
        };
        let Some(end) = end.filter(|_| reader.found.len() < PROPERTIES) else { break };
        reader.tag(&rest[1..end - 1]);
        rest = &rest[end..];
    }
    reader.found
}

/// The elements that are open, and what was found in them.
struct Reader {
    open: Vec<(String, Option<String>)>,
    found: Vec<Property>,
}

impl Reader {
    fn tag(&mut self, tag: &str) {
        if tag.starts_with(['?', '!']) {
            return;
        }
        if let Some(name) = tag.strip_prefix('/') {
            // An element that was never closed is closed with the one around it.
            if let Some(at) = self.open.iter().rposition(|(open, _)| open == name.trim()) {
                self.open.truncate(at);
            }
            return;
        }
        let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let tag = tag.trim_start();
        let name = tag.split_whitespace().next().unwrap_or_default();
        let mut language = None;
        for (key, value) in attributes(&tag[name.len()..]) {
            if key == "xml:lang" {
                language = Some(value);
            } else if name == "rdf:Description"
                && !key.starts_with("xmlns")
                && !key.starts_with("rdf:")
            {
                self.found.push(Property { name: key.to_owned(), language: None, value });
            }
        }
        if !is_empty && self.open.len() < DEPTH {
            self.open.push((name.to_owned(), language));
        }
    }

    fn text(&mut self, text: &str) {
        let value = unescaped(text.trim());
        let is_structure = |name: &str| name.starts_with("rdf:") || name.starts_with("x:");
        let Some((name, _)) = self.open.iter().rev().find(|(name, _)| !is_structure(name)) else {
            return;
        };
        if !value.is_empty() {
            let language = self.open.last().and_then(|(_, language)| language.clone());
            self.found.push(Property { name: name.clone(), language, value });
        }
    }
}

/// The attributes of a tag.
fn attributes(text: &str) -> Vec<(&str, String)> {
    let mut attributes = Vec::new();
    let mut rest = text;
    while let Some((key, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let Some(quote) = after.chars().next().filter(|c| matches!(c, '"' | '\'')) else { break };
        let Some((value, next)) = after[1..].split_once(quote) else { break };
        attributes.push((key.trim(), unescaped(value)));
        rest = next;
    }
    attributes
}

/// A text with the five entities of XML and numbered characters in their plain form.
pub(super) fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|end| *end < 12);
        if let Some((c, end)) = end.and_then(|end| Some((entity(&rest[1..end])?, end))) {
            plain.push(c);
            rest = &rest[end + 1..];
        } else {
            plain.push('&');
            rest = &rest[1..];
        }
    }
    plain.push_str(rest);
    plain
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(packet: &str, expected: &[(&str, &str, &str)]) {
        let found = properties(packet.as_bytes());
        let found: Vec<_> = found
            .iter()
            .map(|it| (it.name.as_str(), it.language.as_deref().unwrap_or(""), it.value.as_str()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn elements_attributes_and_lists_are_properties() {
        check(
            "<?xpacket?><x:xmpmeta><rdf:RDF><rdf:Description rdf:about='' xmlns:dc=\"u\" xmp:CreateDate=\"2015-03-02\">\
             <dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Law &amp; order</rdf:li>\
             <rdf:li xml:lang='fr'>La loi</rdf:li></rdf:Alt></dc:title>\
             <dc:creator><rdf:Seq><rdf:li>A</rdf:li><rdf:li>B</rdf:li></rdf:Seq></dc:creator>\
             <pdf:Producer>Own</pdf:Producer></rdf:Description></rdf:RDF></x:xmpmeta>",
            &[
                ("xmp:CreateDate", "", "2015-03-02"),
                ("dc:title", "x-default", "Law & order"),
                ("dc:title", "fr", "La loi"),
                ("dc:creator", "", "A"),
                ("dc:creator", "", "B"),
                ("pdf:Producer", "", "Own"),
            ],
        );
    }

    #[test]
    fn damaged_packets_yield_what_they_can() {
        check("<rdf:li>no property</rdf:li><dc:title>A<broken", &[("dc:title", "", "A")]);
        check(
            "<a b=c></a></z><!-- <dc:title>x</dc:title> --><dc:date>2010</dc:date>",
            &[("dc:date", "", "2010")],
        );
        check("</></ ></>< >< é x><é=\"", &[]);
    }

    #[test]
    fn entities_are_read() {
        assert_eq!(unescaped("&#233;&#xE9;&lt;&bogus; & &#xD800;"), "éé<&bogus; & &#xD800;");
    }
}
