//! One struct per kind of record.

mod address_name;
mod application;
mod cached_name;
mod connection_event;
mod counter;
mod device_fact;
mod dns_transaction;
mod filter;
mod flow;
mod host_event;
mod log_gap;
mod name_observation;
mod network_protection_event;
mod packet_owner;
mod process_event;
mod recognised_by;
mod resolver_event;
mod rule_change;
mod snapshot;
mod socket;
mod socket_call;
mod source_range;
mod web_request;

pub use address_name::AddressName;
pub use application::ApplicationProtocol;
pub use cached_name::CachedName;
pub use connection_event::{ConnectionDecision, ConnectionEvent, ConnectionEventKind, Direction};
pub use counter::Counter;
pub use device_fact::{DeviceFact, DeviceFactKind};
pub use dns_transaction::{DnsAnswer, DnsRecordData, DnsTransaction, DnsTransport};
pub use filter::{Filter, FilterAction, FilterChange, FilterCondition, FilterId, FilterLayer, FilterOrigin};
pub use flow::{CloseReason, Flow, FlowId, Initiator, TcpFlags, TcpSummary, Traffic, VlanTags};
pub use host_event::{HostEvent, HostEventKind};
pub use log_gap::LogGap;
pub use name_observation::{Ech, NameObservation, NameSource};
pub use network_protection_event::{JudgedDestination, NetworkProtectionAction, NetworkProtectionEvent};
pub use packet_owner::PacketOwner;
pub use process_event::{Pid, ProcessEvent, ProcessEventKind};
pub use recognised_by::RecognisedBy;
pub use resolver_event::{ResolverEvent, ResolverSource};
pub use rule_change::RuleChange;
pub use snapshot::{ListingTool, Snapshot, TimeSource};
pub use socket::{Socket, SocketState};
pub use socket_call::{KernelSocket, SocketCall, SocketCallKind};
pub use source_range::{ClockBasis, EventClock, SourceKind, SourceRange, TraceSession};
pub use web_request::{WebCarrier, WebRequest, WebRequestStage};

use crate::Span;

/// Anything a reader or the flow table can say.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// A conversation seen in packets.
    Flow(Flow),
    /// A name that travelled in a flow.
    Name(NameObservation),
    /// A DNS question and its answer, seen in packets.
    Dns(DnsTransaction),
    /// The process that the capturing host names for packets of a flow.
    Owner(PacketOwner),
    /// A host's own log of a connection, bind, listen, block or drop.
    Connection(ConnectionEvent),
    /// A process that started, ended, or was seen alive.
    Process(ProcessEvent),
    /// A name asked by a process, from the host's own log.
    Resolver(ResolverEvent),
    /// What an HTTP library or a transfer service says of a request.
    Request(WebRequest),
    /// A connection that network protection blocked, or would have blocked.
    Protection(NetworkProtectionEvent),
    /// A call of the socket driver that leaves something open.
    Call(SocketCall),
    /// A row of a socket listing.
    Socket(Socket),
    /// The listing that rows belong to.
    Snapshot(Snapshot),
    /// A filter as a snapshot or an event states it.
    Filter(Filter),
    /// A layer's run-time identifier beside its key.
    FilterLayer(FilterLayer),
    /// A firewall rule that was added, changed, deleted or failed.
    Rule(RuleChange),
    /// A boot, a cleared log and the like.
    Host(HostEvent),
    /// Records that a log has lost.
    Gap(LogGap),
    /// A value of a counter listing.
    Counter(Counter),
    /// A name that a capture file gives an address.
    AddressName(AddressName),
    /// An entry of a host's own DNS cache.
    CachedName(CachedName),
    /// What a settings listing says of a host.
    Device(DeviceFact),
    /// What a source covered and lost.
    Range(SourceRange),
}

impl Record {
    /// The place that proves the record; none for a statement about a whole source.
    pub fn span(&self) -> Option<Span> {
        Some(match self {
            Self::Flow(record) => record.span,
            Self::Name(record) => record.span,
            Self::Dns(record) => record.span,
            Self::Owner(record) => record.span,
            Self::Connection(record) => record.span,
            Self::Process(record) => record.span,
            Self::Resolver(record) => record.span,
            Self::Request(record) => record.span,
            Self::Protection(record) => record.span,
            Self::Call(record) => record.span,
            Self::Socket(record) => record.span,
            Self::Snapshot(record) => record.span,
            Self::Filter(record) => record.span,
            Self::FilterLayer(record) => record.span,
            Self::Rule(record) => record.span,
            Self::Host(record) => record.span,
            Self::Gap(record) => record.span,
            Self::Counter(record) => record.span,
            Self::AddressName(record) => record.span,
            Self::CachedName(record) => record.span,
            Self::Device(record) => record.span,
            Self::Range(_) => return None,
        })
    }
}
