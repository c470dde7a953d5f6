//! Port scan: many ports of one address are tried, and hardly any answers. The caller may be a host of the case or call one.
//!
//! **Example**: 1,994 ports of 64.13.134.52 within 23 seconds, of which 4 answer.

use std::net::IpAddr;

use rustc_hash::FxHashMap;
use whotalks_record::Grade;

use super::{Call, Caller, Calls, RawFinding, WINDOW, is_quiet, proof};
use crate::proof::Proof;
use crate::{FindingKind, Severity};

/// Distinct ports of one address within the window that make a scan; file transfer and remote procedure calls use a handful.
const FEWEST_PORTS: usize = 25;

/// The scans among the calls of one caller, by target.
pub(super) fn find(caller: Caller, calls: &mut Calls) -> Vec<(IpAddr, RawFinding)> {
    if calls.list.len() < FEWEST_PORTS {
        return Vec::new();
    }
    calls
        .list
        .sort_unstable_by_key(|call| (call.remote.address, call.time, call.remote.port));
    let targets = calls
        .list
        .chunk_by(|one, next| one.remote.address == next.remote.address);
    targets
        .filter_map(|calls_to_one| {
            let target = calls_to_one.first()?.remote.address;
            Some((target, finding(caller, calls, scan(calls_to_one)?)?))
        })
        .collect()
}

/// The calls from the first window that holds a scan to the last one; only packets tell answers, so only they show a scan.
fn scan(calls: &[Call]) -> Option<&[Call]> {
    if calls.len() < FEWEST_PORTS || !calls.iter().any(|call| call.answered.is_some()) {
        return None;
    }
    let mut found: Option<(usize, usize)> = None;
    let mut ports = Ports::default();
    let mut start = 0;
    for (end, call) in calls.iter().enumerate() {
        ports.add(call);
        while let Some(first) = calls.get(start).filter(|first| call.time - first.time > WINDOW) {
            ports.remove(first);
            start += 1;
        }
        if ports.calls.len() >= FEWEST_PORTS && is_quiet(ports.answered.len(), ports.calls.len()) {
            found = Some((found.map_or(start, |(first, _)| first), end));
        }
    }
    let (first, last) = found?;
    calls.get(first..=last)
}

fn finding(caller: Caller, calls: &Calls, scan: &[Call]) -> Option<RawFinding> {
    let (first, last) = (scan.first()?, scan.last()?);
    let (_, address, pid, inbound) = caller;
    let mut all = Ports::default();
    scan.iter().for_each(|call| all.add(call));
    Some(RawFinding {
        // The Internet is scanned all the time; that a host of one's own scans is another matter.
        severity: if inbound { Severity::Low } else { Severity::High },
        grade: if pid.is_some() { calls.grade } else { Grade::Observed },
        kind: FindingKind::PortScan {
            caller: address,
            target: first.remote.address,
            ports: all.calls.len() as u64,
            duration: last.time - first.time,
            answered: all.answered.len() as u64,
        },
        host: calls.host.clone(),
        program: calls.program.clone(),
        pid,
        first: Some(first.time),
        last: Some(last.time),
        remotes: vec![if inbound {
            whotalks_record::Endpoint::new(address, 0)
        } else {
            first.remote
        }],
        proof: Proof::of(proof(scan)),
    })
}

/// Ports with the number of calls to them, and those that answered.
#[derive(Default)]
struct Ports {
    calls: FxHashMap<u16, usize>,
    answered: FxHashMap<u16, usize>,
}

impl Ports {
    fn add(&mut self, call: &Call) {
        *self.calls.entry(call.remote.port).or_default() += 1;
        if call.answered == Some(true) {
            *self.answered.entry(call.remote.port).or_default() += 1;
        }
    }

    fn remove(&mut self, call: &Call) {
        super::take_one(&mut self.calls, &call.remote.port);
        if call.answered == Some(true) {
            super::take_one(&mut self.answered, &call.remote.port);
        }
    }
}

#[cfg(test)]
mod tests {
    use whotalks_record::Endpoint;

    use super::super::tests::call;
    use super::*;

    fn calls(ports: u16, seconds_apart: i64, answered: Option<bool>) -> Vec<Call> {
        let remote = |port| Endpoint::new(IpAddr::from([192, 0, 2, 7]), port);
        (1..=ports)
            .map(|port| call(i64::from(port) * seconds_apart, remote(port), answered))
            .collect()
    }

    #[test]
    fn many_silent_ports_are_a_scan() {
        assert_eq!(scan(&calls(25, 1, Some(false))).map(<[Call]>::len), Some(25));
    }

    #[test]
    fn a_file_transfer_with_many_answering_ports_is_no_scan() {
        assert!(scan(&calls(200, 1, Some(true))).is_none());
    }

    #[test]
    fn ports_over_hours_and_calls_whose_answers_nobody_saw_are_no_scan() {
        assert!(scan(&calls(200, 60, Some(false))).is_none());
        assert!(scan(&calls(200, 1, None)).is_none());
    }

    #[test]
    fn one_port_that_is_called_again_and_again_is_no_scan() {
        let remote = Endpoint::new(IpAddr::from([192, 0, 2, 7]), 443);
        let calls: Vec<Call> = (0..500).map(|second| call(second / 10, remote, Some(false))).collect();
        assert!(scan(&calls).is_none());
    }
}
