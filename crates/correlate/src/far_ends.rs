//! When conversations with those far ends began that a host is known to have called without saying from where.

use rustc_hash::{FxHashMap, FxHashSet};
use whotalks_record::{Endpoint, Flow, IpProtocol, Nanoseconds, Timestamp};

use crate::observed::Observed;

/// The most beginnings that are remembered for one far end; a call among more of them within seconds is not told apart anyway.
const MOST_BEGINNINGS: usize = 65_536;

/// The beginnings, by far end.
#[derive(Debug, Default)]
pub(crate) struct FarEnds {
    wanted: FxHashSet<Endpoint>,
    begun: FxHashMap<(IpProtocol, Endpoint), Vec<(Timestamp, Endpoint)>>,
}

impl FarEnds {
    /// Of which far ends calls speak.
    pub(crate) fn of(observed: &Observed) -> Self {
        let carriers = observed.requests.iter().filter_map(|request| request.carrier);
        let called = carriers.filter(|carrier| carrier.local.is_none());
        let called = called.map(|carrier| carrier.remote);
        Self {
            wanted: observed
                .calls
                .iter()
                .filter_map(|call| call.remote)
                .chain(called)
                .collect(),
            begun: FxHashMap::default(),
        }
    }

    /// Remembers the beginning of a flow of which one end is wanted.
    pub(crate) fn note(&mut self, flow: &Flow) {
        let (client, server) = (flow.key.client, flow.key.server);
        for (far, near) in [(client, server), (server, client)] {
            if let (true, Some(first)) = (self.wanted.contains(&far), flow.first) {
                self.add(flow.key.protocol, far, first, near);
            }
        }
    }

    /// Remembers that an event tells of a conversation with a far end that is wanted.
    pub(crate) fn note_event(&mut self, protocol: IpProtocol, far: Endpoint, time: Timestamp, near: Endpoint) {
        if self.wanted.contains(&far) {
            self.add(protocol, far, time, near);
        }
    }

    fn add(&mut self, protocol: IpProtocol, far: Endpoint, time: Timestamp, near: Endpoint) {
        let begun = self.begun.entry((protocol, far)).or_default();
        if begun.len() < MOST_BEGINNINGS {
            begun.push((time, near));
        }
    }

    /// Puts what was noted into order.
    pub(crate) fn sort(&mut self) {
        for begun in self.begun.values_mut() {
            begun.sort_unstable();
        }
    }

    /// The near ends whose conversations with a far end began, or were going on, around a moment.
    pub(crate) fn near_ends(
        &self,
        (protocol, far): (IpProtocol, Endpoint),
        moment: Timestamp,
        within: Nanoseconds,
    ) -> FxHashSet<Endpoint> {
        let begun = self.begun.get(&(protocol, far)).map(Vec::as_slice).unwrap_or_default();
        let from = begun.partition_point(|(time, _)| *time < moment - within);
        let near = begun.get(from..).unwrap_or_default().iter();
        let near = near.take_while(|(time, _)| *time <= moment + within);
        near.map(|(_, near)| *near).collect()
    }
}
