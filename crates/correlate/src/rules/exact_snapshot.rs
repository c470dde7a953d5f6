//! Rule "exact snapshot": a socket listing shows this very 5-tuple.
//!
//! Window: the snapshot lies inside the flow's life (plus the snapshot's own uncertainty). Grade: observed; derived where the
//! time of the listing is not known. Defeated by: a port reused around the snapshot (rows of two processes conflict).

use rustc_hash::FxHashMap;
use whotalks_record::{Grade, Nanoseconds, Pid, Socket, SocketState, Timestamp};

use super::claim::Claim;
use super::subject::{Subject, TupleKey};
use crate::ProcessRule;
use crate::clocks::{Clock, Clocks};
use crate::hosts::Hosts;
use crate::listings::Listings;
use crate::observed::Observed;

/// A connection stays in a listing for this long after its last packet: TIME_WAIT and the FIN_WAIT states last up to four
/// minutes by default (RFC 9293 3.6.1).
const AFTER_LAST_PACKET: Nanoseconds = Nanoseconds::from_seconds(240);

/// A connection whose beginning or end was not captured may have been open this much longer.
const LONGEST_UNSEEN_LIFE: Nanoseconds = Nanoseconds::from_seconds(24 * 3600);

/// Rows of socket listings by 5-tuple.
#[derive(Debug, Default)]
pub(crate) struct SocketIndex<'a> {
    by_tuple: FxHashMap<TupleKey, Vec<ListedSocket<'a>>>,
}

/// A row with the time of its listing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ListedSocket<'a> {
    pub(crate) socket: &'a Socket,
    /// On the reference clock; none where unknown.
    pub(crate) time: Option<Timestamp>,
    uncertainty: Nanoseconds,
}

impl<'a> SocketIndex<'a> {
    pub(crate) fn build(observed: &'a Observed, listings: &Listings, hosts: &Hosts, clocks: &Clocks) -> Self {
        let mut by_tuple: FxHashMap<TupleKey, Vec<ListedSocket<'a>>> = FxHashMap::default();
        for socket in &observed.sockets {
            let evidence = socket.span.evidence;
            let (Some(host), Some(remote)) = (hosts.of_listing(evidence), socket.remote) else {
                continue;
            };
            let taken = listings.of(socket.span, socket.snapshot);
            let clock = Clock::of_evidence(evidence);
            let listed = ListedSocket {
                socket,
                time: taken.map(|taken| clocks.to_reference(clock, Some(host), taken.time)),
                uncertainty: taken.map_or(Nanoseconds::ZERO, |taken| taken.uncertainty),
            };
            by_tuple
                .entry((host, socket.protocol, socket.local, remote))
                .or_default()
                .push(listed);
        }
        Self { by_tuple }
    }

    /// All 5-tuples with their rows, in order.
    pub(crate) fn tuples(&self) -> Vec<(&TupleKey, &[ListedSocket<'a>])> {
        let mut all: Vec<_> = self.by_tuple.iter().map(|(key, rows)| (key, rows.as_slice())).collect();
        all.sort_by_key(|(key, _)| **key);
        all
    }

    /// The rows of a 5-tuple that may belong to `subject`.
    pub(crate) fn during(&self, subject: &Subject) -> Vec<ListedSocket<'a>> {
        let rows = self
            .by_tuple
            .get(&subject.tuple())
            .map(Vec::as_slice)
            .unwrap_or_default();
        rows.iter()
            .filter(|row| row.grade_for(subject).is_some())
            .copied()
            .collect()
    }

    /// The claims of this rule.
    pub(crate) fn claims(&self, subject: &Subject) -> Vec<Claim> {
        let claim = |row: &ListedSocket<'a>| row.claim(row.grade_for(subject)?, subject.first);
        self.during(subject).iter().filter_map(claim).collect()
    }
}

impl ListedSocket<'_> {
    /// How sure the row is for `subject`; none where it shows another flow.
    fn grade_for(&self, subject: &Subject) -> Option<Grade> {
        let Some(time) = self.time else {
            return Some(Grade::Derived);
        };
        let within = subject.first <= time && time <= subject.last;
        if within {
            return Some(Grade::Observed);
        }
        let before = if subject.start_seen {
            Nanoseconds::ZERO
        } else {
            LONGEST_UNSEEN_LIFE
        };
        let after = if subject.end_seen {
            AFTER_LAST_PACKET
        } else {
            LONGEST_UNSEEN_LIFE
        };
        let from = subject.first - self.uncertainty - before;
        let until = subject.last + self.uncertainty + after;
        (from <= time && time <= until).then_some(Grade::Derived)
    }

    /// A row in TIME_WAIT belongs to pid 0, which is nobody.
    fn claim(&self, grade: Grade, fallback: Timestamp) -> Option<Claim> {
        let pid = self
            .socket
            .pid
            .filter(|pid| *pid != Pid::IDLE && self.socket.state != Some(SocketState::TimeWait));
        if pid.is_none() && self.socket.image.is_none() {
            return None;
        }
        Some(Claim {
            rule: ProcessRule::ExactSnapshot,
            grade,
            pid,
            image: self.socket.image.clone(),
            service: self.socket.component.clone(),
            time: self.time.unwrap_or(fallback),
            stated: self.time.unwrap_or(fallback),
            proof: vec![self.socket.span],
        })
    }
}
