//! What events of known providers say, in the words of the network and of processes.

use whotalks_record::{
    Endpoint, IpProtocol, KernelSocket, NameAnswer, Pid, ProcessEvent, SocketState, Span, Text, Timestamp,
};

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
