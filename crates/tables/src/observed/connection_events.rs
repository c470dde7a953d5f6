//! Table `ConnectionEvents`.

use std::net::IpAddr;

use whotalks_record as record;
use whotalks_record::{ConnectionEvent, ConnectionEventKind, Direction, Span, Text, Timestamp};

use super::endpoint;
use crate::declare::{columns, table};

table! {
    /// A host's own log of connections, binds, listens, blocks and drops: Security 5031 and 5148 to 5159, Sysmon 3, traces of the
    /// network stack.
    pub struct ConnectionEvents(Observed);
    ConnectionEvent as event {
        /// The event record.
        Record: Span [Reader] = event.span;
        /// When, by the host's clock.
        Time: Timestamp [Evidence] = event.time;
        /// The computer that logged it; none in a trace.
        Host: Option<Text> [Evidence lookup] = event.host;
        /// Which event.
        Kind: ConnectionEventKind [Evidence] = event.kind;
        /// The process; 4 is System.
        ProcessId: Option<record::Pid> [Evidence] = event.pid;
        /// The image, as logged: an NT device path, `System`, or a DOS path.
        Image: Option<Text> [Evidence lookup] = event.image;
        /// Who opened it, seen from the host.
        Direction: Option<Direction> [Evidence] = event.direction;
        /// The protocol above IP.
        Protocol: Option<record::IpProtocol> [Evidence] = event.protocol;
        /// The address of the host's own end.
        LocalAddress: Option<IpAddr> [Evidence] = event.local.map(|local| local.address);
        /// The port of the host's own end.
        LocalPort: Option<u16> [Evidence] = event.local.map(|local| local.port);
        /// The address of the far end.
        RemoteAddress: Option<IpAddr> [Evidence] = event.remote.map(|remote| remote.address);
        /// The port of the far end.
        RemotePort: Option<u16> [Evidence] = event.remote.map(|remote| remote.port);
        /// The run-time identifier of the deciding filter; 0 means that none was recorded.
        FilterId: Option<record::FilterId> [Evidence] = event.filter;
        /// Where that filter comes from, on builds that log it.
        FilterOrigin: Option<record::FilterOrigin> [Evidence] = event.filter_origin;
        /// The layer's display name as logged.
        LayerName: Option<Text> [Evidence] = event.layer_name;
        /// The layer's run-time identifier.
        LayerId: Option<u16> [Evidence] = event.layer_id;
        /// The account, where logged.
        User: Option<Text> [Evidence] = event.user;
        /// The far end's name as the host resolved it afterwards, or the one under which a trace shows it opening the connection.
        RemoteName: Option<Text> [Evidence lookup] = event.remote_name;
    } => ConnectionEvent {
        span: Record,
        time: Time,
        host: Host,
        kind: Kind,
        pid: ProcessId,
        image: Image,
        direction: Direction,
        protocol: Protocol,
        local: endpoint(LocalAddress, LocalPort),
        remote: endpoint(RemoteAddress, RemotePort),
        filter: FilterId,
        filter_origin: FilterOrigin,
        layer_name: LayerName,
        layer_id: LayerId,
        user: User,
        remote_name: RemoteName,
    }
}
