//! What a policy forbids, and who did it.
//!
//! Streams are judged by what the statistics know of them. What statistics do not keep is noted by [`Watch`] on the way: protocols
//! below TCP and UDP with the addresses that use them, and the names that packets of a stream state.

mod matches;
mod sightings;
#[cfg(test)]
mod tests;
mod watch;

pub use matches::{Match, Subject};
pub use sightings::{Address, Sighting};

use whotalks_policy::Policy;

use crate::pass::Batches;
use crate::statistics::{Question, Statistic, Statistics, collect};
use watch::Watch;

/// What is found in one pass.
#[derive(Debug)]
pub struct Judgement<'p> {
    /// The capture as a whole.
    pub statistics: Statistics,
    /// What is forbidden: by severity, then in the order of the rules, then of the packets.
    pub matches: Vec<Match<'p>>,
}

/// Holds a policy against a capture, with so many workers.
pub fn judge<'p>(policy: &'p Policy, batches: &mut dyn Batches, workers: usize) -> Judgement<'p> {
    let question = Question::new(&[Statistic::Hierarchy, Statistic::Conversations]);
    let mut watch = Watch::new(batches, policy);
    let mut statistics = collect(&mut watch, question, workers);
    let noted = watch.finish();
    statistics.left_out += noted.left_out;
    let matches = matches::matches(policy, &statistics, &noted);
    Judgement { statistics, matches }
}
