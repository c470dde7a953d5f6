//! When listings were taken, as far as that can be believed.
//!
//! A listing without a time of its own has that of its file: it was taken no later. A file that was copied or unpacked carries
//! the time of that, which can be days after everything else in the evidence; such a time is no time.

use rustc_hash::FxHashMap;
use whotalks_record::{
    EvidenceId, Nanoseconds, ProcessEvent, ProcessEventKind, Snapshot, SourceKind, Span, TimeSource, Timestamp,
};

use crate::observed::Observed;

/// A file written this long after the last event or packet was copied since, or its listing tells of another time.
const LONGEST_AFTER_ALL_ELSE: Nanoseconds = Nanoseconds::from_seconds(3600);

/// The times of all listings.
#[derive(Debug, Default)]
pub(crate) struct Listings {
    taken: FxHashMap<(EvidenceId, u32), Taken>,
    /// The last moment of all evidence that has times of its own.
    end: Option<Timestamp>,
}

/// When a listing was taken, on its host's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) time: Timestamp,
    pub(crate) uncertainty: Nanoseconds,
}

impl Listings {
    pub(crate) fn find(observed: &Observed) -> Self {
        let end = end_of_timed(observed);
        let believed = observed.snapshots.iter().filter_map(|snapshot| {
            let taken = Taken {
                time: snapshot.time?,
                uncertainty: snapshot.uncertainty,
            };
            is_believed(snapshot, taken.time, end).then_some(((snapshot.span.evidence, snapshot.number), taken))
        });
        Self {
            taken: believed.collect(),
            end,
        }
    }

    /// When the listing that a row belongs to was taken; none where that is not known.
    pub(crate) fn of(&self, row: Span, number: u32) -> Option<Taken> {
        self.taken.get(&(row.evidence, number)).copied()
    }

    /// The time of a process event. A process in a listing whose time is not believed was alive when the evidence ended, at
    /// the latest guess.
    pub(crate) fn process_time(&self, event: &ProcessEvent) -> Option<Timestamp> {
        match (event.kind, event.time) {
            (ProcessEventKind::Alive, Some(time)) if is_too_late(time, self.end) => self.end,
            (ProcessEventKind::Alive, None) => self.end,
            (_, time) => time,
        }
    }
}

fn is_believed(snapshot: &Snapshot, time: Timestamp, end: Option<Timestamp>) -> bool {
    match snapshot.time_source {
        TimeSource::None => false,
        TimeSource::Stated => true,
        TimeSource::FileModified => !is_too_late(time, end),
    }
}

fn is_too_late(time: Timestamp, end: Option<Timestamp>) -> bool {
    end.is_some_and(|end| time - end > LONGEST_AFTER_ALL_ELSE)
}

/// The last moment of packets and events; listings do not count.
fn end_of_timed(observed: &Observed) -> Option<Timestamp> {
    let listings = [
        SourceKind::SocketList,
        SourceKind::ProcessList,
        SourceKind::FilterDump,
        SourceKind::Counters,
        SourceKind::ResolverCache,
        SourceKind::DeviceSettings,
    ];
    observed
        .ranges
        .iter()
        .filter(|range| !listings.contains(&range.source))
        .filter_map(|range| range.last)
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_copied_days_later_has_no_time() {
        let end = Some(Timestamp::from_seconds(1_000, 0));
        assert!(!is_too_late(Timestamp::from_seconds(1_500, 0), end));
        assert!(is_too_late(Timestamp::from_seconds(200_000, 0), end));
        assert!(!is_too_late(Timestamp::from_seconds(200_000, 0), None));
    }
}
