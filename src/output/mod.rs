//! An answer as text, JSON lines, CSV, BibTeX or CSL-JSON.
//!
//! Values in, writes to a stream out; decides nothing. Documents are not trusted: their control characters never reach the
//! stream.
//!
//! # JSON lines: a stable contract
//!
//! One object a line, each with a `type`. First
//! `{"type":"summary","query","understood":{"countries","violations"},"expanded","documents","passages","meaning","by_meaning",
//! "unmeasured","beside","complete","folded","undated","relaxed","facets"}`,
//! then one for each result:
//! `{"type":"result","rank","score","near","beside","document":{"id","hash","path","title","author","publisher","kind","published",
//! "symbols","format","url","languages","language_shares":[{"language","share"}],"pages","needs_translation","copies",
//! "countries":[{"code","weight"}],"violations":[{"id","weight"}],"catalogue","detected":{"title","publisher","kind",
//! "publisher_evidence":{"text","place"},"published","published_evidence":{"text","place"}},"warnings"},"matching","near_duplicates":[{"id","path","title","publisher","published"}],
//! "passages":[{"passage","page","label","section","anchor","paragraph","paragraph_end","paragraph_item","part":{"kind","title","symbols","published","page",
//! "countries"},"language","score","by_meaning","snippet":{"text",
//! "highlights":[[start,end]]},"explain"}]}`.
//! A result is `beside` if its passages show none of the violations that a filter asks for, and only stand in a chapter or a document
//! about them; such results come last, and the summary's `beside` counts such passages. `part` is the part of a document that is
//! several: a `chapter` on `countries`, a `member` of a merged file with its own `page`, or the `matter` between; else null.
//! `complete` counts the results that have all that was asked, which come first; `relaxed` is true where no passage holds a
//! phrase of the text as written and these hold its words; `expanded` is what was searched beside the words typed.
//! `meaning` is `used`, `missing` (it would have been, with a model and vectors) or `unasked`; a passage is `by_meaning` if it was
//! found by meaning alone, and then its snippet is the window that is nearest; the summary's `by_meaning` counts these, and
//! `unmeasured` the passages without vectors. Under `explain`, `meaning` is the cosine of the nearest window.
//! `facets` is empty unless counts were asked for; then it has `countries`, `violations`, `languages`, `publishers`, `kinds` and `years`,
//! each an array of `{"value","documents","passages","publishers"}`: a code, an id or a name; what matches under it; and from
//! how many publishers.
//! `passage` is the passage's place in the document, from 1, as `show --page` takes it. `paragraph` is the number printed at the
//! beginning of the paragraph in which the snippet begins, null where none is printed; `paragraph_end` that of the one in which
//! it ends, null unless that is a later one; `paragraph_item` the number of an item within the paragraph that the snippet is
//! from, as printed (`"105.27"`, or `"12"` of a list).
//! `page` and `label` are null for HTML, `anchor` for PDF; offsets count Unicode scalar values; `explain` is
//! only there when it was asked for; `near_duplicates` are documents of nearly the same text that are folded under this result,
//! `folded` how many there are of them among the documents that match. Fields may be added; none changes its meaning.
//!
//! `kind` is the publisher's: government, intergovernmental, court, ngo, academic, media, expert or null; `symbols` are what a
//! document is cited by (`A/HRC/19/19`), its own first. `detected` is what the document itself tells where a catalogue's value
//! may stand above, and the words that tell it.
//!
//! `show` answers one object: `{"type":"document","document","near_duplicates":[path],"passages":[{"page","label","section",
//! "anchor","language","paragraphs":[{"text","number","language","role","highlights":[[start,end]]}]}]}`, the text as it was taken from the file.

mod bibtex;
mod citation;
mod csl;
mod csv;
mod facets;
mod json;
mod part;
pub mod style;
pub mod text;

use std::io::{self, Write};

pub use csv::harmless as harmless_cell;
pub use json::document as document_json;
pub use style::Style;

use crate::query::Answer;

/// The form in which an answer is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// For people.
    #[default]
    Text,
    /// JSON lines.
    Json,
    /// One line a passage, with a header.
    Csv,
    /// A BibTeX entry for each document.
    Bibtex,
    /// CSL-JSON: an item for each document.
    CslJson,
}

/// Writes an answer. With `explain`, the parts of each score too.
///
/// # Errors
/// When the stream refuses.
pub fn write(
    out: &mut dyn Write,
    answer: &Answer,
    form: Form,
    explain: bool,
    style: &Style,
) -> io::Result<()> {
    match form {
        Form::Text => text::write(out, answer, explain, style),
        Form::Json => json::write(out, answer, explain),
        Form::Csv => csv::write(out, answer),
        Form::Bibtex => bibtex::write(out, answer),
        Form::CslJson => csl::write(out, answer),
    }
}
