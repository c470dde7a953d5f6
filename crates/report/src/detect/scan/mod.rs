//! Scans: one caller tries many addresses ([`sweep`]) or many ports of one address ([`port_scan`]), and hardly anything answers.
//!
//! **Why it matters**: worms and intruders look for their next victims and for ways in like this; legitimate inventory tools do it
//! too, from known hosts. **What is counted**: TCP calls from packets, 5156/5157 and listings alike, within a minute.
//! ATT&CK: T1046 Network Service Discovery.

mod port_scan;
mod sweep;

use std::collections::BTreeMap;
use std::hash::Hash;
use std::net::IpAddr;

use rustc_hash::FxHashMap;
use whotalks_correlate::{Conversation, HostId, ProcessLife};
use whotalks_record::{CloseReason, Direction, Endpoint, Grade, IpProtocol, Nanoseconds, Pid, Span, Text, Timestamp};

use super::raw::{RawFinding, program_of};
use crate::FindingKind;
use crate::sources::Sources;

/// The time within which calls belong together.
const WINDOW: Nanoseconds = Nanoseconds::from_seconds(60);
/// At most this share of the targets may have answered, in percent: browsers also call many addresses, but get answers.
const MOST_ANSWERED_PERCENT: usize = 40;
/// The most calls held, about 80 bytes each. Past it all are judged and forgotten: only a scan so faint that its calls before and
/// after are each too few is missed by that.
const MOST_CALLS: usize = 400_000;
/// The most scans kept, each of another caller or target; forged senders would make any number.
const MOST_SCANS: usize = 200;

/// Who calls: host or address, process where known, and whether the host was called instead.
type Caller = (Option<HostId>, IpAddr, Option<Pid>, bool);

/// State: calls that were not judged yet, and what those before them showed.
#[derive(Debug)]
pub(super) struct Scan {
    most_calls: usize,
    held: usize,
    calls: FxHashMap<Caller, Calls>,
    found: BTreeMap<(Caller, Option<IpAddr>), RawFinding>,
}

#[derive(Debug)]
struct Calls {
    host: Option<Text>,
    program: Option<Text>,
    grade: Grade,
    list: Vec<Call>,
}

/// One call. The far end of a call to the host is the host's own end.
#[derive(Clone, Copy, Debug)]
struct Call {
    time: Timestamp,
    remote: Endpoint,
    answered: Option<bool>,
    span: Span,
}

impl Default for Scan {
    fn default() -> Self {
        Self::holding(MOST_CALLS)
    }
}

impl super::Detection for Scan {
    fn see(&mut self, conversation: &Conversation, sources: &Sources<'_>) {
        let (Some(time), Some(span)) = (conversation.first, conversation.proof.first()) else {
            return;
        };
        // A call that gave way to others when the flow table was full may have been answered afterwards: it shows nothing.
        let cut_short = conversation.close == Some(CloseReason::Evicted) && conversation.answered != Some(true);
        if conversation.protocol != IpProtocol::TCP || cut_short {
            return;
        }
        let inbound = conversation.direction == Some(Direction::Inbound);
        let pid = conversation.process.process.as_ref().and_then(|process| process.pid);
        let (caller, remote) = match inbound {
            true => (
                (conversation.host, conversation.remote.address, None, true),
                conversation.local,
            ),
            false => (
                (conversation.host, conversation.local.address, pid, false),
                conversation.remote,
            ),
        };
        let calls = self.calls.entry(caller).or_insert_with(|| Calls {
            host: sources.host_label(conversation.host, Some(conversation.local.address)),
            program: program_of(&conversation.process).0.filter(|_| !inbound),
            grade: conversation.process.grade,
            list: Vec::new(),
        });
        calls.list.push(Call {
            time,
            remote,
            answered: conversation.answered,
            span: *span,
        });
        self.held += 1;
        if self.held >= self.most_calls {
            self.judge();
        }
    }

    fn finish(mut self: Box<Self>, _: &[ProcessLife], _: &Sources<'_>) -> Vec<RawFinding> {
        self.judge();
        self.found.into_values().collect()
    }
}

impl Scan {
    fn holding(most_calls: usize) -> Self {
        Self {
            most_calls,
            held: 0,
            calls: FxHashMap::default(),
            found: BTreeMap::new(),
        }
    }

    /// Judges the calls held, and forgets them.
    fn judge(&mut self) {
        let mut callers: Vec<(Caller, Calls)> = std::mem::take(&mut self.calls).into_iter().collect();
        callers.sort_unstable_by_key(|(caller, _)| *caller);
        self.held = 0;
        for (caller, mut calls) in callers {
            let inbound = caller.3;
            let sweep = if inbound {
                None
            } else {
                sweep::find(caller.2, &mut calls)
            };
            if let Some(sweep) = sweep {
                self.keep((caller, None), sweep);
            }
            for (target, scan) in port_scan::find(caller, &mut calls) {
                self.keep((caller, Some(target)), scan);
            }
        }
    }

    /// A scan that goes on is one finding: the larger part speaks, for the whole time.
    fn keep(&mut self, key: (Caller, Option<IpAddr>), finding: RawFinding) {
        let room = self.found.len() < MOST_SCANS;
        match self.found.get_mut(&key) {
            Some(known) => {
                let (first, last) = (known.first.min(finding.first), known.last.max(finding.last));
                if size(&finding) > size(known) {
                    *known = finding;
                }
                (known.first, known.last) = (first, last);
            }
            None if room => drop(self.found.insert(key, finding)),
            None => {}
        }
    }
}

/// How many targets a scan has.
fn size(finding: &RawFinding) -> u64 {
    match finding.kind {
        FindingKind::SynSweep { targets, .. } => targets,
        FindingKind::PortScan { ports, .. } => ports,
        _ => 0,
    }
}

/// What proves a scan: its first, middle and last call.
fn proof(calls: &[Call]) -> impl Iterator<Item = Span> + '_ {
    [calls.first(), calls.get(calls.len() / 2), calls.last()]
        .into_iter()
        .flatten()
        .map(|call| call.span)
}

/// Whether so few of the targets answered that they were tried and not used.
const fn is_quiet(answered: usize, targets: usize) -> bool {
    answered * 100 <= targets * MOST_ANSWERED_PERCENT
}

/// Counts one less of `key`, and forgets it at none.
fn take_one<K: Eq + Hash>(counts: &mut FxHashMap<K, usize>, key: &K) {
    if let Some(count) = counts.get_mut(key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use whotalks_record::EvidenceId;

    use super::*;

    /// Calls from 10.0.0.1, eight a second, as the flows of a capture give them.
    fn seen(scan: &mut Scan, remotes: impl Iterator<Item = Endpoint>) {
        for (index, remote) in remotes.enumerate() {
            let caller = (None, IpAddr::from([10, 0, 0, 1]), None, false);
            let calls = scan.calls.entry(caller).or_insert_with(|| Calls {
                host: None,
                program: None,
                grade: Grade::Unknown,
                list: Vec::new(),
            });
            calls.list.push(call(index as i64 / 8, remote, Some(false)));
            scan.held += 1;
            if scan.held >= scan.most_calls {
                scan.judge();
            }
        }
    }

    pub(super) fn call(second: i64, remote: Endpoint, answered: Option<bool>) -> Call {
        Call {
            time: Timestamp::from_seconds(second, 0),
            remote,
            answered,
            span: Span::whole(EvidenceId(1)),
        }
    }

    fn neighbour(host: u8, port: u16) -> Endpoint {
        Endpoint::new(IpAddr::from([192, 168, 0, host]), port)
    }

    #[test]
    fn calls_that_were_judged_are_forgotten_and_what_they_showed_is_kept() {
        let mut scan = Scan::holding(40);
        seen(&mut scan, (1..=200).map(|host| neighbour(host, 445)));
        scan.judge();
        assert!(scan.calls.is_empty());
        let found: Vec<&RawFinding> = scan.found.values().collect();
        assert_eq!(found.len(), 1);
        assert_eq!(size(found[0]), 40);
        assert_eq!(found[0].first, Some(Timestamp::from_seconds(0, 0)));
        assert_eq!(found[0].last, Some(Timestamp::from_seconds(199 / 8, 0)));
    }

    #[test]
    fn a_port_scan_is_no_sweep() {
        let mut scan = Scan::holding(MOST_CALLS);
        seen(&mut scan, (1..=200).map(|port| neighbour(7, port)));
        scan.judge();
        let kinds: Vec<_> = scan.found.values().map(|one| &one.kind).collect();
        assert!(
            matches!(kinds[..], [FindingKind::PortScan { ports: 200, .. }]),
            "{kinds:?}"
        );
    }
}
