//! Watches over lopdf while it reads a file's objects, so that a small file cannot become a large or an endless one.
//!
//! A cross-reference table may name one object a million times, and streams may overlap; lopdf keeps every copy until
//! it is done. Its only hook is a plain function that is called with each object, so the count is kept per thread.
//! In: the file's size and limits; out: a document, or why the reading was ended. Looks at sizes, never at meanings.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::time::{Duration, Instant};

use lopdf::{Document, FilterFunc, Object, ObjectId};
use rustc_hash::FxHashMap;

use super::{broken, lengths, reason};
use crate::budget::Budget;
use crate::{Error, Limits};

/// Most bytes that the parsed objects of one file may take, apart from its streams.
pub(super) const OBJECT_BYTES: usize = 384 << 20;

/// What the limit of these is called.
pub(super) const OBJECTS: &str = "objects' memory";

/// How often the same object is taken: a few revisions of it may stand in the table.
const COPIES: u8 = 4;

/// After how many bytes of objects the clock is looked at.
const BETWEEN_CHECKS: usize = 1 << 16;

thread_local! {
    static ADMISSION: RefCell<Option<Admission>> = const { RefCell::new(None) };
}

/// What is still admitted of the file that this thread is reading.
struct Admission {
    copies: FxHashMap<ObjectId, u8>,
    stream_bytes: usize,
    object_bytes: usize,
    until: Instant,
    since_check: usize,
    /// Streams whose length lopdf could not use, and where their data begin.
    unfilled: Vec<(ObjectId, usize)>,
    /// Whether an object was too much.
    refused: bool,
}

/// The payload that ends a reading which took too long.
struct TooLong;

/// Runs `read` with a filter that bounds what it may load, and fills the streams whose length it could not use.
///
/// # Errors
/// [`Error::Broken`] with lopdf's reason, or when the limit of time ended the reading.
pub(super) fn supervised(
    bytes: &[u8],
    limits: &Limits,
    budget: &Budget,
    read: impl FnOnce(FilterFunc) -> lopdf::Result<Document>,
) -> Result<Document, Error> {
    let admission = Admission {
        copies: FxHashMap::default(),
        // Streams that do not overlap are no longer than the file; twice that leaves room for odd lengths.
        stream_bytes: bytes.len().saturating_mul(2),
        object_bytes: OBJECT_BYTES,
        until: Instant::now() + Duration::from_secs(limits.seconds),
        since_check: 0,
        unfilled: Vec::new(),
        refused: false,
    };
    ADMISSION.set(Some(admission));
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| read(admit)));
    let admission = ADMISSION.take();
    match outcome {
        Ok(Ok(mut document)) => {
            if let Some(admission) = admission {
                if admission.refused {
                    budget.note(OBJECTS);
                }
                lengths::fill(&mut document, bytes, &admission.unfilled, admission.stream_bytes);
            }
            Ok(document)
        }
        Ok(Err(error)) => Err(broken(reason(&error))),
        Err(payload) if payload.is::<TooLong>() => {
            Err(broken(format!("its objects could not be read within {} seconds", limits.seconds)))
        }
        Err(payload) => panic::resume_unwind(payload),
    }
}

/// lopdf's hook: `None` drops the object. What it returns otherwise is only looked at for members of object streams,
/// which are not unpacked by lopdf here.
fn admit(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let admitted = ADMISSION.with_borrow_mut(|admission| {
        admission.as_mut().is_none_or(|admission| admission.admit(id, object))
    });
    admitted.then_some((id, Object::Null))
}

impl Admission {
    fn admit(&mut self, id: ObjectId, object: &mut Object) -> bool {
        let copies = self.copies.entry(id).or_default();
        *copies = copies.saturating_add(1);
        let is_wanted = *copies <= COPIES;
        let (objects, content) = match object {
            Object::Stream(stream) => {
                // Left to lopdf, each such stream could take all of the file that follows it.
                if let Some(start) = stream.start_position.take() {
                    self.unfilled.push((id, start));
                }
                (dictionary_weight(&stream.dict), stream.content.len())
            }
            other => (weight(other), 0),
        };
        self.check_time(objects + content);
        if !is_wanted {
            return false;
        }
        let fits = take(&mut self.object_bytes, objects) && take(&mut self.stream_bytes, content);
        self.refused |= !fits;
        fits
    }

    /// Ends the reading if its time is over; looks at the clock once in a while.
    fn check_time(&mut self, bytes: usize) {
        self.since_check += bytes;
        if self.since_check < BETWEEN_CHECKS {
            return;
        }
        self.since_check = 0;
        if Instant::now() > self.until {
            // The hook has no other way to end the reading; no panic hook runs and `supervised` catches it.
            panic::resume_unwind(Box::new(TooLong));
        }
    }
}

/// Takes `amount` from a budget if it is there.
fn take(budget: &mut usize, amount: usize) -> bool {
    let rest = budget.checked_sub(amount);
    *budget = rest.unwrap_or(*budget);
    rest.is_some()
}

/// Bytes that an object takes in memory, roughly. lopdf's parser bounds the depth.
pub(super) fn weight(object: &Object) -> usize {
    let inner = match object {
        Object::String(bytes, _) | Object::Name(bytes) => bytes.len(),
        Object::Array(items) => items.iter().map(weight).sum(),
        Object::Dictionary(dictionary) => dictionary_weight(dictionary),
        Object::Stream(stream) => dictionary_weight(&stream.dict) + stream.content.len(),
        _ => 0,
    };
    size_of::<Object>() + inner
}

fn dictionary_weight(dictionary: &lopdf::Dictionary) -> usize {
    dictionary.iter().map(|(key, value)| key.len() + 64 + weight(value)).sum()
}
