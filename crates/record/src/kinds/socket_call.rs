//! What a program told the socket driver of its host, where that leaves something for the rest of the evidence to say.

use crate::{Endpoint, IpProtocol, Pid, Span, Timestamp};

/// A call of the socket driver in a trace (Microsoft-Windows-Winsock-AFD) that does not name both ends and the process. A call
/// names the far end alone, since the network stack chooses the other one afterwards; and where a session writes several files,
/// the event that tells whose a socket is may lie in an earlier one.
#[derive(Clone, Debug, PartialEq)]
pub struct SocketCall {
    /// The event; for [`SocketCallKind::Open`] the one that created the socket.
    pub span: Span,
    /// When, by the host's clock.
    pub time: Timestamp,
    /// Which socket.
    pub socket: KernelSocket,
    /// What happened to it.
    pub kind: SocketCallKind,
    /// Whose it is, where the same file says so.
    pub pid: Option<Pid>,
    /// TCP or UDP, where the same file says so.
    pub protocol: Option<IpProtocol>,
    /// The end that it was bound to.
    pub local: Option<Endpoint>,
    /// The far end.
    pub remote: Option<Endpoint>,
}

/// A socket as the kernel of a running computer knows it: two addresses of its memory. The first is given to another socket
/// when this one is gone; that the second is the same as well shows that the process is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KernelSocket {
    /// Where the driver keeps the socket.
    pub endpoint: u64,
    /// Where the kernel keeps its process.
    pub process: u64,
}

/// What happened to a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SocketCallKind {
    /// It is open when its file ends, and another one of the same session may follow.
    Open,
    /// It was bound; told only where an earlier file created it.
    Bound,
    /// It calls a far end, or sends to one.
    Called,
    /// It took a call from a far end.
    Accepted,
    /// It was closed; told only where an earlier file created it.
    Closed,
}

impl SocketCallKind {
    /// All kinds.
    pub const ALL: [Self; 5] = [Self::Open, Self::Bound, Self::Called, Self::Accepted, Self::Closed];
}
