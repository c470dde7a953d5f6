//! `whotalks packets`: what an investigator opens a protocol analyser for.

mod list;
mod policy;
mod statistics;
mod write;

use crate::arguments::Packets;
use crate::face::Face;
use crate::failure::Failure;
use crate::outcome::Outcome;

pub(super) fn run(arguments: &Packets, face: &Face) -> Result<Outcome, Failure> {
    match &arguments.policy {
        Some(path) => policy::run(arguments, path, face),
        None if arguments.statistics.is_empty() => list::run(arguments, face),
        None => statistics::run(arguments, face),
    }
}
