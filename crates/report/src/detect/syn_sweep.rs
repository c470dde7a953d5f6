//! SYN sweep: one program, or one host, calls many neighbouring addresses or one port on many, and hardly anyone answers.
//!
//! **Why it matters**: worms and intruders look for their next victims this way; legitimate inventory tools do it too, from known
//! hosts. **What is counted**: TCP calls out, from packets, 5156/5157 and listings alike, to distinct addresses within a minute.
//! **Example**: `spollsv.exe` sends SYN to 33 neighbours on 135, 139, 445 and 80. ATT&CK: T1046 Network Service Discovery.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use rustc_hash::FxHashMap;
use whotalks_correlate::{Conversation, HostId, ProcessLife};
use whotalks_record::{Direction, Endpoint, Grade, IpProtocol, Nanoseconds, Pid, Span, Text, Timestamp};

use super::raw::{RawFinding, program_of};
use crate::proof::Proof;
use crate::sources::Sources;
use crate::{FindingKind, Severity};

/// Distinct addresses within the window that make a sweep.
const FEWEST_TARGETS: usize = 15;
/// The window.
const WINDOW: Nanoseconds = Nanoseconds::from_seconds(60);
/// At most this share of the targets may have answered, in percent: browsers also call many addresses, but get answers.
const MOST_ANSWERED_PERCENT: usize = 40;
/// The most calls kept per caller and the most callers kept.
const MOST_CALLS: usize = 20_000;
const MOST_CALLERS: usize = 20_000;
/// The most targets a finding lists.
const MOST_REMOTES: usize = 5;

/// Who calls: host or address, and process where known.
type Caller = (Option<HostId>, IpAddr, Option<Pid>);

/// State: calls by caller.
#[derive(Debug, Default)]
pub(super) struct SynSweep {
    calls: FxHashMap<Caller, Calls>,
}

#[derive(Debug, Default)]
struct Calls {
    host: Option<Text>,
    program: Option<Text>,
    grade: Grade,
    list: Vec<Call>,
}

#[derive(Clone, Copy, Debug)]
struct Call {
    time: Timestamp,
    remote: Endpoint,
    answered: Option<bool>,
    span: Span,
}

impl super::Detection for SynSweep {
    fn see(&mut self, conversation: &Conversation, sources: &Sources<'_>) {
        let outbound = conversation.direction != Some(Direction::Inbound);
        let (Some(time), Some(span)) = (conversation.first, conversation.proof.first()) else {
            return;
        };
        if conversation.protocol != IpProtocol::TCP || !outbound {
            return;
        }
        let (program, pid) = program_of(&conversation.process);
        let caller = (conversation.host, conversation.local.address, pid);
        if self.calls.len() >= MOST_CALLERS && !self.calls.contains_key(&caller) {
            return;
        }
        let calls = self.calls.entry(caller).or_insert_with(|| Calls {
            host: sources.host_label(conversation.host, Some(conversation.local.address)),
            program,
            grade: conversation.process.grade,
            list: Vec::new(),
        });
        if calls.list.len() < MOST_CALLS {
            calls.list.push(Call {
                time,
                remote: conversation.remote,
                answered: conversation.answered,
                span: *span,
            });
        }
    }

    fn finish(self: Box<Self>, _: &[ProcessLife], _: &Sources<'_>) -> Vec<RawFinding> {
        let mut callers: Vec<(Caller, Calls)> = self.calls.into_iter().collect();
        callers.sort_by_key(|(caller, _)| *caller);
        callers
            .into_iter()
            .filter_map(|((_, _, pid), calls)| calls.finding(pid))
            .collect()
    }
}

impl Calls {
    fn finding(mut self, pid: Option<Pid>) -> Option<RawFinding> {
        self.list.sort_by_key(|call| (call.time, call.remote));
        let sweep = sweep(&self.list)?;
        let (first, last) = (sweep.first()?.time, sweep.last()?.time);
        let targets: BTreeSet<IpAddr> = sweep.iter().map(|call| call.remote.address).collect();
        let spans = [sweep.first(), sweep.get(sweep.len() / 2), sweep.last()]
            .into_iter()
            .flatten()
            .map(|call| call.span);
        Some(RawFinding {
            severity: Severity::High,
            grade: if pid.is_some() { self.grade } else { Grade::Observed },
            kind: FindingKind::SynSweep {
                network: network(&targets),
                targets: targets.len() as u64,
                ports: main_ports(sweep),
                duration: last - first,
                answered: answered(sweep),
            },
            host: self.host,
            program: self.program,
            pid,
            first: Some(first),
            last: Some(last),
            remotes: sweep.iter().map(|call| call.remote).take(MOST_REMOTES).collect(),
            proof: Proof::of(spans),
        })
    }
}

/// The longest run of calls in which every window holds a sweep; none where there is no sweep.
fn sweep(calls: &[Call]) -> Option<&[Call]> {
    let mut start = 0;
    let mut found: Option<(usize, usize)> = None;
    let mut inside: BTreeMap<IpAddr, usize> = BTreeMap::new();
    for (end, call) in calls.iter().enumerate() {
        *inside.entry(call.remote.address).or_default() += 1;
        while calls.get(start).is_some_and(|first| call.time - first.time > WINDOW) {
            forget(&mut inside, calls.get(start));
            start += 1;
        }
        if inside.len() >= FEWEST_TARGETS && is_sweep(calls.get(start..=end).unwrap_or_default(), &inside) {
            found = Some(found.map_or((start, end), |(first, _)| (first, end)));
        }
    }
    let (first, last) = found?;
    calls.get(first..=last)
}

fn forget(inside: &mut BTreeMap<IpAddr, usize>, call: Option<&Call>) {
    let Some(call) = call else { return };
    if let Some(count) = inside.get_mut(&call.remote.address) {
        *count -= 1;
        if *count == 0 {
            inside.remove(&call.remote.address);
        }
    }
}

/// Few answers, and either neighbours or one port.
fn is_sweep(window: &[Call], targets: &BTreeMap<IpAddr, usize>) -> bool {
    let answered: BTreeSet<IpAddr> = window
        .iter()
        .filter(|call| call.answered == Some(true))
        .map(|call| call.remote.address)
        .collect();
    let told = window.iter().any(|call| call.answered.is_some());
    let quiet = answered.len() * 100 <= targets.len() * MOST_ANSWERED_PERCENT;
    let neighbours = most_in_one_network(targets.keys().copied()) * 2 >= targets.len();
    // Events without packets cannot tell answers, so that only neighbours count there.
    quiet && (neighbours || (told && has_main_port(window, targets.len())))
}

/// How many targets share the /24 (IPv4) or /112 (IPv6) that holds the most of them.
fn most_in_one_network(targets: impl Iterator<Item = IpAddr>) -> usize {
    let mut networks: BTreeMap<IpAddr, usize> = BTreeMap::new();
    for target in targets {
        *networks.entry(base(target)).or_default() += 1;
    }
    networks.into_values().max().unwrap_or(0)
}

/// The address with its last 8 (IPv4) or 16 (IPv6) bits cleared.
fn base(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(address) => IpAddr::V4((address.to_bits() & !0xff).into()),
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() & !0xffff).into()),
    }
}

fn has_main_port(window: &[Call], targets: usize) -> bool {
    let mut by_port: BTreeMap<u16, BTreeSet<IpAddr>> = BTreeMap::new();
    for call in window {
        by_port.entry(call.remote.port).or_default().insert(call.remote.address);
    }
    by_port.values().any(|addresses| addresses.len() * 10 >= targets * 9)
}

/// The one network of the targets, where most of them share it.
fn network(targets: &BTreeSet<IpAddr>) -> Option<Text> {
    let first = *targets.first()?;
    let mut bases: BTreeMap<IpAddr, usize> = BTreeMap::new();
    for target in targets {
        *bases.entry(base(*target)).or_default() += 1;
    }
    let (network, count) = bases.into_iter().max_by_key(|(_, count)| *count)?;
    let prefix = if first.is_ipv4() { 24 } else { 112 };
    (count * 10 >= targets.len() * 9).then(|| format!("{network}/{prefix}").into())
}

/// Ports that at least a tenth of the calls went to, in order.
fn main_ports(sweep: &[Call]) -> Vec<u16> {
    let mut ports: BTreeMap<u16, usize> = BTreeMap::new();
    for call in sweep {
        *ports.entry(call.remote.port).or_default() += 1;
    }
    ports
        .into_iter()
        .filter(|(_, count)| count * 10 >= sweep.len())
        .map(|(port, _)| port)
        .collect()
}

/// How many targets answered; none where no source could tell.
fn answered(sweep: &[Call]) -> Option<u64> {
    sweep.iter().find(|call| call.answered.is_some())?;
    let targets: BTreeSet<IpAddr> = sweep
        .iter()
        .filter(|call| call.answered == Some(true))
        .map(|call| call.remote.address)
        .collect();
    Some(targets.len() as u64)
}

#[cfg(test)]
mod tests {
    use whotalks_record::{EvidenceId, Span};

    use super::*;

    fn call(second: i64, host: u8, port: u16, answered: Option<bool>) -> Call {
        let remote = Endpoint::new(IpAddr::from([192, 168, 0, host]), port);
        Call {
            time: Timestamp::from_seconds(second, 0),
            remote,
            answered,
            span: Span::whole(EvidenceId(1)),
        }
    }

    #[test]
    fn many_silent_neighbours_are_a_sweep() {
        let calls: Vec<Call> = (1..=33)
            .map(|host| call(i64::from(host) / 8, host, 445, Some(false)))
            .collect();
        let found = sweep(&calls).unwrap();
        assert_eq!((found.len(), answered(found)), (33, Some(0)));
        let targets = found.iter().map(|call| call.remote.address).collect();
        assert_eq!(network(&targets).as_deref(), Some("192.168.0.0/24"));
    }

    #[test]
    fn many_answering_servers_are_no_sweep() {
        let calls: Vec<Call> = (1..=33).map(|host| call(1, host, 443, Some(true))).collect();
        assert!(sweep(&calls).is_none());
    }

    #[test]
    fn the_same_calls_over_an_hour_are_no_sweep() {
        let calls: Vec<Call> = (1..=33)
            .map(|host| call(i64::from(host) * 120, host, 445, Some(false)))
            .collect();
        assert!(sweep(&calls).is_none());
    }
}
