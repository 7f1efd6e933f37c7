//! Any text as a query: it parses or says why, at a place in it; what was parsed prints to a text that means the same.

#![no_main]

use amparo::query::syntax::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match parse(text) {
        Ok(query) => {
            let printed = query.to_string();
            assert_eq!(parse(&printed).as_ref(), Ok(&query), "printed as {printed}");
            // What the snippets look for.
            let _ = amparo::query::targets(&query);
        }
        Err(error) => {
            assert!(text.is_char_boundary(error.offset));
            let _ = error.render(text);
        }
    }
});
