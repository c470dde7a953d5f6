//! Queries that stand in standard input, for scripts.

use std::io::{self, BufRead as _};
use std::path::PathBuf;

use super::{Next, Shell, is_whole};
use crate::failure::Failure;
use crate::outcome::Outcome;

/// Runs every entry; a failure is told, and the next entry is run all the same.
pub(super) fn run(shell: &mut Shell<'_>) -> Result<Outcome, Failure> {
    let mut entry = String::new();
    let mut ended = Outcome::Answered;
    for line in io::stdin().lock().lines() {
        let line = line.map_err(|source| Failure::CannotRead {
            path: PathBuf::from("-"),
            source,
        })?;
        if entry.is_empty() && line.trim().is_empty() {
            continue;
        }
        entry.push_str(&line);
        entry.push('\n');
        if is_whole(&entry) && enter(shell, &std::mem::take(&mut entry), &mut ended) == Next::End {
            return Ok(ended);
        }
    }
    enter(shell, &entry, &mut ended);
    Ok(ended)
}

fn enter(shell: &mut Shell<'_>, entry: &str, ended: &mut Outcome) -> Next {
    match shell.enter(entry, None) {
        Ok(next) => next,
        Err(failure) => {
            let outcome = failure.tell(shell.face);
            if *ended == Outcome::Answered {
                *ended = outcome;
            }
            Next::More
        }
    }
}
