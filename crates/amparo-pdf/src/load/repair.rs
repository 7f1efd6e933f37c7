//! Changes to a file's bytes, and to the loaded objects, that let a damaged file be read.
//!
//! In: bytes as found; out: bytes that lopdf reads, borrowed where nothing had to change. Meaning is not changed: a
//! header is put before objects that have none, a stream that the file's end cuts off is closed, and two names are
//! masked so that decryption and unpacking happen in our hands.

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use lopdf::xref::XrefEntry;
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::bytes::{contains, is_regular};
use super::{broken, lengths};
use crate::Error;

/// `/Encrypt` as [`prepare`] leaves it in the trailer. The same letters, so text that shows the name reads the same.
pub(super) const MASKED_ENCRYPTION: &[u8] = b"EncrypT";

/// The type `/ObjStm` as [`prepare`] leaves it.
pub(super) const MASKED_OBJECT_STREAM: &[u8] = b"ObjStM";

/// The object numbers of the catalog and page tree that [`with_empty_root`] adds: the last ones that lopdf finds when it
/// rebuilds the cross-references.
const ROOT: ObjectId = (999_999, 0);
const PAGES: ObjectId = (1_000_000, 0);

/// Names that are masked: those of [`MASKED_ENCRYPTION`] and [`MASKED_OBJECT_STREAM`].
static NAMES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::new(["/Encrypt", "/ObjStm"]).expect("two short literal patterns make an automaton")
});

/// The file's bytes with a header, an end and masked names.
///
/// # Errors
/// [`Error::Broken`] if nothing in the file looks like a PDF's objects.
pub(super) fn prepare(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Error> {
    let mut bytes = Cow::Borrowed(bytes);
    if !contains(&bytes, b"%PDF-") {
        if !contains(&bytes, b" 0 obj") {
            return Err(broken("no PDF header and no objects"));
        }
        bytes.to_mut().splice(0..0, *b"%PDF-1.4\n");
    }
    if is_cut_off(&bytes) {
        bytes.to_mut().extend_from_slice(b"\nendstream\nendobj\n");
    }
    mask(&mut bytes);
    lengths::resolve(&mut bytes);
    Ok(bytes)
}

/// The bytes with a catalog and an empty page tree behind them, for [`adopt_pages`] to fill.
pub(super) fn with_empty_root(bytes: Cow<'_, [u8]>) -> Vec<u8> {
    let mut bytes = bytes.into_owned();
    let (root, pages) = (ROOT.0, PAGES.0);
    bytes.extend_from_slice(
        format!(
            "\n{root} 0 obj\n<</Type/Catalog/Pages {pages} 0 R>>\nendobj\n\
             {pages} 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\ntrailer\n<</Size 1000001/Root {root} 0 R>>\n"
        )
        .as_bytes(),
    );
    bytes
}

/// The document with all its pages, in the order of the file, in the tree that [`with_empty_root`] added; `None` if it
/// has no pages.
pub(super) fn adopt_pages(mut document: Document) -> Option<Document> {
    let is_page =
        |object: &Object| object.as_dict().is_ok_and(|dictionary| dictionary.has_type(b"Page"));
    let found = document.objects.iter().filter(|(_, object)| is_page(object));
    let mut pages: Vec<ObjectId> = found.map(|(id, _)| *id).collect();
    pages.sort_by_key(|id| match document.reference_table.get(id.0) {
        Some(XrefEntry::Normal { offset, .. }) => (*offset, id.0),
        _ => (u32::MAX, id.0),
    });
    let count = i64::try_from(pages.len()).ok().filter(|count| *count > 0)?;
    let kids: Vec<Object> = pages.into_iter().map(Object::Reference).collect();
    let tree: Dictionary = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
    document.objects.insert(PAGES, tree.into());
    Some(document)
}

fn mask(bytes: &mut Cow<'_, [u8]>) {
    let found: Vec<(usize, bool)> = NAMES
        .find_iter(bytes.as_ref())
        .filter(|name| !bytes.get(name.end()).is_some_and(|&next| is_regular(next)))
        .map(|name| (name.start() + 1, name.pattern().as_usize() == 0))
        .collect();
    for (at, encryption) in found {
        let masked = if encryption { MASKED_ENCRYPTION } else { MASKED_OBJECT_STREAM };
        bytes.to_mut()[at..at + masked.len()].copy_from_slice(masked);
    }
}

/// Whether the file ends within a stream.
fn is_cut_off(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(1024)..];
    if contains(tail, b"startxref") {
        return false;
    }
    let keyword = b"stream";
    bytes
        .windows(keyword.len())
        .rposition(|window| window == keyword)
        .is_some_and(|at| !bytes[..at].ends_with(b"end"))
}
