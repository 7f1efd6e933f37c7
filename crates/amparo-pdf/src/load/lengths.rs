//! Lengths of streams that stand in other objects, or are wrong.
//!
//! lopdf resolves `/Length 12 0 R` while it reads the stream, and reads the object it names the same way: a chain of
//! streams, each of whose lengths names the next, takes the stack down with it. So where a file has more such lengths
//! than a stack bears, each is replaced by its number, in place, or blanked. A stream whose length lopdf could not use
//! gets its content here, up to the word `endstream`.

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use lopdf::xref::XrefEntry;
use lopdf::{Document, Object, ObjectId};
use rustc_hash::FxHashMap;

use super::bytes::{is_regular, number, position, skip_space};

/// As many lengths may name each other: a chain of them takes about 2 kB of stack for each.
const CHAIN: usize = 64;

/// How far after its length the data of a stream may begin.
const DICTIONARY: usize = 1 << 16;

/// Spellings of `/Length`, and beginnings of those with an escape (`/L#65ngth`).
static LENGTH: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let spellings = ["/Length", "/#4c", "/#4C", "/L#", "/Le#", "/Len#", "/Leng#", "/Lengt#"];
    AhoCorasick::new(spellings).expect("short literal patterns make an automaton")
});

/// The keyword of an object's header.
static OBJECT: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::new(["obj"]).expect("a short literal pattern makes an automaton")
});

/// A length that names another object.
struct Indirect {
    /// Where the reference is written.
    start: usize,
    end: usize,
    /// The number of the object it names.
    target: u32,
}

/// Replaces the lengths that name other objects, if there are enough of them for a chain.
pub(super) fn resolve(bytes: &mut Cow<'_, [u8]>) {
    let indirect: Vec<Indirect> =
        LENGTH.find_iter(bytes.as_ref()).filter_map(|name| indirect(bytes, name.start())).collect();
    if indirect.len() < CHAIN {
        return;
    }
    let numbers = number_objects(bytes);
    let values: Vec<Option<u64>> = indirect
        .iter()
        .map(|length| {
            let candidates = numbers.get(&length.target).map_or(&[][..], Vec::as_slice);
            let data = data_start(bytes, length.end)?;
            candidates.iter().copied().find(|&value| ends_at(bytes, data, value))
        })
        .collect();
    let bytes = bytes.to_mut();
    for (length, value) in indirect.iter().zip(values) {
        let field = &mut bytes[length.start..length.end];
        let text = value.map(|value| value.to_string()).filter(|text| text.len() <= field.len());
        let text = text.unwrap_or_else(|| "null".to_owned());
        field.fill(b' ');
        field[..text.len()].copy_from_slice(text.as_bytes());
    }
}

/// Blanks the lengths of streams that the cross-references list but that lopdf could not read; false if there are none.
pub(super) fn blank_wrong(bytes: &mut Cow<'_, [u8]>, document: &Document) -> bool {
    let header = header(bytes);
    let missing =
        document.reference_table.entries.iter().filter_map(|(&number, entry)| match entry {
            XrefEntry::Normal { offset, generation }
                if !document.has_object((number, *generation)) =>
            {
                Some(header + *offset as usize)
            }
            _ => None,
        });
    let lengths: Vec<usize> = missing
        .filter_map(|offset| {
            let object = bytes.get(offset..)?;
            let object = &object[..object.len().min(DICTIONARY)];
            let stream = position(object, b"stream")?;
            let length = position(&object[..stream], b"/Length")?;
            let ends = position(&object[..stream], b"endobj").is_some();
            (!ends).then_some(offset + length + 1)
        })
        .collect();
    for &at in &lengths {
        bytes.to_mut()[at] = b'X';
    }
    !lengths.is_empty()
}

/// Gives streams whose length was of no use their content; `starts` says where their data begin, `budget` how many
/// bytes there may be of them.
pub(super) fn fill(
    document: &mut Document,
    bytes: &[u8],
    starts: &[(ObjectId, usize)],
    mut budget: usize,
) {
    let bytes = &bytes[header(bytes)..];
    // After the last `endstream` there is no other to look for.
    let mut last = usize::MAX;
    for (id, start) in starts {
        let Some(Object::Stream(stream)) = document.objects.get_mut(id) else { continue };
        let Some(rest) = bytes.get(*start..) else { continue };
        let end = if *start >= last { None } else { position(rest, b"endstream") };
        if end.is_none() {
            last = last.min(*start);
        }
        let data = &rest[..end.unwrap_or(rest.len())];
        let data = data.strip_suffix(b"\n").unwrap_or(data);
        let data = data.strip_suffix(b"\r").unwrap_or(data);
        let Some(left) = budget.checked_sub(data.len()) else { return };
        budget = left;
        stream.set_content(data.to_vec());
    }
}

/// Where lopdf's offsets are counted from.
fn header(bytes: &[u8]) -> usize {
    position(bytes, b"%PDF-").unwrap_or(0)
}

/// The reference after the name that starts at `at`, if that name is `/Length` and a reference follows.
fn indirect(bytes: &[u8], at: usize) -> Option<Indirect> {
    let after = name_end(bytes, at + 1, b"Length")?;
    let start = skip_space(bytes, after);
    let (target, at) = number(bytes, start)?;
    let (_, at) = number(bytes, skip_space(bytes, at))?;
    let at = skip_space(bytes, at);
    (bytes.get(at) == Some(&b'R')).then_some(Indirect {
        start,
        end: at + 1,
        target: u32::try_from(target).ok()?,
    })
}

/// The end of the name written at `at`, if it is `expected`; any letter may be written as `#` and two digits.
fn name_end(bytes: &[u8], mut at: usize, expected: &[u8]) -> Option<usize> {
    for &letter in expected {
        match bytes.get(at..)? {
            [first, ..] if *first == letter => at += 1,
            [b'#', high, low, ..] => {
                let digit = |byte: u8| char::from(byte).to_digit(16);
                if digit(*high)? * 16 + digit(*low)? != u32::from(letter) {
                    return None;
                }
                at += 3;
            }
            _ => return None,
        }
    }
    (!bytes.get(at).is_some_and(|&byte| is_regular(byte))).then_some(at)
}

/// The numbers that stand alone in objects, by object number; several where the file was updated.
fn number_objects(bytes: &[u8]) -> FxHashMap<u32, Vec<u64>> {
    let mut numbers: FxHashMap<u32, Vec<u64>> = FxHashMap::default();
    for keyword in OBJECT.find_iter(bytes) {
        let Some((value, _)) = number(bytes, skip_space(bytes, keyword.end())) else { continue };
        if let Some(id) = header_number(&bytes[..keyword.start()]) {
            numbers.entry(id).or_default().push(value);
        }
    }
    numbers
}

/// The object number of the header whose keyword follows `before`.
fn header_number(before: &[u8]) -> Option<u32> {
    let tail = &before[before.len().saturating_sub(32)..];
    let text: String = tail
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_digit() || byte.is_ascii_whitespace())
        .map(|&byte| char::from(byte))
        .collect();
    let text: String = text.chars().rev().collect();
    let mut words = text.split_ascii_whitespace().rev();
    words.next()?;
    words.next()?.parse().ok()
}

/// Where the data of the stream begin whose dictionary goes on at `from`.
fn data_start(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = &bytes[from..bytes.len().min(from + DICTIONARY)];
    let at = from + position(rest, b"stream")? + b"stream".len();
    match bytes.get(at..)? {
        [b'\r', b'\n', ..] => Some(at + 2),
        [b'\r' | b'\n', ..] => Some(at + 1),
        _ => None,
    }
}

/// Whether a stream of that length ends where `endstream` is written.
fn ends_at(bytes: &[u8], data: usize, length: u64) -> bool {
    let end = usize::try_from(length).ok().and_then(|length| data.checked_add(length));
    end.and_then(|end| bytes.get(end..)).is_some_and(|rest| {
        let space = rest.iter().take(2).take_while(|byte| b"\r\n".contains(byte)).count();
        rest[space..].starts_with(b"endstream")
    })
}
