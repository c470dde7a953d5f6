//! Captures as packets: statistics over everything that paths lead to, in one pass.
//!
//! A plain pcap or pcapng file goes straight to the workers, without being hashed: reading it is all it costs. Whatever else a
//! path leads to (archives, compressed files, folders, standard input, other formats) comes through `evidence`. Several captures
//! are read one after another, as if they were one.

mod captures;
mod export;
mod follow;
mod known;
mod line;
mod metered;
mod piece;
mod reader;
mod select;

use std::num::NonZero;
use std::path::PathBuf;
use std::thread;

use whotalks_evidence::Progress;
use whotalks_filter::Filter;
use whotalks_packets::pass::Batches;
use whotalks_packets::policy::{Judgement, judge as judgement};
use whotalks_packets::select::{Annotate, Selected};
use whotalks_packets::statistics::{Question, Statistics, collect};
use whotalks_policy::Policy;

use captures::Captures;
pub use export::Export;
pub use follow::follow;
pub use known::Known;
pub use line::{Line, Lines};
pub use piece::{CapturePiece, CapturesRead};
pub use select::select;

/// Answers a question about all captures that the paths lead to, and says what was read.
pub fn statistics(
    paths: &[PathBuf],
    question: Question,
    progress: &mut (dyn Progress + Send),
) -> (Statistics, CapturesRead) {
    over(paths, progress, |batches, workers| collect(batches, question, workers))
}

/// Answers a question about the packets that pass a filter, in the same pass. `case` fills the fields that only a case can fill.
pub fn statistics_of(
    paths: &[PathBuf],
    question: Question,
    filter: &Filter,
    case: Option<&dyn Annotate>,
    progress: &mut (dyn Progress + Send),
) -> (Statistics, CapturesRead) {
    over(paths, progress, |batches, workers| {
        collect(&mut Selected::new(batches, filter, case), question, workers)
    })
}

/// Holds a policy against all captures that the paths lead to.
pub fn judge<'p>(
    paths: &[PathBuf],
    policy: &'p Policy,
    progress: &mut (dyn Progress + Send),
) -> (Judgement<'p>, CapturesRead) {
    over(paths, progress, |batches, workers| judgement(policy, batches, workers))
}

/// Hands the packets of all captures that the paths lead to, and a number of workers that suits this computer, to `ask`.
pub fn over<T>(
    paths: &[PathBuf],
    progress: &mut (dyn Progress + Send),
    ask: impl FnOnce(&mut dyn Batches, usize) -> T,
) -> (T, CapturesRead) {
    thread::scope(|scope| {
        let mut captures = Captures::new(scope, paths, progress);
        let answer = ask(&mut captures, workers());
        (answer, captures.finish())
    })
}

/// One worker per processor.
fn workers() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}
