//! Table `SocketCalls`.

use std::net::IpAddr;

use whotalks_record as record;
use whotalks_record::{KernelSocket, SocketCall, SocketCallKind, Span, Timestamp};

use super::endpoint;
use crate::declare::{columns, table};

table! {
    /// Calls of the socket driver in traces that do not name both ends and the process.
    pub struct SocketCalls(Observed);
    SocketCall as call {
        /// The event; of an open socket the one that created it.
        Record: Span [Reader] = call.span;
        /// When, by the host's clock.
        Time: Timestamp [Evidence] = call.time;
        /// Where the driver keeps the socket.
        Endpoint: u64 [Evidence] = call.socket.endpoint;
        /// Where the kernel keeps its process.
        ProcessObject: u64 [Evidence] = call.socket.process;
        /// What happened to it.
        Kind: SocketCallKind [Evidence] = call.kind;
        /// Whose it is, where the same file says so.
        ProcessId: Option<record::Pid> [Evidence] = call.pid;
        /// The protocol above IP, where the same file says so.
        Protocol: Option<record::IpProtocol> [Evidence] = call.protocol;
        /// The address that it was bound to.
        LocalAddress: Option<IpAddr> [Evidence] = call.local.map(|local| local.address);
        /// The port that it was bound to.
        LocalPort: Option<u16> [Evidence] = call.local.map(|local| local.port);
        /// The address of the far end.
        RemoteAddress: Option<IpAddr> [Evidence] = call.remote.map(|remote| remote.address);
        /// The port of the far end.
        RemotePort: Option<u16> [Evidence] = call.remote.map(|remote| remote.port);
    } => SocketCall {
        span: Record,
        time: Time,
        socket: KernelSocket { endpoint: Endpoint, process: ProcessObject },
        kind: Kind,
        pid: ProcessId,
        protocol: Protocol,
        local: endpoint(LocalAddress, LocalPort),
        remote: endpoint(RemoteAddress, RemotePort),
    }
}
