//! When the ends of all processes of a host would have been told: while a trace of its processes ran and lost nothing.

use std::collections::BTreeMap;

use whotalks_record::{Nanoseconds, SourceKind, Timestamp};

use crate::HostId;
use crate::clocks::{Clock, Clocks};
use crate::hosts::Hosts;
use crate::observed::Observed;

/// Two files of one session lie no further apart.
const LONGEST_SEAM: Nanoseconds = Nanoseconds::from_seconds(2);

/// The times at which each host was watched, in order and apart from one another.
#[derive(Debug, Default)]
pub(super) struct Watch {
    times: BTreeMap<HostId, Vec<(Timestamp, Timestamp)>>,
}

impl Watch {
    pub(super) fn of_traces(observed: &Observed, hosts: &Hosts, clocks: &Clocks) -> Self {
        let mut watch = Self::default();
        let sources = observed.ranges.iter();
        let sources = sources.filter(|range| range.source == SourceKind::TraceProcesses && range.lost == Some(0));
        for range in sources {
            let host = hosts.of(range.host.as_ref(), range.evidence);
            if let (Some(host), Some(first), Some(last)) = (host, range.first, range.last) {
                let clock = Clock::of_evidence(range.evidence);
                let reference = |time| clocks.to_reference(clock, Some(host), time);
                let times = watch.times.entry(host).or_default();
                times.push((reference(first), reference(last)));
            }
        }
        watch.times.values_mut().for_each(join);
        watch
    }

    /// Until when a host was watched without a break from a moment on; none where it was not watched then.
    pub(super) fn until(&self, host: HostId, moment: Timestamp) -> Option<Timestamp> {
        let times = self.times.get(&host)?.iter();
        let mut around = times.filter(|(first, last)| *first <= moment && moment <= *last);
        around.next().map(|(_, last)| *last)
    }
}

/// Puts times in order and joins those between which nothing can have been missed.
fn join(times: &mut Vec<(Timestamp, Timestamp)>) {
    times.sort_unstable();
    let mut joined: Vec<(Timestamp, Timestamp)> = Vec::new();
    for (first, last) in times.drain(..) {
        match joined.last_mut().filter(|before| first - before.1 <= LONGEST_SEAM) {
            Some(before) => before.1 = before.1.max(last),
            None => joined.push((first, last)),
        }
    }
    *times = joined;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_seconds(second, 0)
    }

    #[test]
    fn files_of_one_session_are_one_watch_and_a_break_is_a_break() {
        let mut times = vec![(at(100), at(200)), (at(0), at(50)), (at(51), at(90)), (at(52), at(60))];
        join(&mut times);
        assert_eq!(times, [(at(0), at(90)), (at(100), at(200))]);
        let watch = Watch {
            times: BTreeMap::from([(HostId(0), times)]),
        };
        assert_eq!(watch.until(HostId(0), at(10)), Some(at(90)));
        assert_eq!(watch.until(HostId(0), at(95)), None);
        assert_eq!(watch.until(HostId(1), at(10)), None);
    }
}
