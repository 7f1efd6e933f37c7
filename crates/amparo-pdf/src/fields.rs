//! Form fields: what is filled in to one, as a reader would see it.
//!
//! In: the dictionary of a field's widget; out: its value and its state. Does not look at how the field is drawn.

use lopdf::{Dictionary, Document, Object};

use super::text_string;

/// Longest chain from a field to the root of its form.
const PARENTS: usize = 32;

/// Field flags (ISO 32000-1, 12.7.4): a secret text, a push button.
const PASSWORD: i64 = 1 << 13;
const PUSH_BUTTON: i64 = 1 << 16;

/// A field, as one of its widgets shows it.
#[derive(Clone, Copy)]
pub(super) struct Field<'a> {
    /// The document it is in.
    pub document: &'a Document,
    /// The widget, which may be the field itself.
    pub dict: &'a Dictionary,
}

impl<'a> Field<'a> {
    /// Whether it is a check box, a radio button or a push button.
    pub fn is_button(&self) -> bool {
        self.inherited(b"FT").is_some_and(|kind| kind.as_name().is_ok_and(|kind| kind == b"Btn"))
    }

    /// What is filled in to a field, as a reader would see it.
    pub fn value(&self) -> Option<String> {
        let flags = self.inherited(b"Ff").and_then(|flags| flags.as_i64().ok()).unwrap_or(0);
        match self.inherited(b"FT")?.as_name().ok()? {
            b"Tx" if flags & PASSWORD == 0 => {
                self.strings(self.inherited(b"V")?).into_iter().next()
            }
            b"Ch" => {
                let chosen = self.strings(self.inherited(b"V")?);
                let shown: Vec<String> =
                    chosen.into_iter().map(|value| self.displayed(value)).collect();
                (!shown.is_empty()).then(|| shown.join(", "))
            }
            b"Btn" if flags & PUSH_BUTTON == 0 => self.checked_label(),
            _ => None,
        }
    }

    /// The label of a checked box or radio button.
    fn checked_label(&self) -> Option<String> {
        let state = self.state()?;
        if state == b"Off" {
            return None;
        }
        let described =
            self.inherited(b"TU").and_then(|label| self.strings(label).into_iter().next());
        let name = || self.inherited(b"T").and_then(|name| self.strings(name).into_iter().next());
        let state = String::from_utf8_lossy(state).into_owned();
        // "On" and "Yes" and numbers say only that it is checked.
        let says_something =
            !matches!(state.to_lowercase().as_str(), "on" | "yes" | "oui" | "true")
                && state.contains(char::is_alphabetic);
        described.or_else(|| says_something.then_some(state)).or_else(name)
    }

    /// The state that a widget is in: which of its appearances is shown, and whether it is checked.
    pub fn state(&self) -> Option<&'a [u8]> {
        let own = self.dict.get_deref(b"AS", self.document).and_then(Object::as_name).ok();
        own.or_else(|| self.inherited(b"V")?.as_name().ok())
    }

    /// What a choice shows for a value: options may be pairs of the two.
    fn displayed(&self, value: String) -> String {
        let options = self.inherited(b"Opt").and_then(|options| options.as_array().ok());
        let shown = options.into_iter().flatten().find_map(|option| {
            let pair = self.document.dereference(option).ok()?.1.as_array().ok()?;
            let texts: Vec<String> = pair.iter().flat_map(|text| self.strings(text)).collect();
            (texts.first() == Some(&value)).then(|| texts.get(1).cloned())?
        });
        shown.unwrap_or(value)
    }

    /// The texts in a value: a string, a stream, or a list of them.
    fn strings(&self, value: &Object) -> Vec<String> {
        let Ok((_, value)) = self.document.dereference(value) else { return Vec::new() };
        let texts = match value {
            Object::String(bytes, _) => vec![text_string::decode(bytes)],
            Object::Stream(stream) => {
                let bytes = stream.get_plain_content_with_limit(1 << 20);
                bytes.map(|bytes| text_string::decode(&bytes)).into_iter().collect()
            }
            Object::Array(items) => items
                .iter()
                .filter_map(|item| item.as_str().ok())
                .map(text_string::decode)
                .collect(),
            _ => Vec::new(),
        };
        texts
            .iter()
            .map(|text| text_string::one_line(text))
            .filter(|text| !text.is_empty())
            .collect()
    }

    /// An entry of a field or of the nearest of its ancestors that has it.
    fn inherited(&self, key: &[u8]) -> Option<&'a Object> {
        let mut field = self.dict;
        for _ in 0..PARENTS {
            if let Ok(value) = field.get_deref(key, self.document) {
                return Some(value);
            }
            field = field.get_deref(b"Parent", self.document).and_then(Object::as_dict).ok()?;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::dictionary;

    fn string(text: &str) -> Object {
        Object::string_literal(text)
    }

    fn field(kind: &str, value: impl Into<Object>) -> Dictionary {
        dictionary! { "Subtype" => "Widget", "FT" => kind, "V" => value.into() }
    }

    #[track_caller]
    fn check(field: &Dictionary, expected: Option<&str>) {
        let document = Document::new();
        let field = Field { document: &document, dict: field };
        assert_eq!(field.value().as_deref(), expected);
    }

    #[test]
    fn values_of_fields_without_appearance_are_listed() {
        check(&field("Tx", string("Ana\rPaz")), Some("Ana Paz"));
        check(&field("Ch", vec![string("a"), string("b")]), Some("a, b"));
        let mut choice = field("Ch", string("hn"));
        choice.set(
            "Opt",
            vec![
                vec![string("gt"), string("Guatemala")].into(),
                vec![string("hn"), string("Honduras")].into(),
            ],
        );
        check(&choice, Some("Honduras"));
        check(&dictionary! { "Subtype" => "Widget", "FT" => "Sig" }, None);
    }

    #[test]
    fn checked_boxes_give_their_label() {
        let button = |state: &str, label: &str| {
            let mut button = field("Btn", state);
            button.set("TU", string(label));
            button
        };
        check(&button("Yes", "Married"), Some("Married"));
        check(&button("Off", "Married"), None);
        check(&field("Btn", "Widowed"), Some("Widowed"));
    }

    #[test]
    fn secrets_are_not_listed() {
        let mut secret = field("Tx", string("hidden"));
        secret.set("Ff", PASSWORD);
        check(&secret, None);
    }

    #[test]
    fn a_field_inherits_from_its_parent() {
        let parent = field("Tx", string("inherited"));
        check(&dictionary! { "Subtype" => "Widget", "Parent" => parent }, Some("inherited"));
    }
}
