//! Any bytes as a saved web page.

#![no_main]

mod limits;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = amparo::extract::html::extract(bytes, &limits::limits());
});
