//! Names asked by a process, from the host's own log: the strongest word on a name short of the flow itself.

use std::net::IpAddr;

use rustc_hash::FxHashMap;
use whotalks_record::{Grade, Nanoseconds, Pid, ResolverSource, Span, Text, Timestamp};

use crate::clocks::{Clock, Clocks};
use crate::hosts::Hosts;
use crate::observed::Observed;
use crate::{HostId, NameCandidate, NameEvidence};

/// The log has no time to live; the shortest life of an answer in the resolver's cache is assumed.
const ASSUMED_LIFE: Nanoseconds = Nanoseconds::from_seconds(60);
/// Sysmon writes after the answer: a conversation may begin this long before the event.
const LOG_DELAY: Nanoseconds = Nanoseconds::from_seconds(2);
/// The DNS client writes at the moment itself, into a trace or its log, as two programs that take turns.
const TRACE_DELAY: Nanoseconds = Nanoseconds::from_milliseconds(10);
/// An older question still hints at a name for this long.
const LONGEST_HINT: Nanoseconds = Nanoseconds::from_seconds(24 * 3600);

/// Questions by host, process and answered address, in order of time.
#[derive(Debug, Default)]
pub(crate) struct ResolverIndex {
    asked: FxHashMap<(HostId, Pid, IpAddr), Vec<Asked>>,
}

#[derive(Clone, Debug)]
struct Asked {
    name: Text,
    time: Timestamp,
    /// Whether its time can be compared with that of packets.
    aligned: bool,
    /// How long after the answer it may have been written.
    delay: Nanoseconds,
    span: Span,
}

impl ResolverIndex {
    pub(crate) fn build(observed: &Observed, hosts: &Hosts, clocks: &Clocks) -> Self {
        let mut index = Self::default();
        for event in &observed.resolver {
            let host = hosts.of(event.host.as_ref(), event.span.evidence);
            let (Some(host), Some(pid)) = (host, event.pid) else {
                continue;
            };
            let clock = Clock::of_resolver(event);
            let time = clocks.to_reference(clock, Some(host), event.time);
            let aligned = clocks.tolerance(clock, Some(host)).is_some();
            let delay = match event.source {
                ResolverSource::Sysmon => LOG_DELAY,
                ResolverSource::DnsClientLog | ResolverSource::Trace => TRACE_DELAY,
            };
            for address in event
                .addresses
                .iter()
                .filter(|address| !address.is_loopback() && !address.is_unspecified())
            {
                let asked = Asked {
                    name: Text::clone(&event.name),
                    time,
                    aligned,
                    delay,
                    span: event.span,
                };
                index
                    .asked
                    .entry((host, pid, address.to_canonical()))
                    .or_default()
                    .push(asked);
            }
        }
        for asked in index.asked.values_mut() {
            asked.sort_by_key(|asked| (asked.time, asked.span));
        }
        index
    }

    /// The names that the process asked and was answered `remote` for. A `time` of packets is not compared with a clock that
    /// could not be aligned with theirs: such a name is only inferred.
    pub(crate) fn candidates(
        &self,
        (host, pid, remote): (HostId, Pid, IpAddr),
        time: Timestamp,
        by_packets: bool,
    ) -> Vec<NameCandidate> {
        let asked = self
            .asked
            .get(&(host, pid, remote))
            .map(Vec::as_slice)
            .unwrap_or_default();
        let heard = asked
            .iter()
            .rev()
            .filter(|one| one.time - one.delay <= time && time - one.time <= LONGEST_HINT);
        let mut candidates: Vec<NameCandidate> = Vec::new();
        for one in heard {
            if !candidates.iter().any(|known| known.name == one.name) {
                candidates.push(one.candidate(time, by_packets));
            }
        }
        lower_if_shared(&mut candidates);
        candidates
    }
}

/// Two names for one address by the same process: none can be preferred.
fn lower_if_shared(candidates: &mut [NameCandidate]) {
    if candidates.iter().filter(|one| one.grade == Grade::Derived).count() > 1 {
        for one in candidates {
            one.grade = Grade::Inferred;
        }
    }
}

impl Asked {
    fn candidate(&self, time: Timestamp, by_packets: bool) -> NameCandidate {
        let fresh = time - self.time <= ASSUMED_LIFE && (self.aligned || !by_packets);
        NameCandidate {
            name: Text::clone(&self.name),
            port: None,
            evidence: NameEvidence::AskedByProcess,
            grade: if fresh { Grade::Derived } else { Grade::Inferred },
            time: Some(self.time),
            proof: vec![self.span],
        }
    }
}
