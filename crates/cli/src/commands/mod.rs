//! One file per command.

mod ask;
mod case;
mod compare;
mod completions;
mod doctor;
mod etl;
mod evidence;
mod explain;
mod follow;
mod hunt;
mod investigate;
mod man;
mod packets;
mod schema;

use crate::arguments::Command;
use crate::face::Face;
use crate::failure::Failure;
use crate::outcome::Outcome;

/// Does what was asked.
pub(crate) fn run(command: &Command, face: &Face) -> Result<Outcome, Failure> {
    match command {
        Command::Investigate(arguments) => investigate::run(arguments, face),
        Command::Ask(arguments) => ask::run(arguments, face),
        Command::Explain(arguments) => explain::run(arguments, face),
        Command::Evidence(arguments) => evidence::run(arguments, face),
        Command::Hunt(arguments) => hunt::run(arguments, face),
        Command::Case(arguments) => case::run(arguments, face),
        Command::Etl(arguments) => etl::run(arguments, face),
        Command::Schema(arguments) => schema::run(arguments, face),
        Command::Packets(arguments) => packets::run(arguments, face),
        Command::Follow(arguments) => follow::run(arguments, face),
        Command::Compare(arguments) => compare::run(arguments, face),
        Command::Doctor(arguments) => doctor::run(arguments, face),
        Command::Completions(arguments) => completions::run(arguments, face),
        Command::Man(arguments) => man::run(arguments, face),
    }
}
