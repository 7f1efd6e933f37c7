//! The threads that read: files in order, as many bytes at a time as memory is meant for, none waited for without end.
//!
//! Tasks in, one [`Read`] for each out, to whoever writes. Bytes in flight are bounded from before a file is read until the
//! writer has taken what came of it. A file that overruns its time is given up here and read in isolation; the thread that is lost
//! with it is replaced when all are.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::Scope;
use std::time::{Duration, Instant};

use crossbeam_channel::Sender;
use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

use super::isolated::patience;
use super::plan::Task;
use super::read::{Outcome, Read, Reader};
use super::{Error, READER_THREAD};

/// Stack of a reading thread: parsers recurse as deep as their limits let them, in debug builds too.
const READER_STACK: usize = 32 << 20;

/// Bytes in flight; a file that costs more is read alone.
const BYTES_IN_FLIGHT: u64 = 192 << 20;

/// What a file costs in memory while it is read and until it is written, for each of its bytes, and at least.
const COST: u64 = 4;
const LEAST_COST: u64 = 1 << 20;

/// What each byte of text costs once it is taken out: the passages, their tags, and the stored copy.
const TEXT_COST: u64 = 3;

/// How often overrun files are looked for.
const WATCH: Duration = Duration::from_millis(500);

/// Threads for reading.
pub(super) fn pool(threads: usize) -> Result<ThreadPool, ThreadPoolBuildError> {
    ThreadPoolBuilder::new()
        .num_threads(threads)
        .stack_size(READER_STACK)
        .thread_name(|number| format!("{READER_THREAD}-{number}"))
        .build()
}

/// Files to read, and how far it has come.
#[derive(Debug)]
struct Readers {
    tasks: Vec<Task>,
    reader: Arc<Reader>,
    threads: usize,
    patience: Duration,
    state: Mutex<State>,
    /// Told of each change of the state.
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// Files being read, by number, and since when.
    running: HashMap<usize, Instant>,
    /// Threads that a file has not given back, of the pool of this number.
    lost: usize,
    pool: usize,
    /// Bytes in flight.
    bytes: u64,
    /// The writer wants no more.
    stopped: bool,
}

/// Reads files on `threads` threads and hands what comes of each to `take`, on this thread.
///
/// # Errors
/// The first error of `take`, or when no threads can be started.
pub(super) fn read_all(
    tasks: Vec<Task>,
    reader: Arc<Reader>,
    threads: usize,
    mut take: impl FnMut(Read) -> Result<(), Error>,
) -> Result<(), Error> {
    let count = tasks.len();
    let patience = patience(&reader.limits);
    let (state, changed) = (Mutex::default(), Condvar::new());
    let readers = Arc::new(Readers { tasks, reader, threads, patience, state, changed });
    let (sender, receiver) = crossbeam_channel::unbounded();
    let first = pool(threads)?;
    std::thread::scope(|scope| {
        let feeding = Arc::clone(&readers);
        scope.spawn(move || feed(&feeding, first, &sender, scope));
        // One answer comes for each file; a thread that is lost keeps its end of the channel open.
        for _ in 0..count {
            let Ok((read, bytes)) = receiver.recv() else { break };
            let taken = take(read);
            let mut state = readers.state();
            state.bytes -= bytes;
            state.stopped |= taken.is_err();
            drop(state);
            readers.changed.notify_all();
            taken?;
        }
        Ok(())
    })
}

/// What came of a file, and the bytes in flight that it stands for.
type Answer = (Read, u64);

/// Gives files to the pool as threads and memory become free, and looks after those that take too long.
fn feed<'scope>(
    readers: &Arc<Readers>,
    mut pool: ThreadPool,
    sender: &Sender<Answer>,
    scope: &'scope Scope<'scope, '_>,
) {
    let mut next = 0;
    let mut state = readers.state();
    // Once the writer wants no more, what is being read is waited for: left behind, it would be taken for what ended a process.
    while !state.running.is_empty() || !state.stopped && next < readers.tasks.len() {
        if state.lost >= readers.threads
            && let Ok(fresh) = self::pool(readers.threads)
        {
            pool = fresh;
            state.pool += 1;
            state.lost = 0;
        }
        while let Some(task) = readers.tasks.get(next).filter(|_| !state.stopped) {
            let bytes = cost(task);
            let room = state.bytes == 0 || state.bytes + bytes <= BYTES_IN_FLIGHT;
            if !room || state.running.len() + state.lost >= readers.threads {
                break;
            }
            state.bytes += bytes;
            state.running.insert(next, Instant::now());
            let (readers, sender, number) = (Arc::clone(readers), sender.clone(), state.pool);
            pool.spawn(move || readers.read(next, number, bytes, &sender));
            next += 1;
        }
        for late in readers.overdue(&state) {
            state.running.remove(&late);
            state.lost += 1;
            if state.stopped {
                continue;
            }
            let (readers, sender) = (Arc::clone(readers), sender.clone());
            scope.spawn(move || {
                let task = &readers.tasks[late];
                let read = readers.reader.read_again(task);
                let _ = sender.send((read, cost(task)));
            });
        }
        state = readers
            .changed
            .wait_timeout(state, WATCH)
            .map_or_else(|lock| lock.into_inner().0, |(state, _)| state);
    }
}

fn cost(task: &Task) -> u64 {
    (task.found.size * COST).max(LEAST_COST)
}

impl Readers {
    fn state(&self) -> MutexGuard<'_, State> {
        // What is counted here is whole after each statement, so a panic elsewhere can't have left it half done.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads a file on a thread of a pool and answers, unless the file has been given up meanwhile.
    fn read(&self, number: usize, pool: usize, mut bytes: u64, sender: &Sender<Answer>) {
        let read = self.reader.read(&self.tasks[number]);
        let mut state = self.state();
        let awaited = state.running.remove(&number).is_some();
        if awaited {
            // Small files can hold much text.
            let held = text_cost(&read).saturating_sub(bytes);
            state.bytes += held;
            bytes += held;
        } else if state.pool == pool {
            state.lost = state.lost.saturating_sub(1);
        }
        drop(state);
        self.changed.notify_all();
        if awaited {
            // A closed channel means that the writer failed; the error is reported there.
            let _ = sender.send((read, bytes));
        }
    }

    /// Files that should have been read by now. Those read in isolation are waited for elsewhere.
    fn overdue(&self, state: &State) -> Vec<usize> {
        let late = state.running.iter().filter(|(number, since)| {
            since.elapsed() > self.patience && !self.tasks[**number].isolated
        });
        late.map(|(number, _)| *number).collect()
    }
}

fn text_cost(read: &Read) -> u64 {
    match read.outcome {
        Outcome::Document { text_bytes, .. } => text_bytes * TEXT_COST,
        _ => 0,
    }
}
