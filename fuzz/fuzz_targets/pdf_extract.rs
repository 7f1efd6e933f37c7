//! Any bytes as a PDF. Calls the PDF extractor itself: the front of the library would catch its panics.

#![no_main]

mod limits;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = amparo::extract::pdf::extract(bytes, &limits::limits());
});
