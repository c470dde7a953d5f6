//! `whotalks completions`: the completions of a shell.

use clap_complete::generate;

use crate::arguments::Completions;
use crate::face::Face;
use crate::failure::Failure;
use crate::help;
use crate::outcome::Outcome;

pub(super) fn run(arguments: &Completions, face: &Face) -> Result<Outcome, Failure> {
    let mut command = help::command(face.options.language);
    let mut script = Vec::new();
    generate(arguments.shell, &mut command, "whotalks", &mut script);
    face.write(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Answered)
}
