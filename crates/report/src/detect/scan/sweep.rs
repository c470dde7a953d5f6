//! SYN sweep: one program, or one host, calls many neighbouring addresses or one port on many, and hardly anyone answers.
//!
//! **Example**: `spollsv.exe` sends SYN to 33 neighbours on 135, 139, 445 and 80.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use rustc_hash::FxHashMap;
use whotalks_record::{Grade, Pid, Text};

use super::{Call, Calls, RawFinding, WINDOW, is_quiet, proof, take_one};
use crate::proof::Proof;
use crate::{FindingKind, Severity};

/// Distinct addresses within the window that make a sweep.
const FEWEST_TARGETS: usize = 15;
/// The most targets a finding lists.
const MOST_REMOTES: usize = 5;

/// The sweep among the calls of one caller.
pub(super) fn find(pid: Option<Pid>, calls: &mut Calls) -> Option<RawFinding> {
    if calls.list.len() < FEWEST_TARGETS {
        return None;
    }
    calls.list.sort_unstable_by_key(|call| (call.time, call.remote));
    let sweep = sweep(&calls.list)?;
    let (first, last) = (sweep.first()?.time, sweep.last()?.time);
    let targets: BTreeSet<IpAddr> = sweep.iter().map(|call| call.remote.address).collect();
    Some(RawFinding {
        severity: Severity::High,
        grade: if pid.is_some() { calls.grade } else { Grade::Observed },
        kind: FindingKind::SynSweep {
            network: network(&targets),
            targets: targets.len() as u64,
            ports: main_ports(sweep),
            duration: last - first,
            answered: answered(sweep),
        },
        host: calls.host.clone(),
        program: calls.program.clone(),
        pid,
        first: Some(first),
        last: Some(last),
        remotes: sweep.iter().map(|call| call.remote).take(MOST_REMOTES).collect(),
        proof: Proof::of(proof(sweep)),
    })
}

/// The calls from the first window that holds a sweep to the last one; none where there is no sweep.
fn sweep(calls: &[Call]) -> Option<&[Call]> {
    let mut start = 0;
    let mut found: Option<(usize, usize)> = None;
    let mut inside = Window::default();
    for (end, call) in calls.iter().enumerate() {
        inside.add(call);
        while let Some(first) = calls.get(start).filter(|first| call.time - first.time > WINDOW) {
            inside.remove(first);
            start += 1;
        }
        if inside.is_sweep(call) {
            found = Some((found.map_or(start, |(first, _)| first), end));
        }
    }
    let (first, last) = found?;
    calls.get(first..=last)
}

/// The calls of one window, counted such that a call comes and goes in constant time: a flood is as cheap as a trickle.
#[derive(Default)]
struct Window {
    /// Calls by target.
    targets: FxHashMap<IpAddr, usize>,
    /// Answered calls by target.
    answered: FxHashMap<IpAddr, usize>,
    /// Targets by network.
    networks: FxHashMap<IpAddr, usize>,
    /// Calls by port and target.
    ends: FxHashMap<(u16, IpAddr), usize>,
    /// Targets by port.
    ports: FxHashMap<u16, usize>,
    /// Calls from a source that can tell answers.
    told: usize,
}

impl Window {
    fn add(&mut self, call: &Call) {
        let (address, port) = (call.remote.address, call.remote.port);
        if count(&mut self.targets, address) == 1 {
            count(&mut self.networks, base(address));
        }
        if count(&mut self.ends, (port, address)) == 1 {
            count(&mut self.ports, port);
        }
        if call.answered == Some(true) {
            count(&mut self.answered, address);
        }
        self.told += usize::from(call.answered.is_some());
    }

    fn remove(&mut self, call: &Call) {
        let (address, port) = (call.remote.address, call.remote.port);
        take_one(&mut self.targets, &address);
        if !self.targets.contains_key(&address) {
            take_one(&mut self.networks, &base(address));
        }
        take_one(&mut self.ends, &(port, address));
        if !self.ends.contains_key(&(port, address)) {
            take_one(&mut self.ports, &port);
        }
        if call.answered == Some(true) {
            take_one(&mut self.answered, &address);
        }
        self.told -= usize::from(call.answered.is_some());
    }

    /// Whether the window's last call is part of a sweep: few answers, and either to the network of half of the targets or to the
    /// port of nine in ten. Events without packets cannot tell answers, so that only neighbours count there.
    fn is_sweep(&self, last: &Call) -> bool {
        let targets = self.targets.len();
        if targets < FEWEST_TARGETS || !is_quiet(self.answered.len(), targets) {
            return false;
        }
        let of = |count: Option<&usize>| count.copied().unwrap_or(0);
        let neighbours = of(self.networks.get(&base(last.remote.address))) * 2 >= targets;
        let one_port = of(self.ports.get(&last.remote.port)) * 10 >= targets * 9;
        neighbours || (self.told > 0 && one_port)
    }
}

/// Counts one more of `key`; how many there are now.
fn count<K: Eq + std::hash::Hash>(counts: &mut FxHashMap<K, usize>, key: K) -> usize {
    let count = counts.entry(key).or_default();
    *count += 1;
    *count
}

/// The address with its last 8 (IPv4) or 16 (IPv6) bits cleared.
fn base(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(address) => IpAddr::V4((address.to_bits() & !0xff).into()),
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() & !0xffff).into()),
    }
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
    use std::time::Instant;

    use whotalks_record::Endpoint;

    use super::super::tests;
    use super::*;

    fn call(second: i64, host: u8, port: u16, answered: Option<bool>) -> Call {
        tests::call(second, Endpoint::new(IpAddr::from([192, 168, 0, host]), port), answered)
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

    #[test]
    fn half_a_million_calls_within_one_window_are_judged_one_by_one_and_not_pair_by_pair() {
        let remote = |number: u32| Endpoint::new(IpAddr::V4((0x0b00_0000 + number * 257).into()), 443);
        let calls: Vec<Call> = (0..500_000)
            .map(|number| tests::call(0, remote(number), Some(true)))
            .collect();
        let began = Instant::now();
        assert!(sweep(&calls).is_none());
        assert!(began.elapsed().as_secs() < 30, "{:?}", began.elapsed());
    }
}
