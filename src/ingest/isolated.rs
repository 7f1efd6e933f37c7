//! A file read in a process of its own, with limits on memory and time: what can't be caught in this one ends only that one.
//!
//! The asking side starts this program again with hidden arguments and waits; the answering side is [`read_isolated`]. Between
//! them goes one JSON value.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::content::{ExtractedContent, Message};
use super::fault;
use crate::annotate::{Annotator, Context};
use crate::extract::Limits;

/// Memory that the process may take, in bytes: what the heaviest of real documents need, several times over.
const MEMORY: u64 = 3 << 30;

/// An answer longer than this is none.
const LONGEST_ANSWER: u64 = 1 << 30;

/// As much of what the process complains of is kept.
const LONGEST_COMPLAINT: u64 = 1 << 12;

/// What to read in isolation, as the arguments of the process say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadIsolated {
    /// The file.
    pub file: PathBuf,
    /// What it may cost.
    pub seconds: u64,
    /// Bytes of memory that the process may take; it is for the process to limit itself to them before it reads.
    pub memory: u64,
}

impl ReadIsolated {
    /// Name of the hidden subcommand that answers with [`read_isolated`].
    pub const COMMAND: &str = "read-apart";

    fn arguments(&self, command: &mut Command) {
        command.arg(Self::COMMAND);
        command.arg("--seconds").arg(self.seconds.to_string());
        command.arg("--memory").arg(self.memory.to_string());
        command.arg("--").arg(&self.file);
    }
}

#[derive(Serialize, Deserialize)]
enum Answer {
    Extracted(Box<Message>),
    Failed(String),
}

/// Time after which a file that may take that many seconds is not waited for any more.
pub(super) fn patience(limits: &Limits) -> Duration {
    Duration::from_secs(limits.seconds + limits.seconds / 2 + 2)
}

/// Reads a file and answers with what came out of it, in the words of [`ask`]. The answering side.
///
/// # Errors
/// When the answer cannot be written.
pub fn read_isolated(request: &ReadIsolated, out: &mut dyn io::Write) -> io::Result<()> {
    let name = request.file.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    fault::strike(&name, true);
    let limits = Limits { seconds: request.seconds, ..Limits::default() };
    let taken = std::fs::read(&request.file).map_err(|error| error.to_string()).and_then(|bytes| {
        ExtractedContent::from_bytes(&bytes, &blake3::hash(&bytes), &name, &limits)
            .map_err(|error| error.to_string())
    });
    let answer = match taken {
        Ok(taken) => {
            // The asking side will annotate it: better that this fails here.
            Annotator::builtin().annotate(&taken.content.passages, &Context::default());
            Answer::Extracted(Box::new(taken.into()))
        }
        Err(failure) => Answer::Failed(failure),
    };
    serde_json::to_writer(&mut *out, &answer)?;
    out.flush()
}

/// Why a file that was read in isolation gave nothing, in words.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The extractor says so.
    Unreadable(String),
    /// The reading did not come to its end.
    Ended(String),
}

/// Has a file read in isolation. The asking side.
///
/// # Errors
/// What the extractor said of the file, or what became of the process.
pub(super) fn ask(
    program: Option<&Path>,
    file: &Path,
    limits: &Limits,
) -> Result<ExtractedContent, Refusal> {
    let ended = |why: String| Refusal::Ended(format!("{why}; left alone until it changes"));
    let Some(program) = program else {
        return Err(ended("a process died while reading it".to_owned()));
    };
    let request = ReadIsolated { file: file.to_owned(), seconds: limits.seconds, memory: MEMORY };
    let mut command = Command::new(program);
    request.arguments(&mut command);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let cannot = |why: &str| Refusal::Unreadable(format!("cannot be read in isolation: {why}"));
    let mut child = command.spawn().map_err(|error| cannot(&error.to_string()))?;
    let Some((answer, complaint, status)) = wait(&mut child, patience(limits)) else {
        let seconds = patience(limits).as_secs();
        return Err(ended(format!("reading it takes more than {seconds} seconds")));
    };
    match serde_json::from_slice(&answer) {
        Ok(Answer::Failed(failure)) => Err(Refusal::Unreadable(failure)),
        Ok(Answer::Extracted(message)) if status.success() => {
            let message = *message;
            message.taken().ok_or_else(|| cannot("the answer is damaged"))
        }
        _ => Err(ended(cause(status, &complaint))),
    }
}

/// Waits for a process to end: what it wrote, and its status. `None` if it had to be ended.
fn wait(child: &mut Child, patience: Duration) -> Option<(Vec<u8>, Vec<u8>, ExitStatus)> {
    let answer = drain(child.stdout.take(), LONGEST_ANSWER);
    let complaint = drain(child.stderr.take(), LONGEST_COMPLAINT);
    let answer = answer.recv_timeout(patience);
    if answer.is_err() {
        // Gone already is as good.
        let _ = child.kill();
    }
    let status = child.wait().ok()?;
    Some((answer.ok()?, complaint.recv_timeout(patience).unwrap_or_default(), status))
}

/// Reads a stream to its end on a thread of its own, keeping as much of it.
fn drain(stream: Option<impl Read + Send + 'static>, most: u64) -> mpsc::Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut kept = Vec::new();
        if let Some(stream) = stream {
            // What came before an error is all there is.
            let _ = stream.take(most).read_to_end(&mut kept);
        }
        let _ = sender.send(kept);
    });
    receiver
}

/// Why a process ended, in words.
fn cause(status: ExitStatus, complaint: &[u8]) -> String {
    let complaint = String::from_utf8_lossy(complaint);
    if complaint.contains("memory allocation of") {
        return format!("reading it takes more than {} MB of memory", MEMORY >> 20);
    }
    if complaint.contains("overflowed its stack") {
        return "reading it overflows the stack".to_owned();
    }
    format!("reading it ends the process ({status})")
}
