//! Writes `pfirewall.log`: what the firewall of the host let through and dropped, in local time without a zone, in whole seconds.

use crate::clock::{SECOND, civil};
use crate::scenario::model::{Decision, Direction, Flow, Host, Transport};
use std::fmt::Write;
use std::net::SocketAddr;

const HEAD: &str = "#Version: 1.5\r\n#Software: Microsoft Windows Firewall\r\n#Time Format: Local\r\n\
    #Fields: date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path pid\r\n\r\n";

/// Stands as the process where something is dropped on its way in.
const KERNEL: u32 = 4;

/// What a row about a flow tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FirewallRow {
    /// Whether it tells a decision about the connection; a datagram that is dropped may as well be a late answer.
    pub(crate) decides: bool,
    /// Whether it names the program's process.
    pub(crate) owned: bool,
}

/// What the log tells of a flow.
pub(crate) fn row_of(flow: &Flow) -> FirewallRow {
    let blocked = flow.decision == Decision::Blocked;
    let inbound = flow.direction == Direction::Inbound;
    FirewallRow {
        decides: !(blocked && inbound && flow.transport == Transport::Udp),
        owned: !(blocked && inbound),
    }
}

/// The file.
pub(crate) fn firewall_file(host: &Host) -> Vec<u8> {
    let mut rows: Vec<(i64, String)> = host.flows.iter().map(|flow| (flow.first_ns, row(host, flow))).collect();
    for drop in &host.drops {
        let flow = host.flows.iter().find(|flow| flow.id == drop.flow);
        rows.extend(flow.map(|flow| (drop.time_ns, late_row(flow))));
    }
    rows.sort();
    let mut text = HEAD.to_owned();
    for (time_ns, row) in rows {
        let local_ns = time_ns + host.skew_ns + i64::from(host.utc_offset_seconds) * SECOND;
        // Writing to a string cannot fail.
        let _ = write!(text, "{} {row}\r\n", stamp(local_ns));
    }
    text.into_bytes()
}

fn row(host: &Host, flow: &Flow) -> String {
    let blocked = flow.decision == Decision::Blocked;
    let pid = match row_of(flow).owned {
        true => host.process(flow.process).map_or(0, |process| process.pid),
        false => KERNEL,
    };
    let (action, is_tcp) = (if blocked { "DROP" } else { "ALLOW" }, flow.transport == Transport::Tcp);
    let inbound = flow.direction == Direction::Inbound;
    // What a program sends is stopped, or let through, before there is a segment.
    let flags = match (is_tcp, inbound && blocked) {
        (true, true) => "52 S 305419896 0 64240",
        (true, false) => "0 - 0 0 0",
        (false, _) => "0 - - - -",
    };
    let (from, to) = if inbound {
        (flow.remote, flow.local)
    } else {
        (flow.local, flow.remote)
    };
    let path = if inbound { "RECEIVE" } else { "SEND" };
    format!("{action} {} {flags} - - - {path} {pid}", ends(flow.transport, from, to))
}

/// A segment that came when its connection was gone.
fn late_row(flow: &Flow) -> String {
    let ends = ends(flow.transport, flow.remote, flow.local);
    format!("DROP {ends} 40 A 7 9 0 - - - RECEIVE {KERNEL}")
}

fn ends(transport: Transport, from: SocketAddr, to: SocketAddr) -> String {
    let protocol = if transport == Transport::Tcp { "TCP" } else { "UDP" };
    format!("{protocol} {} {} {} {}", from.ip(), to.ip(), from.port(), to.port())
}

/// `2026-11-21 19:00:00`.
fn stamp(local_ns: i64) -> String {
    let [year, month, day, hour, minute, second, _] = civil(local_ns);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}

#[cfg(test)]
mod tests {
    use super::stamp;

    #[test]
    fn instants_are_days_and_times() {
        for (seconds, text) in [
            (0, "1970-01-01 00:00:00"),
            (951_782_399, "2000-02-28 23:59:59"),
            (951_782_400, "2000-02-29 00:00:00"),
            (1_795_287_600, "2026-11-21 19:00:00"),
        ] {
            assert_eq!(stamp(seconds * 1_000_000_000), text);
        }
    }
}
