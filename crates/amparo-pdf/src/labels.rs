//! Page labels: the numbers printed on the pages, where they are not the physical ones.
//!
//! In: a document and how many pages it has; out: a label for each page, or none. Does not read the pages themselves.

use std::collections::{BTreeMap, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::budget::Budget;
use super::text_string;

/// Nodes of the number tree that are looked at.
const NODES: usize = 10_000;

/// Longest label, in characters: longer ones are not what is printed on a page.
const LENGTH: usize = 40;

/// The printed label of each of `count` pages, where it differs from the physical number.
pub(super) fn labels(document: &Document, count: usize, budget: &Budget) -> Vec<Option<String>> {
    let mut labels = vec![None; count];
    let ranges = ranges(document, budget);
    let mut starts = ranges.iter().peekable();
    while let Some((&start, range)) = starts.next() {
        let end = starts.peek().map_or(count, |(next, _)| **next).min(count);
        for (offset, label) in labels.get_mut(start..end).into_iter().flatten().enumerate() {
            let physical = (start + offset + 1).to_string();
            *label = range.label(offset).filter(|label| *label != physical);
        }
    }
    labels
}

/// How a range of pages is labelled.
struct Range {
    prefix: String,
    style: Option<u8>,
    first: u64,
}

impl Range {
    fn read(document: &Document, dictionary: &Dictionary) -> Self {
        let style = dictionary.get_deref(b"S", document).and_then(Object::as_name).ok();
        let first = dictionary.get_deref(b"St", document).and_then(Object::as_i64).unwrap_or(1);
        let prefix = text_string::text(document, dictionary, b"P");
        Self {
            // Spaces at its end part it from the number.
            prefix: prefix.unwrap_or_default().replace(char::is_control, ""),
            style: style.and_then(|style| style.first().copied()),
            first: u64::try_from(first).unwrap_or(1),
        }
    }

    /// The label of the page that far into the range; `None` if it is empty or too long to be one.
    fn label(&self, offset: usize) -> Option<String> {
        let number = self.first.saturating_add(offset as u64);
        let numeral = match self.style {
            None => String::new(),
            Some(b'R') => roman(number)?,
            Some(b'r') => roman(number)?.to_lowercase(),
            Some(b'A') => letters(number, b'A')?,
            Some(b'a') => letters(number, b'a')?,
            Some(_) => number.to_string(),
        };
        let label = format!("{}{numeral}", self.prefix);
        (!label.is_empty() && label.chars().count() <= LENGTH).then_some(label)
    }
}

/// The ranges by their first page, counted from 0.
fn ranges(document: &Document, budget: &Budget) -> BTreeMap<usize, Range> {
    let mut ranges = BTreeMap::new();
    let Ok(root) =
        document.catalog().and_then(|catalog| catalog.get_deref(b"PageLabels", document))
    else {
        return ranges;
    };
    let mut seen: HashSet<ObjectId> = HashSet::new();
    let mut nodes = vec![root];
    let mut left = NODES;
    while let Some(node) = nodes.pop() {
        let Ok(node) = node.as_dict() else { continue };
        if let Ok(numbers) = node.get_deref(b"Nums", document).and_then(Object::as_array) {
            for pair in numbers.chunks_exact(2) {
                let start = pair[0].as_i64().ok().and_then(|start| usize::try_from(start).ok());
                let range =
                    document.dereference(&pair[1]).ok().and_then(|(_, range)| range.as_dict().ok());
                if let (Some(start), Some(range)) = (start, range) {
                    ranges.entry(start).or_insert_with(|| Range::read(document, range));
                }
            }
        }
        let kids = node.get_deref(b"Kids", document).and_then(Object::as_array);
        for kid in kids.into_iter().flatten() {
            let Ok(id) = kid.as_reference() else { continue };
            if left == 0 {
                budget.note("page labels");
            } else if seen.insert(id) {
                left -= 1;
                nodes.extend(document.get_object(id).ok());
            }
        }
    }
    ranges
}

/// A Roman numeral; `None` where there is none that anyone would print.
fn roman(mut number: u64) -> Option<String> {
    const NUMERALS: [(u64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..=4999).contains(&number) {
        return None;
    }
    let mut text = String::new();
    for (value, numeral) in NUMERALS {
        while number >= value {
            text.push_str(numeral);
            number -= value;
        }
    }
    Some(text)
}

/// A to Z, then AA to ZZ, then AAA (ISO 32000-1, 12.4.2).
fn letters(number: u64, first: u8) -> Option<String> {
    let index = number.checked_sub(1)?;
    let times = usize::try_from(index / 26).ok()? + 1;
    let letter = char::from(first + (index % 26) as u8);
    (times <= LENGTH).then(|| letter.to_string().repeat(times))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use lopdf::dictionary;

    /// The labels of `count` pages whose number tree is `tree`.
    #[track_caller]
    fn check(count: usize, tree: impl Into<Object>, expected: &[&str]) {
        let mut document = Document::new();
        let catalog = document.add_object(dictionary! { "PageLabels" => tree.into() });
        document.trailer.set("Root", catalog);
        let labels = labels(&document, count, &Budget::new(&Limits::default()));
        let labels: Vec<&str> =
            labels.iter().map(|label| label.as_deref().unwrap_or("-")).collect();
        assert_eq!(labels, expected);
    }

    fn numbers(ranges: Vec<(i64, Dictionary)>) -> Dictionary {
        let pairs =
            ranges.into_iter().flat_map(|(start, range)| [Object::Integer(start), range.into()]);
        dictionary! { "Nums" => pairs.collect::<Vec<_>>() }
    }

    #[test]
    fn front_matter_is_roman() {
        let tree = numbers(vec![(0, dictionary! { "S" => "r" }), (3, dictionary! { "S" => "D" })]);
        check(5, tree, &["i", "ii", "iii", "1", "2"]);
    }

    #[test]
    fn a_label_that_is_the_physical_number_is_left_out() {
        check(2, numbers(vec![(0, dictionary! { "S" => "D" })]), &["-", "-"]);
    }

    #[test]
    fn prefixes_starts_and_letters_count() {
        let annex = dictionary! { "S" => "A", "P" => Object::string_literal("Annex "), "St" => 26 };
        let cover = dictionary! { "P" => Object::string_literal("Cover") };
        check(
            4,
            numbers(vec![(0, cover), (1, annex)]),
            &["Cover", "Annex Z", "Annex AA", "Annex BB"],
        );
        check(2, numbers(vec![(0, dictionary! { "S" => "R", "St" => 1999 })]), &["MCMXCIX", "MM"]);
    }

    #[test]
    fn numbers_beyond_reason_have_no_label() {
        check(1, numbers(vec![(0, dictionary! { "S" => "A", "St" => i64::MAX })]), &["-"]);
        check(1, numbers(vec![(0, dictionary! { "S" => "r", "St" => 5000 })]), &["-"]);
        check(
            1,
            numbers(vec![(-4, dictionary! { "S" => "r" }), (7, dictionary! { "S" => "r" })]),
            &["-"],
        );
    }

    #[test]
    fn a_tree_that_holds_itself_ends() {
        let mut document = Document::new();
        let tree = document.new_object_id();
        let mut node = numbers(vec![(0, dictionary! { "S" => "r" })]);
        node.set("Kids", vec![tree.into(), tree.into()]);
        document.objects.insert(tree, node.into());
        let catalog = document.add_object(dictionary! { "PageLabels" => tree });
        document.trailer.set("Root", catalog);
        assert_eq!(labels(&document, 1, &Budget::new(&Limits::default())), [Some("i".to_owned())]);
    }
}
