//! The sockets of a host at the instant of the snapshot, as `netstat` lists them.

use crate::clock::{MILLISECOND, SECOND};
use crate::scenario::model::{Decision, Direction, Ending, Flow, Host, ProcessIndex, Transport};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// How long a socket that closed first stays in TIME_WAIT: 120 s, the default of Windows.
const TIME_WAIT_NS: i64 = 120 * SECOND;
/// How long an opening that nobody answers stays in SYN_SENT: 21 s after the first SYN.
const OPENING_NS: i64 = 21 * SECOND;
/// A UDP socket is closed this long after its last datagram.
const UDP_LINGER_NS: i64 = 200 * MILLISECOND;

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SocketRow {
    pub(crate) transport: Transport,
    pub(crate) local: SocketAddr,
    /// None prints as `*:*`.
    pub(crate) remote: Option<SocketAddr>,
    /// Empty for UDP.
    pub(crate) state: &'static str,
    /// 0 in TIME_WAIT, whose process is forgotten.
    pub(crate) pid: u32,
    pub(crate) process: Option<ProcessIndex>,
    pub(crate) service: Option<String>,
    pub(crate) flow: Option<u32>,
}

/// All rows in the order of `netstat`: TCP before UDP, listeners first, then by local end.
pub(crate) fn rows(host: &Host, at_ns: i64) -> Vec<SocketRow> {
    let mut rows: Vec<SocketRow> = host
        .flows
        .iter()
        .filter_map(|flow| flow_row(host, flow, at_ns))
        .collect();
    for listener in &host.listeners {
        let alive = host.process(listener.process).filter(|process| process.alive_at(at_ns));
        let Some(process) = alive else { continue };
        let any = [IpAddr::V4(Ipv4Addr::UNSPECIFIED), IpAddr::V6(Ipv6Addr::UNSPECIFIED)];
        rows.extend(any.map(|address| SocketRow {
            transport: listener.transport,
            local: SocketAddr::new(address, listener.port),
            remote: (listener.transport == Transport::Tcp).then_some(SocketAddr::new(address, 0)),
            state: if listener.transport == Transport::Tcp {
                "LISTENING"
            } else {
                ""
            },
            pid: process.pid,
            process: Some(listener.process),
            service: listener.service.clone(),
            flow: None,
        }));
    }
    rows.sort_by_key(|row| {
        (
            row.transport == Transport::Udp,
            row.local.is_ipv6(),
            row.state != "LISTENING",
            row.local,
            row.remote,
        )
    });
    rows.dedup_by(|next, kept| {
        next.transport == Transport::Udp && kept.transport == Transport::Udp && next.local == kept.local
    });
    rows
}

fn flow_row(host: &Host, flow: &Flow, at_ns: i64) -> Option<SocketRow> {
    if flow.decision == Decision::Blocked || at_ns < flow.first_ns {
        return None;
    }
    let state = match flow.transport {
        Transport::Udp => (at_ns <= flow.last_ns + UDP_LINGER_NS).then_some("")?,
        Transport::Tcp => tcp_state(flow, at_ns)?,
    };
    let forgotten = state == "TIME_WAIT";
    let process = host
        .process(flow.process)
        .filter(|process| process.alive_at(at_ns) || forgotten)?;
    let any = if flow.local.is_ipv4() {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED)
    } else {
        IpAddr::V6(Ipv6Addr::UNSPECIFIED)
    };
    let udp = flow.transport == Transport::Udp;
    Some(SocketRow {
        transport: flow.transport,
        local: if udp {
            SocketAddr::new(any, flow.local.port())
        } else {
            flow.local
        },
        remote: (!udp).then_some(flow.remote),
        state,
        pid: if forgotten { 0 } else { process.pid },
        process: (!forgotten).then_some(flow.process),
        service: flow.service.clone().filter(|_| !forgotten),
        flow: Some(flow.id),
    })
}

fn tcp_state(flow: &Flow, at_ns: i64) -> Option<&'static str> {
    match flow.ending {
        Ending::Open => Some("ESTABLISHED"),
        Ending::Unanswered if flow.direction == Direction::Outbound => {
            (at_ns <= flow.first_ns + OPENING_NS).then_some("SYN_SENT")
        }
        Ending::Unanswered => None,
        _ if at_ns <= flow.last_ns => Some("ESTABLISHED"),
        Ending::LocalClose => (at_ns <= flow.last_ns + TIME_WAIT_NS).then_some("TIME_WAIT"),
        Ending::Gone => None,
    }
}
