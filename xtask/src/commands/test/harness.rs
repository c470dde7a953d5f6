//! The unit, black-box and documentation tests, counted from what the test harness prints.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use super::summary::Counts;
use xtask::error::{Error, Result};
use xtask::output::say;
use xtask::process;

/// Runs all tests of the workspace; their output is shown as it comes.
pub(super) fn run() -> Result<Counts> {
    let mut command = process::cargo();
    command.args(["test", "--quiet", "--workspace", "--no-fail-fast"]);
    let (mut counts, succeeded) = count(&mut command)?;
    // A test program that did not compile or was killed prints no result line.
    if !succeeded && counts.failed == 0 {
        counts.failed = 1;
    }
    Ok(counts)
}

fn count(command: &mut Command) -> Result<(Counts, bool)> {
    let start = |source| Error::Start {
        program: "cargo test".to_owned(),
        source,
    };
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(start)?;
    let mut counts = Counts::default();
    for line in child
        .stdout
        .take()
        .into_iter()
        .flat_map(|output| BufReader::new(output).split(b'\n'))
        .flatten()
    {
        let line = String::from_utf8_lossy(&line);
        add(&mut counts, &line);
        say(&line);
    }
    let status = child.wait().map_err(start)?;
    Ok((counts, status.success()))
}

/// Adds a line like `test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s`.
fn add(counts: &mut Counts, line: &str) {
    let Some(result) = line.strip_prefix("test result: ") else {
        return;
    };
    counts.passed += number_before(result, " passed");
    counts.failed += number_before(result, " failed");
    counts.skipped += number_before(result, " ignored");
}

fn number_before(text: &str, word: &str) -> usize {
    let before = text.split(word).next().unwrap_or_default();
    before
        .rsplit(' ')
        .next()
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn result_lines_are_added_and_other_lines_are_not() {
        let mut counts = Counts::default();
        add(
            &mut counts,
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
        );
        add(
            &mut counts,
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1s",
        );
        add(&mut counts, "7 passed somewhere else");
        assert_eq!(
            counts,
            Counts {
                passed: 15,
                failed: 2,
                skipped: 1,
                reason: None
            }
        );
    }
}
