//! Rows of `Get-NetTCPConnection` and `Get-NetUDPEndpoint`.

use std::net::IpAddr;

use whotalks_record::{Endpoint, IpProtocol, Issue, IssueKind, Pid, Record, Socket, SocketState};

use super::{Fields, Kind};
use crate::output::{Listing, Output};

/// Hands a socket on.
pub(super) fn emit(kind: Kind, fields: &Fields, listing: &mut Listing, output: &mut Output<'_>) {
    let tcp = kind == Kind::TcpConnection;
    let Some(local) = endpoint(fields.get("LocalAddress"), fields.get("LocalPort")) else {
        return unreadable(fields, listing, output);
    };
    let remote = endpoint(fields.get("RemoteAddress"), fields.get("RemotePort"));
    if tcp && remote.is_none() {
        return unreadable(fields, listing, output);
    }
    let socket = Socket {
        span: fields.span,
        snapshot: listing.number,
        protocol: if tcp { IpProtocol::TCP } else { IpProtocol::UDP },
        local,
        remote: remote.filter(|remote| !remote.is_unspecified()),
        state: fields.get("State").and_then(state).filter(|_| tcp),
        pid: fields.get("OwningProcess").and_then(|pid| pid.parse().ok()).map(Pid),
        image: None,
        component: None,
        modules: Vec::new(),
    };
    output.row(listing, Record::Socket(socket));
}

fn unreadable(fields: &Fields, listing: &mut Listing, output: &mut Output<'_>) {
    let found = fields.get("LocalAddress").unwrap_or_default().into();
    let issue = Issue {
        span: fields.span,
        kind: IssueKind::Unsupported {
            field: "socket.address",
            found,
        },
    };
    output.unreadable_row(listing, issue);
}

/// An address without its zone, and a port.
fn endpoint(address: Option<&str>, port: Option<&str>) -> Option<Endpoint> {
    let address: IpAddr = address?.split('%').next()?.parse().ok()?;
    Some(Endpoint::new(address, port?.parse().ok()?))
}

/// States by the names and numbers of `MSFT_NetTCPConnection`.
fn state(word: &str) -> Option<SocketState> {
    Some(match word {
        "Closed" | "1" => SocketState::Closed,
        "Listen" | "2" => SocketState::Listen,
        "SynSent" | "3" => SocketState::SynSent,
        "SynReceived" | "4" => SocketState::SynReceived,
        "Established" | "5" => SocketState::Established,
        "FinWait1" | "6" => SocketState::FinWait1,
        "FinWait2" | "7" => SocketState::FinWait2,
        "CloseWait" | "8" => SocketState::CloseWait,
        "Closing" | "9" => SocketState::Closing,
        "LastAck" | "10" => SocketState::LastAck,
        "TimeWait" | "11" => SocketState::TimeWait,
        "DeleteTCB" | "12" => SocketState::DeleteTcb,
        "Bound" | "100" => SocketState::Bound,
        _ => return None,
    })
}
