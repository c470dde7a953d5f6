//! Table `Sockets`.

use std::net::IpAddr;

use whotalks_record as record;
use whotalks_record::{Endpoint, Socket, SocketState, Span, Text};

use super::endpoint;
use crate::declare::{columns, table};

table! {
    /// Rows of socket listings (`netstat`, `ss`); time and host are those of their row in `Snapshots`.
    pub struct Sockets(Observed);
    Socket as socket {
        /// The line.
        Line: Span [Reader] = socket.span;
        /// The number of the snapshot within its evidence, from 0; joins with `Snapshots`.
        Snapshot: u32 [Reader] = socket.snapshot;
        /// TCP or UDP.
        Protocol: record::IpProtocol [Evidence] = socket.protocol;
        /// The local address.
        LocalAddress: IpAddr [Evidence] = socket.local.address;
        /// The local port.
        LocalPort: u16 [Evidence] = socket.local.port;
        /// The address of the far end; none for listeners and unconnected sockets.
        RemoteAddress: Option<IpAddr> [Evidence] = socket.remote.map(|remote| remote.address);
        /// The port of the far end.
        RemotePort: Option<u16> [Evidence] = socket.remote.map(|remote| remote.port);
        /// The TCP state; none for UDP.
        State: Option<SocketState> [Evidence] = socket.state;
        /// The owner, where listed.
        ProcessId: Option<record::Pid> [Evidence] = socket.pid;
        /// The owner's image, a bare file name.
        Image: Option<Text> [Evidence lookup] = socket.image;
        /// The component or service.
        Component: Option<Text> [Evidence] = socket.component;
        /// The modules of the call chain, lowest first.
        Modules: Vec<Text> [Evidence] = socket.modules;
    } => Socket {
        span: Line,
        snapshot: Snapshot,
        protocol: Protocol,
        local: Endpoint { address: LocalAddress, port: LocalPort },
        remote: endpoint(RemoteAddress, RemotePort),
        state: State,
        pid: ProcessId,
        image: Image,
        component: Component,
        modules: Modules,
    }
}
