//! What correlation concludes.

use whotalks_record::{
    ApplicationProtocol, CloseReason, ConnectionEventKind, Direction, Ech, Endpoint, EvidenceId, FilterAction,
    FilterId, FilterOrigin, FlowId, Grade, IpProtocol, NameSource, Nanoseconds, Pid, RecognisedBy, SourceKind, Span,
    Text, Timestamp, Traffic,
};

use crate::UnknownReason;

/// The number of a host in a case, from 0, in order of name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HostId(pub u32);

/// A computer that evidence speaks of.
#[derive(Clone, Debug, PartialEq)]
pub struct Host {
    /// Its number.
    pub id: HostId,
    /// Its computer name; none where only addresses are known.
    pub name: Option<Text>,
    /// Its addresses, in order.
    pub addresses: Vec<std::net::IpAddr>,
}

/// One conversation as one host sees it: packets, events or both.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversation {
    /// The host; none where no host in the evidence has the local address.
    pub host: Option<HostId>,
    /// The protocol above IP.
    pub protocol: IpProtocol,
    /// The host's end.
    pub local: Endpoint,
    /// The far end.
    pub remote: Endpoint,
    /// Who opened it, where known.
    pub direction: Option<Direction>,
    /// The flow in a capture, where there are packets.
    pub flow: Option<(EvidenceId, FlowId)>,
    /// First moment, on the reference clock.
    pub first: Option<Timestamp>,
    /// Last moment.
    pub last: Option<Timestamp>,
    /// What the host sent; none (not zero) without packets.
    pub sent: Option<Traffic>,
    /// What the host received; none (not zero) without packets.
    pub received: Option<Traffic>,
    /// The initial round-trip time.
    pub initial_rtt: Option<Nanoseconds>,
    /// Whether the called end answered; none where the evidence cannot tell (an event without packets).
    pub answered: Option<bool>,
    /// How it ended, where packets show it.
    pub close: Option<CloseReason>,
    /// What its content was recognised as.
    pub application: ApplicationProtocol,
    /// How; none where it was not, or where an older version read the packets.
    pub recognised_by: Option<RecognisedBy>,
    /// The proof that it happened: first packet, events, listing rows.
    pub proof: Vec<Span>,
    /// Which program.
    pub process: Attribution,
    /// The program on the same host that the process made it for, as a relay does (virus scanner, local proxy) or a service that
    /// sockets are delegated to (macOS); none where nothing shows that it does.
    pub relayed_for: Option<Attribution>,
    /// Which name.
    pub name: NameAnswer,
    /// Allowed or blocked, and by which filter.
    pub decision: DecisionAnswer,
}

/// A bind, a listen or a whole application that was refused: a block without a far end.
#[derive(Clone, Debug, PartialEq)]
pub struct LocalBlock {
    /// The host.
    pub host: HostId,
    /// Which event.
    pub kind: ConnectionEventKind,
    /// When, on the reference clock.
    pub time: Timestamp,
    /// The protocol.
    pub protocol: Option<IpProtocol>,
    /// The local end that was asked for.
    pub local: Option<Endpoint>,
    /// The program.
    pub process: Attribution,
    /// The filter.
    pub filter: Option<FilterAnswer>,
    /// The event.
    pub proof: Vec<Span>,
}

/// The program behind a conversation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attribution {
    /// How sure.
    pub grade: Grade,
    /// The program; none where unknown.
    pub process: Option<ProcessIdentity>,
    /// How it was found; none where unknown.
    pub rule: Option<ProcessRule>,
    /// Everything that says so.
    pub proof: Vec<Span>,
    /// Why it is unknown, or why only a part of it is (a pid without an image).
    pub unknown: Option<UnknownReason>,
    /// Other programs that evidence of the same grade names; never empty when the sources disagree.
    pub conflicts: Vec<Conflict>,
}

/// A second program that evidence names for the same conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The other program.
    pub process: ProcessIdentity,
    /// How it was found.
    pub rule: ProcessRule,
    /// What says so.
    pub proof: Vec<Span>,
}

/// A process instance, as far as known.
#[derive(Clone, Debug, PartialEq)]
pub struct ProcessIdentity {
    /// The process identifier.
    pub pid: Option<Pid>,
    /// When it started, on the reference clock.
    pub started: Option<Timestamp>,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// The image path, in DOS form where the volume is known.
    pub image: Option<Text>,
    /// The command line.
    pub command_line: Option<Text>,
    /// The parent's image.
    pub parent_image: Option<Text>,
    /// The parent's identifier.
    pub parent_pid: Option<Pid>,
    /// The account.
    pub user: Option<Text>,
    /// The service or other code that it hosts.
    pub service: ServiceAnswer,
    /// What says all this (start, end, listing rows).
    pub proof: Vec<Span>,
}

/// The service inside a shared host such as svchost.exe.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServiceAnswer {
    /// How sure.
    pub grade: Grade,
    /// One service: that one. Several: the candidates, never a pick. None: not a service host or not known.
    pub services: Vec<Text>,
}

/// The rule that found a process, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProcessRule {
    /// An event states this very 5-tuple.
    ExactEvent,
    /// A socket listing taken during the flow's life states this very 5-tuple.
    ExactSnapshot,
    /// The host that captured names the process with the packets.
    PacketOwner,
    /// An event or listing row says who bound the local port.
    Bind,
    /// An event or listing row says who listened on the local port.
    Listener,
    /// Both ends are local: the other end's process is known, this is its peer.
    Loopback,
    /// It called a relay on the host, which made the connection for it.
    Relay,
    /// The host that captured says that the process with the socket acts for it.
    Delegation,
    /// It called this far end, or took its call, just then; at which end of the host is not stated.
    Call,
}

/// The name of the far end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NameAnswer {
    /// The best name; none where unknown or ambiguous.
    pub best: Option<NameCandidate>,
    /// All other candidates, best first.
    pub others: Vec<NameCandidate>,
    /// Why it is unknown.
    pub unknown: Option<UnknownReason>,
}

/// One name that something in the evidence gives the far end.
#[derive(Clone, Debug, PartialEq)]
pub struct NameCandidate {
    /// The name.
    pub name: Text,
    /// The port of a proxy target.
    pub port: Option<u16>,
    /// How it is known.
    pub evidence: NameEvidence,
    /// How sure.
    pub grade: Grade,
    /// When it was seen.
    pub time: Option<Timestamp>,
    /// What says so.
    pub proof: Vec<Span>,
}

/// How a name is known: the ladder, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameEvidence {
    /// The target asked of a proxy.
    ProxyTarget(NameSource),
    /// A URL or a host that the program's HTTP library asked for over a connection to a proxy, by a trace.
    RequestToProxy,
    /// TLS server name.
    TlsServerName(Ech),
    /// Server name inside QUIC.
    QuicServerName(Ech),
    /// HTTP Host.
    HttpHost,
    /// A URL or a host that the program's HTTP library asked for over the connection, by a trace.
    Requested,
    /// The network stack opened the connection to what it had looked up under this name, by a trace.
    StackName,
    /// Asked by that very process, by the host's own log.
    AskedByProcess,
    /// The certificate that the server showed, which is only its own claim: whether the client believed it is not seen.
    Certificate,
    /// A DNS answer on the wire to that host, the only name for the address in its time.
    DnsAnswer,
    /// A DNS answer on the wire to that host, among several names for the address.
    SharedDnsAnswer,
    /// The host's own DNS cache: it resolved the name, or its hosts file gives it.
    ResolverCache,
    /// A DNS answer that had expired when the flow began.
    ExpiredDnsAnswer,
    /// The capture file's own name table.
    CaptureNameTable,
    /// Resolved by the logging host afterwards (Sysmon DestinationHostname).
    HostResolution,
}

impl NameEvidence {
    /// Whether it is what a proxy was asked for, and not the name of the far end.
    #[must_use]
    pub const fn is_proxy_target(self) -> bool {
        matches!(self, Self::ProxyTarget(_) | Self::RequestToProxy)
    }

    /// Whether the client asked for this name in a hello of TLS, over TCP or in QUIC.
    #[must_use]
    pub const fn is_server_name(self) -> bool {
        matches!(self, Self::TlsServerName(_) | Self::QuicServerName(_))
    }

    /// Whether it may be the outer name of an encrypted hello.
    #[must_use]
    pub const fn may_be_outer_name(self) -> bool {
        matches!(
            self,
            Self::TlsServerName(Ech::Present) | Self::QuicServerName(Ech::Present)
        )
    }
}

/// Whether a conversation was let through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The host's filtering platform permitted it.
    Allowed,
    /// The host's filtering platform refused it.
    Blocked,
    /// Packets were dropped without a decision about the connection.
    DroppedPackets,
    /// Not logged; traffic in both directions shows that it passed.
    Passed,
    /// Not known.
    #[default]
    Unknown,
}

/// Allowed or blocked, and by which filter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DecisionAnswer {
    /// The decision.
    pub verdict: Verdict,
    /// How sure of the decision.
    pub grade: Grade,
    /// The kind of event that says so; none where no log decides.
    pub decided_by: Option<ConnectionEventKind>,
    /// The deciding filter.
    pub filter: Option<FilterAnswer>,
    /// How many events say so.
    pub events: u64,
    /// The first events that say so.
    pub proof: Vec<Span>,
    /// Packets of this conversation that were dropped, by the log; by themselves no decision.
    pub dropped_packets: u64,
    /// The first events that say so, and the filter that dropped them.
    pub drop_proof: Vec<Span>,
    /// The filter that dropped packets.
    pub drop_filter: Option<FilterAnswer>,
    /// Why the decision or the filter is unknown.
    pub unknown: Option<UnknownReason>,
}

/// The filter that decided.
#[derive(Clone, Debug, PartialEq)]
pub struct FilterAnswer {
    /// Its run-time identifier as the event states it.
    pub id: FilterId,
    /// Its display name, where a snapshot or an event gives it.
    pub name: Option<Text>,
    /// Its provider.
    pub provider: Option<Text>,
    /// The rule or default it comes from.
    pub origin: Option<FilterOrigin>,
    /// The layer, in words the catalogue of layers gives.
    pub layer: Option<Text>,
    /// What it does.
    pub action: FilterAction,
    /// How sure of name and provider.
    pub grade: Grade,
    /// How the name was found.
    pub matched: FilterMatch,
    /// What says so.
    pub proof: Vec<Span>,
}

/// How the name of a filter was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FilterMatch {
    /// By its identifier, in a snapshot of the same boot with no change between.
    SameBoot,
    /// By its identifier, in an event that states it.
    Event,
    /// By its identifier, but a boot or a policy change lies between: it may be another filter now.
    MaybeRenumbered,
    /// By its origin: a listing of the host's rules gives the rule of that identifier its name, and says nothing of filters.
    Rule,
    /// By its origin, layer and conditions, since its identifier is stale.
    Conditions,
    /// Not found.
    NotFound,
}

/// How far one source's clock is from the reference clock.
#[derive(Clone, Debug, PartialEq)]
pub struct ClockOffset {
    /// The source.
    pub source: EvidenceId,
    /// The source it was measured against.
    pub reference: EvidenceId,
    /// Its host, where it names one.
    pub host: Option<HostId>,
    /// Source minus reference: positive when the source runs ahead.
    pub offset: Nanoseconds,
    /// Median absolute deviation of the pairs.
    pub spread: Nanoseconds,
    /// How many pairs.
    pub pairs: u64,
    /// Change of the offset per second, where more than fifty pairs over more than ten minutes show one.
    pub drift_per_second: Option<f64>,
    /// Whether it was good enough to be used.
    pub aligned: bool,
}

/// One line of the coverage ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverageLine {
    /// The host; none for a capture that sees several.
    pub host: Option<HostId>,
    /// Which evidence.
    pub evidence: EvidenceId,
    /// Which source.
    pub source: SourceKind,
    /// From when, on the reference clock.
    pub first: Option<Timestamp>,
    /// Until when.
    pub last: Option<Timestamp>,
    /// Units read.
    pub units: u64,
    /// Units the source says it lost.
    pub lost: Option<u64>,
    /// Whether a ring had overwritten what was before `first`.
    pub overwritten_before: bool,
}
