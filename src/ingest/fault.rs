//! Faults on purpose, for the tests of what happens when a file takes its reader down.
//!
//! Only in builds with debug assertions: `AMPARO_FAULT=abort:NAME` makes the reader of files of that name abort, `hang:NAME`
//! makes it loop for ever, `memory:NAME` takes memory until there is no more of it (where it is limited; it aborts where it
//! is not). In release builds nothing of this exists.

/// Fails as the environment asks for this file name. `limited` says whether this process has limits.
#[cfg(debug_assertions)]
pub(super) fn strike(name: &str, limited: bool) {
    let Ok(fault) = std::env::var("AMPARO_FAULT") else { return };
    match fault.split_once(':') {
        Some(("hang", target)) if target == name => loop {
            std::thread::sleep(std::time::Duration::from_millis(10));
        },
        Some(("memory", target)) if target == name && limited => {
            let mut hoard: Vec<Vec<u8>> = Vec::new();
            loop {
                hoard.push(vec![1; 64 << 20]);
                std::hint::black_box(&hoard);
            }
        }
        Some(("abort" | "memory", target)) if target == name => std::process::abort(),
        _ => {}
    }
}

/// Does nothing.
#[cfg(not(debug_assertions))]
pub(super) fn strike(_name: &str, _limited: bool) {}
