//! What correlation works on: everything the readers said, as it was said.

use std::collections::BTreeMap;

use whotalks_record::{
    AddressName, CachedName, ConnectionEvent, DeviceFact, DnsAnswer, DnsRecordData, DnsTransaction, EvidenceId, Filter,
    FilterLayer, Flow, HostEvent, Issue, IssueKind, LogGap, NameObservation, NetworkProtectionEvent, PacketOwner,
    ProcessEvent, Record, ResolverEvent, RuleChange, Snapshot, Socket, SocketCall, SourceRange, Span, Text, WebRequest,
};

/// The most DNS transactions kept, over all evidence; one takes about 400 bytes here and in the index over them.
const MOST_DNS_TRANSACTIONS: usize = 400_000;

/// The most processes of packets kept, over all evidence; one takes about 200 bytes here and in the index over them.
const MOST_PACKET_OWNERS: usize = 400_000;

/// Observed records by kind, in the order of the evidence. Flows are not here: they can be many and are streamed.
#[derive(Clone, Debug, Default)]
pub struct Observed {
    /// What is known about each piece of evidence from outside.
    pub evidence: Vec<EvidenceFacts>,
    /// Connection, bind, listen, block and drop events.
    pub connections: Vec<ConnectionEvent>,
    /// Calls of the socket driver that do not name both ends and the process.
    pub calls: Vec<SocketCall>,
    /// Process starts, ends and sightings.
    pub processes: Vec<ProcessEvent>,
    /// Names asked, by the hosts' own logs.
    pub resolver: Vec<ResolverEvent>,
    /// What HTTP libraries and transfer services say of requests.
    pub requests: Vec<WebRequest>,
    /// Connections that network protection blocked, or would have blocked.
    pub protection: Vec<NetworkProtectionEvent>,
    /// Listings.
    pub snapshots: Vec<Snapshot>,
    /// Socket rows.
    pub sockets: Vec<Socket>,
    /// Filters.
    pub filters: Vec<Filter>,
    /// Layers of filter dumps with their run-time identifiers.
    pub layers: Vec<FilterLayer>,
    /// Firewall rule changes.
    pub rules: Vec<RuleChange>,
    /// Boots and the like.
    pub host_events: Vec<HostEvent>,
    /// Runs of records that logs have lost.
    pub gaps: Vec<LogGap>,
    /// DNS seen in packets, as far as it gives addresses their names; bounded.
    pub dns: Vec<DnsTransaction>,
    /// How many such transactions went over the bound, by evidence.
    pub dns_omitted: BTreeMap<EvidenceId, u64>,
    /// Processes that the capturing host names for the packets of flows; bounded.
    pub owners: Vec<PacketOwner>,
    /// How many of them went over the bound, by evidence.
    pub owners_omitted: BTreeMap<EvidenceId, u64>,
    /// Names that capture files give addresses.
    pub address_names: Vec<AddressName>,
    /// Entries of the hosts' own DNS caches.
    pub cached_names: Vec<CachedName>,
    /// Settings, names and addresses of hosts.
    pub device_facts: Vec<DeviceFact>,
    /// What each source covered.
    pub ranges: Vec<SourceRange>,
}

/// What is known about a piece of evidence apart from its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceFacts {
    /// Its number.
    pub id: EvidenceId,
    /// The folder it lay in, as a path text; files of one folder are taken to be of one host where nothing else says so.
    pub folder: Text,
    /// The computer that a collector's own stamp in its path names; it was collected there.
    pub computer: Option<Text>,
    /// Whether it is a binary event log, whose lowest record number tells whether older records were overwritten.
    pub is_event_log: bool,
    /// Whether it is an event trace: written by one host, on that host's clock, whatever it holds.
    pub is_trace: bool,
    /// The lowest record number in it, where it is an event log.
    pub first_record: Option<u64>,
}

/// Flows with the names that travelled in them, as often as asked and each time in the same order.
pub trait FlowStream {
    /// Calls `visit` for every flow.
    fn visit(&self, visit: &mut dyn FnMut(&Flow, &[NameObservation]));
}

/// Flows held in memory.
impl FlowStream for Vec<(Flow, Vec<NameObservation>)> {
    fn visit(&self, visit: &mut dyn FnMut(&Flow, &[NameObservation])) {
        for (flow, names) in self {
            visit(flow, names);
        }
    }
}

impl Observed {
    /// Files a record under its kind. Flows and the names in them belong into a [`FlowStream`] and are passed over, as are
    /// counters, which no rule uses.
    pub fn file(&mut self, record: Record) {
        match record {
            Record::Dns(record) => self.file_dns(record, MOST_DNS_TRANSACTIONS),
            Record::Owner(record) => self.file_owner(record, MOST_PACKET_OWNERS),
            Record::Connection(record) => self.connections.push(record),
            Record::Call(record) => self.calls.push(record),
            Record::Request(record) => self.requests.push(record),
            Record::Protection(record) => self.protection.push(record),
            Record::Process(record) => self.processes.push(record),
            Record::Resolver(record) => self.resolver.push(record),
            Record::Socket(record) => self.sockets.push(record),
            Record::Snapshot(record) => self.snapshots.push(record),
            Record::Filter(record) => self.filters.push(record),
            Record::FilterLayer(record) => self.layers.push(record),
            Record::Rule(record) => self.rules.push(record),
            Record::Host(record) => self.host_events.push(record),
            Record::Gap(record) => self.gaps.push(record),
            Record::AddressName(record) => self.address_names.push(record),
            Record::CachedName(record) => self.cached_names.push(record),
            Record::Device(record) => self.device_facts.push(record),
            Record::Range(record) => self.ranges.push(record),
            Record::Flow(_) | Record::Name(_) | Record::Counter(_) => {}
        }
    }

    /// Files a transaction that can name an address, as long as there is room: the earliest ones stay, whatever comes later.
    fn file_dns(&mut self, mut record: DnsTransaction, most: usize) {
        let is_address = |answer: &DnsAnswer| matches!(answer.data, DnsRecordData::Address(_));
        if !record.answers.iter().any(is_address) {
            return;
        }
        if self.dns.len() < most {
            record.answers.shrink_to_fit();
            self.dns.push(record);
        } else {
            *self.dns_omitted.entry(record.span.evidence).or_default() += 1;
        }
    }

    /// Files a process of packets, as long as there is room: the earliest ones stay, whatever comes later.
    fn file_owner(&mut self, record: PacketOwner, most: usize) {
        if self.owners.len() < most {
            self.owners.push(record);
        } else {
            *self.owners_omitted.entry(record.span.evidence).or_default() += 1;
        }
    }

    /// What of one piece of evidence went over a bound, as its manifest says it.
    pub fn bound_reached(&self, evidence: EvidenceId) -> Vec<Issue> {
        let bounds = [
            ("correlate.dns_transactions", MOST_DNS_TRANSACTIONS, &self.dns_omitted),
            ("correlate.packet_owners", MOST_PACKET_OWNERS, &self.owners_omitted),
        ];
        let reached = bounds.into_iter().filter_map(|(bound, limit, omitted)| {
            let (count, limit) = (*omitted.get(&evidence)?, limit as u64);
            let kind = IssueKind::BoundReached { bound, limit, count };
            let span = Span::whole(evidence);
            Some(Issue { span, kind })
        });
        reached.collect()
    }

    /// Forgets what one piece of evidence said; used where a stream turns out to be a duplicate only at its end.
    pub fn forget(&mut self, evidence: EvidenceId) {
        self.connections.retain(|one| one.span.evidence != evidence);
        self.calls.retain(|one| one.span.evidence != evidence);
        self.processes.retain(|one| one.span.evidence != evidence);
        self.resolver.retain(|one| one.span.evidence != evidence);
        self.requests.retain(|one| one.span.evidence != evidence);
        self.protection.retain(|one| one.span.evidence != evidence);
        self.snapshots.retain(|one| one.span.evidence != evidence);
        self.sockets.retain(|one| one.span.evidence != evidence);
        self.filters.retain(|one| one.span.evidence != evidence);
        self.layers.retain(|one| one.span.evidence != evidence);
        self.rules.retain(|one| one.span.evidence != evidence);
        self.host_events.retain(|one| one.span.evidence != evidence);
        self.gaps.retain(|one| one.span.evidence != evidence);
        self.dns.retain(|one| one.span.evidence != evidence);
        self.dns_omitted.remove(&evidence);
        self.owners.retain(|one| one.span.evidence != evidence);
        self.owners_omitted.remove(&evidence);
        self.address_names.retain(|one| one.span.evidence != evidence);
        self.cached_names.retain(|one| one.span.evidence != evidence);
        self.device_facts.retain(|one| one.span.evidence != evidence);
        self.ranges.retain(|one| one.evidence != evidence);
        self.evidence.retain(|one| one.id != evidence);
    }

    /// The facts of one piece of evidence.
    pub fn facts(&self, id: EvidenceId) -> Option<&EvidenceFacts> {
        self.evidence.iter().find(|facts| facts.id == id)
    }

    /// The snapshot that a row belongs to.
    pub fn snapshot_of(&self, row: Span, number: u32) -> Option<&Snapshot> {
        self.snapshots
            .iter()
            .find(|snapshot| snapshot.span.evidence == row.evidence && snapshot.number == number)
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use whotalks_record::{DnsTransport, Endpoint, FlowId, Timestamp};

    use super::*;

    fn transaction(evidence: u32, data: DnsRecordData) -> DnsTransaction {
        let end = |port| Endpoint::new(IpAddr::from([10, 0, 0, 1]), port);
        DnsTransaction {
            span: Span::whole(EvidenceId(evidence)),
            flow: FlowId(0),
            client: end(5_000),
            server: end(53),
            transport: DnsTransport::Udp,
            asked: None,
            answered: Some(Timestamp::from_seconds(1, 0)),
            name: "name.example".into(),
            record_type: 1,
            response_code: Some(0),
            answers: vec![DnsAnswer {
                name: "name.example".into(),
                ttl_seconds: 60,
                data,
            }],
        }
    }

    #[test]
    fn dns_over_the_bound_is_counted_by_evidence_and_said() {
        let mut observed = Observed::default();
        let address = || DnsRecordData::Address(IpAddr::from([192, 0, 2, 1]));
        for evidence in [1, 1, 2, 2, 2] {
            observed.file_dns(transaction(evidence, address()), 3);
        }
        assert_eq!(observed.dns.len(), 3);
        assert_eq!(observed.bound_reached(EvidenceId(1)), []);
        let said = observed.bound_reached(EvidenceId(2));
        assert!(
            matches!(said.as_slice(), [issue] if matches!(issue.kind, IssueKind::BoundReached { count: 2, .. })),
            "{said:?}"
        );
        observed.forget(EvidenceId(2));
        assert_eq!(
            (observed.dns.len(), observed.bound_reached(EvidenceId(2))),
            (2, Vec::new())
        );
    }

    #[test]
    fn dns_that_names_no_address_takes_no_room() {
        let mut observed = Observed::default();
        let mut empty = transaction(1, DnsRecordData::Address(IpAddr::from([192, 0, 2, 1])));
        empty.answers.clear();
        observed.file_dns(empty, 0);
        assert_eq!(
            (observed.dns.len(), observed.bound_reached(EvidenceId(1))),
            (0, Vec::new())
        );
    }
}
