//! One pass over the flows before anything is joined: what must be known about all of them to judge one.

use std::net::IpAddr;

use rustc_hash::{FxHashMap, FxHashSet};
use whotalks_record::{
    Endpoint, EvidenceId, Flow, FlowKey, NameObservation, Timestamp, is_multicast_or_broadcast, is_public,
};

use crate::clocks::wanted;
use crate::far_ends::FarEnds;
use crate::name::EncryptedDns;
use crate::observed::{FlowStream, Observed};
use crate::rules::Subject;
use crate::sessions::TraceSessions;

/// The most addresses counted for one capture; the host that captured is among the first ones in any case.
const MOST_ADDRESSES: usize = 65_536;
/// The most proxies that are remembered.
const MOST_PROXIES: usize = 65_536;
/// Fewer flows do not show whose capture it is.
const FEWEST_FLOWS: u64 = 3;
/// The host that captured is an end of at least this share of the flows, in percent.
const OWN_SHARE_PERCENT: u64 = 80;

/// What the flows of a case have in common.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// The first capture, whose clock is the reference.
    pub(crate) reference: Option<EvidenceId>,
    /// The lives of all flows of the wanted 5-tuples.
    pub(crate) lives: Lives,
    /// Addresses of the host that captured, by capture.
    pub(crate) own_addresses: FxHashMap<EvidenceId, Vec<IpAddr>>,
    /// Ends that were asked to go on to another target.
    pub(crate) proxies: FxHashSet<Endpoint>,
    /// Who asks names where nobody can read them.
    pub(crate) encrypted_dns: EncryptedDns,
    /// Connections between programs of one host.
    pub(crate) loopback: LoopbackFlows,
    /// Beginnings of conversations with far ends that hosts called.
    pub(crate) far_ends: FarEnds,
}

/// Captured loopback connections of the wanted 5-tuples, client first.
#[derive(Debug, Default)]
pub(crate) struct LoopbackFlows {
    by_key: FxHashMap<FlowKey, Vec<LoopbackFlow>>,
}

/// What packets tell of a loopback connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LoopbackFlow {
    first: Timestamp,
    pub(crate) last: Timestamp,
    /// Bytes that the client sent for the application.
    pub(crate) sent_bytes: u64,
}

/// When the flows of each 5-tuple (undirected) were alive.
#[derive(Debug, Default)]
pub(crate) struct Lives {
    by_key: FxHashMap<FlowKey, Vec<(Timestamp, Timestamp)>>,
}

/// How often addresses of one family are an end of a flow.
#[derive(Debug, Default)]
struct Ends {
    flows: u64,
    by_address: FxHashMap<IpAddr, u64>,
}

impl Survey {
    /// Looks at all flows; of their 5-tuples only those that `observed` speaks of are remembered.
    pub(crate) fn take(flows: &dyn FlowStream, observed: &Observed, sessions: &TraceSessions) -> Self {
        let wanted = &wanted(observed);
        let mut survey = Self {
            far_ends: FarEnds::of(observed),
            ..Self::default()
        };
        let mut ends: FxHashMap<(EvidenceId, bool), Ends> = FxHashMap::default();
        flows.visit(&mut |flow, names| {
            survey.reference.get_or_insert(flow.span.evidence);
            survey.lives.note(flow, wanted);
            survey.loopback.note(flow, wanted);
            survey.far_ends.note(flow);
            let evidence = flow.span.evidence;
            let taken_as_one = sessions.files_with(evidence).first().copied().unwrap_or(evidence);
            ends.entry((taken_as_one, flow.key.client.address.is_ipv4()))
                .or_default()
                .add(flow);
            survey.note_proxy(names);
            survey.encrypted_dns.note(flow, names);
        });
        for ((evidence, _), ends) in ends {
            let own = ends.own();
            for file in sessions.files_with(evidence).iter().copied().chain([evidence]) {
                let known = survey.own_addresses.entry(file).or_default();
                known.extend(own.filter(|own| !known.contains(own)));
            }
        }
        for own in survey.own_addresses.values_mut() {
            own.sort_unstable();
        }
        survey
    }

    fn note_proxy(&mut self, names: &[NameObservation]) {
        let asked = names.iter().find(|name| name.source.is_proxy_target());
        if let Some(name) = asked.filter(|_| self.proxies.len() < MOST_PROXIES) {
            self.proxies.insert(name.key.server);
        }
    }
}

impl LoopbackFlows {
    fn note(&mut self, flow: &Flow, wanted: &FxHashSet<FlowKey>) {
        let is_inner = flow.key.client.address.is_loopback() && flow.key.server.address.is_loopback();
        let wanted = is_inner && wanted.contains(&flow.key.undirected());
        if let (true, Some(first), Some(last)) = (wanted, flow.first, flow.last) {
            let sent_bytes = flow.sent.payload_bytes;
            self.by_key.entry(flow.key).or_default().push(LoopbackFlow {
                first,
                last,
                sent_bytes,
            });
        }
    }

    /// The flow of a 5-tuple whose beginning is the nearest to a moment.
    pub(crate) fn at(&self, key: FlowKey, moment: Timestamp) -> Option<LoopbackFlow> {
        let flows = self.by_key.get(&key)?.iter();
        flows.min_by_key(|flow| flow.first.distance(moment)).copied()
    }
}

impl Lives {
    fn note(&mut self, flow: &Flow, wanted: &FxHashSet<FlowKey>) {
        let key = flow.key.undirected();
        if let (true, Some(first), Some(last)) = (wanted.contains(&key), flow.first, flow.last) {
            self.by_key.entry(key).or_default().push((first, last));
        }
    }

    /// The first moment of a 5-tuple that occurs in exactly one flow.
    pub(crate) fn unique_start(&self, key: FlowKey) -> Option<Timestamp> {
        match self.by_key.get(&key.undirected())?.as_slice() {
            [(first, _)] => Some(*first),
            _ => None,
        }
    }

    /// Whether no other flow has the subject's 5-tuple.
    pub(crate) fn is_only(&self, subject: &Subject) -> bool {
        self.of(subject).len() <= 1
    }

    /// Whether, of all flows of the subject's 5-tuple, the subject is the nearest to a moment: what was seen then speaks of it
    /// and of no other.
    pub(crate) fn is_nearest(&self, subject: &Subject, time: Timestamp) -> bool {
        let own = distance((subject.first, subject.last), time);
        self.of(subject).iter().all(|life| own <= distance(*life, time))
    }

    fn of(&self, subject: &Subject) -> &[(Timestamp, Timestamp)] {
        let key = FlowKey {
            protocol: subject.protocol,
            client: subject.local,
            server: subject.remote,
        };
        self.by_key
            .get(&key.undirected())
            .map(Vec::as_slice)
            .unwrap_or_default()
    }
}

/// How far a moment lies outside a life; zero inside.
fn distance((first, last): (Timestamp, Timestamp), time: Timestamp) -> i64 {
    (first - time).0.max((time - last).0).max(0)
}

impl Ends {
    fn add(&mut self, flow: &Flow) {
        let (client, server) = (flow.key.client.address, flow.key.server.address);
        if [client, server].into_iter().any(is_multicast_or_broadcast) {
            return;
        }
        self.flows += 1;
        for address in [client, server] {
            if self.by_address.len() < MOST_ADDRESSES || self.by_address.contains_key(&address) {
                *self.by_address.entry(address).or_default() += 1;
            }
        }
    }

    /// The address that is an end of nearly all flows; of two that are, the one that is not public.
    fn own(self) -> Option<IpAddr> {
        let enough = self.flows * OWN_SHARE_PERCENT;
        let common = self.by_address.into_iter().filter(|(_, count)| count * 100 >= enough);
        let common: Vec<IpAddr> = common.map(|(address, _)| address).collect();
        let mut inner = common
            .iter()
            .filter(|address| common.len() == 1 || !is_public(**address));
        let own = inner.next().copied().filter(|_| self.flows >= FEWEST_FLOWS)?;
        inner.next().is_none().then_some(own)
    }
}
