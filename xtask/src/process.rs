//! Running other programs.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::error::{Error, Result};
use crate::project;

/// `cargo`, as the one that runs this program, in the root of the project.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(project::root());
    command
}

/// Any other program, in the root of the project.
pub fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(project::root());
    command
}

/// Runs it with the terminal of this program.
pub fn run(command: &mut Command) -> Result {
    let status = command.status().map_err(cannot_start(command))?;
    if status.success() {
        return Ok(());
    }
    Err(Error::Failed {
        what: words(command),
        status,
    })
}

/// Runs it and takes what it writes to standard output; errors go to the terminal.
pub fn read(command: &mut Command) -> Result<Vec<u8>> {
    let output = capture(command.stderr(Stdio::inherit()))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(Error::Failed {
        what: words(command),
        status: output.status,
    })
}

/// Runs it and takes everything it writes, however it ends.
pub fn capture(command: &mut Command) -> Result<Output> {
    command.output().map_err(cannot_start(command))
}

/// The most characters of a command line that an error repeats.
const MOST_SHOWN_CHARACTERS: usize = 160;

/// The command line as a person would type it, without the folders of the program; a long one is cut.
pub fn words(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(name).chain(command.get_args());
    let line = words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST_SHOWN_CHARACTERS) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

fn cannot_start(command: &Command) -> impl FnOnce(std::io::Error) -> Error + use<> {
    let program = command.get_program().to_string_lossy().into_owned();
    move |source| Error::Start { program, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_without_folders_and_a_long_one_is_cut() {
        assert_eq!(words(Command::new("/usr/bin/sort").args(["-u", "a"])), "sort -u a");
        let long = words(Command::new("sort").arg("ü".repeat(1_000)));
        assert_eq!(long.chars().count(), MOST_SHOWN_CHARACTERS + 1);
    }
}
