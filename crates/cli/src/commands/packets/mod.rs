//! `whotalks packets`: what an investigator opens a protocol analyser for.

mod list;
mod statistics;

use crate::arguments::Packets;
use crate::face::Face;
use crate::failure::Failure;
use crate::outcome::Outcome;

pub(super) fn run(arguments: &Packets, face: &Face) -> Result<Outcome, Failure> {
    if arguments.statistics.is_empty() {
        list::run(arguments, face)
    } else {
        statistics::run(arguments, face)
    }
}
