//! Microsoft-Windows-TCPIP: connections as the network stack opens, lists and closes them.

use whotalks_record::{Endpoint, IpProtocol, Pid, SocketState};

use crate::statement::{Connection, ConnectionKind};
use crate::template::Templates;
use crate::{Event, Guid, Statement};

pub(super) const PROVIDER: Guid = Guid::new(
    0x2f07_e2ee,
    0x15db,
    0x40f1,
    [0x90, 0xef, 0x9d, 0x7b, 0xa2, 0x82, 0x18, 0x8a],
);

/// What an event of that number says, and over which protocol.
const fn meaning(id: u16) -> Option<(ConnectionKind, IpProtocol)> {
    use ConnectionKind::{Accepted, Closed, Connected, Failed, Listed, Received, Requested, Sent};
    let kind = match id {
        1002 | 1031 => Requested,
        1017 => Accepted,
        // 1382 is written beside 1033, with the name that was resolved for the connection.
        1033 | 1382 => Connected,
        1018 | 1034 | 1045 | 1183 => Failed,
        1038 | 1039 | 1040 | 1043 | 1044 | 1184 => Closed,
        1169 => return Some((Sent, IpProtocol::UDP)),
        1170 => return Some((Received, IpProtocol::UDP)),
        1300 => Listed(None),
        _ => return None,
    };
    Some((kind, IpProtocol::TCP))
}

pub(super) fn read(event: &Event<'_>, templates: &mut Templates) -> Option<Statement> {
    let (kind, protocol) = meaning(event.id)?;
    let template = templates.of(event)?;
    let ends = if protocol == IpProtocol::UDP {
        ["LocalSockAddr", "RemoteSockAddr"]
    } else {
        ["LocalAddress", "RemoteAddress"]
    };
    let [local, remote] = template.values(event, ends);
    let names = ["ProcessId", "Pid", "ProcessStartKey", "Status", "State", "DnsName"];
    let [process_id, pid, start_key, status, state, name] = template.values(event, names);
    let kind = match kind {
        ConnectionKind::Listed(_) => ConnectionKind::Listed(state.and_then(|state| state_of(state.number()?))),
        kind => kind,
    };
    let name = name.and_then(|name| name.text()).filter(|name| !name.is_empty());
    Some(Statement::Connection(Connection {
        span: event.span,
        time: event.time?,
        kind,
        protocol: Some(protocol),
        local: local.and_then(|local| local.socket_address()),
        remote: remote
            .and_then(|remote| remote.socket_address())
            .filter(|remote| is_stated(*remote)),
        pid: process_id.or(pid).and_then(|pid| pid.number_32()).map(Pid),
        process_start_key: start_key
            .and_then(|key| key.number())
            .or_else(|| event.extended.process_start_key()),
        status: status.and_then(|status| status.number_32()),
        name: name.map(|name| name.trim_end_matches('.').to_lowercase().into()),
        socket: None,
    }))
}

/// Listeners have a far end of zeros.
fn is_stated(remote: Endpoint) -> bool {
    !(remote.is_unspecified() && remote.port == 0)
}

/// The state of a socket as the stack numbers it: the order of the MIB (RFC 4022, `tcpConnectionState`) from 0.
const fn state_of(number: u64) -> Option<SocketState> {
    Some(match number {
        0 => SocketState::Closed,
        1 => SocketState::Listen,
        2 => SocketState::SynSent,
        3 => SocketState::SynReceived,
        4 => SocketState::Established,
        5 => SocketState::FinWait1,
        6 => SocketState::FinWait2,
        7 => SocketState::CloseWait,
        8 => SocketState::Closing,
        9 => SocketState::LastAck,
        10 => SocketState::TimeWait,
        _ => return None,
    })
}
