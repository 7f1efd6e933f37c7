//! The `amparo` command: parses, runs, and maps what came of it to an exit status.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    amparo::cli::main()
}
