//! What is said beside an answer, in words, on stderr.

use super::Failure;
use super::message::{counted, tell};
use crate::library::Note;

/// Says what an answer leaves out, or could have been more.
pub(super) fn say(notes: Vec<Note>) {
    for note in notes {
        tell(in_words(note));
    }
}

fn in_words(note: Note) -> String {
    match note {
        Note::Undated(documents) => {
            let undated = counted(documents, "undated document was", "undated documents were");
            format!("note: {undated} left out by the dates")
        }
        Note::Model(error) => Failure::from(error).as_warning(),
        Note::UnusableVectors(files) => {
            let files = counted(files, "file of vectors is", "files of vectors are");
            format!(
                "warning: {files} damaged, or of another model; 'amparo ingest FOLDER' makes them anew"
            )
        }
        Note::Unmeasured(passages) => {
            let passages = counted(passages, "passage has", "passages have");
            format!(
                "note: {passages} no vectors yet, and can be found by words alone; 'amparo ingest FOLDER' adds them"
            )
        }
        Note::NoVectors => "note: found by words alone; 'amparo ingest FOLDER' adds vectors to find by meaning, in any language".into(),
        Note::NoModel => "note: found by words alone; 'amparo model install' lets search find by meaning, in any language (--semantic off: never mind)".into(),
    }
}
