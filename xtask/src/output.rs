//! The only place that writes to the terminal.

use std::error::Error;

/// Prints one line of result.
#[expect(
    clippy::print_stdout,
    reason = "a command line program talks to its terminal here and nowhere else"
)]
pub fn say(line: &str) {
    println!("{line}");
}

/// Prints an error with everything that led to it.
#[expect(
    clippy::print_stderr,
    reason = "a command line program talks to its terminal here and nowhere else"
)]
pub fn complain(error: &dyn Error) {
    eprintln!("error: {error}");
    let mut cause = error.source();
    while let Some(inner) = cause {
        eprintln!("  because: {inner}");
        cause = inner.source();
    }
}
