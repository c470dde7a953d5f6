//! A small world to correlate: one Windows host, built record by record.

use whotalks_correlate::{Conversation, Correlator, EvidenceFacts, Observed};
use whotalks_record::{
    ApplicationProtocol, CloseReason, ConnectionEvent, ConnectionEventKind, Direction, DnsAnswer, DnsRecordData,
    DnsTransaction, DnsTransport, Endpoint, EvidenceId, Filter, FilterAction, FilterChange, FilterId, Flow, FlowId,
    FlowKey, HostEvent, HostEventKind, Initiator, InterfaceId, IpProtocol, KernelSocket, ListingTool, NameObservation,
    NameSource, Nanoseconds, Pid, Position, ProcessEvent, ProcessEventKind, Snapshot, Socket, SocketCall,
    SocketCallKind, SocketState, SourceKind, SourceRange, Span, TcpFlags, TcpSummary, Text, TimeSource, Timestamp,
    TraceSession, Traffic, VlanTags, WebCarrier, WebRequest, WebRequestStage,
};

/// The evidence of the world, by number.
pub(crate) const CAPTURE: EvidenceId = EvidenceId(1);
pub(crate) const SECURITY: EvidenceId = EvidenceId(2);
pub(crate) const NETSTAT: EvidenceId = EvidenceId(3);
pub(crate) const TASKLIST: EvidenceId = EvidenceId(4);
pub(crate) const FILTERS: EvidenceId = EvidenceId(5);
pub(crate) const TRACE: EvidenceId = EvidenceId(6);
pub(crate) const FIREWALL: EvidenceId = EvidenceId(7);

pub(crate) const HOST: &str = "CHIEF-PC";

/// Records under construction.
#[derive(Default)]
pub(crate) struct World {
    pub(crate) observed: Observed,
    pub(crate) flows: Vec<(Flow, Vec<NameObservation>)>,
    records: u64,
}

pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_seconds(1_700_000_000 + second, 0)
}

pub(crate) fn end(text: &str) -> Endpoint {
    let parsed: std::net::SocketAddr = text.parse().unwrap();
    Endpoint::new(parsed.ip(), parsed.port())
}

impl World {
    /// A host whose Security log covers ten minutes.
    pub(crate) fn new() -> Self {
        let mut world = Self::default();
        for id in [CAPTURE, SECURITY, NETSTAT, TASKLIST, FILTERS, TRACE, FIREWALL] {
            world.piece(id, (id == SECURITY).then_some(1));
        }
        world
    }

    /// A piece of evidence; an event log where it has a first record.
    pub(crate) fn piece(&mut self, id: EvidenceId, first_record: Option<u64>) {
        self.observed.evidence.push(EvidenceFacts {
            id,
            folder: "".into(),
            computer: None,
            is_event_log: first_record.is_some(),
            is_trace: id == TRACE,
            first_record,
        });
    }

    fn span(&mut self, evidence: EvidenceId) -> Span {
        self.records += 1;
        Span {
            evidence,
            position: Position::Record(self.records),
            offset: 0,
            length: 0,
        }
    }

    pub(crate) fn covers(&mut self, evidence: EvidenceId, source: SourceKind, first: i64, last: i64) {
        let is_named = source != SourceKind::Packets && !source.is_traced() && !source.is_nameless_log();
        let host = is_named.then(|| Text::from(HOST));
        let (first, last) = (Some(at(first)), Some(at(last)));
        let clock = None;
        let range = SourceRange {
            evidence,
            source,
            host,
            interface: None,
            first,
            last,
            units: 1,
            lost: None,
            clock,
            session: None,
        };
        self.observed.ranges.push(range);
    }

    pub(crate) fn flow(&mut self, local: &str, remote: &str, first: i64, last: i64) -> &mut Flow {
        let id = FlowId(self.flows.len() as u64);
        let span = Span {
            evidence: CAPTURE,
            position: Position::Packet(id.0 + 1),
            offset: 0,
            length: 0,
        };
        let key = FlowKey {
            protocol: IpProtocol::TCP,
            client: end(local),
            server: end(remote),
        };
        let traffic = Traffic {
            packets: 5,
            ip_bytes: 500,
            payload_bytes: 200,
        };
        let tcp = TcpSummary {
            client_flags: TcpFlags(TcpFlags::SYN | TcpFlags::ACK),
            server_flags: TcpFlags(TcpFlags::SYN | TcpFlags::ACK),
            syn_to_syn_ack: Some(Nanoseconds(1)),
            handshake: None,
            syn_ack_to_ack: Some(Nanoseconds(1)),
            close: CloseReason::Finished,
        };
        let flow = Flow {
            span,
            id,
            key,
            initiator: Initiator::Syn,
            vlan: VlanTags::default(),
            interface: InterfaceId(0),
            first: Some(at(first)),
            last: Some(at(last)),
            sent: traffic,
            received: traffic,
            tcp: Some(tcp),
            application: ApplicationProtocol::Unknown,
            recognised_by: None,
            snapped: false,
        };
        self.flows.push((flow, Vec::new()));
        &mut self.flows.last_mut().unwrap().0
    }

    /// A name that travelled in the last flow.
    pub(crate) fn name(&mut self, source: NameSource, name: &str) {
        let (flow, names) = self.flows.last_mut().unwrap();
        names.push(NameObservation {
            span: flow.span,
            flow: flow.id,
            key: flow.key,
            time: flow.first,
            source,
            name: name.into(),
            port: None,
            path: None,
        });
    }

    pub(crate) fn event(
        &mut self,
        kind: ConnectionEventKind,
        pid: u32,
        local: &str,
        remote: &str,
        second: i64,
    ) -> &mut ConnectionEvent {
        let span = self.span(SECURITY);
        self.observed.connections.push(ConnectionEvent {
            span,
            time: at(second),
            host: Some(HOST.into()),
            kind,
            pid: Some(Pid(pid)),
            image: Some(r"\device\harddiskvolume3\program files\app\app.exe".into()),
            direction: Some(Direction::Outbound),
            protocol: Some(IpProtocol::TCP),
            local: Some(end(local)),
            remote: (remote != "-").then(|| end(remote)),
            filter: Some(FilterId(66_012)),
            filter_origin: None,
            layer_name: Some("%%14611".into()),
            layer_id: Some(48),
            user: None,
            remote_name: None,
        });
        self.observed.connections.last_mut().unwrap()
    }

    /// An event of a trace, which names no computer.
    pub(crate) fn traced(
        &mut self,
        kind: ConnectionEventKind,
        pid: u32,
        local: &str,
        remote: &str,
        second: i64,
    ) -> &mut ConnectionEvent {
        let span = self.span(TRACE);
        self.observed.connections.push(ConnectionEvent {
            span,
            time: at(second),
            host: None,
            kind,
            pid: (pid != 0).then_some(Pid(pid)),
            image: None,
            direction: None,
            protocol: Some(IpProtocol::TCP),
            local: Some(end(local)),
            remote: (remote != "-").then(|| end(remote)),
            filter: None,
            filter_origin: None,
            layer_name: None,
            layer_id: None,
            user: None,
            remote_name: None,
        });
        self.observed.connections.last_mut().unwrap()
    }

    /// A row of the firewall's text log, which names neither computer nor filter.
    pub(crate) fn firewall(
        &mut self,
        kind: ConnectionEventKind,
        pid: u32,
        local: &str,
        remote: &str,
        second: i64,
    ) -> &mut ConnectionEvent {
        let span = self.span(FIREWALL);
        let event = self.traced(kind, pid, local, remote, second);
        (event.span, event.direction) = (span, Some(Direction::Outbound));
        event
    }

    /// A call of the socket driver in one of the files of a session.
    pub(crate) fn call(&mut self, evidence: EvidenceId, kind: SocketCallKind, second: i64) -> &mut SocketCall {
        let span = self.span(evidence);
        self.observed.calls.push(SocketCall {
            span,
            time: at(second),
            socket: KernelSocket {
                endpoint: 0xfff0,
                process: 0xeee0,
            },
            kind,
            pid: None,
            protocol: None,
            local: None,
            remote: None,
        });
        self.observed.calls.last_mut().unwrap()
    }

    /// A request for a name, of a process, over a connection that was made at a second.
    pub(crate) fn request(
        &mut self,
        (name, pid): (&str, u32),
        (local, remote): (Option<&str>, &str),
        second: i64,
    ) -> &mut WebRequest {
        let (span, carrier) = (self.span(TRACE), self.span(TRACE));
        self.observed.requests.push(WebRequest {
            span,
            time: at(second),
            host: None,
            stage: WebRequestStage::Sent,
            pid: Some(Pid(pid)),
            image: None,
            module: None,
            name: (!name.is_empty()).then(|| name.into()),
            port: Some(443),
            url: None,
            verb: None,
            status: None,
            carrier: WebCarrier::made_at(carrier, at(second), local.map(end), end(remote)),
            proxy: None,
            peer: None,
            job: None,
            account: None,
        });
        self.observed.requests.last_mut().unwrap()
    }

    /// Makes a piece of evidence one of the files of a session.
    pub(crate) fn of_session(&mut self, evidence: EvidenceId, file: u32) {
        let facts = self.observed.evidence.iter_mut().find(|facts| facts.id == evidence);
        facts.unwrap().is_trace = true;
        let session = TraceSession {
            name: "trace".into(),
            boot: at(-1_000),
            start: at(0),
            file,
        };
        let of_file = self
            .observed
            .ranges
            .iter_mut()
            .filter(|range| range.evidence == evidence);
        of_file.for_each(|range| range.session = Some(session.clone()));
    }

    /// Enough unrelated pairs to align the clocks, the log running `ahead` seconds ahead.
    pub(crate) fn aligned(&mut self, ahead: i64) {
        for pair in 0..8 {
            let local = format!("192.168.0.105:{}", 40_000 + pair);
            self.flow(&local, "198.51.100.1:443", 10 * pair, 10 * pair + 1);
            self.event(
                ConnectionEventKind::ConnectionPermitted,
                900,
                &local,
                "198.51.100.1:443",
                10 * pair + ahead,
            );
        }
    }

    pub(crate) fn process(&mut self, kind: ProcessEventKind, pid: u32, image: &str, second: i64) -> &mut ProcessEvent {
        let alive = kind == ProcessEventKind::Alive;
        let span = self.span(if alive { TASKLIST } else { SECURITY });
        self.observed.processes.push(ProcessEvent {
            span,
            time: Some(at(second)),
            host: (!alive).then(|| HOST.into()),
            kind,
            pid: Pid(pid),
            image: Some(image.into()),
            command_line: None,
            parent_pid: None,
            parent_image: None,
            user: None,
            services: Vec::new(),
            unique_id: None,
            sha256: None,
        });
        self.observed.processes.last_mut().unwrap()
    }

    pub(crate) fn listing(&mut self, evidence: EvidenceId, tool: ListingTool, second: Option<i64>) {
        self.observed.snapshots.push(Snapshot {
            span: Span::whole(evidence),
            number: 0,
            tool,
            time: second.map(at),
            time_source: if second.is_some() {
                TimeSource::Stated
            } else {
                TimeSource::None
            },
            uncertainty: Nanoseconds::ZERO,
            host: None,
            has_owners: true,
        });
    }

    pub(crate) fn socket(&mut self, state: SocketState, local: &str, remote: Option<&str>, pid: u32) {
        let span = self.span(NETSTAT);
        self.observed.sockets.push(Socket {
            span,
            snapshot: 0,
            protocol: IpProtocol::TCP,
            local: end(local),
            remote: remote.map(end),
            state: Some(state),
            pid: Some(Pid(pid)),
            image: None,
            component: None,
            modules: Vec::new(),
        });
    }

    pub(crate) fn dns(&mut self, client: &str, name: &str, address: &str, second: i64, ttl_seconds: u32) {
        let span = self.span(CAPTURE);
        let data = DnsRecordData::Address(address.parse().unwrap());
        self.observed.dns.push(DnsTransaction {
            span,
            flow: FlowId(999),
            client: end(client),
            server: end("192.168.0.1:53"),
            transport: DnsTransport::Udp,
            asked: Some(at(second)),
            answered: Some(at(second)),
            name: name.into(),
            record_type: 1,
            response_code: Some(0),
            answers: vec![DnsAnswer {
                name: name.into(),
                ttl_seconds,
                data,
            }],
        });
    }

    pub(crate) fn filter(&mut self, id: u64, name: &str, action: FilterAction) -> &mut Filter {
        let span = self.span(FILTERS);
        self.observed.filters.push(Filter {
            span,
            time: None,
            snapshot: Some(0),
            host: None,
            change: FilterChange::Present,
            id: FilterId(id),
            key: None,
            name: Some(name.into()),
            description: None,
            provider: None,
            rule: None,
            layer: Some("FWPM_LAYER_ALE_AUTH_CONNECT_V4".into()),
            sublayer: None,
            action,
            weight: None,
            conditions: Vec::new(),
        });
        self.observed.filters.last_mut().unwrap()
    }

    pub(crate) fn boot(&mut self, second: i64) {
        let span = self.span(SECURITY);
        let event = HostEvent {
            span,
            time: at(second),
            host: HOST.into(),
            kind: HostEventKind::Boot,
        };
        self.observed.host_events.push(event);
    }

    /// All conversations.
    pub(crate) fn conversations(&self) -> Vec<Conversation> {
        let mut all = Vec::new();
        Correlator::new(&self.observed, &self.flows).conversations(&self.flows, &mut |one| all.push(one));
        all
    }

    /// The only conversation between two ends.
    pub(crate) fn conversation(&self, local: &str, remote: &str) -> Conversation {
        let is = |one: &Conversation| one.local == end(local) && one.remote == end(remote);
        let found: Vec<Conversation> = self.conversations().into_iter().filter(is).collect();
        assert_eq!(found.len(), 1, "{found:#?}");
        found.into_iter().next().unwrap()
    }
}
