//! What events of known providers say, in the words of the network and of processes.

use std::net::IpAddr;

use whotalks_record::{Endpoint, IpProtocol, KernelSocket, Pid, ProcessEvent, SocketState, Span, Text, Timestamp};

/// A statement of one event.
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// A process started, ended, or was alive.
    Process(ProcessEvent),
    /// A socket did something.
    Connection(Connection),
    /// A name was asked.
    Name(NameAnswer),
}

/// What a socket did, as the network stack or the socket driver saw it. Fields that an event does not carry are none.
#[derive(Clone, Debug, PartialEq)]
pub struct Connection {
    /// The event.
    pub span: Span,
    /// When, by the host's clock.
    pub time: Timestamp,
    /// What it did.
    pub kind: ConnectionKind,
    /// TCP or UDP.
    pub protocol: Option<IpProtocol>,
    /// The host's own end.
    pub local: Option<Endpoint>,
    /// The far end.
    pub remote: Option<Endpoint>,
    /// The process that owns the socket, as the event's payload states it; never the process on whose thread the event was
    /// written.
    pub pid: Option<Pid>,
    /// The number of that process which is never given twice in one boot.
    pub process_start_key: Option<u64>,
    /// How it went: an NT status, 0 for success.
    pub status: Option<u32>,
    /// The name under which the far end was asked for, where the stack knows it.
    pub name: Option<Text>,
    /// Which socket, where the driver of sockets says so.
    pub socket: Option<KernelSocket>,
}

/// What a socket did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConnectionKind {
    /// It was bound to a local end.
    Bound,
    /// A connection was asked for.
    Requested,
    /// The host's own call was answered: the connection is open.
    Connected,
    /// A call from outside was taken: the connection is open.
    Accepted,
    /// A connection could not be opened.
    Failed,
    /// It was closed, aborted or disconnected.
    Closed,
    /// Data were sent.
    Sent,
    /// Data were received.
    Received,
    /// It was there when the trace listed all sockets, in this state.
    Listed(Option<SocketState>),
}

/// A name that was asked, and the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct NameAnswer {
    /// The event.
    pub span: Span,
    /// When, by the host's clock.
    pub time: Timestamp,
    /// Who asked; never the resolver service that asked for others.
    pub pid: Option<Pid>,
    /// The name, lower case, without a trailing dot.
    pub name: Text,
    /// The type asked (IANA "DNS parameters"), where the event has it.
    pub record_type: Option<u16>,
    /// The Win32 status; 0 is success.
    pub status: Option<u32>,
    /// The addresses answered.
    pub addresses: Vec<IpAddr>,
    /// The server that was asked, where the event names it.
    pub server: Option<Text>,
    /// Whether it is the end of the question for who asked, and no step on the way.
    pub is_final: bool,
}
